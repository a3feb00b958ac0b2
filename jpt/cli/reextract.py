"""`jpt reextract`: applies the current rules to stored posts, from their stored texts."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass, field
from functools import partial

import anyio
import anyio.to_thread
from rich.table import Table
from rich.text import Text

from jpt.cli import session
from jpt.cli.exit_codes import PARTLY_FAILED
from jpt.cli.stopping import until_stopped
from jpt.cycle.guarded import ends_here
from jpt.errors import OwnFault
from jpt.extract.experience import experience
from jpt.extract.finding import exclude_reason
from jpt.extract.model import ModelReader
from jpt.models.jobs import Experience
from jpt.settings import Settings
from jpt.store import Store
from jpt.store.rereading import StoredPost
from jpt.text.counts import counted

WORKERS = 6
MOST_NAMED = 10
"""Posts that are named of those that could not be read again."""


@dataclass(eq=False, slots=True)
class Changes:
    """The result of reading the posts again."""

    read: int = 0
    without_text: int = 0
    changed: list[tuple[StoredPost, Experience]] = field(default_factory=list)
    """Posts whose years changed, not only their evidence, and what they require now."""
    failed: list[tuple[StoredPost, str]] = field(default_factory=list)
    """Posts that could not be read again, and why: they stay as they were."""


def reextract_all(*, dry_run: bool, site: str | None, backend: str | None, wait: bool, as_json: bool) -> int:
    """Read all stored posts again and store what changed; returns the exit code."""
    settings = session.existing(extractor=backend)
    changes = Changes()
    with (
        Store.open(settings.db) as store,
        store.hold("jpt reextract", wait=wait, say=session.warn),
    ):
        stopped = anyio.run(until_stopped, partial(_read_all, settings, store, site, changes, dry_run))
    if stopped:
        # A table of all that changed may take longer than somebody waits who wants an end.
        session.note(f"Interrupted: {counted(changes.read, 'post was', 'posts were')} read again.", "yellow")
    elif as_json:
        session.print_json(_as_json(changes, dry_run=dry_run))
    else:
        _show(changes, dry_run=dry_run)
    for post, why in changes.failed[:MOST_NAMED]:
        session.note(f"{post.site}: {post.title}: {why}", "yellow")
    return stopped or (PARTLY_FAILED if changes.failed else 0)


async def _read_all(settings: Settings, store: Store, site: str | None, changes: Changes, dry_run: bool) -> None:
    limiter = anyio.CapacityLimiter(1)

    # By pages of rows: thousands of texts need not be in memory at once.
    after = 0
    async with ModelReader(settings, store.answers, session.warn, limiter) as model:
        while posts := await anyio.to_thread.run_sync(store.rereading.posts, site, after, limiter=limiter):
            after = posts[-1].id
            await _read_some(posts, model, settings, store, changes, limiter, dry_run)


async def _read_some(
    posts: Sequence[StoredPost],
    model: ModelReader,
    settings: Settings,
    store: Store,
    changes: Changes,
    limiter: anyio.CapacityLimiter,
    dry_run: bool,
) -> None:
    waiting = iter(posts)

    async def read(post: StoredPost) -> None:
        rules = await anyio.to_thread.run_sync(experience, post.text, post.months, settings.years)
        reading = await model.read(post.text, rules)
        excluded = exclude_reason(reading.experience, settings.max_years)
        if not dry_run:
            keep = partial(store.rereading.keep, post, reading.experience, excluded, reading.model)
            await anyio.to_thread.run_sync(keep, limiter=limiter)
        changes.read += 1
        now = reading.experience
        if (post.experience.min_years, post.experience.stated) != (now.min_years, now.stated):
            changes.changed.append((post, now))

    async def worker() -> None:
        for post in waiting:
            if not post.text:
                changes.without_text += 1
                continue
            try:
                with ends_here():
                    await read(post)
            except OwnFault as exc:
                changes.failed.append((post, exc.sentence))

    async with anyio.create_task_group() as tg:
        for _ in range(WORKERS):
            tg.start_soon(worker)


def _as_json(changes: Changes, *, dry_run: bool) -> dict[str, object]:
    return {
        "read": changes.read,
        "without_text": changes.without_text,
        "failed": len(changes.failed),
        "changed": len(changes.changed),
        "dry_run": dry_run,
        "changes": [
            {
                "site": post.site,
                "url": post.url,
                "job_title": post.title,
                "before": {"min_years": post.experience.min_years, "stated": post.experience.stated},
                **asdict(now),
            }
            for post, now in changes.changed
        ],
    }


def _show(changes: Changes, *, dry_run: bool) -> None:
    if changes.changed:
        table = Table(box=None, pad_edge=False, expand=True, header_style="bold")
        for name in ("Was", "Is"):
            table.add_column(name, justify="right", no_wrap=True)
        table.add_column("Job", ratio=3)
        table.add_column("Company", ratio=1)
        table.add_column("What it says", ratio=4, style="dim")
        for post, now in changes.changed:
            table.add_row(
                post.experience.shown, now.shown, Text(post.title), Text(post.site), Text(now.evidence or "")
            )
        session.out.print(table)
    kept = " Nothing was changed (--dry-run)." if dry_run and changes.changed else ""
    without = f" {counted(changes.without_text, 'has', 'have')} no stored text." if changes.without_text else ""
    session.show(
        f"{counted(changes.read, 'post')} read again, "
        f"{len(changes.changed):,} with different years.{without}{kept}"
    )
