"""What a digest says beside its jobs: what does not work, what has changed, what is left out. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

from jpt.identity.urls import openable
from jpt.models.changes import Change, Reminder
from jpt.models.digests import HealthReport, PartialPage
from jpt.models.words import change_words, partial_words
from jpt.text.clean import clean_line
from jpt.text.counts import counted
from jpt.text.secrets import Hiding

_MOST_CHANGES = 15
_MOST_REMINDERS = 15


@dataclass(frozen=True, slots=True)
class ProblemLine:
    """One thing that does not work."""

    name: str
    text: str
    href: str = ""


@dataclass(frozen=True, slots=True)
class DigestExtras:
    """What a digest says beside its jobs: what it leaves out, and what became of jobs of earlier ones."""

    over_years: int = 0
    """New jobs that ask for too many years."""
    filtered: int = 0
    """New jobs that a rule kept out."""
    repeats: int = 0
    """Reposts of jobs reported before."""
    carried_over: int = 0
    """Jobs that follow in the next digest."""
    max_years: int = 3
    changes: tuple[Change, ...] = ()
    """Of jobs that were reported before, or that the user follows, since the last digest."""
    open_jobs: Mapping[str, int] = field(default_factory=dict)
    """How many jobs each site shows now."""

    reminders: tuple[Reminder, ...] = ()
    """What the user wanted to do until today."""
    is_newly_due: bool = False
    """One of them was not due yet at the last digest."""

    @property
    def is_urgent(self) -> bool:
        """Whether something became of a job that the user follows, or is due: worth a digest without new jobs."""
        return self.is_newly_due or any(change.is_followed and change.kind != "moved" for change in self.changes)


def href(url: str) -> str:
    """Return the address to link to; empty when it is none that a browser may open."""
    return openable(url) or ""


_HIDE = Hiding()
"""Knows no secret, but what looks like one in an address."""


def watched(url: str) -> str:
    """Return the address of a watched page to link to; empty where a password or token stands in it."""
    return href(url) if _HIDE(url) == url else ""


def _since(ts_ms: int, now: datetime) -> str:
    then = datetime.fromtimestamp(ts_ms / 1000, now.tzinfo)
    return f"{then:%H:%M} today" if then.date() == now.date() else day(then)


def day(moment: datetime) -> str:
    """Return a date for people."""
    return f"{moment.day} {moment:%b %Y}"


def change_lines(changes: Sequence[Change]) -> Iterable[ProblemLine]:
    """Yield what became of known jobs, those that the user follows first."""
    told = sorted((one for one in changes if one.kind != "moved"), key=lambda one: not one.is_followed)
    for one in told[:_MOST_CHANGES]:
        words = ", which you follow," if one.is_followed else ""
        yield ProblemLine(
            clean_line(one.title, 120), f"({clean_line(one.site, 60)}){words} {_says(one)}", href(one.url)
        )
    if len(told) > _MOST_CHANGES:
        yield ProblemLine(
            "And more:", f"{counted(len(told) - _MOST_CHANGES, 'further change')}; `jpt jobs` shows them"
        )


def _says(change: Change) -> str:
    words = clean_line(change_words(change), 200)
    return f"is {words}" if change.kind in {"closed", "reopened"} else words


def reminder_lines(reminders: Sequence[Reminder], today: date) -> Iterable[ProblemLine]:
    """Yield what the user wanted to do until today, the oldest first."""
    for one in reminders[:_MOST_REMINDERS]:
        late = (today - date.fromisoformat(one.due)).days
        when = f"was due {counted(late, 'day')} ago" if late > 0 else "is due today"
        noted = ", ".join(filter(None, (one.stage, f"“{clean_line(one.note, 160)}”" if one.note else "")))
        closed = "" if one.is_open else "; the job is closed"
        where = f"({clean_line(one.site, 60)}) " if one.site else ""
        text = f"{where}{when}{f': {noted}' if noted else ''}{closed}"
        yield ProblemLine(clean_line(one.title, 120), text, href(one.url))
    if len(reminders) > _MOST_REMINDERS:
        yield ProblemLine(
            "And more:", f"{len(reminders) - _MOST_REMINDERS:,} further; `jpt jobs --applied` shows dates"
        )


def changed(extras: DigestExtras) -> str:
    """Return how much has changed, in a few words."""
    return f"{counted(sum(one.kind != 'moved' for one in extras.changes), 'change')} in jobs that you know"


def alert(health: HealthReport) -> str:
    """Return a line for the top that jobs may be missing; empty when none may."""
    parts = []
    if health.failing:
        parts.append(f"{len(health.failing)} of {counted(health.pages, 'careers page')} cannot be read")
    if health.partial:
        parts.append(f"{counted(len(health.partial), 'list')} incomplete")
    return f"{', '.join(parts)}: jobs may be missing. See the end." if parts else ""


def _partial(page: PartialPage) -> str:
    part = page.partial
    if part.is_sure:
        return f"was read in part the last {counted(page.reads, 'time')}: {partial_words(part)}"
    return f"is incomplete: {part.found:,} of {counted(part.of or 0, 'job was', 'jobs were')} found"


def health_lines(health: HealthReport, now: datetime) -> list[ProblemLine]:
    """Return what does not work, a line each."""
    lines = [
        ProblemLine(
            clean_line(page.site, 120),
            f"cannot be read since {_since(page.since_ts_ms, now)}"
            f" ({counted(page.failures, 'try', 'tries')}): {_HIDE(page.reason or page.status)}",
            watched(page.url),
        )
        for page in health.failing
    ]
    lines += [
        ProblemLine(clean_line(page.site, 120), _partial(page), watched(page.url)) for page in health.partial
    ]
    if health.newly_dead:
        were = "was" if health.dead == 1 else "were"
        given_up = f"{were} given up (`jpt jobs --failed`). The latest:"
        lines.append(ProblemLine(counted(health.dead, "post"), given_up))
        lines += [
            ProblemLine(clean_line(task.site, 120), task.reason or "no reason is known", href(task.url))
            for task in health.newly_dead
        ]
    return lines


def and_more(number: int) -> tuple[ProblemLine, ...]:
    """Return a line that *number* pages are not named; nothing for none."""
    if number <= 0:
        return ()
    pages, them = counted(number, "further page"), "it" if number == 1 else "them all"
    return (ProblemLine("And more:", f"{pages}; `jpt sites` shows {them}"),)


def footer(extras: DigestExtras) -> Iterable[str]:
    """Yield what the digest leaves out."""
    if extras.carried_over:
        follow = counted(extras.carried_over, "more job follows", "more jobs follow")
        yield f"{follow} in the next digest."
    parts = []
    if extras.over_years:
        ask = "that asks" if extras.over_years == 1 else "that ask"
        most = counted(extras.max_years, "year")
        parts.append(f"{counted(extras.over_years, 'new job')} {ask} for more than {most}")
    if extras.filtered:
        parts.append(f"{counted(extras.filtered, 'new job')} that your filters keep out")
    if parts:
        yield f"Left out: {' and '.join(parts)} (`jpt jobs --all`)."
    if extras.repeats:
        yield f"{counted(extras.repeats, 'repost')} of jobs that were sent before."
