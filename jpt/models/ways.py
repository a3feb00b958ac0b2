"""Which way a careers page is read, and why: values that decide and are stored. Pure; `words.py` has the words."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Literal

ReadBy = Literal["feed", "http", "browser"]
"""What a list is read by."""


class WayReason(StrEnum):
    """Why a page is read the way it is, and what of that people should know. Stored: the values never change."""

    NONE = ""
    NO_FEED = "no_feed"
    """Boards of its kind have no public feed."""
    UNCLEAR = "unclear"
    """Its address asks for something that only the page itself knows."""
    DOUBTED = "doubted"
    """Its feed is not believed, or cannot be had."""
    NOT_COMPARED = "not_compared"
    """Its feed could not be compared with the page."""
    SAME = "same"
    """Feed and page show the same jobs."""
    DIFFERENT = "different"
    """They do not."""
    NOTHING_SHOWN = "nothing_shown"
    """The page showed nothing to compare its feed with."""
    FEED_BELIEVED = "feed_believed"
    """The feed lists more than the page shows."""
    PAGE_EMPTY = "page_empty"
    """The page shows no job, and the feed is believed."""
    BOARD_ONLY = "board_only"
    """The page shows nothing but the script of its board, and the board is believed."""
    PAGE_DECIDES = "page_decides"
    """The page shows a part of its board: the feed only brings the posts."""
    PAGE_LARGER = "page_larger"
    """The page shows more than the feed lists: it is believed, and the feed for what only that has."""
    BOTH = "both"
    """Each has jobs that the other one lacks: both are taken."""
    STRANGE_BOARD = "strange_board"
    """The page names a board that lists none of its jobs."""


@dataclass(frozen=True, slots=True)
class Why:
    """A reason with its figures."""

    reason: WayReason = WayReason.NONE
    what: str = ""
    """What it is about: a name, or the sentence of a fault."""
    listed: int = 0
    """Jobs of the feed."""
    shown: int = 0
    """Jobs of the page."""
    others: int = 0
    """Jobs that only the page shows."""
    bad_rows: int = 0
    """Rows of the feed that cannot be used."""
    rows: int = 0
    """All rows of the feed, where some are bad."""
    bad_row: str = ""
    """Why the first of the bad ones cannot be used."""

    def __bool__(self) -> bool:
        """Return whether there is anything to know."""
        return self.reason is not WayReason.NONE or bool(self.bad_rows)


NO_REASON = Why()


SourceKind = Literal["document", "json", "html"]
"""What a list is known by without a browser: the page's own document, or what its scripts ask for."""


@dataclass(frozen=True, slots=True)
class Proof:
    """What browser reads have proved of the source that one list is known by."""

    url: str = ""
    """Where it is asked for; empty where no source holds the list."""
    kind: SourceKind = "document"
    host: str = ""
    """Whose answer it was, after redirects."""
    raw: str = ""
    """Digest of the whole answer."""
    whole: str = ""
    """Digest of all in it that is not known to change by itself."""
    naming: str = ""
    """Digest of what names its jobs; empty where that is not known."""
    version: str = ""
    """Of the jpt that saw it last."""
    proofs: int = 0
    """Browser reads in a row that it agreed with."""
    needed: int = 1
    """So many are wanted before it is believed: more after it was once wrong."""
    futile: int = 0
    """Times that it was of no use: it changed while the list did not, or it did not hold the list."""
    lies: int = 0
    """Times that it was wrong."""
    lied_ts_ms: int = 0
    etag: str = ""
    last_modified: str = ""
    moves: int = 0
    """Times that its validators changed with it; -1 once they did not."""
    until_ts_ms: int = 0
    """When something in it is over, and the page may show less of the same answer; 0: nothing is known to be."""
    agent: str = ""
    """What the browser said of itself (User-Agent): that is how it is asked for."""
    read_ts_ms: int = 0
    """When the browser read the page last."""
    is_stored: bool = False
    """What the browser read then is what is stored now."""
