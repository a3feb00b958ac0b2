"""A rule says why a statement of years does not count, a claim that it does; both bring their examples. Pure."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

from jpt.extract.experience.clause import Clause
from jpt.extract.experience.reasons import Reason

Test = Callable[[Clause], bool]


@dataclass(frozen=True, slots=True)
class Rule:
    """One reason why a statement does not count."""

    reason: Reason
    holds: Test
    holds_for: str
    """A text in which this rule, and none above it, keeps a statement from counting."""
    but_not_for: str
    """A text much like it whose statement counts."""
    of_fields: bool = False
    """Holds for fields, too: a label that says experience rules everything else out."""


@dataclass(frozen=True, slots=True)
class Claim:
    """One way in which the words round a statement say that it is experience somebody must have."""

    name: str
    holds: Test
    holds_for: str
    """A text whose statement counts by this claim, and by none above it."""


def before(pattern: re.Pattern[str], last: int = 220) -> Test:
    """Return a test that *pattern* is found in the *last* characters before the number."""
    return lambda clause: pattern.search(clause.before[-last:]) is not None


def after(pattern: re.Pattern[str]) -> Test:
    """Return a test that *pattern* follows the unit at once."""
    return lambda clause: pattern.match(clause.after) is not None


def bare(test: Test) -> Test:
    """Return *test* for statements that nothing behind them calls experience."""
    return lambda clause: not clause.experienced and test(clause)
