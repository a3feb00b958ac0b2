"""The SQLite file: snapshots, queue and results. The only package that speaks SQL."""

from jpt.store.connection import wall_clock as wall_clock
from jpt.store.store import Store as Store
