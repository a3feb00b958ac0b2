"""The list of a site's openings, in each layout. Pure."""

import json
import random
from collections.abc import Sequence
from dataclasses import replace
from html import escape
from urllib.parse import quote

from tests.career_sites.adverts import JobAd
from tests.career_sites.frame import page, template
from tests.career_sites.server import Reply
from tests.career_sites.site import Layout, Site

_NOISE = {"busy-loop": "busy.js", "dialogs": "dialogs.js", "polling": "polling.js"}


def list_page(site: Site, jobs: Sequence[JobAd], read: int) -> Reply:
    """Give the careers page as it stands at its *read*th read (which only `tracking` shows)."""
    title = f"Careers | {site.name}"
    if site.layout in {"scripted", "late", "shadow", "hash"}:
        return page(
            site, title, _welcome(site) + _shell(site), scripts='<script src="/~scripts/list.js"></script>'
        )
    if site.layout == "base":
        rows = [(f"../jobs/{ad.slug}", ad) for ad in jobs]
        return page(site, title, _welcome(site) + _openings(rows), head=f'<base href="/{site.slug}/open/">')
    noise = _NOISE.get(site.layout)
    scripts = f'<script src="/~scripts/{noise}" data-base="/{site.slug}"></script>' if noise else ""
    rows = _tracked(site, jobs, read) if site.layout == "tracking" else [(site.job_path(ad), ad) for ad in jobs]
    return page(site, title, _welcome(site) + _openings(rows), scripts=scripts)


def nothing_open(site: Site) -> Reply:
    """Give a careers page that says that nothing is open."""
    words = (
        "<h2>Current openings</h2><p class='none'>There are no open positions at the moment. "
        "Please check back later.</p>"
    )
    return page(site, f"Careers | {site.name}", _welcome(site) + words)


def list_api(site: Site, jobs: Sequence[JobAd]) -> Reply:
    """Give the openings as the site's script fetches them; the script makes the links."""
    rows = [{"id": ad.id, "slug": ad.slug, "title": ad.title, "team": ad.team, "town": ad.town} for ad in jobs]
    reply = Reply(json.dumps({"total": len(rows), "openings": rows}).encode(), kind="application/json")
    return replace(reply, delay_s=site.seconds) if site.layout == "late" else reply


def _openings(rows: Sequence[tuple[str, JobAd]]) -> str:
    row = template("opening.html")
    items = "".join(
        row.substitute(href=escape(href), title=escape(ad.title), team=escape(ad.team), town=escape(ad.town))
        for href, ad in rows
    )
    count = "1 open position" if len(rows) == 1 else f"{len(rows)} open positions"
    return f'<h2>Current openings</h2><p class="count">{count}</p><ul>{items}</ul>'


def _shell(site: Site) -> str:
    layout: Layout = site.layout
    spinner = '<div class="spinner" role="progressbar">Loading…</div>' if layout == "late" else ""
    return f'<div id="app" data-base="/{site.slug}" data-layout="{layout}">{spinner}</div>'


def _tracked(site: Site, jobs: Sequence[JobAd], read: int) -> list[tuple[str, JobAd]]:
    """Shuffle, and add parameters of this read; the same read gives the same page."""
    dice = random.Random(f"{site.slug} {read}")
    session = f"{dice.getrandbits(64):016x}"
    rows = [
        (f"{site.job_path(ad)}?utm_source=careers&utm_campaign=c{dice.randrange(999)}&sid={session}", ad)
        for ad in jobs
    ]
    dice.shuffle(rows)
    return rows


def _welcome(site: Site) -> str:
    """Give what stands above the openings: an invitation and the decoys of a careers page."""
    teams = sorted({ad.team for ad in site.jobs})
    filters = "".join(f'<a href="/{site.slug}/careers?team={quote(team)}">{escape(team)}</a> ' for team in teams)
    return template("welcome.html").substitute(name=escape(site.name), slug=site.slug, filters=filters)
