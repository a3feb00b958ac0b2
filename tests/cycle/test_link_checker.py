"""Lists whose links are all unsure: the pages behind them tell, a few for many, and once.

All sites are read by two runs together; each test looks at its own.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Self

import pytest

from jpt.browser.chromium.find import Chromium
from tests.career_sites.server import Reply, Request, Server
from tests.conftest import Jpt, with_browser
from tests.pdfs import pdf

pytestmark = pytest.mark.xdist_group("looks")
"""One worker for all of it: what they share takes seconds to make."""

WORDS = ("Mpanenona", "Mpandoko", "Mpamolavola", "Mpanjaitra", "Mpiandry", "Mpitahiry")
"""Words of a language that no list of job words knows."""


def frame(main: str, title: str) -> Reply:
    body = f"<header><a href='/'>Brightloom</a> <a href='/about'>Momba anay</a></header><main>{main}</main>"
    return Reply(f"<!DOCTYPE html><html lang='mg'><title>{title}</title><body>{body}</body></html>".encode())


def post(title: str) -> Reply:
    needs = "<h2>Requirements</h2><ul><li>3 years of experience at the loom.</li><li>A steady hand and patience.</li></ul>"
    return frame(
        f"<h1>{title}</h1><p>We are looking for somebody.</p>{needs}<a href='/apply'>Apply now</a>", title
    )


def story(title: str) -> Reply:
    return frame(
        f"<h1>{title}</h1>" + "<p>In the old days looms were made of oak, and so were the weavers.</p>" * 20, title
    )


@dataclass
class Mill:
    """A site: its list, and what its other paths answer."""

    rows: str
    behind: Callable[[str], Reply]
    asked: Counter[str] = field(default_factory=Counter)

    def __enter__(self) -> Self:
        self._server = Server(self._answer)
        self._server.__enter__()
        self.port = self._server.port
        return self

    def __exit__(self, *reason: object) -> None:
        self._server.__exit__(None, None, None)

    def _answer(self, request: Request) -> Reply:
        if request.path == "/asa":
            return frame(f"<h1>Asa misokatra</h1>{self.rows}", "Asa misokatra")
        if "favicon" in request.path or "robots" in request.path:
            return Reply(status=404)
        self.asked[request.path] += 1
        return self.behind(request.path)


def listed(links: str) -> str:
    return f"<ul>{links}</ul>"


def rows(address: str, first: int = 100) -> str:
    """Rows whose links lead to *address*, each with a number."""
    return "".join(
        f"<li><a href='{address.format(n)}'>{word}</a> <span>Antsirabe</span></li>"
        for n, word in enumerate(WORDS, first)
    )


def number_in(path: str) -> int:
    return int("".join(filter(str.isdigit, path)))


def redirecting(path: str) -> Reply:
    if path.startswith("/r/"):
        return Reply(status=302, headers=(("Location", f"/jobs/{number_in(path)}/x"),))
    return post(WORDS[number_in(path) - 100])


def mixed(path: str) -> Reply:
    number = number_in(path)
    return story("Tantara") if number % 2 else post(WORDS[number - 100])


def advert(title: str, years: int) -> str:
    return (
        f"<h3>{title}</h3><p><b>Duties:</b> you keep the looms of our mill in good order, day by day.</p>"
        f"<p><b>Requirements:</b> at least {years} years of experience at the loom.</p><p>Call +44 1482 000000.</p>"
    )


ON_THE_PAGE = {"Loom Technician": 2, "Night Shift Supervisor": 5, "Payroll Specialist": 3}
FOLDED = "".join(
    f"<li><a href='#item-{number}'>{title}</a><p>Last day to apply: 2027-01-10</p></li>"
    for number, title in enumerate(("Loom Technician", "Payroll Specialist"), 9570)
)
PAPER_POST = (
    "Mpanenona",
    "We are looking for somebody who sits at the loom with us, in the mill by the river.",
    "Requirements",
    "- 3 years of experience at the loom, with a steady hand and patience",
    "Please apply by mail: send your CV to mill@brightloom.example",
)
PAPER_BROCHURE = (
    "Brightloom",
    "The mill by the river has woven cloth since 1901, and the river has turned its wheel ever since.",
    "Our cloth is sold in forty shops, and in two of them there is tea.",
)


def papers(path: str) -> Reply:
    """A folder of PDFs: posts have even numbers, brochures odd ones."""
    lines = PAPER_BROCHURE if number_in(path) % 2 else (WORDS[number_in(path) - 100], *PAPER_POST[1:])
    return Reply(pdf(lines), kind="application/pdf")


NEWS = "<li><a href='/s/200-tantara'>Vaovao</a> <span>Antsirabe</span></li>"


def mills() -> dict[str, Mill]:
    """The sites, by what is odd about them."""
    table = "".join(
        f"<tr data-href='/v/{n}'><td>{word}</td><td>Antsirabe</td></tr>" for n, word in enumerate(WORDS, 100)
    )
    return {
        "data": Mill(f"<table>{table}</table>", lambda path: post(WORDS[number_in(path) - 100])),
        "redirects": Mill(listed(rows("/r/{}")), redirecting),
        "stories": Mill(listed(rows("/s/{}-tantara")), lambda path: story(f"Tantara {path}")),
        "news": Mill(
            listed(rows("/s/{}-tantara")),
            lambda path: post("Vaovao") if "/200" in path else story(f"Tantara {path}"),
        ),
        "mixed": Mill(listed(rows("/s/{}")), mixed),
        "papers": Mill(listed(rows("/s/{}.pdf")), papers),
        "inline": Mill("".join(advert(*job) for job in ON_THE_PAGE.items()), story),
        "folded": Mill(f"<h2>Open positions</h2>{listed(FOLDED)}", story),
    }


@dataclass(frozen=True)
class CareerSites:
    """What two runs over the sites gave."""

    reports: tuple[Any, Any]
    jobs: tuple[list[Any], list[Any]]
    asked: tuple[dict[str, int], dict[str, int]]
    """Pages behind the list of each site that were asked for, run by run."""

    def titles(self, site: str, run: int = 0) -> set[str]:
        return {row["job_title"] for row in self.jobs[run] if row["site"] == site}

    def fault(self, site: str, run: int = 0) -> str:
        return next((one["error"] for one in self.reports[run]["failures"] if one["site"] == site), "")


@pytest.fixture(scope="module")
def career_sites(tmp_path_factory: pytest.TempPathFactory, chromium: Chromium, proof: Path) -> CareerSites:
    jpt = with_browser(tmp_path_factory.mktemp("looks"), chromium, proof)
    reports, jobs, asked = [], [], []
    with ExitStack() as stack:
        sites = {name: stack.enter_context(mill) for name, mill in mills().items()}
        (jpt.folder / "inputs").mkdir()
        (jpt.folder / "inputs/companies.csv").write_text(
            "".join(f"{name},http://127.0.0.1:{mill.port}/asa\n" for name, mill in sites.items())
        )
        for _ in range(2):
            reports.append(jpt("run", "--no-digest", "--json", timeout=240).json)
            jobs.append(jpt("jobs", "--all", "--json").json)
            asked.append({name: sum(mill.asked.values()) for name, mill in sites.items()})
            for mill in sites.values():
                mill.asked.clear()
            sites["news"].rows = listed(rows("/s/{}-tantara") + NEWS)
    return CareerSites((reports[0], reports[1]), (jobs[0], jobs[1]), (asked[0], asked[1]))


def test_rows_of_a_table_that_carry_their_address_as_data_are_jobs_when_the_pages_behind_are(
    career_sites: CareerSites,
) -> None:
    assert career_sites.titles("data") == set(WORDS)


def test_addresses_that_redirect_are_jobs_when_they_end_at_posts(career_sites: CareerSites) -> None:
    assert career_sites.titles("redirects") == set(WORDS)
    assert career_sites.asked[1]["redirects"] == 0


def test_where_no_page_behind_is_a_post_the_list_is_empty_and_the_next_read_opens_none(
    career_sites: CareerSites,
) -> None:
    assert career_sites.titles("stories") == set()
    assert "lead to no post" in career_sites.fault("stories")
    assert 1 <= career_sites.asked[0]["stories"] <= 3
    assert career_sites.asked[1]["stories"] == 0


def test_a_new_link_among_stories_is_looked_at_too(career_sites: CareerSites) -> None:
    assert (career_sites.titles("news"), career_sites.titles("news", 1)) == (set(), {"Vaovao"})
    assert career_sites.fault("news", 1) == ""


def test_where_pages_behind_differ_each_is_opened_and_the_posts_are_jobs(career_sites: CareerSites) -> None:
    assert career_sites.titles("mixed") == set(WORDS[::2])


def test_pdfs_behind_unsure_links_are_read_and_the_posts_among_brochures_are_jobs(
    career_sites: CareerSites,
) -> None:
    assert career_sites.titles("papers") == set(WORDS[::2])


def test_jobs_that_stand_on_the_list_itself_are_read_there_each_with_its_own_years(
    career_sites: CareerSites,
) -> None:
    found = {row["job_title"]: row["min_years"] for row in career_sites.jobs[0] if row["site"] == "inline"}

    assert found == ON_THE_PAGE


def test_rows_that_open_on_the_list_itself_keep_their_fragment(career_sites: CareerSites) -> None:
    found = {
        row["job_title"]: row["url"].partition("#")[2] for row in career_sites.jobs[0] if row["site"] == "folded"
    }

    assert found == {"Loom Technician": "item-9570", "Payroll Specialist": "item-9571"}


def test_what_was_learned_makes_the_second_run_find_only_what_is_new(career_sites: CareerSites) -> None:
    assert career_sites.reports[0]["sites"]["ok"] == len(mills()) - 2
    assert career_sites.reports[1]["jobs"]["queued"] == 1
    assert len(career_sites.jobs[1]) == len(career_sites.jobs[0]) + 1


@pytest.mark.slow
def test_a_page_that_is_tried_or_added_is_looked_behind_as_in_a_run_and_says_how_far(jpt: Jpt) -> None:
    numbers = range(100, 114)
    links = "".join(
        f"<li><a href='/s/{n}'>{WORDS[n % 6]} {WORDS[n % 5]}</a> <span>Antsirabe</span></li>" for n in numbers
    )
    with Mill(listed(links), lambda path: post(f"Asa {path[3:]}")) as mill:
        url = f"http://127.0.0.1:{mill.port}/asa"
        added = jpt("add", url, "--dry-run", "--json").json
        shown = jpt("links", url).out

    assert (added["status"], added["jobs"], added["looked"]) == ("ok", 14, {"opened": 3, "unsure": 14})
    assert "Opened 3 of 14 unsure links" in shown
    assert not (jpt.folder / "state/snapshots.sqlite3").exists()
