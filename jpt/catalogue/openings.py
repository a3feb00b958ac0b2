"""One entry for a job that is open in several places. Pure."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from jpt.catalogue.view import Posting
from jpt.digest.several import opening


@dataclass(frozen=True, slots=True)
class Opening:
    """Posts of one company with one title and the same years, each in a place of its own."""

    postings: tuple[Posting, ...]
    """In the order in which they came; at least one."""

    @property
    def first(self) -> Posting:
        """The post that stands for all."""
        return self.postings[0]


def openings(postings: Iterable[Posting]) -> list[Opening]:
    """Put posts together that differ in nothing but their place, in the order of the first of each."""
    groups: dict[tuple[object, ...], list[Posting]] = {}
    for one in postings:
        groups.setdefault(_key(one), []).append(one)
    return [Opening(tuple(group)) for group in groups.values()]


def _key(one: Posting) -> tuple[object, ...]:
    name = opening(one.news)
    return (one.stored.number,) if name is None else (name, one.fits, one.is_open, one.mark)
