"""Numbers that only their neighbours explain: a post's (`?azonosito=14`, `cashier-12`), a filter's hits. Pure."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from jpt.extract.links import buttons, entries
from jpt.extract.links.families import CandidateScore
from jpt.extract.links.relation import ListedPage
from jpt.extract.links.structure import MOST_TITLE, by_name
from jpt.extract.links.url_shape import Points
from jpt.text.late import late

_FEWEST = 2
_FEWEST_FILTERS = 2
_OUTSIDE = frozenset({"nav", "footer", "header"})
_LETTERS = late(r"[^\W\d_]{2}")
_VALUE = late(r"=(\d+)")
_SHORT = late(r"(?:^|[-_])(\d{1,3})$")
"""A number too short to be a post's by itself."""
_HITS = late(r"[^\W_]\W{1,3}\d{1,5}\s?[)\]]$")
"""`Electrician (18)`: how many there are."""


def numbered_points(opinions: Sequence[CandidateScore], here: ListedPage) -> dict[str, list[Points]]:
    """Return what rows gain that differ by a number only they have, on a page of jobs; and what filters lose."""
    found: dict[str, list[Points]] = defaultdict(list)
    for opinion in _with_hits(opinions):
        found[opinion.candidate.url].append((-6.0, "a filter with a count"))
    if not (here.is_about_jobs or here.is_foreign):
        return found
    for opinion in _by_query(opinions, here):
        found[opinion.candidate.url].append((6.0, "differs from similar links by a number in the query"))
    numbered, others = _by_ending(opinions)
    for opinion in numbered:
        found[opinion.candidate.url].append((1.4, "numbered like its siblings"))
    for opinion in others:
        found[opinion.candidate.url].append((-2.0, "its siblings are numbered, it is not"))
    return found


def _with_hits(opinions: Sequence[CandidateScore]) -> list[CandidateScore]:
    found = []
    for rows in by_name(opinions, lambda opinion: opinion.candidate.places).values():
        hits = [row for row in rows if any(_HITS.search(anchor.text) for anchor in row.candidate.anchors)]
        if len(hits) >= _FEWEST_FILTERS and len(hits) * 2 > len(rows):
            found += [row for row in hits if not row.candidate.address.has_id]
    return found


def _by_query(opinions: Sequence[CandidateScore], here: ListedPage) -> list[CandidateScore]:
    """Return the rows on the list's own path whose queries differ in one number, each with a name of its own."""
    groups: dict[str, dict[str, CandidateScore]] = defaultdict(dict)
    for opinion in opinions:
        address = opinion.candidate.address
        if (
            address.query_kind == "number"
            and here.path_of(opinion.candidate.url) == here.path
            and _is_row(opinion)
        ):
            groups[_VALUE.sub("=", address.query)][address.query] = opinion
    return [row for rows in groups.values() if _differ(list(rows.values())) for row in rows.values()]


def _by_ending(opinions: Sequence[CandidateScore]) -> tuple[list[CandidateScore], list[CandidateScore]]:
    """Return the rows of folders of jobs that end in a short number each, and the others of these folders."""
    folders: dict[str, list[CandidateScore]] = defaultdict(list)
    for opinion in opinions:
        shape = opinion.candidate.shape
        if shape.in_named_jobs_path and not shape.address.has_id and not shape.is_firm and _is_row(opinion):
            folders[shape.address.folder].append(opinion)
    numbered: list[CandidateScore] = []
    others: list[CandidateScore] = []
    for rows in folders.values():
        ending = [(row, end[1]) for row in rows if (end := _SHORT.search(row.candidate.address.names[-1]))]
        posts = [row for row, _ in ending]
        if _FEWEST <= len({number for _, number in ending}) == len(ending) and _differ(posts):
            numbered += posts
            others += [row for row in rows if not _SHORT.search(row.candidate.address.names[-1])]
    return numbered, others


def _is_row(opinion: CandidateScore) -> bool:
    title = opinion.candidate.title
    regions = {anchor.region for anchor in opinion.candidate.anchors}
    return (
        bool(_LETTERS.search(title))
        and len(title) <= MOST_TITLE
        and not regions <= _OUTSIDE
        and not buttons.is_generic(title)
        and not entries.leads_elsewhere(title)
    )


def _differ(rows: Sequence[CandidateScore]) -> bool:
    return len({row.candidate.title for row in rows}) >= _FEWEST
