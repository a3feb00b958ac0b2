"""Posts that are not opened, for their titles keep them from everybody."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from jpt.catalogue.view import JobsView, Judge
from jpt.digest.filters import parse_profiles
from jpt.extract.finding import unopened
from jpt.models.digests import DEFAULT, MAIL, Channel
from jpt.models.jobs import Job
from jpt.models.postings import Mark
from jpt.settings import Settings
from jpt.store import Store
from tests.store.test_history import lease
from tests.store.test_store import ACME, FINDING, job, listed
from tests.stored import stored_jobs

RULE = "title.exclude: senior"
FACTS = {"location": "Ulm", "requisition_id": "R-77"}
BAKER = replace(FINDING, title="Baker", facts=FACTS, text="We bake bread, and early. " * 20)


def no_senior(_site: str, title: str) -> str | None:
    return RULE if "Senior" in title else None


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with Store.open(tmp_path / "jpt.sqlite3") as opened:
        read = listed(job(1), job(2))
        links = (replace(read.links[0], text="Senior Baker"), replace(read.links[1], text="Baker"))
        opened.sites.record(ACME, replace(read, links=links), queue=True)
        task = lease(opened)
        assert opened.unopened.title(task) == "Senior Baker"
        stored = opened.jobs.finish(task, unopened("Senior Baker", RULE))
        assert isinstance(stored, Job) and not stored.is_new
        opened.jobs.finish(lease(opened), BAKER)
        yield opened


def test_it_is_listed_with_the_rule_and_told_to_nobody(store: Store, tmp_path: Path) -> None:
    (tmp_path / "filters.toml").write_text('[title]\nexclude = ["senior"]\n')
    everything = JobsView(store, tmp_path / "filters.toml", 3).postings()

    assert {one.news.title: one.kept_out and one.kept_out.rule for one in everything} == {
        "Senior Baker": "title.exclude",
        "Baker": None,
    }
    assert [one.title for one in store.unreported.jobs(Channel(DEFAULT, MAIL), 9)] == ["Baker"]
    assert store.problems() == []


def test_it_is_opened_as_soon_as_the_rules_change_and_is_news_then(store: Store) -> None:
    assert store.unopened.reconsider(no_senior) == 0
    assert store.unopened.reconsider(lambda *_: None) == 1

    found = store.jobs.finish(lease(store), replace(FINDING, title="Senior Baker of Bread"))

    assert isinstance(found, Job) and found.is_new
    assert len(list(store.unreported.jobs(Channel(DEFAULT, MAIL), 9))) == 2
    assert [one.kind for one in store.history.changes(0)] == []
    assert store.unopened.reconsider(lambda *_: None) == 0
    assert store.problems() == []


def test_it_is_opened_when_the_user_follows_it(store: Store) -> None:
    store.marks.put(job(1).url, Mark("interested"))

    assert store.unopened.reconsider(no_senior) == 1
    assert store.unopened.title(lease(store)) == ""


@pytest.mark.parametrize("ended", ["no job", "the same"])
def test_its_row_goes_when_it_turns_out_to_be_nothing_of_its_own(store: Store, ended: str) -> None:
    store.unopened.reconsider(lambda *_: None)
    task = lease(store)

    if ended == "no job":
        store.queue.dismiss(task, "not a job post")
    else:
        store.jobs.finish(task, BAKER)

    assert [one.title for one in stored_jobs(store)] == ["Baker"]
    assert store.problems() == []


def test_a_title_is_out_only_if_it_is_for_everybody(tmp_path: Path) -> None:
    path = tmp_path / "filters.toml"
    judge = Judge(lambda: Settings(db=tmp_path / "x.sqlite3", filters=path))

    path.write_text('[title]\nexclude = ["senior"]\n')
    assert judge.title_out("Acme", "Senior Baker") == RULE
    assert judge.title_out("Acme", "Baker") is None
    path.write_text('[title]\nexclude = ["senior"]\n[profile.anna]\nto = ["anna@example.org"]\n')
    assert judge.title_out("Acme", "Senior Baker") is None
    assert parse_profiles('[company.rules."Acme"]\ntitle.exclude = ["baker"]', "x")[0].title_out("Acme", "Baker")
