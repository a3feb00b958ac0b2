"""What a failed read showed: a stranger's page that must do nothing here."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import urlencode

import anyio
from playwright.sync_api import sync_playwright

from jpt.browser.chromium.find import Chromium
from jpt.models.pages import Company, Link, ListRead, PageCapture, PageRead
from jpt.settings import Settings
from jpt.store import Store
from jpt.store.run_lock import hold
from jpt.watch.request_poller import RequestPoller
from jpt.watch.schedule import Schedule
from jpt.web.screens.failed import harmless
from tests.catalogue.stock import Post, stock
from tests.table import each_row
from tests.web.conftest import Pages, served

EVIL = "http://evil.example"
ATTACK = f"""<!doctype html><html><head><base href="{EVIL}/"><meta http-equiv="refresh" content="0;url={EVIL}/meta">
<link rel="stylesheet" href="{EVIL}/css"><style>@import url({EVIL}/import); body {{ background: url({EVIL}/bg) }}</style>
<script>fetch("{EVIL}/script"); top.location = "{EVIL}/top"</script></head>
<body onload="fetch('{EVIL}/onload')"><h1>Please prove that you are human</h1><img src="{EVIL}/img" onerror="alert(1)">
<iframe src="{EVIL}/frame"></iframe><svg><image href="{EVIL}/svg"/><a href="{EVIL}/a"><text>x</text></a></svg>
<form action="{EVIL}/form"><button id="b" autofocus>Go</button></form><a id="l" href="{EVIL}/link" ping="{EVIL}/ping">on</a>
<object data="{EVIL}/object"></object><video src="{EVIL}/video" autoplay></video></body></html>"""
PAGE = "https://acme.example/jobs"
QUERY = urlencode({"site": "Acme", "url": PAGE})


def kept(db: Path, html: str = ATTACK) -> None:
    with Store.open(db) as store:
        store.sites.fail(Company("Acme", PAGE), "blocked", "HTTP 403: the site asks for a captcha")
        store.failed_pages.keep(Company("Acme", PAGE), "blocked", "HTTP 403", PageCapture(html, JPEG))


JPEG = bytes.fromhex(
    "ffd8ffe000104a46494600010100000100010000ffdb004300ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff"
    "ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffc0000b080001000101011100ffc40014000100"
    "00000000000000000000000000000003ffc40014100100000000000000000000000000000000ffda0008010100003f0037ff00ffd9"
)


@contextmanager
def evil() -> Iterator[tuple[str, list[str]]]:
    """A server that must not be asked: its address, and what it was asked."""
    asked: list[str] = []

    class Asked(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            asked.append(self.path)
            self.send_error(404)

        def log_message(self, *_: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Asked)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}", asked
    server.shutdown()
    thread.join(30)
    server.server_close()


def test_a_failed_pages_html_runs_loads_and_leads_nowhere(chromium: Chromium, pages: Pages) -> None:
    with evil() as (address, asked), sync_playwright() as playwright:
        attack = ATTACK.replace(EVIL, address)
        kept(pages.folder / "jpt.sqlite3", attack)
        browser = playwright.chromium.launch(executable_path=str(chromium.path), args=["--no-sandbox"])
        bare = browser.new_page()
        bare.set_content(attack.replace("<meta", "<x"), wait_until="domcontentloaded")
        bare.close()
        unguarded = list(asked)
        asked.clear()

        page = browser.new_context().new_page()
        page.goto(pages.address)
        page.goto(f"{pages.base}/sites")
        page.get_by_role("link", name="What it showed: Acme").click()
        frame = page.frame_locator("iframe")
        frame.get_by_role("heading", name="Please prove that you are human").wait_for()
        frame.get_by_role("button", name="Go").click()
        frame.get_by_text("on", exact=True).click()
        seen = page.locator("img.shown").evaluate("image => image.complete && image.naturalWidth")
        addresses = [one.url for one in page.frames]
        alone = page.goto(f"{pages.base}/sites/failed/document?{QUERY}")
        browser.close()

    assert unguarded
    assert asked == []
    assert seen
    assert all(address.startswith(pages.base) for address in addresses)
    assert alone is not None and alone.status == 403


def test_the_headers_alone_would_do(pages: Pages) -> None:
    kept(pages.folder / "jpt.sqlite3")

    answer = pages.get(f"/sites/failed/document?{QUERY}")

    assert "evil" not in answer.text.replace("@import url(http://evil.example/import)", "").replace(
        "url(http://evil.example/bg)", ""
    )
    policy = answer.headers["content-security-policy"]
    assert {"default-src 'none'", "img-src 'none'", "sandbox", "form-action 'none'"} <= {
        part.strip() for part in policy.split(";")
    }
    assert pages.get(f"/sites/failed/picture?{QUERY}").headers["content-type"] == "image/jpeg"
    assert pages.get("/sites/failed?site=Acme&url=https://other.example/").code == 404


@each_row("text", ["", "<", "\0<p>a", "<frameset><frame src=x>", "<a href=x" * 3000, "<b>" * 5000])
def test_whatever_it_is_it_is_shown_or_said_not_to_be(text: str) -> None:
    assert "href" not in harmless(text) or "&lt;" in harmless(text)


def test_a_page_that_is_read_well_keeps_no_picture_of_its_failure(tmp_path: Path) -> None:
    company = Company("Acme", PAGE)
    read = ListRead(
        PageRead(PAGE, PAGE, 200, "Jobs", "Jobs"), "ok", "", (Link(f"{PAGE}/1", "Cook", True, 1.0),), None
    )
    kept(tmp_path / "db")
    with Store.open(tmp_path / "db") as store:
        before = store.failed_pages.get("Acme", PAGE)
        store.sites.record(company, read, queue=True)

        assert before is not None and "captcha" not in before.html and before.jpeg == JPEG
        assert store.failed_pages.get("Acme", PAGE) is None


def test_read_now_is_handed_to_a_watch_that_is_running(tmp_path: Path, settings: Callable[..., Settings]) -> None:
    made = settings(filters=tmp_path / "filters.toml")
    stock(made.db, Post("Cook"))
    wishes, schedule = RequestPoller(), Schedule(3600.0, lambda: 1_000_000)
    schedule.follow([Company("Acme", PAGE), Company("Globex", "https://globex.example/jobs")])
    for site, url in (("Acme", PAGE), ("Globex", "https://globex.example/jobs")):
        schedule.read(site, url, "ok", news=False)
    with served(made, tmp_path) as pages, hold(made.files.watch_lock, "jpt watch"):
        none = anyio.run(wishes.sites, made.db)
        answer = pages.post("/sites/do", {"site": "Acme", "act": "read"})
        asked = anyio.run(wishes.sites, made.db)
        schedule.hurry(asked)

    assert none == []
    assert "The+running+watch+reads+Acme" in answer.headers["location"]
    assert asked == ["Acme"]
    assert [company.name for company in schedule.due()] == ["Acme"]
