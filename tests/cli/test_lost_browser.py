"""A browser that ends under a page that is only looked at: the next browser reads the page again."""

from __future__ import annotations

import json
import signal
from collections.abc import Iterator
from contextlib import suppress
from threading import Event

import psutil
import pytest

from tests.career_sites.server import Answer, Reply, Request, Server, Silence
from tests.conftest import Jpt

WORDS = "<p>" + "A mill that weaves cloth and hires people who can. " * 8 + "</p>"
JOBS = "".join(f'<p><a href="/jobs/{number}-loom-engineer">Loom Engineer {number}</a></p>' for number in range(3))
PAGE = f"<title>Jobs</title><h1>Open positions</h1>{WORDS}{JOBS}".encode()
PATHS = ("/jobs", "/careers")


@pytest.fixture
def held() -> dict[str, Event]:
    """One event a page, set once the page is surely being read."""
    return {path: Event() for path in PATHS}


@pytest.fixture
def mill(held: dict[str, Event]) -> Iterator[Server]:
    """A site that answers the first request for each page with silence."""

    def answer(request: Request) -> Answer:
        if request.path not in held:
            return Reply(b"", status=404)
        if not held[request.path].is_set():
            held[request.path].set()
            return Silence()
        return Reply(PAGE)

    with Server(answer) as running:
        yield running


def end_browsers(of: int) -> None:
    """Kill the main processes of the browsers that process *of* has started, as a kernel without memory does."""
    for child in psutil.Process(of).children(recursive=True):
        with suppress(psutil.Error):
            words = " ".join(child.cmdline())
            if "--headless" in words and "--type=" not in words:
                child.send_signal(signal.SIGKILL)


def test_pages_that_lost_their_browser_are_read_by_the_next(
    jpt: Jpt, mill: Server, held: dict[str, Event]
) -> None:
    pages = "".join(f"http://127.0.0.1:{mill.port}{path}\n" for path in PATHS)
    (jpt.folder / "pages.txt").write_text(pages)
    process = jpt.start("add", "--file", "pages.txt", "--yes", "--json")
    for path in PATHS:
        assert held[path].wait(60)

    end_browsers(process.pid)
    out, err = process.communicate(timeout=90)

    assert process.returncode == 0, err
    assert [(row["jobs"], row["written"]) for row in json.loads(out)] == [(3, True), (3, True)], out
