"""`jpt db export`: the jobs as a table for spreadsheets, or as JSON. No cell is ever a formula."""

from __future__ import annotations

import csv
import io
import json
import sys
from collections.abc import Sequence
from pathlib import Path

from jpt.catalogue.as_json import posting_json
from jpt.catalogue.query import Query
from jpt.catalogue.view import JobsView, Posting
from jpt.cli import session
from jpt.cli.jobs import found_since, jobs_for
from jpt.errors import writing
from jpt.files import write_whole
from jpt.store import Store
from jpt.text.clean import spreadsheet_text
from jpt.text.clock import local_time
from jpt.text.counts import counted

HEAD = (
    "company", "title", "years", "confidence", "evidence", "location", "found", "closed", "fits", "why_not",
    "not_read_because", "url", "id", "work", "salary", "posted", "stage", "note", "due",
)  # fmt: skip


LONGEST_CELL = 32_000
"""Characters that a cell of a spreadsheet can hold."""


def export_jobs(
    form: str, *, output: Path | None, max_years: int | None, site: str | None, since: str | None, every: bool
) -> None:
    """Write the jobs that match as *form*: csv, json, xlsx or ics."""
    if form == "ics":
        _export_dates(output)
        return
    settings = session.settings()
    wanted = Query(site=site, since_ms=found_since(since), every=every)
    jobs = jobs_for(settings, wanted, max_years).postings
    content = {"csv": _csv, "json": _json, "xlsx": _xlsx}[form](jobs)
    _output(output or (Path("jobs.xlsx") if form == "xlsx" else None), content, counted(len(jobs), "job"))


def _export_dates(output: Path | None) -> None:
    """Write the dates of marked jobs, whether these fit or are open or not."""
    from jpt.catalogue.dates import calendar

    settings = session.existing()
    with Store.open(settings.db) as store:
        dated = [one for one in JobsView.of(store, settings).postings() if one.mark.due]
    _output(output, calendar(dated), counted(len(dated), "date"))


def _output(path: Path | None, content: bytes, what: str) -> None:
    if path is None:
        # A file's bytes, whatever the terminal can write.
        sys.stdout.flush()
        sys.stdout.buffer.write(content)
        return
    with writing(path, "Name another file with --output."):
        write_whole(path, content, 0o644)
    session.note(f"Wrote {what} to {path}.")


def _row(job: Posting) -> tuple[str | int | None, ...]:
    news, experience = job.news, job.news.experience
    return (
        news.site,
        news.title,
        experience.least,
        experience.confidence,
        experience.evidence,
        news.location or None,
        _day(news.found_ts_ms),
        _day(job.stored.closed_ts_ms),
        "yes" if job.fits else "no",
        job.kept_out.exclude_reason if job.kept_out else None,
        news.unread,
        news.url,
        job.id,
        news.remote or None,
        news.salary or None,
        news.posted or None,
        job.mark.stage,
        job.mark.note or None,
        job.mark.due,
    )


def _csv(jobs: Sequence[Posting]) -> bytes:
    file = io.StringIO(newline="")
    writer = csv.writer(file, lineterminator="\r\n")
    writer.writerow(HEAD)
    for job in jobs:
        writer.writerow([spreadsheet_text(cell) if isinstance(cell, str) else cell for cell in _row(job)])
    return file.getvalue().encode("utf-8", "replace")


def _json(jobs: Sequence[Posting]) -> bytes:
    text = json.dumps([posting_json(job) for job in jobs], ensure_ascii=False, indent=1)
    return f"{text}\n".encode("utf-8", "replace")


def _xlsx(jobs: Sequence[Posting]) -> bytes:
    import xlsxwriter

    file = io.BytesIO()
    options = {
        "in_memory": True,
        "strings_to_formulas": False,
        "strings_to_urls": False,
        "strings_to_numbers": False,
    }
    with xlsxwriter.Workbook(file, options) as book:
        sheet = book.add_worksheet("Jobs")
        bold = book.add_format({"bold": True})
        for column, name in enumerate(HEAD):
            sheet.write_string(0, column, name, bold)
        for number, job in enumerate(jobs, start=1):
            for column, cell in enumerate(_row(job)):
                if isinstance(cell, int):
                    sheet.write_number(number, column, cell)
                elif cell is not None:
                    # A string cell is never evaluated, whatever it begins with.
                    sheet.write_string(number, column, _writable(cell))
        sheet.freeze_panes(1, 0)
        sheet.autofilter(0, 0, max(len(jobs), 1), len(HEAD) - 1)
        sheet.autofit(400)
    return file.getvalue()


def _writable(cell: str) -> str:
    return cell.encode("utf-8", "replace").decode()[:LONGEST_CELL]


def _day(ts_ms: int | None) -> str | None:
    if ts_ms is None:
        return None
    return local_time(ts_ms).strftime("%Y-%m-%d %H:%M")
