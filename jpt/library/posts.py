"""Posts read from texts and from HTML. Pure."""

from __future__ import annotations

from typing import Any, Literal

from jpt.extract.experience import experience, in_words
from jpt.extract.markup import page_of
from jpt.extract.post import job_post
from jpt.extract.post.facts import stated_facts
from jpt.library.given import checked, checked_base
from jpt.library.values import NotCounted, Post, Years
from jpt.models.jobs import Experience
from jpt.text.clean import clean_line, clean_text

_MOST_TEXT = 2_000_000
"""Characters of a text that are read."""
_WORK: dict[object, Literal["onsite", "hybrid", "remote"]] = {
    "onsite": "onsite", "hybrid": "hybrid", "remote": "remote",
}  # fmt: skip


def read_post(text: str, title: str | None = None) -> Post:
    """Read the *text* of a job post, as people see it; *title* is passed on and never read for years.

    Whether the text is a post at all is not judged. Raises TypeError where it is no string, and nothing else.
    """
    checked(text=text, title=title or "")
    shown = clean_text(text, _MOST_TEXT)
    return _post(shown, experience(shown), stated_facts(shown), title=clean_line(title or ""))


def read_post_html(html: str, base_url: str) -> Post:
    """Read the page of a job post, which was served at *base_url*, and tell whether it is one.

    Scripts do not run: of a page that is put together in the browser, pass the HTML as it stands there.
    Raises ValueError where *base_url* is no http(s) address, TypeError where either is no string.
    """
    page = page_of(html, checked_base(html, base_url))
    post = job_post(page)
    told = {"location": post.location, "company": post.company, "posted": post.posted}
    return _post(
        post.text,
        experience(post.text, post.months_of_experience),
        {**post.facts, **told},
        title=post.title,
        is_job=post.is_job,
        reason=post.reason,
        is_gone=post.gone,
    )


def _post(
    text: str,
    found: Experience,
    facts: dict[str, Any],
    *,
    title: str,
    is_job: bool | None = None,
    reason: str = "",
    is_gone: bool = False,
) -> Post:
    def said(name: str) -> str | None:
        value = facts.get(name)
        return value if isinstance(value, str) and value else None

    return Post(
        title=title,
        is_job=is_job,
        reason=reason,
        is_gone=is_gone,
        years=_years(found),
        text=text,
        company=said("company"),
        location=said("location"),
        work=_WORK.get(facts.get("work")),
        posted=said("posted"),
        closing=said("closing"),
    )


def _years(found: Experience) -> Years:
    return Years(
        minimum=found.least,
        evidence=found.evidence,
        confidence=found.confidence,
        source="json-ld" if found.source == "json-ld" else "rules",
        doubt=found.doubt,
        not_counted=tuple(NotCounted(one.years, one.quote, in_words(one.reason)) for one in found.rejected),
    )
