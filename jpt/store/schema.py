"""The tables, as the steps of `migrations` make them. The five of the old system stay exactly as they were."""

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

LEASES = """
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

ANSWERS = """
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

ABSENT = """
ALTER TABLE jpt_feeds ADD COLUMN noted_ts_ms integer NOT NULL DEFAULT 0;
ALTER TABLE jpt_feeds ADD COLUMN absent_json text NOT NULL DEFAULT ''
"""

WAYS = """
ALTER TABLE jpt_feeds ADD COLUMN why_json text NOT NULL DEFAULT '';
ALTER TABLE jpt_pages ADD COLUMN partial_json text;
ALTER TABLE jpt_pages ADD COLUMN partials integer NOT NULL DEFAULT 0
"""

ENDS = """
CREATE TABLE jpt_task_ends (
  task_id integer PRIMARY KEY REFERENCES job_tasks (id) ON DELETE CASCADE,
  ending text NOT NULL,
  same_url text
);
CREATE INDEX idx_jpt_task_ends_same ON jpt_task_ends (same_url) WHERE same_url IS NOT NULL;
INSERT INTO jpt_task_ends (task_id, ending)
  SELECT id, CASE WHEN last_error LIKE 'gone:%' THEN 'gone' ELSE 'no_job' END
  FROM job_tasks
  WHERE status = 'DONE' AND last_error IS NOT NULL AND last_error NOT LIKE 'the same job as %';
INSERT INTO jpt_task_ends (task_id, ending, same_url)
  SELECT id, 'same', substr(last_error, length('the same job as ') + 1)
  FROM job_tasks
  WHERE status = 'DONE' AND last_error LIKE 'the same job as %';
DROP TABLE jpt_lease_sightings;
"""

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

APART = """
CREATE TABLE jpt_apart (
  site text NOT NULL,
  url text NOT NULL,
  ts_ms integer NOT NULL,
  PRIMARY KEY (site, url)
) WITHOUT ROWID
"""
"""Posts that were taken for another one, and that the user said are openings of their own."""

HOSTS = """
CREATE TABLE jpt_hosts (
  host text PRIMARY KEY,
  public_ts_ms integer NOT NULL
) WITHOUT ROWID
"""
"""Named hosts that had public addresses, and when last: none of them may lead to a private one later."""

FEED_MARKS = """
CREATE TABLE jpt_feed_marks (
  site text NOT NULL,
  link_key text NOT NULL,
  mark text NOT NULL,
  PRIMARY KEY (site, link_key)
) WITHOUT ROWID;
"""
"""The fingerprint of each post as a feed gave it last."""

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

CLAIMS = """
CREATE TABLE jpt_token_claims (
  id integer PRIMARY KEY,
  tokens integer NOT NULL,
  ts_ms integer NOT NULL
)
"""
"""Tokens that questions without an answer yet may take, of all processes."""

ROW_PLACES = """
ALTER TABLE jpt_links ADD COLUMN place text NOT NULL DEFAULT ''
"""
"""The place that a list shows beside a job's title."""
