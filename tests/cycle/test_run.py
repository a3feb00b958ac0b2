"""`jpt run` and its neighbours as processes, on local career sites."""

from __future__ import annotations

import json
import signal
import sqlite3
import subprocess
import sys
import time
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import psutil
import pytest

from jpt.store import Store
from tests.career_sites import LAYOUTS, CareerSites, JobAd, Kind, Site, advert, adverts
from tests.career_sites.server import Answer, Reply, Request, Server
from tests.conftest import Jpt
from tests.waiting import until


def rows(jpt: Jpt, sql: str) -> list[tuple[Any, ...]]:
    with closing(sqlite3.connect(jpt.folder / "state/snapshots.sqlite3")) as raw:
        return raw.execute(sql).fetchall()


def companies(jpt: Jpt, career_sites: CareerSites, *names: str) -> Path:
    (jpt.folder / "inputs").mkdir(exist_ok=True)
    return career_sites.companies_csv(jpt.folder / "inputs/companies.csv", names or None)


def browsers(folder: Path) -> list[psutil.Process]:
    """Browser processes that work in a temporary folder below *folder*."""
    found = []
    for process in psutil.process_iter():
        try:
            if any(str(folder) in word for word in process.cmdline()) and "headless" in " ".join(
                process.cmdline()
            ):
                found.append(process)
        except psutil.Error:
            continue
    return found


def test_each_job_is_stored_with_the_years_it_requires_and_their_proof(jpt: Jpt) -> None:
    ads = adverts(24)
    with CareerSites([Site("Tern", "static", ads[:12]), Site("Ostler", "scripted", ads[12:])]) as career_sites:
        companies(jpt, career_sites)

        ended = jpt("run", "--json")

    assert ended.code == 0, ended.err
    report = ended.json
    assert report["sites"] == {"total": 2, "ok": 2, "failed": 0, "suspect": 0}
    assert report["jobs"] == {"queued": 24, "done": 24, "failed": 0, "not_jobs": 0}
    found = {row["job_title"]: row for row in jpt("jobs", "--all", "--json").json}
    read = {title: (row["min_years"], row["stated"]) for title, row in found.items()}
    assert read == {ad.title: (ad.min_years if ad.stated or ad.proof else None, ad.stated) for ad in ads}
    for ad in ads:
        if ad.proof:
            assert ad.proof in found[ad.title]["evidence"] or found[ad.title]["evidence"] in ad.proof


@pytest.mark.slow
def test_every_kind_of_list_gives_all_its_jobs_and_their_years(jpt: Jpt) -> None:
    readable = [layout for layout in LAYOUTS if layout != "busy-loop"]
    with CareerSites([Site(f"The {layout}", layout, adverts(4)) for layout in readable]) as career_sites:
        companies(jpt, career_sites)

        ended = jpt("run", "--json")

    assert ended.code == 0, ended.err
    assert ended.json["jobs"] == {"queued": 36, "done": 36, "failed": 0, "not_jobs": 0}
    found = rows(jpt, "SELECT site, job_title, min_years FROM job_details")
    expected = {(ad.title, ad.min_years) for ad in adverts(4)}
    assert {site: {row[1:] for row in found if row[0] == site} for site, *_ in found} == {
        f"The {layout}": expected for layout in readable
    }


def test_a_second_run_queues_nothing_and_a_new_job_is_the_only_news(jpt: Jpt) -> None:
    with CareerSites([Site("Tern", "static", adverts(5)), Site("Kelp", "tracking", adverts(5))]) as career_sites:
        companies(jpt, career_sites)
        jpt("run", "--json")
        second = jpt("run", "--json").json
        career_sites.add_job("Tern", advert("Harbour Master", years=2, ad_id="999"))
        career_sites.forget()
        third = jpt("run", "--json").json

    assert second["jobs"] == {"queued": 0, "done": 0, "failed": 0, "not_jobs": 0}
    assert third["jobs"] == {"queued": 1, "done": 1, "failed": 0, "not_jobs": 0}
    assert rows(jpt, "SELECT job_title, min_years FROM job_details ORDER BY id DESC LIMIT 1") == [
        ("Harbour Master", 2)
    ]


def test_sites_that_fail_disturb_no_other_and_become_no_snapshot(jpt: Jpt) -> None:
    bad: list[Kind] = [
        "failing",
        "down",
        "blocked",
        "interstitial",
        "not-found",
        "redirect-loop",
        "empty",
        "hang",
        "drip",
    ]
    sites = [Site(f"Bad {kind}", kind, adverts(2)) for kind in bad]
    with CareerSites([Site("Tern", "static", adverts(3)), *sites, Site("Quiet", "none")]) as career_sites:
        companies(jpt, career_sites)

        ended = jpt("run", "--json", PPT_SCRAPE_WATCHDOG_MS="15000")

    assert ended.code == 3
    assert ended.json["sites"] == {"total": 11, "ok": 2, "failed": 9, "suspect": 0}
    assert ended.json["jobs"]["done"] == 3
    assert rows(jpt, "SELECT site FROM current_snapshot ORDER BY site") == [("Quiet",), ("Tern",)]
    kept = rows(jpt, "SELECT site FROM jpt_failed_pages WHERE length(html_zlib) > 20 AND length(jpeg) > 500")
    assert ("Bad blocked",) in kept and ("Tern",) not in kept and ("Quiet",) not in kept
    states = {row["site"]: (row["status"], row["reason"]) for row in jpt("sites", "--json").json}
    assert states["Quiet"][0] == "none"
    assert states["Bad blocked"][0] == "blocked", states
    assert states["Bad interstitial"][0] == "blocked"
    assert states["Bad empty"][0] == "empty"
    assert "503" in states["Bad failing"][1] or "500" in states["Bad failing"][1]
    assert "15 s" in states["Bad hang"][1]


@pytest.mark.slow
def test_a_site_that_breaks_for_a_while_announces_nothing_old_when_it_is_back(jpt: Jpt) -> None:
    with CareerSites([Site("Tern", "static", adverts(12))]) as career_sites:
        companies(jpt, career_sites)
        jpt("run", "--json")
        for mode in ("failing", "shrunk"):
            career_sites.set_mode("Tern", mode)
            jpt("run", "--json")
        career_sites.set_mode("Tern", "ok")

        back = jpt("run", "--json")

    assert back.code == 0
    assert back.json["jobs"]["queued"] == 0


def test_posts_that_are_no_open_jobs_end_with_a_reason_and_no_row(jpt: Jpt) -> None:
    ads = [advert("Baker", ad_id="1"), advert("Cook", ad_id="2", page="gone"), advert("Smith", ad_id="3", page="removed"),
           advert("Potter", ad_id="4", page="closed"), advert("Weaver", ad_id="5", page="redirect")]  # fmt: skip
    with CareerSites([Site("Tern", "static", ads)]) as career_sites:
        companies(jpt, career_sites)

        report = jpt("run", "--json").json

    assert report["jobs"] == {"queued": 5, "done": 1, "failed": 0, "not_jobs": 4}
    assert rows(jpt, "SELECT job_title FROM job_details") == [("Baker",)]
    reasons = rows(jpt, "SELECT status, last_error FROM job_tasks WHERE last_error IS NOT NULL")
    assert len(reasons) == 4
    assert all(status == "DONE" and reason.startswith("gone: ") for status, reason in reasons)


def test_a_post_that_fails_once_is_read_in_the_same_run(jpt: Jpt) -> None:
    with CareerSites([Site("Tern", "static", [_failing(advert("Baker", years=2), times=1)])]) as career_sites:
        companies(jpt, career_sites)

        ended = jpt("run", "--json")

    assert ended.json["jobs"]["done"] == 1
    assert rows(jpt, "SELECT min_years FROM job_details") == [(2,)]


def test_a_document_keeps_a_row_that_guesses_nothing(jpt: Jpt) -> None:
    with CareerSites([Site("Tern", "static", [advert("Baker", years=9, page="pdf")])]) as career_sites:
        companies(jpt, career_sites)

        jpt("run", "--json")

    (job,) = jpt("jobs", "--json").json
    assert (job["job_title"], job["stated"], job["confidence"]) == ("Baker", False, "low")
    assert "it is a PDF" in job["unread"]


def test_a_limit_is_shared_out_fairly_and_the_rest_waits_for_the_next_run(jpt: Jpt) -> None:
    with CareerSites([Site(name, "static", adverts(8)) for name in ("Tern", "Kelp", "Ostler")]) as career_sites:
        companies(jpt, career_sites)

        first = jpt("run", "--json", "--limit", "6").json
        by_site = rows(jpt, "SELECT site, count(*) FROM job_details GROUP BY site")
        second = jpt("run", "--json").json

    assert first["jobs"]["done"] == 6
    assert sorted(by_site) == [("Kelp", 2), ("Ostler", 2), ("Tern", 2)]
    assert second["jobs"] == {"queued": 0, "done": 18, "failed": 0, "not_jobs": 0}


@pytest.mark.parametrize("command", [("seed",), ("run", "--baseline")])
def test_a_baseline_reads_no_post_and_makes_only_later_jobs_news(jpt: Jpt, command: tuple[str, ...]) -> None:
    with CareerSites([Site("Tern", "static", adverts(4))]) as career_sites:
        companies(jpt, career_sites)
        seeded = jpt(*command, "--json")
        reads = [hit.path for hit in career_sites.hits if "/jobs/" in hit.path]
        career_sites.add_job("Tern", advert("Harbour Master", ad_id="999"))

        after = jpt("run", "--json").json

    assert seeded.code == 0
    assert reads == []
    assert after["jobs"]["done"] == 1


def test_jobs_that_ask_too_much_are_stored_with_the_reason_and_left_out(jpt: Jpt) -> None:
    with CareerSites(
        [Site("Tern", "static", [advert("Baker", years=2, ad_id="1"), advert("Cook", years=5, ad_id="2")])]
    ) as career_sites:
        companies(jpt, career_sites)
        jpt("run", "--json", JPT_MAX_YEARS="3")

    assert rows(jpt, "SELECT job_title, include_job, exclude_reason FROM job_details ORDER BY job_title") == [
        ("Baker", 1, None),
        ("Cook", 0, "min_years_gte_4"),
    ]
    assert [job["job_title"] for job in jpt("jobs", "--json").json] == ["Baker"]
    assert len(jpt("jobs", "--json", "--max-years", "5").json) == 2


def test_not_on_a_terminal_there_are_plain_lines_and_the_results_alone_on_stdout(jpt: Jpt) -> None:
    with CareerSites(
        [Site("Tern", "static", [advert("Baker", years=2), advert("Cook", ad_id="8")])]
    ) as career_sites:
        companies(jpt, career_sites)

        ended = jpt("run")

    assert ended.code == 0
    lines = ended.out.splitlines()
    assert sorted(line.split("\t")[:3] for line in lines[:2]) == [["2+", "Tern", "Baker"], ["–", "Tern", "Cook"]]
    assert "2 new jobs fit" in lines[-1]
    assert "Tern: ok" in ended.err
    assert "\x1b" not in ended.out + ended.err
    logged = [json.loads(line) for line in (jpt.folder / "state/jpt.log").read_text().splitlines()]
    # On a busy machine a browser may leave a line of its own, which is no event.
    logged = [line for line in logged if "event" in line]
    assert {"site_done", "task_done"} <= {line["event"] for line in logged}
    assert len({line["run"] for line in logged}) == 1


@pytest.mark.parametrize(("number", "code"), [(signal.SIGINT, 130), (signal.SIGTERM, 143)])
def test_a_signal_ends_it_within_five_seconds_with_nothing_lost_and_nothing_left(
    jpt: Jpt, number: signal.Signals, code: int
) -> None:
    temp = jpt.folder / "temp"
    temp.mkdir()
    with CareerSites([Site("Tern", "static", adverts(10)), Site("Slow", "hang")], latency_ms=300) as career_sites:
        companies(jpt, career_sites)
        process = jpt.start("run", "--json", TMPDIR=str(temp))
        until(lambda: any("/jobs/" in hit.path for hit in career_sites.hits), 60)
        begun = time.monotonic()
        process.send_signal(number)
        out, err = process.communicate(timeout=20)
        took = time.monotonic() - begun

        assert process.returncode == code, err
        assert took < 5
        assert browsers(temp) == []
        assert list(temp.iterdir()) == []
        assert rows(jpt, "SELECT count(*) FROM job_tasks WHERE status = 'IN_PROGRESS' OR attempts > 1") == [(0,)]
        assert '"done"' in out

        after = jpt("run", "--json", PPT_SCRAPE_WATCHDOG_MS="3000")

    assert rows(jpt, "SELECT count(*), count(DISTINCT url) FROM job_details") == [(10, 10)]
    assert after.code == 3


def test_a_killed_run_loses_nothing_and_the_next_one_sweeps_up(jpt: Jpt) -> None:
    temp = jpt.folder / "temp"
    temp.mkdir()
    with CareerSites([Site("Tern", "static", adverts(8))], latency_ms=200) as career_sites:
        companies(jpt, career_sites)
        process = jpt.start("run", "--json", TMPDIR=str(temp))
        until(lambda: any("/jobs/" in hit.path for hit in career_sites.hits), 60)
        process.kill()
        process.communicate()

        ended = jpt("run", "--json", TMPDIR=str(temp))

    assert ended.code == 0, ended.err
    assert rows(jpt, "SELECT count(*), count(DISTINCT url) FROM job_details") == [(8, 8)]
    assert browsers(temp) == []
    assert list(temp.iterdir()) == []


def test_a_second_run_on_the_database_ends_at_once_and_names_the_first(jpt: Jpt) -> None:
    with CareerSites([Site("Slow", "hang")]) as career_sites:
        companies(jpt, career_sites)
        process = jpt.start("run")
        until(lambda: bool(career_sites.hits), 60)

        second = jpt("run")
        process.send_signal(signal.SIGINT)
        process.communicate(timeout=20)

    assert second.code == 75
    assert f"process {process.pid}" in second.err


def test_without_a_network_one_sentence_says_so(jpt: Jpt) -> None:
    (jpt.folder / "inputs").mkdir()
    (jpt.folder / "inputs/companies.csv").write_text("A,https://a.invalid/jobs\nB,https://b.invalid/jobs\n")

    ended = jpt("run")

    assert ended.code == 3
    assert "No network" in ended.out
    assert rows(jpt, "SELECT count(*) FROM jpt_pages") == [(0,)]


def test_a_bad_line_is_named_and_the_good_ones_run(jpt: Jpt) -> None:
    with CareerSites([Site("Tern", "static", adverts(1))]) as career_sites:
        path = companies(jpt, career_sites)
        path.write_text(path.read_text() + "Globex,\n")

        ended = jpt("run", "--json")

    assert "line 3" in ended.err
    assert ended.json["jobs"]["done"] == 1


def test_an_unusable_database_ends_it_before_a_browser_starts(bare_jpt: Jpt) -> None:
    (bare_jpt.folder / "inputs").mkdir()
    (bare_jpt.folder / "inputs/companies.csv").write_text("A,https://a.invalid/jobs\n")
    (bare_jpt.folder / "bad.sqlite3").write_text("no database " * 50)

    ended = bare_jpt("run", "--db", "bad.sqlite3", JPT_CHROMIUM="/nowhere")

    assert ended.code == 74
    assert "not an SQLite database" in ended.err


def test_a_missing_list_says_how_to_make_one(bare_jpt: Jpt) -> None:
    ended = bare_jpt("run")

    assert ended.code == 65
    assert "inputs/companies.csv" in ended.err
    assert "Traceback" not in ended.err


def test_a_named_browser_that_does_not_work_ends_it_with_a_sentence(bare_jpt: Jpt) -> None:
    (bare_jpt.folder / "inputs").mkdir()
    (bare_jpt.folder / "inputs/companies.csv").write_text("A,https://a.invalid/jobs\n")

    ended = bare_jpt("run", JPT_CHROMIUM="/nowhere/chromium")

    assert ended.code == 69
    assert "/nowhere/chromium" in ended.err


def _failing(ad: JobAd, *, times: int) -> JobAd:
    return replace(ad, fails_first=times)


def test_a_host_that_asks_for_a_pause_gets_it_and_no_attempt_is_lost(jpt: Jpt) -> None:
    asked: list[float] = []

    def answer(request: Request) -> Answer:
        if request.path == "/careers":
            return Reply(
                b"<h1>Jobs</h1>"
                + b"".join(b'<p><a href="/jobs/%d-baker">Baker</a></p>' % n for n in range(1001, 1007))
            )
        asked.append(request.time)
        return Reply(b"<h1>Slow down</h1>", 429, headers=(("Retry-After", "600"),))

    with Server(answer) as server:
        (jpt.folder / "inputs").mkdir()
        (jpt.folder / "inputs/companies.csv").write_text(f"Tern,http://127.0.0.1:{server.port}/careers\n")
        ended = jpt("run")

    assert len(asked) <= 6  # those that were in flight when the first answer came
    assert rows(jpt, "SELECT DISTINCT status, attempts FROM job_tasks") == [("PENDING", 0)]
    assert "6 posts queued for the next run" in ended.out


def test_robots_are_heeded_only_where_the_user_wants(jpt: Jpt) -> None:
    asked: list[str] = []

    def answer(request: Request) -> Answer:
        asked.append(request.path)
        if request.path == "/robots.txt":
            return Reply(b"User-agent: *\nDisallow: /jobs/1001\n", kind="text/plain")
        if request.path == "/careers":
            return Reply(
                b"<h1>Jobs</h1>"
                + b"".join(b'<p><a href="/jobs/%d-baker">Baker</a></p>' % n for n in (1001, 1002, 1003))
            )
        return Reply(
            b"<h1>Baker</h1><p>" + b"We bake at night and sell by day. " * 20 + b"</p>"
            b"<h2>Requirements</h2><ul><li>2 years of experience</li></ul><button>Apply</button>"
        )

    with Server(answer) as server:
        (jpt.folder / "inputs").mkdir()
        (jpt.folder / "inputs/companies.csv").write_text(f"Tern,http://127.0.0.1:{server.port}/careers\n")
        ended = jpt("run", JPT_ROBOTS="1")

    assert "/jobs/1001-baker" not in asked
    assert "/jobs/1002-baker" in asked
    assert "robots.txt asks robots not to" in ended.out


def test_a_setting_of_the_wrong_kind_is_one_sentence(bare_jpt: Jpt) -> None:
    ended = bare_jpt("jobs", JPT_MAX_YEARS="three")

    assert (ended.code, ended.out) == (78, "")
    assert (
        ended.err
        == "JPT_MAX_YEARS is 'three': it should be a whole number. Correct it, or unset it to use the default.\n"
    )


def test_a_line_of_json_may_hold_any_separator_of_lines(bare_jpt: Jpt) -> None:
    (bare_jpt.folder / "posts.jsonl").write_text(
        '{"id": 7, "text": "Requirements\u2028\u0085 3 years of experience"}\n'
    )

    read = bare_jpt("extract", "--jsonl", "posts.jsonl", "--json").json_lines

    assert [(row["id"], row["min_years"]) for row in read] == [(7, 3)]


@pytest.mark.parametrize("command", ["links", "extract"])
@pytest.mark.parametrize("content", ["", "{}\n", "no json\n[]\n"])
def test_a_file_of_lines_without_a_usable_one_is_an_input_error(command: str, content: str, bare_jpt: Jpt) -> None:
    (bare_jpt.folder / "posts.jsonl").write_text(content, encoding="utf-8")

    ended = bare_jpt(command, "--jsonl", "posts.jsonl")

    assert (ended.code, ended.out) == (65, "")
    assert "posts.jsonl" in ended.err


@pytest.mark.parametrize("words", ["banana", "https://unknown.example/jobs/1"])
def test_what_nothing_is_known_of_is_no_success(words: str, bare_jpt: Jpt) -> None:
    ended = bare_jpt("why", words)

    assert ended.code == 2
    assert words in ended.out + ended.err


def test_an_output_whose_reader_goes_away_is_no_failure(bare_jpt: Jpt) -> None:
    ended = subprocess.run(
        ["bash", "-c", '"$0" -m jpt --help | true; echo ${PIPESTATUS[0]}', sys.executable],
        cwd=bare_jpt.folder, env=bare_jpt.env, capture_output=True, text=True, check=True,
    )  # fmt: skip

    assert (ended.stdout, ended.stderr) == ("0\n", "")


def test_nothing_to_read_is_said(bare_jpt: Jpt) -> None:
    ended = bare_jpt("extract", "-", input=" \n")

    assert ended.code == 65
    assert "stdin is empty" in ended.err


def test_a_post_read_at_the_second_try_is_no_failure_and_one_left_over_is_told(jpt: Jpt) -> None:
    with CareerSites(
        [
            Site(
                "Tern",
                "static",
                [
                    replace(advert("Baker", ad_id="1"), fails_first=1),
                    replace(advert("Cook", ad_id="2"), fails_first=2),
                ],
            )
        ]
    ) as career_sites:
        companies(jpt, career_sites)
        ended = jpt("run")
        failed = jpt("jobs", "--failed", "--json").json

    assert ended.code == 3
    assert "1 post queued for the next run" in ended.out
    assert [(row["text"], row["given_up"]) for row in failed] == [("Cook", False)]


def test_a_limit_says_what_is_left(jpt: Jpt) -> None:
    with CareerSites([Site("Tern", "static", adverts(5))]) as career_sites:
        companies(jpt, career_sites)
        ended = jpt("run", "--limit", "2")
        seeded = jpt("seed")

    assert "3 posts queued for the next run" in ended.out
    assert "5 jobs recorded as known" in seeded.out
    assert "to read" not in seeded.err


@pytest.mark.slow
def test_a_post_on_a_host_that_nobody_knows_uses_up_its_attempts(jpt: Jpt) -> None:
    page = b"<h1>Jobs</h1>" + b"".join(
        b'<p><a href="https://boards.dead.invalid/jobs/%d-software-engineer">Software Engineer</a></p>' % n
        for n in (1001, 1002, 1003)
    )
    with Server(lambda request: Reply(page)) as server:
        (jpt.folder / "inputs").mkdir()
        (jpt.folder / "inputs/companies.csv").write_text(f"Tern,http://127.0.0.1:{server.port}/careers\n")
        jpt("run", "--json")

    assert {row[0] for row in rows(jpt, "SELECT attempts FROM job_tasks")} <= {1, 2, 3}


def test_a_document_is_told_apart_from_what_fits(jpt: Jpt) -> None:
    with CareerSites(
        [
            Site(
                "Tern",
                "static",
                [advert("Baker", years=2, ad_id="1"), advert("Head of Growth", ad_id="2", page="pdf")],
            )
        ]
    ) as career_sites:
        companies(jpt, career_sites)
        ended = jpt("run")

    assert "1 new job fits" in ended.out
    assert "Not read: Head of Growth (Tern)" in ended.out


def test_the_reader_of_a_pipe_may_go_away(jpt: Jpt) -> None:
    with CareerSites([Site("Tern", "static", adverts(3))]) as career_sites:
        companies(jpt, career_sites)
        process = jpt.start("run")
        assert process.stderr is not None
        assert process.stdout is not None
        process.stderr.close()
        process.stdout.close()

        assert process.wait(60) == 0

    assert rows(jpt, "SELECT count(*) FROM job_details") == [(3,)]


IMPATIENT = "from jpt.cli import main; from jpt.store import connection; connection.BUSY_S = 0.2; main()"


def test_a_locked_database_ends_it_before_a_browser_starts(bare_jpt: Jpt) -> None:
    (bare_jpt.folder / "inputs").mkdir()
    (bare_jpt.folder / "inputs/companies.csv").write_text("A,https://a.invalid/jobs\n")
    bare_jpt("jobs")
    (bare_jpt.folder / "state").mkdir(exist_ok=True)
    path = bare_jpt.folder / "state/snapshots.sqlite3"
    Store.open(path).__enter__()
    with closing(sqlite3.connect(path, isolation_level=None)) as holder:
        holder.execute("BEGIN IMMEDIATE")

        ended = bare_jpt("-c", IMPATIENT, "run", JPT_CHROMIUM="/nowhere/chromium")

    assert ended.code == 75
    assert "locked" in ended.err


def test_two_names_of_one_database_are_one_lock(jpt: Jpt) -> None:
    with CareerSites([Site("Tern", "static", [advert("Baker", page="hang")])]) as career_sites:
        companies(jpt, career_sites)
        first = jpt.start("run")
        try:
            until((jpt.folder / "state/snapshots.sqlite3.holder").exists, 60)
            (jpt.folder / "link.db").symlink_to(jpt.folder / "state/snapshots.sqlite3")
            second = jpt("run", "--db", "link.db")
        finally:
            first.kill()
            first.communicate()

    assert second.code == 75


@pytest.mark.skipif(not hasattr(signal, "SIGHUP"), reason="no such signal here")
def test_what_was_started_to_survive_a_logout_does(jpt: Jpt) -> None:
    with CareerSites([Site("Tern", "slow", adverts(3), seconds=1.0)]) as career_sites:
        companies(jpt, career_sites)
        process = subprocess.Popen(["nohup", sys.executable, "-m", "jpt", "run"], cwd=jpt.folder, env=jpt.env,
            stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.PIPE)  # fmt: skip
        until(lambda: career_sites.hits, 60)
        process.send_signal(signal.SIGHUP)
        process.communicate(timeout=60)

    assert process.returncode == 0


def test_a_site_that_nobody_knows_is_a_usage_error_with_a_hint(jpt: Jpt) -> None:
    with CareerSites([Site("Tern Analytics", "static", adverts(1))]) as career_sites:
        companies(jpt, career_sites)
        jpt("run")

    ended = jpt("jobs", "--site", "tern")

    assert ended.code == 2
    assert "did you mean 'Tern Analytics'?" in ended.err


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "utf-16-le", "cp1252"])
def test_a_text_in_any_usual_encoding_is_read(bare_jpt: Jpt, encoding: str) -> None:
    (bare_jpt.folder / "post.txt").write_bytes(
        "Requirements: at least 4 years of experience in a café.\n".encode(encoding)
    )

    read = bare_jpt("extract", "post.txt", "--json").json

    assert (read["min_years"], "café" in read["evidence"]) == (4, True)


def test_what_is_no_text_is_refused(bare_jpt: Jpt) -> None:
    (bare_jpt.folder / "noise").write_bytes(bytes(range(256)) * 20)

    assert bare_jpt("extract", "noise").code in {0, 65}
    assert bare_jpt("extract", "-", input="Shopping list: eggs").out.startswith(
        "No years stated: please check (low confidence"
    )


def test_a_page_that_is_no_open_post_is_said_with_the_exit_code(jpt: Jpt) -> None:
    with CareerSites([Site("Tern", "static", [advert("Baker", page="closed")])]) as career_sites:
        ended = jpt("extract", career_sites.job_url("Tern", career_sites.site("Tern").jobs[0]))

    assert ended.code == 3
    assert "not an open job post" in ended.out
    assert "confidence" not in ended.out


def test_one_site_and_its_posts_are_read_alone(jpt: Jpt) -> None:
    with CareerSites([Site("Tern", "static", adverts(2)), Site("Kelp", "static", adverts(1))]) as career_sites:
        companies(jpt, career_sites)
        jpt("run", "--site", "Tern", "--limit", "1")
        ended = jpt("run", "--site", "kelp", "--json")
        unknown = jpt("run", "--site", "Kepl")

    assert (ended.json["sites"]["total"], ended.json["jobs"]["done"], ended.json["waiting"]) == (1, 1, 0)
    assert rows(jpt, "SELECT site, count(*) FROM job_details GROUP BY site") == [("Kelp", 1), ("Tern", 1)]
    assert (unknown.code, "'Kelp'" in unknown.err) == (2, True)


def test_a_post_that_is_a_pdf_is_read_with_its_years_and_quote(jpt: Jpt) -> None:
    ads = [advert("Baker", years=2, page="paper")]
    with CareerSites([Site("Tern", "static", ads)]) as career_sites:
        companies(jpt, career_sites)

        jpt("run", "--json")

    (job,) = jpt("jobs", "--json").json
    assert (job["job_title"], job["min_years"], job["stated"]) == ("Baker", 2, True)
    assert "2+ years of professional experience" in job["evidence"]


@pytest.mark.slow
def test_a_post_that_its_title_keeps_out_is_opened_once_the_rules_allow_it(jpt: Jpt) -> None:
    first, second, *rest = adverts(4)
    ads = [replace(first, title="Senior Baker"), replace(second, title="Baker"), *rest]
    filters = jpt.folder / "inputs/filters.toml"
    with CareerSites([Site("Tern", "static", ads)]) as career_sites:
        companies(jpt, career_sites)
        filters.write_text('[title]\nexclude = ["senior"]\n')
        post = urlsplit(career_sites.job_url("Tern", ads[0])).path

        before = jpt("run", "--json").json
        kept_out = next(row for row in jpt("jobs", "--all", "--json").json if row["job_title"] == "Senior Baker")
        opened_before = career_sites.count(post)
        filters.write_text("")
        after = jpt("run", "--json").json

    assert (opened_before, career_sites.count(post)) == (0, 1)
    assert (before["jobs"]["done"], after["jobs"]["done"]) == (3, 1)
    assert (kept_out["fits"], kept_out["kept_out_by"]) == (False, "title.exclude")
