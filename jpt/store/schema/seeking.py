"""What a user notes, seeks and puts right."""

from __future__ import annotations

SEEKING = """
ALTER TABLE jpt_marks ADD COLUMN note text NOT NULL DEFAULT '';
ALTER TABLE jpt_marks ADD COLUMN due text;
CREATE TABLE jpt_mark_log (
  id integer PRIMARY KEY AUTOINCREMENT,
  url_key text NOT NULL,
  url text NOT NULL,
  mark text NOT NULL,
  note text NOT NULL,
  due text,
  marked_ts_ms integer NOT NULL,
  ts_ms integer NOT NULL
);
CREATE INDEX idx_jpt_mark_log_key ON jpt_mark_log (url_key, id);
CREATE VIRTUAL TABLE jpt_search USING fts5(
  title, company, place, text, content = '', tokenize = "unicode61 remove_diacritics 2", prefix = '2 3'
);
CREATE TABLE jpt_searchable (
  job_id integer PRIMARY KEY,
  search_id integer NOT NULL UNIQUE,
  updated_ts_ms integer NOT NULL
)
"""
"""Notes and dates on jobs with what they replaced, and an index of the jobs' words."""

VIEWS_AND_CORRECTIONS = """
CREATE TABLE jpt_views (
  name text PRIMARY KEY,
  query text NOT NULL,
  ts_ms integer NOT NULL
) WITHOUT ROWID;
CREATE TABLE jpt_corrections (
  job_id integer PRIMARY KEY,
  years integer,
  ts_ms integer NOT NULL
)
"""
"""Views of the list under their names, and the years that the user has put right."""

USED_LINKS = """
CREATE TABLE jpt_used_links (
  code text PRIMARY KEY,
  ts_ms integer NOT NULL
) WITHOUT ROWID
"""
"""Links of mails that have done what they are for."""

APART = """
CREATE TABLE jpt_apart (
  site text NOT NULL,
  url text NOT NULL,
  ts_ms integer NOT NULL,
  PRIMARY KEY (site, url)
) WITHOUT ROWID
"""
"""Posts that were taken for another one, and that the user said are openings of their own."""
