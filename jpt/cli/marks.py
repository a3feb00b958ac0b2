"""`jpt hide` and `jpt applied`: jobs that the user is done with."""

from __future__ import annotations

from difflib import get_close_matches
from pathlib import Path

from rich.text import Text

from jpt.cli import session
from jpt.errors import UsageError
from jpt.store import Store
from jpt.store.marks import Mark

_SAID: dict[Mark, str] = {"hidden": "Hidden", "applied": "Noted that you applied"}
_TAKEN_BACK = "No longer {mark}: {url}. Digests and `jpt jobs` show it again."


def mark_job(*, url: str, mark: Mark, undo: bool, db: Path | None, quiet: bool) -> None:
    """Put a mark on a job, or take it away; raises UsageError when there is no such job."""
    settings = session.settings(db=db)
    with Store.open(settings.db) as store:
        stored = store.marks.job_at(url)
        if stored is None and not undo:
            raise UsageError(f"{url} is no job that jpt knows{_nearest(store, url)} `jpt jobs --urls` lists them.")
        if not undo:
            store.marks.put(stored or url, mark)
            line = f"{_SAID[mark]}: {stored}. Digests leave it out; `jpt jobs --all` still shows it."
        elif store.marks.remove(stored or url):
            line = _TAKEN_BACK.format(mark=mark, url=stored or url)
        else:
            raise UsageError(f"{url} is neither hidden nor marked as applied for: nothing to undo.")
    if not quiet:
        session.err.print(Text(line), soft_wrap=True)


def _nearest(store: Store, url: str) -> str:
    near = get_close_matches(url, [job.url for job in store.jobs.list()], n=1, cutoff=0.8)
    return f"; did you mean {near[0]} ?" if near else "."
