"""Which way a careers page is read, and why: values that decide and are stored. Pure; `words.py` has the words."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Literal

ReadBy = Literal["feed", "http", "browser"]
"""What a list is read by."""


class Reason(StrEnum):
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

    reason: Reason = Reason.NONE
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
        """Tell whether there is anything to know."""
        return self.reason is not Reason.NONE or bool(self.bad_rows)


NO_REASON = Why()
