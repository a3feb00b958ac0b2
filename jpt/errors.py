"""What can go wrong, sorted by what the caller should do about it.

    JptError                 one sentence for the user, and an exit code
    ├── UsageError           2   invalid arguments: stop and report
    ├── InputError           65  a file that cannot be used: stop and report
    ├── SettingError         78  an invalid setting: stop and report
    ├── BrowserUnusable      69  no Chromium starts: stop and report
    │   └── NoSandbox        69  the one that is named does not start in its sandbox
    ├── CannotCreate         73  a file or folder cannot be created: stop and report
    ├── StoreError           74  the database cannot be read or written: stop and report
    ├── NotJoined            77  a coordinator takes no such worker: stop and report
    ├── Locked               75  another run holds the database: stop and name it
    │   └── SlotsTaken       75  all browser slots of the machine are taken: the work stays queued
    └── TaskError            one page failed: record it and continue
        ├── PageFault        the page's own fault: uses up an attempt
        │   ├── OwnFault     jpt itself failed on it: a bug, or an answer that nobody thought of
        │   ├── NoConnection its server takes no connection: the network's fault where most hosts do so
        │   └── PageCrash    it crashes what reads it: given up after the second time
        ├── NotAPage         a document, never a page: no second try
        ├── FeedFault        a feed that is not to be believed: the browser reads the page
        │   └── EmptyFeed    it lists no job
        └── Outage           network, browser or disk: the task goes back unharmed
            ├── Unreachable  the host cannot be found or reached
            ├── BrowserLost  the browser ended under the page
            │   └── WorkerLost  and the worker of a cluster with it
            └── Throttled    the host asked for a pause
                └── NotYet   it is not yet time to visit the host: nothing was asked

Anything else is a bug and keeps its traceback.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import ClassVar

BUG = "This is a bug in jpt; its log has the details"
"""Said to somebody far from the terminal, where a bug ends one answer and nothing else."""


class JptError(Exception):
    """A fault with one clear sentence for the user: the thing, the place, the next step."""

    exit_code: ClassVar[int] = 1
    details: tuple[str, ...] = ()
    """Sentences to say before it: the single lines of a file that are at fault."""

    @property
    def sentence(self) -> str:
        """The message as one line."""
        return " ".join(str(self).split())


class UsageError(JptError):
    """An argument or option is invalid."""

    exit_code = 2


class InputError(JptError):
    """Nothing usable is left of an input file."""

    exit_code = 65

    def __init__(self, sentence: str, details: tuple[str, ...] = ()) -> None:
        super().__init__(sentence)
        self.details = details


class SettingError(JptError):
    """A setting has a value that cannot be used."""

    exit_code = 78


class BrowserUnusable(JptError):
    """No Chromium could be found, fetched or started."""

    exit_code = 69


class NoSandbox(BrowserUnusable):
    """The Chromium that the user named does not start in its sandbox."""


class CannotCreate(JptError):
    """A file or folder cannot be created."""

    exit_code = 73


@contextmanager
def writing(path: Path, advice: str = "Make its folder writable.") -> Iterator[None]:
    """Raise CannotCreate, naming *path*, for an OSError in the block."""
    try:
        yield
    except OSError as exc:
        raise CannotCreate(f"{path} cannot be written: {exc.strerror}. {advice}") from exc


class StoreError(JptError):
    """The database cannot be read or written."""

    exit_code = 74


class Locked(JptError):
    """Another jpt holds the database."""

    exit_code = 75


class NotJoined(JptError):
    """The coordinator of a cluster refuses this worker, or is none."""

    exit_code = 77


class SlotsTaken(Locked):
    """All browser slots of the machine are taken."""


class TaskError(JptError):
    """One page could not be read; the others continue.

    *page* is its address, and the reason a clause without it: whoever shows the page shows the address, too.
    Without a page the reason is a sentence.
    """

    def __init__(self, reason: str, *, page: str = "") -> None:
        super().__init__(reason)
        self.reason, self.page = " ".join(reason.split()), page

    def __str__(self) -> str:
        return f"{self.page} was not read: {self.reason}." if self.page else self.reason

    def reason_for(self, url: str) -> str:
        """Give the reason for somebody who sees *url* beside it; the address of another page stays in it."""
        return self.reason if self.page == url else self.sentence


class PageFault(TaskError):
    """The page itself is at fault: an attempt is used up."""


class NoConnection(PageFault):
    """The server refused the connection, dropped it, or did not answer."""


class OwnFault(PageFault):
    """jpt itself failed on the page: a bug, or an answer that nobody thought of. The log has the traceback."""


class PageCrash(PageFault):
    """The page crashes its process, or the whole browser."""


class NotAPage(TaskError):
    """What the link leads to is a document (PDF, download) and will never be a page."""


class Download(NotAPage):
    """The document is, or may be, a PDF: its text is read without a browser."""


class FeedFault(TaskError):
    """A board's feed is not complete, or not what it was: the page itself decides."""


class EmptyFeed(FeedFault):
    """A feed that lists no job: unknown boards answer so, too."""


class Outage(TaskError):
    """Network, browser or machine are at fault: the attempt does not count."""

    def __init__(self, reason: str, pause_s: float | None = None, *, page: str = "") -> None:
        super().__init__(reason, page=page)
        self.pause_s = pause_s
        """For how long it is no use to try again, in seconds, if that is known."""


class Unreachable(Outage):
    """The host has no address or no way leads there: the network's fault, unless other hosts answer."""


class BrowserLost(Outage):
    """The browser ended while the page was read: a new one is there at once."""


class WorkerLost(BrowserLost):
    """The worker of a cluster that read the page is gone, or can read nothing now: the next one is asked."""


class Throttled(Outage):
    """The host asked to be left alone for a while."""


class NotYet(Throttled):
    """It is not yet time to visit the host: nothing was sent to it."""


def cause_of(exc: BaseException) -> BaseException:
    """Give what a group of exceptions from concurrent tasks comes down to: a bug before a known fault."""
    if not isinstance(exc, BaseExceptionGroup):
        return exc
    causes = [cause_of(inner) for inner in exc.exceptions]
    return min(causes, key=lambda cause: isinstance(cause, JptError))
