"""Two lists of links compared by identity. Pure."""

from __future__ import annotations

import hashlib
import json
import re
from collections import Counter
from collections.abc import Iterable

from jpt.identity.ids import names_a_job
from jpt.identity.urls import canonical, names_own_page
from jpt.models.pages import Diff


def diff(before: Iterable[str], after: Iterable[str], noise: frozenset[str] = frozenset()) -> Diff:
    """Compare links by their canonical form; returns them as they were written, in order, once each.

    Links that only differ in parameters that changed all over the page at once are the same, and those that
    differ in parameters known as *noise* of the page.
    """
    old, new = _by_key(before), _by_key(after)
    known = _paired(old, new, noise)
    added = [key for key in new if key not in old and key not in known]
    gone = [key for key in old if key not in new and key not in known]
    same, learned = _rotated(gone, added, kept=[key for key in new if key in old])
    return Diff(
        added=tuple(new[key] for key in added if key not in same),
        gone=tuple(old[key] for key in gone if key not in same),
        noise=learned,
    )


def without(key: str, noise: frozenset[str]) -> str:
    """Return *key* without the parameters of *noise*."""
    if not noise or not _HAS_PAIRS.search(key):
        return key
    rest, pairs, fragment = _parted(key)
    kept = [pair for pair in pairs if pair.partition("=")[0] not in noise]
    query = "&".join(pair for pair in kept if not pair.startswith("#"))
    behind = "&".join(pair[1:] for pair in kept if pair.startswith("#"))
    route = f"{fragment}?{behind}" if fragment and behind else fragment or behind
    return f"{rest}{'?' + query if query else ''}{'#' + route if route else ''}"


def told_apart(keys: Iterable[str], noise: frozenset[str]) -> dict[str, str]:
    """Return for each of *keys* what is left of it without *noise*, where no other key leaves the same."""
    rests = {key: without(key, noise) for key in keys}
    times = Counter(rests.values())
    return {key: rest for key, rest in rests.items() if times[rest] == 1}


def repeated(shown: Iterable[tuple[str, str]], noise: frozenset[str]) -> frozenset[str]:
    """Return the addresses among *shown* (each with its text) that repeat an earlier one with other tokens.

    A list that is drawn anew while it is read, with a new session in each address, shows each job twice. Without
    what is known as *noise*, only tokens behind a path that names the job itself are taken for such.
    """
    seen: dict[tuple[str, str], str] = {}
    found = set()
    for url, text in shown:
        key = canonical(url) or ""
        rest, pairs, _ = _parted(key)
        names = {pair.partition("=")[0] for pair in pairs}
        if not text or not (names & noise or any(_is_token(name, value) for name, value in _pairs([key]))):
            continue
        # Beside a token all may change that names no job: places in the list, times.
        rotating = (
            frozenset(name for name in names if not names_a_job(name.removeprefix("#")))
            if _names_itself(rest)
            else noise
        )
        if seen.setdefault((without(key, rotating), text), key) != key:
            found.add(url)
    return frozenset(found)


def _is_token(name: str, value: str) -> bool:
    return (
        bool(_TOKEN.fullmatch(value))
        and not names_a_job(name.removeprefix("#"))
        and not _NUMBERED.fullmatch(value)
    )


def links_json(urls: Iterable[str]) -> str:
    """Write links as a compact JSON array, in their order."""
    return json.dumps(list(urls), ensure_ascii=False, separators=(",", ":"))


def snapshot_hash(links_json: str) -> str:
    """Return the SHA-256 of what links_json() wrote."""
    return _sha256(links_json)


def diff_hash(site: str, added: Iterable[str]) -> str:
    """Return the identity of a diff: the same site and set of links have the same hash."""
    value = {"added_urls": sorted(added), "site": site}
    return _sha256(json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":")))


def _by_key(urls: Iterable[str]) -> dict[str, str]:
    found: dict[str, str] = {}
    for url in urls:
        key = canonical(url)
        if key is not None:
            found.setdefault(key, url)
    return found


def _sha256(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


_HAS_PAIRS = re.compile(r"\?|#[^/#]*=")


# --- Parameters that rotate --------------------------------------------------------------------------

_FEWEST = 3
"""Links that must pair up where paths say little: with fewer, one job that replaced another looks the same."""
_MOST = 0.8
_SWAPPED = 2
"""Links that have changed places, at least; of those that could have, so many."""
_HALF = 0.5


def _paired(old: Iterable[str], new: Iterable[str], noise: frozenset[str]) -> set[str]:
    """The keys on both sides that are the same but for *noise*."""
    if not noise:
        return set()
    left = {rest: key for key, rest in told_apart(old, noise).items()}
    right = {rest: key for key, rest in told_apart(new, noise).items()}
    return {key for rest in left.keys() & right.keys() for key in (left[rest], right[rest])}


def _rotated(gone: list[str], added: list[str], kept: list[str]) -> tuple[set[str], frozenset[str]]:
    """The keys on both sides that are one link with another session or token in it, and the names of those."""
    own, noise = _respelled(gone, added, kept)
    rest_gone = [key for key in gone if key not in own]
    rest_added = [key for key in added if key not in own]
    moved = _changed(rest_gone, rest_added, [*kept, *(key for key in added if key in own)])
    names = moved | _places(rest_gone, rest_added)
    left, right = _by_rest(rest_gone, names), _by_rest(rest_added, names)
    # Only what stays unique without the parameter is named by the rest of its address.
    pairs = [rest for rest in right if len(right[rest]) == 1 == len(left.get(rest, ()))]
    fewest, most = (_FEWEST, _MOST) if moved else (_SWAPPED, _HALF)
    if len(pairs) < max(fewest, most * min(len(left), len(right))):
        return own, noise
    return own | {key for rest in pairs for key in (*left[rest], *right[rest])}, noise | names


def _respelled(gone: list[str], added: list[str], kept: list[str]) -> tuple[set[str], frozenset[str]]:
    """The same, for links whose paths name them without any parameter: values may be few, or change places.

    A name counts as noise when it changed on two links at least and on a third of those that have it, or when
    it held a token on all of them. One that holds what may be a job's number (`JR-2024-1234`) counts only when it
    changed on most: a job that was filled and is open again under a new number is another job.
    """
    times = Counter(_parted(key)[0] for key in (*gone, *kept))
    times_now = Counter(_parted(key)[0] for key in (*added, *kept))
    before = {_parted(key)[0]: key for key in gone}
    pairs = [
        (before[path], key)
        for key in added
        if (path := _parted(key)[0]) in before and times[path] == 1 == times_now[path] and _names_itself(path)
    ]
    changed = {pair: _differing(*pair) for pair in pairs}
    moved = Counter(name for names in changed.values() for name, _ in names)
    carried = Counter(name for name, _ in _pairs(kept)) + moved
    values = {name: [value for names in changed.values() for n, value in names if n == name] for name in moved}
    noise = frozenset(
        name
        for name, count in moved.items()
        if not names_a_job(name.removeprefix("#"))
        and (
            (count >= _FEWEST and count >= _MOST * carried[name])
            if all(map(_NUMBERED.fullmatch, values[name]))
            else (count >= 2 and count * 3 >= carried[name]) or all(map(_TOKEN.fullmatch, values[name]))
        )
    )
    same = {key for pair, names in changed.items() if names and {n for n, _ in names} <= noise for key in pair}
    return same, noise if same else frozenset()


_NUMBERED = re.compile(r"(?=(?:[^0-9]*[0-9]){4})[A-Za-z]{0,6}(?:[-_.~]?[0-9]{1,12}){1,4}")
"""How requisitions are numbered, from four digits on. Times of visits look so, too; places in a list do not."""
_TOKEN = re.compile(r"(?=[^0-9]*[0-9])[0-9A-Za-z_.~%-]{8,}")


def _differing(one: str, two: str) -> frozenset[tuple[str, str]]:
    """The parameters of two addresses that are not in both, with their values in the second, else the first."""
    left, right = set(_pairs([one])), set(_pairs([two]))
    names = {name for name, _ in left ^ right}
    return frozenset((name, dict(right).get(name) or dict(left).get(name, "")) for name in names)


def _names_itself(path: str) -> bool:
    last = path.rpartition("/")[2]
    return names_own_page(path) and bool(re.search(r"[0-9]|\w[-_]\w", last))


def _changed(gone: list[str], added: list[str], kept: list[str]) -> frozenset[str]:
    """Names of the parameters whose values went and came on most links that have them."""
    if min(len(gone), len(added)) < _FEWEST:
        return frozenset()
    old, new = set(_pairs(gone)), Counter(_pairs(added))
    carried, moved, stayed = Counter[str](), Counter[str](), Counter(pair[0] for pair in _pairs(kept))
    for pair, times in new.items():
        carried[pair[0]] += times
        moved[pair[0]] += times * (pair not in old)
    return frozenset(
        name
        for name, times in moved.items()
        if times >= max(_FEWEST, _MOST * (carried[name] + stayed[name]))
        and not names_a_job(name.removeprefix("#"))
    )


def _places(gone: list[str], added: list[str]) -> frozenset[str]:
    """Names of the parameters that hold places in the list: short numbers, most of which were there before."""
    old, new = _values(gone), _values(added)
    return frozenset(
        name
        for name in old.keys() & new.keys()
        if not names_a_job(name.removeprefix("#"))
        and all(map(_PLACE.fullmatch, old[name] | new[name]))
        and len(old[name] & new[name]) * 2 > len(new[name])
    )


def _values(keys: Iterable[str]) -> dict[str, set[str]]:
    found: dict[str, set[str]] = {}
    for name, value in _pairs(keys):
        found.setdefault(name, set()).add(value)
    return found


_PLACE = re.compile(r"[0-9]{1,3}")


def _pairs(keys: Iterable[str]) -> Iterable[tuple[str, str]]:
    for key in keys:
        for pair in _parted(key)[1]:
            name, _, value = pair.partition("=")
            yield name, value


def _by_rest(keys: Iterable[str], names: frozenset[str]) -> dict[str, list[str]]:
    """The keys that have a parameter of *names*, by what is left of them without it."""
    found: dict[str, list[str]] = {}
    for key in keys:
        rest, pairs, fragment = _parted(key)
        others = [pair for pair in pairs if pair.partition("=")[0] not in names]
        if len(others) < len(pairs):
            found.setdefault(f"{rest}?{'&'.join(others)}#{fragment}", []).append(key)
    return found


def _parted(key: str) -> tuple[str, list[str], str]:
    """Part an address into what stands before its parameters, these, and its route.

    Parameters within a fragment (`#/job/7?sid=1`, `#t=1`) are called by their names with the `#` before them.
    """
    address, _, fragment = key.partition("#")
    rest, _, query = address.partition("?")
    route, mark, inner = fragment.partition("?")
    if not mark and "=" in fragment and "/" not in fragment:
        route, inner = "", fragment
    pairs = [*(query.split("&") if query else []), *(f"#{pair}" for pair in inner.split("&") if inner)]
    return rest, pairs, route
