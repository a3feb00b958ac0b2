"""What a digest says: its jobs as rows, its subject, what does not work, and what was left out. Pure."""

from __future__ import annotations

import textwrap
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime

from jpt.digest.extras import (
    DigestExtras,
    ProblemLine,
    alert,
    and_more,
    change_lines,
    changed,
    day,
    footer,
    health_lines,
    href,
    reminder_lines,
)
from jpt.digest.several import together
from jpt.models.digests import DigestEntry, HealthReport, News, PlaceDoubt
from jpt.text.clean import clean_line
from jpt.text.counts import counted
from jpt.text.timetable import not_after

_QUOTE_CHARS = 240
_TEXT_WIDTH = 76
_MOST_HEALTH_LINES = 40
_PREVIEW_CHARS = 180
_MOST_COPIES = 5


@dataclass(frozen=True, slots=True)
class DigestRow:
    """A job as the templates show it."""

    title: str
    href: str
    """Where it leads; empty for an address that must not be opened."""
    years: str
    unit: str
    said: str
    """Years and unit as one phrase."""
    doubt: bool
    facts: tuple[str, ...]
    """Place, pay, day…: what does not change with the days."""
    age: str
    """When it was found, as seen from today."""
    quote: str
    also: tuple[tuple[str, str], ...] = ()
    places: tuple[tuple[str, str], ...] = ()
    """Where the job is open, each with its address, where it has several adverts; `href` is the first."""

    @property
    def meta(self) -> str:
        """All of it in one line."""
        return " · ".join((*self.facts, self.age) if self.age else self.facts)

    @property
    def url(self) -> str:
        """The address, for plain text; those of several places stand with them."""
        return "" if self.places else self.href

    @property
    def quote_lines(self) -> list[str]:
        """The quote, folded for plain text."""
        return textwrap.wrap(f"“{self.quote}”", _TEXT_WIDTH - 4) if self.quote else []


@dataclass(frozen=True, slots=True)
class CompanyJobs:
    """The jobs of one company."""

    company: str
    rows: tuple[DigestRow, ...]
    note: str = ""

    @property
    def count(self) -> str:
        """How many, for people."""
        return counted(len(self.rows), "job") if len(self.rows) > 1 else ""


@dataclass(frozen=True, slots=True)
class Letter:
    """All that the templates need."""

    subject: str
    heading: str
    subtitle: str
    preview: str
    alert: str
    groups: tuple[CompanyJobs, ...]
    visible: tuple[DigestRow, ...]
    unread: tuple[DigestRow, ...]
    reminders: tuple[ProblemLine, ...]
    changes: tuple[ProblemLine, ...]
    health: tuple[ProblemLine, ...]
    footer: tuple[str, ...]
    acts: Mapping[str, tuple[tuple[str, str], ...]] = field(default_factory=dict)
    """What can be done with a job right from the mail, by where its row leads: words and addresses."""


def letter(entries: Sequence[DigestEntry], health: HealthReport, extras: DigestExtras, now: datetime) -> Letter:
    """Compose the letter about *entries*, the most fitting first, and *health*, by company."""
    new, visible, unread = (
        [entry for entry in entries if entry.news.section == section] for section in ("new", "visible", "unread")
    )
    lines = health_lines(health, now)
    return Letter(
        subject=subject(entries, health, extras),
        heading=_heading(entries, health, extras),
        subtitle=_subtitle(new, extras, now),
        preview=clean_line(" · ".join(entry.news.title for entry in entries[:6]), _PREVIEW_CHARS),
        alert=alert(health) if entries else "",
        groups=_groups(new, extras, now),
        visible=rows(visible, now),
        unread=rows(unread, now),
        reminders=tuple(reminder_lines(extras.reminders, now.date())),
        changes=tuple(change_lines(extras.changes)),
        health=tuple(lines[:_MOST_HEALTH_LINES]) + and_more(len(lines) - _MOST_HEALTH_LINES),
        footer=tuple(footer(extras)),
    )


def subject(entries: Sequence[DigestEntry], health: HealthReport, extras: DigestExtras) -> str:
    """Return what matters in one line: `7 new jobs, 3 entry level · Acme, Globex +2`."""
    first = _first_reads(entries)
    new, visible, unread = _by_section(entries)
    new = [job for job in new if job.site not in first]
    folded = " · ".join(_first_read(site, fit, extras) for site, fit in first.items())
    if new:
        entry_level = sum(job.entry_level for job in new)
        said = counted(len(new), "new job") + (f", {entry_level} entry level" if entry_level else "")
        return clean_line(" · ".join(_some(said, _names(job.company for job in new), folded)), 120)
    if first and not visible:
        return clean_line(folded, 120)
    said, names = _topic(visible, unread, health, extras)
    return clean_line(" · ".join(_some(said, _names(names))), 120)


def _topic(
    visible: Sequence[News], unread: Sequence[News], health: HealthReport, extras: DigestExtras
) -> tuple[str, Iterable[str]]:
    """Return what matters most where no job is new, and the names that it concerns."""
    if visible:
        return f"{counted(len(visible), 'job')} visible only now", (job.company for job in visible)
    if unread:
        return f"{counted(len(unread), 'new job')} that could not be read", (job.company for job in unread)
    if extras.is_newly_due:
        return _due(extras), (one.site or one.title for one in extras.reminders)
    if health.failing:
        pages = counted(health.pages, "careers page")
        return f"{len(health.failing)} of {pages} cannot be read", (page.site for page in health.failing)
    if extras.changes:
        return changed(extras), (change.site for change in extras.changes)
    return "Nothing new", ()


def row(entry: DigestEntry, now: datetime) -> DigestRow:
    """Show one job."""
    job, asks = entry.news, entry.news.experience
    if job.unread is not None:
        years, unit, said = "?", "not read", "Not read"
    elif asks.stated:
        years, unit = asks.shown, "years"
        said = f"{years} {unit}"
    else:
        years, unit = asks.number, "asked" if asks.asks_none else "not stated"
        said = "None asked" if asks.asks_none else "No years stated"
    return DigestRow(
        title=job.title,
        href=href(job.url),
        years=years,
        unit=unit,
        said=said,
        doubt=job.unread is None and asks.confidence == "low",
        facts=_facts(job, now),
        age=f"found {ago(job.found_ts_ms, now)}",
        quote=clean_line(asks.evidence or "", _QUOTE_CHARS) if job.unread is None else "",
        also=tuple((_elsewhere(copy, job), href(copy.url)) for copy in entry.copies[:_MOST_COPIES]),
    )


def rows(entries: Iterable[DigestEntry], now: datetime) -> tuple[DigestRow, ...]:
    """Show jobs; those that are open in several places once, with all of them."""
    return tuple(one_row(group, now) for group in together(entries))


def one_row(adverts: Sequence[DigestEntry], now: datetime) -> DigestRow:
    """Show one job by its adverts, each in a place of its own."""
    first = row(adverts[0], now)
    if len(adverts) == 1:
        return first
    return replace(
        first,
        facts=_facts(replace(adverts[0].news, location=""), now),
        also=(),
        places=tuple((entry.news.location, href(entry.news.url)) for entry in adverts),
    )


def ago(ts_ms: int, now: datetime) -> str:
    """Return the day of a moment for people: today, yesterday, 3 days ago, or its date."""
    then = datetime.fromtimestamp(ts_ms / 1000, now.tzinfo)
    days = (now.date() - then.date()).days
    if days <= 0:
        return "today"
    if days == 1:
        return "yesterday"
    return f"{days} days ago" if days < 15 else f"on {day(then)}"


def _facts(job: News, now: datetime) -> tuple[str, ...]:
    if job.unread is not None:
        return job.company, job.unread
    remote = {"onsite": "on site"}.get(job.remote, job.remote)
    return _some(
        job.company if job.newly_visible else "",
        job.location,
        PLACE_DOUBTS[job.place_doubt] if job.place_doubt else "",
        remote if remote.casefold() not in job.location.casefold() else "",
        job.salary,
        f"posted {_posted(job.posted, now)}" if job.posted else "",
    )


PLACE_DOUBTS: dict[PlaceDoubt, str] = {"unstated": "place not stated", "unclear": "place unclear"}
"""The words for places that the rules could not decide on."""


def _some(*texts: str) -> tuple[str, ...]:
    return tuple(filter(None, texts))


def _posted(text: str, now: datetime) -> str:
    try:
        posted = date.fromisoformat(not_after(text, now.date()))
    except ValueError:
        return text
    return f"{posted.day} {posted:%b %Y}"


def _elsewhere(copy: News, first: News) -> str:
    return copy.company if copy.site != first.site else "another page of the same company"


def _groups(entries: Sequence[DigestEntry], extras: DigestExtras, now: datetime) -> tuple[CompanyJobs, ...]:
    first = _first_reads(entries)
    by_company: dict[str, list[DigestEntry]] = {}
    for entry in entries:
        by_company.setdefault(entry.news.company, []).append(entry)
    news = [(name, all_) for name, all_ in by_company.items() if all_[0].news.site not in first]
    folded = [(name, all_) for name, all_ in by_company.items() if all_[0].news.site in first]
    return (
        *(CompanyJobs(name, rows(all_, now), _unusual(all_)) for name, all_ in news),
        *(_folded(name, all_, first, extras, now) for name, all_ in folded),
    )


FOLDED_FROM = 10
"""From this many fitting jobs on, those of a site that was read for the first time are one folded section."""


def _first_reads(entries: Iterable[DigestEntry]) -> dict[str, int]:
    """Return the sites whose jobs are folded, each with how many of them fit."""
    fit = Counter(entry.news.site for entry in entries if entry.news.first_read and entry.news.section == "new")
    return {site: number for site, number in fit.items() if number >= FOLDED_FROM}


def _first_read(site: str, fit: int, extras: DigestExtras) -> str:
    shown = max(extras.open_jobs.get(site, 0), fit)
    return f"{clean_line(site, 60)}: {counted(shown, 'open job')}, {fit} {'fits' if fit == 1 else 'fit'}"


def _folded(
    company: str, entries: Sequence[DigestEntry], first: Mapping[str, int], extras: DigestExtras, now: datetime
) -> CompanyJobs:
    site = entries[0].news.site
    short = (
        replace(
            one_row(adverts, now),
            quote="",
            facts=_some(adverts[0].news.location if len(adverts) == 1 else ""),
            age="",
            also=(),
        )
        for adverts in together(entries)
    )
    return CompanyJobs(
        company, tuple(short), f"Read for the first time. {_first_read(site, first[site], extras)}."
    )


def _unusual(entries: Sequence[DigestEntry]) -> str:
    """Return a warning that a company shows unusually many jobs at once; empty where it does not."""
    many = sum(entry.news.flood for entry in entries)
    return (
        f"Unusual: {many} at once. The page may have been rebuilt, and some of them may be older." if many else ""
    )


def _heading(entries: Sequence[DigestEntry], health: HealthReport, extras: DigestExtras) -> str:
    new, visible, unread = _by_section(entries)
    if new:
        return counted(len(new), "new job that fits", "new jobs that fit")
    return _topic(visible, unread, health, extras)[0]


def _by_section(entries: Iterable[DigestEntry]) -> list[list[News]]:
    """Return the jobs that are new, visible only now, and unread, each once however many places it has."""
    jobs = [adverts[0].news for adverts in together(entries)]
    return [[job for job in jobs if job.section == section] for section in ("new", "visible", "unread")]


def _due(extras: DigestExtras) -> str:
    return f"{counted(len(extras.reminders), 'follow-up')} due"


def _subtitle(new: list[DigestEntry], extras: DigestExtras, now: datetime) -> str:
    entry_level = sum(entry.news.entry_level for entry in new)
    companies = len({entry.news.company for entry in new})
    parts = _some(
        f"{entry_level} entry level" if entry_level else "",
        f"from {counted(companies, 'company', 'companies')}" if companies > 1 else "",
        f"asking for at most {counted(extras.max_years, 'year')}" if new else "",
        _due(extras) if extras.reminders and new else "",
        day(now),
    )
    return " · ".join(parts)


def _names(names: Iterable[str]) -> str:
    """Name the first two, and how many more there are."""
    each = list(dict.fromkeys(clean_line(name, 40) for name in names))
    return ", ".join(each[:2]) + (f" +{len(each) - 2}" if len(each) > 2 else "")
