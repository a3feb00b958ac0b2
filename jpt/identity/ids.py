"""Numbers in addresses: which may name a job, and which tell two jobs apart. Pure."""

from __future__ import annotations

import re
from collections.abc import Sequence
from urllib.parse import SplitResult, parse_qsl, unquote, urlsplit

from jpt.identity.urls import canonical

UUID = r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}"
"""The pattern of a UUID (RFC 9562) in lower case."""
_TELLS_APART = re.compile(
    rf"(?<![0-9a-f]){UUID}(?![0-9a-f])|(?<![0-9])(?!(?:19|20)[0-9]{{2}}(?![0-9]))[0-9]{{4,}}(?![0-9])",
    re.IGNORECASE,
)
"""What tells two jobs apart needs fewer digits than what makes two addresses one; a year does neither."""

_NAMES_A_JOB = re.compile(r"(?:^|_)id$|job|jid|pid|req|post|vacan|position|opportun|offer|stelle", re.IGNORECASE)
"""A parameter of such a name is never taken for noise, however many change (job ids in a query are identity)."""


def names_a_job(parameter: str) -> bool:
    """Return whether a *parameter* of an address is called as one that holds a job's id."""
    return bool(_NAMES_A_JOB.search(parameter))


def may_be_one(one: str, two: str, *, digits: int) -> bool:
    """Return whether a number of so many *digits*, or a UUID, that two addresses share may be that of one job.

    It may be an office's or a company's: that stands in the folder of both, or in a parameter of another name,
    or each address has a number more that the other has not.
    """
    keys = canonical(one), canonical(two)
    if keys[0] is None or keys[1] is None:
        return False
    left, right = urlsplit(keys[0]), urlsplit(keys[1])
    paths = [parts.path.split("/") for parts in (left, right)]
    if left.netloc == right.netloc:
        while len(paths[0]) > 1 < len(paths[1]) and paths[0][0] == paths[1][0]:
            paths = [steps[1:] for steps in paths]
    ours, theirs = (_numbers(parts, steps) for parts, steps in zip((left, right), paths, strict=True))
    shared = [number for number in ours.keys() & theirs.keys() if len(number) >= digits]
    is_named = any(ours[number] or theirs[number] for number in shared)
    return is_named and (ours.keys() <= theirs.keys() or theirs.keys() <= ours.keys())


def _numbers(parts: SplitResult, steps: Sequence[str]) -> dict[str, bool]:
    """Return the numbers of an address, each with whether its place may name a job."""
    found: dict[str, bool] = {}
    places = [(unquote(step), True) for step in (*steps, parts.fragment)]
    places += [(value, names_a_job(name)) for name, value in parse_qsl(parts.query)]
    for text, may_name in places:
        for number in _TELLS_APART.findall(text):
            found[number.lower()] = found.get(number.lower(), False) or may_name
    return found
