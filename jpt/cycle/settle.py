"""What each outcome of a task means: the one table."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial

from jpt.cycle.guarded import apply, ends_here
from jpt.cycle.store_calls import StoreCalls
from jpt.cycle.visits import Visits
from jpt.errors import NotAPage, Outage, OwnFault, PageCrash, PageFault, TaskError, Unreachable
from jpt.extract.experience import Policy
from jpt.extract.finding import NoJob, ReadPost, link_only, read_post, unopened, with_reading
from jpt.extract.model import ModelReader
from jpt.identity.urls import host_of, key_of
from jpt.models import events
from jpt.models.events import Report
from jpt.models.jobs import Finding, Job, Task
from jpt.models.pages import PageRead
from jpt.store import Store
from jpt.store.jobs import SameOpening
from jpt.store.queue import MAX_ATTEMPTS, OUTAGE_PAUSE_S
from jpt.text.clock import local_time

MAX_PAGE_CRASHES = 2
"""Attempts after which a page that crashes its browser is given up."""


@dataclass(frozen=True, slots=True)
class TooManyCrashes:
    """jpt ended several times while it read a post, perhaps because of it."""

    times: int


@dataclass(frozen=True, slots=True)
class TitleOut:
    """The title alone keeps the post from everybody."""

    title: str
    rule: str


Tried = PageRead | ReadPost | TaskError | TooManyCrashes | TitleOut
"""What trying to read a post gave."""
Outcome = Finding | NoJob | TaskError | TooManyCrashes
"""What that means."""


@dataclass(eq=False, slots=True)
class Settler:
    """Reads what was tried, and stores what became of each task."""

    store: Store
    db: StoreCalls
    visits: Visits
    model: ModelReader
    max_years: int
    policy: Policy
    """Which of several required numbers counts."""
    report: Report

    async def settle(self, task: Task, tried: Tried) -> None:
        """Store the outcome of *task*: a job, no job, or a fault of the page, the network or jpt."""
        text, is_job = await self.db(self.store.queue.link_text, task, key_of(task.url))
        give_up = partial(self._give_up, task, text, surely_job=is_job is not False)
        outcome = await self._outcome(task, tried, text)
        match outcome:
            case Finding():
                await self._finish(task, outcome)
            case NoJob(reason, gone):
                await self.db(partial(self.store.queue.dismiss, task, reason, gone=gone))
                self.report(events.TaskDismissed(task.site, task.url, reason))
            case NotAPage():
                await self._finish(task, link_only(text, task.url, outcome.reason_for(task.url)))
            case TooManyCrashes(times):
                await give_up(f"jpt ended {times} times while it read this post; `jpt retry` tries it again.")
            case PageCrash() if task.attempts >= MAX_PAGE_CRASHES:
                await give_up(outcome.reason_for(task.url))
            case PageFault() if task.attempts >= MAX_ATTEMPTS:
                await give_up(outcome.reason_for(task.url))
            case PageFault():
                reason = outcome.reason_for(task.url)
                await self.db(self.store.queue.retry_later, task, reason)
                self.report(events.TaskFailed(task.site, task.url, reason, final=False))
            case _:
                await self._wait_out(task, outcome)

    async def _outcome(self, task: Task, tried: Tried, text: str) -> Outcome:
        if isinstance(tried, TitleOut):
            return unopened(tried.title, tried.rule)
        if isinstance(tried, PageRead | ReadPost):
            try:
                return await self._read(tried, text)
            except TaskError as exc:
                tried = exc
        if isinstance(tried, Unreachable) and self.visits.others_answer(host_of(task.url)):
            # Other hosts answer, so it is not the network.
            return PageFault(tried.reason, page=tried.page)
        return tried

    async def _read(self, tried: PageRead | ReadPost, text: str) -> Finding | NoJob:
        """Read a post by the rules, unless that is done, and its years by a model where the user wants that."""
        if isinstance(tried, PageRead):
            # The user's day: what was posted "today" was not posted tomorrow.
            today = local_time(self.store.clock()).date()
            tried = ReadPost(tried, await apply(read_post, tried, text, self.max_years, today, self.policy))
        page, found = tried.page, tried.says
        if isinstance(found, NoJob):
            return found
        try:
            with ends_here():
                reading = await self.model.read(found.text, found.experience)
        except OwnFault as exc:
            # The model's answer is at fault, not the post: what the rules read stands.
            words = f"The model's answer to {page.url} is not used: {exc.sentence}"
            self.report(events.Notice(words, warning=True))
            return found
        return with_reading(found, reading, self.max_years)

    async def _finish(self, task: Task, finding: Finding) -> None:
        match await self.db(self.store.jobs.finish, task, finding):
            case Job() as job:
                self.report(events.TaskDone(job))
            case SameOpening() as same:
                self.report(events.TaskDismissed(task.site, task.url, same.reason))
            case None:
                pass  # somebody else has it now

    async def _give_up(self, task: Task, text: str, reason: str, *, surely_job: bool) -> None:
        """End a task whose page was at fault too often; a link that is surely a job keeps a row."""
        if surely_job:
            finding = link_only(text, task.url, reason)
            await self.db(partial(self.store.jobs.finish, task, finding, failed=True))
        else:
            await self.db(self.store.queue.fail, task, reason)
        self.report(events.TaskFailed(task.site, task.url, reason, final=True))

    async def _wait_out(self, task: Task, outage: TaskError) -> None:
        """Give a task back unharmed, and leave its host alone where it cannot be reached again and again."""
        host = host_of(task.url)
        if pause_s := self.visits.note_outage(host, outage):
            await self.db(self.store.queue.postpone, host, outage.reason, pause_s)
        named_s = outage.pause_s if isinstance(outage, Outage) else None
        reason = outage.reason_for(task.url)
        await self.db(partial(self.store.queue.give_back, task, reason, pause_s=named_s or OUTAGE_PAUSE_S))
        self.report(events.TaskFailed(task.site, task.url, reason, final=False))
