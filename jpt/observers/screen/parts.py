"""The parts of the screen, each a list of lines for the room it has. Pure: state in, text out."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from urllib.parse import urlsplit

from rich.text import Text

from jpt.models.load import Load, WorkerLoad
from jpt.models.pages import GOOD
from jpt.observers.live import STYLES
from jpt.observers.screen.cells import Cell, Column, Columns, bar, fitted, joined, spread
from jpt.observers.watch_state import Incident, WatchedPage, WatchState
from jpt.text.clock import local_time
from jpt.text.counts import counted
from jpt.text.durations import spoken

_STAGES = {
    "starting": ("◌", "cyan"),
    "reading": ("●", "cyan"),
    "waiting": ("●", "green"),
    "paused": ("‖", "yellow"),
    "stopping": ("■", "yellow"),
}
SITES = (
    Column("Site", 14, grows=3),
    Column("State", 7),
    Column("By", 7, from_width=72),
    Column("Read", 5, right=True, from_width=56),
    Column("Next", 4, right=True, from_width=46),
    Column("Links", 5, right=True, from_width=84),
    Column("Jobs", 5, right=True),
    Column("Today", 5, right=True),
    Column("Health", 12, grows=4, from_width=64),
)
UNHEARD_S = 10.0
"""A worker of a cluster that was not heard for so long is shown as unwell."""
_ADDRESS_BEHIND = re.compile(r" \(https?://\S+\)$")


@dataclass(frozen=True, slots=True)
class ScreenState:
    """What is drawn: the state of the watch at one moment."""

    watch_state: WatchState
    now_ms: int
    load: Load | None = None
    most_pages: int = 4


def header(view: ScreenState, width: int) -> list[Text]:
    """Return what is being done, and how many pages are ok."""
    states = view.watch_state.states
    good, failing = states["ok"] + states["none"], len(view.watch_state.failing)
    right = joined(
        (f"{good} of {len(view.watch_state.pages)} ok", "green" if good == len(view.watch_state.pages) else ""),
        (f"{failing} failing" if failing else "", "red"),
        (clock(view.now_ms), "bold"),
    )
    return [spread(doing(view, width - right.cell_len - 1), right, width), *outages(view, width)]


def doing(view: ScreenState, width: int) -> Text:
    """Return what is being done, in the words for which *width* has room."""
    mark, style = _STAGES[view.watch_state.stage]
    name, said = "jpt watch  ", _doing(view)
    shorter = (said, said.partition(" (")[0].partition(",")[0], view.watch_state.stage)
    words = next((one for one in shorter if len(name + one) + 3 <= width), shorter[-1])
    if len(name + words) + 3 > width:
        name = ""
    return Text.assemble((f" {mark} ", style), (name, "bold"), (words, style), no_wrap=True)


def outages(view: ScreenState, width: int) -> list[Text]:
    """Return what is missing, a line each."""
    return [_outage(incident, view.now_ms, width) for incident in list(view.watch_state.outages.values())[:3]]


def _doing(view: ScreenState) -> str:
    watch_state = view.watch_state
    match watch_state.stage:
        case "reading" if watch_state.cycle_pages:
            total = max(watch_state.cycle_pages, watch_state.cycle_read)
            return f"reading {watch_state.cycle_read}/{counted(total, 'page')}"
        case "reading":
            return "reading posts"
        case "waiting" if (next_ms := min(_dues(watch_state), default=0)) > view.now_ms:
            left = (next_ms - view.now_ms) / 1000
            # By the minute: a screen that is left open need not be drawn anew every second.
            coarse = spoken(left if left < 60 else left // 60 * 60)
            return f"next read {clock(next_ms)} (in {coarse})"
        case "paused":
            return "paused, press p to continue"
        case "stopping":
            return "finishing; Ctrl-C ends at once"
        case stage:
            return stage


def _dues(watch_state: WatchState) -> Iterator[int]:
    return (page.due_ms for page in watch_state.pages.values() if page.due_ms is not None)


def _outage(incident: Incident, now_ms: int, width: int) -> Text:
    since = spoken((now_ms - incident.since_ms) // 60_000 * 60) if now_ms - incident.since_ms > 60_000 else "now"
    words = f" {incident.part.upper()} ({since}): {incident.sentence}"
    return Text(fitted(words, width), "bold white on red", no_wrap=True)


def sites(view: ScreenState, width: int, pages: Sequence[WatchedPage], window: Iterable[int]) -> list[Text]:
    """List those of the *pages* that are in the *window*, under a line of the columns' names."""
    columns = Columns.fitted(SITES, width)
    several = _several(pages)
    shown = [pages[place] for place in window]
    return [
        columns.head(),
        *(columns.row(_site(page, view.now_ms, several=page.site in several)) for page in shown),
    ]


def first_sites(view: ScreenState, width: int, height: int) -> list[Text]:
    """List as many pages as there is room for, and count the others."""
    pages = ranked(view.watch_state)
    room = height - 1
    shown = len(pages) if len(pages) <= room else max(0, room - 1)
    lines = sites(view, width, pages, range(shown))
    return [*lines, _rest(pages[shown:], width)] if pages[shown:] else lines


def _site(page: WatchedPage, now_ms: int, *, several: bool) -> dict[str, Cell]:
    state = "reading" if page.reading else (page.status or "unread")
    name = f"{page.site} {urlsplit(page.url).path}" if several else page.site
    quiet = "bright_black"
    return {
        "Site": (name, "bold" if page.new_today else ""),
        "State": (state, STYLES[state]),
        "By": (page.method, quiet),
        "Read": (ago(page.good_ms, now_ms), quiet if not page.failing else "yellow"),
        "Next": (_until(page.due_ms, now_ms), quiet),
        "Links": (f"{page.links}" if page.links else "·", quiet),
        "Jobs": (f"{page.jobs}" if page.jobs else "·", ""),
        "Today": (f"+{page.new_today}" if page.new_today else "·", "bold green" if page.new_today else quiet),
        "Health": _health(page, now_ms),
    }


def _health(page: WatchedPage, now_ms: int) -> Cell:
    if not page.failing:
        return (page.reason or ("unchanged, by HTTP" if page.method == "http" else ""), "bright_black")
    since = ago(page.failing_since_ms, now_ms)
    return f"{since}, {page.failures}×: {page.reason}", "red" if page.failures > 1 else "yellow"


def _rest(pages: list[WatchedPage], width: int) -> Text:
    states = Counter(
        "being read" if page.reading else "ok" if page.status in GOOD else page.status or "unread"
        for page in pages
    )
    words = ", ".join(f"{count} {state}" for state, count in states.items())
    return Text(fitted(f"… and {len(pages)} more: {words}", width), "bright_black")


def queue(view: ScreenState, width: int, height: int) -> list[Text]:
    """Show what waits, how fast it goes, and what became of it."""
    watch_state = view.watch_state
    counts = watch_state.counts
    settled = counts["done"] + counts["not_jobs"] + counts["failed"]
    pace, left_s = watch_state.posts_a_minute(), watch_state.left_s()
    if watch_state.waiting:
        first = joined(
            (f"{watch_state.waiting:,} waiting", "bold"),
            (f"{pace:.0f}/min" if pace else "", ""),
            (f"{spoken(left_s)} left" if left_s else "", "cyan"),
        )
    else:
        first = joined(("empty", "green"), (f"{pace:.0f}/min of late" if pace >= 1 else "", "bright_black"))
    outcomes = joined(
        (f"{counted(counts['done'], 'job')} read", ""),
        (counted(counts["not_jobs"], "no job") if counts["not_jobs"] else "", "bright_black"),
        (f"{counts['failed']:,} given up" if counts["failed"] else "", "red"),
    )
    lines = [first, bar(settled, settled + watch_state.waiting, width), outcomes]
    lines += [
        Text(fitted(f"reading {site}", width).rstrip(), "cyan") for site in list(watch_state.reading.values())
    ]
    return lines[:height]


def browser(view: ScreenState, width: int, height: int) -> list[Text]:
    """Show the browser pool, and the model's tokens where there is a model."""
    load = view.load
    if load is None or not load.browsers:
        lines = [joined(("at rest", "green"), ("starts with the next page", "bright_black"))]
    else:
        pages, contexts = counted(view.most_pages, "page"), counted(load.contexts, "context")
        browsers = counted(load.browsers, "browser") if load.browsers > 1 else ""
        lines = [
            joined((f"{load.pages}/{pages}", "bold"), (contexts, "")),
            joined((f"{load.memory_mb:,.0f} MB", ""), (browsers, "")),
        ]
    if load is not None:
        died = f"{load.died} died" if load.died else ""
        lines.append(joined((died, "yellow"), (f"{load.recycled} recycled", "bright_black")))
    if load is not None and load.workers is not None:
        lines.append(_workers(load.workers, width))
    if tokens := view.watch_state.counts["model_tokens"]:
        spent = f"{tokens:,}" if tokens < 1_000_000 else f"{tokens / 1_000_000:.1f}M"
        lines.append(Text(fitted(f"{spent} model token{'' if tokens == 1 else 's'}", width).rstrip()))
    return lines[:height]


def _workers(workers: tuple[WorkerLoad, ...], width: int) -> Text:
    if not workers:
        return Text(fitted("no worker: reading here", width).rstrip(), "yellow")
    count, pace = counted(len(workers), "worker"), sum(one.per_minute for one in workers)
    said = [(count, "bold"), (f"{pace:.0f} pages/min", "")]
    if silent := [one for one in workers if one.resting or one.heard_s > UNHEARD_S]:
        said.append((f"{silent[0].name} unwell", "yellow"))
    return Text(fitted(joined(*said).plain, width).rstrip(), "yellow" if silent else "")


def both(view: ScreenState, width: int, height: int) -> list[Text]:
    """Show queue and browser in a line each, where there is little room."""
    lines = []
    for title, part in (("Queue  ", queue), ("Browser", browser)):
        texts = [text for text in part(view, width, 4) if "━" not in text.plain and "╌" not in text.plain]
        line = Text.assemble((title, "bold"), "  ", no_wrap=True)
        for place, text in enumerate(texts):
            line.append(" · " if place else "", "bright_black").append_text(text)
        lines.append(line)
    return lines[:height]


def last_events(view: ScreenState, width: int, height: int) -> list[Text]:
    """List what happened last, the latest on top."""
    return [
        Text.assemble(
            (f"{clock(said.ts_ms, seconds=True)} ", "bright_black"),
            (fitted(_short_of(said.words, width), max(1, width - 9)), "yellow" if said.warning else ""),
            no_wrap=True,
        )
        for said in list(view.watch_state.said)[:height]
    ]


def _short_of(words: str, width: int) -> str:
    """Leave out the address at the end where it would not fit: half an address helps nobody."""
    return words if len(words) <= width - 9 else _ADDRESS_BEHIND.sub("", words)


def footer(view: ScreenState, width: int) -> Text:
    """Name the keys."""
    pause = "resume" if view.watch_state.stage == "paused" else "pause"
    jobs, quits, pauses, reads = ((f" {key} ", "reverse") for key in "vqpr")
    left = Text.assemble(
        jobs, " jobs  ", quits, " finish and quit  ", pauses, f" {pause}  ", reads, " read all now"
    )
    return spread(left, Text(f"run {view.watch_state.run_id} ", "bright_black"), width)


def ranked(watch_state: WatchState) -> list[WatchedPage]:
    """Return the pages: those that fail first, then those being read, those with news, and the others by name."""
    return sorted(watch_state.pages.values(), key=_rank)


def _rank(page: WatchedPage) -> tuple[int, int, str, str]:
    if page.failing:
        place, first = 0, page.failing_since_ms or 0
    elif page.reading:
        place, first = 1, 0
    else:
        place, first = 2 if page.new_today else 4 if page.status is None else 3, -page.new_today
    return place, first, page.site.casefold(), page.url


def _several(pages: Sequence[WatchedPage]) -> set[str]:
    return {site for site, count in Counter(page.site for page in pages).items() if count > 1}


def clock(ts_ms: int, *, seconds: bool = False) -> str:
    """Return the time of day."""
    return local_time(ts_ms).strftime("%H:%M:%S" if seconds else "%H:%M")


def ago(ts_ms: int | None, now_ms: int) -> str:
    """Return how long ago in at most five characters."""
    if ts_ms is None:
        return "never"
    return _in_largest_unit(now_ms - ts_ms, "now")


def _until(ts_ms: int | None, now_ms: int) -> str:
    return "due" if ts_ms is None or ts_ms <= now_ms else _in_largest_unit(ts_ms - now_ms, "<1m")


def _in_largest_unit(length_ms: int, shortest: str) -> str:
    units = ((86_400_000, "d"), (3_600_000, "h"), (60_000, "m"))
    return next((f"{length_ms // size}{unit}" for size, unit in units if length_ms >= size), shortest)
