"""What is fuzzed: HTTP, robots.txt, feeds, pages, model replies, cluster messages, SMTP, stored rows, command lines."""

from __future__ import annotations

import json
import os
import sqlite3
import tempfile
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager, suppress
from dataclasses import asdict
from pathlib import Path
from typing import Any
from unittest.mock import patch

import anyio
from hypothesis import strategies as st
from typer.testing import CliRunner

from jpt.cli.app import app
from jpt.cluster import messages
from jpt.cluster.faults import as_error
from jpt.digest import smtp
from jpt.digest.submission import Call
from jpt.errors import FeedFault, JptError, TaskError
from jpt.extract.listing import judged
from jpt.extract.model.answer import Unusable, parsed
from jpt.extract.model.client import reply_of
from jpt.extract.post.posting import posting
from jpt.feeds.board_listing import sorted_out
from jpt.feeds.protocol import FeedClient
from jpt.feeds.registry import board_at, feed_of
from jpt.feeds.stored_post import packed, post_page, unpacked
from jpt.models.load import Load
from jpt.net import http as client
from jpt.net.guard import AddressGuard
from jpt.net.http import Http
from jpt.net.politeness import Politeness
from jpt.net.robots import Robots
from jpt.store import Store
from jpt.text.decoding import UndecodableError, decoded, format_of
from jpt.text.html import document, html_text
from jpt.text.json_ld import kinds, postings
from tests.cluster.test_messages import FULL
from tests.feeds.platforms.test_shapes import LEAST
from tests.fuzz.answering import Answering
from tests.fuzz.running import Target
from tests.store.test_store import ACME, job, listed

Read = Callable[[Any], None]

# --- Inputs ------------------------------------------------------------------------------------------

AWKWARD = st.sampled_from(
    ["", " ", "²", "٣", "9" * 400, "1e999", "NaN", "-1", "\0", "\ud800", "\u202e", "\x1b[31m", "]]>", "<!--", "'", '"', "%00",
     "javascript:alert(1)", "http://[::1", "https://a.example:6000/", "https://a.example/" + "x" * 9_000, "0001-01-01",
     "9999-12-31T23:59:59-23:59", "Fri, 31 Dec 9999 23:59:59 -2359", "null", "[" * 3_000, '{"a":' * 3_000, "\u2028", "é" * 300]
)  # fmt: skip
TEXT = st.text(max_size=60) | AWKWARD
SCALAR = st.none() | st.booleans() | st.integers() | st.floats() | TEXT | st.just(10**400)
JSON = st.recursive(
    SCALAR, lambda part: st.lists(part, max_size=4) | st.dictionaries(TEXT, part, max_size=4), max_leaves=8
)


def spoilt(value: Any) -> st.SearchStrategy[Any]:
    """Draw *value* with some of its parts replaced, lost or repeated."""
    if isinstance(value, dict):
        kept = st.fixed_dictionaries({name: spoilt(part) for name, part in value.items()})
        return (
            kept
            | kept.flatmap(
                lambda one: st.sampled_from([{k: v for k, v in one.items() if k != gone} for gone in one])
            )
            | JSON
        )
    if isinstance(value, list):
        whole = st.tuples(*map(spoilt, value)).map(list)
        return whole | whole.map(lambda one: [*one, *one, None]) | JSON
    return st.just(value) | st.just(value) | SCALAR


def pieces(*words: str) -> st.SearchStrategy[str]:
    """Draw texts made of *words*, awkward ones and any."""
    return st.lists(st.sampled_from(words) | TEXT, max_size=24).map("".join)


def hostile_json(value: Any) -> str:
    """Write *value* as a careless server would."""
    return json.dumps(value, ensure_ascii=False)


# --- HTTP --------------------------------------------------------------------------------------------

HEAD = st.sampled_from(
    ["Content-Type: application/json; charset=utf-16", "Content-Type: text/xml; charset=nonsense", "Content-Encoding: gzip",
     "Content-Encoding: br", "Content-Encoding: zstd, gzip", "Content-Length: 5", "Content-Length: ²", "Content-Length: -1",
     "Transfer-Encoding: chunked", "Retry-After: ٣", "Retry-After: 99999999999999", "Location: http://[::1", "Location: //",
     "Location: javascript:x", "ETag: \xff", "Connection: close", "Last-Modified: x", "Set-Cookie: a=b", "X: " + "y" * 9_000]
)  # fmt: skip


@st.composite
def http_answers(draw: st.DrawFn) -> bytes:
    status = draw(
        st.sampled_from(["200 OK", "304 Not Modified", "302 Found", "404 x", "200", "999 x", "abc", "204 x"])
    )
    heads = draw(st.lists(HEAD | TEXT.map("X-A: {}".format), max_size=6))
    body = draw(st.binary(max_size=60) | pieces("<rss>", "{", "5\r\n", "0\r\n\r\n", "\x1f\x8b\x08").map(_bytes))
    if not any(head.startswith(("Content-Length", "Transfer")) for head in heads) and draw(st.booleans()):
        heads.append(f"Content-Length: {len(body)}")
    head = "\r\n".join([f"HTTP/1.1 {status}", *heads, "", ""])
    return draw(st.sampled_from([b"", b"\r\n"])) + _bytes(head) + body


def _bytes(text: str) -> bytes:
    return text.encode("latin-1", "replace")


@contextmanager
def _http() -> Iterator[Read]:
    with Answering() as server, patch.multiple(client, TRIES=1, ANSWER_S=0.5, LONGEST_WAIT_S=0.0):
        url = f"http://127.0.0.1:{server.port}/jobs.json"

        async def ask(answer: bytes) -> None:
            server.answers = [answer]
            async with Http.open(Politeness(4, 0), AddressGuard.of([url])) as http:
                with anyio.fail_after(20), suppress(TaskError):
                    await FeedClient(http).get(url)

        yield lambda answer: anyio.run(ask, answer)


# --- Texts -------------------------------------------------------------------------------------------


@contextmanager
def _robots() -> Iterator[Read]:
    def read(text: str) -> None:
        async def fetch(url: str) -> tuple[int, str]:
            return 200, text

        async def ask() -> None:
            for url in (
                "https://a.example/jobs/7?x=1",
                "https://a.example/%ff",
                "https://a.example/" + "a" * 2_000,
            ):
                with suppress(TaskError):
                    assert 0 <= await Robots(fetch).delay_s(url) <= 10**15

        anyio.run(ask)

    yield read


@contextmanager
def _feeds() -> Iterator[Read]:
    def read(drawn: tuple[str, str | bytes]) -> None:
        url, answer = drawn
        board = board_at(url)
        assert board is not None
        with suppress(FeedFault, UndecodableError):
            text = answer if isinstance(answer, str) else decoded(answer, format_of("", answer))
            jobs, _ = sorted_out(feed_of(board).parse(board, text).jobs)
            for one in jobs:
                assert unpacked(packed(one, board))
                post_page(one, one.url, board.feed)
        detail = jobs[0] if "jobs" in locals() and jobs else None
        if detail is not None and isinstance(answer, str):
            with suppress(FeedFault):
                feed_of(board).detail(board, detail, answer)

    yield read


RSS = pieces(
    "<?xml version='1.0' encoding='utf-16'?>", "<rss>", "<channel>", "<item>", "<title>Baker</title>", "<link>https://a.example/1</link>",
    "</item>", "</channel>", "</rss>", "<feed>", "<entry>", "<![CDATA[", "]]>", "<description>", "&nbsp;", "&#0;", "<!DOCTYPE rss>",
    "<pubDate>", "<location><city>Ulm</city></location>", "<urlset>", "<url><loc>", "</loc></url>", "<workzag-jobs>",
)  # fmt: skip


def _platform_answers() -> st.SearchStrategy[tuple[str, str | bytes]]:
    of_json = [
        st.tuples(st.just(url), spoilt(answer).map(hostile_json))
        for url, answer in LEAST.values()
        if not isinstance(answer, str)
    ]
    xml_urls = st.sampled_from(["https://a.example/jobs.rss", "https://a.example/sitemap.xml", "https://tern.jobs.personio.de",
                                "https://tern.teamtailor.com/jobs", "https://tern.jobs2web.com/search"])  # fmt: skip
    of_xml: st.SearchStrategy[tuple[str, str | bytes]] = st.tuples(xml_urls, RSS | st.binary(max_size=200))
    whole: st.SearchStrategy[tuple[str, str | bytes]] = st.one_of(*of_json)
    return whole | of_xml


MARKUP = pieces(
    "<script type=application/ld+json>", "</script>", '{"@type":"JobPosting","title":"Baker"', "}", "<div hidden>", "</div>", "<p>",
    "<table><tr><td>", "<details><summary>", "<pre>", "<title>", "<a href=x>", "/*<![CDATA[*/", "var x = ", '"description":"5 years"',
    "<!--", "&lt;", "<svg>", "<select><option>", '"baseSalary":{"value":', '"datePosted":',
)  # fmt: skip


@contextmanager
def _pages() -> Iterator[Read]:
    def read(html: str) -> None:
        page = document(html)
        html_text(html)
        for node in postings((*page.json_ld, html)):
            posting(node)
        kinds(page.json_ld)

    yield read


@contextmanager
def _model() -> Iterator[Read]:
    def read(content: bytes) -> None:
        with suppress(Unusable):
            parsed(reply_of(content, [{"role": "user", "content": "x"}]).content)

    yield read


_REPLY = {"choices": [{"message": {"content": '{"min_years": 3, "stated": true, "evidence": "3 years"}', "refusal": None},
                       "finish_reason": "stop"}], "usage": {"prompt_tokens": 5, "completion_tokens": 7}}  # fmt: skip
_CONTENT = pieces('{"min_years":', "3", ', "stated": true', ', "evidence": "x"', "}", "```json", "NaN", "[" * 900)


def _model_replies() -> st.SearchStrategy[bytes]:
    said = _CONTENT.map(lambda text: hostile_json({"choices": [{"message": {"content": text}}]}))
    return (spoilt(_REPLY).map(hostile_json) | said | TEXT).map(lambda text: text.encode("utf-8", "surrogatepass"))


# --- A cluster ---------------------------------------------------------------------------------------

_ASKED = messages.PageRequest(7, "https://a.example/jobs", messages.Depth(50, 200, 75.0))
_SAID = tuple(
    messages.encode(one)
    for one in (
        messages.PageResult(7, FULL), messages.PageResult(7, fault=messages.Fault("Outage", "No network.", 7.0)), messages.NextPageRequest(7, 1, "https://a.example/2"),
        messages.Join("1.0", messages.WIRE, "w", 4), messages.KeepAlive(Load(1, 2, 1, 90.0, 0, 0)), messages.Leave(), _ASKED, messages.Cancel(7),
        messages.Welcome(messages.Limits(120_000, "en", None, 20.0, (("a.example", 443),))), messages.NextPageReply(7, 1, may=True),
    )
)  # fmt: skip
"""What either end says, whole."""


@contextmanager
def _cluster() -> Iterator[Read]:
    def read(data: bytes) -> None:
        with suppress(messages.NotAMessage):
            said = messages.decode(data)
            # What was let in can be said again, and is used as a read or a fault.
            assert messages.decode(messages.encode(said)).op == said.op
            if isinstance(said, messages.PageResult) and said.page is not None:
                judged(said.page, said.page.url)
            if isinstance(said, messages.PageResult) and said.fault is not None:
                error = as_error(said.fault)
                assert (error.reason, error.page) == (" ".join(said.fault.reason.split()), said.fault.page)
            if isinstance(said, messages.KeepAlive) and said.load is not None:
                asdict(said.load)

    yield read


def _parts(value: Any, *above: Any) -> Iterator[tuple[Any, ...]]:
    """Give the path of each part of *value*, its own first."""
    yield above
    inner = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for name, part in inner:
        yield from _parts(part, *above, name)


@st.composite
def _cluster_messages(draw: st.DrawFn) -> bytes:
    """Draw a message with one or two of its parts replaced: a whole page is too much to draw anew."""
    said = json.loads(draw(st.sampled_from(_SAID)))
    for _ in range(draw(st.integers(0, 2))):
        *above, last = draw(st.sampled_from([*_parts(said)][1:] or [("op",)]))
        holder = said
        for name in above:
            holder = holder[name]
        holder[last] = draw(JSON)
    written = hostile_json(said).encode("utf-8", "surrogatepass")
    return written[: draw(st.sampled_from([len(written)] * 5 + [len(written) // 2]))]


# --- SMTP --------------------------------------------------------------------------------------------

SMTP_LINE = st.sampled_from(
    ["250 ok", "250-SIZE ²", "250-SIZE " + "9" * 400, "250-AUTH PLAIN \xff", "250-STARTTLS", "250-8BITMIME", "250", "", "²50 x", "٣٥٠ ok",
     "354 go", "221 bye", "550 no", "421 later", "999 x", "25", "-1 x", "250 \x00", "250-", "250 " + "x" * 500, "220 hi"]
) | TEXT  # fmt: skip


@contextmanager
def _smtp() -> Iterator[Read]:
    with Answering() as server:

        def read(replies: list[str]) -> None:
            first, *others = [_bytes(f"{reply}\r\n") for reply in replies]
            server.greeting, server.answers = first, others
            to = smtp.Server("127.0.0.1", server.port, "plain", timeout_s=0.5, final_timeout_s=0.5)
            smtp.submit(to, "a@a.example", ("b@b.example",), b"Subject: x\r\n\r\nx", lambda: True, Call())
            smtp.check(to)

        yield read


# --- Stored rows -------------------------------------------------------------------------------------

STORED = st.none() | st.integers(-(2**63), 2**63 - 1) | st.floats(allow_nan=False) | TEXT.map(lambda text: text.replace("\ud800", "?")) | st.binary(max_size=40)  # fmt: skip
LOOKS = (
    ["jobs", "--all", "--json"],
    ["jobs", "--failed"],
    ["sites", "--json"],
    ["sites"],
    ["status"],
    ["digest", "list"],
    ["export", "{}/out.csv"],
)


@contextmanager
def _in_folder() -> Iterator[Path]:
    with tempfile.TemporaryDirectory() as folder:
        before, kept = Path.cwd(), {name: os.environ[name] for name in os.environ if name.startswith("JPT_")}
        for name in kept:
            del os.environ[name]
        os.chdir(folder)
        os.environ["JPT_HOME"] = folder
        try:
            yield Path(folder)
        finally:
            os.chdir(before)
            del os.environ["JPT_HOME"]
            os.environ.update(kept)


@contextmanager
def _stored() -> Iterator[Read]:
    with _in_folder() as folder:
        path = folder / "jpt.sqlite3"
        with Store.open(path) as store:
            store.sites.record(ACME, listed(*(job(number) for number in range(4))), queue=True)
        columns = _columns(path)

        def read(drawn: tuple[int, Any, int]) -> None:
            at, value, look = drawn
            table, column = columns[at % len(columns)]
            with closing(sqlite3.connect(path)) as raw:
                raw.execute("PRAGMA ignore_check_constraints = ON")
                with suppress(sqlite3.IntegrityError, sqlite3.OperationalError, OverflowError, UnicodeEncodeError):
                    raw.execute(f"UPDATE OR IGNORE {table} SET {column} = ?", (value,))
                    raw.commit()
            words = [word.format(folder) for word in LOOKS[look % len(LOOKS)]]
            _invoke([*words, "--db", str(path)])

        yield read


def _columns(path: Path) -> list[tuple[str, str]]:
    with closing(sqlite3.connect(path)) as raw:
        tables = [row[0] for row in raw.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
        wanted = [name for name in tables if not name.startswith(("sqlite_", "_")) and "search" not in name]
        return [
            (table, row[1]) for table in wanted for row in raw.execute(f"PRAGMA table_info({table})") if not row[5]
        ]


# --- Command lines -----------------------------------------------------------------------------------

COMMANDS = st.sampled_from(
    [["jobs"], ["job"], ["mark"], ["sites"], ["why"], ["hide"], ["applied"], ["status"], ["filters"], ["export"], ["retry"], ["reextract"],
     ["digest", "list"], ["feed"], ["try", "extract"], ["db", "backup"], ["clear"], []]
)  # fmt: skip
WORDS = st.sampled_from(
    ["--json", "--all", "--since", "--max-years", "--limit", "--site", "--csv", "--db", "-q", "-v", "--help", "-", "--", "7d", "0001-01-01",
     "0001-01-01T00:00+23:59", "99999999999999999999", "#a3f", "https://a.example/1", "/dev/null", "nowhere.sqlite3", "--dry-run", "-n"]
) | TEXT.filter(lambda text: "\0" not in text)  # fmt: skip


@contextmanager
def _commands() -> Iterator[Read]:
    with _in_folder():
        yield lambda drawn: _invoke([*drawn[0], *drawn[1]])


def _invoke(words: list[str]) -> None:
    """Run a command line; what ends it must be an end that it knows."""
    result = CliRunner().invoke(app, words, input="")
    if isinstance(result.exception, JptError):
        return
    if result.exception is not None and not isinstance(result.exception, SystemExit):
        raise result.exception
    assert result.exit_code in {0, 2, 3, 65, 66, 69, 73, 75, 78} | ({1} if words[:1] == ["status"] else set())


TARGETS = (
    Target("http", http_answers(), _http),
    Target("robots", pieces("User-agent: *\n", "Disallow: ", "/*a*a*a*b$", "Crawl-delay: ", "Request-rate: ", "Visit-time: ", "\n", "Sitemap: ", "/", "%e9", "\ufeff"), _robots),
    Target("feeds", _platform_answers(), _feeds),
    Target("pages", MARKUP, _pages),
    Target("model", _model_replies(), _model),
    Target("cluster", _cluster_messages(), _cluster),
    Target("smtp", st.lists(SMTP_LINE, min_size=1, max_size=14), _smtp),
    Target("rows", st.tuples(st.integers(0, 10_000), STORED, st.integers(0, 99)), _stored),
    Target("commands", st.tuples(COMMANDS, st.lists(WORDS, max_size=5)), _commands),
)  # fmt: skip
