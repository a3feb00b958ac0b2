"""`jpt try links` and `jpt try extract`: read something and show it; nothing is stored."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from contextlib import AsyncExitStack
from dataclasses import asdict, dataclass, field, replace
from functools import partial
from pathlib import Path
from typing import Any

import anyio
import anyio.lowlevel
import anyio.to_thread
from rich.text import Text

from jpt.browser.pool.pool import BrowserPool
from jpt.browser.visit.open_list import Seek
from jpt.cli import session
from jpt.cli.exit_codes import PARTLY_FAILED
from jpt.cli.options import common
from jpt.cli.stopping import until_stopped
from jpt.cli.tables import listing_lines, not_read, post_lines
from jpt.cycle.guarded import ends_here
from jpt.cycle.link_checker import LinkChecker, dry_looks
from jpt.cycle.visits import client, fetched_pdf, unless_lost
from jpt.errors import Download, InputError, TaskError, UsageError
from jpt.extract.experience import experience
from jpt.extract.finding import openable_page
from jpt.extract.listing import glance, judged, rejected
from jpt.extract.model import ModelReader, Reading
from jpt.extract.pdf import pdf_page
from jpt.extract.post import job_post, text_post
from jpt.inputs.input_documents import InputDocument, from_argument, from_jsonl
from jpt.inputs.rows import none_usable
from jpt.models.jobs import Experience, JobPost
from jpt.models.pages import GOOD, ListRead, PageRead
from jpt.models.places import as_rows
from jpt.net.politeness import Politeness
from jpt.settings import Settings

MOST_NAMED = 5
"""Bad lines of a file that are named one by one."""
LINES = '{"id": 1, "file": "page.html", "base_url": "https://…"}'

Row = dict[str, Any]
_NO_LISTING: Row = {
    "status": "error",
    "http_status": None,
    "method": "browser",
    "advertised_total": None,
    "links": [],
}


@dataclass(frozen=True, slots=True)
class Result:
    """What one source gave: for programs, and for people."""

    row: Row
    lines: tuple[Text, ...] = ()
    failed: bool = False


@dataclass(frozen=True, slots=True)
class Tools:
    """What reads sources."""

    settings: Settings
    pool: BrowserPool | None
    """None if there are only bare texts."""
    model: ModelReader | None
    """None if the rules decide alone."""
    looks: LinkChecker | None = None
    """Looks behind unsure links; None if only saved pages are read."""


Reader = Callable[[InputDocument, Tools], Awaitable[Result]]


@dataclass(eq=False, slots=True)
class InOrder:
    """Prints results in the order of their sources, each as soon as it can be."""

    as_json: bool
    failed: int = 0
    _ready: dict[int, Result] = field(default_factory=dict)
    _printed: int = 0

    def take(self, number: int, result: Result) -> None:
        """Print *result*, or keep it until those before it have come."""
        self._ready[number] = result
        while self._printed in self._ready:
            self._print(self._ready.pop(self._printed))
            self._printed += 1

    def _print(self, result: Result) -> None:
        self.failed += result.failed
        if self.as_json:
            session.print_json(result.row)
            return
        for line in result.lines:
            session.show(line)


def show_links(*, source: str | None, base_url: str | None, jsonl: Path | None, as_json: bool) -> int:
    """Show the links of one page, or of many as JSON Lines; returns the exit code."""
    sources = _sources(source, base_url, jsonl)
    return _each(sources, _links_of, as_json=as_json or jsonl is not None)


def show_extract(
    *, source: str | None, base_url: str | None, jsonl: Path | None, backend: str | None, as_json: bool
) -> int:
    """Show what one post requires, or many as JSON Lines; returns the exit code."""
    sources = _sources(source, base_url, jsonl)
    return _each(sources, _post_of, as_json=as_json or jsonl is not None, extractor=backend)


def _sources(source: str | None, base_url: str | None, jsonl: Path | None) -> Sequence[InputDocument]:
    if source is not None and jsonl is None:
        return [from_argument(source, base_url)]
    if jsonl is not None and source is None:
        return _usable(jsonl, list(from_jsonl(jsonl)))
    raise UsageError("Give one URL or file, or --jsonl FILE.")


def _usable(path: Path, sources: Sequence[InputDocument]) -> Sequence[InputDocument]:
    """Return *sources*; raises InputError if *path* has none that can be read."""
    if not sources:
        raise InputError(f"{path} is empty. Write one JSON object per line: {LINES}.")
    faults = [source.fault for source in sources if source.fault]
    if len(faults) == len(sources):
        raise none_usable(path, len(faults), faults[:MOST_NAMED], f"Write one JSON object per line: {LINES}.")
    return sources


def _each(sources: Sequence[InputDocument], reader: Reader, *, as_json: bool, **options: Any) -> int:
    settings = session.settings(**options)
    printer = InOrder(as_json)
    stopped = anyio.run(until_stopped, partial(_read_all, settings, sources, reader, printer))
    return stopped or (PARTLY_FAILED if printer.failed else 0)


async def _read_all(
    settings: Settings, sources: Sequence[InputDocument], reader: Reader, printer: InOrder
) -> None:
    async with AsyncExitStack() as stack:
        pool: BrowserPool | None = None
        # Bare texts need no browser, and starting one would cost more than reading hundreds of them.
        if any(source.url for source in sources):
            pool = await stack.enter_async_context(
                session.browser_pool(
                    settings, session.say, [source.url for source in sources if source.body is None]
                )
            )
        model: ModelReader | None = None
        if settings.extractor != "rules":
            model = await stack.enter_async_context(session.model_reader(settings))
        looks: LinkChecker | None = None
        if pool is not None and reader is _links_of and any(source.body is None for source in sources):
            looks = await stack.enter_async_context(dry_looks(settings, pool, session.say, doubts_sure=True))
        tools = Tools(settings, pool, model, looks)
        waiting = iter(enumerate(sources))

        async def worker() -> None:
            for number, source in waiting:
                printer.take(number, await reader(source, tools))

        async with anyio.create_task_group() as tg:
            for _ in range(settings.max_pages + 2):
                tg.start_soon(worker)


async def source_page(source: InputDocument, tools: Tools, *, is_list: bool) -> PageRead:
    """Load what *source* names in the browser of *tools*, as a list or as a post; raises TaskError."""
    return await unless_lost(partial(_page_once, source, tools, is_list=is_list))


async def _page_once(source: InputDocument, tools: Tools, *, is_list: bool) -> PageRead:
    assert tools.pool is not None
    async with tools.pool.slot() as slot:
        seek = Seek.of(tools.settings, glance) if is_list else None
        if seek is not None and source.body is not None:
            # A saved page loads nothing more; what is in it may still need a click.
            seek = replace(seek, saved=True)
        return await slot.read(source.url, body=source.body, seek=seek)


async def _links_of(source: InputDocument, tools: Tools) -> Result:
    fault = source.fault or ("A text has no links: give a URL or a saved page." if not source.url else None)
    if fault is None:
        try:
            with ends_here():
                read = await anyio.to_thread.run_sync(
                    judged, await source_page(source, tools, is_list=True), source.url
                )
                if tools.looks is not None and source.body is None:
                    read = await tools.looks.decided(source.url, read)
                row = _named(source, _listing_row(source, read))
                lines = tuple(listing_lines(read, verbose=common.verbose))
            return Result(row, lines, failed=read.status not in GOOD)
        except TaskError as exc:
            fault = exc.sentence
    return _failed(source, fault, _NO_LISTING)


async def _post_of(source: InputDocument, tools: Tools) -> Result:
    fault = source.fault
    if fault is None:
        try:
            with ends_here():
                post = await _post(source, tools)
                policy = tools.settings.years
                years = await _in_turn(tools, experience, post.text, post.months_of_experience, policy)
                reading = await tools.model.read(post.text, years) if tools.model else Reading(years)
                row = _named(source, _post_row(post, reading))
                lines = tuple(post_lines(post, reading.experience, verbose=common.verbose))
            return Result(row, lines, failed=not post.is_job)
        except TaskError as exc:
            fault = exc.sentence
    nothing = Experience(min_years=0, stated=False, evidence=None, confidence="low")
    return _failed(source, fault, {"job_title": source.title, **asdict(nothing)})


async def _in_turn(tools: Tools, act: Callable[..., Experience], *args: Any) -> Experience:
    """Do what takes a few milliseconds: beside a browser in a thread, for bare texts at once, which is faster."""
    if tools.pool is not None:
        return await anyio.to_thread.run_sync(act, *args)
    await anyio.lowlevel.checkpoint()
    return act(*args)


async def _post(source: InputDocument, tools: Tools) -> JobPost:
    if source.text is not None:
        return await anyio.to_thread.run_sync(text_post, source.title, source.text)
    try:
        if source.body is not None and source.body.startswith(b"%PDF-"):
            page = await pdf_page(source.url, source.url, source.body)
        else:
            openable_page(source.url)
            page = await source_page(source, tools, is_list=False)
    except Download:
        page = await _pdf(source, tools)
    return await anyio.to_thread.run_sync(job_post, page)


async def _pdf(source: InputDocument, tools: Tools) -> PageRead:
    assert tools.pool is not None
    politeness = Politeness(tools.settings.host_pages, tools.settings.host_interval_ms)
    async with client(tools.settings, politeness, tools.pool.guard) as http:
        return await fetched_pdf(http, source.url)


def _listing_row(source: InputDocument, read: ListRead) -> Row:
    return {
        "url": source.url,
        "final_url": read.page.final_url,
        "status": read.status,
        "reason": read.reason,
        "http_status": read.page.http_status,
        "method": read.page.method,
        "advertised_total": read.advertised_total,
        "looked": asdict(read.looked) if read.looked is not None else None,
        "truncated": not_read(read),
        "bad_rows": [asdict(row) for row in read.bad_rows],
        "rejected": rejected_rows(read),
        "links": [asdict(link) for link in read.links],
    }


def rejected_rows(read: ListRead) -> list[Row]:
    """Return the links that are not jobs, grouped by reason, the largest group first."""
    return [
        {"reason": reason, "count": len(links), "examples": [link.url for link in links[:3]]}
        for reason, links in rejected(read).items()
    ]


def _post_row(post: JobPost, reading: Reading) -> Row:
    return {
        "job_title": post.title,
        **asdict(reading.experience),
        "none_asked": reading.experience.asks_none,
        **({"model": reading.model} if reading.model else {}),
        "is_job": post.is_job,
        "reason": post.reason,
        "location": post.location,
        "places": as_rows(place for place in post.places if place.is_shown),
        "company": post.company,
        "posted": post.posted,
        **post.facts,
    }


def _named(source: InputDocument, row: Row) -> Row:
    return {"id": source.id, **row} if source.id is not None else row


def _failed(source: InputDocument, fault: str, row: Row) -> Result:
    return Result(
        _named(source, {"url": source.url, "final_url": source.url, **row, "error": fault}),
        (Text(fault, "red"),),
        failed=True,
    )
