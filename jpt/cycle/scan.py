"""Scanning the careers pages of a plan: each is read, doubted if implausible, compared and stored."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from functools import partial

import anyio

from jpt.cycle.concurrency import Concurrency
from jpt.cycle.guarded import ends_here
from jpt.cycle.link_checker import LinkChecker
from jpt.cycle.network import Missed, network_fault, strays
from jpt.cycle.page_queue import PageQueue
from jpt.cycle.plan import Plan
from jpt.cycle.reader import Reader
from jpt.cycle.store_calls import StoreCalls
from jpt.cycle.visits import unless_lost
from jpt.errors import (
    NoConnection,
    NotAPage,
    NotYet,
    Outage,
    PageFault,
    TaskError,
    Unreachable,
)
from jpt.extract.health import shrunk
from jpt.extract.listing import possible_jobs
from jpt.identity.urls import canonical, host_of
from jpt.models import events
from jpt.models.digests import News
from jpt.models.events import Report
from jpt.models.pages import GOOD, Company, Health, ListRead
from jpt.models.words import recorded_words
from jpt.store import Store
from jpt.text.clock import wall_clock

SUSPECTS = 3
"""Implausible reads of a page that must agree before they are believed."""


@dataclass(eq=False, slots=True)
class Scan:
    """The scan of all pages of one cycle."""

    plan: Plan
    page_queue: PageQueue
    store: Store
    db: StoreCalls
    reader: Reader
    looks: LinkChecker
    report: Report
    fits: Callable[[News], bool]
    """Tells which jobs fit: their posts are read again now and then."""
    _started_ms: int = field(init=False, default_factory=wall_clock)
    _asked: set[str] = field(init=False, default_factory=set)
    """Pages read in this cycle, well or badly."""
    _missed: list[tuple[Company, Health, Missed]] = field(init=False, default_factory=list)
    """Pages that failed, perhaps through the network: decided when all are read."""

    async def run(self, concurrency: Concurrency, on_page: Callable[[], None]) -> None:
        """Scan all pages, as many at once as *concurrency* says, and call *on_page* after each."""

        async def scanner() -> None:
            is_over = False
            while not is_over:
                async with concurrency.turn:
                    company = await self.page_queue.next()
                    is_over = company is None
                    if company is not None:
                        await self._next(company)
                        on_page()

        async with anyio.create_task_group() as tg:
            for _ in range(concurrency.count):
                tg.start_soon(scanner)
        await self._blame()

    async def _next(self, company: Company) -> None:
        try:
            is_good = await self._scanned(company)
        finally:
            self.page_queue.done(company)
        if self.plan.stop_on_error and not is_good:
            self.page_queue.stop()

    async def _scanned(self, company: Company) -> bool:
        """Scan one page and record its fault, if any; False if it had one."""
        if await self.db(self.store.site_decisions.is_paused, company.name):
            self.report(events.SiteSkipped(company.name, company.url, "paused"))
            return True
        try:
            with ends_here():
                return await self._read(company)
        except NotYet as exc:
            self.report(events.SiteSkipped(company.name, company.url, "not yet", exc.pause_s))
        except (Outage, NoConnection) as exc:
            self._asked.add(company.url)
            self._missed.append((company, "error", _missed(company, exc)))
            self.report(events.SiteDone(company.name, company.url, "error", exc.reason_for(company.url)))
        except (PageFault, NotAPage) as exc:
            self._asked.add(company.url)
            await self.db(self.store.sites.fail, company, "error", exc.reason_for(company.url))
            self.report(events.SiteDone(company.name, company.url, "error", exc.reason_for(company.url)))
        return False

    async def _read(self, company: Company) -> bool:
        """Read a page and store what it shows; once more if the browser ended under it."""
        self.report(events.SiteStarted(company.name, company.url))
        list_read = partial(self.reader.listed, company, anew=self.plan.anew, keep=not self.plan.baseline)
        read = await self.looks.decided(company.name, await unless_lost(list_read))
        self._asked.add(company.url)
        if not self.plan.anew:
            read = await self._believed(company, read)
        added = queued = 0
        if read.status in GOOD:
            forget_ms = self._started_ms if self.plan.anew else None
            record = partial(self.store.sites.record, company, read, queue=not self.plan.baseline, fits=self.fits)
            recorded = await self.db(partial(record, forget_before_ms=forget_ms))
            added, queued = recorded.added, recorded.queued
            flooded = queued if recorded.found_as == "flood" else 0
            if words := recorded_words(flooded=flooded, moved=recorded.moved, unopenable=recorded.unopenable):
                read = replace(read, reason="; ".join(filter(None, [read.reason, words])))
        elif read.status != "suspect":
            await self._note_bad(company, read)
        if read.status not in GOOD and read.page.shown is not None:
            await self.db(self.store.failed_pages.keep, company, read.status, read.reason, read.page.shown)
        self.report(_site_done(company, read, added, queued))
        return read.status in GOOD

    async def _note_bad(self, company: Company, read: ListRead) -> None:
        """Record a bad read; if it ended on a strange site, only when all are read: it may be the network."""
        before = await self.db(self.store.sites.state, company)
        final = read.page.final_url
        if strays(company.url, final, before.final_host if before else None):
            self._missed.append((company, read.status, Missed(company.url, read.reason, landed_on=host_of(final))))
        else:
            await self.db(self.store.sites.fail, company, read.status, read.reason)

    async def _believed(self, company: Company, read: ListRead) -> ListRead:
        """Doubt a good read that lost most jobs or came from another site, until several agree."""
        if read.status not in GOOD:
            return read
        reason = await self._doubt(company, read)
        if not reason:
            return read
        shown = [link.url for link in possible_jobs(read)]
        agreed = await self.db(self.store.sites.fail, company, "suspect", reason, shown)
        return read if agreed >= SUSPECTS else replace(read, status="suspect", reason=reason)

    async def _doubt(self, company: Company, read: ListRead) -> str:
        """Give why a good read is implausible, in one clause; empty if it is not."""
        before = await self.db(self.store.sites.state, company)
        if before is not None and before.good_ts_ms is not None:
            had, has, what = before.jobs, len(possible_jobs(read)), "jobs"
            if before.final_host and strays(company.url, read.page.final_url, before.final_host):
                host = host_of(read.page.final_url)
                return f"the page leads to {host} now, not to {before.final_host}: the last good list is kept"
        else:
            # The old system kept no count of jobs, but all links.
            old = {canonical(url) for url in await self.db(self.store.sites.old_links, company)}
            had, has, what = len(old), len(old & {canonical(link.url) for link in read.links}), "of the old links"
        if not shrunk(had, has):
            return ""
        return f"{has} {what} where there were {had}: the last good list is kept for now"

    async def _blame(self) -> None:
        """Record the missed pages as faults of their sites, or of the network if most hosts failed."""
        fault = network_fault(self._asked, [one for _, _, one in self._missed])
        if fault:
            first = self._missed[0][2]
            self.report(events.NoNetwork(len(self._missed), f"{first.url}: {first.reason}", fault))
            return
        for company, status, one in self._missed:
            await self.db(self.store.sites.fail, company, status, one.reason)


def _missed(company: Company, fault: TaskError) -> Missed:
    kind = type(fault)
    return Missed(
        company.url,
        fault.reason_for(company.url),
        is_outage=kind in {Outage, Unreachable},
        is_unconnected=kind in {Outage, Unreachable, NoConnection},
    )


def _site_done(company: Company, read: ListRead, added: int, queued: int) -> events.SiteDone:
    return events.SiteDone(
        company.name,
        company.url,
        read.status,
        read.reason,
        links=len(read.links),
        jobs=len(possible_jobs(read)),
        added=added,
        queued=queued,
        seconds=read.page.seconds,
        method=read.page.method,
        advertised=read.advertised_total,
        partial=read.partial,
    )
