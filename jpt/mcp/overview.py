"""Tools that read the state of everything: site_health, stats, filters_preview, digest_preview."""

from __future__ import annotations

from collections import Counter
from typing import Any

from jpt.catalogue.as_json import effect_json
from jpt.catalogue.backend import Backend
from jpt.catalogue.preview import effect, effect_of_draft
from jpt.catalogue.query import years_of
from jpt.digest import render
from jpt.digest.filters import read_profiles
from jpt.digest.planning import preview
from jpt.errors import UsageError
from jpt.mcp.arguments import Argument
from jpt.mcp.jobs import UNTRUSTED, when
from jpt.models.digests import DEFAULT
from jpt.models.pages import GOOD
from jpt.models.words import way_words
from jpt.store.sites import PageState

_WEEK_MS = 7 * 86_400_000
_MOST = 12
"""Companies and places that are named."""

HEALTH = {
    "site": Argument(str, "a part of its name"),
    "failing": Argument(bool, "only those that fail"),
    "limit": Argument(int, "default 50", low=1, high=200),
    "offset": Argument(int, low=0),
}
FILTERS = {"rules": Argument(str, "filters.toml to try; default: those in force")}
DIGEST = {"profile": Argument(str), "limit": Argument(int, low=1, high=500)}


def site_health(backend: Backend, given: dict[str, Any]) -> dict[str, Any]:
    """Return the status of each watched page, failing ones first."""
    name, limit, offset = given.get("site", "").casefold(), given.get("limit", 50), given.get("offset", 0)
    states = [one for one in backend.store.sites.states() if name in one.site.casefold()]
    failing = [one for one in states if one.status not in GOOD and not one.is_paused]
    wanted = failing if given.get("failing") else [*failing, *(one for one in states if one not in failing)]
    return {
        "total": len(wanted),
        "failing": len(failing),
        "offset": offset,
        "pages": [_page(one) for one in wanted[offset : offset + limit]],
    }


def _page(state: PageState) -> dict[str, Any]:
    said = {
        "site": state.site,
        "url": state.url,
        "status": "paused" if state.is_paused else state.status,
        "reason": state.reason,
        "jobs": state.jobs,
        "advertised": state.advertised_total,
        "last_good_read": when(state.good_ts_ms),
        "bad_reads_in_a_row": state.failures or None,
        "posts_waiting": state.waiting or None,
        "posts_not_read": state.failed or None,
        "read_by": state.method,
        "read_by_because": way_words(state.why, state.unsure),
        "next_read": when(state.due_ts_ms),
    }
    return {key: value for key, value in said.items() if value not in (None, "")}


def stats(backend: Backend, _given: dict[str, Any]) -> dict[str, Any]:
    """Return figures of all stored jobs."""
    jobs, now = backend.view.postings(), backend.store.clock()
    open_jobs = [one for one in jobs if one.is_open]
    states = backend.store.sites.states()
    last = max((one.read_ts_ms for one in states), default=None)
    return {
        "open": len(open_jobs),
        "fit": sum(one.fits for one in open_jobs),
        "found_in_7_days": sum(one.news.found_ts_ms > now - _WEEK_MS for one in jobs),
        "closed_in_7_days": sum((one.stored.closed_ts_ms or 0) > now - _WEEK_MS for one in jobs),
        "stages": dict(Counter(one.mark.stage for one in jobs if one.mark.stage)),
        "open_by_years": {
            "none stated" if years < 0 else str(years): count
            for years, count in sorted(Counter(years_of(one) for one in open_jobs).items())
        },
        "open_by_company": dict(Counter(one.news.site for one in open_jobs).most_common(_MOST)),
        "open_by_place": dict(
            Counter(one.news.location for one in open_jobs if one.news.location).most_common(_MOST)
        ),
        "pages": {"watched": len(states), "failing": sum(one.status not in GOOD for one in states)},
        "last_read": when(last),
    }


def filters_preview(backend: Backend, given: dict[str, Any]) -> dict[str, Any]:
    """Return what rules keep and drop of the open jobs; nothing is saved."""
    postings = backend.view.postings()
    if "rules" in given:
        return effect_json(effect_of_draft(given["rules"], "rules", postings, backend.settings.max_years))
    return effect_json(effect(postings))


def digest_preview(backend: Backend, given: dict[str, Any]) -> dict[str, Any]:
    """Return what the next digest would say; nothing is sent."""
    name, profiles = given.get("profile", DEFAULT), read_profiles(backend.settings.filters)
    profile = next((one for one in profiles if one.name == name), None)
    if profile is None:
        raise UsageError(
            f"There is no profile {name[:60]!r}: expected one of {', '.join(one.name for one in profiles)}."
        )
    found = preview(backend.store, backend.settings, profile, limit=given.get("limit"))
    return {
        "note": UNTRUSTED,
        "subject": found.letter.subject,
        "jobs": found.jobs,
        "later": found.later,
        "untrusted_text": render.text(found.letter),
    }
