"""Every screen before axe-core, and its picture: `python -m tests.web.looks AXE [PICTURES]`.

AXE is the file axe.min.js of the npm package axe-core; PICTURES a folder for a picture of each screen at two widths.
"""

from __future__ import annotations

import argparse
import contextlib
import sys
import tempfile
from pathlib import Path
from typing import Literal

import anyio
from playwright.sync_api import Page, sync_playwright

from jpt.browser.chromium.install import ensure
from jpt.settings import environment, load
from tests.catalogue.stock import Post, stock
from tests.web.conftest import Pages, served

SCREENS = ("/", "/jobs/a0b", "/follow-ups", "/sites", "/rules", "/digests", "/runs", "/trends", "/sites/change?site=Northwind",
           "/nowhere")  # fmt: skip
WINDOWS: tuple[tuple[int, Literal["light", "dark"]], ...] = ((1280, "light"), (360, "dark"))
JOBS = (
    Post("Data Engineer", 2, "Berlin", "Northwind", "You build the pipelines that feed our forecasts.", number=1),
    Post("Junior Data Analyst", 0, "Berlin", "Northwind", "No experience? We teach you.", number=2),
    Post("Platform Engineer", 3, "Remote", "Saltmarsh Biotech", "You run our clusters.", number=3),
    Post("Head of Data", 8, "Munich", "Saltmarsh Biotech", "You lead three teams.", number=4),
    Post("Lab Technician", None, "Bonn", "Saltmarsh Biotech", "You keep the cultures alive.", number=5),
)


def findings(page: Page, axe: str) -> list[str]:
    """Give what axe-core finds wrong on the page, a line each."""
    page.evaluate(axe)
    result = page.evaluate("axe.run({resultTypes: ['violations']})")
    return [
        f"{one['id']} ({one['impact']}): {one['help']}: {one['nodes'][0]['html'][:120]}"
        for one in result["violations"]
    ]


def looked_at(pages: Pages, chromium: Path, axe: str, pictures: Path | None) -> list[str]:
    """Look at every screen in every window; gives what is wrong, with its place."""
    found = []
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=str(chromium), args=["--no-sandbox"])
        for width, scheme in WINDOWS:
            page = browser.new_context(
                viewport={"width": width, "height": 800},
                color_scheme=scheme,
                bypass_csp=True,
            ).new_page()
            page.goto(pages.address)
            for path in SCREENS:
                page.goto(pages.base + path)
                found += [f"{path} at {width}, {scheme}: {one}" for one in findings(page, axe)]
                if pictures is not None and "?" not in path and path != "/nowhere":
                    name = path.strip("/").split("/")[0] or "inbox"
                    page.screenshot(path=pictures / f"{name}-{width}.png", full_page=True)
        browser.close()
    return found


def main() -> None:
    """Look, print what is wrong, and fail where something is."""
    parser = argparse.ArgumentParser(prog="python -m tests.web.looks", description=__doc__)
    parser.add_argument("axe", type=Path)
    parser.add_argument("pictures", type=Path, nargs="?")
    options = parser.parse_args()
    axe = options.axe.read_text(encoding="utf-8")
    pictures = options.pictures.resolve() if options.pictures else None
    # The pictures show paths: those of a user, not of this machine.
    with tempfile.TemporaryDirectory() as name, contextlib.chdir(name):
        settings = load(db=Path("jpt.sqlite3"), filters=Path("inputs/filters.toml"))[0]
        stock(settings.db, *JOBS)
        chromium = anyio.run(
            lambda: ensure(
                settings.chromium, sandbox=settings.sandbox, say=print, environ=environment(), cache=None
            )
        )
        if pictures:
            pictures.mkdir(parents=True, exist_ok=True)
        with served(settings, Path(name)) as pages:
            found = looked_at(pages, chromium.path, axe, pictures)
    print(*found, sep="\n")
    print(f"{len(found)} findings on {len(SCREENS)} screens in {len(WINDOWS)} windows")
    sys.exit(bool(found))


if __name__ == "__main__":
    main()
