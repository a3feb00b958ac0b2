"""Every job of a list is found, however the list is shown, and nothing else."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable
from pathlib import Path

import anyio
import pytest

from jpt.browser.chromium.find import Chromium
from jpt.browser.pool.pool import BrowserPool
from jpt.browser.visit.open_list import Seek
from jpt.errors import TaskError
from jpt.extract.listing import glance, judged
from jpt.models.pages import ListRead
from jpt.settings import Settings, load
from tests.career_sites.adverts import adverts
from tests.career_sites.sights import SIGHTS, SLOW, Sights
from tests.conftest import Jpt

pytestmark = pytest.mark.xdist_group("seeing")
"""One worker for all of it: what they share takes seconds to make."""

SMOKE = (
    "static", "endless window", "endless inner", "virtual inner", "question de", "question in a frame",
    "question in a shadow tree", "more fr", "more replaces", "pages by query", "pages by arrow", "pages whose last repeats",
    "pages by press of next", "frame of another origin", "shadow with more", "rows with onclick", "rows of a router",
    "rows that open windows", "links to javascript", "hash routes", "base", "next data", "item list",
    "answers that hold more", "slugs only in data", "tabs that load", "pages by a choice", "closed shadow tree",
    "elements of its own making", "filters and advice beside the list", "reference codes for texts",
)  # fmt: skip
"""One for each sentence; the others are read with the slow tests."""
REST = tuple(name for name in SIGHTS if name not in SMOKE)


def read_all(names: Iterable[str], settings: Settings, chromium: Chromium) -> dict[str, tuple[ListRead, set[str]]]:
    """Read the lists of some sights in one browser: each with the addresses of its jobs."""
    found: dict[str, tuple[ListRead, set[str]]] = {}

    async def main() -> None:
        with Sights({name: adverts(9) for name in names}) as career_sites:
            waiting = iter(tuple(names))
            async with BrowserPool.open(settings, chromium) as pool, anyio.create_task_group() as tg:

                async def worker() -> None:
                    for name in waiting:
                        try:
                            async with pool.slot() as slot:
                                page = await slot.read(career_sites.url(name), seek=Seek.of(settings, glance))
                        except TaskError:
                            continue
                        found[name] = judged(page, career_sites.url(name)), career_sites.job_urls(name)

                for _ in range(settings.max_pages):
                    tg.start_soon(worker)

    anyio.run(main)
    return found


@pytest.fixture(scope="module")
def smoke(chromium: Chromium, tmp_path_factory: pytest.TempPathFactory) -> dict[str, tuple[ListRead, set[str]]]:
    settings = load(db=tmp_path_factory.mktemp("seeing") / "jpt.sqlite3", allow_private=True)[0]
    return read_all(SMOKE, settings, chromium)


def jobs(read: ListRead) -> set[str]:
    return {link.url for link in read.links if link.is_job is True or (link.is_job is None and link.score >= 0.5)}


@pytest.mark.parametrize("name", SMOKE)
def test_a_list_is_found_whole_and_nothing_else(name: str, smoke: dict[str, tuple[ListRead, set[str]]]) -> None:
    read, there = smoke[name]

    assert jobs(read) == there, (len(jobs(read)), read.page.method, read.page.truncated, read.page.settled)
    assert read.status == "ok"


def test_how_a_list_was_read_is_told(smoke: dict[str, tuple[ListRead, set[str]]]) -> None:
    assert smoke["static"][0].page.method == "browser"
    assert "3 pages" in smoke["pages by query"][0].page.method
    assert "2 × more loaded" in smoke["more fr"][0].page.method
    assert "from its data" in smoke["item list"][0].page.method


@pytest.mark.slow
def test_every_sight_of_the_sites_is_found_whole(chromium: Chromium, tmp_path: Path) -> None:
    settings = load(db=tmp_path / "jpt.sqlite3", allow_private=True)[0]

    found = read_all(REST, settings, chromium)

    wrong = {
        name: (len(jobs(read) & there), len(there), len(jobs(read) - there))
        for name, (read, there) in found.items()
        if jobs(read) != there
    }
    assert wrong == {}
    assert set(found) == set(REST)


@pytest.mark.slow
def test_two_cycles_of_the_sites_tell_each_new_job_once(jpt: Jpt) -> None:
    names = [name for name in SIGHTS if name not in SLOW]
    blocked, emptied = names[::9], names[4::9]
    with Sights({name: adverts(9) for name in names}) as career_sites:
        csv = jpt.folder / "companies.csv"
        csv.write_text(
            "company,url\n" + "".join(f"{name},{career_sites.url(name)}\n" for name in names), encoding="utf-8"
        )
        run = ("run", "--csv", csv, "--baseline", "--json")
        first = jpt(*run, timeout=900, JPT_ALLOW_PRIVATE="1")
        known = {name: career_sites.job_urls(name) for name in names}
        for name in names:
            # One goes, one comes, the others change places.
            career_sites.jobs[name] = (*adverts(1, first=9), *reversed(adverts(8, first=1)))
        career_sites.mode = {**dict.fromkeys(blocked, "blocked"), **dict.fromkeys(emptied, "none")}
        second = jpt("run", "--csv", csv, "--json", "--no-digest", timeout=900, JPT_ALLOW_PRIVATE="1")
        wanted = {
            url
            for name in names
            if name not in {*blocked, *emptied}
            for url in career_sites.job_urls(name) - known[name]
        }
        database = jpt.folder / "state/snapshots.sqlite3"
        with sqlite3.connect(database) as raw:
            told = [url for (url,) in raw.execute("SELECT url FROM job_tasks")]
            pages = dict(raw.execute("SELECT site, jobs FROM jpt_pages"))

    assert first.json["sites"]["ok"] == len(names), first.json["failures"]
    assert second.json["sites"]["failed"] == len(blocked), json.dumps(second.json["failures"])
    assert sorted(told) == sorted(wanted)
    assert all(pages[name] == 9 for name in names if name not in emptied)
