"""Stored jobs to look through."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from jpt.models.jobs import Experience, Finding
from jpt.models.pages import Company, Link, ListRead, PageRead
from jpt.store import Store


@dataclass(frozen=True)
class Post:
    """A post of a company's page."""

    title: str
    years: int | None = 2
    location: str = "Berlin"
    site: str = "Acme"
    text: str = "We build bridges."
    facts: dict[str, Any] = field(default_factory=dict)
    number: int = 0

    @property
    def url(self) -> str:
        host = self.site.lower().replace(" ", "-")
        return f"https://{host}.example/jobs/{1000 + self.number}-{self.title.lower().replace(' ', '-')}"

    @property
    def finding(self) -> Finding:
        quote = f"at least {self.years} years of experience" if self.years is not None else None
        experience = Experience(self.years or 0, self.years is not None, quote, "high")
        text = f"{self.title}\n{self.text}\nYou have {quote}." if quote else f"{self.title}\n{self.text}"
        return Finding(self.title, experience, facts={"location": self.location, **self.facts}, text=text)


def stock(path: Path, *posts: Post) -> None:
    """Store *posts* as runs do: listed on their company's page, read, and open."""
    by_site: dict[str, list[Post]] = {}
    for post in posts:
        by_site.setdefault(post.site, []).append(post)
    with Store.open(path) as store, store.worker() as name:
        for site, some in by_site.items():
            careers = f"https://{site.lower().replace(' ', '-')}.example/jobs"
            links = tuple(Link(post.url, post.title, is_job=True, score=1.0, why=()) for post in some)
            read = ListRead(PageRead(careers, careers, 200, "Jobs", "Jobs", seconds=1.0), "ok", "", links, None)
            store.sites.record(Company(site, careers), read, queue=True)
            findings = {post.url: post.finding for post in some}
            while (waiting := store.queue.due(site)) is not None:
                task = store.queue.lease(waiting, name)
                assert task is not None
                store.jobs.finish(task, findings[task.url])
