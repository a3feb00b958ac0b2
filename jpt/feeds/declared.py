"""A schema.org JobPosting as a feed's entry or a page declares it, as a job. Pure."""

from __future__ import annotations

from typing import Any

from jpt.errors import FeedFault
from jpt.feeds.protocol import Board, Platform
from jpt.feeds.shape import Node, day, inner, items, joined, number, salary, text_at, text_of
from jpt.models.pages import FeedJob
from jpt.text.html import json_ld_of
from jpt.text.json_ld import postings


def declared(
    posting: Node, *, url: str, title: str = "", keys: tuple[str, ...] = (), html: str = "", posted: str = ""
) -> FeedJob:
    """Make a job of *posting*; other arguments take precedence over its own fields."""
    places = posting.get("jobLocation")
    listed = places if isinstance(places, list) else [places]
    pay = posting.get("baseSalary")
    low = number(inner(pay, "value", "minValue")) or inner(pay, "value", "value")
    per = text_at(pay, "value", "unitText").lower()
    organisation = posting.get("hiringOrganization")
    employment = posting.get("employmentType")
    return FeedJob(
        url=url,
        title=title or text_at(posting, "title") or text_at(posting, "name"),
        keys=keys,
        location=joined(*(_place(place) for place in listed), by="; "),
        html=html or text_at(posting, "description"),
        posted=posted or day(posting.get("datePosted")),
        closing=day(posting.get("validThrough")),
        company=text_at(organisation, "name") or text_of(organisation),
        employment=joined(*map(text_of, items(employment))) or text_of(employment),
        remote="TELECOMMUTE" in text_at(posting, "jobLocationType").upper(),
        salary=salary(low, inner(pay, "value", "maxValue"), text_at(pay, "currency"), per),
        requisition=text_at(posting, "identifier", "value"),
    )


def _place(place: Any) -> str:
    address = inner(place, "address")
    if not isinstance(address, dict):
        return text_of(address) or text_at(place, "name") or text_of(place)
    country = address.get("addressCountry")
    return joined(
        text_at(address, "addressLocality"),
        text_at(address, "addressRegion"),
        text_at(country, "name") or text_of(country),
    )


LEAST_TEXT = 200
"""A declared description below so many characters is a teaser."""


class WithPages(Platform):
    """A platform whose posts' pages declare themselves."""

    def detail(self, board: Board, job: FeedJob, text: str) -> FeedJob:
        """Complete *job* from its page; raises FeedFault unless that declares the whole post."""
        return _from_page(job, text)


def _from_page(job: FeedJob, html: str) -> FeedJob:
    found = postings(json_ld_of(html))
    if len(found) != 1:
        raise FeedFault(f"the page of the post declares {len(found)} jobs")
    own = declared(found[0], url=job.url, keys=job.keys)
    if not own.title or len(own.html) < LEAST_TEXT:
        raise FeedFault("the page of the post does not declare its text")
    return own
