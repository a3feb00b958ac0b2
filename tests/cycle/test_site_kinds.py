"""Every job of sites of many kinds, in many languages, over three cycles: found once, and closed when it is."""

from __future__ import annotations

from collections import defaultdict

import pytest

from tests.career_sites.kinds import KINDS, KindSites
from tests.conftest import Jpt

OPEN = ([0, 1, 2, 3], [1, 2, 3, 4], [1, 2, 3, 4])


def test_the_sites_have_many_kinds_and_languages() -> None:
    assert len(KINDS) >= 24
    assert len({kind.lang for kind in KINDS}) >= 13


@pytest.mark.slow
def test_each_job_of_each_kind_is_found_once_and_closed_when_it_is_taken_down(jpt: Jpt) -> None:
    jpt.env["JPT_ALLOW_PRIVATE"] = "1"  # what a list links to is on other hosts of this machine
    with KindSites() as career_sites:
        (jpt.folder / "inputs").mkdir()
        (jpt.folder / "inputs/companies.csv").write_text(
            "".join(f"{site.kind.name},{site.url}\n" for site in career_sites.sites)
        )
        for cycle, jobs in enumerate(OPEN):
            for site in career_sites.sites:
                site.open = list(jobs)
            report = jpt("run", "--no-digest", "--json", timeout=900).json
            now, gone = titles(jpt), titles(jpt, "--closed")

            assert report["failures"] == []
            assert now == {site.kind.name: site.titles for site in career_sites.sites}
            assert gone == (
                {site.kind.name: [site.kind.titles[0]] for site in career_sites.sites} if cycle else {}
            )


def titles(jpt: Jpt, *options: str) -> dict[str, list[str]]:
    """Give the titles of the stored jobs of each site, in order."""
    found = defaultdict(list)
    for row in jpt("jobs", "--all", "--json", *options).json:
        found[row["site"]].append(row["job_title"])
    return {site: sorted(jobs) for site, jobs in found.items()}
