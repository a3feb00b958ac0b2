"""The browser pool: pages read and at rest, faults named, nothing left behind."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path
from threading import Event

import anyio
import psutil
import pytest
from playwright.async_api import Page, async_playwright

from jpt.browser.chromium.find import Chromium
from jpt.browser.chromium.scratch import work_folder
from jpt.browser.pool import pool as pool_module
from jpt.browser.pool.memory import HostResources
from jpt.browser.pool.pool import BrowserPool
from jpt.browser.visit.frame_probe import FrameProbe, Observation
from jpt.browser.visit.open_list import Seek
from jpt.browser.visit.opened import Opened
from jpt.browser.visit.page import visit
from jpt.browser.visit.traffic import Traffic
from jpt.errors import BrowserLost, BrowserUnusable, NotAPage, Outage, PageCrash, PageFault, TaskError
from jpt.extract.listing import glance
from jpt.models.pages import PageRead
from jpt.settings import Settings
from tests.career_sites.server import Answer, Hangup, Reply, Request, Server, Silence

WORDS = "<p>" + "A few words about the company that posts jobs here. " * 8 + "</p>"
JOBS = "".join(f'<p><a href="/job/{number}">Engineer {number}</a></p>' for number in range(12))

PAGES = {
    "/static": f"<title>Jobs</title><h1>Jobs</h1>{WORDS}{JOBS}",
    "/late": f"""<h1>Jobs</h1><div class="spinner">Loading…</div><div id="list"></div><script>
        setTimeout(() => {{ document.querySelector(".spinner").remove(); list.innerHTML = `{JOBS}` }}, 1200)</script>""",
    "/fetched": f"""<h1>Jobs</h1>{WORDS}<a href="/a">About</a><a href="/b">Life</a><a href="/c">Team</a>
        <div id="list"></div><script>
        fetch("/slow-list").then(answer => answer.text()).then(html => {{ list.innerHTML = html }})</script>""",
    "/asking": f"""<h1>Jobs</h1>{WORDS}<a href="/a">About</a><a href="/b">Life</a><a href="/c">Team</a>
        <div id="list"></div><script>
        addEventListener("ask", () => fetch("/slow-list").then(answer => answer.text())
        .then(html => {{ list.innerHTML = html }}))</script>""",
    "/unannounced": f"""<h1>Jobs</h1>{WORDS}<a href="/a">About</a><a href="/b">Life</a><a href="/c">Team</a>
        <div id="list"></div><script>setTimeout(() => {{ list.innerHTML = `{JOBS}` }}, 1500)</script>""",
    "/shadow": f"""<h1>Jobs</h1>{WORDS}<x-list></x-list><script>setTimeout(() => {{
        document.querySelector("x-list").attachShadow({{mode: "open"}}).innerHTML = `{JOBS}` }}, 40)</script>""",
    "/ticker": f"<h1>Jobs</h1>{WORDS}{JOBS}<b id=t></b><script>setInterval(() => {{t.textContent = Math.random()}}, 20)</script>",
    "/polling": f"<h1>Jobs</h1>{WORDS}{JOBS}<script>setInterval(() => fetch('/static'), 150)</script>",
    "/alerts": f"<h1>Jobs</h1>{WORDS}{JOBS}<script>alert(1); confirm(2); prompt(3)</script>",
    "/popups": f"<h1>Jobs</h1>{WORDS}{JOBS}<script>for (let i = 0; i < 5; i++) open('/static')</script>",
    "/moved": "<script>location.replace('/static')</script>",
    "/reloading": f"<h1>Jobs</h1>{WORDS}{JOBS}<script>setTimeout(() => location.reload(), 60)</script>",
    "/hostile": f"""<h1>Jobs</h1>{WORDS}{JOBS}<script>
        Array.from = () => ["evil"]; JSON.stringify = () => "evil"; Promise.prototype.then = undefined;
        Document.prototype.querySelectorAll = () => [{{href: "file:///etc/passwd"}}];
        Object.defineProperty(HTMLAnchorElement.prototype, "href", {{get: () => "javascript:evil"}});</script>""",
    "/loop": "<h1>Jobs</h1><script>while (true) {}</script>",
    "/loop-later": f"<h1>Jobs</h1>{WORDS}{JOBS}<script>setTimeout(() => {{ while (true) {{}} }}, 30)</script>",
}


def _answer(request: Request) -> Answer:
    match request.path:
        case "/hang":
            return Silence()
        case "/hangup":
            return Hangup()
        case "/slow-list":
            return Reply(JOBS.encode(), delay_s=0.7)
        case "/refused":
            return Reply(f"<h1>Down</h1>{WORDS}".encode(), status=503)
        case "/circle":
            return Reply(status=302, headers=(("Location", "/circle"),))
        case "/paper":
            return Reply(b"%PDF-1.4", kind="application/pdf")
        case "/download":
            return Reply(b"zip", headers=(("Content-Disposition", "attachment"),), kind="application/zip")
        case path:
            return Reply(PAGES.get(path, "").encode(), status=200 if path in PAGES else 404)


@pytest.fixture(scope="module")
def server() -> Iterator[Server]:
    with Server(_answer) as running:
        yield running


@pytest.fixture
def read(
    server: Server, chromium: Chromium, settings: Callable[..., Settings]
) -> Callable[..., list[PageRead | TaskError]]:
    """Read some paths of the server in one pool."""

    def read_all(*paths: str, watchdog_ms: int = 30_000, seek: Seek | None = None) -> list[PageRead | TaskError]:
        async def one(pool: BrowserPool, path: str) -> PageRead | TaskError:
            try:
                async with pool.slot() as slot:
                    return await slot.read(f"http://127.0.0.1:{server.port}{path}", seek=seek)
            except TaskError as exc:
                return exc

        async def main() -> list[PageRead | TaskError]:
            async with BrowserPool.open(settings(scrape_watchdog_ms=watchdog_ms), chromium) as pool:
                results = [await one(pool, path) for path in paths]
                assert pool.contexts == 0
            return results

        return anyio.run(main)

    return read_all


def links(page: PageRead | TaskError) -> int:
    assert isinstance(page, PageRead), page
    return sum("/job/" in anchor.url for anchor in page.anchors)


def test_every_kind_of_list_is_read_when_it_has_come_to_rest(read: Callable[..., list[PageRead]]) -> None:
    paths = [
        "/static", "/late", "/fetched", "/shadow", "/ticker", "/polling", "/alerts", "/popups", "/moved", "/reloading",
    ]  # fmt: skip

    pages = read(*paths)

    assert {path: links(page) for path, page in zip(paths, pages, strict=True)} == dict.fromkeys(paths, 12)
    assert all(page.settled for page in pages)


def test_an_answer_that_comes_between_a_look_and_the_news_of_it_leads_to_another_look(
    read: Callable[..., list[PageRead]], monkeypatch: pytest.MonkeyPatch
) -> None:
    listening: list[Traffic] = []
    of, settle = Traffic.of, FrameProbe.settle

    def listened(page: Page) -> Traffic:
        listening.append(of(page))
        return listening[-1]

    async def late(probe: FrameProbe, **options: float) -> Observation:
        rest = await settle(probe, **options)
        if not listening[-1].recent:
            await probe.page.evaluate("dispatchEvent(new Event('ask'))")
        with anyio.fail_after(20):
            while not listening[-1].recent:
                await anyio.sleep(0.02)
        return rest

    monkeypatch.setattr(Traffic, "of", listened)
    monkeypatch.setattr(FrameProbe, "settle", late)
    (page,) = read("/asking")

    assert links(page) == 12


def test_a_list_that_nothing_announced_is_waited_for_while_no_job_shows(
    read: Callable[..., list[PageRead]],
) -> None:
    (page,) = read("/unannounced", seek=Seek.within(glance, None, 1, 0, 0.0))

    assert links(page) == 12


def test_a_page_that_redefines_what_scripts_use_is_read_as_it_is(read: Callable[..., list[PageRead]]) -> None:
    (page,) = read("/hostile")

    assert links(page) == 12
    assert not any("evil" in anchor.url or "passwd" in anchor.url for anchor in page.anchors)


def test_the_status_and_address_are_those_of_the_page_on_show(
    read: Callable[..., list[PageRead]], server: Server
) -> None:
    refused, missing, moved = read("/refused", "/nowhere", "/moved")

    assert (refused.http_status, missing.http_status, moved.http_status) == (503, 404, 200)
    assert moved.final_url == f"http://127.0.0.1:{server.port}/static"


def test_what_is_not_a_page_is_told_from_a_page_at_fault(read: Callable[..., list[TaskError]]) -> None:
    paper, download, circle, hangup = read("/paper", "/download", "/circle", "/hangup")

    assert isinstance(paper, NotAPage)
    assert isinstance(download, NotAPage)
    assert isinstance(circle, PageFault)
    assert "circle" in circle.sentence
    assert isinstance(hangup, PageFault)


def test_pages_that_never_end_are_cut_off_and_named_and_the_next_one_is_read(
    read: Callable[..., list[PageRead | TaskError]],
) -> None:
    loop, later, hang, after = read("/loop", "/loop-later", "/hang", "/static", watchdog_ms=2_000)

    for fault, path in ((loop, "/loop"), (later, "/loop-later"), (hang, "/hang")):
        assert isinstance(fault, PageFault)
        assert path in fault.sentence
        assert "2 s" in fault.sentence
    assert links(after) == 12


def test_a_host_that_nobody_knows_is_an_outage_not_the_pages_fault(
    chromium: Chromium, settings: Callable[..., Settings]
) -> None:
    async def main() -> None:
        async with BrowserPool.open(settings(), chromium) as pool, pool.slot() as slot:
            await slot.read("http://no-such-host.invalid/")

    with pytest.raises(Outage, match=r"no-such-host\.invalid"):
        anyio.run(main)


def test_a_saved_page_is_served_at_its_address_and_reaches_nothing_else(
    chromium: Chromium, settings: Callable[..., Settings], server: Server
) -> None:
    outside = f"http://127.0.0.1:{server.port}"
    body = f"""<base href="https://acme.example/jobs/"><a href="7">Engineer</a>{WORDS}<img src="{outside}/img">
        <script>fetch("{outside}/static"); new WebSocket("ws://127.0.0.1:{server.port}/ws");
        setTimeout(() => {{ location = "{outside}/static" }}, 10)</script>"""
    before = server.gauge.peak["requests"]

    async def main() -> PageRead:
        async with BrowserPool.open(settings(), chromium) as pool, pool.slot() as slot:
            return await slot.read("https://acme.example/careers", body=body.encode())

    page = anyio.run(main)

    assert [anchor.url for anchor in page.anchors] == ["https://acme.example/jobs/7"]
    assert server.gauge.peak["requests"] == before


@pytest.mark.parametrize("victim", ["chromium", "driver"])
def test_after_a_death_of_browser_or_driver_the_pool_serves_again(
    victim: str, chromium: Chromium, settings: Callable[..., Settings], server: Server
) -> None:
    async def main() -> PageRead:
        async with BrowserPool.open(settings(), chromium) as pool:
            async with pool.slot() as slot:
                await slot.read(f"http://127.0.0.1:{server.port}/static")
            _kill(victim)
            # Long before the watchdog's 120 s: the death is noticed, not waited for.
            with anyio.fail_after(60):
                async with pool.slot() as slot:
                    return await slot.read(f"http://127.0.0.1:{server.port}/static")

    assert links(anyio.run(main)) == 12
    assert _ours() == []


@pytest.mark.parametrize("victim", ["chromium", "driver"])
def test_a_browser_that_dies_while_nobody_reads_is_counted_all_the_same(
    victim: str, chromium: Chromium, settings: Callable[..., Settings], server: Server
) -> None:
    async def main() -> None:
        async with BrowserPool.open(settings(), chromium) as pool:
            async with pool.slot() as slot:
                await slot.read(f"http://127.0.0.1:{server.port}/static")
            _kill(victim)
            with anyio.fail_after(30):
                while not pool.load.died:
                    await anyio.sleep(0.1)

    anyio.run(main)
    assert _ours() == []


@pytest.mark.parametrize("path", ["/hang", "/polling", "/loop"])
def test_a_page_whose_own_process_ends_is_given_up_at_once(
    path: str, chromium: Chromium, settings: Callable[..., Settings]
) -> None:
    asked = Event()

    def answer(request: Request) -> Answer:
        asked.set()
        return _answer(request)

    async def kill() -> None:
        await anyio.to_thread.run_sync(asked.wait)
        for child in psutil.Process().children(recursive=True):
            with suppress(psutil.NoSuchProcess):
                if "--type=renderer" in child.cmdline():
                    child.kill()

    async def main(port: int) -> None:
        async with (
            BrowserPool.open(settings(scrape_watchdog_ms=60_000), chromium) as pool,
            anyio.create_task_group() as tg,
            pool.slot() as slot,
        ):
            tg.start_soon(kill)
            with anyio.fail_after(30), pytest.raises(PageCrash, match="crashes the browser's page"):
                await slot.read(f"http://127.0.0.1:{port}{path}")

    with Server(answer) as server:
        anyio.run(main, server.port)
    assert _ours() == []


@pytest.mark.parametrize(("pages", "fault", "words"), [(1, PageCrash, "crashes"), (2, Outage, "memory ran out")])
def test_where_memory_ran_out_only_a_page_that_was_alone_is_to_blame(
    pages: int,
    fault: type[TaskError],
    words: str,
    chromium: Chromium,
    settings: Callable[..., Settings],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    vmstat = tmp_path / "vmstat"
    vmstat.write_text("oom_kill 4\n")
    monkeypatch.setattr(pool_module, "HERE", HostResources(tmp_path, tmp_path))
    asked: list[Request] = []
    got: list[TaskError] = []

    def answer(request: Request) -> Answer:
        asked.append(request)
        return _answer(request)

    async def kill() -> None:
        while len(asked) < pages:
            await anyio.sleep(0.05)
        vmstat.write_text("oom_kill 5\n")
        for child in psutil.Process().children(recursive=True):
            with suppress(psutil.Error):
                if "--type=renderer" in child.cmdline():
                    child.kill()

    async def main(port: int) -> None:
        async with BrowserPool.open(settings(), chromium) as pool, anyio.create_task_group() as tg:

            async def one(number: int) -> None:
                async with pool.slot() as slot:
                    with pytest.raises(TaskError) as caught:
                        await slot.read(f"http://127.0.0.1:{port}/hang?{number}")
                    got.append(caught.value)

            for number in range(pages):
                tg.start_soon(one, number)
            tg.start_soon(kill)

    with Server(answer) as server:
        anyio.run(main, server.port)
    assert isinstance(got[0], fault)
    assert words in got[0].sentence


def test_a_browser_goes_before_jpt_where_memory_runs_out(
    chromium: Chromium, settings: Callable[..., Settings], server: Server
) -> None:
    async def main() -> set[int]:
        async with BrowserPool.open(settings(), chromium) as pool, pool.slot() as slot:
            await slot.read(f"http://127.0.0.1:{server.port}/static")
            points = set()
            for child in psutil.Process().children(recursive=True):
                with suppress(psutil.Error, OSError):
                    points.add(int(Path(f"/proc/{child.pid}/oom_score_adj").read_text()))
            return points

    if not Path("/proc/self/oom_score_adj").exists():
        pytest.skip("Linux alone has points for that")
    assert min(anyio.run(main)) >= int(Path("/proc/self/oom_score_adj").read_text()) + 100


def test_cancelling_at_any_instant_leaks_no_context_and_no_slot(
    chromium: Chromium, settings: Callable[..., Settings], server: Server
) -> None:
    async def main() -> None:
        async with BrowserPool.open(settings(max_pages=3), chromium) as pool:

            async def one() -> None:
                async with pool.slot() as slot:
                    await slot.read(f"http://127.0.0.1:{server.port}/static")

            for instant in range(12):
                async with anyio.create_task_group() as tg:
                    for _ in range(4):
                        tg.start_soon(one)
                    await anyio.sleep(instant * 0.03)
                    tg.cancel_scope.cancel()
                assert pool.contexts == 0
            async with pool.slot(), pool.slot(), pool.slot() as last:
                await last.read(f"http://127.0.0.1:{server.port}/static")

    anyio.run(main)


def test_no_process_and_no_folder_is_left(
    chromium: Chromium,
    settings: Callable[..., Settings],
    server: Server,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))

    async def main() -> None:
        async with BrowserPool.open(settings(), chromium) as pool, pool.slot() as slot:
            await slot.read(f"http://127.0.0.1:{server.port}/static")
            assert list(work_folder(tmp_path).iterdir())

    anyio.run(main)

    assert list(tmp_path.iterdir()) == []
    assert _ours() == []


def test_a_dead_runs_folder_is_swept_and_a_living_ones_stays(
    chromium: Chromium, settings: Callable[..., Settings], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    dead = work_folder(tmp_path) / "run-dead"
    (dead / "profile").mkdir(parents=True)

    async def main() -> int:
        async with BrowserPool.open(settings(), chromium), BrowserPool.open(settings(), chromium):
            return len(list(work_folder(tmp_path).iterdir()))

    assert anyio.run(main) == 2
    assert not dead.exists()


def test_a_program_that_is_no_browser_is_named(
    chromium: Chromium, settings: Callable[..., Settings], tmp_path: Path
) -> None:
    fake = tmp_path / "not-chromium"
    fake.write_text("#!/bin/sh\necho garbage >&2\nexit 1\n")
    fake.chmod(0o755)

    async def main() -> None:
        async with BrowserPool.open(settings(), Chromium(fake, "0", True, "test")) as pool, pool.slot() as slot:
            await slot.read("http://127.0.0.1:9/", body=b"<p>Hello</p>")

    with pytest.raises(BrowserUnusable, match="not-chromium"):
        anyio.run(main)


def _ours() -> list[str]:
    names = []
    for child in psutil.Process().children(recursive=True):
        try:
            if child.status() != psutil.STATUS_ZOMBIE:
                names.append(child.name())
        except psutil.NoSuchProcess:
            continue
    return names


def _kill(victim: str) -> None:
    for child in psutil.Process().children(recursive=True):
        with suppress(psutil.NoSuchProcess):
            words = " ".join(child.cmdline()) if child.status() != psutil.STATUS_ZOMBIE else ""
            is_driver = "run-driver" in words
            is_browser = "--headless" in words and "--type=" not in words
            if is_driver if victim == "driver" else is_browser:
                child.kill()


def test_a_browser_that_is_gone_before_the_page_goes_anywhere_is_lost(
    chromium: Chromium, settings: Callable[..., Settings]
) -> None:
    async def main() -> None:
        async with async_playwright() as playwright:
            browser = await playwright.chromium.launch(executable_path=chromium.path)
            opened = await Opened.of(await browser.new_context())
            await browser.close()
            await visit(opened, "http://127.0.0.1:9/", lambda url: None, Seek.of(settings(), glance))

    with pytest.raises(BrowserLost):
        anyio.run(main)
