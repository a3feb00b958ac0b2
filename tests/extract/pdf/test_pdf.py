"""PDFs are read in a process with limits; whatever a file holds, it ends with a text or a sentence."""

from __future__ import annotations

import json
import resource
from pathlib import Path

import anyio
import pytest

from jpt.errors import NotAPage
from jpt.extract.experience import experience
from jpt.extract.pdf import MOST_BYTES, pdf_page
from jpt.extract.pdf.child import MOST_PAGES
from jpt.models.pages import PageRead
from tests.career_sites.server import Reply, Server
from tests.conftest import Jpt
from tests.pdfs import bomb, built, pdf
from tests.table import each_row

URL = "https://tern.example/jobs/baker.pdf"
POST = (
    "Baker (all genders)",
    "Tern is a bakery in Hamburg. You will bake bread and cakes with us, early in the morning.",
    "Requirements",
    "- At least 4",
    "years of professional experience in a bakery",
    "- A good hand for dough and for people, and no fear of early mor-",
    "nings",
    "Please apply by mail.",
)


def read(body: bytes, seconds: float = 30.0) -> PageRead:
    return anyio.run(pdf_page, URL, URL, body, seconds)


def refused(body: bytes, seconds: float = 30.0) -> str:
    with pytest.raises(NotAPage) as caught:
        read(body, seconds)
    return caught.value.sentence


def test_a_post_that_is_a_pdf_is_read_with_its_quote() -> None:
    page = read(pdf(POST))
    years = experience(page.text)

    assert page.title == "Baker (all genders)"
    assert page.method == "pdf"
    assert "early mornings" in page.text
    assert (years.min_years, years.stated) == (4, True)
    assert years.evidence == "At least 4 years of professional experience in a bakery" or "4 years" in (
        years.evidence or ""
    )


def test_of_an_endless_pdf_the_first_pages_are_read() -> None:
    page = read(pdf(POST, pages=3_000))

    assert page.text.count("Requirements") == MOST_PAGES


@each_row(
    ("body", "words"),
    [
        (b"%PDF-1.4\nnothing else", "broken"),
        (b"", "broken"),
        (pdf(["Baker"]), "hardly any text"),
        (b"%PDF-1.4" + b" " * MOST_BYTES, "more than 15 MB"),
        (built(b"BT /F1 11 Tf (", 1), "hardly any text"),
        (pdf(POST)[:300], "broken"),
    ],
)
def test_what_cannot_be_read_ends_with_a_sentence(body: bytes, words: str) -> None:
    said = refused(body)

    assert words in said
    assert "it is a PDF" in said


def test_a_bomb_ends_at_its_limit() -> None:
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss

    said = refused(bomb(250))

    assert "was not read" in said
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 200_000


def test_a_pdf_that_takes_too_long_is_given_up() -> None:
    assert "more than 0.01 s" in refused(pdf(POST), 0.01)


def test_a_file_can_be_tried(bare_jpt: Jpt) -> None:
    Path(bare_jpt.folder / "baker.pdf").write_bytes(pdf(POST))

    row = bare_jpt("extract", "baker.pdf", "--json").out

    assert json.loads(row)["min_years"] == 4


def test_a_pdf_that_is_gone_is_tried_as_a_post_that_is_gone(bare_jpt: Jpt) -> None:
    with Server(lambda request: Reply(b"gone", status=404)) as server:
        row = bare_jpt("extract", f"http://127.0.0.1:{server.port}/baker.pdf", "--json", "-v")

    assert "HTTP 404" in row.out + row.err
    assert "not a page" not in row.out + row.err
