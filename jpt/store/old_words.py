"""Words that earlier versions stored in the place of values, read once when a file is brought up to date. Pure."""

from __future__ import annotations

import re

from jpt.models.ways import WayReason, Why

_LISTS = r"the feed lists (?P<listed>[\d,]{1,12}) jobs?, the page shows (?P<shown>[\d,]{1,12})"
_WHYS: tuple[tuple[WayReason, re.Pattern[str]], ...] = tuple(
    (reason, re.compile(pattern, re.DOTALL))
    for reason, pattern in (
        (WayReason.DOUBTED, r"its feed is not believed: (?P<what>.{0,2000})"),
        (WayReason.NO_FEED, r"boards of this kind \((?P<what>.{0,2000})\) have no public feed"),
        (WayReason.UNCLEAR, r"the address asks for (?P<what>.{0,2000}), which only the page itself knows"),
        (WayReason.NOT_COMPARED, r".{1,100} could not be compared with the page: (?P<what>.{0,2000})"),
        (
            WayReason.PAGE_EMPTY,
            r"the page shows no job, the feed lists (?P<listed>[\d,]{1,12}): the feed is believed",
        ),
        (
            WayReason.BOARD_ONLY,
            r"the page shows no job, its board lists (?P<listed>[\d,]{1,12}): the feed is believed",
        ),
        (WayReason.PAGE_DECIDES, rf"(?:{_LISTS}|.{{1,200}}): the page decides, the feed brings the posts"),
        (WayReason.PAGE_LARGER, rf"{_LISTS}: the page is believed, .{{0,200}}"),
        (WayReason.BOTH, rf"{_LISTS}, (?P<others>[\d,]{{1,12}}) of them others: both are taken"),
        (WayReason.FEED_BELIEVED, rf"{_LISTS}: the feed is believed"),
        (
            WayReason.STRANGE_BOARD,
            r"(?P<what>.{0,2000}) lists (?P<listed>[\d,]{1,12}) jobs?, none of which the page shows",
        ),
    )
)


def why_of(words: object) -> Why:
    """Return the value of what was stored of the way a page is read; none where it is not known.

    Then it is found out again with the next comparison of feed and page.
    """
    if not isinstance(words, str):
        return Why()
    for reason, pattern in _WHYS:
        if found := pattern.fullmatch(words):
            said = found.groupdict()
            figures = (said.get(name) or "0" for name in ("listed", "shown", "others"))
            listed, shown, others = (int(one.replace(",", "")) for one in figures)
            return Why(reason, said.get("what") or "", listed, shown, others)
    return Why()


_NOT_READ = re.compile(r"(?:cannot|could not|was not|is not)(?: be)? [a-z]{1,10}(?: now)?: ")


def reason_of(words: str, url: str) -> str:
    """Return why a page was not read, of a sentence that begins with its *url*; as it is where it does not."""
    if not words.startswith(f"{url} "):
        return words
    said = words.removeprefix(url).strip().removesuffix(".")
    found = _NOT_READ.match(said)
    return said[found.end() :] if found else f"it {said}"
