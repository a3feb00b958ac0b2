"""`jpt hide` and `jpt applied`: jobs that the user has dealt with."""

from __future__ import annotations

from difflib import get_close_matches

from jpt.cli import session
from jpt.errors import UsageError
from jpt.store import Store
from jpt.store.marks import Mark

_DONE: dict[Mark, str] = {"hidden": "Hidden", "applied": "Marked as applied for"}


def mark_job(url: str, mark: Mark, *, undo: bool) -> None:
    """Mark a job, or remove its mark; raises UsageError when there is no such job."""
    with Store.open(session.settings().db) as store:
        stored = store.marks.job_at(url)
        if stored is None and not undo:
            raise UsageError(
                f"No job is known at {url}{_nearest(store, url)} `jpt jobs --urls` lists all addresses."
            )
        if not undo:
            store.marks.put(stored or url, mark)
            done = f"{_DONE[mark]}: {stored}. Digests leave it out; `jpt jobs --all` still shows it."
        elif store.marks.remove(stored or url):
            done = f"No longer {mark}: {stored or url}. Digests and `jpt jobs` show it again."
        else:
            raise UsageError(f"{url} is neither hidden nor marked as applied for: there is nothing to undo.")
    session.note(done)


def _nearest(store: Store, url: str) -> str:
    near = get_close_matches(url, [job.url for job in store.jobs.list()], n=1, cutoff=0.8)
    return f"; did you mean {near[0]} ?" if near else "."
