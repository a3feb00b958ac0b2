"""Marks put and taken back, wherever the user does it: at the command line, on a page, by a program."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from jpt.catalogue.backend import Backend
from jpt.catalogue.typed import due_day
from jpt.catalogue.view import Posting
from jpt.digest.other_adverts import beside
from jpt.errors import UsageError
from jpt.models.digests import News
from jpt.models.postings import STAGES, Mark, Stage
from jpt.store import Store
from jpt.text.clock import today
from jpt.text.counts import counted
from jpt.text.short_ids import number_of

MARKED: dict[Stage, str] = {
    "interested": "Interested in",
    "applied": "Applied for",
    "interview": "Interview for",
    "offer": "Offer for",
    "rejected": "Rejected by",
    "hidden": "Hid",
}
"""What was done, before the title of the job."""


def stage_of(word: str) -> Stage:
    """Return the stage with this name; raises UsageError."""
    known = next((one for one in STAGES if one == word), None)
    if known is None:
        raise UsageError(f"{word[:60]!r} is not a stage: expected one of {', '.join(STAGES)}.")
    return known


def put(store: Store, job: News, mark: Mark) -> list[str]:
    """Replace the mark on *job*; returns the addresses of its other adverts, which get a new stage as well.

    These keep their own notes and dates.
    """
    also = beside(store, job) if mark.stage != store.marks.of(job.url).stage else []
    store.marks.put(job.url, mark, also=also)
    return also


def change(
    store: Store, job: News, *, stage: Stage | None, note: str | None, due: str | None
) -> tuple[Mark, list[str]]:
    """Change what is not None of the mark on *job*; returns the new mark, and the addresses that `put` returns.

    Raises UsageError if *due*, as typed, is no day.
    """
    before = store.marks.of(job.url)
    mark = Mark(
        stage=stage or before.stage,
        note=before.note if note is None else note,
        due=before.due if due is None else due_day(due, today()),
    )
    return mark, put(store, job, mark)


@dataclass(frozen=True, slots=True)
class Undone:
    """A change that was taken back."""

    url: str
    job: News | None
    """None if the list no longer has it."""
    undone: Mark
    now: Mark


def undo(store: Store, jobs: Iterable[Posting], url: str | None = None) -> Undone | None:
    """Take back the last change of the mark on the job at *url*, or of any; None if there is none."""
    url = url or store.marks.last_changed()
    job = next((one.news for one in jobs if one.news.url == url), None)
    change = store.marks.undo(url, also=beside(store, job) if job else ()) if url else None
    return Undone(url, job, *change) if url and change else None


def mark_all(backend: Backend, ids: Sequence[str], stage: str) -> str:
    """Set the stage of all jobs with these *ids*; returns what was done, as a sentence. Raises UsageError."""
    known = stage_of(stage)
    if not ids:
        raise UsageError("Select jobs first.")
    wanted = {number_of(one) for one in ids}
    jobs = [one for one in backend.view.postings() if one.stored.number in wanted]
    for one in jobs:
        put(backend.store, one.news, replace(one.mark, stage=known))
    if not jobs:
        raise UsageError("No job has this id.")
    return f"{MARKED[known]} {jobs[0].news.title if len(jobs) == 1 else counted(len(jobs), 'job')}."


def mark_one(backend: Backend, job: Posting, *, stage: str, note: str, due: str) -> str:
    """Set stage, note and date of one job; empty ones are taken away. Raises UsageError."""
    day = due_day(due, today())
    put(backend.store, job.news, Mark(stage_of(stage) if stage else None, note.strip(), day))
    return "Saved."


def undo_last(backend: Backend) -> str:
    """Take back the last change of any mark; raises UsageError."""
    change = undo(backend.store, backend.view.postings())
    if change is None:
        raise UsageError("There is no mark to undo.")
    return f"Undone: {change.job.title if change.job else change.url}."
