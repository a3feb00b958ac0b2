"""The values that travel through the pipeline: frozen, made complete, never altered. Pure.

Company → PageRead → Link… → Diff → Task → PageRead → JobPost → Job
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Literal

Health = Literal["ok", "none", "blocked", "error", "empty", "suspect"]
"""How a read of a list went."""

GOOD: frozenset[str | None] = frozenset({"ok", "none"})
"""The good reads: they alone may become a snapshot."""

Via = Literal["auto", "feed", "http", "browser"]
"""How a page is to be read: `auto` takes a feed where one proves itself, `http` its document."""


@dataclass(frozen=True, slots=True)
class Company:
    """One row of the CSV: one page of one site."""

    name: str
    url: str
    line: int = 0
    """Line number in the CSV, from 1; 0 when it came from elsewhere."""
    every_s: float | None = None
    """How often `watch` is to read it; None: as often as all the others."""
    via: Via = "auto"


def chosen_vias(companies: Iterable[Company]) -> dict[str, Via]:
    """Return how posts are read of the companies for which the user has chosen that, by name."""
    return {company.name: company.via for company in companies if company.via != "auto"}


@dataclass(frozen=True, slots=True)
class Anchor:
    """One link as it stands on a page. Texts are cleaned of control characters and cut."""

    url: str
    """Absolute URL as the page resolves it (`<base href>` counted), fragment kept."""
    text: str
    """Visible text of the link; else its label (aria-label, title, alt of an image)."""
    heading: str = ""
    """The nearest heading before the link, inside its card or row if it has one."""
    context: str = ""
    """Visible text of the card or row that the link stands in, at most 300 characters."""
    region: str = "body"
    """header, nav, main, aside, footer or body: the nearest landmark around it."""
    shape: str = ""
    """Signature of the place: tags and classes of the ancestors without indices. Siblings share it."""
    group: str = ""
    """Identifies the container that repeats the shape: same group = same list."""
    visible: bool = True
    location: str = ""
    """What the markup of the card or row calls a place, by name, pin or column; at most 120 characters."""


@dataclass(frozen=True, slots=True)
class Salary:
    """Pay as a board states it in numbers."""

    low: float | None
    high: float | None
    currency: str = ""
    per: str = ""
    """year, month, week, day or hour, in the board's own spelling."""


@dataclass(frozen=True, slots=True)
class FeedJob:
    """One job as a board's feed gives it. Texts are as they came; whoever shows them cleans them."""

    url: str
    title: str
    keys: tuple[str, ...] = ()
    """What names it in each of its addresses, like `greenhouse:4012`: the same key is the same job."""
    location: str = ""
    html: str = ""
    """Its description, HTML or text; empty where only its own page has it."""
    posted: str = ""
    """YYYY-MM-DD."""
    closing: str = ""
    company: str = ""
    department: str = ""
    employment: str = ""
    remote: bool = False
    pay: str = ""
    """Pay in the board's words."""
    salary: Salary | None = None
    requisition: str = ""
    detail: str = ""
    """Where the feed has the description, if not here."""
    groups: frozenset[tuple[str, str]] = frozenset()
    """What a board can be filtered by, as (parameter, value in lower case)."""
    fault: str = ""
    """Why its row of the feed cannot be used, in a clause; then only what names the row is to be believed."""


@dataclass(frozen=True, slots=True)
class BadRow:
    """A row of a list that is no job that can be opened."""

    title: str
    """What the row says of itself, as far as it does."""
    url: str
    why: str
    """A clause: `the port 6000 is blocked by browsers`."""


CutReason = Literal["page", "host", "answer", "time", "pages", "presses", "links", "broken", "unturned", "count"]
"""Why a list was read in part: a further page failed, or may not be opened now; what loads more failed; a limit of
time, pages, presses or links was reached; the page broke; its pager names more pages than could be turned; or only
its own count says that there is more."""


@dataclass(frozen=True, slots=True)
class Cut:
    """Where the reading of a list ended before the list did."""

    reason: CutReason
    limit: int | None = None
    """The limit that was reached, in seconds, pages, presses or links."""
    page: int | None = None
    """Which page of the list failed, from 1."""
    status: int | None = None
    """What HTTP said of it."""


@dataclass(frozen=True, slots=True)
class Partial:
    """A list that was read in part."""

    found: int
    """Jobs found."""
    of: int | None
    """How many there are, where the page says so."""
    cut: Cut

    @property
    def is_sure(self) -> bool:
        """Whether a part is known to be missing, and not only counted otherwise by the page."""
        return self.cut.reason not in {"count", "unturned"}


@dataclass(frozen=True, slots=True)
class DataResponse:
    """What one of a page's own requests for data was answered."""

    url: str
    method: str
    """GET, POST…"""
    body: str


@dataclass(frozen=True, slots=True)
class PageCapture:
    """What a page without a list looked like, for whoever wants to know why."""

    html: str
    """Cut where it is long."""
    jpeg: bytes
    """What stood in the window; empty where no picture could be taken."""


@dataclass(frozen=True, slots=True)
class PageRead:
    """What one visit of one page gave, made by the browser or from a board's feed."""

    url: str
    final_url: str
    http_status: int | None
    title: str
    text: str
    """The rendered inner text, capped."""
    anchors: tuple[Anchor, ...] = ()
    headings: tuple[str, ...] = ()
    """Texts of h1, then h2, in document order, at most 50."""
    meta: dict[str, str] = field(default_factory=dict)
    """og:title, og:site_name, description, robots, canonical, lang: those that the page has."""
    json_ld: tuple[str, ...] = ()
    """The raw texts of the page's application/ld+json scripts."""
    controls: tuple[str, ...] = ()
    """Texts of visible buttons and submit inputs, at most 200: where an apply control shows."""
    frames: tuple[str, ...] = ()
    """URLs of the iframes on the page."""
    method: str = "browser"
    turned: int = 1
    """Pages of its list that were read."""
    seconds: float = 0.0
    settled: bool = True
    """False when the page never came to rest and was read as it stood."""
    truncated: tuple[str, ...] = ()
    """What was cut of the page itself, in words: `text after 2000000`."""
    cuts: tuple[Cut, ...] = ()
    """Where the reading of its list ended before the list did; empty when all was read."""
    retry_after_s: float | None = None
    """For how long a server that refused (429, 503) asks to be left alone, in seconds."""
    hints: tuple[str, ...] = ()
    """Addresses that scripts and feeds of the page are loaded from or ask: where an embedded board shows."""
    jobs: tuple[FeedJob, ...] = ()
    """The jobs themselves, where a feed gave them."""
    board: str = ""
    """The board that they are from, as feeds write it."""
    bad_rows: tuple[BadRow, ...] = ()
    """Rows of the list that cannot be used; they are shown with their reasons."""
    strange: tuple[Anchor, ...] = ()
    """Anchors with addresses that are none of the web (`javascript:`, `mailto:`), no other link beside them."""
    heard: tuple[DataResponse, ...] = ()
    """What the requests of its scripts were answered, of a list that is read in the browser."""
    agent: str = ""
    """What the browser said of itself (User-Agent); empty where none read it."""
    again: tuple[str, ...] = ()
    """Addresses of posts that are to be read again: this one shows that they were read too early."""
    shown: PageCapture | None = field(default=None, compare=False, repr=False)
    """Of a list that is none: how it looked."""


@dataclass(frozen=True, slots=True)
class Link:
    """One URL of a list page, judged: its anchors are judged together."""

    url: str
    text: str
    """The best text among the anchors: what reads like a title."""
    is_job: bool | None
    """None: only the page behind it can tell."""
    score: float
    why: tuple[str, ...] = ()
    place: str = ""
    """The place that its row of the list shows, in words."""


@dataclass(frozen=True, slots=True)
class Glance:
    """What a careers page shows at a first look, while it is still open."""

    jobs: frozenset[str]
    """Addresses of the links that are jobs, or may be."""
    enough: bool
    """The list has come: it has a job, or says that there is none, or bars the way."""
    advertised: int | None = None
    """How many jobs the page itself says there are."""
    unopenable: frozenset[str] = frozenset()
    """Texts of rows among the jobs whose addresses no browser opens: a press may show where they lead."""
    barred: bool = False
    """It bars the way, or is broken: there is no list to look for."""


@dataclass(frozen=True, slots=True)
class Looked:
    """How far the unsure links of a list were followed, to see what is behind them."""

    opened: int
    unsure: int


@dataclass(frozen=True, slots=True)
class ListRead:
    """A careers page read and judged."""

    page: PageRead
    status: Health
    reason: str
    """One clause for people: why the status is not ok; empty when it is."""
    links: tuple[Link, ...] = ()
    advertised_total: int | None = None
    """How many jobs the page itself says there are."""
    partial: Partial | None = None
    """How much of the list was read; None when all of it was."""
    unopenable: tuple[BadRow, ...] = ()
    """Rows of the page's lists of jobs whose addresses no browser opens."""
    looked: Looked | None = None
    """How many of its unsure links were opened; None where there were none, or where nothing can be opened."""

    @property
    def jobs(self) -> list[Link]:
        """The links that are jobs, or may be."""
        return [link for link in self.links if link.is_job is not False]

    @property
    def bad_rows(self) -> tuple[BadRow, ...]:
        """Jobs that the list shows and nobody can open, each with the reason."""
        titles = {link.text.casefold() for link in self.jobs}
        rows = (*self.unopenable, *self.page.bad_rows)
        return tuple(row for row in rows if row.title and row.title.casefold() not in titles)


@dataclass(frozen=True, slots=True)
class Diff:
    """What a good read shows that the last good read of that page did not, and the other way round."""

    added: tuple[str, ...]
    gone: tuple[str, ...]
    noise: frozenset[str] = frozenset()
    """Names of parameters whose values changed all over the page while the links stayed."""


@dataclass(frozen=True, slots=True)
class Absence:
    """A known job that is missing from the reads of its page."""

    key: str
    since_ts_ms: int
    reads: int
    """In a row."""
    is_gone: bool = False
    """It was missing often and long enough."""
