"""Two lists of links compared by identity. Pure."""

from __future__ import annotations

import hashlib
import json
import re
from collections import Counter
from collections.abc import Iterable

from jpt.models import Diff
from jpt.urls import canonical


def diff(before: Iterable[str], after: Iterable[str]) -> Diff:
    """Compare links by their canonical form; gives them as they were written, in order, once each.

    Links that only differ in parameters that changed all over the page at once are the same.
    """
    old, new = _by_key(before), _by_key(after)
    added = [key for key in new if key not in old]
    gone = [key for key in old if key not in new]
    same = _rotated(gone, added, kept=[key for key in new if key in old])
    return Diff(
        added=tuple(new[key] for key in added if key not in same),
        gone=tuple(old[key] for key in gone if key not in same),
    )


def links_json(urls: Iterable[str]) -> str:
    """Write links as a compact JSON array, in their order."""
    return json.dumps(list(urls), ensure_ascii=False, separators=(",", ":"))


def snapshot_hash(links_json: str) -> str:
    """Give the SHA-256 of what links_json() wrote."""
    return _sha256(links_json)


def diff_hash(site: str, added: Iterable[str]) -> str:
    """Give the identity of a diff: the same site and set of links have the same hash."""
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


# --- Parameters that rotate --------------------------------------------------------------------------

_FEWEST = 3
"""Links that must pair up: with fewer, one job that replaced another would look the same."""
_MOST = 0.8

_NAMES_A_JOB = re.compile(r"(?:^|_)id$|job|jid|pid|req|post|vacan|position|opportun|offer|stelle", re.IGNORECASE)
"""A parameter of such a name is never taken for noise, however many change (DESIGN part 5: job ids in a query)."""


def _rotated(gone: list[str], added: list[str], kept: list[str]) -> set[str]:
    """The keys on both sides that are one link with another session or token in it."""
    names = _changed(gone, added, kept)
    if not names:
        return set()
    left, right = _by_rest(gone, names), _by_rest(added, names)
    # Only what stays unique without the parameter is named by the rest of its address.
    pairs = [rest for rest in right if len(right[rest]) == 1 == len(left.get(rest, ()))]
    if len(pairs) < max(_FEWEST, _MOST * min(len(left), len(right))):
        return set()
    return {key for rest in pairs for key in (*left[rest], *right[rest])}


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
        if times >= max(_FEWEST, _MOST * (carried[name] + stayed[name])) and not _NAMES_A_JOB.search(name)
    )


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
    address, _, fragment = key.partition("#")
    rest, _, query = address.partition("?")
    return rest, query.split("&") if query else [], fragment
