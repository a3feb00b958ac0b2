"""`jpt mark`, with its short forms `jpt hide` and `jpt applied`: what the user notes on a job."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta

from jpt.catalogue.view import Posting, View
from jpt.cli import session
from jpt.cli.choose import chosen
from jpt.digest.beside import beside
from jpt.errors import UsageError
from jpt.models.postings import Mark, Stage
from jpt.store import Store

_DONE: dict[Stage, str] = {
    "interested": "Marked as interesting",
    "applied": "Marked as applied for",
    "interview": "Marked: interview",
    "offer": "Marked: offer",
    "rejected": "Marked as rejected",
    "hidden": "Hidden",
}


def mark_job(
    reference: str | None,
    stage: Stage | None = None,
    *,
    note: str | None = None,
    due: str | None = None,
    undo: bool = False,
) -> None:
    """Change the mark on a job, or with *undo* bring back the one before; raises UsageError."""
    settings = session.existing()
    with Store.open(settings.db) as store:
        if undo:
            line = _undone(store, View.of(store, settings), reference)
        else:
            if reference is None or (stage is None and note is None and due is None):
                raise UsageError("Say which job, and a stage, --note or --due: jpt mark a3f applied.")
            job = chosen(View.of(store, settings).postings(), reference)
            before = store.marks.of(job.news.url)
            mark = replace(
                before,
                stage=stage or before.stage,
                note=before.note if note is None else note,
                due=before.due if due is None else _day(due),
            )
            also = beside(store, job.news) if stage else []
            store.marks.put(job.news.url, mark, also=also)
            line = f"{_words(mark)}: {job.id} {job.news.title} ({job.news.site}){_everywhere(also)}"
    session.note(line)


def _undone(store: Store, view: View, reference: str | None) -> str:
    last, jobs = store.marks.last_changed(), view.postings()
    if reference is not None:
        job: Posting | None = chosen(jobs, reference)
    else:
        job = next((one for one in jobs if one.news.url == last), None)
    url = job.news.url if job is not None else last
    also = beside(store, job.news) if job is not None else []
    change = store.marks.undo(url, also=also) if url is not None else None
    if url is None or change is None:
        raise UsageError("There is no change of a mark to undo.")
    undone, before = change
    return f"Undone: {_words(undone)}. Now: {_words(before)}. {url}"


def _everywhere(also: Sequence[str]) -> str:
    return f", in all of its {len(also) + 1} places" if also else ""


def _words(mark: Mark) -> str:
    if mark.is_empty:
        return "not marked"
    parts = [_DONE[mark.stage] if mark.stage else "Noted"]
    parts += [f"due {mark.due}"] if mark.due else []
    parts += [f"“{mark.note}”"] if mark.note else []
    return ", ".join(parts)


def _day(words: str) -> str | None:
    """Read a day: 2026-12-24, +7d, or `none`."""
    text = words.strip().lower()
    if text in {"none", ""}:
        return None
    try:
        if text.startswith("+") and text.endswith("d"):
            return (date.today() + timedelta(days=int(text[1:-1]))).isoformat()  # noqa: DTZ011  # the user's own day
        return date.fromisoformat(text).isoformat()
    except (ValueError, OverflowError):
        raise UsageError(f"--due {words!r} is no day: write 2026-12-24, +7d, or none.") from None
