"""Platforms of which no public feed is known well enough: their sitemaps name the posts, which declare themselves.

Breezy, iCIMS with Jibe, Phenom, SuccessFactors. Where a sitemap is missing or names no post the browser reads
the page.
"""

from __future__ import annotations

import re

from jpt.feeds.protocol import Address, Board
from jpt.feeds.sitemap import HostSitemap


class Breezy(HostSitemap):
    """Boards at {company}.breezy.hr."""

    name = "breezy"
    title = "Breezy's sitemap"
    hosts = r"(?!www\.|app\.|api\.)[a-z0-9-]+\.breezy\.hr"
    posts = r"^/(?:[a-z]{2}(?:-[a-z]{2})?/)?p/([0-9a-f]{8,})"
    lists = r"/(?:embed)?"


class Icims(HostSitemap):
    """Boards at {name}.icims.com."""

    name = "icims"
    title = "iCIMS' sitemap"
    hosts = r"(?!www\.)[a-z0-9-]+\.icims\.com"
    posts = r"^/jobs/(\d+)/[^?]*job\b"
    lists = r"/(?:jobs(?:/(?:search|intro))?)?"


class Jibe(HostSitemap):
    """Boards of iCIMS at {company}.jibeapply.com, or on the company's own host."""

    name = "jibe"
    title = "Jibe's sitemap"
    marks = r"jibecdn\.com|\.jibeapply\.com"
    hosts = r"(?!www\.)[a-z0-9-]+\.jibeapply\.com"
    posts = r"^/(?:[\w-]+/)?jobs/([\w-]*\d[\w-]*)"
    lists = r"/(?:[\w-]+/)?(?:jobs)?"


class Phenom(HostSitemap):
    """Boards on the company's own host."""

    name = "phenom"
    title = "Phenom's sitemap"
    marks = r"\.phenompeople\.com|phenomtrack|/phenom-"
    posts = r"^/(?:[\w-]+/){0,3}job/([\w-]+)/"


class SuccessFactors(HostSitemap):
    """Boards at {name}.jobs2web.com, or on the company's own host."""

    name = "successfactors"
    title = "SuccessFactors' sitemap"
    marks = r"rmkcdn\.successfactors\.com|\.jobs2web\.com"
    hosts = r"(?!www\.)[a-z0-9.-]+\.jobs2web\.com"
    posts = r"^/(?:[\w-]+/)?job/[^/]+/(\d{6,})"
    lists = r"/(?:search|go)?"

    def board(self, address: Address) -> Board | None:
        """Recognise a board by its host; one of the old kind is known by its company, and has no feed."""
        if _OLD_HOST.fullmatch(address.host):
            company = address.value("company") or address.value("career_company")
            return Board(self.name, company, has_feed=False) if company else None
        return super().board(address)

    def key(self, address: Address) -> str | None:
        """Know a post by its host and number, one of the old kind by its company and number."""
        if not _OLD_HOST.fullmatch(address.host):
            return super().key(address)
        company = address.value("company") or address.value("career_company")
        number = address.value("career_job_req_id") or address.value("jobId")
        return f"successfactors:{company}/{number}".lower() if company and number.isdigit() else None


_OLD_HOST = re.compile(r"(?:[\w-]+\.)?(?:successfactors\.(?:com|eu)|sapsf\.(?:com|eu|cn))")
