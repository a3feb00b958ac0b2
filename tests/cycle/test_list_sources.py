"""Sites read with and without HTTP give the same database, whatever happens on them. One browser for all."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import anyio
import pytest

from jpt.browser.chromium.find import Chromium
from jpt.browser.pool.pool import BrowserPool
from jpt.cycle.pipeline import Pipeline
from jpt.cycle.plan import Plan
from jpt.models.pages import Company
from jpt.settings import Settings
from jpt.store import Store
from jpt.text.clock import wall_clock
from tests.career_sites import CareerSites, Site, adverts
from tests.career_sites.site import Layout
from tests.stored import rows

ADS = adverts(8)
KINDS: tuple[Layout, ...] = ("static", "scripted")
ALL: tuple[Layout, ...] = ("static", "scripted", "late", "shadow", "hash", "base", "tracking", "polling")

DUMPS = (
    "SELECT site, link_key, text, is_job, baseline, found_as, closed_ts_ms IS NULL FROM jpt_links",
    "SELECT site, page_key, status, reason, links, jobs, advertised_total, failures, final_host FROM jpt_pages",
    "SELECT site, url, status, attempts, last_error FROM job_tasks",
    "SELECT site, url, job_title, min_years, include_job, exclude_reason, raw_json FROM job_details",
    "SELECT d.site, d.url, t.text_zlib FROM job_details d JOIN jpt_post_texts t ON t.job_id = d.id",
    "SELECT site, url, kind, times, detail_json FROM jpt_job_events",
    "SELECT site, status, reason, links, jobs, added, gone FROM jpt_reads WHERE added + gone > 0",
)


class Reading:
    """One database, read as *cheap* says."""

    def __init__(self, store: Store, settings: Settings, clock: list[int]) -> None:
        self.store, self.settings, self.clock = store, settings, clock
        self.methods: set[str] = set()

    async def cycle(self, career_sites: CareerSites, pool: BrowserPool, sites: list[Site]) -> None:
        companies = tuple(Company(site.name, career_sites.careers(site)) for site in sites)
        await Pipeline(self.settings, self.store, pool, lambda _: None).run(Plan(companies))
        self.methods |= {state.method for state in self.store.sites.states()}

    def posts_by_http(self) -> int:
        return int(rows(self.store.path, "SELECT coalesce(sum(reads), 0) FROM jpt_post_shapes")[0][0])

    def dump(self) -> list[list[tuple[object, ...]]]:
        tables = [rows(self.store.path, query) for query in DUMPS]
        return [sorted((tuple(map(_told, row)) for row in found), key=repr) for found in tables]


def _told(value: object) -> object:
    # The list of the kind "tracking" gives each read other parameters.
    return re.sub(r"[?&](?:utm_\w+|sid)=[^&#\"]*", "", value) if isinstance(value, str) else value


@contextmanager
def readings(tmp_path: Path, settings: Callable[..., Settings]) -> Iterator[tuple[Reading, Reading]]:
    clock = [wall_clock()]
    options = {"host_interval_ms": 0, "host_pages": 8, "feeds": "off"}
    with (
        Store.open(tmp_path / "off.sqlite3", lambda: clock[0]) as off,
        Store.open(tmp_path / "auto.sqlite3", lambda: clock[0]) as auto,
    ):
        yield (
            Reading(off, settings(cheap="off", **options), clock),
            Reading(auto, settings(cheap="auto", **options), clock),
        )


@pytest.mark.slow
@pytest.mark.parametrize("kinds", [KINDS, ALL], ids=["some", "all"])
def test_the_sites_are_the_same_with_and_without_http(
    kinds: tuple[Layout, ...], tmp_path: Path, settings: Callable[..., Settings], chromium: Chromium
) -> None:
    sites = [Site(f"Firm {kind}", kind, ADS[:6]) for kind in kinds]
    odd = [replace(ADS[6], page="closed"), replace(ADS[7], page="scripted")]

    async def story(off: Reading, auto: Reading) -> None:
        async with BrowserPool.open(off.settings, chromium) as pool:

            async def both() -> None:
                off.clock[0] += 3_600_000
                for one in (off, auto):
                    await one.cycle(career_sites, pool, sites)
                for ours, theirs in zip(auto.dump(), off.dump(), strict=True):
                    assert [row for row in ours if row not in theirs] == []
                    assert ours == theirs

            await both()
            await both()
            for site in sites:
                career_sites.remove_job(site, ADS[0])
                career_sites.add_job(site, *odd)
            await both()
            for site in sites[::2]:
                career_sites.set_mode(site, "failing")
            await both()
            for site in sites[::2]:
                career_sites.set_mode(site, "ok")
            await both()

    with CareerSites(sites) as career_sites, readings(tmp_path, settings) as (off, auto):
        anyio.run(story, off, auto)

        assert "http" in auto.methods
        assert "http" not in off.methods
        assert auto.posts_by_http() > 0
