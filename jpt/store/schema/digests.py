"""Digests, their recipients, and what a user marked."""

from __future__ import annotations

DIGESTS = """
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
"""The digests with the jobs that each reports, their recipients, and what the user marked."""
