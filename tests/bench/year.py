"""How large the file is after a year: `python -m tests.bench.year [SITES] [--days N]`, every site read every 15 minutes.

Of the reads of a day that show nothing new, four are made: each only counts in a row that is there (a test of its own
shows that they add nothing). 100 jobs a site, 5 % change a week; posts of 4 kB, with what is read out of them.
"""

from __future__ import annotations

import argparse
import random
import sys
import tempfile
from pathlib import Path

from jpt.models.jobs import Experience, Finding, Rejected
from jpt.models.pages import Company, Link, ListRead, PageRead
from jpt.store import Store, connection
from tests.stored import rows

DAY_MS = 24 * 3600 * 1000
JOBS = 100
CHANGES_A_WEEK = 5
MOST_MB_FOR_100 = 200
WORDS = [f"{a}{b}{c}" for a in ("pro", "con", "re", "in", "dis", "over") for b in
         ("ject", "tract", "ceive", "duct", "port", "form", "mit", "pose") for c in ("", "s", "ed", "ing", "ion")]  # fmt: skip


class Site:
    """A site whose jobs change."""

    def __init__(self, number: int, dice: random.Random) -> None:
        self.company = Company(
            f"Company {number}", f"https://company{number}.example.com/en/careers/open-positions"
        )
        self.dice = dice
        self.next = 0
        self.jobs = [self.job() for _ in range(JOBS)]

    def job(self) -> Link:
        self.next += 1
        words = "-".join(self.dice.sample(WORDS, 4))
        url = f"{self.company.url.removesuffix('open-positions')}{100_000 + self.next}-{words}"
        return Link(url, words.replace("-", " ").title(), is_job=True, score=0.9, why=("path", "title", "list"))

    def change(self) -> None:
        self.jobs.pop(self.dice.randrange(JOBS))
        self.jobs.append(self.job())

    def read(self) -> ListRead:
        others = tuple(
            Link(f"https://{self.company.url.split('/')[2]}/{word}", word, is_job=False, score=0.1)
            for word in WORDS[:25]
        )
        page = PageRead(self.company.url, self.company.url, 200, "Careers", "Careers", seconds=2.0)
        return ListRead(page, "ok", "", (*others, *self.jobs), JOBS)


def finding(dice: random.Random, title: str) -> Finding:
    text = " ".join(dice.choices(WORDS, k=600))
    rejected = tuple(Rejected(5, text[number : number + 120], "preferred") for number in (100, 400))
    experience = Experience(2, stated=True, evidence=text[:150], confidence="high", rejected=rejected)
    facts = {
        "location": "Berlin, Germany",
        "posted": "2026-01-01",
        "employment_type": "full time",
        "remote": "hybrid",
    }
    return Finding(title, experience, facts=facts, text=text)


def year(path: Path, sites: int, days: int = 365) -> None:
    """Let *sites* be watched for a year."""
    dice = random.Random(7)
    now = 1_700_000_000_000
    connection.SYNCHRONOUS = "OFF"  # it is the size that counts
    career_sites = [Site(number, dice) for number in range(sites)]
    with Store.open(path, lambda: now) as store, store.worker() as name:
        for day in range(days):
            for site in career_sites:
                if day and dice.random() < CHANGES_A_WEEK / 7:
                    site.change()
                for _ in range(4 if day % 30 == 0 else 1):
                    store.sites.record(site.company, site.read(), queue=True)
                while (waiting := store.queue.due(site.company.name)) is not None:
                    task = store.queue.lease(waiting, name)
                    assert task is not None
                    store.jobs.finish(task, finding(dice, "Engineer for Something"))
            for _ in range(4):
                run = store.history.begin("jpt watch")
                store.history.end(run, "done", {"sites": {"total": sites}, "seconds": 60})
            now += DAY_MS
            store.maintenance.daily(30)


def main() -> int:
    """Print how large the file is, and tell by the exit code whether it is small enough."""
    parser = argparse.ArgumentParser(prog="python -m tests.bench.year", description=__doc__)
    parser.add_argument("sites", type=int, nargs="?", default=25)
    parser.add_argument("--days", type=int, default=365)
    options = parser.parse_args()
    sites = options.sites
    with tempfile.TemporaryDirectory() as name:
        path = Path(name) / "jpt.sqlite3"
        year(path, sites, options.days)
        size = path.stat().st_size / 1_000_000
        query = "SELECT name, sum(pgsize) / 1e6 AS mb FROM dbstat GROUP BY name ORDER BY mb DESC LIMIT 8"
        for row in rows(path, query):
            print(f"  {row['name']}: {row['mb']:.1f} MB")
    print(
        f"{sites} sites, {options.days} days: {size:.0f} MB; 100 sites: {size * 100 / sites:.0f} MB (at most {MOST_MB_FOR_100})"
    )
    return 0 if size * 100 / sites <= MOST_MB_FOR_100 else 1


if __name__ == "__main__":
    sys.exit(main())
