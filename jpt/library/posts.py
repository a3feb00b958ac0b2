"""Posts read from texts and from HTML. Pure."""

from __future__ import annotations

from typing import Any, Literal

from jpt.extract.experience import experience, in_words
from jpt.extract.markup import page_of
from jpt.extract.post import job_post, text_post
from jpt.library.given import checked, checked_base
from jpt.library.values import NotCounted, Pay, Place, Post, Years
from jpt.models.jobs import Experience, JobPost
from jpt.text.clean import clean_line, clean_text

_MOST_TEXT = 2_000_000
"""Characters of a text that are read."""
_WORK: dict[object, Literal["onsite", "hybrid", "remote"]] = {
    "onsite": "onsite", "hybrid": "hybrid", "remote": "remote",
}  # fmt: skip


def read_post(text: str, title: str | None = None) -> Post:
    """Read the *text* of a job post, as people see it; *title* is passed on and never read for years.

    Whether the text is a post at all is not judged. Raises TypeError if it is no string, and nothing else.
    """
    checked(text=text, title=title or "")
    shown = clean_text(text, _MOST_TEXT)
    post = text_post(clean_line(title or ""), shown)
    return _post(post, experience(shown), is_job=None)


def read_post_html(html: str, base_url: str) -> Post:
    """Read the page of a job post, which was served at *base_url*, and tell whether it is one.

    Scripts do not run: of a page that is put together in the browser, pass the HTML as it stands there.
    Raises ValueError if *base_url* is no http(s) address, TypeError if one is not a string.
    """
    page = page_of(html, checked_base(html, base_url))
    post = job_post(page)
    return _post(post, experience(post.text, post.months_of_experience), is_job=post.is_job)


def _post(post: JobPost, found: Experience, *, is_job: bool | None) -> Post:
    closing = post.facts.get("closing")
    return Post(
        title=post.title,
        is_job=is_job,
        reason=post.reason,
        is_gone=post.gone,
        years=_years(found),
        text=post.text,
        company=post.company or None,
        location=post.location or None,
        places=tuple(Place(one.city, one.region, one.country, one.remote) for one in post.places if one.is_shown),
        work=_WORK.get(post.facts.get("work")),
        pay=_pay(post.facts.get("pay")),
        posted=post.posted or None,
        closing=closing if isinstance(closing, str) and closing else None,
    )


def _pay(stated: Any) -> Pay | None:
    """Return the pay if it is complete: one without currency or period is None."""
    if not isinstance(stated, dict) or not stated.get("currency") or not stated.get("per"):
        return None
    return Pay(stated["min"], stated["max"], stated["currency"], stated["per"])


def _years(found: Experience) -> Years:
    return Years(
        minimum=found.least,
        evidence=found.evidence,
        confidence=found.confidence,
        source="json-ld" if found.source == "json-ld" else "rules",
        doubt=found.doubt,
        not_counted=tuple(NotCounted(one.years, one.quote, in_words(one.reason)) for one in found.rejected),
    )
