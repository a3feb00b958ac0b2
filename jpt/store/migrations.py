"""The schema, as steps that only grow. The five tables of the old system stay exactly as they were."""

from __future__ import annotations

from sqlite_utils import Database, Migrations


class _Steps(Migrations):
    @property
    def names(self) -> frozenset[str]:
        return frozenset(step.name for step in self._migrations)


MIGRATIONS = _Steps("jpt")

_FIVE_TABLES = """
CREATE TABLE IF NOT EXISTS snapshots (
  id integer PRIMARY KEY AUTOINCREMENT,
  site text NOT NULL,
  url text NOT NULL,
  ts_ms integer NOT NULL,
  snapshot_hash text NOT NULL,
  links_json text NOT NULL
);

CREATE TABLE IF NOT EXISTS current_snapshot (
  site text PRIMARY KEY,
  url text NOT NULL,
  ts_ms integer NOT NULL,
  snapshot_hash text NOT NULL,
  links_json text NOT NULL
);

CREATE TABLE IF NOT EXISTS diff_queue (
  id integer PRIMARY KEY AUTOINCREMENT,
  site text NOT NULL,
  created_ts_ms integer NOT NULL,
  diff_hash text NOT NULL,
  added_urls_json text NOT NULL,
  status text NOT NULL DEFAULT 'PENDING',
  attempts integer NOT NULL DEFAULT 0,
  last_error text,
  owner text,
  claimed_ts_ms integer,
  updated_ts_ms integer,
  backoff_until_ms integer
);

CREATE TABLE IF NOT EXISTS job_tasks (
  id integer PRIMARY KEY AUTOINCREMENT,
  site text NOT NULL,
  url text NOT NULL,
  status text NOT NULL DEFAULT 'PENDING',
  created_ts_ms integer NOT NULL,
  updated_ts_ms integer NOT NULL,
  owner text,
  attempts integer NOT NULL DEFAULT 0,
  last_error text,
  backoff_until_ms integer
);

CREATE TABLE IF NOT EXISTS job_details (
  id integer PRIMARY KEY AUTOINCREMENT,
  site text NOT NULL,
  url text NOT NULL,
  job_title text,
  min_years integer NOT NULL DEFAULT 0,
  include_job integer NOT NULL DEFAULT 1,
  exclude_reason text,
  raw_json text,
  created_ts_ms integer NOT NULL,
  updated_ts_ms integer NOT NULL,
  emailed_ts_ms integer,
  digest_id text
);
"""

_FIVE_TABLES_INDEXES = """
CREATE INDEX IF NOT EXISTS idx_snapshots_site_ts ON snapshots (site, ts_ms);
CREATE UNIQUE INDEX IF NOT EXISTS idx_diff_queue_site_hash ON diff_queue (site, diff_hash);
CREATE INDEX IF NOT EXISTS idx_diff_queue_status_created ON diff_queue (status, created_ts_ms);
CREATE UNIQUE INDEX IF NOT EXISTS idx_job_tasks_site_url ON job_tasks (site, url);
CREATE INDEX IF NOT EXISTS idx_job_tasks_status_created ON job_tasks (status, created_ts_ms);
CREATE UNIQUE INDEX IF NOT EXISTS idx_job_details_site_url ON job_details (site, url);
CREATE INDEX IF NOT EXISTS idx_job_details_email ON job_details (include_job, emailed_ts_ms, created_ts_ms);
"""

_LATER_COLUMNS = {
    "diff_queue": (
        "owner text",
        "claimed_ts_ms integer",
        "updated_ts_ms integer",
        "backoff_until_ms integer",
    ),
    "job_tasks": ("owner text", "backoff_until_ms integer"),
    "job_details": ("emailed_ts_ms integer", "digest_id text"),
}
"""Columns that files of an older schema may lack."""

_PAGES_AND_LINKS = """
CREATE TABLE jpt_pages (
  site text NOT NULL,
  page_key text NOT NULL,
  url text NOT NULL,
  status text NOT NULL,
  reason text NOT NULL DEFAULT '',
  read_ts_ms integer NOT NULL,
  good_ts_ms integer,
  links_json text,
  snapshot_hash text,
  links integer NOT NULL DEFAULT 0,
  jobs integer NOT NULL DEFAULT 0,
  advertised_total integer,
  method text NOT NULL DEFAULT 'browser',
  failures integer NOT NULL DEFAULT 0,
  failing_since_ts_ms integer,
  suspect_jobs_json text,
  suspects integer NOT NULL DEFAULT 0,
  PRIMARY KEY (site, page_key)
);
CREATE TABLE jpt_links (
  site text NOT NULL,
  link_key text NOT NULL,
  url text NOT NULL,
  text text NOT NULL,
  is_job integer,
  score real NOT NULL,
  why text NOT NULL DEFAULT '',
  first_seen_ts_ms integer NOT NULL,
  PRIMARY KEY (site, link_key)
) WITHOUT ROWID;
CREATE TABLE jpt_post_texts (
  job_id integer PRIMARY KEY REFERENCES job_details (id) ON DELETE CASCADE,
  text_zlib blob NOT NULL
);
CREATE INDEX idx_jpt_tasks_due ON job_tasks (status, site, id);
"""

_HISTORY = """
CREATE TABLE jpt_runs (
  id integer PRIMARY KEY AUTOINCREMENT,
  command text NOT NULL,
  owner text NOT NULL,
  begun_ts_ms integer NOT NULL,
  ended_ts_ms integer,
  outcome text,
  report_json text
);
CREATE TABLE jpt_reads (
  id integer PRIMARY KEY AUTOINCREMENT,
  site text NOT NULL,
  page_key text NOT NULL,
  url text NOT NULL,
  status text NOT NULL,
  reason text NOT NULL DEFAULT '',
  links integer NOT NULL,
  jobs integer NOT NULL,
  advertised_total integer,
  method text NOT NULL,
  added integer NOT NULL,
  gone integer NOT NULL,
  first_ts_ms integer NOT NULL,
  last_ts_ms integer NOT NULL,
  reads integer NOT NULL DEFAULT 1,
  seconds real NOT NULL DEFAULT 0
);
CREATE INDEX idx_jpt_reads_page ON jpt_reads (site, page_key, id);
CREATE TABLE jpt_job_events (
  id integer PRIMARY KEY AUTOINCREMENT,
  site text NOT NULL,
  link_key text NOT NULL,
  url text NOT NULL,
  kind text NOT NULL,
  first_ts_ms integer NOT NULL,
  ts_ms integer NOT NULL,
  times integer NOT NULL DEFAULT 1,
  detail_json text
);
CREATE INDEX idx_jpt_job_events_link ON jpt_job_events (site, link_key, kind, id);
CREATE INDEX idx_jpt_job_events_ts ON jpt_job_events (ts_ms);
ALTER TABLE jpt_links ADD COLUMN closed_ts_ms integer;
"""

_LEASES = """
CREATE TABLE jpt_task_crashes (
  task_id integer PRIMARY KEY,
  crashes integer NOT NULL,
  last_ts_ms integer NOT NULL
);
CREATE TABLE jpt_lease_sightings (
  task_id integer PRIMARY KEY,
  owner text,
  updated_ts_ms integer NOT NULL,
  seen_ts_ms integer NOT NULL
);
DROP INDEX idx_jpt_tasks_due;
CREATE INDEX idx_jpt_tasks_turn ON job_tasks (status, site, coalesce(backoff_until_ms, 0), id);
"""


_NOISE_AND_MARKS = """
CREATE TABLE jpt_noise (
  site text NOT NULL,
  page_key text NOT NULL,
  name text NOT NULL,
  learned_ts_ms integer NOT NULL,
  PRIMARY KEY (site, page_key, name)
) WITHOUT ROWID;
CREATE TABLE jpt_paused (
  site text PRIMARY KEY,
  since_ts_ms integer NOT NULL
) WITHOUT ROWID;
ALTER TABLE jpt_links ADD COLUMN found_as text NOT NULL DEFAULT 'new';
ALTER TABLE jpt_pages ADD COLUMN way text;
ALTER TABLE jpt_pages ADD COLUMN final_host text;
"""


@MIGRATIONS()
def m001_five_tables(db: Database) -> None:
    """Make the old system's tables, or complete those of an older file."""
    _run(db, _FIVE_TABLES)
    for table, columns in _LATER_COLUMNS.items():
        present = {row[1] for row in db.execute(f"PRAGMA table_info({table})").fetchall()}
        for column in columns:
            if column.split()[0] not in present:
                db.execute(f"ALTER TABLE {table} ADD COLUMN {column}")
    _run(db, _FIVE_TABLES_INDEXES)


@MIGRATIONS()
def m002_pages_and_links(db: Database) -> None:
    """Add the truth per page, the memory of links seen, and the texts of posts."""
    _run(db, _PAGES_AND_LINKS)


@MIGRATIONS()
def m003_links_of_the_baseline(db: Database) -> None:
    """Note which links were there from the start, and are no news whatever they turn out to be."""
    db.execute("ALTER TABLE jpt_links ADD COLUMN baseline integer NOT NULL DEFAULT 0")


@MIGRATIONS()
def m100_noise_and_marks(db: Database) -> None:
    """Keep which parameters of a page are noise, how it is read, and as what a link was first told."""
    _run(db, _NOISE_AND_MARKS)


@MIGRATIONS()
def m101_judged_by(db: Database) -> None:
    """Note by which jpt a link was judged: a later one may judge otherwise, and that makes no news."""
    db.execute("ALTER TABLE jpt_links ADD COLUMN judged_by text")


@MIGRATIONS()
def m200_history(db: Database) -> None:
    """Keep runs, reads of each page and what became of each job; note which jobs are closed."""
    _run(db, _HISTORY)


@MIGRATIONS()
def m201_leases(db: Database) -> None:
    """Count our own ends per task, note leases of other machines, and find the next task without a search.

    In a file that only the old system has used, FAILED with tries left means that it would try again.
    """
    _run(db, _LEASES)
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


_DIGESTS = """
CREATE TABLE jpt_digests (
  digest_id text PRIMARY KEY,
  profile text NOT NULL,
  channel text NOT NULL,
  kind text NOT NULL,
  state text NOT NULL,
  subject text NOT NULL,
  message_id text NOT NULL UNIQUE,
  created_ts_ms integer NOT NULL,
  content blob,
  content_sha256 text NOT NULL,
  owner text,
  lease_until_ms integer,
  attempts integer NOT NULL DEFAULT 0,
  unknowns integer NOT NULL DEFAULT 0,
  next_try_ts_ms integer,
  dot_ts_ms integer,
  accepted_ts_ms integer,
  last_error text
);
CREATE INDEX idx_jpt_digests_state ON jpt_digests (profile, channel, state, created_ts_ms);
CREATE TABLE jpt_digest_items (
  profile text NOT NULL,
  channel text NOT NULL,
  site text NOT NULL,
  url text NOT NULL,
  digest_id text NOT NULL,
  place integer NOT NULL,
  copy_of text,
  job_title text NOT NULL,
  min_years integer NOT NULL,
  PRIMARY KEY (profile, channel, site, url)
) WITHOUT ROWID;
CREATE INDEX idx_jpt_digest_items_digest ON jpt_digest_items (digest_id, place);
CREATE TABLE jpt_digest_keys (
  profile text NOT NULL,
  channel text NOT NULL,
  same_key text NOT NULL,
  digest_id text NOT NULL,
  url text NOT NULL,
  PRIMARY KEY (profile, channel, same_key)
) WITHOUT ROWID;
CREATE TABLE jpt_digest_rcpts (
  digest_id text NOT NULL,
  address text NOT NULL,
  place integer NOT NULL,
  state text NOT NULL DEFAULT 'PENDING',
  code integer,
  text text,
  PRIMARY KEY (digest_id, address)
) WITHOUT ROWID;
CREATE TABLE jpt_channels (
  profile text NOT NULL,
  channel text NOT NULL,
  since_ts_ms integer NOT NULL,
  PRIMARY KEY (profile, channel)
) WITHOUT ROWID;
CREATE TABLE jpt_marks (
  url_key text PRIMARY KEY,
  url text NOT NULL,
  mark text NOT NULL,
  ts_ms integer NOT NULL
) WITHOUT ROWID;
CREATE TABLE jpt_digest_notes (
  name text PRIMARY KEY,
  value text NOT NULL
) WITHOUT ROWID;
INSERT INTO jpt_digest_notes (name, value) VALUES ('database', lower(hex(randomblob(16))));
"""


@MIGRATIONS()
def m300_digests(db: Database) -> None:
    """Add the digests with the jobs that each tells, whom they reached, and what the user marked."""
    _run(db, _DIGESTS)


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


_ANSWERS = """
CREATE TABLE jpt_answers (
  key text PRIMARY KEY,
  model text NOT NULL,
  answer_json text NOT NULL,
  fault text NOT NULL DEFAULT '',
  ts_ms integer NOT NULL
) WITHOUT ROWID;
CREATE TABLE jpt_tokens (
  month text NOT NULL,
  model text NOT NULL,
  calls integer NOT NULL,
  prompt_tokens integer NOT NULL,
  completion_tokens integer NOT NULL,
  PRIMARY KEY (month, model)
) WITHOUT ROWID;
"""


@MIGRATIONS()
def m600_answers(db: Database) -> None:
    """Keep what models answered, and count their tokens by month."""
    _run(db, _ANSWERS)


def _run(db: Database, script: str) -> None:
    # executescript() would commit the transaction that all migrations share.
    for statement in script.split(";"):
        if statement.strip():
            db.execute(statement)


_FEEDS = """
CREATE TABLE jpt_feeds (
  site text NOT NULL,
  page_key text NOT NULL,
  board text NOT NULL DEFAULT '',
  via text NOT NULL DEFAULT '',
  why text NOT NULL DEFAULT '',
  compared_ts_ms integer NOT NULL DEFAULT 0,
  jobs integer NOT NULL DEFAULT 0,
  etag text NOT NULL DEFAULT '',
  last_modified text NOT NULL DEFAULT '',
  PRIMARY KEY (site, page_key)
) WITHOUT ROWID;
CREATE TABLE jpt_feed_posts (
  site text NOT NULL,
  link_key text NOT NULL,
  kept_ts_ms integer NOT NULL,
  post blob NOT NULL,
  PRIMARY KEY (site, link_key)
);
"""


@MIGRATIONS()
def m400_feeds(db: Database) -> None:
    """Keep which way each page is read, and posts that came with a list until they are read."""
    _run(db, _FEEDS)


_ABSENT = """
ALTER TABLE jpt_feeds ADD COLUMN noted_ts_ms integer NOT NULL DEFAULT 0;
ALTER TABLE jpt_feeds ADD COLUMN absent_json text NOT NULL DEFAULT ''
"""


@MIGRATIONS()
def m401_absent(db: Database) -> None:
    """Keep which known jobs are missing from the reads of a page, and since when its feed is as it was noted."""
    _run(db, _ABSENT)
