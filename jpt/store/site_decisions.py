"""What the user decides about a site: another name, a pause, to be forgotten, that a doubted read is right."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Sequence
from difflib import get_close_matches

from jpt.errors import UsageError
from jpt.identity.urls import page_of
from jpt.models.pages import Company
from jpt.store.connection import Repository
from jpt.store.rows import stored_key

ACCEPTED = 1_000
"""Number of agreeing suspects that stands for the user's consent: the next good read counts, whatever it shows."""
RESUMED = "paused"
"""How a page was read that was paused since: what it shows now is reported as newly visible, not as news."""

_FORGOTTEN = (
    "jpt_pages",
    "jpt_links",
    "jpt_noise",
    "jpt_looks",
    "jpt_sources",
    "jpt_post_shapes",
    "jpt_apart",
    "jpt_paused",
    "current_snapshot",
    "diff_queue",
    "jpt_feeds",
    "jpt_feed_posts",
    "jpt_feed_marks",
    "jpt_failed_pages",
    "jpt_wishes",
)
"""What is dropped of a removed site. Its jobs, and what was reported of them, stay."""


class SiteDecisions(Repository):
    """The user's decisions about sites."""

    def names(self) -> list[str]:
        """Return the names of all sites that something is known of."""
        rows = self._db.rows("SELECT site FROM jpt_pages UNION SELECT site FROM current_snapshot ORDER BY site")
        return [row["site"] for row in rows if isinstance(row["site"], str)]

    def known(self, name: str, listed: Iterable[str] = ()) -> str:
        """Return the site's name as it is stored or *listed*; raises UsageError where nothing is known of it."""
        names = [*dict.fromkeys((*self.names(), *listed))]
        if name in names:
            return name
        alike = [one for one in names if one.casefold() == name.casefold()]
        if len(alike) == 1:
            return alike[0]
        near = get_close_matches(name, names, n=1, cutoff=0.5)
        hint = f"did you mean {near[0]!r}?" if near else "`jpt sites` lists them."
        raise UsageError(f"No site is called {name!r}; {hint}")

    def rename(self, old: str, new: str) -> None:
        """Rename a site, with all that is known of it; raises UsageError when the name is taken."""
        if new in self.names():
            raise UsageError(f"There is a site called {new!r} already; remove one of them first.")
        self._db.write(lambda raw: _rename(raw, old, new))

    def follow_names(self, companies: Sequence[Company]) -> list[tuple[str, str]]:
        """Rename the sites whose page the list calls otherwise now; returns old and new names.

        A page that cannot be read and has another one in its place in the list now is a fault no more.
        """

        def act(raw: sqlite3.Connection) -> list[tuple[str, str]]:
            renamed = _follow(raw, companies)
            _forget_replaced(raw, companies)
            return renamed

        return self._db.write(act)

    def remove(self, name: str) -> None:
        """Forget a site's pages, links and waiting posts; its jobs stay."""

        def act(raw: sqlite3.Connection) -> None:
            for table in _FORGOTTEN:
                raw.execute(f"DELETE FROM {table} WHERE site = ?", [name])
            # A task whose job stays, stays with it: without it the job would be one that nobody read.
            raw.execute(
                """DELETE FROM job_tasks
                   WHERE site = ?
                     AND NOT EXISTS (
                       SELECT 1 FROM job_details d WHERE d.site = job_tasks.site AND d.url = job_tasks.url
                     )""",
                [name],
            )

        self._db.write(act)

    def pause(self, name: str) -> bool:
        """Pause a site; False when it was paused already."""
        put = "INSERT OR IGNORE INTO jpt_paused (site, since_ts_ms) VALUES (?, ?)"
        return self._db.execute(put, [name, self._db.now()]) > 0

    def resume(self, name: str) -> bool:
        """Read a paused site again: what came meanwhile is newly visible. False if it was not paused."""

        def act(raw: sqlite3.Connection) -> bool:
            was_paused = raw.execute("DELETE FROM jpt_paused WHERE site = ?", [name]).rowcount
            if was_paused:
                raw.execute("UPDATE jpt_pages SET way = ? WHERE site = ?", [RESUMED, name])
            return bool(was_paused)

        return self._db.write(act)

    def accept(self, name: str) -> int:
        """Accept the next good read of the site's doubted pages, whatever it shows; returns their number."""
        put = "UPDATE jpt_pages SET suspects = ? WHERE site = ? AND status = 'suspect'"
        return self._db.execute(put, [ACCEPTED, name])

    def is_paused(self, name: str) -> bool:
        """Return whether a site is paused."""
        return self._db.row("SELECT 1 FROM jpt_paused WHERE site = ?", [name]) is not None

    def awake(self, companies: Sequence[Company]) -> tuple[Company, ...]:
        """Return those of *companies* that are not paused."""
        paused = self._db.tuples("SELECT site FROM jpt_paused")
        return tuple(company for company in companies if (company.name,) not in paused)


def _follow(raw: sqlite3.Connection, companies: Sequence[Company]) -> list[tuple[str, str]]:
    listed = {company.name for company in companies}
    known = {row["site"] for row in raw.execute("SELECT DISTINCT site FROM jpt_pages")}
    renamed = []
    for company in companies:
        if company.name in known:
            continue
        owners = raw.execute(
            "SELECT site FROM jpt_pages WHERE page_key = ? AND good_ts_ms IS NOT NULL LIMIT 2",
            [stored_key(company.url)],
        ).fetchall()
        if len(owners) == 1 and owners[0]["site"] not in listed:
            _rename(raw, owners[0]["site"], company.name)
            known.add(company.name)
            renamed.append((owners[0]["site"], company.name))
    return renamed


def _forget_replaced(raw: sqlite3.Connection, companies: Sequence[Company]) -> None:
    listed = set(map(page_of, companies))
    names = {name for name, _ in listed}
    failing = raw.execute("SELECT site, page_key FROM jpt_pages WHERE failing_since_ts_ms IS NOT NULL").fetchall()
    raw.executemany(
        "DELETE FROM jpt_pages WHERE site = ? AND page_key = ?",
        [tuple(row) for row in failing if row["site"] in names and tuple(row) not in listed],
    )


def _rename(raw: sqlite3.Connection, old: str, new: str) -> None:
    """Rename the site *old* in all rows; rows left of a removed site called *new* are replaced."""
    # But for which of its jobs were reported: that stays true.
    raw.execute(
        """UPDATE job_details AS d
           SET emailed_ts_ms = coalesce(d.emailed_ts_ms, was.emailed_ts_ms),
               digest_id = coalesce(d.digest_id, was.digest_id)
           FROM job_details AS was
           WHERE d.site = ? AND was.site = ? AND was.url = d.url""",
        [old, new],
    )
    tables = [row[0] for row in raw.execute("SELECT name FROM sqlite_master WHERE type = 'table'").fetchall()]
    for table in tables:
        columns = {row[1] for row in raw.execute(f"PRAGMA table_info({table})").fetchall()}
        if "site" in columns:
            raw.execute(f"UPDATE OR REPLACE {table} SET site = ? WHERE site = ?", [new, old])
    # Whoever keeps a list in memory, and the index of words, reads these rows again.
    raw.execute("UPDATE job_details SET updated_ts_ms = updated_ts_ms + 1 WHERE site = ?", [new])
