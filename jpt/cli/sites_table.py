"""The status of each careers page: a block a page on a terminal, a line a page elsewhere."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

from rich.cells import cell_len, set_cell_size
from rich.console import Console
from rich.padding import Padding
from rich.style import Style
from rich.text import Text

from jpt.cli.tables import ago, tabbed, why
from jpt.models.pages import GOOD
from jpt.models.words import proof_words
from jpt.observers.live import STYLES
from jpt.store.post_shapes import PROOFS, Shape
from jpt.store.sites import PageState
from jpt.text.counts import counted
from jpt.text.durations import spoken

NARROWEST, WIDEST = 14, 40
"""Cells of the column of names."""
_INDENT = 2

Hide = Callable[[str], str]
Shapes = Mapping[str, Mapping[str, Shape]]
"""What is known of the posts of each site, by the shape of their addresses."""


def site_lines(
    states: Sequence[PageState], now_ms: int, width: int, hide: Hide, shapes: Shapes | None = None
) -> Iterator[Text | Padding]:
    """Yield the lines to print, failing pages first: name and figures; below, the address and what is wrong.

    With *shapes* also how list and posts are read, and what proved it.
    """
    watched = any(state.due_ts_ms for state in states)
    name_width = _name_width(states, width, watched=watched)
    yield _row(("Site", "Status", "Jobs", "Read by", "Last read", "Next" if watched else ""), name_width, "bold")
    for state in sorted(states, key=lambda one: (one.status in GOOD or one.is_paused, one.is_paused)):
        next_read = _until(state.due_ts_ms, now_ms) if watched and not state.is_paused else ""
        figures = (_jobs(state), _way(state), ago(state.good_ts_ms, now_ms), next_read)
        line = _row((state.site, _status(state), *figures), name_width)
        line.stylize(Style(bold=True, link=state.url), 0, cell_len(state.site))
        line.stylize(_style(state), name_width, name_width + len(_status(state)) + 1)
        yield line
        yield Padding(Text(hide(state.url), "dim"), (0, 0, 0, _INDENT))
        if wrong := trouble(state, now_ms):
            yield Padding(Text(hide(wrong), "yellow"), (0, 0, 0, _INDENT))
        for words in ways(state, now_ms, shapes):
            yield Padding(Text(hide(words), "dim"), (0, 0, 0, _INDENT))


def trouble(state: PageState, now_ms: int) -> str:
    """Describe what is wrong with a page, and with its posts; empty when nothing is."""
    posts = counted(state.failed, "post")
    unread = f"{posts} could not be read: `jpt jobs --failed`" if state.failed and state.status in GOOD else ""
    return "; ".join(filter(None, (why(state, now_ms), unread)))


def ways(state: PageState, now_ms: int, shapes: Shapes | None) -> Iterator[str]:
    """Say how list and posts of a page are read, and what proved it, in clauses; nothing without *shapes*."""
    if shapes is None:
        return
    if (known := proof_words(state.proof)) and state.method != "http":
        yield f"{known}, as the browser saw {ago(state.proof.read_ts_ms, now_ms)}"
    for name, shape in shapes.get(state.site, {}).items():
        yield f"posts at {name}: {_shape_words(shape, now_ms)}"


def _shape_words(known: Shape, now_ms: int) -> str:
    alike = f"{known.proofs} in a row were the same both ways, the last {ago(known.ts_ms, now_ms)}"
    if known.is_proven:
        since = f"; {counted(known.reads, 'post')} since" if known.reads else ""
        return f"by HTTP ({alike}{since})"
    if known.proofs:
        return f"in the browser ({alike}; {PROOFS} are needed)"
    return f"in the browser (HTTP gave something else, {counted(known.differed, 'time')})"


def plain_sites(
    console: Console, states: Iterable[PageState], now_ms: int, hide: Hide, shapes: Shapes | None = None
) -> None:
    """Print a page a line, tabs between, under a head: counts are links, jobs, queued, done and failed posts."""
    tabbed(console, ("SITE", "STATE", "GOOD", "LINKS", "JOBS", "WAITING", "DONE", "FAILED", "URL", "WHY"))
    for state in states:
        counts = map(str, (state.links, state.jobs, state.waiting, state.done, state.failed))
        good = ago(state.good_ts_ms, now_ms)
        words = "; ".join(filter(None, [why(state, now_ms), *ways(state, now_ms, shapes)]))
        tabbed(console, (state.site, state.status, good, *counts, hide(state.url), hide(words)))


def _row(cells: Sequence[str], name_width: int, style: str = "") -> Text:
    widths = (name_width, 9, 13, 13, 11)
    sized = [set_cell_size(_cut(cell, width - 1), width) for cell, width in zip(cells, widths, strict=False)]
    return Text("".join([*sized, cells[-1]]).rstrip(), style, no_wrap=True, overflow="ellipsis")


def _cut(text: str, width: int) -> str:
    return text if cell_len(text) <= width else set_cell_size(text, width - 1).rstrip() + "…"


def _name_width(states: Sequence[PageState], width: int, *, watched: bool) -> int:
    room = width - (9 + 13 + 13 + 11) - (8 if watched else 0)
    wanted = max((cell_len(state.site) for state in states), default=0) + 2
    return max(NARROWEST, min(WIDEST, room, wanted))


def _status(state: PageState) -> str:
    return "paused" if state.is_paused else state.status


def _style(state: PageState) -> str:
    return "dim" if state.is_paused else STYLES.get(state.status, "")


def _jobs(state: PageState) -> str:
    total = state.advertised_total
    return f"{state.jobs:,}" if total is None or total <= state.jobs else f"{state.jobs:,} of {total:,}"


def _way(state: PageState) -> str:
    way = state.method.partition(",")[0]
    return way.removeprefix("feed:")


def _until(ts_ms: int | None, now_ms: int) -> str:
    if ts_ms is None:
        return ""
    return "now" if ts_ms <= now_ms else f"in {spoken((ts_ms - now_ms) / 1000).split()[0]}"
