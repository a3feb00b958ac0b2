"""Feeds in whichever encoding, as a real server sends them."""

from __future__ import annotations

import gzip
from contextlib import suppress
from time import process_time

import anyio
import pytest

from jpt.errors import FeedFault
from jpt.feeds.board_listing import BoardListing, completed, listing
from jpt.feeds.registry import board_at
from jpt.models.pages import FeedJob
from jpt.net.guard import AddressGuard
from jpt.net.http import Http
from jpt.net.politeness import Politeness
from tests.career_sites.server import Reply, Server
from tests.table import each_row

TITLE = "Ingénieur qualité (Zürich)"
TEXT = "<p>Au moins 4 ans d’expérience exigés.</p>" * 20
LINK = "https://acme.example/jobs/7"


def rss(declared: str) -> str:
    return (
        f"<?xml version='1.0' encoding='{declared}'?><rss version='2.0'><channel><item><title>{TITLE}</title>"
        f"<link>{LINK}</link><description><![CDATA[{TEXT}]]></description></item></channel></rss>"
    )


def atom(declared: str) -> str:
    return (
        f"<?xml version='1.0' encoding='{declared}'?><feed xmlns='http://www.w3.org/2005/Atom'><entry>"
        f"<title>{TITLE}</title><link href='{LINK}'/><content type='html'><![CDATA[{TEXT}]]></content></entry></feed>"
    )


def read(path: str, body: bytes, kind: str) -> BoardListing:
    async def run() -> BoardListing:
        url = f"http://127.0.0.1:{server.port}/{path}"
        board = board_at(url)
        assert board is not None
        async with Http.open(Politeness(4, 0), AddressGuard.of([url])) as http:
            return await listing(board, http)

    with Server(lambda request: Reply(body, kind=kind)) as server:
        return anyio.run(run)


@each_row(
    ("body", "kind"),
    [
        (rss("ISO-8859-1").replace("’", "'").encode("iso-8859-1"), "application/rss+xml"),
        (rss("windows-1252").encode("cp1252"), "text/xml"),
        (rss("utf-8").encode("cp1252"), "text/xml; charset=windows-1252"),
        (rss("utf-8").encode("utf-16"), "application/rss+xml"),
        (rss("UTF-16").encode("utf-16-be"), "application/rss+xml; charset=UTF-16BE"),
        (rss("utf-8").encode("utf-8-sig"), "text/xml; charset=iso-8859-1"),
        (rss("iso-8859-1").encode(), "text/xml; charset=iso-8859-1"),
        (atom("iso-8859-15").encode("cp1252").replace(b"\x92", b"'"), "application/atom+xml"),
        (atom("utf-8").encode("utf-16"), "application/atom+xml"),
        (gzip.compress(rss("utf-8").encode()), "application/gzip"),
    ],
)
def test_a_feed_is_read_in_its_own_encoding(body: bytes, kind: str) -> None:
    (job,) = read("jobs.rss", body, kind).jobs

    assert (job.title, job.url) == (TITLE, LINK)
    assert "d’expérience" in job.html.replace("'", "’")


def test_a_sitemap_is_read_in_its_own_encoding() -> None:
    text = "<?xml version='1.0' encoding='iso-8859-1'?><urlset><url><loc>https://acme.example/jobs/ingénieur-7</loc></url></urlset>"

    (job,) = read("sitemap.xml", text.encode("iso-8859-1"), "application/xml").jobs

    assert job.title == "ingénieur 7"


@pytest.mark.parametrize(
    ("body", "why"),
    [
        (rss("utf-8").encode() + b"\xff", "not the utf-8"),
        (
            b"<?xml version='1.0' encoding='euc-kr'?><rss>" + bytes(range(128, 256)) * 9 + b"</rss>",
            "not the cp949",
        ),
        (gzip.compress(rss("utf-8").encode())[:-20], "ends in the middle"),
    ],
)
def test_what_cannot_be_decoded_is_said_and_not_half_read(body: bytes, why: str) -> None:
    with pytest.raises(FeedFault, match=why):
        read("jobs.rss", body, "application/rss+xml")


def test_a_document_may_begin_with_empty_lines() -> None:
    body = b"\n\n<?xml version='1.0'?><urlset><url><loc>https://acme.example/jobs/cook</loc></url></urlset>"

    assert len(read("sitemap.xml", body, "text/xml").jobs) == 1


def test_the_page_of_a_post_is_read_in_its_own_encoding() -> None:
    page = (
        "<!doctype html><meta charset=iso-8859-1><script type='application/ld+json'>{'@type': 'JobPosting', "
        f"'title': '{TITLE}', 'description': '{TEXT}'}}</script>"
    ).replace("’", "`")

    async def run() -> FeedJob | None:
        url = f"http://127.0.0.1:{server.port}/jobs.rss"
        board = board_at(url)
        assert board is not None
        async with Http.open(Politeness(4, 0), AddressGuard.of([url])) as http:
            job = FeedJob(LINK, "x", detail=f"http://127.0.0.1:{server.port}/jobs/7")
            return await completed(board, job, http)

    with Server(lambda request: Reply(page.encode("cp1252"), kind="text/html")) as server:
        job = anyio.run(run)

    assert job is not None
    assert (job.title, "expérience exigés" in job.html) == (TITLE, True)


# --- Feeds that are no XML ---------------------------------------------------------------------------


def careless(title: str, text: str = TEXT, head: str = "", tail: str = "</channel></rss>") -> bytes:
    return (
        f"{head}<rss version='2.0' xmlns:j='urn:j'><channel><item><title>{title}</title><link>{LINK}</link>"
        f"<description>{text}</description><j:city>Ulm</j:city><pubDate>Tue, 24 Nov 2026 12:00:00 GMT</pubDate></item>{tail}"
    ).encode()


@pytest.mark.parametrize(
    "body",
    [
        careless("Baker&nbsp;&amp; Cook", "&lt;p&gt;4 years&lt;/p&gt;"),
        careless("Baker & Cook", "<![CDATA[<p>4 years</p>]]>"),
        careless("Baker &amp; Cook", "<p>4 years<br>and more</p>"),
        careless("Baker &amp; Cook", "4 years \x0b"),
        careless(
            "Baker &amp; Cook",
            "4 years",
            '<?xml version="1.0"?><!DOCTYPE rss PUBLIC "-//Netscape//DTD RSS 0.91//EN" "http://x.example/rss.dtd">',
        ),
    ],
)
def test_a_feed_that_is_no_xml_is_read_all_the_same(body: bytes) -> None:
    (job,) = read("jobs.rss", body, "application/rss+xml").jobs

    assert (" ".join(job.title.split()), job.url, job.posted) == ("Baker & Cook", LINK, "2026-11-24")
    assert job.location == "Ulm"
    assert "4 years" in job.html


@each_row(
    ("title", "shown"),
    [
        ("R&D M&M", "R&D M&M"),
        ("Cook &ldquo;here&rdquo;", "Cook “here”"),
        ("Cook &#1114112;&#55296;", "Cook"),
        ("Cook \x01& more", "Cook & more"),
        ("<![CDATA[R&D \x02&amp; more]]> &", "R&D &amp; more &"),
        ("Cook &nosuch; &lt;", "Cook &nosuch; <"),
    ],
)
def test_careless_titles_are_read_as_they_are_meant(title: str, shown: str) -> None:
    (job,) = read("jobs.rss", careless(title), "text/xml").jobs

    assert " ".join(job.title.split()) == shown


@pytest.mark.parametrize(
    "body",
    [
        careless("Baker & Cook", tail=""),  # cut
        b"<!doctype html><html><body>Sign in & wait</html>",
        careless("&a;", head='<!DOCTYPE rss [<!ENTITY a "' + "x" * 9_000 + '"><!ENTITY b "&a;&a;&a;">]>', tail=""),
    ],
)
def test_a_feed_that_is_cut_or_none_is_refused(body: bytes) -> None:
    with pytest.raises(FeedFault):
        read("jobs.rss", body, "application/rss+xml")


@each_row("unit", ["<![CDATA[x", "<![CDATA[x]]", "<![CDATA[<item>", "]]>", "&", "<item><![CDATA["])
def test_a_feed_of_sections_that_never_end_takes_time_by_its_length(unit: str) -> None:
    """Three megabytes of them held the whole process up for ever."""
    body = careless(f"Cook {unit * (500_000 // len(unit))}")
    begun = process_time()

    with suppress(FeedFault):
        read("jobs.rss", body, "application/rss+xml")

    assert process_time() - begun < 10
