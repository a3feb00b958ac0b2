"""Jobs found by id, address or words of the title."""

from __future__ import annotations

from collections.abc import Sequence

from jpt.catalogue.view import Posting
from jpt.digest.rules import folded
from jpt.identity.urls import key_of, openable
from jpt.text.short_ids import number_of


def jobs_named(postings: Sequence[Posting], reference: str) -> list[Posting]:
    """Return the jobs that *reference* may mean: by id, else by address, else by words of the title.

    By words, open ones only, if there are any. A job that two sites list is returned twice.
    """
    number = number_of(reference)
    if number is not None:
        found = [one for one in postings if one.stored.number == number]
        if found or reference.startswith("#"):
            return found
    if by_address := _at(postings, reference):
        return by_address
    words = folded(reference).split()
    titled = [one for one in postings if words and all(word in folded(one.news.title) for word in words)]
    return [one for one in titled if one.is_open] or titled


def _at(postings: Sequence[Posting], reference: str) -> list[Posting]:
    exact = [one for one in postings if one.news.url == reference]
    if exact or not _is_address(reference):
        return exact
    address = openable(reference if "://" in reference else f"https://{reference}") or reference
    key = key_of(address)
    return [one for one in postings if one.stored.key == key]


def _is_address(text: str) -> bool:
    return "://" in text or ("/" in text and "." in text.split("/", maxsplit=1)[0])
