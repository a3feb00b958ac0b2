"""Marks put from a page or a program, through the same store as the command line."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from jpt.catalogue.desk import Desk
from jpt.digest.beside import beside
from jpt.models.postings import STAGES, Mark
from jpt.text.counts import counted
from jpt.text.moments import day
from jpt.text.short_ids import number_of

_DONE = {"hidden": "Hid", "applied": "Applied for", "interested": "Interested in", "interview": "Interview for",
         "offer": "Offer for", "rejected": "Rejected by"}  # fmt: skip


def mark_all(desk: Desk, ids: Sequence[str], stage: str) -> tuple[str, bool]:
    """Give all jobs with these *ids* a stage; says what was done, and whether it was."""
    known = next((one for one in STAGES if one == stage), None)
    if known is None:
        return f"{stage!r} is not a stage: expected one of {', '.join(STAGES)}.", False
    if not ids:
        return "Select jobs first.", False
    wanted = {number_of(one) for one in ids}
    jobs = [one for one in desk.view.postings() if one.stored.number in wanted]
    for one in jobs:
        also = beside(desk.store, one.news)
        desk.store.marks.put(one.news.url, replace(one.mark, stage=known), also=also)
    if not jobs:
        return "No job has this id.", False
    title = jobs[0].news.title if len(jobs) == 1 else counted(len(jobs), "job")
    return f"{_DONE[known]} {title}.", True


def mark_one(desk: Desk, number: int, *, stage: str, note: str, due: str) -> tuple[str, bool]:
    """Set stage, note and date of one job; empty ones are taken away."""
    job = next((one for one in desk.view.postings() if one.stored.number == number), None)
    if job is None:
        return "No job has this id.", False
    known = next((one for one in STAGES if one == stage), None)
    date = day(due) if due else None
    if (stage and known is None) or (due and date is None):
        return f"{stage if stage and known is None else due!r} is not a stage or a day.", False
    also = beside(desk.store, job.news) if known != job.mark.stage else []
    desk.store.marks.put(job.news.url, Mark(known, note.strip(), date.isoformat() if date else None), also=also)
    return "Saved.", True


def undo_last(desk: Desk) -> tuple[str, bool]:
    """Take back the last change of any mark."""
    url = desk.store.marks.last_changed()
    job = next((one.news for one in desk.view.postings() if one.news.url == url), None)
    change = desk.store.marks.undo(url, also=beside(desk.store, job) if job else ()) if url else None
    if change is None:
        return "There is no change to undo.", False
    return f"Undone: {job.title if job else url}.", True
