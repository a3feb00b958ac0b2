"""A job of a feed as a page, so that the same rules judge it; and as stored. Pure."""

from __future__ import annotations

import hashlib
import json
import zlib
from dataclasses import asdict
from typing import Any

from pydantic import TypeAdapter

from jpt.feeds.protocol import Board
from jpt.models.pages import FeedJob, PageRead
from jpt.text.clean import clean_line, clean_text
from jpt.text.html import html_text

_MOST_TEXT = 300_000
_JOB, _BOARD = TypeAdapter(FeedJob), TypeAdapter(Board)


def post_page(job: FeedJob, url: str, feed: str) -> PageRead:
    """Give the post of *job*, which is stored as *url*, as a page."""
    title = clean_line(job.title)
    return PageRead(
        url=url,
        final_url=url,
        http_status=200,
        title=title,
        text=clean_text("\n".join(filter(None, [title, *_stated(job), "", html_text(job.html)])), _MOST_TEXT),
        headings=(title,),
        json_ld=(json.dumps(_posting(job), ensure_ascii=False),),
        method=f"feed:{feed}",
    )


def fingerprint(job: FeedJob) -> str:
    """Give a fingerprint of a post in its feed, without dates, which boards renew by themselves."""
    said = (job.title, job.location, job.html, job.company, job.employment, job.remote, job.pay, job.salary)
    return hashlib.sha256(repr(said).encode("utf-8", "replace")).hexdigest()[:32]


def packed(job: FeedJob, board: Board) -> bytes:
    """Write *job* and its board for the store."""
    value = {**asdict(job), "groups": [], "board": asdict(board)}
    kept = {name: part for name, part in value.items() if part}
    return zlib.compress(json.dumps(kept, ensure_ascii=False).encode("utf-8", "replace"), 3)


def unpacked(value: bytes) -> tuple[FeedJob, Board] | None:
    """Read what `packed` wrote; None if this version cannot."""
    try:
        raw = json.loads(zlib.decompress(value))
        return _JOB.validate_python(raw), _BOARD.validate_python(raw["board"])
    except (ValueError, TypeError, KeyError, zlib.error):
        return None


def board_text(board: Board) -> str:
    """Write *board* for the store."""
    return json.dumps(asdict(board), ensure_ascii=False)


def board_from(value: str) -> Board | None:
    """Read what `board_text` wrote; None if this version cannot."""
    try:
        return _BOARD.validate_json(value)
    except ValueError:
        return None


def _stated(job: FeedJob) -> list[str]:
    """Give the facts that a board shows above the text, a line each."""
    named = {"Location": job.location, "Department": job.department, "Employment type": job.employment}
    lines = [f"{name}: {clean_line(value)}" for name, value in named.items() if value]
    if job.pay:
        lines.append(f"Salary: {clean_line(job.pay)}")
    if job.remote and "remote" not in job.location.lower():
        lines.append("Remote")
    return lines


def _posting(job: FeedJob) -> dict[str, Any]:
    """Give the facts in schema.org's words; the text stands in the page."""
    pay = job.salary
    value = {"minValue": pay.low, "maxValue": pay.high, "unitText": pay.per} if pay else None
    found: dict[str, Any] = {
        "@type": "JobPosting",
        "title": job.title,
        "hiringOrganization": {"name": job.company} if job.company else None,
        "jobLocation": job.location,
        "jobLocationType": "TELECOMMUTE" if job.remote else "",
        "datePosted": job.posted,
        "validThrough": job.closing,
        "employmentType": job.employment,
        "identifier": {"value": job.requisition} if job.requisition else None,
        "baseSalary": {"@type": "MonetaryAmount", "currency": pay.currency, "value": value} if pay else None,
    }
    return {name: part for name, part in found.items() if part}
