"""The one job that an id, an address or words of a title mean; asks the user if there are several."""

from __future__ import annotations

import sys
from collections.abc import Hashable, Sequence
from difflib import get_close_matches

from rich.text import Text

from jpt.catalogue.reference import jobs_named
from jpt.catalogue.view import Posting
from jpt.cli import prompts, session
from jpt.digest.several import opening
from jpt.errors import UsageError
from jpt.text.numbers import whole

_MOST_SHOWN = 9


def _entry(one: Posting) -> Hashable:
    name = opening(one.news)
    return one.stored.key if name is None else name


def chosen(postings: Sequence[Posting], reference: str) -> Posting:
    """Return the job that *reference* means; raises UsageError if there is none, or several and no terminal."""
    found = jobs_named(postings, reference)
    if len({_entry(one) for one in found}) == 1:
        # Adverts of one opening differ in their places only: one that fits stands for all.
        return min(found, key=lambda one: not one.fits)
    if not found:
        near = get_close_matches(reference, [one.news.url for one in postings], n=1, cutoff=0.8)
        hint = f" Did you mean {near[0]} ?" if near else ""
        raise UsageError(f"{reference!r} matches no job that jpt knows.{hint} `jpt jobs --all` lists their ids.")
    shown = found[:_MOST_SHOWN]
    more = f" and {len(found) - len(shown)} more" if len(found) > len(shown) else ""
    if not (sys.stdin.isatty() and session.err.is_terminal):
        ids = ", ".join(f"{one.id} {one.news.title} ({one.news.site})" for one in shown)
        raise UsageError(f"{reference!r} means several jobs: {ids}{more}. Give an id.")
    for number, one in enumerate(shown, 1):
        session.err.print(Text(f"{number}  {one.id}  {one.news.title} ({one.news.site}) {one.news.location}"))
    if more:
        session.err.print(Text(f"…{more}: give more words.", "dim"))
    while True:
        answer = whole(prompts.typed(f"Which one, 1 to {len(shown)} (Ctrl-C: none)"), low=1, high=len(shown))
        if answer is not None:
            return shown[answer - 1]
