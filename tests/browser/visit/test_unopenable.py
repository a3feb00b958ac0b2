"""Rows of lists whose addresses no browser opens: shown with the reason; what only looks like one is none."""

from __future__ import annotations

from collections.abc import Callable

import anyio
import pytest

from jpt.browser.chromium.find import Chromium
from jpt.browser.pool.pool import BrowserPool
from jpt.browser.visit.open_list import Seek
from jpt.extract.listing import glance, judged
from jpt.models.pages import ListRead
from jpt.settings import Settings
from tests.career_sites.server import Reply, Request, Server

pytestmark = pytest.mark.xdist_group("unopenable")
"""One worker for all of it: what they share takes seconds to make."""

Make = Callable[..., Settings]
TITLES = ("Nurse", "Plumber", "Electrician", "Accountant", "Driver")
MENU = """<header><nav><a href="javascript:void(0)">Menu</a> <a href="javascript:open('x')">Job search</a></nav></header>"""
FOOT = """<footer><ul><li><a href="javascript:void(0)">Cookie settings</a></li><li><a href="mailto:a@a.example">Mail</a></li></ul></footer>"""


def listed(
    *others: str, item: str = '<li><a class="job" href="{url}">{title}</a></li>', frame: str = "<ul>{}</ul>"
) -> str:
    rows = [item.format(url=f"/jobs/{n}-{title.lower()}", title=title) for n, title in enumerate(TITLES)]
    body = frame.format("".join([*rows[:3], *others, *rows[3:]]))
    return f"<html lang=en><title>Jobs</title><body>{MENU}<main><h1>Open positions</h1>{body}</main>{FOOT}</body></html>"


def odd(url: str, title: str = "Baker", more: str = "") -> str:
    return f'<li><a class="job" href="{url}" {more}>{title}</a></li>'


CARD = '<div class="card"><h3>{title}</h3><p>Berlin</p><a href="{url}">View job</a></div>'
BUTTONS = """<li><a class="job" href="{url}">{title}</a> <a class="save" href="javascript:void(0)">Save job</a>
             <a class="share" href="javascript:share(1)">Share</a> <a href="mailto:?subject={title}">Mail to a friend</a></li>"""
ROW = '<tr><td><a href="{url}">{title}</a></td><td>Berlin</td></tr>'

PAGES: dict[str, tuple[str, list[str]]] = {
    "nothing odd": (listed(), []),
    "void": (listed(odd("javascript:void(0)")), ["Baker"]),
    "void, written otherwise": (listed(odd("JavaScript:;")), ["Baker"]),
    "a call": (listed(odd("javascript:openJob(7)")), ["Baker"]),
    "two of one address": (listed(odd("javascript:void(0)"), odd("javascript:void(0)", "Cook")), ["Baker", "Cook"]),
    "a bare mark": (listed(odd("#")), ["Baker"]),
    "two bare marks": (listed(odd("#"), odd("#!", "Cook")), ["Baker", "Cook"]),
    "an empty address": (listed(odd("")), ["Baker"]),
    "marks beside links": (listed(item='<li><a href="{url}">{title}</a> <a href="#">Remember</a></li>'), []),
    "marks of a menu": (listed(odd("#", "Back to top"), odd("#", "Filter"), odd("#", "2")), []),
    "mail": (listed(odd("mailto:jobs@a.example?subject=Baker")), ["Baker"]),
    "telephone": (listed(odd("tel:+49301234")), ["Baker"]),
    "ftp": (listed(odd("ftp://a.example/baker")), ["Baker"]),
    "data": (listed(odd("data:text/html,Baker")), ["Baker"]),
    "blob": (listed(odd("blob:https://a.example/1")), ["Baker"]),
    "file": (listed(odd("file:///etc/passwd")), ["Baker"]),
    "no scheme known": (listed(odd("jobs:7")), ["Baker"]),
    "port": (listed(odd("http://a.example:6000/jobs/9-baker")), ["Baker"]),
    "port beyond all": (listed(odd("http://a.example:99999/jobs/9-baker")), ["Baker"]),
    "address of IPv6": (listed(odd("https://[::1/jobs/9-baker")), ["Baker"]),
    "zone of IPv6": (listed(odd("https://[fe80::1%25eth0]/jobs/9-baker")), ["Baker"]),
    "no host": (listed(odd("https:///")), ["Baker"]),
    "9 kB": (listed(odd("/jobs/" + "9" * 9_000)), ["Baker"]),
    "1 MB": (listed(odd("/jobs/" + "9" * 1_000_000)), ["Baker"]),
    "1 MB twice": (listed(odd("/jobs/" + "9" * 999_999), odd("/jobs/" + "9" * 1_000_000, "Cook")), ["Baker", "Cook"]),
    "cards": (listed(CARD.format(url="javascript:void(0)", title="Baker"), item=CARD, frame="<div>{}</div>"), ["Baker"]),
    "table": (listed(ROW.format(url="javascript:void(0)", title="Baker"), item=ROW, frame="<table>{}</table>"), ["Baker"]),
    "buttons in each row": (listed(item=BUTTONS), []),
    "more and pages": (
        listed(odd("javascript:more()", "Load more"), odd("javascript:page(2)", "2"), odd("javascript:page(2)", "Next"),
               odd("javascript:all()", "Show all jobs"), odd("javascript:alert(1)", "Create job alert")), []),
    "hidden": (listed(odd("javascript:void(0)", more="style='display:none'")), []),
}  # fmt: skip
LEADING: dict[str, str] = {
    "a bare mark with a script": listed(odd("#", more="id=baker"))
    + "<script>baker.addEventListener('click', (event) => { event.preventDefault(); location.href = '/jobs/9-baker' })</script>",
    "a handler's attribute": listed(
        odd("javascript:void(0)", more="""onclick="location.href='/jobs/9-baker'" """)
    ),
    "code in the address": listed(odd("javascript:location.assign('/jobs/9-baker')")),
    "a handler of a script": listed(odd("javascript:void(0)", more="id=baker"))
    + "<script>baker.addEventListener('click', () => { location.href = '/jobs/' + 9 + '-baker' })</script>",
    "a function": "<script>function go(n) { location.href = `/jobs/${n}-baker` }</script>"
    + listed(odd("javascript:go(9)")),
    "a window": "<script>function go(n) { window.open(`/jobs/${n}-baker`) }</script>"
    + listed(odd("javascript:go(9)")),
}


@pytest.fixture(scope="module")
def reads(chromium: Chromium, tmp_path_factory: pytest.TempPathFactory) -> dict[str, ListRead]:
    """All pages, read in one browser."""
    from jpt.settings import load

    settings, _ = load(db=tmp_path_factory.mktemp("odd") / "x.sqlite3", allow_private=True)
    texts = {
        f"/{number}": text
        for number, text in enumerate([*(text for text, _ in PAGES.values()), *LEADING.values()])
    }
    found: dict[str, ListRead] = {}

    def answer(request: Request) -> Reply:
        return Reply(texts.get(request.path, "<h1>Baker</h1>").encode())

    async def main(port: int) -> None:
        waiting = iter([*zip([*PAGES, *LEADING], texts, strict=True)])
        async with BrowserPool.open(settings, chromium) as pool, anyio.create_task_group() as tg:

            async def worker() -> None:
                for name, path in waiting:
                    url = f"http://127.0.0.1:{port}{path}"
                    async with pool.slot() as slot:
                        found[name] = judged(await slot.read(url, seek=Seek.of(settings, glance)), url)

            for _ in range(settings.max_pages):
                tg.start_soon(worker)

    with Server(answer) as server:
        anyio.run(main, server.port)
    return found


@pytest.mark.parametrize("name", PAGES)
def test_a_row_that_leads_nowhere_is_shown_with_the_reason(name: str, reads: dict[str, ListRead]) -> None:
    read = reads[name]

    assert read.status == "ok"
    assert sum(link.is_job is True for link in read.links) == len(TITLES)
    assert sorted(row.title for row in read.bad_rows) == PAGES[name][1]
    assert all(0 < len(row.why) < 9_000 for row in read.bad_rows)


@pytest.mark.parametrize("name", LEADING)
def test_a_row_whose_script_leads_somewhere_is_a_job(name: str, reads: dict[str, ListRead]) -> None:
    read = reads[name]

    assert [link.text for link in read.links if link.url.endswith("/jobs/9-baker")] == ["Baker"]
    assert read.bad_rows == ()
