"""A list of home pages on local sites: how many end at the right page. `python -m tests.bench.homes [--pages N]`.

Each company has an address of its own on loopback (127.0.0.2 and on): some are dead, some keep their list on a
board's host, some two clicks away, some write in German, some show teasers on the home page, some have no list.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import subprocess
import sys
import tempfile
import time
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

from tests.career_sites.server import Reply, Request, Server

DEAD_PORT = 58_999
"""Where nobody listens; not one of those that browsers refuse."""
KINDS = ("near", "two clicks", "board", "german", "teasers", "hub", "none open", "no list", "dead", "broken")
TITLES = ("Baker", "Nurse", "Data Analyst", "Truck Driver", "Office Manager", "Electrician", "Teacher", "Chemist")
NAMES = ("Alder", "Birch", "Cedar", "Dogwood", "Elm", "Fir", "Gorse", "Hazel", "Ivy", "Juniper", "Larch", "Maple")


@dataclass(frozen=True)
class Home:
    """One company: what is there, and where its list is."""

    number: int
    kind: str
    host: str
    port: int

    @property
    def name(self) -> str:
        return f"{NAMES[self.number % len(NAMES)]} {self.number}"

    @property
    def url(self) -> str:
        return f"http://{self.host}:{self.port}/"

    @property
    def right(self) -> str | None:
        """The page that lists its jobs; None where nothing may be added."""
        places = {"near": "careers", "two clicks": "en/open-roles", "german": "karriere/stellenangebote",
                  "teasers": "jobs", "hub": "careers/openings", "none open": "careers"}  # fmt: skip
        if self.kind == "board":
            return f"http://127.1.0.{self.number % 250 + 2}:{self.port}/{self.name.lower().replace(' ', '-')}"
        return self.url + places[self.kind] if self.kind in places else None


def page(home: Home, title: str, main: str) -> Reply:
    nav = '<nav><a href="/">Home</a> <a href="/products">Products</a> <a href="/about">About us</a></nav>'
    text = f"<!doctype html><title>{title} | {home.name}</title><header>{nav}</header><main><h1>{title}</h1>{main}</main>"
    return Reply(f"{text}<footer><a href='/imprint'>Imprint</a> <a href='/privacy'>Privacy</a></footer>".encode())


def rows(home: Home, folder: str, count: int = 5) -> str:
    some = random.Random(home.number).sample(TITLES, count)
    items = (
        f'<li><a href="{folder}/{title.lower().replace(" ", "-")}-{n}">{title}</a></li>'
        for n, title in enumerate(some, 100)
    )
    return f"<ul>{''.join(items)}</ul>"


def answer(homes: dict[str, Home], request: Request) -> Reply:
    host = request.headers.get("host", "").partition(":")[0]
    if host.startswith("127.1."):
        home = next(
            one
            for one in homes.values()
            if one.kind == "board" and (one.right or "").startswith(f"http://{host}:")
        )
        return page(home, f"Jobs at {home.name}", rows(home, request.path))
    home = homes[host]
    if home.kind == "broken":
        return Reply(b"<h1>Internal error</h1>", 500)
    found = _pages(home).get(request.path)
    return page(home, *found) if found else Reply(b"<h1>Not found</h1>", 404)


def _pages(home: Home) -> dict[str, tuple[str, str]]:
    intro = "<p>We make things that people like, and have done so for many years in a small town by a river.</p>"
    match home.kind:
        case "near":
            return {
                "/": ("Welcome", f'{intro}<a href="/careers">Careers</a>'),
                "/careers": ("Open positions", rows(home, "/careers")),
            }
        case "two clicks":
            return {
                "/": ("Welcome", f'{intro}<a href="/en/join-us">Join us</a>'),
                "/en/join-us": (
                    "Work with us",
                    f'{intro}<h2>Benefits</h2>{intro}<a href="/en/open-roles">See all open roles</a>',
                ),
                "/en/open-roles": ("Open roles", rows(home, "/en/open-roles")),
            }
        case "board":
            return {"/": ("Welcome", f'{intro}<a href="/careers">Careers</a>'),
                    "/careers": ("Careers", f'{intro}<a href="{home.right}">View open positions</a>')}  # fmt: skip
        case "german":
            return {
                "/": ("Willkommen", f'{intro}<a href="/karriere">Karriere</a>'),
                "/karriere": (
                    "Karriere",
                    '<p>Arbeiten bei uns.</p><a href="/karriere/stellenangebote">Zu den Stellenangeboten</a>',
                ),
                "/karriere/stellenangebote": ("Stellenangebote", rows(home, "/karriere/stellenangebote")),
            }
        case "teasers":
            return {"/": ("Welcome", f'{intro}<h2>Latest jobs</h2>{rows(home, "/jobs", 3)}<a href="/jobs">All jobs</a>'),
                    "/jobs": ("All jobs", rows(home, "/jobs", 8))}  # fmt: skip
        case "hub":
            return {
                "/": (
                    "Welcome",
                    f'{intro}<a href="/careers">Careers</a> <a href="/news/new-careers-site">Our new careers site</a>',
                ),
                "/careers": (
                    "Careers",
                    f'{intro}<a href="/careers/students">Students</a> <a href="/careers/openings">Search jobs</a>',
                ),
                "/careers/students": ("Students", intro),
                "/careers/openings": ("Openings", rows(home, "/careers/openings")),
            }
        case "none open":
            return {"/": ("Welcome", f'{intro}<a href="/careers">Careers</a>'),
                    "/careers": ("Careers", "<p>There are currently no open positions. Please check back later.</p>")}  # fmt: skip
        case _:
            return {"/": ("Welcome", f'{intro}<a href="/products">Products</a>'), "/products": ("Products", intro)}


def main() -> None:
    """Print what became of each kind, and what went wrong."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--pages", type=int, default=200)
    count = parser.parse_args().pages
    homes: dict[str, Home] = {}
    with (
        Server(lambda request: answer(homes, request), host="0.0.0.0") as server,
        tempfile.TemporaryDirectory() as name,
    ):
        for number in range(count):
            kind = KINDS[number % len(KINDS)]
            host = f"127.0.{1 + number // 250}.{number % 250 + 2}"
            homes[host] = Home(number, kind, host, DEAD_PORT if kind == "dead" else server.port)
        folder = Path(name)
        (folder / "list.csv").write_text("".join(f"{home.name},{home.url}\n" for home in homes.values()))
        begun = time.monotonic()
        command = [sys.executable, "-m", "jpt", "add", "--file", "list.csv", "--yes", "--json"]
        # Boards are on hosts that nobody named; on loopback those are out of reach otherwise.
        env = {**os.environ, "JPT_HOME": name, "JPT_ALLOW_PRIVATE": "1"}
        ended = subprocess.run(command, cwd=folder, env=env, stdout=subprocess.PIPE, check=False)
        seconds = time.monotonic() - begun
    report([*homes.values()], json.loads(ended.stdout), seconds)


def report(homes: list[Home], found: list[dict[str, object]], seconds: float) -> None:
    """Compare what was added with what is right."""
    right: Counter[str] = Counter()
    wrongly = 0
    for home, one in zip(homes, found, strict=True):
        added = one["url"] if one["written"] else None
        right[home.kind] += added == home.right
        wrongly += added is not None and added != home.right
        if added != home.right:
            print(
                f"{home.kind}: {home.url} added as {added}, should be {home.right} ({one['verdict']}: {one['reason']})"
            )
    for kind in KINDS:
        print(f"{kind:<12}{right[kind]:>4} of {sum(home.kind == kind for home in homes)}")
    total = sum(right.values())
    print(
        f"{total} of {len(homes)} end at the right page ({100 * total / len(homes):.1f} %), {wrongly} added wrongly, {seconds:.0f} s"
    )
    sys.exit(total < 0.95 * len(homes) or wrongly > 0)


if __name__ == "__main__":
    main()
