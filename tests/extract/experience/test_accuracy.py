"""The shipped labelled posts are read as people read them; `jpt eval` and `jpt reextract` as a user runs them."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from jpt.extract.experience import experience
from jpt.extract.scoring import Score, Scored, label, scored
from jpt.models.jobs import Experience, Finding
from jpt.models.pages import Company, Link, ListRead, PageRead
from jpt.store import Store
from tests.conftest import Jpt

POSTS = Path(__file__).parents[2] / "accuracy/posts.jsonl"
ROWS = [json.loads(line) for line in POSTS.read_text(encoding="utf-8").splitlines()]


@pytest.fixture(scope="module")
def results() -> list[Scored]:
    return [scored(label(row, row["id"]), experience(row["text"]), row["text"]) for row in ROWS]


def test_the_labelled_posts_are_read_as_people_read_them(results: list[Scored]) -> None:
    score = Score.of(results, max_years=3)

    wrong = [one.label.id for one in results if not (one.accepted and one.as_stated)]
    assert score.posts >= 200
    assert score.accepted >= 0.97, wrong
    assert score.stated >= 0.98, wrong
    assert score.mailed + score.hidden <= 0.015, wrong


def test_every_evidence_is_verbatim(results: list[Scored]) -> None:
    assert all(one.verbatim for one in results)
    assert all(len(one.read.evidence or "") <= 160 for one in results)


def test_what_is_stated_has_its_evidence(results: list[Scored]) -> None:
    assert all((one.read.evidence is not None) == (one.read.stated or one.read.asks_none) for one in results)


AROUND = {
    "English": (
        (
            "Skip to content\nJobs\nSaved jobs (2)\nExperience level\nEntry level (12)\nMid level, 3+ years (40)\n"
            "We use cookies. They are kept for 2 years. Accept all\n\n"
        ),
        (
            "\n\nSimilar jobs\nCook\n1 year of experience required\nHead baker, 8+ years of experience\n\nAbout us\n"
            "For more than 50 years our company has built boats.\n© 2026 · Privacy · Terms\n"
        ),
    ),
    "filters": (
        "Refine your search\nExperience\nEntry level\n1-2 years\n3-5 years\n10+ years\nCareers\nEngineer at ACME\nShare\n",
        (
            "\nApply now\nShare this job\nRelated jobs\nSenior Engineer\nMinimum 8 years of experience\nJunior Engineer\n"
            "No more than 1 year of experience\nWhy ACME?\nFounded 25 years ago, ACME has grown to 3,000 people.\nFollow us\n"
        ),
    ),
    "colleagues": (
        "ACME\nProducts Solutions Company Careers\n",
        '\nMeet the team\n"I joined 5 years ago as a trainee." – Ann, 12 years of experience in design\nLatest news\n',
    ),
    "German": (
        (
            "Zum Inhalt springen\nStellenangebote\nWir verwenden Cookies. Speicherdauer: 2 Jahre.\nFilter\nBerufserfahrung\n"
            "Berufseinsteiger (12)\n1-3 Jahre (44)\nMehr als 5 Jahre (31)\n\n"
        ),
        (
            "\n\nÄhnliche Stellen\nKoch (m/w/d)\nMindestens 1 Jahr Berufserfahrung\nAlle Jobs anzeigen\n\nÜber uns\n"
            "Seit über 60 Jahren sind wir für unsere Kunden da.\nImpressum · Datenschutz\n"
        ),
    ),
    "Spanish": (
        "Ir al contenido\nOfertas de empleo\nExperiencia\nSin experiencia (4)\n1 año (20)\n",
        (
            "\n\nOfertas similares\nCamarero\n1 año de experiencia\nVer todas las ofertas\nSobre nosotros\n"
            "Llevamos más de 60 años cuidando de nuestros clientes.\nAviso legal\n"
        ),
    ),
}


@pytest.mark.parametrize("kind", AROUND)
@pytest.mark.parametrize("part", [len(AROUND), pytest.param(1, marks=pytest.mark.slow)], ids=["some", "all"])
def test_what_stands_around_a_post_does_not_change_the_answer(kind: str, part: int, results: list[Scored]) -> None:
    before, after = AROUND[kind]
    right = {one.label.id for one in results if one.accepted and one.as_stated}
    rows = [row for row in ROWS if row["id"] in right and len(row["text"]) > 120]
    # Each post stands within one kind, or in turn within all of them.
    rows = rows[list(AROUND).index(kind) % part :: part]
    wrong = [
        row["id"]
        for row in rows
        if (read := experience(f"{before}{row['text']}{after}")).min_years not in row["accept"]
        or (read.stated != row["stated"] and len(row["accept"]) == 1)
    ]

    assert len(wrong) <= len(rows) // 100, wrong


def test_eval_prints_the_scores_and_the_mistakes(bare_jpt: Jpt) -> None:
    (bare_jpt.folder / "posts.jsonl").write_text(
        json.dumps({"id": "a", "text": "Requirements\n5 years of experience", "min_years": 5, "hard": True})
        + "\n"
        + json.dumps({"id": "wrong", "text": "Requirements\n5 years of experience", "min_years": 1}),
        encoding="utf-8",
    )

    told = bare_jpt("eval", "posts.jsonl")
    row = bare_jpt("eval", "posts.jsonl", "--json").json

    assert told.code == 0
    assert "accepted 0.5000 of 2 posts, 1.0000 of the hard ones" in told.out
    assert "wrong" in told.out and "hidden" in told.out
    assert (row["posts"], row["accepted"], row["hidden"], row["mistakes"][0]["evidence"]) == (
        2,
        0.5,
        0.5,
        "5 years of experience",
    )


def test_eval_takes_texts_and_labels_from_two_files(bare_jpt: Jpt) -> None:
    (bare_jpt.folder / "texts.jsonl").write_text(
        '{"id": 1, "text": "Requirements\\n5 years of experience"}\n{"id": 2, "text": "nobody labelled this"}\n',
        encoding="utf-8",
    )
    (bare_jpt.folder / "labels.jsonl").write_text('{"id": 1, "min_years": 5}\n', encoding="utf-8")

    row = bare_jpt("eval", "texts.jsonl", "--labels", "labels.jsonl", "--json").json

    assert (row["posts"], row["accepted"]) == (1, 1.0)


@pytest.mark.parametrize("content", ["", "no json", '{"id": "a", "text": "x"}', '{"id": "a", "min_years": 2}'])
def test_eval_of_a_file_without_a_labelled_post_says_what_is_expected(bare_jpt: Jpt, content: str) -> None:
    (bare_jpt.folder / "posts.jsonl").write_text(content, encoding="utf-8")

    ended = bare_jpt("eval", "posts.jsonl")

    assert ended.code == 65
    assert "posts.jsonl" in ended.err


STORED = "Requirements\n5 years of experience in a bakery\n" + "You will bake bread and cakes for us. " * 20


def stored(path: Path, text: str = STORED) -> None:
    """A job whose stored years are older than the rules, which was told in a digest."""
    company = Company("Acme", "https://acme.example/careers")
    link = Link("https://acme.example/jobs/1", "Baker", is_job=True, score=0.9)
    page = PageRead(company.url, company.url, 200, "Jobs", "Jobs")
    with Store.open(path) as store:
        store.sites.record(company, ListRead(page, "ok", "", (link,)), queue=True)
        waiting = store.queue.due("Acme")
        assert waiting is not None
        task = store.queue.lease(waiting, "me")
        assert task is not None
        old = Experience(0, stated=False, evidence=None, confidence="high")
        store.jobs.finish(task, Finding("Baker", old, facts={"location": "Oslo"}, text=text))


def test_reextract_applies_newer_rules_to_stored_posts_and_keeps_the_rest(bare_jpt: Jpt) -> None:
    stored(bare_jpt.folder / "state/snapshots.sqlite3")

    tried = bare_jpt("reextract", "--dry-run", "--json").json
    before = bare_jpt("jobs", "--all", "--json").json[0]
    done = bare_jpt("reextract")
    after = bare_jpt("jobs", "--all", "--json").json[0]
    again = bare_jpt("reextract", "--json").json

    assert (tried["read"], tried["changed"], before["min_years"]) == (1, 1, None)
    assert "1 post read again, 1 with different years" in done.out
    assert (after["min_years"], after["stated"], after["include"]) == (5, True, False)
    assert after["exclude_reason"] == "min_years_gte_4"
    assert after["location"] == "Oslo" and "5 years" in after["evidence"]
    assert again["changed"] == 0


def test_reextract_applies_the_policy_of_several_numbers(bare_jpt: Jpt) -> None:
    stored(bare_jpt.folder / "state/snapshots.sqlite3", STORED + "\n2 years of experience with cakes")

    bare_jpt("reextract")
    lowest = bare_jpt("jobs", "--all", "--json").json[0]["min_years"]
    bare_jpt("reextract", JPT_YEARS="highest")
    highest = bare_jpt("jobs", "--all", "--json").json[0]["min_years"]

    assert (lowest, highest) == (2, 5)
