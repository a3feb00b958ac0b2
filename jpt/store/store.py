"""The store: one object for what is kept in the file."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from jpt.files import Files
from jpt.store.answers import Answers
from jpt.store.catalogue import Catalogue
from jpt.store.connection import CACHE_KB, Connection, connect
from jpt.store.corrections import Corrections
from jpt.store.failed_pages import FailedPages
from jpt.store.feeds import Feeds
from jpt.store.history import History
from jpt.store.hosts import Hosts
from jpt.store.invariants import problems
from jpt.store.jobs import Jobs
from jpt.store.leases import alive
from jpt.store.link_checks import LinkChecks
from jpt.store.link_history import LinkHistory
from jpt.store.list_sources import ListSources
from jpt.store.maintenance import Maintenance
from jpt.store.marks import Marks
from jpt.store.notes import Notes
from jpt.store.outbox import Outbox
from jpt.store.paces import Paces
from jpt.store.post_shapes import PostShapes
from jpt.store.queue import Queue
from jpt.store.read_requests import ReadRequests
from jpt.store.reported import Reported
from jpt.store.rereading import Rereading
from jpt.store.run_lock import Say, hold
from jpt.store.saved_views import SavedViews
from jpt.store.site_decisions import SiteDecisions
from jpt.store.sites import Sites
from jpt.store.unopened import Unopened
from jpt.store.unreported import Unreported
from jpt.store.used_links import UsedLinks
from jpt.text.clock import Clock, wall_clock


class Store:
    """What jpt keeps. Plain and synchronous: async callers go through a thread, one at a time."""

    def __init__(self, path: Path, connection: Connection, clock: Clock) -> None:
        self.path = path
        self.clock = clock
        """What time it is, in milliseconds since the epoch."""
        self._connection = connection
        self.sites = Sites(connection)
        self.queue = Queue(connection)
        self.jobs = Jobs(connection)
        self.catalogue = Catalogue(connection)
        self.history = History(connection)
        self.unreported = Unreported(connection)
        self.outbox = Outbox(connection)
        self.reported = Reported(connection)
        self.notes = Notes(connection)
        self.marks = Marks(connection)
        self.saved_views = SavedViews(connection)
        self.corrections = Corrections(connection)
        self.paces = Paces(connection)
        self.answers = Answers(connection)
        self.rereading = Rereading(connection)
        self.maintenance = Maintenance(connection)
        self.site_decisions = SiteDecisions(connection)
        self.link_history = LinkHistory(connection)
        self.feeds = Feeds(connection)
        self.link_checks = LinkChecks(connection)
        self.list_sources = ListSources(connection)
        self.hosts = Hosts(connection)
        self.post_shapes = PostShapes(connection)
        self.failed_pages = FailedPages(connection)
        self.read_requests = ReadRequests(connection)
        self.unopened = Unopened(connection)
        self.used_links = UsedLinks(connection)

    @classmethod
    @contextmanager
    def open(cls, path: Path, clock: Clock = wall_clock, cache_kb: int = CACHE_KB) -> Iterator[Store]:
        """Open the database at *path*, made where it is missing, with *cache_kb* of memory for its pages.

        Raises CannotCreate, InputError (newer than this program), Locked or StoreError.
        """
        with connect(path, clock, cache_kb) as connection:
            yield cls(path, connection, clock)

    @contextmanager
    def hold(self, command: str, *, wait: bool = False, say: Say | None = None) -> Iterator[None]:
        """Hold the right to read careers pages for the length of the block; raises Locked, naming the holder.

        With *wait* it blocks until the other ends: from async code call it with *wait* off, and again later.
        """
        with hold(Files(self.path).run_lock, command, wait=wait, say=say):
            yield

    @contextmanager
    def worker(self) -> Iterator[str]:
        """Register as a worker for the length of the block; yields the name to lease under."""
        with alive(self.path) as name:
            yield name

    def problems(self, *, at_rest: bool = False) -> list[str]:
        """Return what is wrong in the file, a sentence each; with *at_rest* nothing may be in progress."""
        return problems(self._connection, at_rest=at_rest)
