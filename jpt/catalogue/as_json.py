"""Jobs, and what rules do to them, in the shape that other programs rely on."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from jpt.catalogue.preview import Effect
from jpt.catalogue.view import Posting
from jpt.models.places import as_rows


def posting_json(one: Posting) -> dict[str, Any]:
    """Return a stored job as JSON-able values: see "JSON shapes" in docs/commands.md."""
    news, mark = one.news, one.mark
    experience = {**asdict(news.experience), "min_years": news.experience.least}
    return {
        "id": one.id,
        "site": news.site,
        "url": news.url,
        "job_title": news.title,
        **experience,
        "none_asked": news.experience.asks_none,
        "location": news.location or None,
        "places": as_rows(place for place in news.places if place.is_shown),
        "place_doubt": one.place_doubt,
        "work": news.remote or None,
        "salary": news.salary or None,
        "pay": dict(news.pay) if news.pay else None,
        "posted": news.posted or None,
        "open": one.is_open,
        "closed_ts_ms": one.stored.closed_ts_ms,
        "fits": one.fits,
        "kept_out_by": one.kept_out.rule if one.kept_out else None,
        "kept_out_because": one.kept_out.sentence if one.kept_out else None,
        "include": one.fits,
        "exclude_reason": one.kept_out.exclude_reason if one.kept_out else None,
        "unread": news.unread,
        "stage": mark.stage,
        "mark": mark.stage,
        "note": mark.note or None,
        "due": mark.due,
        "created_ts_ms": news.found_ts_ms,
    }


def effect_json(found: Effect) -> dict[str, Any]:
    """Return what rules keep and drop in the shape of `jpt filters --json`."""
    return {
        "keeps": len(found.kept),
        "drops": sum(len(one.postings) for one in found.rules),
        "rules": [
            {"rule": one.rule, "line": one.line, "word": one.word, "drops": len(one.postings)}
            for one in found.rules
        ],
    }
