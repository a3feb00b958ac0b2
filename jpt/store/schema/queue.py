"""Leases of tasks, and what each task turned out to be."""

from __future__ import annotations

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
"""What each finished link turned out to be, as a value and not in words."""

TURN = """
DROP INDEX idx_jpt_tasks_turn;
CREATE INDEX idx_jpt_tasks_turn ON job_tasks (site, coalesce(backoff_until_ms, 0), id)
  WHERE status = 'PENDING'
"""
"""The index by turn holds waiting tasks only: what ends a task need not touch it."""
