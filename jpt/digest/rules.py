"""Which jobs fit a person: rules on title, company, location, remote work and years. Pure."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass, field, fields, replace
from typing import Literal

from jpt.models.digests import News, PlaceDoubt
from jpt.models.places import JobPlace
from jpt.places.parsing import read_places
from jpt.places.within import wanted_by, within
from jpt.text.counts import counted

Remote = Literal["any", "only", "no"]
Unstated = Literal["keep", "drop"]


@dataclass(frozen=True, slots=True)
class Term:
    """A word or phrase of a rule, and where it stands."""

    text: str
    line: int = 0
    _pattern: re.Pattern[str] = field(init=False, compare=False, repr=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "_pattern", _compiled(self.text))

    def found_in(self, words: str) -> bool:
        """Whether it occurs in *words*, which are folded already."""
        return self._pattern.search(words) is not None


@dataclass(frozen=True, slots=True)
class Words:
    """Words of which one must occur, and words of which none may."""

    include: tuple[Term, ...] = ()
    exclude: tuple[Term, ...] = ()
    line: int = 0
    """Where `include` stands."""


@dataclass(frozen=True, slots=True)
class Rules:
    """All rules of one person, or those that replace them for one company."""

    title: Words | None = None
    location: Words | None = None
    company: Words | None = None
    remote: Remote | None = None
    remote_line: int = 0
    unstated_location: Unstated | None = None
    max_years: int | None = None
    max_years_line: int = 0
    unstated_years: Unstated | None = None
    unstated_years_line: int = 0

    def over(self, below: Rules) -> Rules:
        """Return these rules, with those of *below* where these say nothing."""
        names = {field.name for field in fields(self)}
        unsaid = {name for name in names if getattr(self, name) is None}
        lines = {line for name in unsaid if (line := f"{name}_line") in names}
        return replace(self, **{name: getattr(below, name) for name in unsaid | lines})


_ASKS_MORE = "min_years_gte_"
"""The old system's words, with the least number that is too much."""
_SETTINGS = {"years": "JPT_MAX_YEARS"}
"""Where a rule stands that is in no file."""


@dataclass(frozen=True, slots=True)
class Kept:
    """The job fits."""

    place_doubt: PlaceDoubt | None = None
    """It has the benefit of the doubt: the rules name places, and nobody can tell whether it is in one."""


@dataclass(frozen=True, slots=True)
class KeptOut:
    """The job does not fit, and the rule that says so."""

    rule: str
    """Its name: `title.exclude`, `years`…"""
    detail: str
    """What it found: a word of the rule, or what the job says."""
    line: int
    """Where it stands in the rules file; 0 for a setting."""
    source: str = ""

    @property
    def exclude_reason(self) -> str:
        """The short form that job_details keeps; for years the old system's words."""
        return self.detail if self.rule == "years" else f"{self.rule}: {self.detail}"

    @property
    def sentence(self) -> str:
        """The rule and where it stands, for people."""
        where = (
            f"{self.rule} ({self.source}, line {self.line})" if self.line else _SETTINGS.get(self.rule, self.rule)
        )
        said = {
            "title.exclude": f"its title has “{self.detail}”",
            "title.include": "its title has none of the words to include",
            "location.exclude": f"its location has “{self.detail}”",
            "location.include": f"its location, {self.detail}, has none of the places to include",
            "location.unstated": "it states no location",
            "location.remote": f"it is {self.detail}",
            "company.exclude": f"the company has “{self.detail}”",
            "company.include": "the company is not among those to include",
            "years": f"it asks for more than {_most(self.detail)}",
            "years.unstated": "it states no years",
            "tags": f"the company, {self.detail}, has none of the tags",
        }.get(self.rule, self.detail)
        return f"{said}: {where}"


def _most(detail: str) -> str:
    """Return the most that the rule on years lets through, in words."""
    least = detail.removeprefix(_ASKS_MORE)
    return counted(int(least) - 1, "year") if least.isdecimal() else ""


Verdict = Kept | KeptOut


@dataclass(frozen=True, slots=True)
class Profile:
    """A person: what fits, and where it is sent."""

    name: str
    rules: Rules
    companies: tuple[tuple[Term, Rules], ...] = ()
    """Rules for single companies, the first that matches counts."""
    to: tuple[str, ...] = ()
    """Mail addresses; the default profile has EMAIL_TO."""
    notify: tuple[str, ...] = field(default=(), repr=False)
    """Addresses of further channels; they hold secrets."""
    source: str = ""
    """The file that the rules stand in."""
    tagged: tuple[Term, ...] | None = None
    """Companies with one of the person's tags: only their jobs are reported; None: those of all."""
    tags: tuple[tuple[str, tuple[Term, ...]], ...] = ()
    """All tags of the file, each with the companies that have it."""

    def most_years(self, setting: int) -> int:
        """Return the most years that any rule of this person lets through."""
        base = setting if self.rules.max_years is None else self.rules.max_years
        special = [rules.max_years for _, rules in self.companies if rules.max_years is not None]
        return max([base, *special])

    def verdict(self, job: News, max_years: int) -> Verdict:
        """Return whether *job* fits, by these rules and, where they name no years, by *max_years*."""
        if self.tagged is not None and _first(self.tagged, folded(job.site)) is None:
            return KeptOut("tags", job.site, 0, self.source)
        rules = self._rules_for(job.site)
        out = (
            _years(rules, job, max_years)
            or _words("company", rules.company, job.site)
            or _words("title", rules.title, job.title)
            or _place(rules, job)
        )
        return out if isinstance(out, Kept) else replace(out, source=self.source)

    def title_out(self, site: str, title: str) -> KeptOut | None:
        """Return the word of a title, or the lack of a tag, that keeps a job out, whatever else it says."""
        if self.tagged is not None and _first(self.tagged, folded(site)) is None:
            return KeptOut("tags", site, 0, self.source)
        words = self._rules_for(site).title
        return _words("title", Words(exclude=words.exclude), title) if words is not None else None

    def preferred(self, job: News) -> tuple[bool, int]:
        """Return whether the job's place is an included one, and how many included words its title has."""
        rules = self._rules_for(job.site)
        title = folded(job.title)
        return (
            any(
                _stands_for(term, place, job.location)
                for term in (rules.location.include if rules.location else ())
                for place in _places(job)
            ),
            sum(term.found_in(title) for term in (rules.title.include if rules.title else ())),
        )

    def tags_of(self, site: str) -> list[str]:
        """Name the tags that a company has, as the file spells them."""
        words = folded(site)
        return [name for name, companies in self.tags if _first(companies, words) is not None]

    def _rules_for(self, site: str) -> Rules:
        words = folded(site)
        for name, rules in self.companies:
            if name.found_in(words):
                return rules.over(self.rules)
        return self.rules


def is_in(words: str, job: News) -> bool:
    """Return whether a job is in the place that *words* name, by what lies in what or by the words themselves."""
    found = (within(place, one) for place in _places(job) for one in wanted_by(words))
    return folded(words) in folded(job.location) or any(found)


def folded(text: str) -> str:
    """Return *text* as rules compare it: case, accents and widths do not count."""
    if text.isascii():
        return " ".join(text.casefold().split())
    plain = unicodedata.normalize("NFKD", text)
    return " ".join("".join(char for char in plain if not unicodedata.combining(char)).casefold().split())


def _compiled(text: str) -> re.Pattern[str]:
    """Compile a word or phrase: whole words, `*` for any letters; scripts without spaces match anywhere."""
    words = folded(text)
    body = r"\s+".join(r"[\w+#]*".join(map(re.escape, word.split("*"))) for word in words.split())
    if any(ord(char) >= 0x2E80 for char in words):
        return re.compile(body)
    return re.compile(rf"(?<![\w]){body}(?![\w+#])")


def _years(rules: Rules, job: News, setting: int) -> KeptOut | None:
    most = setting if rules.max_years is None else rules.max_years
    years = job.experience
    if years.min_years > most:
        return KeptOut("years", f"{_ASKS_MORE}{most + 1}", rules.max_years_line)
    if years.least is None and job.unread is None and rules.unstated_years == "drop":
        return KeptOut("years.unstated", "states no years", rules.unstated_years_line)
    return None


def _words(name: str, words: Words | None, text: str) -> KeptOut | None:
    if words is None:
        return None
    said = folded(text)
    if hit := _first(words.exclude, said):
        return KeptOut(f"{name}.exclude", hit.text, hit.line)
    if words.include and not _first(words.include, said):
        return KeptOut(f"{name}.include", text, words.line)
    return None


def _place(rules: Rules, job: News) -> Verdict:
    remote = job.remote or ("remote" if "remote" in folded(job.location) else "")
    if rules.remote == "only" and remote in {"onsite", "hybrid"}:
        return KeptOut("location.remote", remote, rules.remote_line)
    if rules.remote == "no" and remote == "remote":
        return KeptOut("location.remote", remote, rules.remote_line)
    if job.unread is not None or rules.location is None:
        # What could not be read is reported, so that the user can look at it.
        return Kept()
    where = " ".join(part for part in (job.location, remote) if part)
    if not where and rules.location.include and rules.unstated_location == "drop":
        return KeptOut("location.unstated", "states no location", rules.location.line)
    return _location(rules.location, job, where, keeps_unknown=rules.unstated_location != "drop")


def _location(words: Words, job: News, where: str, *, keeps_unknown: bool) -> Verdict:
    in_doubt = Kept("unclear" if job.location else "unstated")
    kept = Kept()
    for term in words.exclude:
        found = {_stands_for(term, place, where) for place in _places(job)}
        if found == {True}:
            return KeptOut("location.exclude", term.text, term.line)
        if None in found and False not in found:
            kept = in_doubt
    if not words.include:
        return kept
    found = {_stands_for(term, place, where) for term in words.include for place in _places(job)}
    if True in found:
        return kept
    if None in found and keeps_unknown:
        return in_doubt
    return KeptOut("location.include", where, words.line)


def _places(job: News) -> tuple[JobPlace, ...]:
    """Return the places of a job, at least one; an empty one where nobody can tell."""
    return job.places or tuple(one.place for one in read_places(job.location)) or (JobPlace(),)


def _stands_for(term: Term, place: JobPlace, where: str) -> bool | None:
    """Return whether a word of the rules means *place*; None where nobody can tell. *where* is the place in words.

    Words that are no place, like a street or a kind of work, must occur.
    """
    wanted = () if "*" in term.text else wanted_by(term.text)
    if not wanted or JobPlace(remote=True) in wanted:
        return term.found_in(folded(where)) or (bool(wanted) and place.remote)
    if place == JobPlace():
        return term.found_in(folded(where)) or None
    found = {within(place, one) for one in wanted}
    return True if True in found else None if None in found else False


def _first(terms: Iterable[Term], said: str) -> Term | None:
    return next((term for term in terms if term.found_in(said)), None)
