"""All platforms: which board an address or a page belongs to. A new platform is a module and a line here."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import Final
from urllib.parse import urlsplit

from jpt.errors import FeedFault
from jpt.feeds.platforms.ashby import Ashby
from jpt.feeds.platforms.bamboohr import BambooHR
from jpt.feeds.platforms.breezy import Breezy
from jpt.feeds.platforms.eightfold import Eightfold
from jpt.feeds.platforms.greenhouse import Greenhouse
from jpt.feeds.platforms.hosted import Icims, Phenom
from jpt.feeds.platforms.jibe import Jibe
from jpt.feeds.platforms.jsonld import JsonLd
from jpt.feeds.platforms.lever import Lever
from jpt.feeds.platforms.manatal import Manatal
from jpt.feeds.platforms.oracle import Oracle
from jpt.feeds.platforms.personio import Personio
from jpt.feeds.platforms.pinpoint import Pinpoint
from jpt.feeds.platforms.recruitee import Recruitee
from jpt.feeds.platforms.rippling import Rippling
from jpt.feeds.platforms.rss import Rss
from jpt.feeds.platforms.sitemap import Sitemap
from jpt.feeds.platforms.smartrecruiters import SmartRecruiters
from jpt.feeds.platforms.successfactors import SuccessFactors
from jpt.feeds.platforms.teamtailor import Teamtailor
from jpt.feeds.platforms.workable import Workable
from jpt.feeds.platforms.workday import Workday
from jpt.feeds.protocol import Address, Board, Platform
from jpt.models.pages import PageRead

_RSS, _JSON_LD = Rss(), JsonLd()
FEEDS: Final[tuple[Platform, ...]] = (
    Greenhouse(),
    Lever(),
    Ashby(),
    Workday(),
    SmartRecruiters(),
    Workable(),
    Recruitee(),
    Personio(),
    Teamtailor(),
    BambooHR(),
    Breezy(),
    Pinpoint(),
    Rippling(),
    Manatal(),
    Oracle(),
    Eightfold(),
    Phenom(),
    Icims(),
    Jibe(),
    SuccessFactors(),
    Sitemap(),
    _RSS,
    _JSON_LD,
)
"""In the order in which they are tried; those of one vendor come before the generic ones."""

MOST_BOARDS = 3
"""Most boards of a page that are read; a page that links to many lists none of them."""

_BY_NAME = {feed.name: feed for feed in FEEDS}
GENERIC = frozenset({"sitemap", "rss", "json-ld"})


def feed_of(board: Board) -> Platform:
    """Give the platform of *board*; raises FeedFault when this version has none of that name."""
    try:
        return _BY_NAME[board.feed]
    except KeyError:
        raise FeedFault(f"this version of jpt knows no feed {board.feed!r}") from None


def board_at(url: str) -> Board | None:
    """Recognise the board that *url* belongs to: its list, a post, an embed, its API."""
    address = Address.of(url)
    if address is None:
        return None
    return next((board for feed in FEEDS if (board := feed.board(address))), None)


def boards_on(page: PageRead) -> tuple[Board, ...]:
    """Recognise the boards of a page: those that it embeds, else those that it links to, else its own feeds."""
    found = dict.fromkeys(board.whole for board in _embedded(page))
    if not found:
        found = dict.fromkeys(board.whole for board in _linked(anchor.url for anchor in page.anchors))
    if not found:
        found = dict.fromkeys(_own_feeds(page))
    return tuple(found)


@lru_cache(maxsize=4_000)
def post_key(url: str) -> str | None:
    """Give what names the post at *url* on its platform, whichever address that is; None if unknown."""
    address = Address.of(url)
    if address is None:
        return None
    return next((key for feed in FEEDS if (key := feed.key(address))), None)


def _embedded(page: PageRead) -> Iterator[Board]:
    for url in (page.final_url, *page.frames, *page.hints):
        address = Address.of(url)
        if address is not None:
            found = (feed.board(address) for feed in FEEDS if feed.name not in GENERIC)
            yield from (board for board in found if board)
    host = urlsplit(page.final_url)
    own = f"https://{host.netloc}"
    for feed in FEEDS:
        if feed.marks and any(re.search(feed.marks, hint) for hint in page.hints):
            yield Board(feed.name, host.netloc, origin=own)


def _linked(urls: Iterable[str]) -> Iterator[Board]:
    """Give the boards that links to posts lead to."""
    for url in urls:
        if post_key(url) is not None and (board := board_at(url)):
            yield board


def _own_feeds(page: PageRead) -> Iterator[Board]:
    """Give the page's RSS feeds, and the page itself where it declares jobs."""
    for hint in page.hints:
        if hint.startswith("feed:") and (address := Address.of(hint.removeprefix("feed:"))):
            yield _RSS.feed(address)
    address = Address.of(page.final_url)
    if address and sum('"JobPosting"' in script for script in page.json_ld):
        yield _JSON_LD.page(address)
