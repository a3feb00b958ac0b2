"""jpt as a library: posts and links read by whoever imports it."""

from __future__ import annotations

import doctest
import subprocess
import sys
from dataclasses import FrozenInstanceError, fields, is_dataclass
from functools import partial
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

import jpt
from jpt.extract.links import judge
from jpt.extract.markup import page_of
from tests.accuracy.labelled import list_pages, score
from tests.linear import is_linear
from tests.table import each_row

ROOT = Path(__file__).parents[2]
BASE = "https://www.brightloom.example/careers"


def test_the_examples_in_the_docs_are_true() -> None:
    results = doctest.testfile(str(ROOT / "docs/library.md"), module_relative=False)

    assert results.attempted > 10
    assert results.failed == 0


def test_all_public_names_are_there_and_described() -> None:
    for name in jpt.__all__:
        public = getattr(jpt, name)
        if is_dataclass(public):
            assert all(f"`{one.name}`" in (ROOT / "docs/library.md").read_text("utf-8") for one in fields(public))
        assert name == "__version__" or public.__doc__

    assert dir(jpt) == jpt.__all__
    with pytest.raises(AttributeError, match="no attribute 'read_pots'"):
        _ = jpt.read_pots  # type: ignore[attr-defined]


def test_values_cannot_be_changed_and_compare_by_what_they_say() -> None:
    text = "You have at least 3 years of experience with SQL."

    assert jpt.read_post(text) == jpt.read_post(text)
    with pytest.raises(FrozenInstanceError):
        jpt.read_post(text).years.minimum = 1  # type: ignore[misc]


def test_nothing_but_the_arguments_is_read() -> None:
    script = """
import sys, jpt
def read(page):
    jpt.read_post(page); jpt.read_post_html(page, "https://a.example/jobs/baker"); jpt.find_links(page, "https://a.example/")
page = "<h1>%s</h1><p>At least %d years of experience as a baker in our team.</p><a href=/jobs/baker>Baker</a>"
read(page % ("Driver", 5))  # its own tables are read once
seen = []
sys.addaudithook(lambda event, args: seen.append((event, args)) if event.split(".")[0] in
    {"open", "socket", "subprocess", "os", "sqlite3", "urllib", "import"} else None)
read(page % ("Baker", 3))
seen = [one for one in seen if one[0] != "import" or one[1][1]]
unwanted = {"jpt.settings", "jpt.store", "jpt.browser", "sqlite3", "playwright", "jpt.net.http"} & set(sys.modules)
print(seen, unwanted)
"""
    ended = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)

    assert ended.stdout.strip() == "[] set()"


def test_importing_jpt_alone_loads_nothing_of_it() -> None:
    script = "import sys, jpt; print([name for name in sys.modules if name.startswith('jpt.')])"
    ended = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)

    assert ended.stdout.strip() == "[]"


def test_jobs_are_told_from_other_links_without_a_browser() -> None:
    pages = list_pages()

    found = score(pages, {page.name: judge(page_of(page.body.decode(), page.url)) for page in pages})

    assert min(found.precision, found.recall) >= 0.97, "\n".join(found.misses)
    assert min(found.macro_precision, found.macro_recall) >= 0.95, "\n".join(found.misses)


@pytest.mark.parametrize(
    ("html", "url"),
    [
        ("<base href=/en/><a href=jobs/baker>Baker</a>", "https://www.brightloom.example/en/jobs/baker"),
        ("<a href=' ?pid=7 '>Baker</a>", BASE + "?pid=7"),
        ("<body><div hidden><a href=/jobs/baker>Baker</a></div>", "https://www.brightloom.example/jobs/baker"),
        ("<A HREF='HTTPS://jobs.example/7'>Baker</A>", "https://jobs.example/7"),
    ],
)
def test_addresses_are_resolved_as_browsers_do(html: str, url: str) -> None:
    assert [link.url for link in jpt.find_links(html, BASE)] == [url]


@each_row("href", ["javascript:void(0)", "mailto:a@b.example", "#top", "https://[", "http://x:99999/", ""])
def test_links_that_lead_to_no_page_are_left_out(href: str) -> None:
    assert jpt.find_links(f'<a href="{href}">Baker</a>', BASE) == ()


@each_row("base", ["", "careers.html", "ftp://a.example/", "https://", "https://[", "file:///etc/passwd"])
def test_a_base_that_is_no_page_is_refused(base: str) -> None:
    with pytest.raises(ValueError, match="base_url"):
        jpt.find_links("", base)
    with pytest.raises(ValueError, match="base_url"):
        jpt.read_post_html("", base)


def test_bytes_are_refused_with_a_sentence() -> None:
    with pytest.raises(TypeError, match="text must be a str, not bytes"):
        jpt.read_post(b"3 years")  # type: ignore[arg-type]
    with pytest.raises(TypeError, match="html must be a str"):
        jpt.find_links(b"", BASE)  # type: ignore[arg-type]
    with pytest.raises(TypeError, match="title must be a str"):
        jpt.read_post("", 7)  # type: ignore[arg-type]


@given(st.text(max_size=300) | st.lists(st.sampled_from(["<a href=/jobs/x>", "<h1>", "</h1>", "Baker", "<li>", "</ul>",
    "<title>", "<main>", "3 years of experience", "<!--", "<script type=application/ld+json>{", "&#55357;", "\0"]), max_size=40)
    .map("".join))  # fmt: skip
@hypothesis_settings(deadline=None, max_examples=60, derandomize=True)
def test_whatever_a_page_holds_is_read(html: str) -> None:
    assert isinstance(jpt.read_post(html), jpt.Post)
    assert isinstance(jpt.read_post_html(html, BASE), jpt.Post)
    assert all(isinstance(link, jpt.FoundLink) for link in jpt.find_links(html, BASE))


PIECES = ("<a href=/x>", "<a href=/x></a><i></i>", "<ul><li><a href=/x>y</a>", "<i>")
DEEP = ("<div><a href=/x>", "<h2><a href=x>")


@pytest.mark.parametrize("pieces", [PIECES, pytest.param(DEEP, marks=pytest.mark.slow)], ids=["some", "deep"])
def test_hostile_pages_take_time_by_their_length(pieces: tuple[str, ...]) -> None:
    def read(piece: str, chars: int) -> None:
        page_of(piece * (chars // len(piece)), BASE)

    assert [piece for piece in pieces if not is_linear(partial(read, piece))] == []
