"""`jpt mark`, with its short forms `jpt hide` and `jpt applied`: what the user notes on a job."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from jpt.catalogue.marking import MARKED, change
from jpt.catalogue.marking import undo as take_back
from jpt.catalogue.view import JobsView, Posting
from jpt.cli import session
from jpt.cli.choose import chosen
from jpt.errors import UsageError
from jpt.models.postings import Mark, Stage
from jpt.store import Store


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
        jobs = JobsView.of(store, settings).postings()
        if undo:
            line = _undone(store, jobs, reference)
        else:
            if reference is None or (stage is None and note is None and due is None):
                raise UsageError("Say which job, and a stage, --note or --due: jpt mark a3f applied.")
            line = _marked(store, chosen(jobs, reference), stage, note, due)
    session.note(line)


def _marked(store: Store, job: Posting, stage: Stage | None, note: str | None, due: str | None) -> str:
    mark, also = change(store, job.news, stage=stage, note=note, due=due)
    what = MARKED[stage] if stage else "Noted on"
    everywhere = f", in all of its {len(also) + 1} places" if also else ""
    return ", ".join([f"{what} {job.id} {job.news.title} ({job.news.site}){everywhere}", *_details(mark)])


def _undone(store: Store, jobs: Sequence[Posting], reference: str | None) -> str:
    undone = take_back(store, jobs, None if reference is None else chosen(jobs, reference).news.url)
    if undone is None:
        raise UsageError("There is no mark to undo.")
    return f"Undone: {_words(undone.undone)}. Now: {_words(undone.now)}. {undone.url}"


def _words(mark: Mark) -> str:
    return ", ".join([*([mark.stage] if mark.stage else []), *_details(mark)]) or "not marked"


def _details(mark: Mark) -> Iterator[str]:
    if mark.due:
        yield f"due {mark.due}"
    if mark.note:
        yield f"“{mark.note}”"
