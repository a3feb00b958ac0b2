"""Job links told from all others, on pages written for it and on captured ones where they are there."""

from __future__ import annotations

import csv
import json
import subprocess
import sys
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

import anyio
import pytest

from jpt.browser.chromium.find import Chromium
from jpt.browser.pool.pool import BrowserPool
from jpt.extract.links import judge, judge_url
from jpt.models.pages import Link
from jpt.settings import Settings
from tests.accuracy.labelled import HERE, ListPage, list_pages, score
from tests.conftest import Jpt

SHARED = Path(__file__).parents[3] / "shared/data/pages"
captured = pytest.mark.skipif(not SHARED.exists(), reason="the captured pages are not on this machine")


@pytest.mark.parametrize(
    "every", [pytest.param(3, id="a third"), pytest.param(1, marks=pytest.mark.slow, id="all")]
)
def test_jobs_are_told_from_all_other_links_in_many_languages(
    settings: Callable[..., Settings], chromium: Chromium, every: int
) -> None:
    pages = list_pages()[::every]
    read = anyio.run(_read, settings(), chromium, pages)

    found = score(pages, read)
    print(f"\n{len(pages)} pages of our own: {found}")
    assert min(found.precision, found.recall) >= 0.97, "\n".join(found.misses)
    assert min(found.macro_precision, found.macro_recall) >= 0.95, "\n".join(found.misses)
    assert found.false_on_bare_pages <= 0.1, "\n".join(found.misses)


async def _read(settings: Settings, chromium: Chromium, pages: Sequence[ListPage]) -> Mapping[str, Sequence[Link]]:
    read: dict[str, Sequence[Link]] = {}
    async with BrowserPool.open(settings, chromium) as pool:
        waiting = iter(pages)

        async def reader() -> None:
            for page in waiting:
                async with pool.slot() as slot:
                    read[page.name] = judge(await slot.read(page.url, body=page.body))

        async with anyio.create_task_group() as tg:
            for _ in range(settings.max_pages):
                tg.start_soon(reader)
    return read


def test_addresses_of_decoys_are_no_jobs_without_their_page() -> None:
    urls = (HERE / "decoys.txt").read_text("utf-8").split()

    assert [url for url in urls if judge_url(url).is_job] == []


@captured
def test_addresses_of_real_posts_are_hardly_ever_said_to_be_none() -> None:
    with (SHARED / "posting_urls.tsv").open(encoding="utf-8") as file:
        rows = list(csv.DictReader(file, delimiter="\t"))
    lost = [row["url"] for row in rows if judge_url(row["url"]).is_job is False]

    print(f"\n{len(rows) - len(lost)} of {len(rows)} addresses of posts: a job, or the page decides")
    assert len(lost) <= 0.04 * len(rows)


@captured
@pytest.mark.slow
def test_jobs_of_captured_pages(jpt: Jpt, tmp_path: Path) -> None:
    ended = jpt("links", "--jsonl", SHARED / "index.jsonl", "--json", timeout=500)
    out = tmp_path / "links.jsonl"
    out.write_text(ended.out, "utf-8")

    scored = subprocess.run(
        [sys.executable, SHARED / "score.py", SHARED / "index.jsonl", out, "-v"],
        capture_output=True,
        text=True,
        check=False,
    )
    print(f"\ncaptured pages: {scored.stdout}")
    assert scored.returncode == 0, scored.stdout


@captured
@pytest.mark.slow
def test_titles_of_captured_posts(jpt: Jpt, tmp_path: Path) -> None:
    rows = [json.loads(line) for line in (SHARED / "index.jsonl").read_text("utf-8").splitlines()]
    jobs = {row["id"]: row for row in rows if row["kind"] == "job" and row.get("title") and row.get("base_url")}
    index = tmp_path / "jobs.jsonl"
    index.write_text(
        "\n".join(
            json.dumps({"id": row["id"], "file": str(SHARED / row["file"]), "base_url": row["base_url"]})
            for row in jobs.values()
        ),
        "utf-8",
    )

    read = {
        row["id"]: row["job_title"] for row in jpt("extract", "--jsonl", index, "--json", timeout=500).json_lines
    }
    wrong = [
        f"{row['title']!r}, read as {read.get(name)!r}"
        for name, row in jobs.items()
        if _same(read.get(name)) != _same(row["title"])
    ]
    print(f"\ntitles of captured posts: {1 - len(wrong) / len(jobs):.3f} of {len(jobs)} exact")
    assert len(wrong) <= 0.03 * len(jobs), "\n".join(wrong)


def _same(title: str | None) -> str:
    return " ".join((title or "").lower().split())
