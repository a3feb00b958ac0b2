"""One entry for a job that is open in several places. Pure."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from jpt.catalogue.view import Posting


@dataclass(frozen=True, slots=True)
class Opening:
    """Posts of one company with one title and the same years, each in a place of its own."""

    postings: tuple[Posting, ...]
    """One with a note or a day first, the others in the order in which they came; at least one."""

    @property
    def first(self) -> Posting:
        """The post that stands for all."""
        return self.postings[0]


def openings(postings: Iterable[Posting]) -> list[Opening]:
    """Put posts together that differ in nothing but their place, in the order of the first of each."""
    groups: dict[tuple[object, ...], list[Posting]] = {}
    for one in postings:
        groups.setdefault(_key(one), []).append(one)
    return [opening for group in groups.values() for opening in _parted(group)]


def _key(one: Posting) -> tuple[object, ...]:
    if one.shared is None:
        return (one.stored.number,)
    return one.shared, one.fits, one.is_open, one.mark.stage


def _parted(group: list[Posting]) -> Iterable[Opening]:
    """Return one entry, or if several of its posts have notes or dates of their own, one for each note."""
    if len(group) == 1:
        return (Opening(tuple(group)),)
    noted = {(one.mark.note, one.mark.due) for one in group if one.mark.note or one.mark.due}
    if len(noted) < 2:
        # A note is written on one of the posts and holds for the job.
        return (Opening(tuple(sorted(group, key=lambda one: not (one.mark.note or one.mark.due)))),)
    parts: dict[object, list[Posting]] = {}
    for one in group:
        parts.setdefault((one.mark.note, one.mark.due), []).append(one)
    return [Opening(tuple(part)) for part in parts.values()]
