"""What a seeker does at the screen of a watch, on a real database; once on a real terminal."""

from __future__ import annotations

import fcntl
import io
import os
import pty
import select
import struct
import subprocess
import sys
import termios
import textwrap
from collections.abc import Callable
from pathlib import Path

import anyio
import pytest
from rich.console import Console

from jpt.cli.live_jobs import LiveJobs
from jpt.cli.opening import open_page
from jpt.cli.terminal import keys_in
from jpt.cli.watch_display import Controls
from jpt.models import events
from jpt.observers.screen.navigation import Navigation
from jpt.observers.screen.parts import ScreenState
from jpt.observers.screen.screen import Frame
from jpt.observers.watch_state import WatchState
from jpt.settings import Settings
from jpt.store import Store
from tests.catalogue.stock import Post, stock

POSTS = (
    Post("Data Engineer", 2, "Berlin", number=1, text="You know Kafka."),
    Post("Data Analyst", 8, "Munich", number=2),
    Post("Nurse", None, "", number=3, site="Globex"),
    Post("Baker", 0, "Köln", number=4, site="Globex"),
    Post("Baker", 0, "Bonn", number=5, site="Globex"),
)


class Quiet:
    """Stands for a watch that is told what to do."""

    def __init__(self) -> None:
        self.told: list[str] = []

    def __getattr__(self, name: str) -> Callable[[], None]:
        return lambda: self.told.append(name)


@pytest.fixture
def sitting(tmp_path: Path, settings: Callable[..., Settings]) -> Settings:
    made = settings(filters=tmp_path / "filters.toml")
    stock(made.db, *POSTS)
    with Store.open(made.db) as store:
        store.catalogue.index()
    return made


def after(made: Settings, *keys: str, opened: Callable[[str], bool] = lambda _: False) -> tuple[str, Quiet]:
    """Press *keys*, each once the one before is done; gives the screen at the end, and what the watch was told."""
    navigation, watch_state, watch = Navigation(), WatchState(), Quiet()
    watch_state(events.SiteDone("Globex", "https://globex.example/jobs", "blocked", "HTTP 403"))
    live_jobs = LiveJobs(lambda: made, navigation)

    async def main() -> None:
        await live_jobs.refresh()
        for key in keys:
            async with anyio.create_task_group() as tg:
                Controls(watch, navigation, live_jobs, watch_state, lambda: None, tg, opened).handle(key)  # type: ignore[arg-type]

    anyio.run(main)
    console = Console(width=100, height=30, file=io.StringIO(), color_system=None)
    console.print(Frame(ScreenState(watch_state, watch_state.clock()), navigation), end="")
    assert isinstance(console.file, io.StringIO)
    return console.file.getvalue(), watch


def stages(made: Settings) -> dict[str, str | None]:
    with Store.open(made.db) as store:
        return {one.news.url[-6:]: one.mark.stage for one in store.catalogue.listing().jobs if one.mark.stage}


def test_the_jobs_that_fit_are_listed_and_one_of_several_places_once(sitting: Settings) -> None:
    screen, _ = after(sitting)

    assert "3 fit" in screen
    assert "Data Analyst" not in screen
    assert screen.count("Baker ") == 1
    assert "Köln" in screen
    assert "Bonn" in screen


def test_a_job_is_hidden_in_all_of_its_places_and_comes_back(sitting: Settings) -> None:
    first = after(sitting)[0].splitlines()[2]
    gone, _ = after(sitting, "h")
    hidden = stages(sitting)
    back, _ = after(sitting, "h", "u")

    assert "Baker" in first
    assert "Hid Baker. u undoes it." in gone
    assert hidden == {"-baker": "hidden"}
    assert "Baker" not in gone.split("Hid Baker")[0]
    assert "Undone." in back
    assert stages(sitting) == hidden


def test_keys_reach_the_store_and_the_watch(sitting: Settings) -> None:
    _, watch = after(sitting, "j", "a", "r", "p", "q")

    assert set(stages(sitting).values()) == {"applied"}
    assert watch.told == ["read_now", "pause", "wind_down"]


def test_search_finds_words_of_the_post_too(sitting: Settings) -> None:
    shown, _ = after(sitting, "/", *"kafka")
    unknown, _ = after(sitting, "/", *"zzz")

    assert "Data Engineer" in shown
    assert "Nurse" not in shown
    assert "No job that fits matches “zzz”" in unknown


def test_enter_opens_the_post_and_where_there_is_no_browser_the_address_is_shown(sitting: Settings) -> None:
    asked: list[str] = []

    def browser(url: str) -> bool:
        asked.append(url)
        return True

    opened, _ = after(sitting, "j", "enter", opened=browser)
    shown, _ = after(sitting, "j", "enter")
    site, _ = after(sitting, "s", "enter")

    assert "Opened in your browser." in opened
    assert f"No browser can be opened here: {asked[0]}" in shown
    assert "No browser can be opened here: https://globex.example/jobs" in site


def test_a_browser_that_would_take_the_terminal_is_none(monkeypatch: pytest.MonkeyPatch) -> None:
    class Text:
        name = "/usr/bin/w3m"

    monkeypatch.setattr("webbrowser.get", Text)

    assert open_page("https://acme.example/") is False


def test_only_addresses_of_the_web_are_opened(monkeypatch: pytest.MonkeyPatch) -> None:
    opened: list[str] = []

    class Windows:
        name = "firefox"

        def open(self, url: str) -> bool:
            opened.append(url)
            return True

    monkeypatch.setattr("webbrowser.get", Windows)
    for url in ("https://acme.example/", "javascript:alert(1)", "file:///etc/passwd"):
        open_page(url)

    assert opened == ["https://acme.example/"]


def test_a_database_or_rules_that_cannot_be_used_are_said_and_the_list_stays(
    sitting: Settings, tmp_path: Path
) -> None:
    (tmp_path / "filters.toml").write_text("[title]\nexclud = 3\n", encoding="utf-8")

    text = after(sitting)[0]

    assert "'exclud' is not known; did you mean 'exclude'?" in " ".join(text.split())
    assert "fit" in text


def test_keys_without_letters_have_names_also_where_they_come_in_pieces() -> None:
    assert keys_in("a\x1b[A\x1bOB\x1b[5~\x1b[1;5Cq\r\x7fß") == (
        ["a", "up", "down", "page up", "q", "enter", "backspace", "ß"],
        "",
    )
    assert keys_in("j\x1b[") == (["j"], "\x1b[")
    assert keys_in("\x1b") == (["escape"], "")


CODE = """
    import anyio, fcntl, sys, termios
    from pathlib import Path
    from jpt.cli.watch_display import WatchDisplay
    from jpt.models.events import StageIs
    from jpt.observers.watch_state import WatchState
    from jpt.settings import load
    fcntl.ioctl(0, termios.TIOCSCTTY, 0)

    class Watch:
        pool = None
        settings, _ = load(db=Path(sys.argv[1]), filters=Path(sys.argv[1] + ".toml"))

        def wind_down(self):
            self.over.set()

    async def main():
        watch = Watch()
        watch.over = anyio.Event()
        with WatchDisplay.made(WatchState(), live=True, lines=False) as face:
            async with anyio.create_task_group() as tg:
                tg.start_soon(face.draw, watch)
                await watch.over.wait()
                tg.cancel_scope.cancel()

    anyio.run(main)
"""


def test_on_a_real_terminal_with_ascii_alone_keys_act_at_once_and_a_new_size_is_filled(sitting: Settings) -> None:
    ours, theirs = pty.openpty()
    fcntl.ioctl(theirs, termios.TIOCSWINSZ, struct.pack("HHHH", 24, 80, 0, 0))
    command = [sys.executable, "-c", textwrap.dedent(CODE), str(sitting.db)]
    env = {**os.environ, "TERM": "xterm", "PYTHONIOENCODING": "ascii"}
    env.pop("NO_COLOR", None)
    with subprocess.Popen(
        command, stdin=theirs, stdout=theirs, stderr=theirs, start_new_session=True, env=env
    ) as running:
        os.close(theirs)
        heard = _heard(ours, b"Nurse")
        os.write(ours, b"\x1b[B")  # Ctrl-Z must not leave the shell in the screen
        os.write(ours, b"\x1b[A\x1a")
        os.write(ours, b"h")
        heard += _heard(ours, b"Hid Baker")
        fcntl.ioctl(ours, termios.TIOCSWINSZ, struct.pack("HHHH", 40, 120, 0, 0))
        heard += _heard(ours, b"Nurse")
        os.write(ours, b"q")
        while select.select([ours], [], [], 30)[0] and running.poll() is None:
            try:
                heard += os.read(ours, 4096)
            except OSError:
                break
    os.close(ours)

    assert running.returncode == 0, heard.decode(errors="replace")
    assert heard.isascii()
    assert set(stages(sitting).values()) == {"hidden"}


def _heard(terminal: int, wanted: bytes) -> bytes:
    """Give what is written until *wanted* comes, or for half a minute nothing."""
    heard = b""
    while wanted not in heard and select.select([terminal], [], [], 30)[0]:
        heard += os.read(terminal, 4096)
    return heard
