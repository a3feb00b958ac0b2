"""What a browser reads of a list's rows and folded parts: the same as is read of its HTML without one."""

from __future__ import annotations

from collections.abc import Callable

import anyio
import pytest

from jpt.browser.chromium.find import Chromium
from jpt.browser.pool.pool import BrowserPool
from jpt.extract.listing import judged
from jpt.extract.markup import page_of
from jpt.models.pages import PageRead
from jpt.settings import Settings

pytestmark = pytest.mark.xdist_group("saved")

Make = Callable[..., Settings]
URL = "https://acme.example/careers"
ABOUT = "<p>" + "We weave cloth in a town by a river, and have done so for long. " * 8 + "</p>"
TASKS = (
    "<h4>Your tasks</h4><ul><li>You look after cloth all day in our mill.</ul><h4>Requirements</h4><p>2 years.</p>"
)
FOLDED = "".join(
    f"<details><summary>{title}</summary><p>For our mill.</p>{TASKS}</details>"
    for title in ("Weaver (m/f/d)", "Dye Master (m/f/d)")
)
TABLE = "".join(
    f'<tr><td>{title}</td><td>Leeds</td><td><a href="/p/{n}">Voir</a></td></tr>'
    for n, title in ((41, "Tisseur"), (42, "Responsable d'atelier"))
)
CARDS = "".join(
    f'<li><a href="/q/{n}"><h4>Leeds</h4><h2>{title}</h2><p>For our mill.</p></a></li>'
    for n, title in ((51, "Weaver"), (52, "Dyer"))
)


BODY = (
    f"<html lang=en><title>Careers</title><main><h1>Open positions</h1>{FOLDED}<table>{TABLE}</table>"
    f"{ABOUT}<ul>{CARDS}</ul></main>"
)


def read(body: str, chromium: Chromium, settings: Settings) -> PageRead:
    async def main() -> PageRead:
        async with BrowserPool.open(settings, chromium) as pool, pool.slot() as slot:
            return await slot.read(URL, body=body.encode())

    return anyio.run(main)


def test_rows_are_named_alike_with_a_browser_and_without_one(chromium: Chromium, settings: Make) -> None:
    named = {anchor.url: anchor.heading for anchor in read(BODY, chromium, settings()).anchors}

    assert named == {
        "https://acme.example/p/41": "Tisseur",
        "https://acme.example/p/42": "Responsable d'atelier",
        "https://acme.example/q/51": "Weaver",
        "https://acme.example/q/52": "Dyer",
    }
    assert named == {anchor.url: anchor.heading for anchor in page_of(BODY, URL).anchors}


def test_the_only_row_of_a_table_is_named_alike_with_a_browser_and_without_one(
    chromium: Chromium, settings: Make
) -> None:
    row = "<tr><td>Dye Master</td><td>Leeds</td><td><a href='/jobs/41'>Voir</a></td></tr>"
    body = f"<title>Careers</title><h1>Jobs</h1><table><tr><th>Title</th><th>Place</th><th></th></tr>{row}</table>"
    (named,) = read(body, chromium, settings()).anchors

    assert (named.heading, named.context) == ("Dye Master", "Dye Master Leeds Voir")
    assert [(named.heading, named.context)] == [(one.heading, one.context) for one in page_of(body, URL).anchors]


def test_jobs_in_folded_parts_of_the_page_are_found_with_their_text(chromium: Chromium, settings: Make) -> None:
    page = read(f"<html lang=en><title>Careers</title><main><h1>Jobs</h1>{FOLDED}</main>", chromium, settings())

    assert [link.text for link in judged(page, URL).links] == ["Weaver (m/f/d)", "Dye Master (m/f/d)"]
    lines = page.text.splitlines()
    assert lines.index("Weaver (m/f/d)") < lines.index("Your tasks") < lines.index("Dye Master (m/f/d)")


def test_folded_parts_that_are_hidden_or_hold_no_more_than_a_name_add_nothing(
    chromium: Chromium, settings: Make
) -> None:
    hidden = "<div hidden><details><summary>Gone</summary><p>Nobody sees it.</p></details></div>"
    empty = "<details><summary>Only a name</summary></details>"
    page = read(f"<main><h1>Jobs</h1>{hidden}{empty}{ABOUT}</main>", chromium, settings())

    assert page.text.splitlines()[:2] == ["Jobs", "Only a name"]
    assert "Nobody sees it." not in page.text
