"""Groups of links that a page sets alike: what is true of one of them is likely true of the others. Pure."""

from __future__ import annotations

from collections.abc import Sequence

from jpt.extract.links.families import CandidateScore
from jpt.extract.links.roles import has_gender_marker
from jpt.extract.links.rows import largest_list, may_be_row
from jpt.extract.links.structure import MOST_TITLE, Candidate, candidates
from jpt.extract.links.url_shape import url_shape
from jpt.models.pages import Link, PageRead

_HARDLY = 0.05
"""Score below which a row is not even looked at where a page shows nothing better."""


def places(page: PageRead) -> dict[str, str]:
    """Name for each address of *page* its place: the same shape, and the same folder of addresses."""
    return {candidate.url: _place(candidate) for candidate in candidates(page)}


def rows_of_largest_list(page: PageRead, links: Sequence[Link]) -> list[Link]:
    """Return the rows of the page's largest list, which may be jobs if no link looks like one."""
    scores = {link.url: link for link in links}
    rows = largest_list([CandidateScore(candidate, 0.0, ()) for candidate in candidates(page)])
    found = [scores[row.candidate.url] for row in rows if row.candidate.url in scores]
    return [link for link in found if link.score >= _HARDLY and link.url != page.url]


def rows_of(page: PageRead) -> dict[str, str]:
    """Name for each row of a list on *page* its list and its place; what stands in no list is left out."""
    return {
        candidate.url: f"{candidate.anchors[0].group} {_place(candidate)}"
        for candidate in candidates(page)
        if may_be_row(candidate)
    }


def is_by_words(link: Link) -> bool:
    """Return whether only words and place make *link* a job: no id, no known shape, no mark of a job title."""
    shape = url_shape(link.url)
    return not (shape.is_firm or shape.address.has_id or has_gender_marker(link.text[:MOST_TITLE]))


def _place(candidate: Candidate) -> str:
    anchor = candidate.anchors[0]
    return f"{anchor.shape[:300]} {candidate.address.folder[:200]}"
