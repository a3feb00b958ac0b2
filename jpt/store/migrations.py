"""The steps that bring a database up to date. They only grow: each is applied once to every file."""

from __future__ import annotations

from sqlite_utils import Database, Migrations

from jpt.store import old_schema
from jpt.store.old_words import reason_of, why_of
from jpt.store.rows import why_json
from jpt.store.schema import digests, feeds, model, pages, queue, seeking


class _Steps(Migrations):
    @property
    def names(self) -> frozenset[str]:
        return frozenset(step.name for step in self._migrations)


MIGRATIONS = _Steps("jpt")


@MIGRATIONS()
def m001_five_tables(db: Database) -> None:
    """Make the old system's tables, or complete those of an older file."""
    _run(db, old_schema.FIVE_TABLES)
    for table, columns in old_schema.LATER_COLUMNS.items():
        present = {row[1] for row in db.execute(f"PRAGMA table_info({table})").fetchall()}
        for column in columns:
            if column.split()[0] not in present:
                db.execute(f"ALTER TABLE {table} ADD COLUMN {column}")
    _run(db, old_schema.FIVE_TABLES_INDEXES)


@MIGRATIONS()
def m002_pages_and_links(db: Database) -> None:
    """Add the truth per page, the memory of links seen, and the texts of posts."""
    _run(db, pages.PAGES_AND_LINKS)


@MIGRATIONS()
def m003_links_of_the_baseline(db: Database) -> None:
    """Note which links were there from the start, and are no news whatever they turn out to be."""
    db.execute("ALTER TABLE jpt_links ADD COLUMN baseline integer NOT NULL DEFAULT 0")


@MIGRATIONS()
def m100_noise_and_marks(db: Database) -> None:
    """Keep which parameters of a page are noise, how it is read, and as what a link was first reported."""
    _run(db, pages.NOISE_AND_MARKS)


@MIGRATIONS()
def m101_judged_by(db: Database) -> None:
    """Note by which jpt a link was judged: a later one may judge otherwise, and that makes no news."""
    db.execute("ALTER TABLE jpt_links ADD COLUMN judged_by text")


@MIGRATIONS()
def m200_history(db: Database) -> None:
    """Keep runs, reads of each page and what became of each job; note which jobs are closed."""
    _run(db, pages.HISTORY)


@MIGRATIONS()
def m201_leases(db: Database) -> None:
    """Count our own ends per task, note leases of other machines, and find the next task without a search.

    In a file that only the old system has used, FAILED with tries left means that it would try again.
    """
    _run(db, queue.LEASES)
    if not db.execute("SELECT 1 FROM jpt_pages LIMIT 1").fetchone():
        db.execute("UPDATE job_tasks SET status = 'PENDING' WHERE status = 'FAILED' AND attempts <= 3")


@MIGRATIONS()
def m202_upkeep(db: Database) -> None:
    """Note when the file was last cared for."""
    db.execute("CREATE TABLE jpt_upkeep (name text PRIMARY KEY, ts_ms integer NOT NULL) WITHOUT ROWID")


@MIGRATIONS()
def m203_turn_of_what_waits(db: Database) -> None:
    """Keep only waiting tasks in the index by turn: what ends a task need not touch it."""
    db.execute("DROP INDEX idx_jpt_tasks_turn")
    db.execute(
        """CREATE INDEX idx_jpt_tasks_turn ON job_tasks (site, coalesce(backoff_until_ms, 0), id)
           WHERE status = 'PENDING'"""
    )


@MIGRATIONS()
def m300_digests(db: Database) -> None:
    """Add the digests with the jobs that each reports, whom they reached, and what the user marked."""
    _run(db, digests.DIGESTS)


@MIGRATIONS()
def m500_schedule(db: Database) -> None:
    """Keep when `jpt watch` reads each page next."""
    db.execute(
        """CREATE TABLE jpt_schedule (
             site text NOT NULL,
             page_key text NOT NULL,
             every_s real NOT NULL,
             interval_s real NOT NULL,
             read_ts_ms integer,
             due_ts_ms integer,
             failures integer NOT NULL DEFAULT 0,
             PRIMARY KEY (site, page_key)
           ) WITHOUT ROWID"""
    )


@MIGRATIONS()
def m600_answers(db: Database) -> None:
    """Keep what models answered, and count their tokens by month."""
    _run(db, model.ANSWERS)


@MIGRATIONS()
def m910_feed_marks(db: Database) -> None:
    """Keep a fingerprint of each post that a feed gives, so that one that is edited there is read again."""
    _run(db, feeds.FEED_MARKS)


@MIGRATIONS()
def m911_failed_and_wishes(db: Database) -> None:
    """Keep what the last failed read of each page showed, and which sites a watch is asked to read now."""
    _run(db, pages.FAILED_AND_WISHES)


def _run(db: Database, script: str) -> None:
    # executescript() would commit the transaction that all migrations share.
    for statement in script.split(";"):
        if statement.strip():
            db.execute(statement)


@MIGRATIONS()
def m400_feeds(db: Database) -> None:
    """Keep which way each page is read, and posts that came with a list until they are read."""
    _run(db, feeds.FEEDS)


@MIGRATIONS()
def m401_absent(db: Database) -> None:
    """Keep which known jobs are missing from the reads of a page, and since when its feed is as it was noted."""
    _run(db, feeds.ABSENT)


@MIGRATIONS()
def m204_ends(db: Database) -> None:
    """Keep as a value, not in words, what each finished link turned out to be."""
    _run(db, queue.ENDS)


@MIGRATIONS()
def m700_seeking(db: Database) -> None:
    """Keep notes and dates on jobs with what they replaced, and an index of the jobs' words."""
    _run(db, seeking.SEEKING)


@MIGRATIONS()
def m800_looks(db: Database) -> None:
    """Keep what the pages behind unsure links turned out to be, so that the next read opens none of them."""
    _run(db, pages.LOOKS)


@MIGRATIONS()
def m701_views_and_corrections(db: Database) -> None:
    """Keep views of the list under their names, and the years that the user has put right."""
    _run(db, seeking.VIEWS_AND_CORRECTIONS)


@MIGRATIONS()
def m402_ways(db: Database) -> None:
    """Keep as values, not in words, why each page is read as it is; and which lists were read in part."""
    _run(db, feeds.WAYS)
    for site, page, words in db.execute("SELECT site, page_key, why FROM jpt_feeds WHERE why <> ''").fetchall():
        db.execute(
            "UPDATE jpt_feeds SET why_json = ?, why = '' WHERE site = ? AND page_key = ?",
            [why_json(why_of(words)), site, page],
        )


@MIGRATIONS()
def m801_apart(db: Database) -> None:
    """Keep which posts the user said are openings of their own."""
    _run(db, seeking.APART)


@MIGRATIONS()
def m403_documents(db: Database) -> None:
    """Keep which lists are known by their server's own document, without a browser."""
    _run(db, feeds.DOCUMENTS)


@MIGRATIONS()
def m404_sources(db: Database) -> None:
    """Keep which answers hold which lists, and which posts can be read from their servers' own HTML."""
    _run(db, feeds.SOURCES)


@MIGRATIONS()
def m901_hosts(db: Database) -> None:
    """Keep which named hosts had public addresses, so that a restart does not forget."""
    _run(db, pages.HOSTS)


@MIGRATIONS()
def m902_claims(db: Database) -> None:
    """Keep what questions under way may take of a month's tokens, for several processes share a month."""
    _run(db, model.CLAIMS)


@MIGRATIONS()
def m702_row_places(db: Database) -> None:
    """Keep the places that lists show beside their jobs."""
    _run(db, pages.ROW_PLACES)


@MIGRATIONS()
def m205_reasons(db: Database) -> None:
    """Keep why a page was not read without its address, which has a column of its own."""
    db.conn.create_function("jpt_reason_of", 2, reason_of, deterministic=True)
    begins = "substr({0}, 1, length(url) + 1) = url || ' '"
    for table, column in (
        ("job_tasks", "last_error"),
        ("jpt_pages", "reason"),
        ("jpt_reads", "reason"),
        ("jpt_failed_pages", "reason"),
    ):
        db.execute(f"UPDATE {table} SET {column} = jpt_reason_of({column}, url) WHERE {begins.format(column)}")
    unread = "json_extract(raw_json, '$.unread')"
    db.execute(
        f"""UPDATE job_details SET raw_json = json_set(raw_json, '$.unread', jpt_reason_of({unread}, url))
            WHERE json_valid(raw_json) AND {begins.format(unread)}"""
    )


@MIGRATIONS()
def m703_used_links(db: Database) -> None:
    """Keep in a table of their own which links of mails were used; one whose time is not known was used now."""
    _run(db, seeking.USED_LINKS)
    db.execute(
        """INSERT INTO jpt_used_links (code, ts_ms)
           SELECT substr(name, 5),
                  1000 * CASE WHEN value GLOB '*[^0-9]*' THEN strftime('%s', 'now') ELSE CAST(value AS INTEGER) END
           FROM jpt_digest_notes WHERE substr(name, 1, 4) = 'act:'"""
    )
    db.execute("DELETE FROM jpt_digest_notes WHERE substr(name, 1, 4) = 'act:'")
