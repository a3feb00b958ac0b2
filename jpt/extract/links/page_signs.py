"""The signs of a whole page as numbers, for the second opinion: whether it shows a list of jobs at all. Pure.

A link alone often looks the same on a page with jobs and on one about benefits, teams or news. All signs are
shares of small counts: by larger ones a model of few pages would know each page again.
"""

from __future__ import annotations

from collections.abc import Sequence

from jpt.extract.links import buttons, headings
from jpt.extract.links.link_signs import Row, places_of
from jpt.extract.links.relation import ListedPage
from jpt.extract.links.roles import has_gender_marker
from jpt.extract.links.structure import MOST_TITLE, Candidate
from jpt.extract.no_openings import says_none
from jpt.models.pages import PageRead

_MENUS = frozenset({"nav", "footer", "header"})
_FEW, _SOME, _MANY, _ROWS = 3, 6, 12, 20
"""Counts from which on more say no more."""


def page_signs(page: PageRead, candidates: Sequence[Candidate], here: ListedPage) -> Row:
    """Return the signs of *page*: what it says of itself, and what stands on it outside of its menus."""
    outside = [one for one in candidates if not {anchor.region for anchor in one.anchors} <= _MENUS]
    return [*_said(page, here), *_counted(outside), *_largest(outside)]


def _said(page: PageRead, here: ListedPage) -> Row:
    return [
        float(bool(says_none(page.text))),
        float(here.is_called_jobs),
        float(here.is_about_other),
        _share(sum(map(headings.says_open, page.headings)), _FEW),
        _share(sum(map(headings.says_other, page.headings)), _SOME),
        _share(sum(map(buttons.is_generic_job, page.controls)), _FEW),
    ]


def _counted(outside: Sequence[Candidate]) -> Row:
    anchors = [one.anchors for one in outside]
    return [
        _share(sum(one.is_titled for one in outside), _MANY),
        _share(sum(_has_own_id(one) for one in outside), _MANY),
        _share(sum(has_gender_marker(one.title[:MOST_TITLE]) for one in outside), _FEW),
        _share(sum(any(buttons.is_generic_job(anchor.text) for anchor in own) for own in anchors), _SOME),
        _share(sum(one.shape.is_known_post for one in outside), _SOME),
        _share(sum(any(anchor.location for anchor in own) for own in anchors), _SOME),
        _share(sum(one.shape.in_named_jobs_path and not one.address.is_list for one in outside), _MANY),
    ]


def _largest(outside: Sequence[Candidate]) -> Row:
    """Return the sizes of the largest groups of similar links: with occupations, on a jobs path, of any kind."""
    titled = on_path = rows = 0
    for members in places_of(outside).values():
        size = len(members)
        rows = max(rows, size)
        if size > 1 and sum(outside[number].is_titled for number in members) * 3 >= size:
            titled = max(titled, size)
        if size > 1 and sum(outside[number].shape.in_job_path for number in members) * 2 >= size:
            on_path = max(on_path, size)
    return [_share(titled, _MANY), _share(on_path, _MANY), _share(rows, _ROWS)]


def _has_own_id(candidate: Candidate) -> bool:
    """Return whether an address on a path of jobs carries a number of its own."""
    address = candidate.address
    return candidate.shape.in_job_path and (address.has_id or address.query_kind == "id")


def _share(count: int, most: int) -> float:
    return min(count, most) / most
