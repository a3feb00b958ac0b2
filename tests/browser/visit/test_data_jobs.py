"""Jobs in a page's data, and how much work a hostile text may cause."""

from __future__ import annotations

import json
from time import process_time

import pytest

from jpt.browser.visit.data_jobs import data_jobs
from tests.table import each_row

JOBS = [{"title": f"Baker {n}", "id": n, "location": "Graz"} for n in range(3)]


@pytest.mark.parametrize(
    "text",
    [
        json.dumps({"openings": JOBS}),
        f"window.state = {json.dumps({'jobs': JOBS})}; start(window.state)",
        f"var d = JSON.parse('{json.dumps(JOBS)}')",
        f"var d = JSON.parse({json.dumps(json.dumps(JOBS))})",
        f'var broken = {{"jobs": [1, ; var d = {json.dumps({"jobs": JOBS})}',
    ],
)
def test_jobs_are_found_in_whatever_form_the_data_stands(text: str) -> None:
    assert [job.title for job in data_jobs([text])] == ["Baker 0", "Baker 1", "Baker 2"]


@each_row(
    "text",
    [
        "x=" + "[1," * 900 + "1," * 400_000,
        "JSON.parse('" * 20_000 + "x" * 400_000,
        'JSON.parse("' + "\\\\" * 400_000,
        "=" * 400_000,
        "= " * 200_000 + "[" * 200_000,
        "={" * 200_000,
        '={"a":' * 100_000,
    ],
)
def test_hostile_data_ends_soon_and_gives_no_job(text: str) -> None:
    begun = process_time()

    assert data_jobs([text]) == []
    assert process_time() - begun < 5
