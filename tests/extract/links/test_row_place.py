"""The place beside a job's title in the row of a list."""

from __future__ import annotations

from collections.abc import Callable

import anyio

from jpt.browser.chromium.find import Chromium
from jpt.browser.pool.pool import BrowserPool
from jpt.extract.links import judge
from jpt.extract.links.row_place import row_place
from jpt.extract.markup import page_of
from jpt.models.pages import PageRead
from jpt.settings import Settings
from tests.table import each_row

BASE = "https://acme.example/careers"


def rows(*rows: str, of: str = "li") -> str:
    """Put *rows* of a list, each with a link, into the elements of a page."""
    return "".join(f"<{of}>{row}</{of}>" for row in rows)


def link(title: str) -> str:
    return f'<a href="/jobs/{title.lower().replace(" ", "-")}-{len(title)}01">{title}</a>'


TABLE = """<table><tr><th>Title</th><th>Team</th><th>Location</th><th>Type</th></tr>
{}{}{}</table>""".format(
    *(
        f"<tr><td>{link(title)}</td><td>{team}</td><td>{place}</td><td>Full-time</td></tr>"
        for title, team, place in (
            ("Software Engineer", "Looms", "Kleinkleckersdorf"),
            ("Account Executive", "Paris office relations", "Lyon"),
            ("Registered Nurse", "Looms", ""),
        )
    )
)
CARDS = "<ul>" + rows(
    f'{link("Bridge Builder")}<span class="job-location">Reading</span><p>We serve London.</p>',
    f'{link("Road Builder")}<address>1 Mill Lane<br>Leeds<br>LS1 1AA</address>',
    f'{link("Tunnel Builder")}<div><i class="fa fa-map-marker"></i> Nether Wallop</div>',
    f'{link("Port Builder")}<br>Hamburg, Germany · Full-time',
    f'{link("Dam Builder")}<span class="location">Multiple locations</span>',
    f'<span class="location-title">{link("Wall Builder")}</span>',
) + "</ul>"  # fmt: skip
PLACES = {
    "Software Engineer": "Kleinkleckersdorf",
    "Account Executive": "Lyon",
    "Registered Nurse": "",
    "Bridge Builder": "Reading",
    "Road Builder": "Leeds LS1 1AA",
    "Tunnel Builder": "Nether Wallop",
    "Port Builder": "Hamburg, Germany",
    "Dam Builder": "",
    "Wall Builder": "",
}
HTML = f"<!doctype html><meta charset=utf-8><title>Jobs</title><h1>Open positions</h1>{TABLE}{CARDS}"


def places_of(page: PageRead) -> dict[str, str]:
    return {one.text: one.place for one in judge(page)}


def test_the_markup_of_a_row_tells_its_place() -> None:
    assert places_of(page_of(HTML, BASE)) == PLACES


def test_the_browser_reads_the_places_of_rows_as_the_markup_has_them(
    settings: Callable[..., Settings], chromium: Chromium
) -> None:
    async def read() -> PageRead:
        async with BrowserPool.open(settings(), chromium) as pool, pool.slot() as slot:
            return await slot.read(BASE, body=HTML.encode())

    assert places_of(anyio.run(read)) == PLACES


@each_row(
    ("title", "row", "place"),
    [
        ("Data Engineer", "Data Engineer Hamburg, Germany · Full-time", "Hamburg, Germany"),
        ("Data Engineer", "Data Engineer Berlin, Germany Full-time Engineering", "Berlin, Germany"),
        ("Data Engineer", "Engineering Data Engineer Munich Apply", "Munich"),
        ("Data Engineer", "Data Engineer Remote - US Full-time", "Remote - US"),
        (
            "Data Engineer",
            "Data Engineer Location: San Francisco, CA / New York, NY Posted 3 days ago",
            "San Francisco, CA / New York, NY",
        ),
        ("Nurse", "Nurse Leeds, West Yorkshire £30,000", "Leeds, West Yorkshire"),
        ("Mobile Developer", "Mobile Developer Mobile Reading, UK", "Reading, UK"),
        ("Account Executive", "Account Executive London, UK New York, NY Apply now", "London, UK; New York, NY"),
        ("Koch (m/w/d)", "Koch (m/w/d) Teilzeit 80331 München", "München"),
        ("Engineer", "Engineer Berlin or remote in Germany Product", "Berlin or remote in Germany"),
        ("Nurse", "Nurse Full-time Apply now", ""),
        ("Nurse", "Nurse Sales Marketing", ""),
        ("Mobile Developer", "Mobile Developer Mobile Reading", ""),
        ("Engineer", "Engineer Multiple locations", ""),
        ("Engineer", "Engineer " + "We build bridges in Berlin and London for customers in Paris. " * 6, ""),
    ],
)
def test_a_row_shows_its_place_or_none(title: str, row: str, place: str) -> None:
    assert row_place(row, title) == place
