"""What models answered and may still take."""

from __future__ import annotations

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
"""What models answered, and their tokens by month."""

CLAIMS = """
CREATE TABLE jpt_token_claims (
  id integer PRIMARY KEY,
  tokens integer NOT NULL,
  ts_ms integer NOT NULL
)
"""
"""Tokens that questions without an answer yet may take, of all processes."""
