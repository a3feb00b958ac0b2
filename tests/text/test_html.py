"""HTML as the text that a browser would show."""

from __future__ import annotations

import re
from contextlib import suppress
from functools import partial

import anyio
from playwright.async_api import async_playwright

from jpt.browser.chromium.find import Chromium
from jpt.text.html import document, html_text, labelled
from tests.linear import is_linear
from tests.table import each_row

SHOWN = [
    ("<p>One</p><p>Two<br>Three</p>", "One\n\nTwo\nThree"),
    ("<ul><li>One</li><li>Two</li></ul>", "One\nTwo"),
    ("<h2>You bring</h2><ul><li>3 years</ul><p>x</p>y", "You bring\n3 years\n\nx\n\ny"),
    ("<table><tr><td>A</td><td>B</td></tr><tr><th>C<td>D</table>z", "A\tB\nC\tD\nz"),
    ("<table><tr><td><p>a</p></td><td>b</td></tr></table>", "a\n\n\tb"),
    ("<div>a <b> b</b> c</div>\n<div> d</div>", "a b c\nd"),
    ("<pre>a\n  b\n\nc</pre>d", "a\n  b\n\nc\nd"),
    ("<p>a<p>b<div>c<p>d</div>e", "a\n\nb\n\nc\n\nd\n\ne"),
    ("<dl><dt>Place<dd>Ulm<dt>Pay<dd>Good</dl>", "Place\nUlm\nPay\nGood"),
    ("a<br><br>b", "a\n\nb"),
    ("<a href=x><div>Baker</div><div>Ulm</div></a>", "Baker\nUlm"),
    ("<select><option>a<option>b</select>c", "a\nb\nc"),
]
HIDDEN = [
    "<script>x()</script>",
    "<style>p { }</style>",
    "<noscript>Turn it on</noscript>",
    "<template><p>No</p></template>",
    "<div hidden>No<div>No</div>No</div>",
    "<div hidden=until-found>No</div>",
    "<span style='color: red; display : none'>No</span>",
    "<span style='visibility:hidden'>No</span>",
    "<dialog>No</dialog>",
    "<iframe>No</iframe>",
    "<video>No</video>",
    "<datalist><option>No</datalist>",
    "<!-- No -->",
    "<ruby><rp>No</rp></ruby>",
]


@each_row(("html", "text"), SHOWN)
def test_a_page_is_laid_out_in_lines(html: str, text: str) -> None:
    assert document(f"<!doctype html><body>{html}").text == text


@each_row("html", HIDDEN)
def test_what_does_not_show_is_left_out(html: str) -> None:
    assert document(f"<p>Before</p>{html}<p>Behind</p>").text == "Before\n\nBehind"


def test_what_is_folded_away_shows_in_a_feed_and_not_on_the_page() -> None:
    html = "<details><summary>More</summary>5 years<p>and more</details><p>End"

    assert document(html).text == "More\n\nEnd"
    assert html_text(html) == "More\n5 years\n\nand more\n\nEnd"
    assert document(html.replace("<details>", "<details open>")).text == "More\n5 years\n\nand more\n\nEnd"


def test_a_page_says_what_it_is() -> None:
    page = document(
        """<!doctype html><html lang=de><head><base href=/de/><title> Jobs &amp; more </title><link rel=canonical
        href="https://acme.example/jobs"><script type="application/ld+json; charset=utf-8">{"a": "</b>"}</script>
        <body><h1>Open <i>roles</i></h1><svg><title>Icon</title></svg><h2 hidden>No</h2><a href="/jobs/7"><b>Baker</b> Ulm</a>
        <a name=top>Top</a><div hidden><a href=/no>No</a></div>"""
    )

    assert (page.title, page.lang, page.base, page.canonical) == (
        "Jobs & more", "de", "/de/", "https://acme.example/jobs",
    )  # fmt: skip
    assert page.headings == ("Open roles",)
    assert page.links == (("/jobs/7", "Baker Ulm"),)
    assert page.json_ld == ('{"a": "</b>"}',)


@each_row(
    ("html", "text"),
    [
        ("&lt;p&gt;3 &amp;amp; more&lt;/p&gt;", "3 & more"),
        ("5 < 6 and 7 > 6", "5 < 6 and 7 > 6"),
        ("plain &amp; simple", "plain & simple"),
        ("&lt;![CDATA[&lt;p&gt;4 years&lt;/p&gt;]]&gt;", "4 years"),
        ("Line one\nLine two <b>bold</b>\n\nLine three", "Line one\nLine two bold\n\nLine three"),
        ("<p>a\nb</p>", "a\nb".replace("\n", " ")),
        ("", ""),
        ("<", "<"),
        ("<!--", ""),
        ("a\0b \ud800c", "ab c"),
    ],
)
def test_texts_of_feeds_keep_their_lines(html: str, text: str) -> None:
    assert html_text(html) == text


async def _inner_texts(chromium: Chromium, pages: list[str]) -> list[str]:
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=str(chromium.path), chromium_sandbox=False)
        page = await browser.new_page()
        texts = []
        for html in pages:
            await page.set_content(f"<!doctype html><body>{html}")
            texts.append(str(await page.evaluate("document.body.innerText")).strip())
        await browser.close()
        return texts


def test_the_text_is_that_of_a_real_browser(chromium: Chromium) -> None:
    pages = [html for html, _ in SHOWN] + [f"<p>Before</p>{html}<p>Behind</p>" for html in HIDDEN]
    pages += ["<details><summary>More</summary>5 years<p>and more</details>", "a\0b", "x&nbsp;y &lt;p&gt; &copy"]

    shown = anyio.run(_inner_texts, chromium, pages)

    assert [document(html).text.strip() for html in pages] == shown


def test_elements_are_found_by_what_they_are() -> None:
    html = "<p>No<a href=/1>Baker <b class=x>Ulm</b></a><a>No</a><i class=x>today</i>"

    found = labelled(html, lambda tag, attributes: attributes.get("href", "") or attributes.get("class", ""))

    assert found == [("/1", "Baker Ulm"), ("x", "Ulm"), ("x", "today")]


@each_row("tag", ["main", "section", "article", "nav", "header", "custom-part"])
def test_a_page_without_a_body_begins_with_its_first_element_that_shows(tag: str) -> None:
    page = document(f"<title>Baker</title><style>p {{}}</style><{tag}><h1>Baker</h1><script>x</script>Ulm</{tag}>")

    assert (page.text, page.title, page.headings) == ("Baker\nUlm", "Baker", ("Baker",))


# --- Nothing spins -----------------------------------------------------------------------------------

SPINNERS = [
    "<", "<!", "<!--", "<div>", "<b>", "<li><ul>", "<a><p>", "</p>", "</b>", "<title>", "<template>", "<table>",
    "<script type=application/ld+json>", '<script type=application/ld+json>{"@type":"JobPosting",', '<a b="', "a ",
    "<svg><title>", "&lt", "&", "<details><summary>", "<select><option>", "<h1>", "<a href=x>", "<![CDATA[", "\0", "\n ",
    "<table><tr><td>", "<form><input>", "<p>x", "<b><p>x</b>", "&amp;lt;", "<pre>", "</", "<a hidden ", "<!-->", "<a a ",
]  # fmt: skip


def test_hostile_markup_takes_time_by_its_length() -> None:
    def read(piece: str, chars: int) -> None:
        html = piece * (chars // len(piece))
        document(html)
        html_text(html)
        with suppress(ValueError):
            labelled(html, lambda tag, _: tag)

    assert [piece for piece in SPINNERS if not is_linear(partial(read, piece))] == []


def test_a_page_nested_without_end_keeps_its_words() -> None:
    page = document("<p>First</p>" + "<div>" * 50_000 + "<b>Deep &amp; dark</b>")

    assert re.findall(r"\w+", page.text) == ["First", "Deep", "dark"]
