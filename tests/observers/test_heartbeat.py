"""Signs of life: what systemd hears, what the status file holds, what a scraper gets."""

from __future__ import annotations

import json
import shutil
import socket
import subprocess
import urllib.error
import urllib.request
from pathlib import Path

import anyio
import anyio.to_thread
import pytest

from jpt import __version__
from jpt.errors import CannotCreate
from jpt.models import events
from jpt.models.load import Load
from jpt.observers.heartbeat import Heartbeat, Notifier
from jpt.observers.metrics import MetricsReader, served
from jpt.observers.watch_state import WatchState


def made() -> WatchState:
    watch_state = WatchState()
    watch_state(events.PagesAre((("Acme", "https://acme.example/"), ("Bolt", "https://bolt.example/"))))
    watch_state(events.CycleBegan(1, 2))
    watch_state(events.SiteDone("Acme", "https://acme.example/", "ok", "", links=9, jobs=4, queued=4))
    watch_state(events.SiteDone("Bolt", "https://bolt.example/", "blocked", "HTTP 403"))
    watch_state(events.CycleDone(1, 2, 3.5, None))
    return watch_state


def fetched(port: int, path: str) -> tuple[int, str]:
    try:
        with urllib.request.urlopen(f"http://127.0.0.1:{port}{path}", timeout=10) as answer:
            return answer.status, answer.read().decode()
    except urllib.error.HTTPError as exc:
        return exc.code, exc.read().decode()


@pytest.mark.parametrize("abstract", [False, True])
def test_systemd_hears_of_readiness_of_each_beat_and_of_the_end(tmp_path: Path, abstract: bool) -> None:
    address = f"@jpt-test-{tmp_path.name}" if abstract else str(tmp_path / "notify")
    with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as listening:
        listening.bind("\0" + address[1:] if abstract else address)
        listening.settimeout(5)
        beat = Heartbeat(tmp_path / "status.json", made(), Notifier(address))

        async def main() -> None:
            async with anyio.create_task_group() as tg:
                tg.start_soon(beat.run)
                heard.append(await anyio.to_thread.run_sync(listening.recv, 999))
                heard.append(await anyio.to_thread.run_sync(listening.recv, 999))
                tg.cancel_scope.cancel()
            beat.end()
            heard.append(listening.recv(999))

        heard: list[bytes] = []
        anyio.run(main)

    assert heard[0] == b"READY=1"
    assert heard[1].startswith(b"WATCHDOG=1\nSTATUS=starting: 2 pages, 1 failing")
    assert heard[2] == b"STOPPING=1"


def test_where_nobody_listens_nothing_happens(tmp_path: Path) -> None:
    Notifier(None).send("READY=1")
    Notifier(str(tmp_path / "gone")).send("READY=1")


def test_the_status_file_is_private_complete_and_gone_at_the_end(tmp_path: Path) -> None:
    beat = Heartbeat(tmp_path / "status.json", made(), Notifier(None), lambda: {"browser": None})
    anyio.run(beat.once)
    told = json.loads(beat.path.read_text())
    mode = beat.path.stat().st_mode & 0o777
    beat.end()

    assert (told["states"], told["queue"]["waiting"], told["browser"]) == ({"ok": 1, "blocked": 1}, 4, None)
    assert mode == 0o600
    assert list(tmp_path.iterdir()) == []


def test_a_full_disk_does_not_end_the_heart(tmp_path: Path) -> None:
    anyio.run(Heartbeat(tmp_path / "no such folder" / "status.json", made(), Notifier(None)).once)


def test_prometheus_gets_metrics_and_a_health_check_the_problems() -> None:
    watch_state = made()

    async def main() -> None:
        with served(0, watch_state, lambda: Load(1, 2, 1, 100.0, 3, 4), watch_state.problems) as port:
            for path in ("/metrics", "/healthz", "/nothing"):
                got[path] = await anyio.to_thread.run_sync(fetched, port, path)
            watch_state(events.OutageBegan("database", "it is locked"))
            got["ill"] = await anyio.to_thread.run_sync(fetched, port, "/healthz")

    got: dict[str, tuple[int, str]] = {}
    anyio.run(main)

    text = got["/metrics"][1]
    if promtool := shutil.which("promtool"):
        checked = subprocess.run(
            [promtool, "check", "metrics"], input=text, text=True, capture_output=True, check=False
        )
        assert (checked.returncode, checked.stdout, checked.stderr) == (0, "", "")
    for line in (
        'jpt_pages{state="ok"} 1.0',
        'jpt_page_reads_total{outcome="blocked"} 1.0',
        "jpt_queue_posts 4.0",
        "jpt_browser_contexts 2.0",
        "jpt_browsers_died_total 3.0",
        'jpt_site_failures{site="Bolt",url="https://bolt.example/"} 1.0',
        "jpt_browser_pages 1.0",
        'jpt_outage{part="database"} 0.0',
        f'jpt_build_info{{version="{__version__}"}} 1.0',
    ):
        assert line in text.splitlines()
    assert got["/healthz"] == (200, '{"healthy": true, "problems": []}')
    assert got["/nothing"][0] == 404
    assert got["ill"] == (503, '{"healthy": false, "problems": ["database: it is locked"]}')


def test_a_port_that_is_taken_is_named() -> None:
    async def main(port: int) -> None:
        with served(port, made(), lambda: None, list):
            pass

    with socket.create_server(("127.0.0.1", 0)) as taken, pytest.raises(CannotCreate, match="--metrics"):
        anyio.run(main, taken.getsockname()[1])


def test_a_watch_that_cannot_read_most_of_its_pages_has_a_problem() -> None:
    watch_state = WatchState()
    for number in range(6):
        status = "error" if number < 4 else "ok"
        watch_state(events.SiteDone(f"Site {number}", f"https://{number}.example/", status, "no answer"))  # type: ignore[arg-type]

    assert watch_state.problems() == ["4 of 6 pages could not be read at the last try."]


def test_an_outage_stays_in_the_record_after_it_is_over() -> None:
    watch_state = made()
    watch_state(events.OutageBegan("mail", "the server puts us off"))
    during = watch_state.problems()
    watch_state(events.OutageOver("mail"))

    assert (len(during), watch_state.problems()) == (1, [])
    assert [(one.part, one.until_ms is not None) for one in watch_state.incidents] == [("mail", True)]


def test_a_counter_of_outages_never_stands_still() -> None:
    watch_state = made()
    for _ in range(300):
        watch_state(events.BrowsersDied(1))

    (metric,) = (one for one in MetricsReader(watch_state, lambda: None).collect() if one.name == "jpt_incidents")

    assert metric.samples[0].value == 300


def test_what_a_watch_begins_is_told_at_once_not_at_the_next_beat(tmp_path: Path) -> None:
    watch_state = made()
    beat = Heartbeat(tmp_path / "status.json", watch_state, Notifier(None))

    def stage() -> str:
        return str(json.loads(beat.path.read_text())["stage"]) if beat.path.exists() else ""

    async def main() -> None:
        async with anyio.create_task_group() as tg:
            tg.start_soon(beat.run)
            with anyio.fail_after(8):
                while not stage():
                    await anyio.sleep(0.05)
                watch_state(events.StageIs("paused"))
                while stage() != "paused":
                    await anyio.sleep(0.05)
            tg.cancel_scope.cancel()

    anyio.run(main)


def test_a_page_that_was_not_read_is_as_it_was_and_says_why() -> None:
    watch_state = made()
    before = watch_state.states
    page = next(iter(watch_state.pages.values()))

    watch_state(events.SiteSkipped(page.site, page.url, "not yet", 7_200.0))

    assert (watch_state.states, page.reading) == (before, False)
    assert "left alone" in page.reason
