"""The screen of a job seeker: the jobs that fit, one of them in full; the sites; the keys. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from rich.cells import cell_len
from rich.style import Style
from rich.text import Text

from jpt.models.pages import GOOD
from jpt.observers.screen import parts
from jpt.observers.screen.cells import Cell, Column, Columns, fitted, joined, spread
from jpt.observers.screen.navigation import JobRow, Navigation
from jpt.observers.screen.parts import ScreenState
from jpt.text.counts import counted

JOBS = (
    Column("", 2),
    Column("Years", 5, right=True),
    Column("Job", 20, grows=4),
    Column("Company", 10, grows=2, from_width=50),
    Column("Place", 9, grows=2, from_width=72),
    Column("Found", 5, right=True),
)
KEYS = (
    ("↑ ↓, j k", "choose a job"),
    ("Enter", "open its post in the browser"),
    ("h", "hide it"),
    ("a", "you applied"),
    ("i", "you are interested: it stays, and is read again daily"),
    ("u", "undo the last of these"),
    ("/", "search; Esc shows all again"),
    ("s", "sites, failing ones first"),
    ("v", "the state of jpt itself: queue, browser, events"),
    ("r", "read all pages now"),
    ("p", "pause"),
    ("q", "finish what is being read and quit; Ctrl-C ends at once"),
)
_SHORT = {
    "jobs": (("Enter", "open"), ("h", "hide"), ("a", "applied"), ("/", "search"), ("s", "sites"), ("u", "undo"),
             ("r", "read now"), ("p", "pause"), ("v", "figures"), ("j k", "choose")),
    "sites": (("s", "jobs"), ("Enter", "open the page"), ("r", "read now"), ("j k", "choose"), ("p", "pause")),
    "help": (("Esc", "back"),),
}  # fmt: skip
_LAST = (("?", "help"), ("q", "quit"))
_LEAST = 14
"""Cells that are kept for what is being done."""
NONE_YET = "No open job fits yet. What fits appears here as soon as it is read."


def lines(view: ScreenState, navigation: Navigation, width: int, height: int) -> list[Text]:
    """Return the whole screen."""
    head = [_head(view, navigation, width), *parts.outages(view, width)]
    foot = [*_answer(navigation, width), _keys(view, navigation, width)]
    room = max(1, height - len(head) - len(foot))
    body = list({"sites": _sites, "help": _help}.get(navigation.look, _jobs)(view, navigation, width, room))[:room]
    body += [Text("") for _ in range(room - len(body))]
    return [*head, *body, *foot][:height]


def _head(view: ScreenState, navigation: Navigation, width: int) -> Text:
    failing, count = len(view.watch_state.failing), len(navigation.listed)
    said: list[Cell] = [(f"{count:,} {'fits' if count == 1 else 'fit'}", "bold")]
    said += [(f"{navigation.new:,} new today", "bold green")] if navigation.new else []
    said += [(counted(failing, "page fails", "pages fail"), "red")] if failing else []
    said += [(parts.clock(view.now_ms), "")]
    while len(said) > 1 and joined(*said).cell_len > width - _LEAST:
        said.pop()
    right = joined(*said)
    return spread(parts.doing(view, width - right.cell_len - 1), right, width)


def _jobs(view: ScreenState, navigation: Navigation, width: int, room: int) -> Iterator[Text]:
    shown = navigation.shown
    if not shown:
        words = f"No job that fits matches “{navigation.words}”. Esc shows all." if navigation.words else NONE_YET
        yield Text("")
        yield from _wrapped(words, width, "")
        if navigation.left_out and not navigation.words:
            others = counted(navigation.left_out, "open job does not fit", "open jobs do not fit")
            yield from _wrapped(f"{others}: `jpt jobs --all` says why.", width, "bright_black")
        return
    full = min(room // 2, 9 if room >= 26 else 7) if room >= 10 else 0
    columns = Columns.fitted(JOBS, width)
    yield columns.head()
    window = navigation.jobs.window(len(shown), max(1, room - 1 - full))
    for place in window:
        one, is_chosen = shown[place], place == navigation.jobs.at
        row = columns.row(_row(one, view.now_ms, is_chosen=is_chosen))
        if is_chosen:
            row.stylize("reverse")
        row.stylize(Style(link=one.url))
        yield row
    for _ in range(max(1, room - 1 - full) - len(window)):
        yield Text("")
    if full:
        more = len(shown) - window.stop
        yield _rule(f"{more:,} more below" if more else "", width)
        yield from _in_full(shown[navigation.jobs.at], width, full - 1)


def _row(one: JobRow, now_ms: int, *, is_chosen: bool) -> dict[str, Cell]:
    return {
        "": (f"{'>' if is_chosen else ' '}{'●' if one.is_new else ' '}", "green"),
        "Years": (one.years, "bold green" if one.years[:1].isdigit() else "bright_black"),
        "Job": (one.title, "bold" if one.is_new else "cyan"),
        "Company": (one.company, ""),
        "Place": (one.place, ""),
        "Found": (parts.ago(one.found_ts_ms, now_ms), "bright_black"),
    }


def _in_full(one: JobRow, width: int, room: int) -> Iterator[Text]:
    """Return what is known of a job; its quote gives way before its address does."""
    address = _address(one.url, width)
    above = _wrapped(one.title, width, "bold")[:2]
    facts = " · ".join(part for part in (one.company, one.place, one.facts, one.mark, one.id) if part)
    above += _wrapped(facts, width, "")[: max(0, room - len(above))]
    proof = _wrapped(one.proof, width, "bright_black")
    left = max(0, room - len(above) - len(address))
    if len(proof) > left > 0:
        proof = [*proof[: left - 1], Text(fitted(f"{proof[left - 1].plain} …", width).rstrip(), "bright_black")]
    yield from [*above, *proof[:left], *address][:room]


def _sites(view: ScreenState, navigation: Navigation, width: int, room: int) -> Iterator[Text]:
    pages = parts.ranked(view.watch_state)
    full = 5 if room >= 12 else 0
    window = navigation.sites.window(len(pages), max(1, room - 1 - full))
    rows = parts.sites(view, width, pages, window)
    yield rows[0]
    for place, row in zip(window, rows[1:], strict=True):
        if place == navigation.sites.at:
            row.stylize("reverse")
        yield row
    for _ in range(max(1, room - 1 - full) - len(window)):
        yield Text("")
    if not full or not pages:
        return
    page = pages[navigation.sites.at]
    more = len(pages) - window.stop
    yield _rule(f"{more:,} more below" if more else "", width)
    yield from _wrapped(page.site, width, "bold")[:1]
    why = page.reason or ("All is well." if page.status in GOOD else "Not read yet.")
    yield from [*_wrapped(why, width, "red" if page.failing else ""), *_address(page.url, width)][: full - 2]


def _help(_view: ScreenState, _navigation: Navigation, width: int, _room: int) -> Iterator[Text]:
    yield Text("")
    for keys, meaning in KEYS:
        yield Text.assemble((f"  {keys:<10}", "bold"), (fitted(meaning, width - 12).rstrip(), ""))
    yield Text("")
    marked = "● is new today. Years: 2+ asks for two, 2? please check, none asks for none, – states nothing."
    yield from _wrapped(marked, width - 2, "bright_black")


def _answer(navigation: Navigation, width: int) -> list[Text]:
    if navigation.is_typing or (navigation.words and navigation.look == "jobs"):
        count = counted(len(navigation.shown), "job")
        return [
            spread(
                Text.assemble((" /", "bold"), navigation.words, ("_" if navigation.is_typing else "", "blink")),
                Text(count),
                width,
            )
        ]
    return _wrapped(navigation.said, width, "green")[:3] if navigation.said else [Text("")]


def _keys(view: ScreenState, navigation: Navigation, width: int) -> Text:
    """Name the keys, as many as there is room for; help and quit always."""
    pairs = _SHORT.get(navigation.look, _SHORT["help"])
    if navigation.is_typing:
        pairs = (("Enter", "done"), ("Esc", "all jobs"))
    elif view.watch_state.stage == "paused":
        pairs = (("p", "resume"), *pairs)
    last = () if navigation.is_typing else _LAST
    while pairs and _breadth((*pairs, *last)) > width:
        pairs = pairs[:-1]
    line = Text(no_wrap=True)
    for key, word in (*pairs, *last):
        line.append(f" {key} ", "reverse").append(f" {word}  ")
    return line


def _breadth(pairs: Sequence[tuple[str, str]]) -> int:
    return sum(cell_len(f" {key}  {word}  ") for key, word in pairs)


def _rule(words: str, width: int) -> Text:
    end = f" {words} " if words else ""
    return Text("─" * max(0, width - cell_len(end)) + end, "bright_black", no_wrap=True)


def _wrapped(words: str, width: int, style: str) -> list[Text]:
    """Break *words* between words into lines; a word that is longer than a line is cut."""
    found, line = [], ""
    for word in words.split():
        if line and cell_len(f"{line} {word}") > width:
            found.append(line)
            line = ""
        line = f"{line} {word}" if line else word
        line = fitted(line, width).rstrip() if cell_len(line) > width else line
    return [Text(one, style, no_wrap=True) for one in ([*found, line] if line else found)]


def _address(url: str, width: int) -> list[Text]:
    """Return an address whole: over several lines where one is too short, each of them the link."""
    found, line = [], ""
    for piece in re.findall(r"[^/?&#=]*[/?&#=]?", url):
        if line and cell_len(line + piece) > width >= cell_len(piece):
            found.append(line)
            line = ""
        line += piece
        while cell_len(line) > width:
            found.append(line[:width])
            line = line[width:]
    return [Text(one, Style(color="cyan", link=url), no_wrap=True) for one in ([*found, line] if line else found)]
