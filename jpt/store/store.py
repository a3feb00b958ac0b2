"""The store: one object for what is kept in the file."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from jpt.store.answers import Answers
from jpt.store.biography import Story
from jpt.store.catalogue import Catalogue
from jpt.store.cheap import Cheap
from jpt.store.connection import CACHE_KB, Connection, connect
from jpt.store.corrections import Corrections
from jpt.store.decisions import Upkeep
from jpt.store.failed import FailedPages
from jpt.store.feeds import Feeds
from jpt.store.history import History
from jpt.store.hosts import Hosts
from jpt.store.invariants import problems
from jpt.store.jobs import Jobs
from jpt.store.leases import alive
from jpt.store.looks import Looks
from jpt.store.maintenance import Care
from jpt.store.marks import Marks
from jpt.store.notes import Notes
from jpt.store.outbox import Outbox
from jpt.store.paces import Paces
from jpt.store.post_shapes import PostShapes
from jpt.store.queue import Queue
from jpt.store.reported import Reported
from jpt.store.rereading import Rereading
from jpt.store.run_lock import Say, hold, lock_of
from jpt.store.sites import Sites
from jpt.store.unopened import Unopened
from jpt.store.untold import Due
from jpt.store.used_links import UsedLinks
from jpt.store.views import Views
from jpt.store.wishes import Wishes
from jpt.text.clock import Clock, wall_clock


@dataclass(frozen=True, slots=True)
class Store:
    """What jpt keeps. Plain and synchronous: async callers go through a thread, one at a time."""

    sites: Sites
    queue: Queue
    jobs: Jobs
    catalogue: Catalogue
    history: History
    due: Due
    outbox: Outbox
    reported: Reported
    notes: Notes
    marks: Marks
    views: Views
    corrections: Corrections
    paces: Paces
    answers: Answers
    rereading: Rereading
    care: Care
    upkeep: Upkeep
    story: Story
    feeds: Feeds
    looks: Looks
    cheap: Cheap
    hosts: Hosts
    shapes: PostShapes
    failed: FailedPages
    wishes: Wishes
    unopened: Unopened
    used_links: UsedLinks
    path: Path
    _connection: Connection
    clock: Clock = wall_clock
    """What time it is, in milliseconds since the epoch."""

    @classmethod
    @contextmanager
    def open(cls, path: Path, clock: Clock = wall_clock, cache_kb: int = CACHE_KB) -> Iterator[Store]:
        """Open the database at *path*, made where it is missing, with *cache_kb* of memory for its pages.

        Raises CannotCreate, InputError (newer than this program), Locked or StoreError.
        """
        with connect(path, clock, cache_kb) as connection:
            yield cls(
                Sites(connection),
                Queue(connection),
                Jobs(connection),
                Catalogue(connection),
                History(connection),
                Due(connection),
                Outbox(connection),
                Reported(connection),
                Notes(connection),
                Marks(connection),
                Views(connection),
                Corrections(connection),
                Paces(connection),
                Answers(connection),
                Rereading(connection),
                Care(connection),
                Upkeep(connection),
                Story(connection),
                Feeds(connection),
                Looks(connection),
                Cheap(connection),
                Hosts(connection),
                PostShapes(connection),
                FailedPages(connection),
                Wishes(connection),
                Unopened(connection),
                UsedLinks(connection),
                path,
                connection,
                clock,
            )

    @contextmanager
    def hold(self, command: str, *, wait: bool = False, say: Say | None = None) -> Iterator[None]:
        """Be the only one that reads career pages for the length of the block; raises Locked, naming the holder.

        With *wait* it blocks until the other ends: from async code call it with *wait* off, and again later.
        """
        with hold(lock_of(self.path), command, wait=wait, say=say):
            yield

    @contextmanager
    def worker(self) -> Iterator[str]:
        """Be alive for the others on this database for the length of the block; gives the name to lease under."""
        with alive(self.path) as name:
            yield name

    def problems(self, *, at_rest: bool = False) -> list[str]:
        """Give what is wrong in the file, a sentence each; with *at_rest* nothing may be in progress."""
        return problems(self._connection, at_rest=at_rest)
