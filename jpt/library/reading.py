"""Posts and lists of jobs read from texts and HTML. Pure."""

from __future__ import annotations

from typing import Any, Literal
from urllib.parse import urlsplit

from jpt.extract.experience import experience, in_words
from jpt.extract.links import judge_twice, with_declared
from jpt.extract.markup import page_of
from jpt.extract.post import job_post, text_post
from jpt.identity.urls import openable
from jpt.library.values import FoundLink, NotCounted, Pay, Place, Post, Years
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
    _checked(text=text, title=title or "")
    shown = clean_text(text, _MOST_TEXT)
    post = text_post(clean_line(title or ""), shown)
    return _post(post, experience(shown), is_job=None)


def read_post_html(html: str, base_url: str) -> Post:
    """Read the page of a job post, which was served at *base_url*, and tell whether it is one.

    Scripts do not run: of a page that is put together in the browser, pass the HTML as it stands there.
    Raises ValueError if *base_url* is no http(s) address, TypeError if one is not a string.
    """
    page = page_of(html, _checked_base(html, base_url))
    post = job_post(page)
    return _post(post, experience(post.text, post.months_of_experience), is_job=post.is_job)


def find_links(html: str, base_url: str) -> tuple[FoundLink, ...]:
    """Judge which links of a page, which was served at *base_url*, lead to job posts.

    Returns one for each address, in order; then the jobs that only its data lists (schema.org). Links to the page
    itself are left out. Raises as `read_post_html` does.
    """
    page = page_of(html, _checked_base(html, base_url))
    links = with_declared(page, judge_twice(page))
    return tuple(
        FoundLink(link.url, link.text, link.is_job, link.score, link.why)
        for link in links
        if link.url != base_url and openable(link.url)
    )


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


def _checked_base(html: str, base_url: str) -> str:
    """Return the address of a page; raises ValueError if it is not http(s), TypeError if one is not a string."""
    _checked(html=html, base_url=base_url)
    try:
        parts = urlsplit(base_url.strip())
        is_web = parts.scheme.lower() in {"http", "https"} and bool(parts.hostname)
    except ValueError:
        is_web = False
    if not is_web:
        raise ValueError(f"base_url {base_url[:200]!r} is not the address of a page: expected https://…")
    return base_url.strip()


def _checked(**given: object) -> None:
    """Raise TypeError if a value is not a string."""
    for name, value in given.items():
        if not isinstance(value, str):
            raise TypeError(f"{name} must be a str, not {type(value).__name__}; decode bytes first.")
