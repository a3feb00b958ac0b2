"""Lists that shuffle, track their readers, draw themselves anew or redirect: each job is stored once, and none is lost."""

from __future__ import annotations

import random
import re
import sqlite3
from collections import Counter
from contextlib import closing
from dataclasses import dataclass, field
from html import escape
from urllib.parse import parse_qs

import pytest

from tests.career_sites import JobAd, adverts
from tests.career_sites.server import Reply, Request, Server
from tests.conftest import Jpt

KINDS = (
    "query",
    "redirect",
    "id in the query",
    "drawn anew",
    "pages",
    "one title",
    "session in the path",
    "fragment",
)
EACH = 4
DRAWN_ANEW = """<ul></ul><script>(() => {
  const rows = %s, list = document.querySelector("ul"); let times = 0;
  const draw = () => { const token = Math.random().toString(16).slice(2, 14); rows.sort(() => Math.random() - 0.5);
    list.innerHTML = rows.map((row) => row.replaceAll("TOKEN", token)).join(""); };
  draw(); const timer = setInterval(() => { draw(); if (++times > 6) clearInterval(timer); }, 300);
})()</script>"""


@dataclass
class Shuffling:
    """One site; what it shows changes at every read, and its jobs between two cycles."""

    kind: str
    jobs: list[JobAd]
    ever: dict[str, JobAd] = field(default_factory=dict)

    def change(self, jobs: list[JobAd]) -> None:
        self.jobs = jobs
        self.ever |= {ad.id: ad for ad in jobs}

    def title(self, ad: JobAd) -> str:
        return "Sales Assistant" if self.kind == "one title" and int(ad.id) % 2 else ad.title

    def href(self, ad: JobAd, token: str, place: int) -> str:
        match self.kind:
            case "redirect":
                return f"go/{ad.id}?t={token}&p={place}"
            case "id in the query":
                return f"job?sid={token}&id=77{ad.id}&pos={place}"
            case "session in the path":
                return f"jobs/{ad.slug};jsessionid={token}"
            case "fragment":
                return f"jobs/{ad.slug}?ref=r{place}#t={token}"
        return f"jobs/{ad.slug}?utm_campaign=c{place}&sid={token}"

    def list(self, page: int) -> str:
        dice = random.Random()
        token, last = f"{dice.getrandbits(48):012x}", -(-len(self.jobs) // EACH)
        shown = self.jobs[(page - 1) * EACH : page * EACH] if self.kind == "pages" else list(self.jobs)
        dice.shuffle(shown)
        token = "TOKEN" if self.kind == "drawn anew" else token
        rows = [
            f'<li><h3><a href="{escape(self.href(ad, token, place))}">{escape(self.title(ad))}</a></h3>{ad.town}</li>'
            for place, ad in enumerate(shown)
        ]
        pager = "".join(f'<a href="careers?page={n}&s={token}">{n}</a> ' for n in range(1, last + 1) if n != page)
        bottom = f'<div class="pagination"><span>{page}</span> {pager}</div>' if self.kind == "pages" else ""
        listed = DRAWN_ANEW % rows if self.kind == "drawn anew" else f"<ul>{''.join(rows)}</ul>"
        return f"<h1>Open positions</h1><p>{len(self.jobs)} open positions</p>{listed}{bottom}"


class Town:
    """All sites on one server, each under its number."""

    def __init__(self) -> None:
        self.sites = [Shuffling(kind, []) for kind in KINDS]

    def __call__(self, request: Request) -> Reply:
        number, _, rest = request.path.strip("/").partition("/")
        if not number.isdigit():
            return Reply(status=404)
        site, query = self.sites[int(number)], parse_qs(request.query)
        if rest == "careers":
            return self._page("Careers", site.list(int(query.get("page", ["1"])[0])))
        if rest.startswith("go/"):
            to = f"/{number}/jobs/{site.ever[rest[3:]].slug}?sid={random.getrandbits(40):x}"
            return Reply(status=302, headers=(("Location", to),))
        name = query["id"][0][2:] if rest == "job" else rest.removeprefix("jobs/").partition(";")[0]
        ad = next((ad for ad in site.jobs if name in {ad.id, ad.slug}), None)
        if ad is None:
            return Reply(b"<h1>Page not found</h1>", 404)
        words = f"<h1>{escape(site.title(ad))}</h1><p>{ad.town}</p>{ad.html('Tern')}<p>Reference {ad.id}</p>"
        return self._page(site.title(ad), f"{words}<a href='/apply'>Apply now</a>")

    def _page(self, title: str, main: str) -> Reply:
        return Reply(f"<!doctype html><title>{escape(title)}</title><main>{main}</main>".encode())


def stored(jpt: Jpt, town: Town) -> dict[str, Counter[str]]:
    """Count the rows of each site by the job that they are of, by its own id in address or slug."""
    with closing(sqlite3.connect(jpt.folder / "state/snapshots.sqlite3")) as raw:
        rows = raw.execute("SELECT site, url FROM job_details").fetchall()
    found: dict[str, Counter[str]] = {kind: Counter() for kind in KINDS}
    for site, url in rows:
        number = re.search(r"(?:go/|id=77|jobs/)(\d+)", url)
        found[site][number[1] if number else url] += 1
    return found


@pytest.mark.slow
def test_jobs_of_shuffling_tracking_lists_are_stored_once_each_over_three_cycles(jpt: Jpt) -> None:
    town = Town()
    with Server(town) as server:
        (jpt.folder / "inputs").mkdir()
        (jpt.folder / "inputs/companies.csv").write_text(
            "".join(f"{kind},http://127.0.0.1:{server.port}/{n}/careers\n" for n, kind in enumerate(KINDS))
        )
        for cycle in range(3):
            for number, site in enumerate(town.sites):
                site.change(list(adverts(8, first=(number + cycle) % 4 + 2 * cycle)))
            report = jpt("run", "--no-digest", "--json", timeout=600).json
            found = stored(jpt, town)

            assert report["sites"]["ok"] == len(KINDS), report["failures"]
            assert found == {site.kind: Counter(list(site.ever)) for site in town.sites}, cycle
