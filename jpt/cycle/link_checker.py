"""Unsure links are checked before a list is judged: a few are opened, and speak for those like them.

A few links of each group (the same shape, the same place) are opened. Where they are posts, the whole group is
taken for posts; where none is, the group ends as "no job" with the reason; where they differ, each is opened as a
task of its own. What was found is kept, so that the next read opens only what is new.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from functools import partial

import anyio

from jpt.browser.pool.pool import BrowserPool
from jpt.cycle.guarded import apply, ends_here
from jpt.cycle.store_calls import StoreCalls
from jpt.cycle.visits import BrowserDeaths, Visits, unless_lost
from jpt.errors import Download, TaskError
from jpt.extract.finding import NoJob, openable_page, read_post
from jpt.extract.links import is_by_words, places, rows_of_largest_list
from jpt.extract.links.judging import SURE
from jpt.identity.urls import host_of, key_of
from jpt.models.events import Report
from jpt.models.pages import Link, ListRead, Looked, PageRead
from jpt.net.politeness import Politeness
from jpt.settings import Settings
from jpt.store import Store
from jpt.store.link_checks import LinkCheck

PROBES = 3
"""Links of one group that are opened before the group is judged."""
FEWEST = 4
"""Links that make a group beside sure jobs."""
MOST = 12
"""Pages opened for one list in one read."""
_MISSING = frozenset({404, 410})
"""HTTP: not found, gone."""


@dataclass(eq=False, slots=True)
class LinkChecker:
    """Opens the pages behind unsure links of lists."""

    store: Store | None
    """What was found at earlier reads; None: nothing is known, and nothing is kept."""
    db: StoreCalls
    visits: Visits
    max_years: int
    leaves_few: bool = True
    """Whether a few unsure links beside sure jobs are left to become tasks."""
    doubts_sure: bool = False
    """Whether links that only their words make sure jobs are checked too: no task will open them."""

    async def decided(self, site: str, read: ListRead) -> ListRead:
        """Give the *read* of a page of *site* with its unsure links decided by the pages behind them."""
        if read.status not in {"ok", "none", "empty"} or not read.page.anchors:
            return read
        unsure = await apply(partial(_unsure, dry=self.store is None, doubts_sure=self.doubts_sure), read)
        if not unsure:
            return read
        where = await apply(places, read.page)
        known = await self.db(self.store.link_checks.known, site) if self.store else []
        unknown = [link for link in unsure if _is_open(link, where, known)]
        if self.leaves_few and any(link.is_job for link in read.links):
            unknown = _in_groups(unknown, where)
        opened, inferred = await self._looked(unknown, where)
        if opened and self.store:
            await self.db(self.store.link_checks.keep, site, [*opened, *inferred])
        told = await apply(_applied, read, unsure, where, [*known, *opened, *inferred])
        return replace(told, looked=Looked(len(opened), len(unsure)))

    async def _looked(
        self, links: Sequence[Link], where: dict[str, str]
    ) -> tuple[list[LinkCheck], list[LinkCheck]]:
        """Open a few links of each group; gives what was found, and what follows for those not opened."""
        groups: dict[str, list[Link]] = defaultdict(list)
        for link in links:
            groups[where.get(link.url, "")].append(link)
        probes = _chosen(list(groups.values()))
        found: list[LinkCheck] = []

        async def look(link: Link) -> None:
            if (seen := await self._look(link, where)) is not None:
                found.append(seen)

        async with anyio.create_task_group() as tg:
            for link in probes:
                tg.start_soon(look, link)
        opened = {look.key for look in found}
        inferred: list[LinkCheck] = []
        for place, members in groups.items():
            here = [look for look in found if look.place == place]
            if here and not any(look.is_post for look in here):
                reason = f"{len(here)} of its like were opened and are no posts"
                inferred += [
                    LinkCheck(key_of(one.url), place, is_post=False, reason=reason)
                    for one in members
                    if key_of(one.url) not in opened
                ]
        return found, inferred

    async def _look(self, link: Link, where: dict[str, str]) -> LinkCheck | None:
        """Open one page; None if it could not be read: its link stays unsure."""
        place, key = where.get(link.url, ""), key_of(link.url)
        try:
            with ends_here():
                page = await self._page(link.url)
                outcome = await apply(read_post, page, link.text, self.max_years)
        except TaskError:
            return None
        if link.is_job and page.http_status in _MISSING:
            return None  # an outdated list, or posts that the server hides from us
        # A closed post counts as one: its task will close it. Without a cycle there is no task.
        if isinstance(outcome, NoJob) and (self.store is None or not outcome.gone):
            return LinkCheck(key, place, is_post=False, reason=outcome.reason)
        return LinkCheck(key, place, is_post=True, reason="")

    async def _page(self, url: str) -> PageRead:
        """Read the page behind a link, or the PDF; raises TaskError."""
        await self.visits.check_robots(url)
        try:
            openable_page(url)
            return await unless_lost(partial(self._opened, url))
        except Download:
            return await self.visits.pdf_page(url)

    async def _opened(self, url: str) -> PageRead:
        async with self.visits.slot(host_of(url)) as slot:
            return await self.visits.post_page(slot, url)


@asynccontextmanager
async def dry_looks(
    settings: Settings, pool: BrowserPool, report: Report, *, doubts_sure: bool
) -> AsyncIterator[LinkChecker]:
    """Open a checker for lists that no cycle reads, for the length of the block.

    *doubts_sure*: links that only their words make sure jobs are checked too.
    """
    politeness = Politeness(settings.host_pages, settings.host_interval_ms)
    async with Visits.open(settings, pool, politeness, BrowserDeaths(pool, report)) as visits:
        yield LinkChecker(
            None, StoreCalls(), visits, settings.max_years, leaves_few=False, doubts_sure=doubts_sure
        )


def _unsure(read: ListRead, *, dry: bool, doubts_sure: bool) -> list[Link]:
    """Give the links to check: the unsure ones; of a list without any, rows that are like each other.

    *dry*: no task will open links with the score of a job. *doubts_sure*: nor those that only words make jobs.
    """
    # What the rules are sure of is never dropped with its like: each is opened as a task of its own.
    links = [
        link
        for link in read.links
        if (link.is_job is None and (dry or link.score < SURE))
        or (doubts_sure and link.is_job and is_by_words(link))
    ]
    if links or any(link.is_job for link in read.links) or read.status != "empty":
        return links
    return rows_of_largest_list(read.page, read.links)


def _is_open(link: Link, where: dict[str, str], known: Sequence[LinkCheck]) -> bool:
    """Tell whether nothing known decides a link: neither its own page nor others of its place."""
    key, place = key_of(link.url), where.get(link.url, "")
    if any(look.key == key for look in known):
        return False
    # Where all were posts a new one is likely to be one, and its task opens it anyway.
    here = [look.is_post for look in known if look.place == place]
    return not here or not all(here)


def _in_groups(links: Sequence[Link], where: dict[str, str]) -> list[Link]:
    """Give the links of large groups: those of small ones become tasks, each opened once."""
    sizes = Counter(where.get(link.url, "") for link in links)
    return [link for link in links if sizes[where.get(link.url, "")] >= FEWEST]


def _chosen(groups: Sequence[Sequence[Link]]) -> list[Link]:
    """Take the first, the last and the middle one of each group, the largest groups first."""
    chosen: list[Link] = []
    for members in sorted(groups, key=len, reverse=True):
        spread = [members[0], members[-1], members[len(members) // 2]]
        chosen += list(dict.fromkeys(spread))[:PROBES]
    return chosen[:MOST]


def _applied(
    read: ListRead, unsure: Sequence[Link], where: dict[str, str], looks: Sequence[LinkCheck]
) -> ListRead:
    """Decide the unsure links by what was found, and judge the list again."""
    by_key = {look.key: look for look in looks}
    by_place: dict[str, list[bool]] = defaultdict(list)
    for look in looks:
        by_place[look.place].append(look.is_post)
    asked = {link.url for link in unsure}
    links = tuple(
        _told(link, by_key.get(key_of(link.url)), by_place[where.get(link.url, "")]) if link.url in asked else link
        for link in read.links
    )
    if any(link.is_job for link in links):
        is_bare = read.status in {"none", "empty"}
        return replace(read, links=links, status="ok", reason="") if is_bare else replace(read, links=links)
    told = sum(link.url in asked and link.is_job is False for link in links)
    if read.status == "empty" and told:
        return replace(read, links=links, reason=f"{read.reason}; {told} unsure links lead to no post")
    return replace(read, links=links)


def _told(link: Link, look: LinkCheck | None, like: Sequence[bool]) -> Link:
    """Decide an unsure link by its own page, or by the pages of links like it."""
    if link.is_job and any(like):
        return link  # the rules are sure of it: only the pages of all links like it can overrule them
    if look is not None and look.is_post:
        return replace(link, is_job=True, why=("the page behind it is a post", *link.why))
    if look is not None:
        return replace(link, is_job=False, why=(look.reason, *link.why))
    if like and all(like):
        return replace(link, is_job=True, why=("the pages behind its like are posts", *link.why))
    return link
