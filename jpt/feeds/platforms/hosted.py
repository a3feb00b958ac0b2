"""Platforms of which no public feed is known: their sitemaps name the posts, which declare themselves.

iCIMS and Phenom. Where a sitemap is missing or names no post the browser reads the page.
"""

from __future__ import annotations

from jpt.feeds.platforms.sitemap import HostSitemap


class Icims(HostSitemap):
    """Boards at {name}.icims.com."""

    name = "icims"
    title = "iCIMS' sitemap"
    hosts = r"(?!www\.)[a-z0-9-]+\.icims\.com"
    posts = r"^/jobs/(\d+)/[^?]*job\b"
    lists = r"/(?:jobs(?:/(?:search|intro))?)?"


class Phenom(HostSitemap):
    """Boards on the company's own host."""

    name = "phenom"
    title = "Phenom's sitemap"
    marks = r"\.phenompeople\.com|phenomtrack|/phenom-"
    posts = r"^/(?:[\w-]+/){0,3}job/([\w-]+)/"
