"""What links that stand together, or alike, say of each other. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from jpt.extract.links.structure import Candidate, by_name
from jpt.extract.links.url_shape import Points

MOST = 3.0
"""Most points of one member that count, for or against: none decides for all."""
_FEWEST_NUMBERED = 5
"""Posts with ids in one folder from which on a title without one is a filter."""


@dataclass(frozen=True, slots=True)
class CandidateScore:
    """A candidate and what it says of itself."""

    candidate: Candidate
    points: float
    why: tuple[Points, ...]

    @property
    def is_numbered_post(self) -> bool:
        """Whether its address has an id, and is no known platform's."""
        return self.candidate.address.has_id and not self.candidate.shape.is_firm

    def plus(self, found: Sequence[Points]) -> CandidateScore:
        """Add what its place on the page says."""
        return CandidateScore(self.candidate, self.points + sum(value for value, _ in found), (*self.why, *found))


@dataclass(frozen=True, slots=True)
class _Family:
    size: int
    lean: float
    """What the members say together: at most 1.8 points, growing with their number."""
    has_titles: bool

    @classmethod
    def of(cls, members: Sequence[CandidateScore]) -> _Family:
        size = len(members)
        middle = sorted(max(-MOST, min(MOST, opinion.points)) for opinion in members)[size // 2]
        titled = sum(opinion.candidate.is_titled and opinion.points > -MOST for opinion in members)
        # Siblings that say nothing of themselves must not drag down the one that does.
        lean = (0.6 if middle > 0 else 0.25) * middle * (1 - 1 / size)
        # Under a path that stands for jobs a third is enough: not every title names an occupation.
        share = 3 if all(opinion.candidate.shape.in_named_jobs_path for opinion in members) else 2
        return cls(size, lean, size > 1 and titled * share >= size)


def sibling_points(opinions: Sequence[CandidateScore]) -> dict[str, list[Points]]:
    """Return for each address, save those that decide alone, what its siblings add."""
    lists = by_name(opinions, lambda opinion: opinion.candidate.lists)
    places = by_name(opinions, lambda opinion: opinion.candidate.places)
    near = {name: _Family.of(members) for name, members in lists.items() if len(members) > 1}
    alike = {name: _Family.of(members) for name, members in places.items() if len(members) > 1}
    return {
        opinion.candidate.url: _points(opinion, near, alike)
        for opinion in opinions
        if not opinion.candidate.shape.is_firm
    }


def filter_points(opinions: Sequence[CandidateScore]) -> dict[str, list[Points]]:
    """Count against titles without an id that stand elsewhere than the posts of their folder, which have one."""
    numbered = _numbered_folders(opinions)
    found = {}
    for opinion in opinions:
        candidate = opinion.candidate
        posts = numbered.get(candidate.address.folder, frozenset())
        if posts and not candidate.address.has_id and posts.isdisjoint(_shapes(candidate)):
            found[candidate.url] = [(-9.0, "the posts beside it have ids, it has none")]
    return found


def _points(opinion: CandidateScore, near: dict[str, _Family], alike: dict[str, _Family]) -> list[Points]:
    together = [near[name] for name in opinion.candidate.lists if name in near]
    elsewhere = [alike[name] for name in opinion.candidate.places if name in alike]
    # A list of its own says more than places elsewhere that look the same.
    known = [family for family in together if family.size > 2] or elsewhere
    found: list[Points] = []
    if known:
        lean = max((family.lean for family in known), key=abs)
        found.append((lean, "its siblings look like jobs" if lean > 0 else "its siblings do not look like jobs"))
    if opinion.points > -MOST and any(family.has_titles for family in [*together, *known]):
        found.append((1.2, "in a list of titles"))
    return found


def _numbered_folders(opinions: Sequence[CandidateScore]) -> dict[str, frozenset[str]]:
    """Return the folders whose posts carry ids, with the shapes of the places where they stand."""
    numbered = (one.candidate for one in opinions if one.is_numbered_post and one.points > -MOST)
    folders = by_name(numbered, lambda candidate: [candidate.address.folder])
    return {
        folder: frozenset(shape for each in posts for shape in _shapes(each))
        for folder, posts in folders.items()
        if len(posts) >= _FEWEST_NUMBERED
    }


def _shapes(candidate: Candidate) -> set[str]:
    return {anchor.shape for anchor in candidate.anchors}
