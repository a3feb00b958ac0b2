"""The Atom feed of fitting jobs (RFC 4287): the same ids and times whenever it is written. Pure."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from datetime import UTC, datetime
from xml.etree import ElementTree as ET

from jpt.digest.compose import row
from jpt.digest.extras import href
from jpt.identity.urls import key_of
from jpt.models.digests import DigestEntry

_ATOM = "http://www.w3.org/2005/Atom"
_HOME = uuid.UUID("7c2c5a3e-6f0e-4f3c-9a55-1d0f6f1b7a10")
"""Where the names of entries come from, so that a job has one name in every feed."""


def atom(entries: Sequence[DigestEntry], database: str) -> str:
    """Return *entries*, newest first, as a feed; *database* is the name that makes the feed's own id."""
    ET.register_namespace("", _ATOM)
    feed = ET.Element(f"{{{_ATOM}}}feed")
    _text(feed, "id", f"urn:uuid:{uuid.uuid5(_HOME, 'feed ' + database)}")
    _text(feed, "title", "New jobs that fit")
    _text(feed, "subtitle", "What jpt found on the careers pages that it watches")
    _text(feed, "updated", _moment(max((entry.news.found_ts_ms for entry in entries), default=0)))
    _text(feed, "generator", "jpt")
    _text(_child(feed, "author"), "name", "jpt")
    for entry in entries:
        _entry(feed, entry)
    ET.indent(feed)
    body = ET.tostring(feed, encoding="unicode")
    return f'<?xml version="1.0" encoding="utf-8"?>\n{body}\n'


def _entry(feed: ET.Element, entry: DigestEntry) -> None:
    job = entry.news
    now = datetime.fromtimestamp(job.found_ts_ms / 1000, UTC)
    shown = row(entry, now)
    element = _child(feed, "entry")
    _text(element, "id", f"urn:uuid:{uuid.uuid5(_HOME, key_of(job.url))}")
    _text(element, "title", f"{shown.title} · {job.company}")
    if address := href(job.url):
        _child(element, "link", rel="alternate", href=address)
    _text(element, "published", _moment(job.found_ts_ms))
    _text(element, "updated", _moment(job.found_ts_ms))
    _text(_child(element, "author"), "name", job.company)
    # The age of the find is no part of what the entry says: the feed would change every day.
    said = " · ".join([shown.said + (" (please check)" if shown.doubt else ""), *shown.facts])
    _text(element, "summary", f"{said}\n“{shown.quote}”" if shown.quote else said)


def _child(parent: ET.Element, name: str, **attributes: str) -> ET.Element:
    return ET.SubElement(parent, f"{{{_ATOM}}}{name}", attributes)


def _text(parent: ET.Element, name: str, text: str) -> None:
    _child(parent, name).text = text


def _moment(ts_ms: int) -> str:
    return datetime.fromtimestamp(ts_ms / 1000, UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
