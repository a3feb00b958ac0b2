"""A saved page is read as it was saved, and reaches nothing."""

from __future__ import annotations

import socket
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from threading import Thread

import anyio
import pytest

from jpt.browser.chromium.find import Chromium
from jpt.browser.pool.pool import BrowserPool
from jpt.models.pages import PageRead
from jpt.settings import Settings, load

pytestmark = pytest.mark.xdist_group("saved")
"""One worker for all of it: what they share takes seconds to make."""

Make = Callable[..., Settings]
WORDS = "<p>" + "A few words about the company that posts jobs here. " * 8 + "</p>"
ENGINEER = f'<a href="https://acme.example/jobs/7">Engineer</a>{WORDS}'


@contextmanager
def listening() -> Iterator[tuple[int, list[str]]]:
    """A port where every connection and every datagram is noted."""
    heard: list[str] = []

    def accept() -> None:
        try:
            while True:
                client, _ = tcp.accept()
                client.settimeout(1)
                heard.append(f"tcp {client.recv(200)!r}")
                client.close()
        except OSError:
            return

    def receive() -> None:
        try:
            while (datagram := udp.recv(2_000)) != b"end":
                heard.append(f"udp {datagram!r}")
        except OSError:
            return

    with socket.create_server(("127.0.0.1", 0)) as tcp, socket.socket(type=socket.SOCK_DGRAM) as udp:
        port = tcp.getsockname()[1]
        udp.bind(("127.0.0.1", port))
        threads = [Thread(target=accept, daemon=True), Thread(target=receive, daemon=True)]
        for each in threads:
            each.start()
        yield port, heard
        with socket.socket(type=socket.SOCK_DGRAM) as last:
            last.sendto(b"end", ("127.0.0.1", port))
        tcp.shutdown(socket.SHUT_RDWR)


CHANNELS = {
    "shared worker": """new SharedWorker(URL.createObjectURL(new Blob(
        ['fetch("http://H/w"); new WebSocket("ws://H/w"); importScripts("http://H/s")'])))""",
    "worker": """new Worker(URL.createObjectURL(new Blob(
        ['fetch("http://H/w"); new WebSocket("ws://H/w"); new EventSource("http://H/e")'])))""",
    "sockets": """new WebSocket("ws://H/a"); new WebSocket("wss://H/b"); new EventSource("http://H/e");
        try { new WebTransport("https://H/t") } catch {}""",
    "later": """try { fetchLater("https://H/l", {activateAfter: 0}) } catch {} navigator.sendBeacon("http://H/b");
        fetch("http://H/k", {keepalive: true, mode: "no-cors"})""",
    "credentials": """navigator.credentials.get({identity: {providers: [{configURL: "https://H/fedcm.json",
        clientId: "1"}]}, mediation: "required"}).catch(() => 0)""",
    "webrtc": """const c = new RTCPeerConnection({iceServers: [{urls: ["stun:H", "turn:H?transport=tcp",
        "turn:H?transport=udp", "turns:H?transport=tcp"], username: "u", credential: "p"}]});
        c.createDataChannel("d"); c.createOffer().then(o => c.setLocalDescription(o))""",
    "windows": """window.open("http://H/o"); const f = document.createElement("form"); f.action = "http://H/f";
        f.target = "_blank"; document.body.append(f); f.submit()""",
    "speculation": """const s = document.createElement("script"); s.type = "speculationrules"; s.textContent =
        '{"prefetch": [{"urls": ["https://H/p"], "eagerness": "immediate"}],' +
        '"prerender": [{"urls": ["https://acme.example/next"], "eagerness": "immediate"}]}'; document.head.append(s)""",
    "hints": """for (const rel of ["prefetch", "preconnect", "dns-prefetch", "preload", "modulepreload", "icon", "manifest",
        "stylesheet", "prerender"]) { const l = document.createElement("link"); l.rel = rel; l.as = "fetch";
        l.href = "http://H/" + rel; document.head.append(l) }""",
    "frames": """for (const src of ["http://H/i", "data:text/html,<script>fetch('http://H/d')</" + "script>"]) {
        const i = document.createElement("iframe"); i.src = src; document.body.append(i) }""",
}


def test_a_saved_page_reaches_nothing_by_any_channel(chromium: Chromium, settings: Make) -> None:
    groups = (
        ["shared worker", "worker", "later"],
        ["sockets", "credentials", "webrtc"],
        ["windows", "speculation", "hints", "frames"],
    )
    late = (
        '<div class="loading">Loading</div>'
        '<script>setTimeout(() => document.querySelector(".loading").remove(), 2500)</script>'
    )
    got: list[PageRead] = []

    async def main() -> None:
        async with (
            BrowserPool.open(settings(allow_private=True, max_pages=6), chromium) as pool,
            anyio.create_task_group() as tg,
        ):

            async def one(url: str, channels: list[str]) -> None:
                script = "\n".join(f"try {{ {CHANNELS[each]} }} catch {{}}" for each in channels)
                script = script.replace("H/", f"127.0.0.1:{port}/").replace(":H", f":127.0.0.1:{port}")
                body = f"<title>Jobs</title>{ENGINEER}{late}<script>{script}</script>"
                async with pool.slot() as slot:
                    got.append(await slot.read(url, body=body.encode()))

            for scheme in ("http", "https"):
                for channels in groups:
                    tg.start_soon(one, f"{scheme}://acme.example/careers", channels)

    with listening() as (port, heard):
        anyio.run(main)

    assert [[anchor.url for anchor in page.anchors] for page in got] == [["https://acme.example/jobs/7"]] * 6
    assert heard == []


LEAVES = {
    "another place": 'location = "https://other.example/"',
    "another place, at once": 'top.location.replace("https://other.example/" + Math.random())',
    "an empty page": 'location = "about:blank"',
    "a page of data": 'location = "data:text/html,gone"',
    "a page of its own making": 'location = URL.createObjectURL(new Blob(["gone"], {type: "text/html"}))',
    "itself, for ever": "location.reload()",
    "the same place with a mark": 'if (!/in_iframe/.test(location.search)) location.search = "?in_iframe=1"',
    "back": "history.back()",
    "a form": 'const f = document.createElement("form"); f.action = "/in"; document.documentElement.append(f); f.submit()',
}


@pytest.fixture(scope="module")
def left(chromium: Chromium, tmp_path_factory: pytest.TempPathFactory) -> dict[tuple[str, str], PageRead]:
    """What was read of saved pages that send themselves elsewhere, by the way in which and when they do."""
    settings = load(db=tmp_path_factory.mktemp("saved") / "jpt.sqlite3")[0]
    found: dict[tuple[str, str], PageRead] = {}

    async def main() -> None:
        async with BrowserPool.open(settings, chromium) as pool, anyio.create_task_group() as tg:

            async def one(way: str, when: str) -> None:
                act = LEAVES[way] if when == "now" else f"setTimeout(() => {{ {LEAVES[way]} }}, 30)"
                body = f"<title>Jobs</title><script>{act}</script>{ENGINEER}"
                async with pool.slot() as slot:
                    found[way, when] = await slot.read("https://acme.example/careers", body=body.encode())

            for way in LEAVES:
                for when in ("now", "soon"):
                    tg.start_soon(one, way, when)

    anyio.run(main)
    return found


@pytest.mark.parametrize("when", ["now", "soon"])
@pytest.mark.parametrize("way", LEAVES)
def test_a_saved_page_that_sends_itself_elsewhere_is_read_as_it_was_saved(
    way: str, when: str, left: dict[tuple[str, str], PageRead]
) -> None:
    page = left[way, when]

    assert page.final_url.split("?")[0] == "https://acme.example/careers"
    assert [anchor.url for anchor in page.anchors] == ["https://acme.example/jobs/7"]


def test_shadow_trees_that_the_markup_of_a_saved_page_closes_are_read(chromium: Chromium, settings: Make) -> None:
    tree = """<div class=host><template {mode}><h2>Open jobs</h2><ul>{rows}</ul></template></div>"""
    rows = "".join(f'<li><a href="/jobs/{n}-baker-{n}">Baker {n}</a></li>' for n in range(3))
    modes = (
        "shadowrootmode=closed",
        'shadowrootmode="closed"',
        "SHADOWROOTMODE = 'Closed' shadowrootdelegatesfocus",
    )

    async def main() -> list[PageRead]:
        async with BrowserPool.open(settings(), chromium) as pool, pool.slot() as slot:
            bodies = [f"<title>Jobs</title>{tree.format(mode=mode, rows=rows)}" for mode in modes]
            return [await slot.read("https://acme.example/careers", body=body.encode()) for body in bodies]

    for page in anyio.run(main):
        assert [anchor.text for anchor in page.anchors] == ["Baker 0", "Baker 1", "Baker 2"]
        assert "Open jobs" in page.text
