"""The same values as JSON, read and mark, for programs that have the token."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict
from functools import partial
from typing import Any

from starlette.requests import Request
from starlette.responses import JSONResponse

from jpt.catalogue.as_json import effect_json, posting_json
from jpt.catalogue.marking import mark_all
from jpt.catalogue.preview import effect
from jpt.text.numbers import whole
from jpt.web.endpoints import Backend, answered, in_thread, of
from jpt.web.screens.inbox import NAMES, parsed_query, search
from jpt.web.screens.job import wanted

MOST = 1_000
"""Jobs of one answer."""
_PARAMETERS = (*NAMES, "limit", "offset")


def _unknown(params: Mapping[str, str], known: tuple[str, ...]) -> JSONResponse | None:
    strange = sorted(set(params) - set(known))
    if not strange:
        return None
    names = ", ".join(strange)
    return JSONResponse({"error": f"Unknown parameter: {names}. Known: {', '.join(known) or 'none'}."}, 400)


@in_thread
def jobs(request: Request, backend: Backend) -> JSONResponse:
    """Return jobs: `{"total", "offset", "jobs": […]}`."""
    if refused := _unknown(request.query_params, _PARAMETERS):
        return refused
    limit = whole(request.query_params.get("limit", "100"), low=1, high=MOST)
    offset = whole(request.query_params.get("offset", "0"))
    if limit is None or offset is None:
        return JSONResponse({"error": f"limit is a number from 1 to {MOST}, offset one from 0."}, 400)
    found = search(backend, parsed_query(request.query_params)[1])
    shown = found.postings[offset : offset + limit]
    return JSONResponse({"total": found.total, "offset": offset, "jobs": [posting_json(one) for one in shown]})


@in_thread
def job(request: Request, backend: Backend) -> JSONResponse:
    """Return one job with its text."""
    if refused := _unknown(request.query_params, ()):
        return refused
    one = wanted(request, backend)
    return JSONResponse({**posting_json(one), "text": backend.store.catalogue.text(one.stored.number)})


@in_thread
def sites(request: Request, backend: Backend) -> JSONResponse:
    """Return the state of every page."""
    if refused := _unknown(request.query_params, ()):
        return refused
    return JSONResponse([asdict(state) for state in backend.store.sites.states()])


@in_thread
def filters(request: Request, backend: Backend) -> JSONResponse:
    """Return what the rules keep and drop."""
    return _unknown(request.query_params, ()) or JSONResponse(effect_json(effect(backend.view.postings())))


async def marks(request: Request) -> JSONResponse:
    """Mark jobs: `{"jobs": ["#a3f"], "stage": "applied"}`."""
    try:
        body: Any = json.loads(await request.body())
    except (ValueError, RecursionError):
        body = None
    if not isinstance(body, dict) or set(body) - {"jobs", "stage"}:
        return JSONResponse({"error": 'Expected {"jobs": ["a3f"], "stage": "applied"} and nothing else.'}, 400)
    ids = body.get("jobs")
    if not isinstance(ids, list) or not all(isinstance(one, str) for one in ids):
        return JSONResponse({"error": '"jobs" is a list of short ids.'}, 400)
    backend = of(request)
    said, good = await answered(backend, partial(mark_all, backend, ids, str(body.get("stage", ""))))
    return JSONResponse({"said": said} if good else {"error": said}, 200 if good else 400)
