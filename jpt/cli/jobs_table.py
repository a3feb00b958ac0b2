"""Jobs as a table and as lines, for people. Texts from the web never act as markup here."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from rich.console import Console, Group, RenderableType
from rich.style import Style
from rich.table import Table
from rich.text import Text

from jpt.catalogue.openings import Opening
from jpt.catalogue.view import Posting
from jpt.cli.tables import tabbed
from jpt.digest.compose import PLACE_DOUBTS
from jpt.models.digests import News
from jpt.models.jobs import Experience
from jpt.text.clock import local_time

QUOTE_CHARS = 160
NARROW = 100
"""Columns below which the day goes and the company stands under the title."""


def jobs_table(jobs: Sequence[Opening], title: str, *, width: int) -> Table:
    """Show jobs: id, years, title with places (linked), company, day, proof.

    A job that is open in several places is one row, in which each place is a link.
    """
    table = Table(title=title, title_justify="left", title_style="bold", box=None, pad_edge=False, expand=True)
    return _filled(table, jobs, width >= NARROW, max((len(one.first.id) for one in jobs), default=0))


def with_addresses(jobs: Sequence[Opening], title: str, *, width: int) -> Group:
    """Show jobs as *jobs_table* does, below each its addresses, a line each and whole: print them uncropped."""
    ids = max((len(one.first.id) for one in jobs), default=0)
    shown: list[RenderableType] = [Text(title, "bold")]
    for one in jobs:
        table = Table(box=None, pad_edge=False, expand=True, show_header=len(shown) == 1)
        shown.append(_filled(table, [one], width >= NARROW, ids))
        shown += [Text(posting.news.url, no_wrap=True, overflow="ignore") for posting in one.postings]
    return Group(*shown)


def _filled(table: Table, jobs: Sequence[Opening], wide: bool, ids: int) -> Table:
    table.add_column("Id", no_wrap=True, style="dim", min_width=ids)
    table.add_column("Years", justify="right", no_wrap=True, style="bold", min_width=5)
    table.add_column("Job", ratio=5)
    if wide:
        table.add_column("Company", ratio=2)
    table.add_column("Found", no_wrap=True, min_width=6)
    table.add_column("What it says", ratio=6, style="dim")
    for one in jobs:
        first = one.first
        cells: list[Text | str] = [Text(first.id), first.news.experience.shown, _name(one, company=not wide)]
        cells += [Text(first.news.site)] if wide else []
        table.add_row(*cells, Text(f"{local_time(first.news.found_ts_ms):%d %b}"), _says(one))
    return table


def _name(one: Opening, *, company: bool) -> Text:
    first = one.first
    name = Text(first.news.title, Style(link=first.news.url, color="cyan", strike=not first.is_open))
    if company:
        name.append(f"\n{first.news.site}", Style(color="default"))
    places = Text("")
    for posting in one.postings:
        if posting.news.location:
            places.append(" / " if places else "")
            link = posting.news.url if len(one.postings) > 1 else None
            places.append(posting.news.location, Style(dim=True, color="default", link=link))
    doubt = PLACE_DOUBTS[first.place_doubt] if first.place_doubt else ""
    if facts := [fact for fact in (doubt, *facts_of(first.news)) if fact]:
        places.append(" · " if places else "")
        places.append(" · ".join(facts), Style(dim=True, color="default"))
    if places:
        name.append("\n").append_text(places)
    if note := marked(first):
        name.append(f"\n{note}", Style(color="magenta"))
    return name


def _says(one: Opening) -> Text:
    said = Text(proof(one.first.news))
    if one.first.kept_out is not None:
        said.append(f"\nleft out: {one.first.kept_out.sentence}", Style(color="yellow"))
    if not one.first.is_open:
        closed = one.first.stored.closed_ts_ms
        said.append(f"\nclosed{f' {local_time(closed):%d %b}' if closed else ''}", Style(color="yellow"))
    return said


def facts_of(news: News) -> list[str]:
    """Return kind of work and pay, if known, and unless the place has it."""
    return [fact for fact in (news.work, news.salary) if fact]


def marked(one: Posting) -> str:
    """Return the mark on a job in words; empty if there is none."""
    mark = one.mark
    parts = [mark.stage or "", f"due {mark.due}" if mark.due else "", mark.note]
    return ", ".join(part for part in parts if part)


def proof(news: News) -> str:
    """Return the sentence that proves the years, or why there is none."""
    if news.unread:
        return f"could not be read: {news.unread}"
    if news.unopened:
        return "not opened"
    said = _said(news.experience)
    return f"please check: {said}" if news.experience.confidence == "low" else said


def _said(experience: Experience) -> str:
    doubt = f" ({experience.doubt})" if experience.doubt else ""
    if experience.evidence:
        quote = " ".join(experience.evidence.split())
        return f"“{quote[:QUOTE_CHARS]}{'…' if len(quote) > QUOTE_CHARS else ''}”{doubt}"
    if experience.source == "json-ld":
        return f"from the page's own data{doubt}"
    return f"no years stated{doubt}" if not experience.stated else doubt.strip()


def plain_jobs(console: Console, postings: Iterable[Posting]) -> None:
    """Show a job a line, tabs between: years, company, title, address, proof, id, place, day, what was noted."""
    for one in postings:
        news = one.news
        cells = (
            news.experience.shown, news.site, news.title, news.url, proof(news),
            one.id, news.location, f"{local_time(news.found_ts_ms):%Y-%m-%d}", marked(one),
        )  # fmt: skip
        tabbed(console, cells)
