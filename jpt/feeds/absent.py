"""Known jobs that a read lacks: they stay open until it is sure that they are gone. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from jpt.feeds.known_address import Names, names_of_job
from jpt.identity.diff import diff
from jpt.identity.urls import canonical, key_of
from jpt.models.pages import Absence, FeedJob, Link

GONE_AFTER_MS = 24 * 3600 * 1000
"""How long a job must have been missing, where nothing but the feed or a part of the page says so."""
GONE_AFTER_READS = 3
"""In how many reads in a row."""


@dataclass(frozen=True, slots=True)
class Absent:
    """The known jobs that a read lacks."""

    kept: tuple[Link, ...]
    """The links that stay open."""
    absences: tuple[Absence, ...]


def absent(known: Sequence[Link], listed: Iterable[Link], before: Sequence[Absence], now_ms: int) -> Absent:
    """Tell which *known* open jobs are missing from what is *listed*, and which of them are not yet gone.

    Missing for long and in several reads they are; *before* is what was missing from the read before.
    """
    gone = set(diff((link.url for link in known), (link.url for link in listed)).gone)
    earlier = {absence.key: absence for absence in before}
    kept, absences = [], []
    for link in known:
        if link.url not in gone:
            continue
        key = key_of(link.url)
        was = earlier.get(key)
        # A time in the future: the clock was set back since.
        since_ms, reads = (min(was.since_ts_ms, now_ms), was.reads + 1) if was else (now_ms, 1)
        is_gone = reads >= GONE_AFTER_READS and now_ms - since_ms >= GONE_AFTER_MS
        # Those that are gone are remembered until a read without them is stored: it may be doubted first.
        absences.append(Absence(key, since_ms, reads, is_gone))
        if not is_gone:
            kept.append(link)
    return Absent(tuple(kept), tuple(absences))


def lacking(known: Sequence[Link], jobs: Sequence[FeedJob]) -> tuple[Link, ...]:
    """Give the *known* jobs that a feed does not list, under any address."""
    listed = {canonical(job.url) for job in jobs}
    strange = [link for link in known if canonical(link.url) not in listed]
    if not strange:
        return ()
    names = Names(link.url for link in known)
    found = {names.find(names_of_job(job)) for job in jobs}
    return tuple(link for link in strange if link.url not in found)
