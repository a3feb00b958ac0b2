"""What rules keep and drop, by rule. Pure."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from jpt.catalogue.openings import Opening, openings
from jpt.catalogue.view import Posting, posting_of
from jpt.digest.filters import parse_profiles


@dataclass(frozen=True, slots=True)
class Dropped:
    """What one rule keeps out."""

    rule: str
    line: int
    """Where it stands in the rules file; 0 for a setting."""
    word: str
    """The word of the rule that was found, else what the rule requires."""
    postings: tuple[Posting, ...]

    @property
    def jobs(self) -> list[Opening]:
        """The jobs behind *postings*: one that is open in several places is one."""
        return openings(self.postings)


@dataclass(frozen=True, slots=True)
class Effect:
    """What all rules do to the open jobs."""

    kept: tuple[Posting, ...]
    rules: tuple[Dropped, ...]
    """The one that drops most first."""

    @property
    def jobs(self) -> list[Opening]:
        """The jobs behind what is kept, as lists show them: one that is open in several places is one."""
        return openings(self.kept)

    @property
    def jobs_dropped(self) -> int:
        """How many jobs are kept out."""
        return sum(len(one.jobs) for one in self.rules)


def effect(postings: Iterable[Posting]) -> Effect:
    """Sort the open ones of *postings* by the rule that keeps them out."""
    kept = []
    found: dict[tuple[str, int, str], list[Posting]] = {}
    for one in postings:
        if not one.is_open:
            continue
        if one.kept_out is None:
            kept.append(one)
            continue
        out = one.kept_out
        word = out.detail if out.rule.endswith(".exclude") else _requirement(out.rule)
        found.setdefault((out.rule, out.line, word), []).append(one)
    rules = (Dropped(rule, line, word, tuple(jobs)) for (rule, line, word), jobs in found.items())
    return Effect(tuple(kept), tuple(sorted(rules, key=lambda one: (-len(one.postings), one.rule, one.line))))


def effect_of_draft(rules: str, source: str, postings: Iterable[Posting], max_years: int) -> Effect:
    """Return what *rules*, the text of a file not in force, would do; raises SettingError, naming *source*."""
    profile = parse_profiles(rules, source)[0]
    return effect(posting_of(one.stored, profile.verdict(one.news, max_years)) for one in postings if one.is_open)


def _requirement(rule: str) -> str:
    return {
        "title.include": "none of the words to include",
        "location.include": "none of the places to include",
        "location.unstated": "no place stated",
        "location.remote": "kind of work",
        "company.include": "none of the companies to include",
        "years": "asks for too many years",
        "years.unstated": "no years stated",
    }.get(rule, "")
