"""Lists whose links are all unsure: the pages behind them tell, a few for many, and once."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Self

from tests.conftest import Jpt
from tests.street.server import Reply, Request, Server

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

    def write(self, jpt: Jpt) -> None:
        (jpt.folder / "inputs").mkdir(exist_ok=True)
        (jpt.folder / "inputs/companies.csv").write_text(f"Brightloom,http://127.0.0.1:{self.port}/asa\n")


def listed(links: str) -> str:
    return f"<ul>{links}</ul>"


def names(jpt: Jpt) -> set[str]:
    return {row["job_title"] for row in jpt("jobs", "--all", "--json").json}


def test_rows_of_a_table_that_carry_their_address_as_data_are_jobs_when_the_pages_behind_are(jpt: Jpt) -> None:
    rows = "".join(
        f"<tr data-href='/v/{n}'><td>{word}</td><td>Antsirabe</td></tr>" for n, word in enumerate(WORDS, 11)
    )
    with Mill(f"<table>{rows}</table>", lambda path: post(WORDS[int(path[3:]) - 11])) as mill:
        mill.write(jpt)
        report = jpt("run", "--json").json
        found = names(jpt)
        again = jpt("run", "--json").json

    assert report["sites"]["ok"] == 1
    assert found == set(WORDS)
    assert (again["sites"]["ok"], again["jobs"]["queued"]) == (1, 0)


def test_addresses_that_redirect_are_jobs_when_they_end_at_posts(jpt: Jpt) -> None:
    links = "".join(
        f"<li><a href='/r/{n}'>{word}</a> <span>Antsirabe</span></li>" for n, word in enumerate(WORDS, 100)
    )

    def behind(path: str) -> Reply:
        number = int("".join(filter(str.isdigit, path)))
        if path.startswith("/r/"):
            return Reply(status=302, headers=(("Location", f"/jobs/{number}/x"),))
        return post(WORDS[number - 100])

    with Mill(listed(links), behind) as mill:
        mill.write(jpt)
        report = jpt("run", "--json").json
        found = names(jpt)
        mill.asked.clear()
        again = jpt("run", "--json").json

    assert (report["sites"]["ok"], report["jobs"]["done"]) == (1, len(WORDS))
    assert found == set(WORDS)
    assert (again["jobs"]["queued"], mill.asked) == (0, Counter())


def test_where_no_page_behind_is_a_post_the_list_is_empty_and_the_next_read_opens_none(jpt: Jpt) -> None:
    links = "".join(
        f"<li><a href='/s/{n}-tantara'>{word}</a> <span>Antsirabe</span></li>" for n, word in enumerate(WORDS, 100)
    )
    with Mill(listed(links), lambda path: story(f"Tantara {path[-3:]}")) as mill:
        mill.write(jpt)
        report = jpt("run", "--json").json
        opened = sum(mill.asked.values())
        mill.asked.clear()
        jpt("run", "--json")

    assert (report["sites"]["failed"], report["jobs"]["queued"]) == (1, 0)
    assert "lead to no post" in report["failures"][0]["error"]
    assert 1 <= opened <= 3
    assert mill.asked == Counter()


def test_a_page_that_is_tried_or_added_is_looked_behind_as_in_a_run_and_says_how_far(jpt: Jpt) -> None:
    numbers = range(100, 114)
    links = "".join(
        f"<li><a href='/s/{n}'>{WORDS[n % 6]} {WORDS[n % 5]}</a> <span>Antsirabe</span></li>" for n in numbers
    )
    with Mill(listed(links), lambda path: post(f"Asa {path[3:]}")) as mill:
        url = f"http://127.0.0.1:{mill.port}/asa"
        added = jpt("add", url, "--dry-run", "--json").json
        shown = jpt("links", url).out
        mill.behind = lambda path: story(f"Tantara {path[3:]}")
        tried = jpt("links", url, "--json").json

    assert (added["status"], added["jobs"], added["looked"]) == ("ok", 14, {"opened": 3, "unsure": 14})
    assert "Opened 3 of 14 unsure links" in shown
    assert (tried["status"], tried["looked"]) == ("empty", {"opened": 3, "unsure": 14})
    assert not any(link["is_job"] for link in tried["links"])
    assert not (jpt.folder / "state/snapshots.sqlite3").exists()


def test_a_new_link_among_stories_is_looked_at_too(jpt: Jpt) -> None:
    links = "".join(
        f"<li><a href='/s/{n}-tantara'>{word}</a> <span>Antsirabe</span></li>" for n, word in enumerate(WORDS, 100)
    )
    with Mill(listed(links), lambda path: post("Vaovao") if "/200" in path else story(f"Tantara {path}")) as mill:
        mill.write(jpt)
        jpt("run", "--json")
        mill.rows = listed(f"{links}<li><a href='/s/200-tantara'>Vaovao</a> <span>Antsirabe</span></li>")
        report = jpt("run", "--json").json

    assert (report["sites"]["ok"], names(jpt)) == (1, {"Vaovao"})


def test_where_pages_behind_differ_each_is_opened_and_the_posts_are_jobs(jpt: Jpt) -> None:
    links = "".join(
        f"<li><a href='/s/{n}'>{word}</a> <span>Antsirabe</span></li>" for n, word in enumerate(WORDS, 100)
    )

    def behind(path: str) -> Reply:
        number = int(path[3:])
        return story("Tantara") if number % 2 else post(WORDS[number - 100])

    with Mill(listed(links), behind) as mill:
        mill.write(jpt)
        report = jpt("run", "--json").json

    assert report["sites"]["ok"] == 1
    assert names(jpt) == set(WORDS[::2])


def test_jobs_that_stand_on_the_list_itself_are_read_there_each_with_its_own_years(jpt: Jpt) -> None:
    def advert(title: str, years: int) -> str:
        return (
            f"<h3>{title}</h3><p><b>Duties:</b> you keep the looms of our mill in good order, day by day.</p>"
            f"<p><b>Requirements:</b> at least {years} years of experience at the loom.</p><p>Call +44 1482 000000.</p>"
        )

    jobs = {"Loom Technician": 2, "Night Shift Supervisor": 5, "Payroll Specialist": 3}
    with Mill("".join(advert(*job) for job in jobs.items()), story) as mill:
        mill.write(jpt)
        report = jpt("run", "--json").json
        found = {row["job_title"]: row["min_years"] for row in jpt("jobs", "--all", "--json").json}
        again = jpt("run", "--json").json

    assert (report["sites"]["ok"], found) == (1, jobs)
    assert again["jobs"]["queued"] == 0


def test_rows_that_open_on_the_list_itself_keep_their_fragment(jpt: Jpt) -> None:
    rows = "".join(
        f"<li><a href='#item-{number}'>{title}</a><p>Last day to apply: 2027-01-10</p></li>"
        for number, title in enumerate(("Loom Technician", "Payroll Specialist"), 9570)
    )
    with Mill(f"<h2>Open positions</h2>{listed(rows)}", story) as mill:
        mill.write(jpt)
        jpt("run", "--json")
        found = {row["job_title"]: row["url"].partition("#")[2] for row in jpt("jobs", "--all", "--json").json}

    assert found == {"Loom Technician": "item-9570", "Payroll Specialist": "item-9571"}
