"""Jobs that stand on the page of the list itself: their titles, and each one's own text. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from jpt.extract.links.roles import names_job
from jpt.extract.post.naming import is_list_name, key, may_be_title
from jpt.extract.post.sections import STRONG, part_named
from jpt.models.pages import Link, PageRead
from jpt.text.late import late

PART = {"jpt:part": "of a list"}
"""Marks a part of a list's page: its address is the list's and says nothing about it."""
_MOST_LINES = 3_000
_MOST_JOBS = 60
_LONGEST_TITLE = 90
_LEAST_TEXT = 40
_SAID = 0.45
"""Score of such a job: only its own text can tell, so it is looked at."""
_NOT_WORD = late(r"[\W_]+")


def inline_links(page: PageRead, url: str) -> list[Link]:
    """Return a link for each job that stands on the page itself: the page's address with a fragment that stays."""
    base = url.partition("#")[0]
    found = []
    for title in inline_titles(page):
        slug = _NOT_WORD.sub("-", title.lower()).strip("-")
        why = ("a job that stands on the page of the list",)
        found.append(Link(f"{base}#job={slug}", title, is_job=None, score=_SAID, why=why))
    return found


def inline_titles(page: PageRead) -> tuple[str, ...]:
    """Return the titles on *page* under each of which parts of a post follow, before the next: two or more."""
    elsewhere = {anchor.text for anchor in page.anchors if _leads_away(anchor.url, page)}
    lines = _lines(page)
    starts = [number for number, line in enumerate(lines) if _may_begin(line) and line not in elsewhere]
    # Where headings announce them, a sentence that names an occupation is none of them.
    headed = [number for number in starts if lines[number] in page.headings]
    starts = headed if len(headed) > 1 else starts
    found = [lines[start] for start, end in pairwise([*starts, len(lines)]) if _has_parts(lines[start + 1 : end])]
    titles = tuple(dict.fromkeys(found))[:_MOST_JOBS]
    return titles if len(titles) > 1 else ()


def own_part(page: PageRead, title: str) -> PageRead | None:
    """Return what *page* says under *title*, to be read as a page of its own; None if it is a page of its own.

    Only an address with a fragment that is no route names a part of a page.
    """
    fragment = page.url.partition("#")[2]
    if not fragment or "/" in fragment or not key(title):
        return None
    lines = _lines(page)
    same = [number for number, line in enumerate(lines) if key(line) == key(title)]
    others = {key(text) for text in (*inline_titles(page), *_items(page))} - {key(title)}
    if not same or not others:
        return None
    parts = [_until_next(lines[start:], others) for start in same]
    chosen = max(parts, key=lambda part: sum(map(len, part)))
    return replace(page, title=title, text="\n".join(chosen), headings=(title,), anchors=(), json_ld=(), meta=PART)


def _items(page: PageRead) -> list[str]:
    return [anchor.text for anchor in page.anchors if "#" in anchor.url and not _leads_away(anchor.url, page)]


def _leads_away(url: str, page: PageRead) -> bool:
    return url.partition("#")[0] not in {page.url.partition("#")[0], page.final_url.partition("#")[0]}


def _lines(page: PageRead) -> list[str]:
    return [line.strip() for line in page.text.splitlines() if line.strip()][:_MOST_LINES]


def _may_begin(line: str) -> bool:
    is_short = 2 < len(line) <= _LONGEST_TITLE and ":" not in line
    is_title = is_short and may_be_title(line) and not is_list_name(line) and _part_of(line) is None
    return is_title and names_job(line)


def _has_parts(lines: Sequence[str]) -> bool:
    return sum(map(len, lines)) >= _LEAST_TEXT and any(_part_of(line) in STRONG for line in lines)


def _part_of(line: str) -> str | None:
    """Name the part that a line begins, also where its text follows on the same line: `Duties: you weave.`"""
    return (
        part_named(line.partition(":")[0][:_LONGEST_TITLE]) if len(line) <= _LONGEST_TITLE or ":" in line else None
    )


def _until_next(lines: Sequence[str], others: set[str]) -> list[str]:
    end = next((number for number, line in enumerate(lines) if number and key(line) in others), len(lines))
    return list(lines[:end])
