"""Lists of jobs read from HTML. Pure."""

from __future__ import annotations

from jpt.extract.links import judge_twice, with_declared
from jpt.extract.markup import page_of
from jpt.identity.urls import openable
from jpt.library.given import checked_base
from jpt.library.values import FoundLink


def find_links(html: str, base_url: str) -> tuple[FoundLink, ...]:
    """Judge which links of a page, which was served at *base_url*, lead to job posts.

    Returns one for each address, in order; then the jobs that only its data lists (schema.org). Links to the page
    itself are left out. Raises as `read_post_html` does.
    """
    page = page_of(html, checked_base(html, base_url))
    links = with_declared(page, judge_twice(page))
    return tuple(
        FoundLink(link.url, link.text, link.is_job, link.score, link.why)
        for link in links
        if link.url != base_url and openable(link.url)
    )
