"""The application: its addresses, its files, its error pages."""

from __future__ import annotations

import logging
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager

import anyio
from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Mount, Route
from starlette.staticfiles import StaticFiles

from jpt.catalogue.backend import backend
from jpt.errors import JptError
from jpt.mcp.tools import Scope
from jpt.settings import Settings
from jpt.web import api
from jpt.web.assistants import Assistants, McpEndpoint
from jpt.web.command_runs import CommandRuns
from jpt.web.endpoints import of
from jpt.web.render import page
from jpt.web.request_guard import RequestGuard
from jpt.web.screens import act, digests, failed, followups, inbox, job, rules, runs, sites, trends

log = logging.getLogger(__name__)

READS: dict[str, Callable[..., object]] = {
    "/": inbox.inbox,
    "/jobs/{id}": job.job,
    "/sites": sites.sites,
    "/sites/change": sites.site,
    "/sites/failed": failed.failed,
    "/sites/failed/document": failed.document,
    "/sites/failed/picture": failed.picture,
    "/sites/work/{number:int}": sites.work,
    "/rules": rules.rules,
    "/follow-ups": followups.followups,
    "/follow-ups.ics": followups.dates,
    "/digests": digests.digests,
    "/digests/{id}": digests.digest,
    "/digests/{id}/letter": digests.letter,
    "/digests/{id}/message": digests.message,
    "/runs": runs.runs,
    "/events": runs.events,
    "/trends": trends.trends,
    "/act/{code}": act.act,
    "/api/jobs.json": api.jobs,
    "/api/jobs/{id}.json": api.job,
    "/api/sites.json": api.sites,
    "/api/filters.json": api.filters,
}
WRITES: dict[str, Callable[..., object]] = {
    "/marks": inbox.marks,
    "/marks/undo": inbox.undo,
    "/views": inbox.views,
    "/jobs/{id}/mark": job.mark,
    "/jobs/{id}/years": job.years,
    "/sites/do": sites.act,
    "/sites/add": sites.look,
    "/sites/confirm": sites.confirm,
    "/sites/import": sites.take_list,
    "/rules": rules.change,
    "/runs/retry": runs.retry,
    "/act/{code}": act.do,
    "/api/marks.json": api.marks,
}


def application(
    settings: Settings, token: str, hosts: frozenset[str], port: int, allowed: frozenset[Scope] = frozenset()
) -> RequestGuard:
    """Make the application for one database; requests need the *token*, and one of *hosts* as their Host.

    Assistants may change what is *allowed*.
    """

    @asynccontextmanager
    async def lifespan(app: Starlette) -> AsyncIterator[None]:
        async with backend(settings) as made, anyio.create_task_group() as tg:
            app.state.backend, app.state.works = made, CommandRuns(settings, tg)
            app.state.assistants = Assistants(made, tg, allowed)
            yield
            tg.cancel_scope.cancel()

    routes = [Route(path, endpoint, methods=["GET"]) for path, endpoint in READS.items()]
    routes += [Route(path, endpoint, methods=["POST"]) for path, endpoint in WRITES.items()]
    tools = Route("/mcp", McpEndpoint())
    files = Mount("/static", StaticFiles(packages=[("jpt.web", "static")]))
    faults = {HTTPException: _http_error, JptError: _jpt_error}
    return RequestGuard(
        Starlette(routes=[*routes, tools, files], exception_handlers=faults, lifespan=lifespan), token, hosts, port
    )


async def _http_error(request: Request, fault: Exception) -> Response:
    assert isinstance(fault, HTTPException)
    return await _error_page(request, fault.status_code, fault.detail)


async def _jpt_error(request: Request, fault: Exception) -> Response:
    assert isinstance(fault, JptError)
    log.warning("%s %s: %s", request.method, request.url.path, fault.sentence)
    return await _error_page(request, 503, fault.sentence)


async def _error_page(request: Request, code: int, sentence: str) -> Response:
    if request.url.path.startswith("/api/"):
        return JSONResponse({"error": sentence}, code)
    made = of(request)
    heading = "Not found" if code == 404 else "That did not work"
    return await made(lambda: page(request, made, "fault.html", code, heading=heading, sentence=sentence))
