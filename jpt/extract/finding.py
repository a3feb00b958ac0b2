"""A rendered page becomes a finding: a job with its years, or the reason why it is none. Pure."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any
from urllib.parse import urlsplit

from jpt.errors import Download, NotAPage, PageFault, Throttled
from jpt.extract.experience import Policy, experience
from jpt.extract.health import barred
from jpt.extract.model import Reading
from jpt.extract.post import job_post
from jpt.extract.post.days import closed_on
from jpt.extract.post.inline import own_part
from jpt.models.jobs import Experience, Finding, JobPost
from jpt.models.pages import PageRead
from jpt.models.places import as_rows

_LEAST_PART = 120
"""Characters that the part of a list's page which is one job must have to be read."""
_DOCUMENT_SUFFIXES = (".doc", ".docx", ".odt", ".rtf")
_DOCUMENT_HOSTS = frozenset({"docs.google.com", "drive.google.com"})


@dataclass(frozen=True, slots=True)
class NoJob:
    """A page that is not an open job post."""

    reason: str
    gone: bool = False
    """It was one."""


@dataclass(frozen=True, slots=True)
class ReadPost:
    """A page, and what the rules read in it."""

    page: PageRead
    says: Finding | NoJob


def openable_page(url: str) -> None:
    """Raise NotAPage when the address alone says that it is a document; Download when that is a PDF."""
    parts = urlsplit(url)
    if parts.path.lower().endswith(".pdf"):
        raise Download("it is a document, not a page", page=url)
    if parts.path.lower().endswith(_DOCUMENT_SUFFIXES) or parts.hostname in _DOCUMENT_HOSTS:
        raise NotAPage("it is a document, not a page", page=url)


def read_post(
    page: PageRead,
    anchor_text: str,
    max_years: int,
    today: date | None = None,
    policy: Policy = "lowest",
) -> Finding | NoJob:
    """Read a rendered page as a job post; raises PageFault or Outage when it bars the way.

    Given *today*, a post whose closing date has passed for a day (zones differ) is over.
    """
    if (part := own_part(page, anchor_text)) is not None:
        if len(part.text) < _LEAST_PART:
            raise NotAPage("it is on the list page itself, which says no more about it", page=page.url)
        page = part
    post = job_post(page, anchor_text)
    if not post.gone:
        _raise_if_barred(page, post)
    if not post.is_job:
        return NoJob(f"{'gone' if post.gone else 'not a job post'}: {post.reason}", post.gone)
    if today is not None and (closed := closed_on(post.facts)) and closed + timedelta(days=1) < today:
        return NoJob(f"gone: it closed on {closed.isoformat()}", gone=True)
    years = experience(post.text, post.months_of_experience, policy)
    return Finding(
        title=post.title,
        experience=years,
        exclude_reason=exclude_reason(years, max_years),
        facts=_facts(page, post),
        text=post.text,
    )


def with_reading(finding: Finding, reading: Reading, max_years: int) -> Finding:
    """Put a second reading of the years in the place of the first."""
    facts = finding.facts if reading.model is None else {**finding.facts, "model": reading.model}
    excluded = exclude_reason(reading.experience, max_years)
    return replace(finding, experience=reading.experience, exclude_reason=excluded, facts=facts)


def link_only(anchor_text: str, url: str, reason: str) -> Finding:
    """Stand in for a job whose page cannot be read: nothing is guessed, the reason is kept."""
    return Finding(
        title=anchor_text or urlsplit(url).path.rstrip("/").rpartition("/")[2] or url,
        experience=Experience(min_years=0, stated=False, evidence=None, confidence="low"),
        unread=reason,
    )


def unopened(title: str, rule: str) -> Finding:
    """Stand in for a job whose *title* alone keeps it from everybody, by *rule*: its page is not opened."""
    return Finding(
        title=title,
        experience=Experience(min_years=0, stated=False, evidence=None, confidence="medium"),
        exclude_reason=rule,
        facts={"unopened": True},
    )


def exclude_reason(years: Experience, max_years: int) -> str | None:
    """Name why a job asks too much, in the old system's words; None when it fits."""
    return f"min_years_gte_{max_years + 1}" if years.min_years > max_years else None


def _raise_if_barred(page: PageRead, post: JobPost) -> None:
    status, reason = (not post.is_job and barred(page)) or ("ok", "")
    if page.http_status == 429 or page.retry_after_s is not None:
        # The host has had enough for now: that is no fault of this page.
        raise Throttled(reason or f"HTTP {page.http_status}", page.retry_after_s, page=page.url)
    if status in {"blocked", "error"}:
        raise PageFault(reason, page=page.url)


def _facts(page: PageRead, post: JobPost) -> dict[str, Any]:
    known = {"location": post.location, "company": post.company, "posted": post.posted}
    facts = {**{name: value for name, value in known.items() if value}, **post.facts}
    if post.places:
        facts["places"] = as_rows(post.places)
    if post.months_of_experience is not None:
        facts["months_of_experience"] = post.months_of_experience
    if page.final_url != page.url:
        facts["final_url"] = page.final_url
    if (declared := page.meta.get("canonical")) and declared not in {page.url, page.final_url}:
        facts["canonical_url"] = declared
    return facts
