"""A job that is open in several places is one entry, with a link for each. Pure."""

from __future__ import annotations

from collections.abc import Hashable, Iterable

from jpt.digest.rules import folded
from jpt.models.digests import DigestEntry, News


def opening(job: News) -> Hashable | None:
    """Name what adverts share that differ in nothing but their places; None for one that stands alone."""
    if not job.location or job.unread is not None:
        return None
    return job.site, folded(job.title), job.experience.stated, job.experience.min_years


def together(entries: Iterable[DigestEntry]) -> list[tuple[DigestEntry, ...]]:
    """Put entries of one job in several places together, in the order of the first of each."""
    groups: dict[Hashable, list[DigestEntry]] = {}
    for number, entry in enumerate(entries):
        name = opening(entry.news)
        groups.setdefault(number if name is None else (name, entry.news.section), []).append(entry)
    return [tuple(group) for group in groups.values()]
