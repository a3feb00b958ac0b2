"""The live screen: what it shows at each size, and what it may cost."""

from __future__ import annotations

import io
import re
from dataclasses import replace
from types import SimpleNamespace

import anyio
import pytest
from rich.cells import cell_len
from rich.console import Console

from jpt.cli import watch_display
from jpt.cli.watch import farewell
from jpt.cli.watch_display import WatchDisplay
from jpt.models import events
from jpt.models.digests import News
from jpt.models.jobs import Experience, Job
from jpt.models.load import Load
from jpt.observers.journal import Journal
from jpt.observers.screen.cells import Column, Columns, fitted
from jpt.observers.screen.navigation import JobRow, Navigation
from jpt.observers.screen.parts import ScreenState
from jpt.observers.screen.screen import Frame, Screen
from jpt.observers.watch_state import WatchState
from tests.table import each_row

NOW = 1_790_000_000_000


def job(title: str, years: int | None) -> Job:
    experience = Experience(years or 0, stated=years is not None, evidence=None, confidence="high")
    return Job("Tern Analytics", f"https://tern.example/{title}", title, experience, NOW, include=True)


def watch_state(pages: int = 40) -> WatchState:
    made = WatchState(clock=lambda: NOW)
    names = [f"Company {number:02}" for number in range(pages)]
    made(events.PagesAre(tuple((name, f"https://{name[-2:]}.example/") for name in names)))
    made(events.StageIs("reading"))
    made(events.CycleBegan(3, pages))
    for place, name in enumerate(names):
        url = f"https://{name[-2:]}.example/"
        if place % 10 == 7:
            made(events.SiteDone(name, url, "blocked", "HTTP 403 with a captcha page"))
        elif place < pages - 2:
            made(events.PageKnown(name, url, "ok", good_ms=NOW - 900_000))
            made(events.SiteDone(name, url, "ok", "", links=30, jobs=12, queued=place % 3, method="browser"))
            made(events.PageDue(name, url, NOW + 754_000, 900))
    made(events.TaskDone(job("Junior Cook", 1)))
    made(events.TaskDone(job("データ分析エンジニア 新卒歓迎 [bold]not markup[/bold]", None)))
    return made


LISTED = tuple(
    JobRow(
        (number,), f"#{number}", "1+" if number % 3 else "–", f"Junior {craft} for boats and bridges", "Tern Analytics",
        "Berlin" if number % 2 else "", "remote", f"“at least {number} years of {craft.lower()}”", "",
        f"https://tern.example/jobs/{number}-{'boats-and-bridges-' * 6}end", NOW - number * 3_600_000, is_new=number < 3,
    )
    for number, craft in enumerate(("Cook", "Baker", "[b]分析[/b] エンジニア", *["Smith"] * 40), 1)
)  # fmt: skip


def seated(*keys: str, listed: tuple[JobRow, ...] = LISTED) -> Navigation:
    navigation = Navigation()
    navigation.take(listed)
    for key in keys:
        navigation.press(key)
    return navigation


def shown(
    made: WatchState, width: int, height: int, load: Load | None = None, navigation: Navigation | None = None
) -> list[str]:
    console = Console(width=width, height=height, file=io.StringIO(), force_terminal=True, color_system=None)
    console.print(Frame(ScreenState(made, NOW, load), navigation), end="")
    assert isinstance(console.file, io.StringIO)
    return _LINK.sub("", console.file.getvalue()).rstrip("\n").split("\n")


_LINK = re.compile("\x1b\\]8;[^\x1b]*\x1b\\\\")
SIZES = [(80, 24), (100, 30), (120, 40), (200, 50), (60, 16), (40, 10)]


@each_row(("width", "height"), SIZES)
@each_row("keys", ["", "s", "v", "?", "/", "/boats", "jjjj"])
def test_every_size_is_filled_exactly_whatever_is_looked_at(width: int, height: int, keys: str) -> None:
    lines = shown(watch_state(), width, height, Load(2, 2, 1, 321.4, 1, 3), seated(*keys))

    assert len(lines) <= height
    assert {cell_len(line) for line in lines} <= set(range(width + 1))
    assert "help" in lines[-1] or keys in {"v", "?", "/", "/boats"}


@pytest.mark.parametrize(("width", "height"), [(80, 24), (120, 40)])
def test_the_jobs_that_fit_get_the_room_and_nothing_of_a_maintainers_is_there(width: int, height: int) -> None:
    lines = shown(watch_state(), width, height, Load(2, 2, 1, 321.4, 1, 3), seated())
    text = "\n".join(lines)

    assert "43 fit" in lines[0]
    assert "2 new today" in lines[0]
    assert "4 pages fail" in lines[0]
    for words in ("Junior Cook", "Tern", "Berlin", "1h", "1+", "–", "“at least 1 years of cook”", "[b]"):
        assert words in text
    assert sum("Junior" in line for line in lines) > height / 2
    for words in ("context", "recycled", "MB", "Company 07"):
        assert words not in text


@pytest.mark.parametrize("width", [40, 60, 80, 120])
def test_words_are_whole_and_so_is_the_address(width: int) -> None:
    lines = shown(watch_state(), width, 24, navigation=seated())
    words = {word for one in LISTED for text in (one.title, one.company) for word in text.split()}

    for line in lines[2:10]:
        for word in line[8:].replace("…", " ").split():
            assert (
                any(word == whole for whole in words)
                or not (word.isalpha() and word.isascii())
                or word in {"Berlin", "h"}
            ), line
    assert LISTED[0].url in "".join(line.strip() for line in lines)


def test_sites_are_a_key_away_failing_first_and_all_of_them_can_be_reached() -> None:
    first = shown(watch_state(), 80, 24, navigation=seated("s"))
    last = shown(watch_state(), 80, 24, navigation=seated("s", "end"))

    assert "Company 07" in first[2]
    assert "HTTP 403 with a captcha page" in "\n".join(first[-7:])
    assert "https://07.example/" in "\n".join(first)
    assert any("Company 38" in line or "Company 39" in line for line in last)
    assert "Company 07" not in "\n".join(last)


def test_what_only_a_maintainer_reads_is_behind_v() -> None:
    text = "\n".join(shown(watch_state(), 120, 40, Load(2, 2, 1, 321.4, 1, 3), seated("v")))

    for words in ("Queue", "Browser", "321 MB", "3 recycled", "1 died", "finish and quit", "read all now"):
        assert words in text


def test_a_key_moves_marks_and_searches() -> None:
    navigation = seated("j", "down", "up")
    shown(watch_state(), 80, 24, navigation=navigation)

    assert navigation.chosen is LISTED[1]
    assert (navigation.press("h"), navigation.press("a"), navigation.press("u"), navigation.press("q")) == (
        "hide",
        "applied",
        "undo",
        "quit",
    )
    assert [navigation.press(key) for key in "/Cook"] == [None, *["search"] * 4]
    assert [one.id for one in navigation.shown] == ["#1"]
    assert (navigation.press("enter"), navigation.is_typing, navigation.press("enter")) == (None, False, "open")
    navigation.press("escape")
    assert len(navigation.shown) == len(LISTED)
    navigation.press("end")
    shown(watch_state(), 80, 24, navigation=navigation)
    assert navigation.chosen is LISTED[-1]
    navigation.take(LISTED[5:])
    assert navigation.chosen is LISTED[-1]


def test_where_nothing_fits_it_says_what_to_expect() -> None:
    navigation = seated(listed=())
    navigation.left_out = 12
    text = "\n".join(shown(watch_state(), 80, 24, navigation=navigation))

    assert "No open job fits yet" in text
    assert "12 open jobs do not fit: `jpt jobs --all` says why." in text


def test_what_came_with_the_first_read_of_a_page_is_not_told_as_new() -> None:
    made = watch_state()
    made(events.SiteDone("Fresh", "https://fresh.example/", "ok", "", links=9, jobs=9, queued=9))
    assert "+9" not in "\n".join(shown(made, 120, 60, navigation=seated("s")))
    old = replace(
        job("Old Cook", 1),
        news=News("Tern", "https://x", "Old Cook", job("Cook", 1).experience, NOW, first_read=True),
    )
    made(events.TaskDone(old))

    assert "2 new jobs that fit" in farewell(made)
    assert "1 that fits on pages read for the first time" in farewell(made)


@pytest.mark.parametrize("width", [80, 100, 130, 200])
def test_from_80_columns_up_a_site_shows_all_that_is_known_of_it(width: int) -> None:
    made = watch_state()
    text = "\n".join(shown(made, width, 36))
    head = next(line for line in text.splitlines() if "Site " in line and "State" in line)
    row = next(line for line in text.splitlines() if "Company 02" in line)

    for name in ("State", "By", "Read", "Next", "Jobs", "Today", "Health"):
        assert name in head
    for words in ("ok", "browser", "now", "12m", "12", "+2"):
        assert words in row
    assert "HTTP 403" in text


@pytest.mark.parametrize(("width", "height"), [(80, 24), (130, 36)])
def test_a_models_tokens_are_shown_at_every_size(width: int, height: int) -> None:
    made = watch_state()
    made(events.ModelUsed(3, 0, 3, 12_345, ""))

    assert "12,345 model tokens" in "\n".join(shown(made, width, height, Load(2, 2, 1, 321.4, 0, 3)))


def test_where_many_pages_are_well_those_being_read_are_seen() -> None:
    made = watch_state()
    made(events.SiteStarted("Company 36", "https://36.example/"))

    lines = shown(made, 80, 24)

    assert any("Company 36" in line and "reading" in line for line in lines)


def test_a_watch_that_was_started_again_says_when_it_reads_next_and_what_was_new_today() -> None:
    made = WatchState(clock=lambda: NOW)
    made(events.PagesAre((("Acme", "https://acme.example/"),)))
    made(events.PageKnown("Acme", "https://acme.example/", "ok", method="browser", good_ms=NOW, new_today=4))
    made(events.PageDue("Acme", "https://acme.example/", NOW + 600_000, 900))
    made(events.StageIs("waiting"))

    text = "\n".join(shown(made, 80, 24))

    assert "next read" in text
    assert "(in 10m)" in text
    assert "+4" in text


def test_a_line_that_fits_has_no_sign_of_being_cut() -> None:
    made = watch_state()
    made(events.TaskStarted("Acme", "https://acme.example/jobs/1"))

    (line,) = (line for line in shown(made, 120, 24) if "reading Acme" in line)

    assert not line.rstrip().endswith("…")


def test_when_the_screen_is_gone_a_line_says_what_came_of_it() -> None:
    made = watch_state()
    made.started_ms = NOW - 7_260_000

    assert farewell(made) == (
        "Watched for 2h 1m: 2 new jobs that fit (`jpt jobs`), 4 of 40 pages failing (`jpt sites`), "
        "31 posts queued for the next run."
    )


def test_half_an_address_is_not_shown() -> None:
    made = WatchState(clock=lambda: NOW)
    made(events.SiteDone("Acme", "https://acme.example/" + "careers/" * 8, "ok", "", links=30, jobs=12))

    assert "https" not in "\n".join(shown(made, 80, 24))
    assert "https://acme.example/careers" in "\n".join(shown(made, 160, 40))


def test_an_outage_is_a_line_of_its_own_until_it_is_over() -> None:
    made = watch_state()
    made(events.OutageBegan("database", "state/x.sqlite3 is locked by another program."))
    during = shown(made, 80, 24)
    made(events.OutageOver("database"))

    assert during[1].startswith(" DATABASE (now): state/x.sqlite3 is locked")
    assert not any("DATABASE" in line for line in shown(made, 80, 24))


def test_no_color_is_respected() -> None:
    console = Console(width=80, height=24, file=io.StringIO(), force_terminal=True, no_color=True)
    console.print(Frame(ScreenState(watch_state(), NOW)))
    assert isinstance(console.file, io.StringIO)

    assert "\x1b[3" not in console.file.getvalue()


def test_nothing_is_drawn_while_nothing_changes() -> None:
    console = Console(width=80, height=24, file=io.StringIO(), force_terminal=True)
    screen = Screen(console, lambda: ScreenState(watch_state(2), NOW), lambda: 1)

    async def main() -> None:
        with anyio.move_on_after(1.5):
            await screen.run()

    anyio.run(main)

    assert screen.drawn == 1


@pytest.mark.parametrize("words", ["short", "a rather long name", "データ分析", "é́", ""])
def test_a_cell_has_its_width_whatever_stands_in_it(words: str) -> None:
    assert cell_len(fitted(words, 8)) == 8


@pytest.mark.parametrize("width", [20, 40, 63, 64, 120])
def test_columns_share_the_room_and_never_exceed_it(width: int) -> None:
    columns = Columns.fitted(
        (Column("A", 10, grows=2), Column("B", 6), Column("C", 8, grows=1), Column("D", 9, from_width=64)), width
    )

    assert columns.row({"A": ("a" * 99, "")}).cell_len <= max(width, 32)


def test_what_somebody_waits_to_see_is_drawn_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """A Ctrl-C whose answer comes seconds later is pressed again."""
    drawn: list[str] = []
    told = (events.StageIs("stopping"), events.OutageBegan("mail", "it is away"), events.StageIs("reading"))

    class Shown:
        """A screen takes a terminal."""

        def __init__(self, *_: object) -> None:
            pass

        def wake(self) -> None:
            drawn.append("now")

        async def run(self) -> None:
            for event in told:
                face.report(event)
            over[0].cancel()

    class NoKeys:
        async def listen(self, _: object) -> None:
            await anyio.sleep_forever()

    async def main() -> None:
        with anyio.CancelScope() as scope:
            over.append(scope)
            await face.draw(SimpleNamespace(settings=None))  # type: ignore[arg-type]

    monkeypatch.setattr(watch_display, "Screen", Shown)
    over: list[anyio.CancelScope] = []
    face = WatchDisplay(watch_state(), Journal(), None, NoKeys())  # type: ignore[arg-type]
    anyio.run(main)

    assert drawn == ["now", "now"]
