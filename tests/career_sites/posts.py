"""A job post in each of the ways it can answer. Pure."""

import json
from dataclasses import replace
from html import escape

from tests.career_sites.adverts import JobAd
from tests.career_sites.frame import page, template
from tests.career_sites.server import Answer, Reply, Silence
from tests.career_sites.site import Site
from tests.pdfs import pdf

_STATUS = {"gone": 404, "removed": 410}


def post(site: Site, ad: JobAd) -> Answer:
    """Answer a request for the page of *ad*."""
    title = f"{ad.title} | {site.name}"
    match ad.page:
        case "static":
            return page(site, title, post_html(site, ad), head=_json_ld(site, ad))
        case "scripted":
            shell = f'<div id="app" data-base="/{site.slug}" data-job="{escape(ad.id)}"></div>'
            return page(site, site.name, shell, scripts='<script src="/~scripts/list.js"></script>')
        case "gone" | "removed":
            words = "<h1>Page not found</h1><p>What you are looking for is not here any more.</p>"
            return replace(page(site, f"Not found | {site.name}", words), status=_STATUS[ad.page])
        case "closed":
            words = template("closed.html").substitute(title=escape(ad.title), slug=site.slug)
            return page(site, title, words)
        case "redirect":
            return Reply(status=302, headers=(("Location", site.careers),))
        case "pdf":
            return Reply(pdf([ad.title]), kind="application/pdf")
        case "paper":
            return Reply(pdf([ad.title, *ad.text(site.name).split("\n")]), kind="application/pdf")
        case "login":
            return Reply(status=302, headers=(("Location", f"/{site.slug}/login?next={site.job_path(ad)}"),))
        case "hang":
            return Silence()


def post_api(site: Site, ad: JobAd) -> Answer:
    """Answer the script that fetches a post: with the advert, or as its page would without one."""
    if ad.page == "hang":
        return Silence()
    if ad.page in _STATUS:
        return Reply(b'{"error": "no such job"}', _STATUS[ad.page], "application/json")
    facts = {"id": ad.id, "title": f"{ad.title} | {site.name}", "html": post_html(site, ad)}
    return Reply(json.dumps(facts).encode(), kind="application/json")


def post_html(site: Site, ad: JobAd) -> str:
    """Give the post itself, with what stands around it on a real one."""
    return template("post.html").substitute(
        slug=site.slug,
        job=ad.slug,
        title=escape(ad.title),
        team=escape(ad.team),
        town=escape(ad.town),
        body=ad.html(site.name),
        similar=_similar(site, ad),
    )


def login_page(site: Site) -> Reply:
    """Give a sign-in page."""
    return page(site, f"Sign in | {site.name}", template("login.html").template)


def _similar(site: Site, ad: JobAd) -> str:
    others = [other for other in site.jobs if other.id != ad.id][:3]
    lines = [f"<li>{escape(line)}</li>" for line in ad.similar]
    links = [f'<li><a href="{site.job_path(other)}">{escape(other.title)}</a></li>' for other in others]
    if not lines and not links:
        return ""
    return f'<aside class="similar"><h2>Similar jobs</h2><ul>{"".join(lines + links)}</ul></aside>'


def _json_ld(site: Site, ad: JobAd) -> str:
    """Give the schema.org markup that about half of all real posts have: here those with an odd id."""
    if ad.id[-1:] not in set("13579"):
        return ""
    facts = {
        "@context": "https://schema.org",
        "@type": "JobPosting",
        "title": ad.title,
        "datePosted": "2026-01-12",
        "employmentType": "FULL_TIME",
        "hiringOrganization": {"@type": "Organization", "name": site.name},
        "jobLocation": {"@type": "Place", "address": {"@type": "PostalAddress", "addressLocality": ad.town}},
        "description": ad.html(site.name),
    }
    # A "</script>" inside would end the script early.
    safe = json.dumps(facts).replace("</", "<\\/")
    return f'<script type="application/ld+json">{safe}</script>'
