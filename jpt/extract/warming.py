"""The rules made ready while nothing else is to be done: a made-up post is read once in a process. Pure.

Patterns are compiled, and tables unpacked, when they are first used (`jpt/text/late.py`): half a second of CPU for
the first post, while all pages wait for it. Read early, in a thread, it costs the time of a browser's start.
"""

from __future__ import annotations

import logging
from datetime import date
from functools import cache
from threading import Thread

from jpt.extract.finding import read_post
from jpt.extract.listing import glance
from jpt.extract.markup import page_of

_ADDRESS = "https://jobs.example.com/careers/1234-software-engineer"
_DAY = date(2026, 1, 1)
# One sentence of each kind that the rules tell apart.
_POST = """<!doctype html><html lang="en"><head><title>Software Engineer (m/f/d) | Example</title>
<script type="application/ld+json">{"@context": "https://schema.org", "@type": "JobPosting", "title":
"Software Engineer", "datePosted": "2026-01-01", "hiringOrganization": {"name": "Example"}, "jobLocation":
{"@type": "Place", "address":
{"addressLocality": "Berlin", "addressCountry": "DE"}}}</script></head><body>
<nav><a href="/careers">Back to all jobs</a></nav>
<main><article><h1>Software Engineer (m/f/d)</h1><p>Engineering · Berlin, Germany · Full-time · Hybrid</p>
<p>Location: Berlin, Germany</p><p>Salary: €50,000 - €60,000 per year</p><p>Posted: 1 January 2026</p>
<p>Apply by 31 December 2199.</p>
<p>Founded 30 years ago, Example has built software for more than 20 years.
Our team has 10 years of experience.</p>
<h2>What you will do</h2><ul><li>Build services, for 3 months with a mentor</li>
<li>Work from home 2 days a week</li></ul>
<h2>Requirements</h2><ul><li>At least 3 years of professional experience with Python, or a degree</li>
<li>Bachelor's degree with 5+ years of experience, or Master's degree with 2 years</li>
<li>You are at least 18 years old and have held a driving licence for one year</li>
<li>3-year apprenticeship, no experience needed</li></ul>
<h2>Nice to have</h2><ul><li>Preferably 5 years of experience in a similar role</li></ul>
<h2>What we offer</h2><ul><li>30 days of holiday, a contract limited to 2 years</li></ul>
<a href="/careers/1234-software-engineer/apply">Apply now</a></article>
<h2>Similar jobs</h2><ul><li><a href="/careers/1235-data-engineer">Data Engineer</a> <span>Hamburg</span></li>
<li><a href="/careers/1236-cook">Cook</a> <span>Munich</span></li></ul></main>
<footer><a href="/privacy">Privacy</a></footer></body></html>"""

log = logging.getLogger(__name__)


@cache
def warm_up() -> Thread:
    """Begin to make the rules ready; only the first call in a process does. Gives the thread that does it."""
    thread = Thread(target=_warmed, name="warm-up", daemon=True)
    thread.start()
    return thread


def _warmed() -> None:
    try:
        page = page_of(_POST, _ADDRESS)
        glance(page)
        read_post(page, "Software Engineer", 3, _DAY)
    except Exception:
        # Whatever fails here fails again, and is reported, where somebody needs it.
        log.info("the rules could not be made ready early", exc_info=True)
