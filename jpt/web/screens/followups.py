"""Marked jobs: as a board by stage, as a list by date, and their dates as a calendar file."""

from __future__ import annotations

from dataclasses import dataclass

from starlette.requests import Request
from starlette.responses import Response

from jpt.catalogue.dates import calendar
from jpt.catalogue.openings import Opening, openings
from jpt.catalogue.view import Posting
from jpt.models.postings import STAGES
from jpt.web.endpoints import Backend, in_thread
from jpt.web.render import page


@dataclass(frozen=True, slots=True)
class StageColumn:
    """The jobs of one stage."""

    name: str
    jobs: tuple[Opening, ...]


@in_thread
def followups(request: Request, backend: Backend) -> Response:
    """Show the marked jobs."""
    jobs = openings(_marked(backend))
    columns = [
        StageColumn(stage.capitalize(), tuple(one for one in jobs if one.first.mark.stage == stage))
        for stage in STAGES
        if stage != "hidden"
    ]
    shown = [one for one in jobs if one.first.mark.stage != "hidden"]
    return page(request, backend, "followups.html", columns=columns, jobs=shown, count=len(shown))


@in_thread
def dates(request: Request, backend: Backend) -> Response:
    """Return the dates as iCalendar (RFC 5545)."""
    del request
    return Response(calendar(_marked(backend)), media_type="text/calendar; charset=utf-8")


def _marked(backend: Backend) -> list[Posting]:
    jobs = [one for one in backend.view.postings() if not one.mark.is_empty]
    return sorted(jobs, key=lambda one: (one.mark.due is None, one.mark.due or "", -one.mark.ts_ms))
