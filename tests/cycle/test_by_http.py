"""Unchanged lists without a browser: what proves them, and every doubt leads to the browser. Real server and store."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from html import escape
from pathlib import Path
from typing import Any

import anyio
import pytest

from jpt.cycle.reader import Reader
from jpt.cycle.store_calls import StoreCalls
from jpt.models.pages import Anchor, Company, DataResponse, ListRead, PageRead
from jpt.net.guard import AddressGuard
from jpt.net.http import Http
from jpt.net.politeness import Politeness
from jpt.net.robots import Robots
from jpt.settings import Settings
from jpt.store import Store
from tests.career_sites.server import Reply, Request, Server

HOUR_MS = 3600 * 1000
JOBS = ["Loom Engineer", "Dye Chemist", "Night Weaver", "Pattern Cutter"]
MENU = {"/": "Home", "/about": "About us"}
AGENT = "Mozilla/5.0 (X11; Linux x86_64) Chrome/151.0.0.0"


@dataclass
class Site:
    """One site: what its server sends, and what a browser would show of it."""

    store: Store
    settings: Settings
    clock: list[int]
    sent: list[str] = field(default_factory=lambda: list(JOBS))
    shown: list[str] | None = None
    """What the page shows when its scripts have run; None: what was sent."""
    extra: str = ""
    """What the document has beside its list."""
    scripted: bool = False
    """Its scripts ask for the list: the document holds none."""
    fields: dict[str, dict[str, Any]] = field(default_factory=dict)
    """Further fields of each job's row of data."""
    top: dict[str, Any] = field(default_factory=dict)
    also: dict[str, Any] | None = None
    """What a second request of its scripts is answered."""
    source: str = "/api/jobs"
    method: str = "GET"
    status: int = 200
    headers: tuple[tuple[str, str], ...] = ()
    raw: str | None = None
    answer: Callable[[Request], Reply] | None = None
    robots: str = ""
    looks: int = 0
    port: int = 0
    asked: list[Request] = field(default_factory=list)

    @property
    def root(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    @property
    def company(self) -> Company:
        return Company("Tern", f"{self.root}/careers")

    def serve(self, request: Request) -> Reply:
        if request.path == "/robots.txt":
            return Reply(self.robots.encode(), kind="text/plain")
        self.asked.append(request)
        if self.answer is not None:
            return self.answer(request)
        if self.raw is not None:
            return Reply(self.raw.encode(), self.status, headers=self.headers)
        is_data = request.path.startswith("/api/")
        body, kind = (
            (self.data(), "application/json") if is_data else (self.document(), "text/html; charset=utf-8")
        )
        return Reply(body.encode(), self.status, kind, self.headers)

    def document(self, jobs: list[str] | None = None) -> str:
        listed = ([] if self.scripted else self.sent) if jobs is None else jobs
        rows = "".join(f'<li><a href="{self._path(job)}">{escape(job)}</a></li>' for job in listed)
        menu = " ".join(f'<a href="{path}">{words}</a>' for path, words in MENU.items())
        return f"<title>Careers</title><header>{menu}</header><h1>Open positions</h1><ul>{rows}</ul><p>{self.clock[0]}</p>{self.extra}"

    def data(self, jobs: list[str] | None = None) -> str:
        rows = [
            {"id": self._number(job), "title": job, "location": "Leith", **self.fields.get(job, {})}
            for job in (self.sent if jobs is None else jobs)
        ]
        return json.dumps({"jobs": rows, "generatedAt": self.clock[0], **self.top})

    def read(self, hours: float = 1) -> ListRead:
        self.clock[0] += int(hours * HOUR_MS)

        async def run() -> ListRead:
            guard = AddressGuard.of([self.company.url])
            async with Http.open(Politeness(4, 0), guard, language=self.settings.language) as http:
                robots = Robots(http.page)

                async def permit(url: str) -> None:
                    await robots.delay_s(url)

                http.permit = permit if self.settings.robots else None
                reader = Reader(self.settings, self.store, http, self._browse, StoreCalls())
                return await reader.listed(self.company)

        return anyio.run(run)

    def scan(self, hours: float = 1) -> tuple[str, int]:
        """Read the page and store what it shows; gives how it was read, and how many jobs are new."""
        read = self.read(hours)
        return read.page.method, self.store.sites.record(self.company, read, queue=True).queued

    def ways(self, times: int, hours: float = 1) -> list[str]:
        return [self.scan(hours)[0] for _ in range(times)]

    async def _browse(self, url: str) -> PageRead:
        self.looks += 1
        shown = self.sent if self.shown is None else self.shown
        heard = [DataResponse(self.root + self.source, self.method, self.data())] if self.scripted else []
        if self.also is not None:
            heard.append(DataResponse(f"{self.root}/api/also", "GET", json.dumps(self.also)))
        text = "\n".join(["Open positions", *shown])
        menu = [Anchor(f"{self.root}{path}", words, region="header") for path, words in MENU.items()]
        anchors = (*menu, *map(self._anchor, shown))
        return PageRead(url, url, 200, "Careers", text, anchors, heard=tuple(heard), agent=AGENT)

    def _anchor(self, job: str) -> Anchor:
        url = f"{self.root}{self._path(job)}"
        return Anchor(url, job, shape="ul>li>a", group="list", heading="Open positions")

    @staticmethod
    def _number(job: str) -> int:
        return JOBS.index(job) + 4100 if job in JOBS else 4900

    @classmethod
    def _path(cls, job: str) -> str:
        return f"/jobs/{cls._number(job)}-{job.lower().replace(' ', '-')}"


@pytest.fixture
def site(tmp_path: Path, settings: Callable[..., Settings]) -> Iterator[Site]:
    clock = [1_700_000_000_000]
    with Store.open(tmp_path / "jpt.sqlite3", lambda: clock[0]) as store:
        made = Site(store, settings(cheap="auto"), clock)
        with Server(made.serve) as server:
            made.port = server.port
            yield made


@pytest.fixture(params=[False, True], ids=["document", "data"])
def either(request: pytest.FixtureRequest, site: Site) -> Site:
    """A site whose list stands in its document, and one whose scripts ask for it."""
    site.scripted = request.param
    return site


def test_an_unchanged_list_is_known_without_a_browser(either: Site) -> None:
    assert either.scan() == ("browser", 4)

    assert [either.scan() for _ in range(3)] == [("http", 0)] * 3
    assert either.looks == 1
    (state,) = either.store.sites.states()
    assert (state.status, state.method, state.jobs) == ("ok", "http", 4)


def test_only_its_source_is_asked_for_and_as_the_browser_asks(either: Site) -> None:
    either.scan()
    either.asked.clear()
    either.scan()

    (request,) = either.asked
    assert request.path == ("/api/jobs" if either.scripted else "/careers")
    assert request.headers["user-agent"] == AGENT
    assert request.headers["accept-language"] == "en-US,en;q=0.9"


def test_a_new_job_is_read_in_the_browser_in_the_same_cycle(either: Site) -> None:
    either.scan()
    either.sent = [*JOBS, "Spinner of Yarn"]

    assert either.scan() == ("browser", 1)
    assert either.scan() == ("http", 0)


def test_a_job_that_is_gone_is_seen_by_the_browser(either: Site) -> None:
    either.scan()
    either.sent = JOBS[:3]

    assert either.scan() == ("browser", 0)
    assert len(either.store.feeds.open_jobs(either.company)) == 3


def test_another_order_other_times_and_counters_change_nothing(site: Site) -> None:
    site.scripted = True
    site.fields = {job: {"views": 3, "updatedAt": "2026-11-01T10:00:00Z"} for job in JOBS}
    site.scan()
    site.sent = JOBS[::-1]
    site.fields = {job: {"views": 9, "updatedAt": "2026-11-02T10:00:00Z"} for job in JOBS}

    assert site.scan() == ("http", 0)


def test_an_answer_that_always_changes_is_compared_by_what_names_jobs(either: Site) -> None:
    ways = []
    for number in range(6):
        either.extra, either.top = f"<p>{'abcdefgh'[number]}</p>", {"quote": "abcdefgh"[number]}
        ways.append(either.scan()[0])

    assert ways == ["browser", "browser", "browser", "http", "http", "http"]


def test_a_list_that_nothing_holds_is_never_taken_for_known(site: Site) -> None:
    site.sent, site.shown = [], list(JOBS)

    assert site.ways(3) == ["browser"] * 3


def test_what_is_asked_for_in_vain_is_asked_for_once_a_day_in_the_end(site: Site) -> None:
    site.sent, site.shown = [], list(JOBS)
    site.ways(8)

    assert len(site.asked) == 5
    site.ways(2, hours=25)
    assert len(site.asked) == 7


def test_once_a_day_the_browser_looks_all_the_same(either: Site) -> None:
    either.scan()
    either.scan()

    assert either.scan(hours=25)[0] == "browser"
    assert either.scan()[0] == "http"


def test_after_an_update_the_browser_looks_first(either: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    either.scan()
    either.scan()
    monkeypatch.setattr("jpt.cycle.by_http.__version__", "999")

    assert either.ways(2) == ["browser", "http"]


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
def test_any_doubt_about_an_answer_leads_to_the_browser(either: Site, status: int, raw: str | None) -> None:
    either.scan()
    either.status, either.raw, either.shown = status, raw, list(JOBS)

    assert either.scan() == ("browser", 0)


def test_a_stale_answer_is_found_out_said_and_has_to_prove_itself_three_times(either: Site) -> None:
    either.ways(2)
    stale = either.data() if either.scripted else either.document()
    # A cache in front of the server sends others what was, while the page shows what is.
    either.sent = JOBS[:2]
    kind = "application/json" if either.scripted else "text/html"
    either.answer = lambda _: Reply(stale.encode(), kind=kind)

    assert either.scan()[0] == "http"
    read = either.read(hours=25)
    either.store.sites.record(either.company, read, queue=True)
    assert read.page.method == "browser"
    assert "was wrong" in read.reason
    assert len(either.store.feeds.open_jobs(either.company)) == 2
    either.answer = None
    assert either.ways(5) == ["browser"] * 3 + ["http"] * 2
    assert either.store.list_sources.proof(either.company).lies == 1


def test_a_login_with_the_same_links_is_not_the_same(site: Site) -> None:
    site.extra = "<p>a</p>"
    for letter in "bcdef":
        site.extra = f"<p>{letter}</p>"
        site.scan()
    assert site.scan()[0] == "http"
    site.extra = "<form>Sign in <input type=password name=p></form>"

    assert site.scan()[0] == "browser"


@pytest.mark.parametrize("data", [False, True])
def test_an_answer_that_carries_more_than_the_page_shows_is_no_proof(site: Site, data: bool) -> None:
    site.scripted, site.shown = data, JOBS[:3]

    assert site.ways(3) == ["browser"] * 3


def test_a_mark_that_scripts_filter_by_is_a_change(site: Site) -> None:
    site.scripted = True
    site.fields = {job: {"listed": True} for job in JOBS}
    site.scan()
    assert site.scan()[0] == "http"
    # The same jobs by their names; the page's script leaves one out.
    site.fields, site.shown = {**site.fields, JOBS[0]: {"listed": False}}, JOBS[1:]

    assert site.scan()[0] == "browser"
    assert len(site.store.feeds.open_jobs(site.company)) == 3


def test_a_mark_in_the_document_that_scripts_filter_by_is_a_change(site: Site) -> None:
    site.extra = "<script>var closed = []</script>"
    site.scan()
    site.extra, site.shown = "<script>var closed = [4100]</script>", JOBS[1:]

    assert site.scan()[0] == "browser"


def test_a_second_answer_that_names_jobs_is_no_proof(either: Site) -> None:
    # What the page shows depends on it, too.
    either.also = {"closed": ["4199", "4101"]}

    assert either.ways(3) == ["browser"] * 3


def test_a_second_answer_that_names_none_does_not_matter(either: Site) -> None:
    either.also = {"consent": True, "country": "GB"}

    assert either.ways(2) == ["browser", "http"]


def test_a_job_whose_time_is_over_is_seen_when_it_is(site: Site) -> None:
    site.scripted = True
    # The script of the page leaves out what is over; its data stays as it is.
    site.fields = {JOBS[0]: {"closingDate": "2023-11-15T06:00:00Z"}}
    site.clock[0] = 1_700_020_800_000  # 2023-11-15T04:00:00Z
    assert site.ways(2, hours=0.5) == ["browser", "http"]
    site.shown = JOBS[1:]

    assert site.scan(hours=2)[0] == "browser"
    assert len(site.store.feeds.open_jobs(site.company)) == 3


@pytest.mark.parametrize("times", [6])
def test_two_variants_of_a_page_never_give_a_list_that_was_not_shown(either: Site, times: int) -> None:
    variants = [JOBS, JOBS[:3]]
    calls = iter(range(1_000))

    def one_of_both(request: Request) -> Reply:
        jobs = variants[next(calls) % 2]
        if request.path.startswith("/api/"):
            return Reply(either.data(jobs).encode(), kind="application/json")
        return Reply(either.document(jobs).encode())

    either.answer = one_of_both
    for number in range(times):
        either.sent = variants[number % 2]
        either.scan()
        # A list is taken for known only where what was sent is what the browser showed last.
        shown = {link.text for link in either.store.feeds.open_jobs(either.company)}
        assert shown in [set(one) for one in variants]
    assert either.store.list_sources.proof(either.company).proofs <= either.looks


@pytest.mark.parametrize("name", ["accept-language", "user-agent"])
def test_a_variant_for_others_than_the_browser_is_not_met(either: Site, name: str) -> None:
    expected = {"accept-language": "en-US,en;q=0.9", "user-agent": AGENT}[name]

    def by_header(request: Request) -> Reply:
        jobs = None if request.headers.get(name) == expected else JOBS[:1]
        if request.path.startswith("/api/"):
            return Reply(either.data(jobs).encode(), kind="application/json")
        return Reply(either.document(jobs).encode())

    either.answer = by_header

    assert either.ways(2) == ["browser", "http"]


def test_an_answer_for_others_than_the_browser_is_no_proof(either: Site) -> None:
    other = JOBS[1:]
    either.answer = lambda request: (
        Reply(either.data(other).encode(), kind="application/json")
        if request.path.startswith("/api/")
        else Reply(either.document(other).encode())
    )

    assert either.ways(3) == ["browser"] * 3


def test_validators_that_never_change_are_not_believed(either: Site) -> None:
    either.headers = (("ETag", '"always"'),)

    def not_modified(request: Request) -> Reply:
        if "if-none-match" in request.headers:
            return Reply(status=304, headers=either.headers)
        either.answer = None
        reply = either.serve(request)
        either.answer = not_modified
        return reply

    either.answer = not_modified
    either.ways(2)
    for jobs in (JOBS[:3], JOBS[:2], JOBS):
        either.sent = list(jobs)
        assert either.scan()[0] == "browser"
        assert len(either.store.feeds.open_jobs(either.company)) == len(jobs)
        assert either.scan()[0] == "http"


def test_validators_that_change_with_the_list_save_its_bytes(either: Site) -> None:
    state = {"tag": '"1"'}

    def tagged(request: Request) -> Reply:
        if request.headers.get("if-none-match") == state["tag"]:
            return Reply(status=304)
        either.answer, either.headers = None, (("ETag", state["tag"]),)
        reply = either.serve(request)
        either.answer = tagged
        return reply

    either.answer = tagged
    for number, jobs in enumerate((JOBS, JOBS[:3], JOBS), start=1):
        state["tag"], either.sent = f'"{number}"', list(jobs)
        either.scan()
    assert either.scan()[0] == "http"
    assert either.asked[-1].headers["if-none-match"] == '"3"'
    state["tag"], either.sent = '"4"', JOBS[:2]
    assert either.scan()[0] == "browser"


def test_an_answer_of_another_host_leads_to_the_browser(either: Site) -> None:
    either.scan()

    def there(request: Request) -> Reply:
        either.answer = None
        return either.serve(request)

    with Server(there) as other:
        away = f"http://127.0.0.1:{other.port}"
        either.answer = lambda request: Reply(status=302, headers=(("Location", f"{away}{request.path}"),))

        assert either.scan()[0] == "browser"


def test_a_list_that_lost_most_of_its_jobs_is_doubted_as_ever(either: Site) -> None:
    many = [
        f"Weaver number {word}"
        for word in ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "elf")
    ]
    either._path = lambda job: f"/jobs/{job.lower().replace(' ', '-')}"  # type: ignore[method-assign]
    either._number = lambda job: job.lower().replace(" ", "-")  # type: ignore[method-assign, assignment, return-value]
    either.sent = many
    either.scan()
    either.sent = many[:2]
    read = either.read()

    # What was read is not stored, for it is doubted: so nothing stands for it.
    assert read.page.method == "browser"
    assert either.read().page.method == "browser"


def test_a_source_that_robots_may_not_read_leads_to_the_browser(
    site: Site, settings: Callable[..., Settings]
) -> None:
    site.scripted, site.settings = True, settings(cheap="auto", robots=True)
    site.scan()
    assert site.scan()[0] == "http"
    site.robots = "User-agent: *\nDisallow: /api/"

    assert site.scan() == ("browser", 0)


@pytest.mark.parametrize("source", ["/api/jobs?_=1700000000", "/api/jobs?cb=a1"])
def test_an_address_made_for_one_request_is_no_source(site: Site, source: str) -> None:
    site.scripted, site.source = True, source

    assert site.ways(2) == ["browser"] * 2


def test_what_is_posted_is_no_source(site: Site) -> None:
    site.scripted, site.method = True, "POST"

    assert site.ways(2) == ["browser"] * 2


def test_what_was_never_stored_proves_nothing(either: Site) -> None:
    either.scan()
    either.sent = [*JOBS, "Spinner of Yarn"]
    # The read is lost before it is stored: the process ended.
    either.read()

    assert either.scan() == ("browser", 1)


def test_it_is_off_where_it_is_not_wanted(site: Site, settings: Callable[..., Settings]) -> None:
    site.settings = settings(cheap="off")

    assert site.ways(2) == ["browser"] * 2
    assert site.asked == []


def test_nothing_that_is_stored_depends_on_the_way(
    either: Site, tmp_path: Path, settings: Callable[..., Settings]
) -> None:
    def story(cheap: str) -> list[tuple[str, int]]:
        clock = [1_700_000_000_000]
        with Store.open(tmp_path / f"{cheap}.sqlite3", lambda: clock[0]) as store:
            other = Site(store, settings(cheap=cheap), clock, port=either.port, scripted=either.scripted)
            jobs = []
            for sent in (JOBS[:2], JOBS[:2], JOBS, JOBS, JOBS[1:], JOBS[1:]):
                either.sent = other.sent = list(sent)
                queued = other.scan()[1]
                jobs.append((",".join(sorted(link.text for link in store.feeds.open_jobs(other.company))), queued))
            return jobs

    assert story("auto") == story("off")
