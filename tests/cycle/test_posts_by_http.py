"""Posts by HTTP: three proofs, checks, and the way back. Real server, queue, rules and store; a browser of one line."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path

import anyio
import pytest

from jpt.cycle.pipeline import Pipeline
from jpt.cycle.post_by_http import How, how_now, words_of
from jpt.extract.finding import read_post
from jpt.extract.markup import page_of
from jpt.models import events
from jpt.models.events import Event
from jpt.models.pages import Company, Link, ListRead, PageRead, Via
from jpt.net.guard import AddressGuard
from jpt.settings import Settings
from jpt.store import Store
from jpt.store.post_shapes import Shape
from tests.career_sites.server import Reply, Request, Server
from tests.stored import stored_jobs
from tests.table import each_row

AGENT = "Mozilla/5.0 (X11; Linux x86_64) Chrome/151.0.0.0"
TEXT = """<h1>{title}</h1><p>We at Tern look for somebody who keeps our looms in order and our weavers in a good mood.</p>
<h2>What you bring</h2><ul><li>At least {years} years of experience with looms, dyes and everything between</li></ul>
<h2>What we offer</h2><p>A mill by the river, thirty days of holiday and all the wool that you can carry home.</p>
<a href="/apply/{number}">Apply now</a>"""


@dataclass
class Mill:
    """A site with posts, a queue of them, and a browser."""

    store: Store
    settings: Settings
    port: int = 0
    years: dict[int, int] = field(default_factory=dict)
    shown: Callable[[str], str] = field(default=lambda html: html)
    """What the page's scripts make of it."""
    answer: Callable[[Request], Reply | None] = field(default=lambda _: None)
    rendered: list[str] = field(default_factory=list)
    asked: list[Request] = field(default_factory=list)
    said: list[Event] = field(default_factory=list)
    via: Via = "auto"
    held: bool = False
    """Posts but the first are rendered no sooner than they are asked for by HTTP."""
    again: dict[int, tuple[int, ...]] = field(default_factory=dict)
    """What the browser finds to have been read too early, by the post that shows it."""

    @property
    def root(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def html(self, number: int) -> str:
        title = f"Weaver {number}"
        body = TEXT.format(title=title, years=self.years.get(number, 1 + number % 7), number=number)
        return f"<html lang=en><title>{title} | Tern</title><body>{body}</body></html>"

    def serve(self, request: Request) -> Reply:
        self.asked.append(request)
        return self.answer(request) or Reply(self.html(int(request.path.rpartition("-")[2])).encode())

    def queue(self, numbers: range) -> None:
        links = tuple(Link(f"{self.root}/jobs/weaver-{one}", f"Weaver {one}", True, 1.0) for one in numbers)
        page = PageRead(f"{self.root}/careers", f"{self.root}/careers", 200, "Careers", "Jobs")
        self.store.sites.record(Company("Tern", page.url), ListRead(page, "ok", "", links), queue=True)

    def work(self) -> tuple[int, int]:
        """Read what waits; gives how many posts were rendered, and how many requests were sent by HTTP."""
        self.rendered.clear()
        self.asked.clear()
        vias = {"Tern": self.via}
        pipeline = Pipeline(self.settings, self.store, _Pool(self), self.said.append, vias=vias)  # type: ignore[arg-type]
        anyio.run(pipeline.work)
        return len(self.rendered), len(self.asked)

    def read(self, url: str) -> PageRead:
        self.rendered.append(url)
        number = int(url.rpartition("-")[2])
        page = page_of(self.shown(self.html(number)), url)
        again = tuple(f"{self.root}/jobs/weaver-{one}" for one in self.again.pop(number, ()))
        return replace(page, method="browser", agent=AGENT, again=again)

    @property
    def found(self) -> dict[str, int]:
        return {job.title: job.experience.min_years for job in stored_jobs(self.store)}


class _Pool:
    """As much of a pool as reading posts asks for."""

    def __init__(self, mill: Mill) -> None:
        self.mill = mill
        self.guard = AddressGuard.of([mill.root])
        self.load = self
        self.died = 0

    @asynccontextmanager
    async def slot(self) -> AsyncIterator[_Pool]:
        yield self

    async def read(self, url: str, *, seek: object = None) -> PageRead:
        assert seek is None
        page = self.mill.read(url)
        with anyio.fail_after(20):
            while self.mill.held and len(self.mill.rendered) > 1 and not self.mill.asked[1:]:
                await anyio.sleep(0.01)
        return page


@pytest.fixture
def mill(tmp_path: Path, settings: Callable[..., Settings]) -> Iterator[Mill]:
    with Store.open(tmp_path / "jpt.sqlite3") as store:
        made = Mill(store, settings(cheap="auto", host_interval_ms=0, host_pages=8))
        with Server(made.serve) as server:
            made.port = server.port
            yield made


def test_three_posts_are_read_both_ways_and_the_others_by_http(mill: Mill) -> None:
    mill.queue(range(12))

    assert mill.work() == (3, 12)
    assert mill.found == {f"Weaver {one}": 1 + one % 7 for one in range(12)}
    assert {request.headers["user-agent"] for request in mill.asked} == {AGENT}


def test_posts_that_another_one_shows_to_have_been_read_too_early_are_read_again(mill: Mill) -> None:
    mill.via = "browser"
    mill.queue(range(5))
    mill.work()
    mill.again = {5: (0, 2)}
    mill.years = {2: 9}
    mill.queue(range(5, 6))

    assert mill.work() == (3, 0)
    assert sorted(mill.rendered) == [f"{mill.root}/jobs/weaver-{one}" for one in (0, 2, 5)]
    assert mill.found["Weaver 2"] == 9
    (notice,) = [one for one in mill.said if isinstance(one, events.Notice)]
    assert notice.sentence.startswith("2 posts were read before")


def test_posts_that_are_read_both_ways_are_asked_for_while_they_render(mill: Mill) -> None:
    mill.queue(range(1))
    mill.held = True
    mill.settings = mill.settings.model_copy(update={"max_pages": 1})
    mill.queue(range(1, 4))

    assert mill.work()[0] == 3
    assert len(mill.found) == 4


@pytest.mark.parametrize(
    "other",
    [
        {"text": "At least 3 years of experience with looms"},
        {"headings": ("Head Weaver",)},
        {"controls": ("Closed",)},
    ],
)
def test_pages_that_say_the_same_are_read_once_and_others_twice(other: dict[str, object]) -> None:
    page = page_of(TEXT.format(title="Weaver", years=2, number=1), "https://tern.example/jobs/1")
    shown = replace(page, method="browser", seconds=2.0, agent=AGENT, hints=("https://cdn.example/a.js",))

    assert words_of(page) == words_of(shown)
    assert read_post(page, "Weaver", 3) == read_post(shown, "Weaver", 3)
    assert words_of(page) != words_of(replace(page, **other))  # type: ignore[arg-type]


def test_one_in_twenty_is_read_both_ways_again(mill: Mill) -> None:
    mill.queue(range(3))
    mill.work()
    mill.queue(range(3, 43))

    assert mill.work() == (2, 40)


def test_a_shape_that_differs_goes_back_and_what_was_read_since_is_read_again(mill: Mill) -> None:
    mill.queue(range(3))
    mill.work()
    # From now on scripts put right what the server sends: it is a year behind.
    mill.shown = lambda html: html.replace("At least ", "At least 1")
    mill.queue(range(3, 30))
    mill.work()

    assert {title: years for title, years in mill.found.items() if years < 10} == {
        f"Weaver {one}": 1 + one % 7 for one in range(3)
    }
    assert sorted(set(mill.rendered)) == sorted(f"{mill.root}/jobs/weaver-{one}" for one in range(3, 30))
    (notice,) = [one for one in mill.said if isinstance(one, events.Notice)]
    assert re.search(r": \d\d posts are read again", notice.sentence)


@pytest.mark.parametrize(
    "shown",
    [
        lambda html: html.replace("<title>Weaver", "<title>Head Weaver").replace("<h1>Weaver", "<h1>Head Weaver"),
        lambda html: html.replace("with looms, dyes", "with sheep, dyes"),
        lambda html: html.replace("</body>", "<p>You will also need a driving licence and a lot of patience here.</p></body>"),
        lambda html: "<title>Gone</title><h1>This job is no longer available</h1><p>It has been filled.</p>",
    ],
    ids=["title", "quote", "sentence", "closed"],
)  # fmt: skip
def test_posts_that_scripts_change_are_never_read_by_http(mill: Mill, shown: Callable[[str], str]) -> None:
    mill.shown = shown
    mill.queue(range(8))
    rendered, _ = mill.work()

    assert rendered == 8


def test_posts_that_never_agree_are_asked_for_by_http_no_more(mill: Mill) -> None:
    mill.shown = lambda html: html.replace("looms", "sheep")
    mill.queue(range(5))
    mill.work()
    mill.queue(range(5, 12))

    assert mill.work() == (7, 0)


@pytest.mark.parametrize(
    "reply",
    [
        Reply(b"<title>Sign in</title><h1>Sign in</h1><form>Password <input type=password></form>"),
        Reply(b"<title>Just a moment...</title><h1>Just a moment...</h1>"),
        Reply(b"<h1>Not found</h1>", 404),
        Reply(b"busy", 503),
        Reply(b"{}", kind="application/json"),
        Reply(b"<div id=app></div><script src=/app.js></script>"),
        Reply(b"<title>Weaver</title><h1>This job is no longer available</h1><p>It has been filled.</p>"),
        Reply(status=302, headers=(("Location", "http://127.0.0.1:9/elsewhere"),)),
    ],
    ids=["login", "barrier", "404", "503", "json", "shell", "closed", "elsewhere"],
)
def test_a_doubtful_answer_leads_to_the_browser_in_the_same_run(mill: Mill, reply: Reply) -> None:
    mill.queue(range(3))
    mill.work()
    mill.answer = lambda _: reply
    mill.queue(range(3, 6))
    rendered, _ = mill.work()

    assert rendered == 3
    assert mill.found == {f"Weaver {one}": 1 + one % 7 for one in range(6)}


def test_each_shape_proves_itself(mill: Mill) -> None:
    mill.queue(range(3))
    mill.work()
    links = tuple(Link(f"{mill.root}/stellen/weber-{one}", f"Weaver {one}", True, 1.0) for one in range(50, 54))
    page = PageRead(f"{mill.root}/careers", f"{mill.root}/careers", 200, "Careers", "Jobs")
    mill.store.sites.record(Company("Tern", page.url), ListRead(page, "ok", "", links), queue=True)

    assert mill.work() == (3, 4)


def test_after_an_update_they_prove_themselves_again(mill: Mill, monkeypatch: pytest.MonkeyPatch) -> None:
    mill.queue(range(4))
    mill.work()
    monkeypatch.setattr("jpt.cycle.post_by_http.__version__", "999")
    mill.queue(range(4, 8))

    assert mill.work() == (3, 4)


@pytest.mark.parametrize(
    ("cheap", "via", "rendered"), [("off", "auto", 5), ("auto", "browser", 5), ("off", "http", 3)]
)
def test_the_user_decides(
    mill: Mill, settings: Callable[..., Settings], cheap: str, via: Via, rendered: int
) -> None:
    mill.settings, mill.via = settings(cheap=cheap, host_interval_ms=0), via
    mill.queue(range(5))

    assert mill.work() == (rendered, 5 if rendered == 3 else 0)


@each_row(
    ("known", "comparing", "how"),
    [
        (Shape(), 0, "both"),
        (Shape(), 2, "both"),
        (Shape(), 3, None),
        (Shape(proofs=2, ts_ms=1_000), 1, None),
        (Shape(proofs=3, ts_ms=1_000), 0, "http"),
        (Shape(proofs=3, reads=18, ts_ms=1_000), 0, "http"),
        (Shape(proofs=3, reads=19, ts_ms=1_000), 0, "both"),
        (Shape(proofs=3, reads=19, ts_ms=1_000), 1, "http"),
        (Shape(proofs=3, ts_ms=-8 * 24 * 3_600_000), 0, "both"),
        (Shape(differed=3, ts_ms=1_000), 0, "browser"),
        (Shape(differed=3, ts_ms=-8 * 24 * 3_600_000), 0, "both"),
    ],
)
def test_how_a_post_is_read(known: Shape, comparing: int, how: How | None) -> None:
    assert how_now(known, comparing, 2_000) == how
