"""What a platform's module has to do, and the values that it uses.

A module recognises its boards from addresses, makes jobs of an answer, and asks for as many answers as a
board takes. Whatever does not look as it should raises FeedFault: then the browser reads the page.
"""

from __future__ import annotations

import logging
import re
from abc import ABC, abstractmethod
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace
from typing import Any, TypeVar
from urllib.parse import parse_qsl, unquote, urlsplit

from jpt.errors import FeedFault, TaskError
from jpt.identity.ids import UUID
from jpt.identity.urls import canonical, openable, why_not_openable
from jpt.models.pages import FeedJob
from jpt.net.http import MAX_BYTES, Http, Response, Validators
from jpt.text.decoding import GZIP, decoded, format_of, unzipped

_UUID = re.compile(UUID)

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Address:
    """A URL taken apart once for all platforms."""

    url: str
    host: str
    """Lower case, without the port, and without a `www.` before the name of a board."""
    netloc: str
    path: tuple[str, ...]
    """Steps of the path, decoded, empty ones left out."""
    query: tuple[tuple[str, str], ...]
    """The query without trackers."""
    fragment: str

    @classmethod
    def of(cls, url: str) -> Address | None:
        """Take *url* apart; None when it is no http(s) address."""
        key = canonical(url)
        if key is None:
            return None
        parts, kept = urlsplit(url.strip()), urlsplit(key)
        host = (parts.hostname or "").lower().rstrip(".")
        if host.startswith("www.") and host.count(".") >= 3:
            host = host.removeprefix("www.")
        return cls(
            url=url,
            host=host,
            netloc=host if parts.port in {None, 80, 443} else f"{host}:{parts.port}",
            path=tuple(unquote(step) for step in parts.path.split("/") if step),
            query=tuple(parse_qsl(kept.query, keep_blank_values=True)),
            fragment=kept.fragment,
        )

    def value(self, name: str) -> str:
        """Give the parameter *name*; empty without it."""
        return next((value for key, value in self.query if key == name), "")

    def after(self, name: str) -> str:
        """Give the step of the path after *name*; empty without one."""
        return self.path[self.path.index(name) + 1] if name in self.path[:-1] else ""

    @property
    def uuid(self) -> str:
        """The first step of the path that is a UUID, in lower case; empty without one."""
        return next((step for step in map(str.lower, self.path) if _UUID.fullmatch(step)), "")

    @property
    def origin(self) -> str:
        """Scheme and host."""
        return f"https://{self.netloc}"


@dataclass(frozen=True, slots=True)
class Board:
    """One company's board on a platform, and the filters of the address."""

    feed: str
    """Name of the platform."""
    token: str
    """The company's name there, or the host of its board."""
    site: str = ""
    """A second name where a company has several boards."""
    origin: str = ""
    """Scheme and host of its pages, and what stands before each path."""
    wanted: tuple[tuple[str, str], ...] = ()
    """Filters that the feed honours, as (parameter, value)."""
    unclear: tuple[str, ...] = ()
    """Other parameters and steps of the address, which only the page understands."""

    has_feed: bool = True
    """False for a kind of board without a feed."""

    @property
    def name(self) -> str:
        """Give its name for people."""
        return f"{self.feed}:{self.token}{f'/{self.site}' if self.site else ''}"

    @property
    def whole(self) -> Board:
        """The same board, unfiltered."""
        return replace(self, wanted=(), unclear=())


@dataclass(frozen=True, slots=True)
class Batch:
    """What one answer lists."""

    jobs: tuple[FeedJob, ...]
    total: int | None = None
    """How many there are in all, where the answer says so."""
    further: str = ""
    """The address or token of the next answer, if this one has it."""


_NONE = Validators()


@dataclass(eq=False, slots=True)
class FeedClient:
    """Fetches what one read needs; the first response may turn out to be unchanged."""

    http: Http
    validators: Validators = _NONE
    """Those of the last complete read of this board."""
    thorough: bool = True
    """Request further pages even after a short one."""
    found: Validators | None = field(default=None, init=False)
    """Those of this read, if it took one answer."""
    asked: int = field(default=0, init=False)

    async def get(self, url: str, *, accept: str = "application/json") -> str:
        """Give the text at *url*; raises Unchanged, FeedFault or Outage."""
        first = self.asked == 0
        answer = await self._fetched(url, self.validators if first else _NONE, accept)
        if answer.unchanged and first and self.validators.headers:
            raise Unchanged(url)
        self.found = answer.validators if first else None
        return _text(answer, url)

    async def post(self, url: str, value: Any) -> str:
        """Give the text of the answer to *value*, sent to *url* as JSON."""
        self.asked += 1
        self.found = None
        return _text(await self.http.post(url, value), url)

    async def _fetched(self, url: str, validators: Validators, accept: str) -> Response:
        self.asked += 1
        return await self.http.get(url, validators, accept=accept)


class Unchanged(TaskError):
    """The board is as it was at the last complete read."""


class Platform(ABC):
    """One platform. Unless it says otherwise, posts have no names but their addresses, and lists bring texts."""

    name: str
    """Lower case, as `method` shows it behind `feed:`."""
    title: str
    """As people know it."""
    marks = ""
    """Pattern of what pages load when they are a board on the company's own host; empty: there are none."""

    @abstractmethod
    def board(self, address: Address) -> Board | None:
        """Recognise a board from any address of it: its list, a post, an embed, its API."""

    def key(self, address: Address) -> str | None:
        """Give what names the post at *address*, whichever of its addresses that is; None for other pages."""
        return None

    def keys(self, url: str) -> tuple[str, ...]:
        """Give what names the post at *url*, if anything does."""
        address = Address.of(url)
        key = self.key(address) if address else None
        return (key,) if key else ()

    @abstractmethod
    def parse(self, board: Board, text: str) -> Batch:
        """Make jobs of one answer's text; raises FeedFault where its shape is not the platform's."""

    @abstractmethod
    async def read(self, board: Board, client: FeedClient) -> tuple[FeedJob, ...]:
        """Give all jobs of *board*; raises FeedFault, Unchanged or Outage."""

    def detail(self, board: Board, job: FeedJob, text: str) -> FeedJob:
        """Complete *job* from the answer at its `detail`; raises FeedFault."""
        return job


def _text(answer: Response, url: str) -> str:
    if answer.status != 200:
        raise FeedFault(f"{url} answers with HTTP {answer.status}")
    try:
        body = unzipped(answer.body, MAX_BYTES) if answer.body.startswith(GZIP) else answer.body
        return decoded(body, format_of(answer.kind, body), answer.charset)
    except ValueError as exc:
        raise FeedFault(f"{url} cannot be read: {exc}") from None


Row = TypeVar("Row")


def made(listed: Iterable[Row], make: Callable[[Row], FeedJob]) -> tuple[FeedJob, ...]:
    """Make a job of each row of an answer; of one that cannot be used, a job with its fault.

    So a bad row counts as a row, and costs no other.
    """
    return tuple(_made(row, make) for row in listed)


def _made(row: Row, make: Callable[[Row], FeedJob]) -> FeedJob:
    try:
        job = make(row)
    except FeedFault as exc:
        return _unusable(row, exc.sentence)
    except (ArithmeticError, AttributeError, LookupError, TypeError, ValueError) as exc:
        log.exception("A row of a feed could not be read")
        return _unusable(row, f"jpt cannot read it ({type(exc).__name__})")
    if not job.fault and openable(job.url) is None:
        return replace(job, fault=why_not_openable(job.url))
    return job


def _unusable(row: object, why: str) -> FeedJob:
    """Give a bad row; the beginning of its content is its key."""
    said = row if isinstance(row, dict) else {}
    title = next((found for name in _TITLES if isinstance(found := said.get(name), str)), "")
    return FeedJob("", title[:_LONGEST_NAME], keys=(f"row:{str(said or type(row).__name__)[:2_000]}",), fault=why)


_TITLES = ("title", "Title", "name", "text", "jobOpeningName", "position_name", "unifiedStandardTitle")
_LONGEST_NAME = 300


def merged(jobs: Iterable[FeedJob]) -> tuple[FeedJob, ...]:
    """Merge the entries of the same job: some boards list a job once a place."""
    found: dict[str, FeedJob] = {}
    for job in jobs:
        name = job.keys[0] if job.keys else job.url
        known = found.get(name)
        if known is None:
            found[name] = job
        else:
            places = dict.fromkeys(filter(None, (*known.location.split("; "), *job.location.split("; "))))
            longer = max(known.html, job.html, key=len)
            found[name] = replace(known, location="; ".join(places), html=longer, groups=known.groups | job.groups)
    return tuple(found.values())


def asks_for(url: str) -> tuple[str, ...]:
    """Give what the address of a company's own page may filter by."""
    address = Address.of(url)
    return unclear(address) if address else ()


def unclear(address: Address, *known: str, steps: Iterable[str] = ()) -> tuple[str, ...]:
    """Give what only the page of *address* understands: parameters that are not *known*, and further *steps*."""
    named = [f"{key}={value}" for key, value in address.query if key.removesuffix("[]") not in (*known, *_IDLE)]
    if address.fragment:
        named.append(f"#{address.fragment}")
    return tuple(named + [f"/{step}" for step in steps if step.lower() not in _LIST_STEPS])


_IDLE_NAMES = """gh_src lang language locale display for b embed version validityToken error mode content source
    t v includeCompensation ccuid jobboardsource lng src ref referrer jobsite iis iisn"""
_IDLE = frozenset(_IDLE_NAMES.split())
"""Parameters that do not change which jobs are listed."""
_LIST_NAMES = "jobs careers career openings search list embed en de fr es nl it pt sv da no fi en-us en-gb"
_LIST_STEPS = frozenset(_LIST_NAMES.split())
