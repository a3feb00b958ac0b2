"""Pages, the links on them, and what reads of them came to."""

from __future__ import annotations

PAGES_AND_LINKS = """
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
"""What each page shows, the memory of links seen, and the texts of posts."""

HISTORY = """
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
"""Runs, reads of each page and what became of each job; which jobs are closed."""

NOISE_AND_MARKS = """
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
"""Which parameters of a page are noise, how it is read, and as what a link was first reported."""

LOOKS = """
CREATE TABLE jpt_looks (
  site text NOT NULL,
  link_key text NOT NULL,
  place text NOT NULL,
  is_post integer NOT NULL,
  reason text NOT NULL,
  looked_ts_ms integer NOT NULL,
  PRIMARY KEY (site, link_key)
) WITHOUT ROWID
"""
"""What pages behind unsure links turned out to be, with the place on the list where each link stood."""

ROW_PLACES = """
ALTER TABLE jpt_links ADD COLUMN place text NOT NULL DEFAULT ''
"""
"""The place that a list shows beside a job's title."""

FAILED_AND_WISHES = """
CREATE TABLE jpt_failed_pages (
  site text NOT NULL,
  page_key text NOT NULL,
  url text NOT NULL,
  ts_ms integer NOT NULL,
  status text NOT NULL,
  reason text NOT NULL,
  html_zlib blob NOT NULL,
  jpeg blob NOT NULL,
  PRIMARY KEY (site, page_key)
);
CREATE TABLE jpt_wishes (
  site text PRIMARY KEY,
  ts_ms integer NOT NULL
) WITHOUT ROWID;
"""
"""What the last failed read of each page showed, and which sites a watch is asked to read now."""

HOSTS = """
CREATE TABLE jpt_hosts (
  host text PRIMARY KEY,
  public_ts_ms integer NOT NULL
) WITHOUT ROWID
"""
"""Named hosts that had public addresses, and when last: none of them may lead to a private one later."""

BASELINE = "ALTER TABLE jpt_links ADD COLUMN baseline integer NOT NULL DEFAULT 0"
"""Which links were there from the start, and are no news whatever they turn out to be."""

JUDGED_BY = "ALTER TABLE jpt_links ADD COLUMN judged_by text"
"""By which jpt a link was judged: a later one may judge otherwise, and that makes no news."""

UPKEEP = "CREATE TABLE jpt_upkeep (name text PRIMARY KEY, ts_ms integer NOT NULL) WITHOUT ROWID"
"""When the file was last cared for."""

SCHEDULE = """
CREATE TABLE jpt_schedule (
  site text NOT NULL,
  page_key text NOT NULL,
  every_s real NOT NULL,
  interval_s real NOT NULL,
  read_ts_ms integer,
  due_ts_ms integer,
  failures integer NOT NULL DEFAULT 0,
  PRIMARY KEY (site, page_key)
) WITHOUT ROWID
"""
"""When `jpt watch` reads each page next."""
