"""The five tables of the old system, exactly as they were."""

from __future__ import annotations

FIVE_TABLES = """
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


FIVE_TABLES_INDEXES = """
CREATE INDEX IF NOT EXISTS idx_snapshots_site_ts ON snapshots (site, ts_ms);
CREATE UNIQUE INDEX IF NOT EXISTS idx_diff_queue_site_hash ON diff_queue (site, diff_hash);
CREATE INDEX IF NOT EXISTS idx_diff_queue_status_created ON diff_queue (status, created_ts_ms);
CREATE UNIQUE INDEX IF NOT EXISTS idx_job_tasks_site_url ON job_tasks (site, url);
CREATE INDEX IF NOT EXISTS idx_job_tasks_status_created ON job_tasks (status, created_ts_ms);
CREATE UNIQUE INDEX IF NOT EXISTS idx_job_details_site_url ON job_details (site, url);
CREATE INDEX IF NOT EXISTS idx_job_details_email ON job_details (include_job, emailed_ts_ms, created_ts_ms);
"""


LATER_COLUMNS = {
    "diff_queue": ("owner text", "claimed_ts_ms integer", "updated_ts_ms integer", "backoff_until_ms integer"),
    "job_tasks": ("owner text", "backoff_until_ms integer"),
    "job_details": ("emailed_ts_ms integer", "digest_id text"),
}
"""Columns that files of an older schema may lack."""
