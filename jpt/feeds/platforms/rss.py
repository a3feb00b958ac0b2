"""RSS and Atom, of whichever site: entries with their texts, and what further fields say of a job."""

from __future__ import annotations

import re
from collections.abc import Mapping
from html import escape
from typing import Any
from xml.etree import ElementTree as ET

from jpt.errors import FeedFault
from jpt.feeds.declared import WithPages
from jpt.feeds.protocol import Address, Batch, Board, FeedClient, made, merged
from jpt.feeds.shape import as_xml, by_cdata, day, joined, parsed_xml, salary
from jpt.models.pages import FeedJob

LEAST_TEXT = 400
"""A shorter description is a teaser: the post's own page says more."""
_MOST_LENIENT = 5_000_000
"""Characters of a feed that is no XML: feedparser reads ten million a second."""
_BEGINS = re.compile(r"<(?:rss|feed|rdf:RDF)\b", re.IGNORECASE)
_ENDS = re.compile(r"</(?:rss|feed|rdf:RDF)>\s*(?:<!--.{0,150}-->\s*)?$", re.IGNORECASE | re.DOTALL)
_DOCTYPE = re.compile(r"<!DOCTYPE\s[^<>\[\]]{0,500}>", re.IGNORECASE)
"""A document type without entities of its own, as RSS 0.91 has it."""
_ENTRY = re.compile(r"<(?:item|entry)[\s>]", re.IGNORECASE)
_FILE = re.compile(
    r"(?:[\w.-]+\.)?(?:rss|atom)(?:\.xml)?|feed\.xml|index\.rdf|(?:jobfeed|googlefeed)(?:\.xml)?", re.IGNORECASE
)


class Rss(WithPages):
    """A feed whose address says so, or that a page names as its own."""

    name = "rss"
    title = "the RSS feed"

    def board(self, address: Address) -> Board | None:
        """Recognise a feed by its file name."""
        if not address.path or not _FILE.fullmatch(address.path[-1]):
            return None
        return self.feed(address)

    def feed(self, address: Address) -> Board:
        """Take *address* as a feed."""
        return Board(self.name, address.host, address.url, address.origin)

    def parse(self, board: Board, text: str) -> Batch:
        """Read the entries."""
        return Batch(entries(text, self.title))

    async def read(self, board: Board, client: FeedClient) -> tuple[FeedJob, ...]:
        """Make one request."""
        text = await client.get(board.site, accept="application/rss+xml, application/atom+xml, application/xml")
        return merged(self.parse(board, text).jobs)


def entries(text: str, title: str) -> tuple[FeedJob, ...]:
    """Give the jobs of an RSS or Atom document; raises FeedFault where there are further pages.

    One that is not well-formed (`&nbsp;`, a stray `&`, a document type) is read by feedparser, if it is whole.
    """
    try:
        root = _root(text, title)
    except FeedFault as fault:
        return _leniently(text, title, fault)
    kind = _local(root)
    if kind not in {"rss", "feed", "RDF"}:
        raise FeedFault(f"{title} is <{kind[:40]}> and no RSS or Atom")
    if any(_local(link) == "link" and link.get("rel") == "next" for link in root.iter()):
        raise FeedFault(f"{title} has further pages")
    return made((entry for entry in root.iter() if _local(entry) in {"item", "entry"}), _job)


def _root(text: str, title: str) -> ET.Element:
    """Parse a feed, and once more with the commonest mistakes mended; raises FeedFault."""
    try:
        return parsed_xml(text, title)
    except FeedFault:
        return parsed_xml(as_xml(_DOCTYPE.sub("", text)), title)


def _leniently(text: str, title: str, fault: FeedFault) -> tuple[FeedJob, ...]:
    """Read a document that is no XML; raises *fault* unless it begins, ends and counts as a feed does."""
    is_feed = _BEGINS.search(text[:5_000]) and _ENDS.search(text[-200:])
    if not is_feed or len(text) > _MOST_LENIENT or "<!entity" in text.lower():
        raise fault
    import feedparser  # it takes a quarter of a second to load, and few feeds need it

    try:
        found = feedparser.parse(as_xml(text).encode(), sanitize_html=False, resolve_relative_uris=False)
    except (ValueError, LookupError, TypeError, AttributeError, re.error):
        raise fault from None  # it has been seen to raise on what it should call malformed
    if len(found.entries) != len(
        _ENTRY.findall("".join(part for part, is_cdata in by_cdata(text) if not is_cdata))
    ):
        raise fault
    if any(link.get("rel") == "next" for link in found.feed.get("links", ())):
        raise FeedFault(f"{title} has further pages")
    return made(found.entries, lambda entry: _job_of(_flat(entry), ""))


def _flat(entry: Mapping[str, Any]) -> dict[str, str]:
    """Give the texts of an entry of feedparser under their own names, without those of vocabularies."""
    said = {name: value.strip() for name, value in entry.items() if isinstance(value, str)}
    for name, value in list(said.items()):
        said.setdefault(name.partition("_")[2], value)
    content = entry.get("content")
    return {**said, "content": str(content[0].get("value", ""))} if content else said


def _job(entry: ET.Element) -> FeedJob:
    said: dict[str, str] = {}
    for child in entry.iter():
        text = (child.text or "").strip()
        if text and child is not entry:
            said.setdefault(_local(child).lower(), text)
    links = [
        link.get("href", "") for link in entry if _local(link) == "link" and link.get("rel") in {None, "alternate"}
    ]
    said["link"] = said.get("link", "") or next(filter(None, links), "")
    return _job_of(said, _places(entry))


def _job_of(said: Mapping[str, str], places: str) -> FeedJob:
    url = said.get("link") or said.get("guid", "") or said.get("id", "")
    title = said.get("title", "") or url
    if not url:
        fault = "an entry of the RSS feed without an address"
        return FeedJob("", title, keys=(f"row:{title}",), fault=fault)
    low, high = said.get("minimumsalary"), said.get("maximumsalary")
    html = _html(said)
    city = joined(said.get("city", ""), said.get("state", ""), said.get("country", ""))
    dated = said.get("pubdate") or said.get("published") or said.get("date") or said.get("updated")
    return FeedJob(
        url=url,
        title=title,
        location=places or said.get("location") or city,
        html=html,
        posted=day(dated),
        closing=day(
            said.get("advertisetodatetimeutc") or said.get("expirationdate") or said.get("expiration_date")
        ),
        company=said.get("company", "") or said.get("companyname", "") or said.get("employer", ""),
        department=said.get("department", ""),
        employment=said.get("jobtype", "") or said.get("employmenttype", ""),
        remote=said.get("remotestatus", "").lower() in {"fully", "remote"},
        salary=salary(low, high, said.get("salarycurrency", ""), said.get("salaryinterval", "").lower()),
        requisition=said.get("jobid", "") or said.get("referencenumber", ""),
        detail="" if len(html) >= LEAST_TEXT else url,
    )


def _places(entry: ET.Element) -> str:
    """Give the places that are taken apart into city and country."""
    found = []
    for place in entry.iter():
        if _local(place).lower() == "location" and len(place):
            said = {_local(part).lower(): (part.text or "").strip() for part in place}
            parts = joined(said.get("city", ""), said.get("state", ""), said.get("country", ""))
            found.append(parts or said.get("name", ""))
    return joined(*found, by="; ")


def _html(said: Mapping[str, str]) -> str:
    """Put the texts of an entry together, those of further fields under their names."""
    first = max((said.get(name, "") for name in ("encoded", "content", "description", "summary")), key=len)
    others = [f"<h2>{escape(_NAMES.get(name, name))}</h2>{text}" for name, text in said.items() if name in _NAMES]
    return "\n".join(filter(None, [first, *others]))


def _local(element: ET.Element) -> str:
    return str(element.tag).rpartition("}")[2]


_NAMES = {
    "examplesofduties": "Duties",
    "responsibilities": "Responsibilities",
    "qualifications": "Qualifications",
    "requirements": "Requirements",
    "supplementalinformation": "Further information",
    "benefits": "Benefits",
}
