"""Sentences are for people alone: where each of them is worded otherwise, jpt does and stores the same."""

from __future__ import annotations

import json
import re
import shutil
import sqlite3
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from tests.career_sites import CareerSites, PostKind, Site, advert, adverts
from tests.conftest import Jpt
from tests.reworded import reworded, reworded_code

_TIMES = re.compile(
    r"(?:^|_)(?:ts|ms|at|id|run|pid|boot|seconds|due|since|fingerprint)(?:$|_)|hash|time|duration|lease|rank|index"
)
"""Columns and keys that differ between any two runs."""
_ROOT = str(Path(__file__).parent.parent)


@pytest.mark.parametrize(
    "decision",
    [
        "why == 'the page lists no job'",
        "'lists no job' in why",
        "why in {'it is gone', 'the page lists no job'}",
        "why.endswith('lists no job')",
        "why.removeprefix('the page lists') != why",
    ],
)
def test_code_that_decides_by_its_own_sentence_decides_otherwise_when_reworded(decision: str) -> None:
    source = f"why = 'the page lists no job'\nis_so = {decision}"
    made: list[dict[str, Any]] = [{}, {}]
    for code, names in zip(
        (compile(source, "planted", "exec"), reworded_code(source, "planted")), made, strict=True
    ):
        exec(code, names)

    assert [names["is_so"] for names in made] == [True, False]


@pytest.mark.slow
def test_jpt_does_and_stores_the_same_whatever_its_sentences_say(jpt: Jpt, tmp_path: Path) -> None:
    assert reworded("the page lists no job") == "eht egap stsil on boj"
    second = tmp_path / "reworded"
    shutil.copytree(jpt.folder / "state", second / "state")
    other = Jpt(second, {**jpt.env, "PYTHONPATH": _ROOT}, "tests.reworded")
    kinds: tuple[PostKind, ...] = ("static", "gone", "closed", "redirect", "pdf", "login", "paper")
    ads = tuple(replace(advert(f"Tailor of {kind}", years=2, ad_id=f"{place}"), page=kind) for place, kind in enumerate(kinds, 31))  # fmt: skip
    bad = [Site(f"Bad {kind}", kind, adverts(2)) for kind in ("failing", "down", "blocked", "not-found", "empty")]
    with CareerSites(
        [Site("Tern", "static", ads), Site("Ostler", "scripted", adverts(4)), *bad, Site("Quiet", "none")]
    ) as career_sites:
        for each in (jpt, other):
            (each.folder / "inputs").mkdir(parents=True, exist_ok=True)
            career_sites.companies_csv(each.folder / "inputs/companies.csv", None)
        first = [each("run", "--json") for each in (jpt, other)]
        career_sites.add_job("Ostler", advert("Harbour Master", years=2, ad_id="900"))
        career_sites.set_mode("Tern", "failing")
        career_sites.set_mode("Bad failing", "ok")
        then = [each("run", "--json") for each in (jpt, other)]
        shown = [
            [
                each(*words, "--json").json
                for words in (["jobs", "--all"], ["sites"], ["status"], ["jobs", "--failed"])
            ]
            for each in (jpt, other)
        ]

    for one, two in (first, then):
        assert one.code == two.code == 3
        assert one.err != two.err, "nothing was worded otherwise"
        assert _values(one.json) == _values(two.json)
    assert _values(shown[0]) == _values(shown[1])
    stored, again = _stored(jpt.folder), _stored(second)
    for table, rows in stored.items():
        assert set(rows) == set(again[table]), table


def _stored(folder: Path) -> dict[str, list[str]]:
    with closing(sqlite3.connect(folder / "state/snapshots.sqlite3")) as raw:
        raw.row_factory = sqlite3.Row
        tables = [row[0] for row in raw.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
        kept = [
            name
            for name in tables
            if not re.search(r"search|sqlite_|run|lease|health_log|_log$|digest_notes", name)
        ]
        return {
            name: sorted(repr(_values(dict(row))) for row in raw.execute(f"SELECT * FROM {name}")) for name in kept
        }


def _values(value: Any) -> Any:
    """Give what two runs must have in common: no times and ids, and of each word its letters in order."""
    match value:
        case dict():
            return {name: _values(inner) for name, inner in value.items() if not _TIMES.search(name)}
        case list():
            return sorted((_values(inner) for inner in value), key=repr)
        case str() if value.startswith(("[", "{")):
            return _values(json.loads(value))
        case str():
            return re.sub(r"[A-Za-z]+", lambda word: "".join(sorted(word[0])), value)
        case _:
            return value
