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
_LANGUAGE = re.compile(r"/([a-z]{2}(?:[-_][a-z]{2})?)(?=/)/", re.IGNORECASE)
_LANGUAGE_NAMED = re.compile(r"[?&](?:lang|language|locale|hl|l)=([a-z]{2})[^&#]{0,4}", re.IGNORECASE)
_WORDS = re.compile(r"[^\W\d_]{3,}")
_DIGIT = re.compile(r"\d")
_SHORTEST = 2
_GENERIC_TAIL = re.compile(
    r"(?:jobs?|careers?|vacanc\w+|positions?|openings?|home|index\.\w+|apply|search)?$", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class ComparedPost:
    """What is compared of a post."""

    url: str
    title: str
    final_url: str = ""
    canonical_url: str = ""
    requisition: str = ""
    location: str = ""
    text: str = ""
    """What the post says, line by line; empty where that is not known."""

    @classmethod
    def of(cls, url: str, title: str, facts: dict[str, Any], text: str = "") -> ComparedPost:
        """Make it from the facts that were read of the page at *url*, and its *text*."""
        names = ("final_url", "canonical_url", "requisition_id", "location")
        final, declared, requisition, place = (
            value if isinstance(value := facts.get(name), str) else "" for name in names
        )
        return cls(url, title, final, declared, requisition, place, text)


def is_same_opening(one: ComparedPost, two: ComparedPost) -> bool:
    """Return whether two posts of one site are one opening.

    With one title they are when they end at one address or declare one address of their own; when the ids in
    one's address are all in the other's, as in the board's own address and the company's; or when they name one
    requisition and agree in place and text as well: boards write one number on all their posts, firms their own
    name. An end that many posts share (a list, a sign-in page) says nothing. Two titles are one opening only where
    requisition and address agree but for the language.
    """
    if _words(one.title) != _words(two.title):
        return _is_translation(one, two)
    is_one_place = _words(one.location) == _words(two.location)
    ends = key_of(one.final_url or one.url), key_of(two.final_url or two.url)
    if ends[0] == ends[1] and (is_one_place or names_a_post(ends[0])):
        return True
    if one.requisition and two.requisition:
        if _words(one.requisition) != _words(two.requisition):
            return False
        if _is_number(one.requisition) and _agree(one, two):
            return True
    if not is_one_place:
        return False
    declared = key_of(one.canonical_url or one.url), key_of(two.canonical_url or two.url)
    if declared[0] == declared[1] and names_a_post(declared[0]):
        return True
    return _elsewhere(one, two) and may_be_one(one.url, two.url, digits=5)


def may_be_translated(url: str) -> bool:
    """Return whether an address names a language: then the same post may stand under another one."""
    return bool(_language(url))


def _is_number(requisition: str) -> bool:
    return any(char.isdigit() for char in requisition)


def _agree(one: ComparedPost, two: ComparedPost) -> bool:
    """Return whether place and text of two posts agree; at least one of them must be known of both.

    Where no place is named it may stand in a line of the text, so that only numbers and dates may differ there.
    """
    if one.location and two.location and _words(one.location) != _words(two.location):
        return False
    has_place = bool(one.location and two.location)
    if not (one.text and two.text):
        return has_place
    lines, others = _lines(one.text), _lines(two.text)
    # Dates, counts and references differ between two reads of one page.
    differing = {line for line in lines ^ others if not _DIGIT.search(line)}
    return len(differing) * 20 <= len(lines | others) if has_place else not differing


def _lines(text: str) -> set[str]:
    return {words for line in text.splitlines() if len(words := _words(line)) > _SHORTEST}


def _is_translation(one: ComparedPost, two: ComparedPost) -> bool:
    """Return whether two posts name one requisition, and one address but for its language."""
    if (
        not one.requisition
        or _words(one.requisition) != _words(two.requisition)
        or not _is_number(one.requisition)
    ):
        return False
    places = {_words(post.location) for post in (one, two) if post.location}
    if len(places) > 1 and not _may_be_one_place(one, two):
        return False
    bare = {_LANGUAGE.sub("/", _LANGUAGE_NAMED.sub("", key_of(post.url))) for post in (one, two)}
    if len(bare) == 1:
        return True
    differ = _language(one.url) != _language(two.url)
    return differ and may_be_one(*sorted(bare), digits=4)


def _may_be_one_place(one: ComparedPost, two: ComparedPost) -> bool:
    """Return whether two places share a word: towns keep their names more often than countries do."""
    return not set(_WORDS.findall(_words(one.location))).isdisjoint(_WORDS.findall(_words(two.location)))


def _language(url: str) -> str:
    key = key_of(url)
    found = _LANGUAGE.search(key) or _LANGUAGE_NAMED.search(key)
    return found[1] if found else ""


def _elsewhere(one: ComparedPost, two: ComparedPost) -> bool:
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
