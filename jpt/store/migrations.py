"""The steps that bring a database up to date. They only grow: each is applied once to every file."""

from __future__ import annotations

from collections.abc import Callable

from sqlite_utils import Database, Migrations

from jpt.store import old_schema
from jpt.store.old_words import reason_of, why_of
from jpt.store.rows import why_json
from jpt.store.schema import digests, feeds, model, pages, queue, seeking


class _Steps(Migrations):
    @property
    def names(self) -> frozenset[str]:
        return frozenset(step.name for step in self._migrations)

    def add(self, name: str, step: str | Callable[[Database], None]) -> None:
        """Add a step: statements, or a function that runs them."""

        @self(name=name)
        def run(db: Database) -> None:
            if isinstance(step, str):
                _run(db, step)
            else:
                step(db)


def _run(db: Database, script: str) -> None:
    # executescript() would commit the transaction that all migrations share.
    for statement in script.split(";"):
        if statement.strip():
            db.execute(statement)


def _five_tables(db: Database) -> None:
    """Make the old system's tables, or complete those of an older file."""
    _run(db, old_schema.FIVE_TABLES)
    for table, columns in old_schema.LATER_COLUMNS.items():
        present = {row[1] for row in db.execute(f"PRAGMA table_info({table})").fetchall()}
        for column in columns:
            if column.split()[0] not in present:
                db.execute(f"ALTER TABLE {table} ADD COLUMN {column}")
    _run(db, old_schema.FIVE_TABLES_INDEXES)


def _leases(db: Database) -> None:
    """Count the crashes per task, and find the next task without a search.

    In a file that only the old system has used, FAILED with tries left means that it would try again.
    """
    _run(db, queue.LEASES)
    if not db.execute("SELECT 1 FROM jpt_pages LIMIT 1").fetchone():
        db.execute("UPDATE job_tasks SET status = 'PENDING' WHERE status = 'FAILED' AND attempts <= 3")


def _ways(db: Database) -> None:
    """Keep as values, not in words, why each page is read as it is; and which lists were read in part."""
    _run(db, feeds.WAYS)
    for site, page, words in db.execute("SELECT site, page_key, why FROM jpt_feeds WHERE why <> ''").fetchall():
        db.execute(
            "UPDATE jpt_feeds SET why_json = ?, why = '' WHERE site = ? AND page_key = ?",
            [why_json(why_of(words)), site, page],
        )


def _reasons(db: Database) -> None:
    """Keep why a page was not read without its address, which has a column of its own."""
    db.conn.create_function("jpt_reason_of", 2, reason_of, deterministic=True)
    begins = "substr({0}, 1, length(url) + 1) = url || ' '"
    reasons = {
        "job_tasks": "last_error",
        "jpt_pages": "reason",
        "jpt_reads": "reason",
        "jpt_failed_pages": "reason",
    }
    for table, column in reasons.items():
        db.execute(f"UPDATE {table} SET {column} = jpt_reason_of({column}, url) WHERE {begins.format(column)}")
    unread = "json_extract(raw_json, '$.unread')"
    db.execute(
        f"""UPDATE job_details SET raw_json = json_set(raw_json, '$.unread', jpt_reason_of({unread}, url))
            WHERE json_valid(raw_json) AND {begins.format(unread)}"""
    )


def _used_links(db: Database) -> None:
    """Keep in a table of their own which links of mails were used; one whose time is not known was used now."""
    _run(db, seeking.USED_LINKS)
    db.execute(
        """INSERT INTO jpt_used_links (code, ts_ms)
           SELECT substr(name, 5),
                  1000 * CASE WHEN value GLOB '*[^0-9]*' THEN strftime('%s', 'now') ELSE CAST(value AS INTEGER) END
           FROM jpt_digest_notes WHERE substr(name, 1, 4) = 'act:'"""
    )
    db.execute("DELETE FROM jpt_digest_notes WHERE substr(name, 1, 4) = 'act:'")


MIGRATIONS = _Steps("jpt")
"""Each step by its name, in the order in which they are applied; the tables of each are described in `schema`."""
for _name, _step in (
    ("m001_five_tables", _five_tables),
    ("m002_pages_and_links", pages.PAGES_AND_LINKS),
    ("m003_links_of_the_baseline", pages.BASELINE),
    ("m100_noise_and_marks", pages.NOISE_AND_MARKS),
    ("m101_judged_by", pages.JUDGED_BY),
    ("m200_history", pages.HISTORY),
    ("m201_leases", _leases),
    ("m202_upkeep", pages.UPKEEP),
    ("m203_turn_of_what_waits", queue.TURN),
    ("m300_digests", digests.DIGESTS),
    ("m500_schedule", pages.SCHEDULE),
    ("m600_answers", model.ANSWERS),
    ("m910_feed_marks", feeds.FEED_MARKS),
    ("m911_failed_and_wishes", pages.FAILED_AND_WISHES),
    ("m400_feeds", feeds.FEEDS),
    ("m401_absent", feeds.ABSENT),
    ("m204_ends", queue.ENDS),
    ("m700_seeking", seeking.SEEKING),
    ("m800_looks", pages.LOOKS),
    ("m701_views_and_corrections", seeking.VIEWS_AND_CORRECTIONS),
    ("m402_ways", _ways),
    ("m801_apart", seeking.APART),
    ("m403_documents", feeds.DOCUMENTS),
    ("m404_sources", feeds.SOURCES),
    ("m901_hosts", pages.HOSTS),
    ("m902_claims", model.CLAIMS),
    ("m702_row_places", pages.ROW_PLACES),
    ("m205_reasons", _reasons),
    ("m703_used_links", _used_links),
):
    MIGRATIONS.add(_name, _step)
