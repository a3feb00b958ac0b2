"""Unchanged lists without a browser: what proves them, and every doubt leads to the browser. Real server and store."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from html import escape
from pathlib import Path
from typing import Any

import anyio
import pytest

from jpt.cycle.reader import Reader
from jpt.models.pages import Anchor, Company, ListRead, PageRead
from jpt.net.guard import Guard
from jpt.net.http import Http
from jpt.net.manners import Manners
from jpt.settings import Settings
from jpt.store import Store
from tests.street.server import Reply, Request, Server

HOUR_MS = 3600 * 1000
JOBS = ["Loom Engineer", "Dye Chemist", "Night Weaver", "Pattern Cutter"]
MENU = '<header><a href="/">Home</a> <a href="/about">About us</a></header>'


@dataclass
class Site:
    """One site: what its server sends, and what a browser would show of it."""

    store: Store
    settings: Settings
    clock: list[int]
    sent: list[str] = field(default_factory=lambda: list(JOBS))
    shown: list[str] | None = None
    """What the page shows when its scripts have run; None: what was sent."""
    status: int = 200
    raw: str | None = None
    looks: int = 0
    port: int = 0

    @property
    def company(self) -> Company:
        return Company("Tern", f"http://127.0.0.1:{self.port}/careers")

    def answer(self, _request: Request) -> Reply:
        rows = "".join(f'<li><a href="{self._path(job)}">{escape(job)}</a></li>' for job in self.sent)
        page = f"<title>Careers</title>{MENU}<h1>Open positions</h1><ul>{rows}</ul><p>{self.clock[0]}</p>"
        return Reply((page if self.raw is None else self.raw).encode(), self.status)

    def read(self, hours: float = 1) -> ListRead:
        self.clock[0] += int(hours * HOUR_MS)

        async def run() -> ListRead:
            guard = Guard.of([self.company.url])
            async with Http.open(Manners(4, 0), guard) as http:
                reader = Reader(self.settings, self.store, http, self._browse, _at_once, lambda: self.clock[0])
                return await reader.listed(self.company)

        return anyio.run(run)

    def scan(self, hours: float = 1) -> tuple[str, int]:
        """Read the page and store what it shows; gives how it was read, and how many jobs are new."""
        read = self.read(hours)
        return read.page.method, self.store.sites.record(self.company, read, queue=True).queued

    async def _browse(self, url: str) -> PageRead:
        self.looks += 1
        shown = self.sent if self.shown is None else self.shown
        base = url.removesuffix("/careers")
        anchors = tuple(
            Anchor(f"{base}{self._path(job)}", job, shape="ul>li>a", group="list", heading="Open positions")
            for job in shown
        )
        return PageRead(url, url, 200, "Careers", "\n".join(["Open positions", *shown]), anchors)

    @staticmethod
    def _path(job: str) -> str:
        return f"/jobs/{JOBS.index(job) + 4100 if job in JOBS else 4900}-{job.lower().replace(' ', '-')}"


async def _at_once(act: Callable[..., Any], *args: Any) -> Any:
    return act(*args)


@pytest.fixture
def site(tmp_path: Path, settings: Callable[..., Settings]) -> Iterator[Site]:
    clock = [1_700_000_000_000]
    with Store.open(tmp_path / "jpt.sqlite3", lambda: clock[0]) as store:
        made = Site(store, settings(cheap="auto"), clock)
        with Server(made.answer) as server:
            made.port = server.port
            yield made


def test_an_unchanged_list_is_known_by_its_document(site: Site) -> None:
    assert site.scan() == ("browser", 4)

    assert [site.scan() for _ in range(3)] == [("http", 0)] * 3
    assert site.looks == 1
    (state,) = site.store.sites.states()
    assert (state.status, state.method, state.jobs) == ("ok", "http", 4)


def test_a_new_job_is_read_in_the_browser_in_the_same_cycle(site: Site) -> None:
    site.scan()
    site.sent = [*JOBS, "Spinner of Yarn"]

    assert site.scan() == ("browser", 1)
    assert site.scan() == ("http", 0)


def test_a_job_that_is_gone_is_seen_by_the_browser(site: Site) -> None:
    site.scan()
    site.sent = JOBS[:3]

    assert site.scan() == ("browser", 0)
    assert len(site.store.feeds.open_jobs(site.company)) == 3


def test_a_list_that_scripts_bring_is_never_taken_for_known(site: Site) -> None:
    site.sent, site.shown = [], list(JOBS)

    assert [site.scan()[0] for _ in range(3)] == ["browser"] * 3


def test_once_a_day_the_browser_looks_all_the_same(site: Site) -> None:
    site.scan()
    site.scan()

    assert site.scan(hours=25)[0] == "browser"
    assert site.scan()[0] == "http"


@pytest.mark.parametrize(
    ("status", "raw"),
    [
        (503, None),
        (404, None),
        (200, "<title>Sign in</title><h1>Sign in</h1><p>Password</p>"),
        (200, "<title>Just a moment...</title><h1>Just a moment...</h1>"),
        (200, "{}"),
        (200, ""),
    ],
)
def test_any_doubt_about_the_document_leads_to_the_browser(site: Site, status: int, raw: str | None) -> None:
    site.scan()
    site.status, site.raw, site.shown = status, raw, list(JOBS)

    assert site.scan() == ("browser", 0)


def test_a_document_that_lied_has_to_prove_itself_three_times(site: Site) -> None:
    site.scan()
    site.scan()
    # A cache in front of the server sends what was, while the page's script shows what is.
    site.shown = JOBS[:2]

    assert site.scan()[0] == "http"
    assert site.scan(hours=25)[0] == "browser"
    site.shown = None
    site.sent = JOBS[:2]
    assert [site.scan()[0] for _ in range(3)] == ["browser"] * 3
    assert site.scan()[0] == "http"


def test_what_was_never_stored_proves_nothing(site: Site) -> None:
    site.scan()
    site.sent = [*JOBS, "Spinner of Yarn"]
    # The read is lost before it is stored: the process ended.
    site.read()

    assert site.scan() == ("browser", 1)


def test_it_is_off_unless_it_is_asked_for(site: Site, settings: Callable[..., Settings]) -> None:
    site.settings = settings()

    assert [site.scan()[0] for _ in range(2)] == ["browser"] * 2


def test_nothing_that_is_stored_depends_on_the_way(
    site: Site, tmp_path: Path, settings: Callable[..., Settings]
) -> None:
    def story(cheap: str) -> list[tuple[str, int]]:
        clock = [1_700_000_000_000]
        with Store.open(tmp_path / f"{cheap}.sqlite3", lambda: clock[0]) as store:
            other = Site(store, settings(cheap=cheap), clock, port=site.port)
            jobs = []
            for sent in (JOBS[:2], JOBS[:2], JOBS, JOBS, JOBS[1:], JOBS[1:]):
                site.sent = other.sent = list(sent)
                queued = other.scan()[1]
                jobs.append((",".join(sorted(link.text for link in store.feeds.open_jobs(other.company))), queued))
            return jobs

    assert story("auto") == story("off")
