"""Pages and places that misbehave: each ends in time, is named, and disturbs no other."""

from __future__ import annotations

import gzip
import os
import random
import resource
import signal
import ssl
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import anyio
import playwright
import psutil
import pytest

from jpt.browser.chromium.find import Chromium
from jpt.browser.pool.pool import BrowserPool
from jpt.errors import NotAPage, Outage, PageFault, TaskError
from jpt.extract.health import health
from jpt.models.pages import Cut, PageRead
from jpt.settings import Settings
from tests.career_sites import CareerSites, Site, adverts
from tests.career_sites.server import Answer, Drip, Hangup, Reply, Request, Server
from tests.conftest import Jpt

pytestmark = pytest.mark.slow

Make = Callable[..., Settings]
Outcome = PageRead | TaskError
WORDS = "<p>" + "A few words about the company that posts jobs here. " * 8 + "</p>"
JOBS = "".join(f'<p><a href="/job/{number}">Engineer {number}</a></p>' for number in range(4))
GOOD = f"<h1>Jobs</h1>{WORDS}{JOBS}"


def many(number: int) -> bytes:
    return (GOOD + "".join(f'<a href="/l/{n}">{n}</a> ' for n in range(number))).encode()


REPLIES: dict[str, Answer] = {
    "/": Reply(GOOD.encode()),
    # scripts that ask, print, open and want things
    "/asks": Reply(f"""{GOOD}<script>addEventListener("beforeunload", e => e.preventDefault()); print();
        Notification.requestPermission(); navigator.geolocation.getCurrentPosition(() => 0);
        for (let n = 0; n < 8; n++) open("/"); document.documentElement.requestFullscreen();
        confirm("sure?"); prompt("name?")</script>""".encode()),
    "/alerts": Reply(f"{GOOD}<script>while (true) alert(1)</script>".encode()),
    "/worker": Reply(f"""{GOOD}<script>navigator.serviceWorker.register("/sw.js")</script>""".encode()),
    "/sw.js": Reply(b"self.onfetch = event => event.respondWith(new Response('taken over'))", kind="text/javascript"),
    # much of everything
    "/10k": Reply(many(10_000)),
    "/title": Reply(f"<title>{'x' * 1_000_000}</title>{GOOD}".encode()),
    "/deep": Reply((GOOD + "<div>" * 30_000).encode()),
    "/long-word": Reply(f"{GOOD}<p>{'y' * 3_000_000}</p>".encode()),
    "/growing": Reply(f"""{GOOD}<script>setInterval(() => {{ for (let n = 0; n < 50; n++) {{ const a =
        document.createElement("a"); a.href = "/g/" + Math.random(); a.textContent = "more"; document.body.append(a) }} }}, 10)
        </script>""".encode()),
    "/bomb": Reply(gzip.compress(b"<p>0123456789</p>" * 3_000_000), headers=(("Content-Encoding", "gzip"),)),
    # circles
    "/circle": Reply(status=302, headers=(("Location", "/circle"),)),
    "/script-circle": Reply(b"<script>location.href = '/script-circle?' + Math.random()</script>"),
    "/meta-circle": Reply(b'<meta http-equiv="refresh" content="0;url=/meta-circle">'),
    # broken answers
    "/hangup": Hangup(),
    "/drip": Drip(b"<h1>Jobs</h1>", b"<p>more</p>"),
    "/nothing": Reply(b"", status=204),
    "/empty": Reply(b""),
    "/rootless": Reply(b"<script>document.documentElement.remove()</script>"),
    "/binary": Reply(bytes(range(256)) * 50, kind="text/html"),
    # what is no page
    "/pdf": Reply(b"%PDF-1.7", kind="application/pdf"),
    "/zip": Reply(b"PK", kind="application/zip", headers=(("Content-Disposition", "attachment; filename=a.zip"),)),
    "/word": Reply(b"x", kind="application/vnd.openxmlformats-officedocument.wordprocessingml.document"),
}  # fmt: skip


@pytest.fixture(scope="module")
def server() -> Iterator[Server]:
    def answer(request: Request) -> Answer:
        if request.path.startswith("/status/"):
            return Reply(GOOD.encode(), status=int(request.path[8:]))
        return REPLIES.get(request.path, Reply(b"<h1>Not found</h1>", status=404))

    with Server(answer) as running:
        yield running


@pytest.fixture
def read(server: Server, chromium: Chromium, settings: Make) -> Callable[..., dict[str, Outcome]]:
    """Read some paths at once, and a good page afterwards, in one pool."""

    def read_all(*paths: str, watchdog_ms: int = 12_000, base: str | None = None) -> dict[str, Outcome]:
        got: dict[str, Outcome] = {}
        root = base or f"http://127.0.0.1:{server.port}"

        async def one(pool: BrowserPool, path: str) -> None:
            try:
                async with pool.slot() as slot:
                    got[path] = await slot.read(root + path)
            except TaskError as exc:
                got[path] = exc

        async def main() -> None:
            async with BrowserPool.open(settings(scrape_watchdog_ms=watchdog_ms), chromium) as pool:
                async with anyio.create_task_group() as tg:
                    for path in paths:
                        tg.start_soon(one, pool, path)
                assert pool.contexts == 0
                if base is None:
                    await one(pool, "/")

        begun = time.monotonic()
        anyio.run(main)
        assert time.monotonic() - begun < 60
        if base is None:
            assert isinstance(got["/"], PageRead)
        return got

    return read_all


def state_of(outcome: Outcome, jobs: int) -> str:
    assert isinstance(outcome, PageRead), outcome
    return health(outcome, jobs)[0]


def links(outcome: Outcome) -> int:
    assert isinstance(outcome, PageRead), outcome
    return len(outcome.anchors)


def test_what_scripts_ask_for_holds_nothing_up(read: Callable[..., dict[str, Outcome]]) -> None:
    got = read("/asks", "/worker")

    assert [links(got[path]) for path in ("/asks", "/worker")] == [4, 4]


def test_endless_alerts_end_with_the_page_named(read: Callable[..., dict[str, Outcome]]) -> None:
    got = read("/alerts", watchdog_ms=5_000)["/alerts"]

    assert isinstance(got, PageRead) or "/alerts" in got.sentence


def test_caps_are_applied_and_reported(read: Callable[..., dict[str, Outcome]]) -> None:
    got = read("/10k", "/title", "/deep", "/long-word", "/growing", watchdog_ms=40_000)

    assert links(got["/10k"]) == 5_000
    assert isinstance(got["/10k"], PageRead)
    assert got["/10k"].cuts == (Cut("links", limit=5_000),)
    assert isinstance(got["/title"], PageRead)
    assert len(got["/title"].title) <= 1_000
    assert links(got["/deep"]) == 4
    assert isinstance(got["/long-word"], PageRead)
    assert got["/long-word"].truncated == ("text after 2000000",)
    assert links(got["/growing"]) >= 4


def test_a_gzip_bomb_harms_no_other_page(read: Callable[..., dict[str, Outcome]]) -> None:
    got = read("/bomb", watchdog_ms=30_000)["/bomb"]

    assert isinstance(got, PageFault) or (isinstance(got, PageRead) and got.truncated)


def test_circles_are_told(read: Callable[..., dict[str, Outcome]]) -> None:
    got = read("/circle", "/script-circle", "/meta-circle")

    assert isinstance(got["/circle"], PageFault)
    assert "circle" in got["/circle"].sentence
    for path in ("/script-circle", "/meta-circle"):
        outcome = got[path]
        assert isinstance(outcome, PageFault) or state_of(outcome, 0) == "empty"


def test_broken_answers_are_the_pages_fault_and_never_a_good_read(read: Callable[..., dict[str, Outcome]]) -> None:
    got = read("/hangup", "/drip", "/nothing", "/empty", "/rootless", "/binary", watchdog_ms=6_000)

    for path in ("/hangup", "/drip", "/nothing"):
        assert isinstance(got[path], PageFault), path
    for path in ("/empty", "/binary"):
        outcome = got[path]
        assert isinstance(outcome, PageFault) or state_of(outcome, 0) in {"empty", "error"}
    # A document without a root is as empty as any: what breaks off after its head leaves one, too.
    assert state_of(got["/rootless"], 0) in {"empty", "error"}


def test_documents_and_downloads_are_told_from_pages(read: Callable[..., dict[str, Outcome]]) -> None:
    got = read("/pdf", "/zip", "/word")

    assert all(isinstance(got[path], NotAPage) for path in ("/pdf", "/zip", "/word"))


def test_no_error_status_is_a_good_read_though_links_come_with_it(read: Callable[..., dict[str, Outcome]]) -> None:
    codes = (401, 403, 404, 410, 429, 451, 500, 503, 520)
    got = read(*(f"/status/{code}" for code in codes))

    for code in codes:
        page = got[f"/status/{code}"]
        assert isinstance(page, (PageFault, PageRead))
        # 401 without a realm shows its body; with one, Chromium itself refuses.
        assert isinstance(page, PageFault) or page.http_status == code
        assert isinstance(page, PageFault) or state_of(page, 4) in {"blocked", "error"}


@pytest.fixture(scope="module")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("tls")
    subprocess.run(
        ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "1", "-subj", "/CN=localhost",
         "-keyout", folder / "key.pem", "-out", folder / "cert.pem"],
        check=True, capture_output=True,
    )  # fmt: skip
    return folder


def test_a_certificate_that_nobody_vouches_for_is_never_accepted(
    certificate: Path, chromium: Chromium, settings: Make
) -> None:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate / "cert.pem", certificate / "key.pem")

    async def main() -> Outcome:
        async def serve(reader: object, writer: object) -> None: ...

        import asyncio

        server = await asyncio.start_server(serve, "127.0.0.1", 0, ssl=context)
        port = server.sockets[0].getsockname()[1]
        async with server, BrowserPool.open(settings(), chromium) as pool:
            try:
                async with pool.slot() as slot:
                    return await slot.read(f"https://127.0.0.1:{port}/")
            except TaskError as exc:
                return exc

    got = anyio.run(main)

    assert isinstance(got, PageFault)
    assert "certificate" in got.sentence


# The place where it runs


def companies(jpt: Jpt, career_sites: CareerSites) -> None:
    (jpt.folder / "inputs").mkdir(exist_ok=True)
    career_sites.companies_csv(jpt.folder / "inputs/companies.csv")


@pytest.mark.parametrize(
    "environment",
    [
        {"HOME": ""},
        {"LANG": "C", "LC_ALL": "C"},
        {"TERM": "dumb"},
        {"NO_COLOR": "1", "FORCE_COLOR": "1"},
        {"PATH": "/usr/bin:/bin"},
    ],
)
def test_it_runs_in_odd_places(jpt: Jpt, environment: dict[str, str]) -> None:
    with CareerSites([Site("Café Überall", "static", adverts(2))]) as career_sites:
        companies(jpt, career_sites)
        ended = Jpt(jpt.folder, {**jpt.env, **environment})("run")

    assert ended.code == 0
    assert "Traceback" not in ended.err
    assert "Überall" in ended.out


def _very_few_files() -> None:
    resource.setrlimit(resource.RLIMIT_NOFILE, (20, 20))


def _few_files() -> None:
    resource.setrlimit(resource.RLIMIT_NOFILE, (40, 40))


def _few_processes() -> None:
    # Root is not held by this limit: then it changes nothing.
    resource.setrlimit(resource.RLIMIT_NPROC, (30, 30))


def _little_memory() -> None:
    resource.setrlimit(resource.RLIMIT_AS, (600_000_000, 600_000_000))


@pytest.mark.parametrize("limit", [_very_few_files, _few_files, _few_processes, _little_memory])
def test_too_small_a_place_is_a_clear_end_and_never_a_crash_loop(jpt: Jpt, limit: Callable[[], None]) -> None:
    with CareerSites([Site("Tern", "static", adverts(2))]) as career_sites:
        companies(jpt, career_sites)
        done = subprocess.run(
            [sys.executable, "-m", "jpt", "run"], cwd=jpt.folder, env=jpt.env, capture_output=True, text=True,
            timeout=120, check=False, preexec_fn=limit,
        )  # fmt: skip

    assert done.returncode in {0, 3, 69, 73, 74}, done.stderr
    assert "Traceback" not in done.stderr
    assert psutil_leftovers(jpt.folder) == []


@pytest.mark.parametrize("deaths", [1, 99])
def test_a_driver_that_is_killed_as_it_starts_is_an_outage(deaths: int, jpt: Jpt, tmp_path: Path) -> None:
    node = tmp_path / "node"
    real = Path(playwright.__file__).parent / "driver/node"
    node.write_text(
        f"#!/bin/sh\necho started >> {tmp_path}/starts\n"
        f'[ "$(wc -l < {tmp_path}/starts)" -gt {deaths} ] || kill -KILL $$\nexec {real} "$@"\n'
    )
    node.chmod(0o755)
    with CareerSites([Site("Tern", "static", adverts(2))]) as career_sites:
        companies(jpt, career_sites)
        ended = Jpt(jpt.folder, {**jpt.env, "PLAYWRIGHT_NODEJS_PATH": str(node)})("run", "--json")

    assert ended.code == (0 if deaths == 1 else 3)
    assert "Traceback" not in ended.err
    assert "bug" not in ended.err
    if deaths > 1:
        assert "Playwright's driver does not start" in ended.err + ended.out


def test_a_driver_that_is_killed_while_it_starts_a_browser_is_an_outage(jpt: Jpt, tmp_path: Path) -> None:
    node = tmp_path / "node"
    real = Path(playwright.__file__).parent / "driver/node"
    node.write_text(
        f"#!/bin/sh\necho started >> {tmp_path}/starts\nnumber=$(wc -l < {tmp_path}/starts)\n"
        f'[ "$number" -gt 4 ] || ( sleep 0.$((number * 2)); kill -KILL $$ ) &\nexec {real} "$@"\n'
    )
    node.chmod(0o755)
    with CareerSites([Site("Tern", "static", adverts(2))]) as career_sites:
        companies(jpt, career_sites)
        ended = Jpt(jpt.folder, {**jpt.env, "PLAYWRIGHT_NODEJS_PATH": str(node)})("run", "--json")

    assert ended.code in {0, 3}
    assert "Traceback" not in ended.err
    assert "bug" not in ended.err


@pytest.mark.skipif(os.name != "posix", reason="the signal is one of POSIX")
def test_it_runs_where_the_ends_of_children_are_ignored(jpt: Jpt) -> None:
    with CareerSites([Site("Tern", "static", adverts(1))]) as career_sites:
        companies(jpt, career_sites)
        done = subprocess.run(
            [sys.executable, "-m", "jpt", "run"], cwd=jpt.folder, env=jpt.env, capture_output=True, text=True,
            timeout=120, check=False, preexec_fn=lambda: signal.signal(signal.SIGCHLD, signal.SIG_IGN),
        )  # fmt: skip

    assert done.returncode == 0, done.stderr
    assert "downloading" not in done.stderr


def test_a_temporary_folder_that_cannot_be_written_is_named(jpt: Jpt) -> None:
    with CareerSites([Site("Tern", "static", adverts(1))]) as career_sites:
        companies(jpt, career_sites)
        ended = jpt("run", TMPDIR="/proc/self")

    assert ended.code in {0, 73}
    assert "Traceback" not in ended.err


def psutil_leftovers(folder: Path) -> list[str]:
    found = []
    for process in psutil.process_iter():
        try:
            if process.cwd().startswith(str(folder)) or any(str(folder) in word for word in process.cmdline()):
                found.append(process.name())
        except psutil.Error:
            continue
    return found


@pytest.mark.parametrize(
    ("blows", "expected"),
    [
        ([signal.SIGINT, signal.SIGINT, signal.SIGINT], {130}),
        ([signal.SIGHUP], {129}),
        ([signal.SIGKILL], {-9}),
        pytest.param([signal.SIGTERM, signal.SIGINT], {143, 130}, marks=pytest.mark.slow),
    ],
)
@pytest.mark.parametrize("whole_group", [False, pytest.param(True, marks=pytest.mark.slow)])
def test_after_any_end_no_process_is_left_and_the_next_run_sweeps_up(
    jpt: Jpt, blows: list[signal.Signals], expected: set[int], whole_group: bool
) -> None:
    scratch = jpt.folder / "tmp"
    scratch.mkdir()
    here = Jpt(jpt.folder, {**jpt.env, "TMPDIR": str(scratch)})
    with CareerSites([Site("Tern", "slow", adverts(6), seconds=1.0)]) as career_sites:
        companies(here, career_sites)
        process = here.start("run")
        end = time.monotonic() + 20
        while len(career_sites.hits) < 2 and time.monotonic() < end:
            time.sleep(0.05)
        for blow in blows:
            (os.killpg if whole_group else os.kill)(process.pid, blow)
            time.sleep(0.15)
        process.communicate(timeout=20)
        end = time.monotonic() + 10  # 2 s where nothing else runs
        while (left := psutil_leftovers(scratch)) and time.monotonic() < end:
            time.sleep(0.1)
        career_sites.set_mode("Tern", "ok")
        again = here("run", "--limit", "1", "--json")

    assert process.returncode in expected
    assert left == []
    assert again.code == 0
    assert list(scratch.glob("jpt-*")) == []


# Long and many


def test_two_hundred_random_cancellations_leak_nothing(chromium: Chromium, settings: Make, server: Server) -> None:
    dice = random.Random(7)

    async def main() -> None:
        async with BrowserPool.open(settings(max_pages=4), chromium) as pool:

            async def one(path: str) -> None:
                try:
                    async with pool.slot() as slot:
                        await slot.read(f"http://127.0.0.1:{server.port}{path}")
                except TaskError:
                    pass

            for _ in range(200):
                async with anyio.create_task_group() as tg:
                    for path in dice.choices(["/", "/drip", "/hangup", "/pdf", "/script-circle"], k=3):
                        tg.start_soon(one, path)
                    await anyio.sleep(dice.random() * 0.7)
                    tg.cancel_scope.cancel()
                assert pool.contexts == 0
            for _ in range(4):
                async with pool.slot() as slot:
                    assert isinstance(await slot.read(f"http://127.0.0.1:{server.port}/"), PageRead)

    anyio.run(main)


def test_three_hundred_pages_keep_memory_and_processes_where_they_were(
    chromium: Chromium, settings: Make, server: Server
) -> None:
    sizes: list[tuple[int, int]] = []

    def size() -> tuple[int, int]:
        children = psutil.Process().children(recursive=True)
        return len(children), sum(one.memory_info().rss for one in children if one.is_running())

    async def main() -> None:
        async with BrowserPool.open(settings(recycle_pages=80), chromium) as pool:

            async def some(pages: int) -> None:
                for _ in range(pages):
                    async with pool.slot() as slot:
                        await slot.read(f"http://127.0.0.1:{server.port}/")

            for _ in range(5):
                async with anyio.create_task_group() as tg:
                    for _ in range(4):
                        tg.start_soon(some, 15)
                await anyio.sleep(3)
                sizes.append(size())
                assert pool.contexts == 0

    anyio.run(main)

    assert sizes[-1][0] <= sizes[0][0] + 2
    assert sizes[-1][1] <= sizes[0][1] * 1.25


def test_a_page_that_eats_memory_harms_no_other(chromium: Chromium, settings: Make) -> None:
    greedy = b"<h1>x</h1><script>const all = []; while (true) all.push(new Array(1e6).fill(all.length))</script>"

    with Server(lambda request: Reply(greedy if request.path == "/greedy" else GOOD.encode())) as server:

        async def main() -> tuple[Outcome, list[Outcome]]:
            others: list[Outcome] = []
            async with BrowserPool.open(settings(scrape_watchdog_ms=60_000), chromium) as pool:

                async def one() -> None:
                    async with pool.slot() as slot:
                        others.append(await slot.read(f"http://127.0.0.1:{server.port}/"))

                async with anyio.create_task_group() as tg:
                    for _ in range(3):
                        tg.start_soon(one)
                    try:
                        async with pool.slot() as slot:
                            greedy_one: Outcome = await slot.read(f"http://127.0.0.1:{server.port}/greedy")
                    except TaskError as exc:
                        greedy_one = exc
            return greedy_one, others

        got, others = anyio.run(main)

    assert isinstance(got, (PageFault, Outage))
    assert [type(one) for one in others] == [PageRead] * 3


@pytest.mark.slow
def test_a_frame_that_must_not_be_reached_is_named_with_what_to_set(chromium: Chromium, settings: Make) -> None:
    with (
        Server(lambda _: Reply(GOOD.encode())) as inner,
        Server(lambda _: Reply(f"<iframe src='http://127.0.0.1:{inner.port}/'></iframe>".encode())) as outer,
    ):

        async def main() -> PageRead:
            url = f"http://127.0.0.1:{outer.port}/"
            async with (
                BrowserPool.open(settings(allow_private=False), chromium, named=[url]) as pool,
                pool.slot() as slot,
            ):
                return await slot.read(url)

        page = anyio.run(main)

    (said,) = page.truncated
    assert f"frame http://127.0.0.1:{inner.port}" in said
    assert "JPT_ALLOW_PRIVATE=1" in said


@pytest.mark.parametrize(
    "away",
    [
        '<script>location.href = "http://10.77.0.1/jobs"</script>',
        '<meta http-equiv="refresh" content="0;url=http://10.77.0.1/jobs">',
        '<form method="post" action="http://10.77.0.1/jobs"></form><script>document.forms[0].submit()</script>',
    ],
)
def test_a_page_that_sends_itself_to_a_private_address_says_so(
    away: str, chromium: Chromium, settings: Make
) -> None:
    with Server(lambda _: Reply(f"<h1>Jobs</h1>{away}".encode())) as outer:

        async def main() -> PageRead:
            url = f"http://127.0.0.1:{outer.port}/"
            loaded = settings(allow_private=False)
            async with BrowserPool.open(loaded, chromium, named=[url]) as pool, pool.slot() as slot:
                return await slot.read(url)

        with pytest.raises(TaskError) as got:
            anyio.run(main)

    assert "private address" in got.value.sentence
