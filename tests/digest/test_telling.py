"""`jpt add`, `jpt why`, `jpt sites …` and the network's outages, as processes on local sites."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import ExitStack, closing, contextmanager
from pathlib import Path
from typing import Any

import pytest

from tests.career_sites import CareerSites, Site, adverts
from tests.career_sites.server import Answer, Hangup, Reply, Request, Server
from tests.conftest import Jpt

POST = """<!doctype html><title>{title} | Larkspur</title><h1>{title}</h1><p>Leith, full time</p>
<p>Larkspur grows plants in four glasshouses by the harbour and sends them all over the country, packed by hand and in
wood wool. We are thirty people, most of whom learned the trade here, and we look for somebody who likes to be outside in
March, knows a cutting from a graft, and writes down what was sown where. You work with the two who have kept the house
for the last ten years, and take it over from them step by step.</p>
<h2>What you will do</h2><ul><li>Keep the glasshouses warm and the records straight.</li><li>Lead two apprentices.</li></ul>
<h2>Requirements</h2><ul><li>At least 2 years of experience in a nursery.</li></ul><p><a href="/apply">Apply now</a></p>"""
NAV = '<nav><a href="/">Larkspur</a><a href="/plants">Plants</a><a href="/careers">Careers</a></nav>'


def html(body: str, status: int = 200, **headers: str) -> Reply:
    fields = tuple((name.replace("_", "-"), value) for name, value in headers.items())
    return Reply(f"<!doctype html><title>Larkspur</title>{body}".encode(), status, headers=fields)


def moved(to: str) -> Reply:
    return html("", 302, Location=to)


def post(title: str) -> Reply:
    return Reply(POST.format(title=title).encode())


@contextmanager
def serving(answers: dict[str, Answer | Callable[[], Answer]]) -> Iterator[str]:
    """Serve each path of *answers* as it says, all others with 404; gives the address."""

    def answer(request: Request) -> Answer:
        found = answers.get(request.path, html("<h1>Not found</h1>", 404))
        return found() if callable(found) else found

    with Server(answer) as server:
        yield f"http://127.0.0.1:{server.port}"


def listed(jpt: Jpt, *rows: tuple[str, str]) -> Path:
    (jpt.folder / "inputs").mkdir(exist_ok=True)
    path = jpt.folder / "inputs/companies.csv"
    path.write_text("company,url\n" + "".join(f"{name},{url}\n" for name, url in rows))
    return path


def stored(jpt: Jpt, sql: str) -> list[tuple[Any, ...]]:
    with closing(sqlite3.connect(jpt.folder / "state/snapshots.sqlite3")) as raw:
        return raw.execute(sql).fetchall()


TITLES = {"botanist": "Botanist", "head-gardener": "Head Gardener", "nursery-manager": "Nursery Manager"}
LIST = "<h1>Careers</h1><h2>Open positions</h2><ul>" + "".join(
    f'<li><a href="/careers/{slug}">{title}</a></li>' for slug, title in TITLES.items()
)


def garden() -> dict[str, Answer | Callable[[], Answer]]:
    return {
        "/": html(f'{NAV}<h1>Plants by post</h1><p>Since 1990.</p><a href="/careers">Careers</a>'),
        "/careers": html(f'{NAV}{LIST}</ul><a href="/careers/benefits">Benefits</a>'),
        **{f"/careers/{slug}": post(title) for slug, title in TITLES.items()},
    }


def test_the_first_page_is_added_to_the_list_that_init_made(jpt: Jpt) -> None:
    assert jpt("init").code == 0
    with serving(garden()) as base:
        added = jpt("add", f"{base}/careers", "--name", "Larkspur", "--yes")
        read = jpt("run", "--json", "--limit", "1")

    assert added.code == 0, added.err
    assert read.json["sites"].items() >= {"total": 1, "ok": 1, "failed": 0, "suspect": 0}.items()


@pytest.mark.slow
def test_add_follows_a_home_page_shows_what_is_there_and_writes_the_row_only_when_told(jpt: Jpt) -> None:
    path = listed(jpt, ("Acme", "https://acme.example/jobs"))
    before = path.read_bytes()
    with serving(garden()) as base:
        dry = jpt("add", f"{base}/", "--dry-run", "--json", "--name", "Larkspur")
        shown = jpt("add", f"{base}/", "--name", "Larkspur, Ltd")
        unchanged = path.read_bytes()
        added = jpt("add", f"{base}/", "--name", "Larkspur, Ltd", "--yes")
        again = jpt("add", f"{base}/careers", "--name", "Larkspur, Ltd", "--yes")

    assert dry.json["url"] == f"{base}/careers"
    assert (dry.json["status"], dry.json["jobs"], dry.json["written"]) == ("ok", 3, False)
    assert [sample["text"] for sample in dry.json["samples"]] == list(TITLES.values())
    assert sum(group["count"] for group in dry.json["rejected"]) >= 2
    assert "3 jobs" in shown.out
    assert "1 not a job: " in shown.out
    assert unchanged == before
    assert added.code == 0, added.err
    assert path.read_text() == before.decode() + f'"Larkspur, Ltd",{base}/careers\n'
    assert "already" in again.err


def test_two_links_that_end_at_one_post_are_one_job_and_why_tells_both(jpt: Jpt) -> None:
    answers = garden() | {
        "/careers": html(NAV + LIST + '<li><a href="/careers/go/77">Gardener in chief</a></li></ul>'),
        "/careers/go/77": moved("/careers/head-gardener"),
    }
    with serving(answers) as base:
        listed(jpt, ("Larkspur", f"{base}/careers"))
        ended = jpt("run", "--json", "--no-digest")
        why = jpt("why", f"{base}/careers/head-gardener/?utm_source=x", "--json")
        told = jpt("why", f"{base}/careers/botanist")
        unknown = jpt("why", f"{base}/careers/nobody")

    assert ended.code == 0, ended.err
    assert ended.json["jobs"] == {"queued": 4, "done": 3, "failed": 0, "not_jobs": 1}
    # Whichever link was read first has the job; the other one, where it is told too, names it.
    (seen,) = [one for one in why.json["sites"] if one["job"]]
    assert seen["job"]["min_years"] == 2
    assert all("the same job as" in one["task"]["last_error"] for one in why.json["sites"] if not one["job"])
    assert "Years: 2" in told.out
    assert "2 years of experience" in told.out
    assert "not found on any page" in unknown.out


@pytest.mark.slow
def test_most_hosts_failing_at_once_is_the_network_and_good_reads_are_kept(jpt: Jpt) -> None:
    with ExitStack() as stack:
        answers: list[dict[str, Answer | Callable[[], Answer]]] = [garden() for _ in range(4)]
        bases = [stack.enter_context(serving(each)) for each in answers]
        listed(jpt, *((f"Site {number}", f"{base}/careers") for number, base in enumerate(bases)))
        assert jpt("run", "--no-digest").code == 0
        for each in answers[:3]:
            each["/careers"] = Hangup()
        answers[3]["/careers/cellarman"] = post("Cellarman")
        answers[3]["/careers"] = html(NAV + LIST + '<li><a href="/careers/cellarman">Cellarman</a></li></ul>')

        ended = jpt("run", "--no-digest")

    assert ended.code == 3
    assert ended.out.count("No network") == 1
    assert stored(jpt, "SELECT DISTINCT status, failures FROM jpt_pages") == [("ok", 0)]
    assert stored(jpt, "SELECT job_title FROM job_details WHERE job_title = 'Cellarman'") == [("Cellarman",)]


@pytest.mark.slow
def test_a_sign_in_page_that_answers_for_all_is_the_network(jpt: Jpt) -> None:
    with ExitStack() as stack:
        portal = stack.enter_context(
            serving({"/": html("<h1>Welcome to train Wi-Fi</h1><p>Accept to go on.</p>")})
        )
        answers: list[dict[str, Answer | Callable[[], Answer]]] = [garden() for _ in range(3)]
        bases = [stack.enter_context(serving(each)) for each in answers]
        listed(jpt, *((f"Site {number}", f"{base}/careers") for number, base in enumerate(bases)))
        assert jpt("seed", JPT_ALLOW_PRIVATE="1").code == 0
        for each in answers:
            each["/careers"] = moved(f"{portal}/")

        ended = jpt("run", "--no-digest", JPT_ALLOW_PRIVATE="1")

    assert ended.code == 3
    assert "sign-in page of the network" in ended.out
    assert stored(jpt, "SELECT DISTINCT status, failures FROM jpt_pages") == [("ok", 0)]


@pytest.mark.slow
def test_sites_are_renamed_paused_and_accepted(jpt: Jpt) -> None:
    with CareerSites([Site("Tern", "static", adverts(12)), Site("Ostler", "static", adverts(2))]) as career_sites:
        (jpt.folder / "inputs").mkdir()
        path = career_sites.companies_csv(jpt.folder / "inputs/companies.csv")
        assert jpt("seed").code == 0
        assert jpt("sites", "rename", "tern", "Tern Analytics").code == 0
        assert jpt("sites", "pause", "Ostler").code == 0
        career_sites.set_mode("Tern", "shrunk")
        career_sites.forget()

        doubted = jpt("run", "--json", "--no-digest")
        paused_reads = career_sites.count("/ostler/careers")
        assert jpt("sites", "accept", "Tern Analytics").code == 0
        accepted = jpt("run", "--json", "--no-digest")
        removed = jpt("sites", "remove", "Ostler", "--yes")

    assert "Tern Analytics" in path.read_text()
    assert "Ostler" not in path.read_text()
    assert paused_reads == 0
    assert doubted.json["sites"] == {"total": 1, "ok": 0, "failed": 0, "suspect": 1}
    assert accepted.json["sites"].items() >= {"total": 1, "ok": 1, "failed": 0, "suspect": 0}.items()
    assert accepted.json["jobs"]["queued"] == 0
    assert removed.code == 0, removed.err
    assert [one["site"] for one in jpt("sites", "--json").json] == ["Tern Analytics"]


@pytest.mark.slow
def test_twenty_runs_on_a_page_that_shuffles_and_rotates_announce_nothing(jpt: Jpt) -> None:
    with CareerSites([Site("Tern", "tracking", adverts(6))]) as career_sites:
        (jpt.folder / "inputs").mkdir()
        career_sites.companies_csv(jpt.folder / "inputs/companies.csv")
        first = jpt("run", "--json", "--no-digest")
        later = [jpt("run", "--json", "--no-digest").json["jobs"]["queued"] for _ in range(20)]

    assert first.json["jobs"]["done"] == 6
    assert later == [0] * 20


def test_all_pages_of_a_file_are_added(jpt: Jpt) -> None:
    with serving(garden()) as base:
        (jpt.folder / "pages.txt").write_text(f"# mine\nLarkspur; {base}/careers\n\n{base}/nothing-here\n")
        ended = jpt("add", "--file", "pages.txt", "--yes", "--json")

    assert [one["url"] for one in ended.json] == [f"{base}/careers", f"{base}/nothing-here"]
    assert (ended.code, ended.json[0]["name"], ended.json[0]["jobs"], ended.json[0]["written"]) == (
        3,
        "Larkspur",
        3,
        True,
    )
