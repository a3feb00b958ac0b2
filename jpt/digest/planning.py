"""What a digest will hold: stored jobs, sorted by a person's rules, each once."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from jpt.digest.atom import atom
from jpt.digest.compose import Letter, letter
from jpt.digest.extras import DigestExtras
from jpt.digest.rules import KeptOut, Profile
from jpt.digest.select import choose, most_fitting_first, same_keys, sort
from jpt.models.digests import DEFAULT, MAIL, Channel, DigestEntry, HealthReport, News
from jpt.settings import Settings
from jpt.store import Store


@dataclass(frozen=True, slots=True)
class Pending:
    """What is due on a channel."""

    entries: tuple[DigestEntry, ...]
    """The most fitting first."""
    repeats: tuple[tuple[News, str, str], ...]
    """Reposts, each with the digest that reported the job and the address reported there."""
    keys: dict[str, str]
    """Sameness keys of the entries, each with the address of its entry."""
    health: HealthReport
    extras: DigestExtras


def pending_on(store: Store, settings: Settings, channel: Channel, profile: Profile) -> Pending:
    """Return what is due on *channel* by the rules in force now."""
    most = profile.most_years(settings.max_years)
    jobs = store.unreported.jobs(channel, most)
    sorted_ = sort(jobs, profile, settings.max_years)
    fitting = store.unreported.with_texts(sorted_.fitting)
    reported = store.reported.by_keys(channel, [key for job in fitting for key in same_keys(job)])
    choice, keys = choose(fitting, reported)
    since = store.outbox.last_created_ms(channel) or 0
    lately = [out for job, out in sorted_.kept_out if job.found_ts_ms > since]
    asking_more = sum(out.rule == "years" for out in lately)
    local = settings.timetable.local
    # The marks are the user's own: nobody else is reminded of them.
    reminders = tuple(store.marks.due(f"{local(store.clock()):%Y-%m-%d}")) if profile.name == DEFAULT else ()
    last_day = f"{local(since):%Y-%m-%d}" if since else ""
    return Pending(
        most_fitting_first(choice.entries, profile, store.clock()),
        choice.repeats,
        keys,
        store.unreported.health(channel),
        DigestExtras(
            over_years=asking_more + store.unreported.asking_more(most, since),
            filtered=len(lately) - asking_more,
            repeats=len(choice.repeats),
            max_years=settings.max_years if profile.rules.max_years is None else profile.rules.max_years,
            changes=tuple(store.history.changes_reported(channel, since)) if since else (),
            open_jobs=store.unreported.open_jobs(),
            reminders=reminders,
            is_newly_due=any(one.due > last_day for one in reminders),
        ),
    )


def refresh(store: Store, settings: Settings, profiles: Iterable[Profile]) -> None:
    """Bring the marks of fitting that stored jobs carry up to the default profile's present rules."""
    profile = next(one for one in profiles if one.name == DEFAULT)
    most = profile.most_years(settings.max_years)
    jobs = store.unreported.jobs(Channel(DEFAULT, MAIL), most)
    verdicts = ((job, profile.verdict(job, settings.max_years)) for job in jobs)
    store.unreported.refresh(
        [(job, out.exclude_reason if isinstance(out, KeptOut) else None) for job, out in verdicts], most
    )


@dataclass(frozen=True, slots=True)
class Preview:
    """A digest as it would be, sent to nobody."""

    profile: str
    letter: Letter
    jobs: int
    later: int
    """Jobs that are due and would follow in further digests."""


def preview(store: Store, settings: Settings, profile: Profile, *, limit: int | None = None) -> Preview:
    """Return what the next digest would report to a person by mail."""
    due = pending_on(store, settings, Channel(profile.name, MAIL), profile)
    entries = due.entries[: min(settings.digest_rows, limit or settings.digest_rows)]
    later = len(due.entries) - len(entries)
    now = settings.timetable.local(store.clock())
    extras = replace(due.extras, carried_over=later)
    return Preview(profile.name, letter(entries, due.health, extras, now), len(entries), later)


def feed(store: Store, settings: Settings, profile: Profile) -> str:
    """Return the Atom feed of the newest jobs that fit a person, reported or not."""
    jobs = store.unreported.matching(profile.most_years(settings.max_years), _LOOKED_AT)
    fitting = sort(jobs, profile, settings.max_years).fitting[:_IN_FEED]
    choice, _ = choose(list(reversed(fitting)), {})
    return atom(tuple(reversed(choice.entries)), store.notes.get("database") or "")


_LOOKED_AT = 20_000
_IN_FEED = 200
