"""`jpt job`: all about one job."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from rich.style import Style
from rich.text import Text

from jpt.catalogue.as_json import posting_json
from jpt.catalogue.quote import passage
from jpt.catalogue.view import JobsView, Posting
from jpt.cli import session
from jpt.cli.choose import chosen
from jpt.cli.jobs_table import marked
from jpt.extract.experience import Reason, in_words
from jpt.models.jobs import Rejected
from jpt.settings import Settings
from jpt.store import Store
from jpt.store.link_history import SiteLink
from jpt.text.clock import local_time, today
from jpt.text.timetable import not_after

_LABEL = 12


def show_job(reference: str, settings: Settings | None = None, *, as_json: bool) -> None:
    """Show the job that *reference* means; raises UsageError when there is none."""
    settings = settings or session.existing()
    with Store.open(settings.db) as store:
        postings = JobsView.of(store, settings).postings()
        job = chosen(postings, reference)
        beside = [
            one for one in postings if one.shared is not None and one.shared == job.shared and one is not job
        ]
        text = store.catalogue.text(job.stored.number)
        rejected = store.catalogue.rejected(job.stored.number)
        story = next((seen for seen in store.link_history.of(job.news.url) if seen.site == job.news.site), None)
    if as_json:
        session.print_json({**posting_json(job), "text": text})
        return
    for line in _lines(job, text, rejected, story, beside):
        session.show(line)


def _lines(
    job: Posting, text: str, rejected: tuple[Rejected, ...], story: SiteLink | None, beside: Sequence[Posting]
) -> Iterator[Text]:
    news = job.news
    yield Text(f"{job.id}  {news.title}", Style(bold=True, link=news.url))
    yield Text(news.url, "dim")
    yield _row("Company", news.employer or news.site)
    for name, value in (("Place", news.location), ("Work", news.remote), ("Pay", news.salary)):
        if value:
            yield _row(name, value)
    for one in beside:
        place = _row("Also in", one.news.location)
        yield place.append("" if one.is_open else "  closed", "yellow").append(
            f"  {one.id}  {one.news.url}", "dim"
        )
    yield _row("Years", news.experience.shown + _hint(job))
    if job.kept_out is not None:
        yield _row("Left out", job.kept_out.sentence, "yellow")
    if note := marked(job):
        yield _row("Marked", note, "magenta")
    if news.unread:
        yield _row("Not read", news.unread, "yellow")
    if found := passage(text, news.experience.evidence):
        yield Text()
        yield Text(found.before, "dim").append(found.quote, "bold green").append(found.after, "dim")
    for other in rejected:
        # What is no number of years at all says nothing of the job; `jpt why` has it.
        if other.reason != Reason.NOT_A_NUMBER:
            quote = " ".join(other.quote.split())
            yield Text(f"Not counted, {in_words(other.reason)}: {other.years} in “{quote}”", "dim")
    yield Text()
    yield from _story(job, story)


def _hint(job: Posting) -> str:
    if not job.news.experience.stated:
        return " asked" if job.news.experience.asks_none else " (none stated)"
    return " (please check)" if job.news.experience.confidence == "low" else ""


def _story(job: Posting, story: SiteLink | None) -> Iterator[Text]:
    yield _row("Found", f"{local_time(job.news.found_ts_ms):%Y-%m-%d %H:%M} on {job.news.site}")
    if job.news.posted:
        yield _row("Posted", not_after(job.news.posted, today()))
    for event in (one for one in (story.events if story else ()) if one.kind != "new"):
        detail = ", ".join(f"{name}: {value}" for name, value in event.detail.items())
        yield _row(event.kind.capitalize(), f"{local_time(event.ts_ms):%Y-%m-%d %H:%M} {detail}".rstrip())
    if job.stored.closed_ts_ms is not None:
        yield _row("Closed", f"{local_time(job.stored.closed_ts_ms):%Y-%m-%d %H:%M}", "yellow")
    yield Text("`jpt why` says more: where it was seen, how it was judged, in which digest it was.", "dim")


def _row(name: str, value: str, style: str = "") -> Text:
    return Text(f"{name:<{_LABEL}}", "dim").append(value, style or "default")
