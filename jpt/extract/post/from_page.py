"""A rendered page becomes a job post. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import unquote, urlsplit

from jpt.extract.links.roles import names_job
from jpt.extract.post.facts import stated_facts
from jpt.extract.post.firm import Firm, firm_of, shown_company
from jpt.extract.post.homeland import home_of
from jpt.extract.post.naming import key
from jpt.extract.post.places import Declared, Named, places_of_post
from jpt.extract.post.post_signs import apply_link, signs_of
from jpt.extract.post.posting import JobPosting, posting
from jpt.extract.post.sections import parts_of
from jpt.extract.post.terms import seniority
from jpt.extract.post.title import job_title, line_of_job
from jpt.extract.post.verdict import PostEvidence, verdict
from jpt.models.jobs import JobPost
from jpt.models.pages import PageRead
from jpt.text.clean import clean_line, clean_text
from jpt.text.json_ld import postings

_MOST_TEXT = 2_000_000
_LEAST_DESCRIPTION = 200


@dataclass(frozen=True, slots=True)
class _Text:
    text: str
    source: str
    """page or json-ld: what `description_source` says."""


def job_post(page: PageRead, anchor_text: str = "") -> JobPost:
    """Read *page* as a job post; *anchor_text* is the text of the link that led to it, where one did."""
    declared = [posting(node) for node in postings(page.json_ld)]
    own = _own(page, declared, anchor_text)
    firm = firm_of(page, own.company if own else None)
    title = job_title(page, own.title if own else "", anchor_text, firm)
    shown = _shown(page, title, anchor_text, firm) if own is None else title
    chosen = _chosen_text(page.text, own.text if own else "")
    signs = signs_of(page, chosen.text)
    judged = verdict(PostEvidence(page, title, signs, len(declared), own is not None, anchor_text))
    stated = stated_facts(chosen.text, title) if judged.is_job else {}
    facts = _facts(page, title, own, stated, {"description_source": chosen.source, "frame": signs.embedded})
    where = (
        places_of_post(_declared(page, own), chosen.text, title, facts.get("work")) if judged.is_job else Named()
    )
    return JobPost(
        title=shown or _fallback_title(page, anchor_text),
        is_job=judged.is_job,
        reason=judged.reason,
        gone=judged.gone,
        text=chosen.text,
        location=(own.location if own else None) or "; ".join(where.words) or None,
        places=where.places,
        company=(own.company if own else None) or shown_company(page, title, firm),
        posted=(own.posted if own else None) or stated.get("posted"),
        months_of_experience=own.months_of_experience if own else None,
        facts=facts if judged.is_job else {},
    )


def text_post(title: str, text: str) -> JobPost:
    """Read *text* as a job post that somebody else has found to be one; nothing but the text is known of it."""
    stated = stated_facts(text, title)
    where = places_of_post(Declared(), text, title, stated.get("work"))
    return JobPost(
        title=title,
        is_job=True,
        reason="",
        text=text,
        location="; ".join(where.words) or None,
        places=where.places,
        posted=stated.get("posted"),
        facts={name: value for name, value in stated.items() if name != "posted"},
    )


def _declared(page: PageRead, own: JobPosting | None) -> Declared:
    return Declared(
        own.location or "" if own else "",
        own.homes if own else "",
        home_of(page.final_url, page.meta.get("lang", "")),
    )


def _own(page: PageRead, declared: Sequence[JobPosting], anchor_text: str) -> JobPosting | None:
    """Return the posting that is about this page: the only one, or one that its name, heading or link repeats."""
    if len(declared) == 1:
        return declared[0]
    # Where the headings name one after the other, the page is their list: only its first is its own.
    named = {key(one.title) for one in declared} & set(map(key, page.headings))
    headings = page.headings[: 1 if len(named) > 1 else 3]
    names = (anchor_text, *headings, page.meta.get("og:title", ""), page.title)
    for name in filter(None, map(key, names)):
        same = [
            one
            for one in declared
            if key(one.title) and (key(one.title) == name or name.startswith(key(one.title)))
        ]
        if same and len({key(one.title) for one in same}) == 1:
            return same[0]
    return None


def _chosen_text(shown: str, described: str) -> _Text:
    """Choose what the years are read from: the page as it shows itself, unless it lacks what is described.

    Evidence is quoted from what people can see; the description serves where the page hides or loads it.
    """
    shown = clean_text(shown, _MOST_TEXT)
    if len(described) < _LEAST_DESCRIPTION and shown:
        return _Text(shown, "page")
    if not described or _coverage(described, shown) >= 0.7:
        return _Text(shown, "page")
    shorter = len(shown) < len(described)
    poorer = len(parts_of(shown.splitlines())) < len(parts_of(described.splitlines()))
    return _Text(described, "json-ld") if shorter or poorer else _Text(shown, "page")


def _coverage(described: str, shown: str) -> float:
    """Return the share, 0 to 1, of the description's longer lines that stand in the page's text, spaces aside."""
    lines = [line for line in map(_squashed, described.splitlines()) if len(line) > 25][:80]
    lines = lines or [_squashed(described)]
    text = _squashed(shown)
    return sum(line[:200] in text for line in lines) / len(lines)


def _squashed(text: str) -> str:
    return "".join(text.split()).casefold()


def _facts(
    page: PageRead, title: str, own: JobPosting | None, stated: dict[str, Any], read: dict[str, str]
) -> dict[str, Any]:
    shown = {name: value for name, value in stated.items() if name != "posted"}
    found = {**shown, **(own.facts if own else {})}
    if stated.get("remote") == "hybrid":
        found["remote"] = "hybrid"  # schema.org knows only TELECOMMUTE for both
    if "remote" in found:
        found["work"] = found["remote"]
    if "salary" in found:
        found["pay"] = found["salary"]
    if levels := seniority(title):
        found["seniority"] = levels
    if link := apply_link(page):
        found["apply_url"] = link
    return {**found, **{name: value for name, value in read.items() if value}}


def _shown(page: PageRead, title: str, anchor_text: str, firm: Firm) -> str:
    """Return what the job is called; empty if nothing reads like a title.

    A word or two that name no job and stand in no heading may be the site's name: a line that names one is better.
    """
    texts = (anchor_text, *page.headings, page.meta.get("microdata_title", ""))
    # A name that the page says nowhere is the site's, however long it is.
    is_long = title.count(" ") > 1 and key(title) in map(key, page.text.splitlines())
    begins = page.title.startswith(title)
    if title and (is_long or not begins or names_job(title) or any(key(title) in key(text) for text in texts)):
        return title
    announced = "" if title else clean_line(anchor_text)
    return announced or line_of_job(page, firm) or title


def _fallback_title(page: PageRead, anchor_text: str) -> str:
    """Name a page on which nothing reads like a title: by its link, its own name or its address."""
    if named := clean_line(anchor_text) or clean_line(page.title):
        return named
    return clean_line(unquote(urlsplit(page.final_url).path).rstrip("/").rpartition("/")[2]) or page.final_url
