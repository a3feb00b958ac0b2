"""Feeds and other ways than the browser: which page is read how, and what proved it."""

from __future__ import annotations

FEEDS = """
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
"""Which way each page is read, and posts that came with a list until they are read."""

ABSENT = """
ALTER TABLE jpt_feeds ADD COLUMN noted_ts_ms integer NOT NULL DEFAULT 0;
ALTER TABLE jpt_feeds ADD COLUMN absent_json text NOT NULL DEFAULT ''
"""
"""Which known jobs are missing from the reads of a page, and since when its feed is as it was noted."""

WAYS = """
ALTER TABLE jpt_feeds ADD COLUMN why_json text NOT NULL DEFAULT '';
ALTER TABLE jpt_pages ADD COLUMN partial_json text;
ALTER TABLE jpt_pages ADD COLUMN partials integer NOT NULL DEFAULT 0
"""

DOCUMENTS = """
CREATE TABLE jpt_documents (
  site text NOT NULL,
  page_key text NOT NULL,
  fingerprint text NOT NULL,
  version text NOT NULL,
  proofs integer NOT NULL,
  needed integer NOT NULL,
  read_ts_ms integer NOT NULL,
  PRIMARY KEY (site, page_key)
) WITHOUT ROWID
"""
"""Careers pages whose own document was compared with what the browser showed of them; replaced by `SOURCES`."""

SOURCES = """
DROP TABLE jpt_documents;
CREATE TABLE jpt_sources (
  site text NOT NULL,
  page_key text NOT NULL,
  url text NOT NULL,
  kind text NOT NULL,
  host text NOT NULL,
  raw text NOT NULL,
  whole text NOT NULL,
  naming text NOT NULL,
  version text NOT NULL,
  proofs integer NOT NULL,
  needed integer NOT NULL,
  futile integer NOT NULL,
  lies integer NOT NULL,
  lied_ts_ms integer NOT NULL,
  etag text NOT NULL,
  last_modified text NOT NULL,
  moves integer NOT NULL,
  until_ts_ms integer NOT NULL,
  agent text NOT NULL,
  read_ts_ms integer NOT NULL,
  PRIMARY KEY (site, page_key)
) WITHOUT ROWID;
CREATE TABLE jpt_post_shapes (
  site text NOT NULL,
  shape text NOT NULL,
  version text NOT NULL,
  proofs integer NOT NULL,
  reads integer NOT NULL,
  unchecked_json text NOT NULL,
  differed integer NOT NULL,
  least integer NOT NULL,
  agent text NOT NULL,
  ts_ms integer NOT NULL,
  PRIMARY KEY (site, shape)
) WITHOUT ROWID
"""
"""What answers hold which lists, as browser reads have proved it; and which posts can be read from their servers'
own HTML, by site and shape of address."""

FEED_MARKS = """
CREATE TABLE jpt_feed_marks (
  site text NOT NULL,
  link_key text NOT NULL,
  mark text NOT NULL,
  PRIMARY KEY (site, link_key)
) WITHOUT ROWID;
"""
"""The fingerprint of each post as a feed gave it last."""
