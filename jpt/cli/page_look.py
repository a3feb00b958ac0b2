"""A look at a careers page before it is added: what it lists, how it is read, what to call it."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator, Callable, Iterable, Iterator
from contextlib import asynccontextmanager
from dataclasses import asdict
from typing import Any
from urllib.parse import urlsplit

import anyio
from rich.style import Style
from rich.text import Text

from jpt.cli import session
from jpt.cli.options import common
from jpt.cli.stopping import until_stopped
from jpt.cli.tables import not_read
from jpt.cli.try_rules import rejected_rows
from jpt.cycle.careers_page import CareersPage, FeedLook, Scout
from jpt.errors import UsageError
from jpt.identity.aggregators import cannot_read
from jpt.identity.urls import host_of, openable, why_not_openable
from jpt.models.pages import Link, ListRead
from jpt.models.words import looked_words, source_words, why_words
from jpt.net.addresses import literal
from jpt.settings import Settings
from jpt.text.clean import clean_line
from jpt.text.counts import counted

MOST_SAMPLES = 10
FEW_SAMPLES = 4


def look_at(
    settings: Settings, url: str, show: Callable[[CareersPage], None], *, named: bool = True
) -> tuple[CareersPage | None, int]:
    """Look at a page, reporting progress on stderr; *show* gets what it gave before the browser is closed.

    Unless the page is *named* by the user, private addresses are not reached. Returns what it gave, and 0 or
    128 + the signal that ended the look.
    """
    if sentence := cannot_read(url):
        look = CareersPage(url, None, sentence, elsewhere=sentence)
        show(look)
        return look, 0
    looks: list[CareersPage] = []

    async def work() -> None:
        async with scouting(settings, [url] if named else (), lambda line: session.note(line, "dim")) as scout:
            with session.progress(f"Reading {url} …"):
                looks.append(await scout.find(url))
            show(looks[0])

    stopped = anyio.run(until_stopped, work)
    return (looks[0] if looks else None), stopped


@asynccontextmanager
async def scouting(settings: Settings, named: Iterable[str], say: Callable[[str], None]) -> AsyncIterator[Scout]:
    """Open what finds lists, for the length of the block; *say* is called with each link followed."""
    async with (
        session.browser_pool(settings, session.say, named) as pool,
        Scout.open(settings, pool, session.say, say) as scout,
    ):
        yield scout


def typed_url(typed: str) -> str:
    """Return what was typed as an address, with https:// if it has no scheme; raises UsageError."""
    address = openable(typed if "://" in typed else f"https://{typed}")
    if address is None or ("://" not in typed and "." not in typed):
        raise UsageError(why_not_openable(typed))
    return address


def name_of(look: CareersPage) -> str:
    """Name the company as its site does, else by its domain."""
    if look.read is not None:
        meta = look.read.page.meta.get("og:site_name", "")
        if meta and not _GENERIC.search(meta):
            return clean_line(meta, 60)
        for found in _AT.finditer(look.read.page.title):
            if not _NOBODY.fullmatch(found[1].strip()):
                return clean_line(found[1], 60)
    host = (urlsplit(look.asked).hostname or "").removeprefix("www.")
    if look.read is not None and (part := _titled(look.read.page.title, host)):
        return clean_line(part, 60)
    if literal(host) is not None:
        return host_of(look.asked)
    parts = [part for part in urlsplit(look.url).path.split("/") if part]
    if _BOARD.search(host) and parts:
        return clean_line(parts[0].replace("-", " ").title(), 60)
    labels = [part for part in host.split(".")[:-1] if not _GENERIC.fullmatch(part) and part not in {"co", "com"}]
    return clean_line((labels[-1] if labels else host).replace("-", " ").title(), 60)


def _titled(title: str, host: str) -> str:
    """Return the part of a page's title that is a name, confirmed by its domain (an IP address confirms any)."""
    for part in reversed(_PARTS.split(title)):
        squashed = re.sub(r"\W|_", "", part).casefold()
        labels = [label.replace("-", "") for label in host.split(".")[:-1] if len(label) >= 4]
        confirmed = literal(host) is not None or any(label in squashed for label in labels)
        if squashed and confirmed and not _GENERIC.search(part) and len(part.split()) <= 5:
            return part
    return ""


_PARTS = re.compile(r"\s+[|–—-]\s+|\s*[|•·]\s*")
_AT = re.compile(
    r"\b(?:jobs|careers|vacancies|openings|karriere|work|working)\s(?:at|@|bei|with)\s([^|–—:-]{2,50})",
    re.IGNORECASE,
)
_NOBODY = re.compile(r"(?:us|me|you|uns|(?:our|the|a|this) (?:team|company|best|family|people))", re.IGNORECASE)
"""What is not a company, in `Work with us`."""
_GENERIC = re.compile(
    r"(?:careers?|jobs?|karriere|vacancies|stellen|work|hiring|apply|boards?|job-boards)", re.IGNORECASE
)
_BOARD = re.compile(r"(?:greenhouse\.io|lever\.co|ashbyhq\.com|workable\.com|smartrecruiters\.com|gem\.com)$")


def look_lines(look: CareersPage, name: str, *, brief: bool = False) -> Iterator[Text]:
    """Show what a page gave: its jobs, and unless *brief* how it will be read, and what was rejected."""
    yield Text(f"{name}: {look.url}", "bold")
    if look.followed:
        yield Text(f"Found from {look.followed[0]}.", "dim")
    if look.feed is not None:
        lists = "" if look.feed.jobs is None else f" lists {counted(look.feed.jobs, 'job')}"
        yield Text(f"Feed: {look.feed.board}{lists}; {_feed_words(look.feed)}.", "dim" if lists else "yellow")
    read = look.read
    if look.elsewhere:
        yield Text(look.elsewhere, "yellow")
    if read is None:
        if not look.elsewhere:
            yield Text(look.fault, "red")
        return
    yield from _state(look, read, brief=brief)
    if read.looked is not None:
        yield Text(f"{looked_words(read.looked)}.", "dim")
    for cut in not_read(read):
        yield Text(f"Not everything was read: {cut}.", "yellow")
    most = FEW_SAMPLES if brief else MOST_SAMPLES
    for link in look.jobs[:most]:
        yield _sample(link)
    if len(look.jobs) > most:
        yield Text(f"  … and {len(look.jobs) - most} more", "dim")
    for group in () if brief else rejected_rows(read):
        others = counted(group["count"], "not a job", "not jobs")
        yield Text(f"  {others}: {group['reason']} (e.g. {group['examples'][0]})", "dim")


def _state(look: CareersPage, read: ListRead, *, brief: bool) -> Iterator[Text]:
    """Show whether the page can be read, how many jobs it has, and with -v how it was and will be read."""
    how = f" Read with {read.page.method} in {read.page.seconds:.1f} s."
    said = f": {read.reason.rstrip('.')}" if read.reason else ""
    if look.is_good:
        yield Text(f"It can be read{said}.{how if common.verbose else ''}", "green")
    else:
        yield Text(f"Status: {read.status}{said}.{how}", "red")
    if common.verbose and not brief and (words := _way_words(look)):
        yield Text(words, "dim")
    if look.jobs or look.is_good:
        total = "" if read.advertised_total is None else f" of {read.advertised_total} that the page advertises"
        yield Text(f"{counted(len(look.jobs), 'job')}{total}.")


def _sample(link: Link) -> Text:
    """Show a job: its title as a link with its place; the address where nothing can be clicked, or with -v."""
    line = Text("  ").append(link.text or "(no text)", Style(link=link.url))
    line.append("" if link.is_job else " (may be a job: its page decides)")
    line.append(f"  {link.place}" if link.place else "", "dim")
    return line.append("" if session.out.is_terminal and not common.verbose else f"  {link.url}", "dim")


def _way_words(look: CareersPage) -> str:
    """Say whether reads of the page need a browser, if that was checked."""
    if look.source is not None:
        return (
            "While its list does not change no browser is needed:"
            f" {source_words(look.source.url, look.source.kind)}."
        )
    is_known = look.is_sought and look.is_good
    return "It is read in the browser: nothing that its server sends holds just what it shows." if is_known else ""


def look_json(look: CareersPage) -> dict[str, Any]:
    """Return what a page gave as a JSON value."""
    read = look.read
    found: dict[str, Any] = {
        "url": look.url,
        "followed": list(look.followed),
        "jobs": len(look.jobs),
        "elsewhere": look.elsewhere or None,
        "feed": _feed_row(look.feed) if look.feed else None,
    }
    if read is None:
        return {**found, "status": "error", "reason": look.fault, "method": "browser", "known_by": None,
                "advertised_total": None, "looked": None, "truncated": [], "samples": [],
                "rejected": []}  # fmt: skip
    return {
        **found,
        "final_url": read.page.final_url,
        "status": read.status,
        "reason": read.reason,
        "http_status": read.page.http_status,
        "method": read.page.method,
        "known_by": {"source": look.source.url, "kind": look.source.kind} if look.source else None,
        "advertised_total": read.advertised_total,
        "looked": asdict(read.looked) if read.looked is not None else None,
        "truncated": not_read(read),
        "samples": [asdict(link) for link in look.jobs[:MOST_SAMPLES]],
        "rejected": rejected_rows(read),
    }


def _feed_row(feed: FeedLook) -> dict[str, Any]:
    return {"board": feed.board, "jobs": feed.jobs, "words": _feed_words(feed), "reason": feed.why.reason}


def _feed_words(feed: FeedLook) -> str:
    asks = f"the address asks for {feed.asks_for}, which only the page knows; " if feed.asks_for else ""
    return asks + why_words(feed.why)
