"""What a run came to: counted from its events."""

from __future__ import annotations

from collections import Counter
from dataclasses import asdict, dataclass, field
from time import monotonic
from typing import Any

from jpt.models import events
from jpt.models.changes import Change
from jpt.models.digests import Outcome
from jpt.models.jobs import Job
from jpt.models.pages import GOOD, Company, Health

_WORST: tuple[Health, ...] = ("error", "blocked", "empty", "suspect", "ok", "none")
"""A site with several pages fares as its worst page."""


@dataclass(frozen=True, slots=True)
class Failure:
    """One line of what went wrong."""

    site: str
    url: str
    error: str


@dataclass(eq=False, slots=True)
class Tally:
    """Counts events as they come; every number of the report is derived from here."""

    companies: tuple[Company, ...]
    pages: dict[tuple[str, str], events.SiteDone] = field(default_factory=dict)
    skipped: dict[tuple[str, str], events.SiteSkipped] = field(default_factory=dict)
    """Pages that were not read, for a reason that is no failure."""
    jobs: list[Job] = field(default_factory=list)
    """Those whose posts were read for the first time."""
    changes: list[Change] = field(default_factory=list)
    """What became of those that were known."""
    failures: list[Failure] = field(default_factory=list)
    not_jobs: int = 0
    failed: int = 0
    waiting: int = 0
    """Posts left for the next run."""
    no_network: events.NoNetwork | None = None
    model: events.ModelUsed | None = None
    """What a model was asked; None when none was to be asked."""
    browsers_died: int = 0
    """Browsers that died and were replaced."""
    digest: Outcome | None = None
    """What came of the digest; None when none was asked for."""
    _begun: float = field(default_factory=monotonic)

    def __call__(self, event: events.Event) -> None:
        """Count *event*."""
        match event:
            case events.SiteDone():
                self.pages[event.site, event.url] = event
                if event.status not in GOOD:
                    self.failures.append(Failure(event.site, event.url, f"{event.status}: {event.reason}"))
            case events.SiteSkipped():
                self.skipped[event.site, event.url] = event
            case events.TaskDone():
                self.jobs += [event.job] if event.job.is_new else []
                self._forgive(event.job.site, event.job.url)
            case events.TaskDismissed():
                self.not_jobs += 1
                self._forgive(event.site, event.url)
            case events.ModelUsed():
                self.model = event
            case events.QueueLeft():
                self.waiting = event.waiting
            case events.TaskFailed():
                self.failed += event.final
                self._forgive(event.site, event.url)
                self.failures.append(Failure(event.site, event.url, event.reason))
            case events.BrowsersDied():
                self.browsers_died += event.count
            case events.NoNetwork():
                self.no_network = event
            case events.Digested():
                self.digest = event.outcome

    def _forgive(self, site: str, url: str) -> None:
        """A post that was read at the second try did not fail."""
        self.failures = [one for one in self.failures if (one.site, one.url) != (site, url)]

    @property
    def seconds(self) -> float:
        """Seconds since the run began."""
        return monotonic() - self._begun

    @property
    def queued(self) -> int:
        """New job links put in the queue."""
        return sum(page.queued for page in self.pages.values())

    def sites(self) -> Counter[Health]:
        """Count the sites by how they fared; those not read yet are left out."""
        fared: dict[str, Health] = {}
        for page in self.pages.values():
            worst = fared.get(page.site, page.status)
            fared[page.site] = min(worst, page.status, key=_WORST.index)
        return Counter(fared.values())

    @property
    def complete(self) -> bool:
        """Whether every site was read, nothing failed, and what was due was sent."""
        told = self.digest is None or not self.digest.failed
        paused = sum(page.why == "paused" for page in self.skipped.values())
        is_all_read = len(self.pages) + paused >= len(self.companies) and not self.partial
        return not self.failures and is_all_read and told

    @property
    def partial(self) -> list[events.SiteDone]:
        """Return the pages of which a part is known to be missing."""
        return [page for page in self.pages.values() if page.partial is not None and page.partial.is_sure]

    @property
    def left(self) -> list[events.SiteSkipped]:
        """Return the pages that are left for later because their hosts ask for that."""
        return [page for page in self.skipped.values() if page.why == "not yet"]

    @property
    def unread(self) -> list[Job]:
        """Return the jobs of this run whose posts could not be read."""
        return [job for job in self.jobs if job.unread is not None]

    def as_json(self) -> dict[str, Any]:
        """Return the report in the shape that other programs rely on."""
        sites = self.sites()
        good = sites["ok"] + sites["none"]
        return {
            "sites": {
                "total": len({company.name for company in self.companies}),
                "ok": good,
                "failed": sites["blocked"] + sites["error"] + sites["empty"],
                "suspect": sites["suspect"],
            },
            "links": {
                "seen": sum(page.links for page in self.pages.values()),
                "added": sum(page.added for page in self.pages.values()),
            },
            "jobs": {
                "queued": self.queued,
                "done": len(self.jobs),
                "failed": self.failed,
                "not_jobs": self.not_jobs,
            },
            "waiting": self.waiting,
            "left": [{"site": page.site, "url": page.url, "wait_s": page.wait_s} for page in self.left],
            "partial": [
                {"site": page.site, "url": page.url, **asdict(page.partial)}
                for page in self.partial
                if page.partial
            ],
            "browsers_died": self.browsers_died,
            "model": asdict(self.model) if self.model is not None else None,
            "digest": self.digest.as_json() if self.digest and self.digest.configured else None,
            "seconds": round(self.seconds, 2),
            "failures": [{"site": one.site, "url": one.url, "error": one.error} for one in self.failures],
        }
