"""Events in words, a line each, and as records for machines. Pure."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from jpt.models import events
from jpt.models.events import Event
from jpt.models.pages import GOOD, Partial
from jpt.models.words import partial_words
from jpt.text.clock import local_time
from jpt.text.counts import counted
from jpt.text.durations import spoken


def sentence_of(event: Event) -> str:
    """Return *event* as a sentence; empty when it says nothing to people."""
    match event:
        case events.Notice():
            return event.sentence
        case events.SiteDone():
            found = f"{counted(event.links, 'link')}, {counted(event.jobs, 'job')}, {event.queued:,} new"
            told = "; ".join(part for part in (event.reason or found, shortfall(event.partial)) if part)
            return f"{event.site}: {event.status}, {told} ({event.url})"
        case events.SiteSkipped():
            return f"{event.site}: {skipped(event)} ({event.url})"
        case events.QueueKnown() if event.waiting or event.limit:
            return f"{counted(event.waiting, 'post')} to read" + (
                f", {event.limit:,} of them now." if event.limit else "."
            )
        case events.TaskDone():
            years = event.job.experience
            asks = "none asked" if years.asks_none else "no years stated"
            asks = f"{years.shown} years" if years.stated else asks
            asks = f"not opened ({event.job.exclude_reason})" if event.job.unopened else asks
            return f"{event.job.site}: {event.job.title}: {event.job.unread or asks} ({event.job.url})"
        case events.TaskDismissed():
            return f"{event.site}: {event.reason} ({event.url})"
        case events.TaskFailed():
            again = "given up" if event.final else "tried again later"
            return f"{event.site}: {event.reason} ({event.url}, {again})"
        case events.Digested(outcome) if outcome.sent or outcome.unsent:
            parts = [f"{len(outcome.sent)} sent, with {counted(outcome.reported, 'job')}"]
            parts += [f"not sent: {one.last_error}" for one in outcome.unsent if one.accepted_ts_ms is None]
            return f"Digests: {'; '.join(parts)}."
        case _:
            return _of_watch(event)


def _of_watch(event: Event) -> str:
    match event:
        case events.CycleBegan() if event.pages:
            return f"Cycle {event.number}: {counted(event.pages, 'page is', 'pages are')} due."
        case events.CycleDone() if event.pages:
            clock = local_time(event.next_ms) if event.next_ms else None
            then = f" The next page is due at {clock:%H:%M:%S}." if clock else ""
            return f"Cycle {event.number} done in {spoken(event.seconds)}.{then}"
        case events.StageIs() if event.stage in {"paused", "stopping"}:
            return {
                "paused": "Paused: no new page is opened.",
                "stopping": "Stopping after the pages being read.",
            }[event.stage]
        case events.OutageBegan():
            return f"{event.part.capitalize()}: {event.sentence}"
        case events.OutageOver():
            return f"{event.part.capitalize()}: back, work continues."
        case events.BrowsersDied(count):
            was = "was" if count == 1 else "were"
            return f"{counted(count, 'browser')} died or did not answer, and {was} replaced."
        case _:
            return ""


def shortfall(partial: Partial | None) -> str:
    """Return how a list fell short, in a clause; empty where it did not."""
    return partial_words(partial) if partial is not None else ""


def skipped(event: events.SiteSkipped) -> str:
    """Return why a page was not read, in a clause."""
    if event.why == "paused":
        return "paused, not read"
    until = f" for {spoken(event.wait_s)} more" if event.wait_s else ""
    return f"not read, its host asks to be left alone{until}"


def is_warning(event: Event) -> bool:
    """Return whether *event* is something that should not be."""
    match event:
        case events.Notice():
            return event.warning
        case events.SiteDone():
            return event.status not in GOOD
        case events.Digested(outcome):
            return outcome.failed
        case events.TaskFailed() | events.NoNetwork() | events.OutageBegan() | events.BrowsersDied():
            return True
        case _:
            return False


def record(event: Event) -> dict[str, Any]:
    """Return *event* for machines: its kind, and what it holds."""
    held = asdict(event)
    if isinstance(event, events.TaskDone):
        job = held.pop("job")
        job.pop("news")
        years = job.pop("experience")
        years.pop("rejected")
        years.pop("left_over")
        held = {**job, **years}
    elif isinstance(event, events.Digested):
        held = event.outcome.as_json()
    return {"event": kind(event), **held}


def kind(event: Event) -> str:
    """Return the name of *event* as machines know it: `site_done`."""
    name = type(event).__name__
    return "".join(f"_{char.lower()}" if char.isupper() else char for char in name).lstrip("_")
