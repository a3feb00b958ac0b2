"""The learned end of a wait: posts whose text comes by requests are read when it has come, and none is read half."""

from __future__ import annotations

import json
import threading
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

import anyio
import pytest

from jpt.browser.chromium.find import Chromium
from jpt.browser.pool.pool import BrowserPool
from jpt.browser.visit import lesson
from jpt.browser.visit.lesson import Lesson, Lessons, PostObservation
from jpt.models.pages import PageRead
from jpt.settings import Settings
from tests.career_sites.server import Reply, Request, Server

ABOUT = (
    "<p>" + "We weave cloth in a town by a river, and have done so for long, with looms old and new. " * 6 + "</p>"
)
ASKS = "<h2>What you bring</h2><p>At least {years} years of experience with looms and dyes.</p>"
OFFERS = f"<h2>What we offer</h2>{ABOUT}"
SHELL = """<html lang=en><title>Job</title><body>{more}<main id=app></main><script>
const number = Number(location.pathname.split('-').pop());
const asked = (path) => fetch(path + number).then(answer => answer.json()).then(({{ html }}) => html);
{script}</script></body></html>"""
ONE = "asked('/api/posts/').then(html => { document.title = 'Weaver'; app.innerHTML = html });"
TRACKED = ONE + "fetch('/track?at=' + Math.random(), { method: 'POST' });"
CONSENT = """<div id=bar style="position:fixed;bottom:0">We use cookies for our privacy topics.
  <button onclick="bar.remove()">Accept all cookies</button></div>"""


@dataclass
class Mill:
    """A site of posts that scripts render."""

    script: Callable[[int], str] = lambda _: ONE
    parts: Callable[[int], tuple[bool, bool]] = lambda _: (True, False)
    """Whether the first answer for a post, and the second, has what it asks for."""
    more: str = ""
    delay_s: Callable[[int], float] = lambda _: 0.02
    port: int = 0
    pages: dict[int, PageRead] = field(default_factory=dict)
    again: list[str] = field(default_factory=list)
    lessons: Lessons | None = None

    def serve(self, request: Request) -> Reply:
        if request.path == "/track":
            return Reply(b"{}", kind="application/json", delay_s=1.0)
        name, _, tail = request.path.rpartition("/")
        number = int(tail.rpartition("-")[2]) if tail.rpartition("-")[2].isdigit() else 0
        if name == "/jobs":
            return Reply(SHELL.format(script=self.script(number), more=self.more).encode())
        if name not in {"/api/posts", "/api/asks"}:
            return Reply(status=404)
        first, second = self.parts(number)
        asks = ASKS.format(years=number % 7 + 1)
        if name == "/api/asks":
            return Reply(
                json.dumps({"html": asks if second else ""}).encode(), kind="application/json", delay_s=0.2
            )
        html = f"<h1>Weaver {number}</h1>{ABOUT}{asks if first else ''}{OFFERS}<a href='/apply/{number}'>Apply now</a>"
        return Reply(json.dumps({"html": html}).encode(), kind="application/json", delay_s=self.delay_s(number))

    def url(self, number: int) -> str:
        return f"http://127.0.0.1:{self.port}/jobs/weaver-{number}"

    def half(self) -> set[str]:
        """The addresses of posts that were read without what they ask for."""
        wanted = {number: f"At least {number % 7 + 1} years" for number in self.pages}
        return {self.url(number) for number, page in self.pages.items() if wanted[number] not in page.text}

    @property
    def lesson(self) -> Lesson:
        assert self.lessons is not None
        return self.lessons.of(self.url(1))


Read = Callable[..., Mill]


@pytest.fixture
def read(
    chromium: Chromium, settings: Callable[..., Settings], monkeypatch: pytest.MonkeyPatch
) -> Callable[..., Mill]:
    """Read the posts of a mill, so many at once, in one pool."""
    monkeypatch.setattr(lesson, "PROOFS", 2)
    monkeypatch.setattr(lesson, "CHECK_EACH", 6)

    def read_all(mill: Mill, numbers: Iterable[int], at_once: int = 1, cheap: str = "auto") -> Mill:
        waiting = iter(numbers)

        async def some(pool: BrowserPool) -> None:
            for number in waiting:
                async with pool.slot() as slot:
                    mill.pages[number] = await slot.read(mill.url(number))
                mill.again += mill.pages[number].again

        async def main() -> None:
            made = settings(max_pages=at_once, cheap=cheap)
            async with BrowserPool.open(made, chromium, named=[mill.url(0)]) as pool:
                async with anyio.create_task_group() as tg:
                    for _ in range(at_once):
                        tg.start_soon(some, pool)
                mill.lessons = pool.lessons

        with Server(mill.serve) as server:
            mill.port = server.port
            anyio.run(main)
        return mill

    return read_all


def test_what_a_tracker_is_asked_holds_up_no_post_once_that_is_known(read: Read) -> None:
    mill = read(Mill(script=lambda _: TRACKED), range(8))

    assert not mill.half()
    assert not mill.again
    assert mill.lesson.early >= 3
    # The tracker alone takes a second, and the full wait waits for it.
    assert min(page.seconds for page in mill.pages.values()) < 1.0 < mill.pages[0].seconds


@pytest.mark.slow
def test_pages_are_the_same_as_with_the_full_wait(read: Read) -> None:
    early = read(Mill(script=lambda _: TRACKED, more=CONSENT), range(8))
    full = read(Mill(script=lambda _: TRACKED, more=CONSENT), range(8), cheap="off")

    assert early.lesson.early
    assert full.lessons is None
    for number, page in early.pages.items():
        other = full.pages[number]
        assert (page.title, page.text, page.headings, page.controls) == (
            other.title, other.text, other.headings, other.controls,
        )  # fmt: skip


CHAINED = """asked('/api/posts/').then(html => { app.innerHTML = html + '<div id=asks></div>'; %s });"""
SECOND = "asked('/api/asks/').then(html => { asks.innerHTML = html })"


def test_a_second_request_of_some_posts_alone_is_waited_for(read: Read) -> None:
    def two(number: int) -> bool:
        return number % 5 == 4 and number > 5

    mill = Mill(
        script=lambda number: CHAINED % (SECOND if two(number) else ""),
        parts=lambda number: (not two(number), two(number)),
    )
    read(mill, range(12))

    assert not mill.half() - set(mill.again)
    assert mill.url(9) not in mill.half()
    # Posts that need different answers are no shape to learn from.
    assert mill.lesson.begin() == "full"
    assert mill.url(6) in mill.again


@pytest.mark.slow
def test_a_spinner_of_some_posts_alone_is_waited_for(read: Read) -> None:
    def late(number: int) -> bool:
        return number in {6, 9}

    wait = """asks.className = 'spinner'; asks.textContent = 'Loading'; setTimeout(() => {
        asks.className = ''; asks.innerHTML = '<h2>What you bring</h2><p>At least ' + (number % 7 + 1) + ' years</p>' }, 1000)"""
    mill = Mill(
        script=lambda number: CHAINED % (wait if late(number) else ""),
        parts=lambda number: (not late(number), False),
    )
    read(mill, range(12))

    assert not mill.half()
    assert mill.lesson.early


@pytest.mark.slow
def test_a_shape_that_changes_is_found_and_what_was_read_too_early_is_read_again(read: Read) -> None:
    """From the seventh post on what is asked for comes a tenth of a second late, and nothing shows it."""
    later = """asked('/api/posts/').then(html => { const parts = html.split('<p>At least');
        app.innerHTML = parts[0] + '<p id=late></p>' + parts[1].slice(parts[1].indexOf('</p>'));
        setTimeout(() => { late.textContent = 'At least ' + (number % 7 + 1) + ' years of experience' }, 90) });"""
    mill = read(Mill(script=lambda number: later if number > 5 else ONE), range(20))

    assert not mill.half() - set(mill.again)
    assert mill.lesson.begin() == "full"
    assert not {mill.url(number) for number in range(16, 20)} & mill.half()


@contextmanager
def busy(threads: int) -> Iterator[None]:
    over = threading.Event()

    def burn() -> None:
        while not over.is_set():
            sum(range(20_000))

    burning = [threading.Thread(target=burn) for _ in range(threads)]
    for one in burning:
        one.start()
    try:
        yield
    finally:
        over.set()
        for one in burning:
            one.join()


@pytest.mark.slow
def test_no_post_is_read_half_on_a_loaded_machine(read: Read) -> None:
    slow = """asked('/api/posts/').then(html => { const end = performance.now() + 20 + number * 37 % 90;
        while (performance.now() < end); document.title = 'Weaver'; app.innerHTML = html });"""
    with busy(2):
        mill = read(
            Mill(script=lambda _: slow, delay_s=lambda number: number * 53 % 300 / 1000), range(40), at_once=6
        )

    assert not mill.half()
    assert not mill.again
    assert mill.lesson.early


def seen(
    *before: str, asked: tuple[str, ...] = (), labels: tuple[str, ...] = ("We offer",), place: str = "main"
) -> PostObservation:
    return PostObservation(Counter(before), Counter((*before, *asked)), frozenset(labels), place, 900)


def learned(*posts: PostObservation) -> Lesson:
    made = Lesson()
    for number, one in enumerate(posts):
        made.noted(one, whole=None if number == 0 else True)
    return made


def test_a_shape_is_learned_after_several_proofs_and_checked_again() -> None:
    made = learned(*[seen("data a/*")] * (1 + lesson.PROOFS))
    reads = [made.begin() for _ in range(lesson.CHECK_EACH + 2)]

    assert reads.count("check") == 1
    assert reads[lesson.CHECK_EACH - 1] == "check"


def test_one_post_that_was_not_whole_sends_all_of_its_shape_back() -> None:
    made = learned(*[seen("data a/*")] * (1 + lesson.PROOFS))
    for url in ("u1", "u2", "u1"):
        assert made.read_early(url)

    assert made.noted(seen("data a/*"), whole=False) == ["u1", "u2"]
    assert made.begin() == "full"
    assert not made.read_early("u3")


def test_a_tracker_that_is_sometimes_early_and_always_asked_is_not_needed() -> None:
    made = learned(
        seen("data a/*", "data t/*"), seen("data a/*", asked=("data t/*",)), seen("data a/*", "data t/*")
    )

    assert made.is_usable
    assert made.needed == {"data a/*": 1}


def test_posts_of_which_some_need_an_answer_that_others_never_ask_for_teach_nothing() -> None:
    made = learned(seen("data a/*"), seen("data a/*", "data b/*"))

    assert made.begin() == "full"


def test_a_new_request_to_the_posts_own_servers_sends_the_shape_back_and_one_to_others_does_not() -> None:
    made = learned(*[seen("data a/*")] * (1 + lesson.PROOFS))
    made.read_early("u1")

    assert made.missed(Counter(["data a/*", "data ads/*"])) == []
    assert made.begin() == "check"
    assert made.missed(Counter(["data a/*", "data a/more/*"])) == ["u1"]


def test_text_that_comes_without_requests_teaches_nothing() -> None:
    made = learned(seen(), seen("data a/*"))

    assert not made.is_usable
    assert made.begin() == "full"
