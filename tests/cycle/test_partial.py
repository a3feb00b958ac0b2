"""Lists that are read in part: shown wherever health is shown, and closing nothing. Real browser, real server."""

from __future__ import annotations

import json
import sqlite3
import time
from contextlib import closing

import psutil

from tests.career_sites import CareerSites, Site, adverts
from tests.career_sites.server import Reply, Request, Server
from tests.conftest import Jpt
from tests.cycle.test_run import companies

POST = """<title>{title}</title><h1>{title}</h1><h2>Requirements</h2>
<ul><li>2+ years of professional experience in a similar role</li></ul><p>You write and read code with us.</p>
<a href="/apply">Apply now</a>"""
PAGES, EACH = 4, 5


class Paged:
    """A careers page of several pages, of which one may fail."""

    def __init__(self) -> None:
        self.failing: int | None = None

    def __call__(self, request: Request) -> Reply:
        if request.path.startswith("/jobs/"):
            title = request.path.removeprefix("/jobs/").replace("-", " ").title()
            return Reply(POST.format(title=title).encode())
        if request.path != "/careers":
            return Reply(b"", status=404)
        number = int(request.query.removeprefix("page=") or 1)
        if number == self.failing:
            return Reply(b"<h1>Internal server error</h1>", status=500)
        first = (number - 1) * EACH
        rows = "".join(
            f'<li><a href="/jobs/{n}-software-engineer-{n}">Software Engineer {n}</a> Quayside</li>'
            for n in range(first + 1, first + EACH + 1)
        )
        pager = "".join(f'<a href="/careers?page={n}">{n}</a> ' for n in range(1, PAGES + 1))
        after = f'<a rel="next" href="/careers?page={number + 1}">Next</a>' if number < PAGES else ""
        total = f"<p>{PAGES * EACH} open positions</p>"
        return Reply(f"<h1>Open positions</h1>{total}<ul>{rows}</ul><nav>{pager}{after}</nav>".encode())


def listed(jpt: Jpt, server: Server) -> None:
    (jpt.folder / "inputs").mkdir(exist_ok=True)
    (jpt.folder / "inputs/companies.csv").write_text(f"company,url\nTern,http://127.0.0.1:{server.port}/careers\n")


def closed(jpt: Jpt) -> int:
    with closing(sqlite3.connect(jpt.folder / "state/snapshots.sqlite3")) as raw:
        return int(raw.execute("SELECT count(*) FROM jpt_links WHERE closed_ts_ms IS NOT NULL").fetchone()[0])


def test_a_page_of_a_list_that_fails_is_said_everywhere_and_closes_nothing(jpt: Jpt) -> None:
    site = Paged()
    with Server(site) as server:
        listed(jpt, server)
        assert jpt("run", "--baseline").code == 0

        site.failing = PAGES
        ended = jpt("run")
        sites, status = jpt("sites"), jpt("status", "--json").json

    words = f"{(PAGES - 1) * EACH} of {PAGES * EACH}: page {PAGES} gave HTTP 500"
    assert ended.code == 3, ended.err
    assert words in ended.out
    assert words in sites.out.replace("\n", " ")
    (partial,) = status["sites"]["partial"]
    assert (partial["found"], partial["of"], partial["cut"]["status"]) == (15, 20, 500)
    assert closed(jpt) == 0


def test_a_list_that_reaches_a_limit_is_said(jpt: Jpt) -> None:
    with Server(Paged()) as server:
        listed(jpt, server)

        ended = jpt("run", "--baseline", "--json", JPT_LIST_PAGES="2")

    assert [part["cut"]["reason"] for part in ended.json["partial"]] == ["pages"]


MORE = """<h1>Open positions</h1><ul id="list">{rows}</ul><button onclick="more()">Load more jobs</button><script>
let asked = 0;
async function more() {{
  const answer = await fetch("/api/jobs?offset=" + 5 * ++asked);
  if (answer.ok) document.getElementById("list").innerHTML += await answer.text();
}}
</script>"""


def test_what_loads_more_and_fails_is_said(jpt: Jpt) -> None:
    def rows(first: int) -> str:
        return "".join(
            f'<li><a href="/jobs/{n}-software-engineer-{n}">Software Engineer {n}</a></li>'
            for n in range(first, first + 5)
        )

    def answer(request: Request) -> Reply:
        if request.path == "/api/jobs":
            failing = request.query != "offset=5"
            return Reply(b"" if failing else rows(6).encode(), status=500 if failing else 200)
        return Reply(MORE.format(rows=rows(1)).encode(), status=200 if request.path == "/careers" else 404)

    with Server(answer) as server:
        listed(jpt, server)

        ended = jpt("run", "--baseline", "--json")

    (part,) = ended.json["partial"]
    assert (part["found"], part["cut"]["reason"], part["cut"]["status"]) == (10, "answer", 500)


def test_a_browser_that_died_is_reported_by_a_run(jpt: Jpt) -> None:
    with CareerSites([Site("Tern", "slow", adverts(4), seconds=2.0)]) as career_sites:
        companies(jpt, career_sites)
        process = jpt.start("run", "--json")
        for _ in range(600):
            if career_sites.hits:
                break
            time.sleep(0.05)
        children = psutil.Process(process.pid).children(recursive=True)
        browsers = [child for child in children if "--remote-debugging-pipe" in child.cmdline()]
        for browser in browsers:
            browser.kill()
        out, err = process.communicate(timeout=120)

    assert browsers
    assert process.returncode == 0, err
    assert json.loads(out)["browsers_died"] >= 1
    assert "died or did not answer" in err
