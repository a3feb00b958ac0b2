"""The SQLite file: snapshots, queue and results. The only package that speaks SQL."""

from jpt.store.store import Store as Store
from jpt.text.clock import wall_clock as wall_clock
