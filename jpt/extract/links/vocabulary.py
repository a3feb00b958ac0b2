"""The words of jobs in paths, in many languages; they and the other lists of `links` stand in `words.toml`."""

from __future__ import annotations

import tomllib
from importlib.resources import files

_LISTS = tomllib.loads((files("jpt.extract.links") / "words.toml").read_text("utf-8"))


def word_set(text: str) -> frozenset[str]:
    """Return the words of *text*, which white space parts."""
    return frozenset(text.split())


def listed(name: str) -> frozenset[str]:
    """Return the words that `words.toml` lists under *name*."""
    return word_set(_LISTS[name])


JOB_WORDS = listed("jobs")
"""Words that make a path segment one of jobs."""

LOOSE_JOB_WORDS = listed("loose_jobs")
"""Words that a job's path may hold, but other paths hold as often."""

JOIN_US = listed("join_us")
"""Segments that invite to work somewhere: as good as a job word."""

HUBS = JOIN_US | listed("hubs")
"""Segments of careers sites as a whole, which have other parts than posts."""

PLURAL_LISTS = word_set(
    """jobs careers vacancies openings positions stellen stellenangebote emplois offres ofertas vagas vacatures
    stillinger"""
)
"""Words that in a slug or a text make a list of it: `sales-jobs`, `Jobs in Berlin`."""

LIST_WORDS = listed("lists")
"""Words that, beside job words only, still name the list and no post."""
