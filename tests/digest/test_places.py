"""A place in the filters means all that lies in it, and all lists, feeds and mails agree on it."""

from __future__ import annotations

import json
import re
import sqlite3
from collections.abc import Iterator
from datetime import UTC, datetime
from io import StringIO

import pytest
from rich.console import Console

from jpt.catalogue.as_json import posting_json
from jpt.catalogue.openings import openings
from jpt.catalogue.view import JobsView
from jpt.cli.jobs_table import jobs_table
from jpt.digest.compose import PLACE_DOUBTS, row
from jpt.digest.filters import parse_profiles, read_profiles
from jpt.digest.planning import feed, preview
from jpt.digest.rules import KeptOut
from jpt.digest.select import sort
from jpt.models.digests import DigestEntry, News
from jpt.models.jobs import Experience
from jpt.store import Store
from tests.catalogue.stock import Post, stock
from tests.conftest import Jpt
from tests.digest.test_delivery import told
from tests.mailing import DigestSender, Scripted
from tests.places.spellings import spelt
from tests.table import each_row

MOST_WRONGLY_KEPT = 0.01


@pytest.fixture
def server() -> Iterator[Scripted]:
    with Scripted() as running:
        yield running


def verdict(rules: str, location: str, remote: str = "") -> str | None:
    """The rule that keeps a job out; None: it fits."""
    job = News("Acme", "u", "Engineer", Experience(0, False, None, "low"), 0, location=location, remote=remote)
    found = parse_profiles(rules, "filters.toml")[0].verdict(job, 3)
    return found.rule if isinstance(found, KeptOut) else None


def test_a_search_for_germany_keeps_all_of_it_and_nothing_else() -> None:
    rules = '[location]\ninclude = ["Germany"]'
    kept = {words: verdict(rules, words) is None for words in spelt()}
    wrongly_dropped = [words for words, fits in spelt().items() if fits and not kept[words]]
    wrongly_kept = [words for words, fits in spelt().items() if not fits and kept[words]]

    assert wrongly_dropped == []
    assert len(wrongly_kept) <= MOST_WRONGLY_KEPT * len(spelt()), wrongly_kept


def test_list_export_feed_preview_and_mail_show_the_same_places(bare_jpt: Jpt, server: Scripted) -> None:
    sender = DigestSender(bare_jpt.folder, server.port)
    filters = bare_jpt.folder / "inputs/filters.toml"
    filters.parent.mkdir()
    filters.write_text('[location]\ninclude = ["Germany"]\n', encoding="utf-8")
    places = dict(list(spelt().items())[:130] + list(spelt().items())[-90:])
    jobs = {f"https://acme.example/jobs/{number}": words for number, words in enumerate(places)}
    sender.add("https://acme.example/jobs/first", "First", location="Ulm")
    with sqlite3.connect(sender.db) as db:
        db.executemany(
            "INSERT INTO job_details (site, url, job_title, min_years, raw_json, created_ts_ms, updated_ts_ms)"
            " VALUES ('Acme', ?, ?, 2, ?, 1, 1)",
            [
                (url, f"Job {number}", json.dumps({"stated": True, "evidence": "2 years", "location": words}))
                for number, (url, words) in enumerate(jobs.items())
            ],
        )
    db.close()
    wanted = {url for url, words in jobs.items() if places[words]} | {"https://acme.example/jobs/first"}
    settings = sender.settings(digest_rows=500, filters=filters)
    profile = read_profiles(filters)[0]

    with Store.open(sender.db, sender.clock) as store:
        listed = [one for one in JobsView.of(store, settings).postings() if one.fits]
        fed = set(re.findall(r"https://acme\.example/jobs/\w+", feed(store, settings, profile)))
        shown = preview(store, settings, profile)
    mailed: set[str] = set()
    for _ in range(20):
        sender.deliver(digest_rows=500, filters=filters)
        if mailed == (mailed := {url for mail in server.mails for url in told(mail)}):
            break

    exported = json.loads(bare_jpt("--db", "jpt.sqlite3", "export", "json").out)

    assert {one.news.url for one in listed} == wanted  # what run, jobs, the screen and the pages show a part of
    assert {job["url"] for job in exported} == wanted
    assert fed == wanted
    assert shown.jobs + shown.later == len(wanted)
    assert mailed == wanted


@each_row(
    ("rules", "location", "remote", "rule"),
    [
        ('include = ["Germany", "Remote"]', "Remote - US", "remote", None),
        ('include = ["Remote"]', "Berlin", "", "location.include"),
        ('include = ["Remote"]', "Berlin", "hybrid", "location.include"),
        ('include = ["Germany"]', "", "hybrid", None),
        ('include = ["Germany"]\nunstated = "drop"', "Kleinkleckersdorf", "", "location.include"),
        ('include = ["Kleinkleckersdorf"]', "Kleinkleckersdorf", "", None),
        ('include = ["Kleinkleckersdorf"]', "Berlin", "", "location.include"),
        ('exclude = ["Germany"]', "Munich", "", "location.exclude"),
        ('exclude = ["Germany"]', "Munich; Paris", "", None),
        ('exclude = ["Germany"]', "Kleinkleckersdorf", "", None),
        ('exclude = ["remote"]', "Berlin", "remote", "location.exclude"),
        ('include = ["Ber*"]', "Bern", "", None),
    ],
)
def test_places_and_kinds_of_work_are_told_apart(rules: str, location: str, remote: str, rule: str | None) -> None:
    assert verdict(f"[location]\n{rules}", location, remote) == rule


@each_row(
    ("rules", "location", "remote", "doubt"),
    [
        ('include = ["Germany"]', "Munich", "", None),
        ('include = ["Germany"]', "", "hybrid", "unstated"),
        ('include = ["Germany"]', "", "", "unstated"),
        ('include = ["Berlin"]', "Germany", "", "unclear"),
        ('include = ["Germany"]', "Remote", "remote", "unclear"),
        ('include = ["Germany", "Remote"]', "Remote", "remote", None),
        ('exclude = ["Germany"]', "", "", "unstated"),
        ('exclude = ["Germany"]', "Paris", "", None),
        ('exclude = ["Germany"]', "Paris; Munich", "", None),
        ('exclude = ["hybrid"]', "", "", None),
    ],
)
def test_what_is_kept_although_its_place_is_not_known_is_marked(
    rules: str, location: str, remote: str, doubt: str | None
) -> None:
    profile = parse_profiles(f"[location]\n{rules}", "filters.toml")[0]
    job = News(
        "Acme", "https://acme.example/7", "Engineer", Experience(0, False, None, "low"), 0, location, remote=remote
    )

    (fitting,) = sort([job], profile, 3).fitting
    facts = row(DigestEntry(fitting), datetime(2026, 1, 5, tzinfo=UTC)).facts

    assert fitting.place_doubt == doubt
    assert [fact for fact in facts if fact.startswith("place ")] == ([PLACE_DOUBTS[doubt]] if doubt else [])


def test_the_list_and_its_json_tell_that_a_place_is_not_stated(bare_jpt: Jpt) -> None:
    (bare_jpt.folder / "state").mkdir()
    (bare_jpt.folder / "inputs").mkdir()
    (bare_jpt.folder / "inputs/filters.toml").write_text('[location]\ninclude = ["Germany"]\n', encoding="utf-8")
    db = bare_jpt.folder / "state/snapshots.sqlite3"
    stock(db, Post("Nurse", 1, "", number=1), Post("Baker", 1, "Köln", number=2))
    with Store.open(db) as store:
        shown = JobsView(store, bare_jpt.folder / "inputs/filters.toml", 3).postings()
    console = Console(file=StringIO(), width=120)
    console.print(jobs_table(openings(shown), "Jobs", width=120))

    assert {one.news.title: posting_json(one)["place_doubt"] for one in shown} == {
        "Nurse": "unstated",
        "Baker": None,
    }
    assert console.file.getvalue().count("place not stated") == 1  # type: ignore[attr-defined]
