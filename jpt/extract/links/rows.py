"""The rows of a page's list, in any language: similar links, each with its own name and address. Pure."""

from __future__ import annotations

import re
from collections.abc import Sequence

from jpt.extract.links import buttons, entries, headings, subjects
from jpt.extract.links.families import CandidateScore
from jpt.extract.links.relation import ListedPage
from jpt.extract.links.roles import has_gender_marker, has_role
from jpt.extract.links.structure import MOST_TITLE, Candidate, by_name, is_in_list
from jpt.extract.links.url_shape import Points
from jpt.extract.links.vocabulary import HUBS, JOB_WORDS
from jpt.models.pages import Anchor
from jpt.text.late import late

FEWEST = 3
"""Like links from which on they are the rows of a list."""
_FEWEST_NUMBERED = 3
_MORE = 6
"""Characters that a date or a town beside a title has at least."""
_A_PHRASE = 5
_LONG = 6
"""Fewest rows of a list whose titles show what the others are."""
_OUTSIDE = frozenset({"nav", "footer", "header", "aside"})
_SEVERAL = late(r"\s(?:and|und|et|y|e|en|och|og|ja|i|a|és|și|&)\s", re.IGNORECASE)
"""`Lärare och forskare`: groups of people are named so as often as one job."""
_LETTER = late(r"[^\W\d_]")


def row_points(opinions: Sequence[CandidateScore], here: ListedPage) -> dict[str, list[Points]]:
    """Return what standing in the largest list of the page adds, where words cannot tell what it lists."""
    rows = largest_list(opinions)
    if here.is_called_jobs and rows and all(map(_is_applied_for, rows)):
        return {
            opinion.candidate.url: [(1.5, "a row of a list on a page of jobs, with a button to apply")]
            for opinion in rows
        }
    if here.is_foreign and not here.is_about_jobs:
        found = (3.0, "a row of the page's list, in a language not known here")
    elif here.is_about_jobs and _are_cards(rows) and all(one.candidate.shape.in_named_jobs_path for one in rows):
        found = (1.2, "a row of the page's list, under a jobs path")
    else:
        return {}
    return {opinion.candidate.url: [found] for opinion in rows if opinion.candidate.shape.points >= 0}


def _is_applied_for(opinion: CandidateScore) -> bool:
    """Return whether it is a button to apply under a heading of its own."""
    candidate = opinion.candidate
    return bool(candidate.heading) and all(buttons.is_generic_job(anchor.text) for anchor in candidate.anchors)


def plain_points(opinions: Sequence[CandidateScore], here: ListedPage) -> dict[str, list[Points]]:
    """Return what numbered rows gain in a list that is plainly one of jobs, whatever its address.

    `/node/131`, `/artykul/77`: the system of a site names all its pages so, posts and news alike.
    """
    if not here.is_about_jobs:
        return {}
    is_called = here.is_called_jobs and not any(is_announced(opinion.candidate) for opinion in opinions)
    numbered = (
        opinion
        for opinion in opinions
        if opinion.candidate.address.has_id
        and not opinion.candidate.shape.in_job_path
        and may_be_row(opinion.candidate)
    )
    return {
        row.candidate.url: [(3.5, "a numbered row of a list of jobs")]
        for rows in by_name(numbered, lambda opinion: opinion.candidate.lists).values()
        if len(rows) >= _FEWEST_NUMBERED - 1 and _differ(rows) and _are_plainly_jobs(rows, is_called=is_called)
        for row in rows
    }


def _are_plainly_jobs(rows: Sequence[CandidateScore], *, is_called: bool) -> bool:
    """Return whether most titles name an occupation, under a heading of jobs or on a page that is called so.

    Where a page announces its jobs by a heading, what stands under others is something else: rooms, goods.
    """
    titled = sum(row.candidate.is_titled for row in rows)
    told = any(subjects.reads_like_story(row.candidate.title) for row in rows)
    return titled * 2 > len(rows) and not told and (is_called or all(is_announced(row.candidate) for row in rows))


def is_announced(candidate: Candidate) -> bool:
    """Return whether a heading above it, not its own title, says that jobs are open."""
    return any(map(headings.says_open, candidate.heads - {candidate.title}))


def unnumbered_points(opinions: Sequence[CandidateScore]) -> dict[str, list[Points]]:
    """Count against what carries no id where a list of the page's posts does, and stands in another place."""
    numbered = (one.candidate for one in opinions if one.is_numbered_post and one.points > 1)
    folders = by_name(numbered, lambda candidate: [candidate.address.folder])
    posts = [each for found in folders.values() if len(found) >= _FEWEST_NUMBERED for each in found]
    if not posts:
        return {}
    places = {anchor.shape for each in posts for anchor in each.anchors}
    return {
        opinion.candidate.url: [(-2.5, "the posts of this page have ids, it has none")]
        for opinion in opinions
        if not opinion.candidate.address.has_id
        and not opinion.candidate.shape.is_firm
        and places.isdisjoint(anchor.shape for anchor in opinion.candidate.anchors)
    }


def largest_list(opinions: Sequence[CandidateScore]) -> list[CandidateScore]:
    """Return the rows of the longest list that is no menu: like links, with addresses in one folder."""
    lists = by_name(
        (opinion for opinion in opinions if may_be_row(opinion.candidate)),
        lambda row: [f"{name} {row.candidate.address.folder}" for name in row.candidate.lists],
    )
    found = [rows for rows in lists.values() if len(rows) >= FEWEST and _differ(rows)]
    return max(found, key=len, default=[])


def _are_cards(rows: Sequence[CandidateScore]) -> bool:
    """Return whether most rows have their own heading, a long title, or further text, unlike those of a menu."""
    told = sum(
        bool(row.candidate.heading)
        or len(row.candidate.title.split()) >= _A_PHRASE
        or any(len(anchor.context) >= len(anchor.text) + _MORE for anchor in row.candidate.anchors)
        for row in rows
    )
    return told * 2 > len(rows)


def bare_entries(opinions: Sequence[CandidateScore]) -> frozenset[str]:
    """Return the addresses that are bare entries, but for those in a list most of whose rows are titles."""
    bare = {opinion.candidate.url for opinion in opinions if _is_bare_entry(opinion.candidate)}
    # What stands alike in several towns or departments is one list.
    found = (opinion.candidate for opinion in opinions) if bare else ()
    lists = by_name(found, lambda candidate: (*candidate.lists, *candidate.places))
    titled = {
        one.url
        for rows in lists.values()
        if len(rows) >= FEWEST and sum(one.url not in bare and one.is_titled for one in rows) * 3 >= len(rows) * 2
        for one in rows
        if one.is_titled or len(rows) >= _LONG
    }
    return frozenset(bare - titled)


def _is_bare_entry(candidate: Candidate) -> bool:
    """Return whether it is no more than a name right below a careers site, under nothing that announces jobs.

    Such are the parts of that site as often as its posts: only the page behind can tell.
    """
    address = candidate.address
    start = address.start
    if start is None or address.names[start] not in HUBS or len(address.tail) != 1:
        return False
    if not JOB_WORDS.isdisjoint(address.names[:start]):
        return False  # `jobs/career/`: a part of a list
    return (
        not address.has_id
        and not address.is_document
        and not candidate.shape.is_firm
        and not has_gender_marker(candidate.title[:MOST_TITLE])
        and not _is_title(candidate.title, slug_is_title=address.reads_like_title)
        and not any(map(headings.says_open, candidate.heads))
        and not any(
            _says_more(anchor, candidate.title) or buttons.is_generic_job(anchor.text)
            for anchor in candidate.anchors
        )
    )


def _is_title(text: str, *, slug_is_title: bool) -> bool:
    is_told = subjects.reads_like_story(text) or _SEVERAL.search(text)
    return slug_is_title and has_role(text) and not is_told


def _says_more(anchor: Anchor, title: str) -> bool:
    return is_in_list(anchor) and len(anchor.context) >= len(title) + _MORE


def _differ(rows: Sequence[CandidateScore]) -> bool:
    """Return whether most rows have their own title; several posts may be called after their department."""
    return len({opinion.candidate.title for opinion in rows}) * 2 >= len(rows)


def may_be_row(candidate: Candidate) -> bool:
    """Return whether it stands in a list of the page's own text, under a name that is no button."""
    regions = {anchor.region for anchor in candidate.anchors}
    title = candidate.title
    return (
        any(map(is_in_list, candidate.anchors))
        and not candidate.is_item
        and regions.isdisjoint(_OUTSIDE)
        and not candidate.shape.is_firm
        and len(_LETTER.findall(title)) >= 3
        and len(title) <= MOST_TITLE
        and not entries.leads_elsewhere(title)
    )
