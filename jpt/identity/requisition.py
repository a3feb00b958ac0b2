"""When two posts of one site are the same opening under two addresses. Pure.

In doubt they stay two: a job told twice costs a look, two jobs taken for one cost a job.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from jpt.identity.ids import UUID, may_be_one
from jpt.identity.urls import key_of

_UUID = re.compile(UUID, re.IGNORECASE)
_NUMBER = re.compile(r"(?<!\d)\d{5,}(?!\d)")
_GENERIC_TAIL = re.compile(
    r"(?:jobs?|careers?|vacanc\w+|positions?|openings?|home|index\.\w+|apply|search)?$", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class Post:
    """What is compared of a post."""

    url: str
    title: str
    final_url: str = ""
    canonical_url: str = ""
    requisition: str = ""
    location: str = ""

    @classmethod
    def of(cls, url: str, title: str, facts: dict[str, Any]) -> Post:
        """Take it from the facts that were read of the page at *url*."""
        names = ("final_url", "canonical_url", "requisition_id", "location")
        return cls(url, title, *(value if isinstance(value := facts.get(name), str) else "" for name in names))


def is_same_opening(one: Post, two: Post) -> bool:
    """Tell whether two posts of one site with one title are one opening.

    They are when they end at one address, name one requisition, or declare one address of their own; or when
    the ids in one's address are all in the other's, as in the board's own address and the company's. An end that
    many posts share (a list, a sign-in page) and a requisition without a digit (a company's name) say nothing.
    """
    if _words(one.title) != _words(two.title):
        return False
    is_one_place = _words(one.location) == _words(two.location)
    ends = key_of(one.final_url or one.url), key_of(two.final_url or two.url)
    if ends[0] == ends[1] and (is_one_place or names_a_post(ends[0])):
        return True
    if one.requisition and two.requisition:
        if _words(one.requisition) != _words(two.requisition):
            return False
        if any(char.isdigit() for char in one.requisition):
            return True
    if not is_one_place:
        return False
    declared = key_of(one.canonical_url or one.url), key_of(two.canonical_url or two.url)
    if declared[0] == declared[1] and names_a_post(declared[0]):
        return True
    return _elsewhere(one, two) and may_be_one(one.url, two.url, digits=5)


def _elsewhere(one: Post, two: Post) -> bool:
    """Two addresses of one folder are two posts, whatever numbers they share."""
    folders = {key_of(post.url).partition("?")[0].rpartition("/")[0] for post in (one, two)}
    return len(folders) > 1


def names_a_post(key: str) -> bool:
    """Some sites declare their list, or their home page, as the address of every post."""
    parts = urlsplit(key)
    return bool(_NUMBER.search(key) or _UUID.search(key)) or not _GENERIC_TAIL.fullmatch(
        parts.path.rpartition("/")[2]
    )


def _words(text: str) -> str:
    return " ".join(text.casefold().split())
