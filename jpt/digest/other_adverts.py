"""The other adverts of an opening: what the user does with one of them counts for all."""

from __future__ import annotations

from jpt.digest.several import opening
from jpt.models.digests import News
from jpt.store import Store


def beside(store: Store, job: News) -> list[str]:
    """Return the addresses of the open adverts that differ from *job* in nothing but their places.

    Those that the user is further with, or less far, than with *job* are not among them.
    """
    name = opening(job)
    if name is None:
        return []
    stage = store.marks.of(job.url).stage
    return [
        one.url
        for one in store.unreported.titled(job.site, job.title)
        if one.url != job.url and opening(one) == name and store.marks.of(one.url).stage == stage
    ]
