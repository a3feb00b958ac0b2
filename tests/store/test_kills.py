"""Three hundred kills at random moments under load: every job is stored exactly once, and nothing is left."""

from __future__ import annotations

import random
import sqlite3
import subprocess
from contextlib import suppress

import pytest

from jpt.store import Store
from tests.career_sites import CareerSites, Site
from tests.career_sites.adverts import adverts
from tests.conftest import Jpt

KILLS = 100


@pytest.mark.slow
@pytest.mark.parametrize("seed", [1, 2, 3])
def test_a_hundred_random_kills_lose_and_double_nothing(jpt: Jpt, seed: int) -> None:
    dice = random.Random(seed)
    temp = jpt.folder / "temp"
    temp.mkdir()
    jpt = Jpt(jpt.folder, {**jpt.env, "TMPDIR": str(temp), "PPT_MAX_PAGES": "3"})
    sites = [Site(f"Firm {number}", "static", adverts(3)) for number in range(4)]
    shown = dict.fromkeys((site.name for site in sites), 3)
    (jpt.folder / "inputs").mkdir()
    with CareerSites(sites, latency_ms=60) as career_sites:
        career_sites.companies_csv(jpt.folder / "inputs/companies.csv")
        for _ in range(KILLS):
            process = jpt.start("run", "--json")
            with suppress(subprocess.TimeoutExpired):
                process.communicate(timeout=dice.uniform(0.4, 4.0))
                # It has come to its end: more work for the next one.
                name = dice.choice(sorted(shown))
                career_sites.add_job(name, *adverts(shown[name] + 2)[shown[name] :])
                shown[name] += 2
            process.kill()
            process.communicate()
        jpt("retry", "--all")
        ended = jpt("run", "--json")
        again = jpt("run", "--json")

    assert (ended.code, again.code) == (0, 0), ended.err
    assert again.json["jobs"]["queued"] == again.json["waiting"] == 0
    with sqlite3.connect(jpt.folder / "state/snapshots.sqlite3") as raw:
        stored = dict(raw.execute("SELECT site, count(DISTINCT url) FROM job_details GROUP BY site"))
        total = raw.execute("SELECT count(*) FROM job_details").fetchone()[0]
    assert stored == shown
    assert total == sum(shown.values())
    with Store.open(jpt.folder / "state/snapshots.sqlite3") as store:
        assert store.problems(at_rest=True) == []
    assert list(temp.iterdir()) == []
    assert subprocess.run(["pgrep", "-f", f"{temp}/"], capture_output=True, check=False).returncode == 1
