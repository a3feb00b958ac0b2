"""Links whose addresses a list changed while the jobs stayed: another language, new slugs, another folder. Pure.

In doubt they stay two: a job seen twice costs a look, two jobs taken for one cost a job.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from urllib.parse import parse_qsl, urlencode, urlsplit

from jpt.identity.ids import may_be_one
from jpt.identity.urls import canonical, names_own_page

_FEWEST = 3
"""Links that must pair up by their titles alone: with fewer, one job that replaced another looks the same."""
_MOST = 0.8
"""Part of the links that went which must pair up by their titles alone."""
_LANGUAGE = (
    "ar|bg|cs|da|de|el|en|es|et|fi|fr|he|hi|hr|hu|id|it|ja|ko|lt|lv|ms|nb|nl|nn|no|pl|pt|ro|ru|sk|sl|sr|sv|th|tr|uk|"
    "vi|zh"
)
_STEP = re.compile(rf"(?:{_LANGUAGE})(?:[-_](?:[a-z]{{2}}|[a-z]{{4}}))?", re.IGNORECASE)
_END = re.compile(rf"[-_.](?:{_LANGUAGE})(?:[-_][a-z]{{2}})?(?=\.html?$|$)", re.IGNORECASE)
_PARAMETER = re.compile(r"(?:ui_?)?(?:lang|language|locale|hl|lc)", re.IGNORECASE)

Titled = tuple[str, str]
"""Address and title of a link."""


def moved(gone: Iterable[Titled], added: Iterable[Titled], *, stayed: int) -> dict[str, str]:
    """Return for links that are *gone* the *added* address of the same job; *stayed* links are on both sides.

    Two addresses are one job's when they have one title, and the number of the job or all but the language is in
    both; or, where a list changed nearly all its addresses at once, by the title alone.
    """
    old, new = _by_title(gone), _by_title(added)
    found: dict[str, str] = {}
    for title in old.keys() & new.keys():
        found |= _paired(old[title], new[title], _is_same_but_for_language)
        rest = [url for url in old[title] if url not in found]
        others = [url for url in new[title] if url not in found.values()]
        found |= _paired(rest, others, lambda one, two: may_be_one(one, two, digits=5))
    return found | _by_titles_alone(old, new, found, stayed)


def _by_title(links: Iterable[Titled]) -> dict[str, list[str]]:
    titles: dict[str, list[str]] = {}
    for url, title in links:
        if words := " ".join(title.casefold().split()):
            titles.setdefault(words, []).append(url)
    return titles


def _paired(old: list[str], new: list[str], is_one: Callable[[str, str], bool]) -> dict[str, str]:
    """Pair what has exactly one partner on each side."""
    partners = {one: [two for two in new if is_one(one, two)] for one in old}
    claimed = [two for found in partners.values() for two in found]
    return {one: found[0] for one, found in partners.items() if len(found) == 1 and claimed.count(found[0]) == 1}


def _by_titles_alone(
    old: dict[str, list[str]], new: dict[str, list[str]], found: dict[str, str], stayed: int
) -> dict[str, str]:
    left = {title: [url for url in urls if url not in found] for title, urls in old.items()}
    right = {title: [url for url in urls if url not in found.values()] for title, urls in new.items()}
    pairs = {
        left[title][0]: right[title][0]
        for title in left.keys() & right.keys()
        if len(left[title]) == 1 == len(right[title])
    }
    went = sum(map(len, left.values()))
    page_wide = len(pairs) >= max(_FEWEST, _MOST * went) and stayed <= len(pairs) / 4
    if not page_wide:
        return {}
    return {one: two for one, two in pairs.items() if urlsplit(one).hostname == urlsplit(two).hostname}


def _is_same_but_for_language(one: str, two: str) -> bool:
    keys = canonical(one), canonical(two)
    if keys[0] is None or keys[1] is None or not any(map(names_own_page, map(_plain, (keys[0], keys[1])))):
        return False
    return _plain(keys[0]) == _plain(keys[1])


def _plain(key: str) -> str:
    """Return an address without what names a language."""
    parts = urlsplit(key)
    steps = [step for step in parts.path.split("/") if not _STEP.fullmatch(step)]
    if steps:
        steps[-1] = _END.sub("", steps[-1])
    query = urlencode([pair for pair in parse_qsl(parts.query) if not _PARAMETER.fullmatch(pair[0])])
    return parts._replace(path="/".join(steps), query=query).geturl()
