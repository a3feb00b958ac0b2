"""The SQLite file: snapshots, queue and results. The only package that speaks SQL."""

from jpt.store.store import Store as Store
