"""The tools: what each takes, does, may change, and which scope it needs."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Literal, get_args

from jpt.catalogue.backend import Backend
from jpt.errors import UsageError
from jpt.mcp.adding import ADDING, add_site
from jpt.mcp.arguments import Argument, Arguments, checked
from jpt.mcp.jobs import JOB, LISTING, MARKING, get_job, list_jobs, mark, why
from jpt.mcp.overview import DIGEST, FILTERS, HEALTH, digest_preview, filters_preview, site_health, stats

Scope = Literal["mark", "add"]
"""What may be changed: marks on jobs, the list of pages. Reading needs none."""
SCOPES: tuple[Scope, ...] = get_args(Scope)

Reads = Callable[[Backend, dict[str, Any]], dict[str, Any]]
Runs = Callable[[Backend, dict[str, Any]], Awaitable[dict[str, Any]]]


@dataclass(frozen=True, slots=True)
class Tool:
    """One tool."""

    about: str
    takes: Arguments
    acts: Reads | None = None
    """Runs in the thread of the store."""
    runs: Runs | None = None
    """Runs in the event loop instead, as it takes long."""
    scope: Scope | None = None
    """None: it changes nothing."""
    leaves: bool = False
    """It reaches other machines."""


TOOLS: Mapping[str, Tool] = {
    "list_jobs": Tool("Search stored jobs, with required years and their quote", LISTING, list_jobs),
    "get_job": Tool("One job with its text", {"job": JOB, "offset": Argument(int, low=0)}, get_job),
    "why": Tool("How a link was found and judged, what became of it", {"job": JOB}, why),
    "site_health": Tool("The status of the watched pages, failing first", HEALTH, site_health),
    "stats": Tool("Figures of all jobs", {}, stats),
    "filters_preview": Tool("What filter rules keep and drop", FILTERS, filters_preview),
    "digest_preview": Tool("What the next digest would say", DIGEST, digest_preview),
    "mark": Tool("Note how far the user is with a job", MARKING, mark, scope="mark"),
    "add_site": Tool(
        "Look at a careers page; with confirm, watch it", ADDING, runs=add_site, scope="add", leaves=True
    ),
}


def offered(allowed: Iterable[Scope]) -> dict[str, Tool]:
    """Return the tools within these scopes."""
    scopes = {None, *allowed}
    return {name: tool for name, tool in TOOLS.items() if tool.scope in scopes}


def scopes_of(words: Iterable[str]) -> frozenset[Scope]:
    """Read the words behind `--allow`, each one scope or several with commas; raises UsageError."""
    found: set[Scope] = set()
    for word in (part.strip() for each in words for part in each.split(",")):
        scope = next((one for one in SCOPES if one == word), None)
        if word and scope is None:
            raise UsageError(f"--allow {word!r}: expected {' or '.join(SCOPES)}, or both with a comma.")
        found |= {scope} if scope else set()
    return frozenset(found)


async def call(
    backend: Backend, allowed: Iterable[Scope], name: str, given: Mapping[str, Any] | None
) -> dict[str, Any]:
    """Answer one call; raises JptError with a sentence where it cannot."""
    tool = TOOLS.get(name)
    tools = offered(allowed)
    if tool is None:
        raise UsageError(f"There is no tool {name[:60]!r}: expected one of {', '.join(tools)}.")
    if name not in tools:
        raise UsageError(f"{name} is not allowed here: start jpt with --allow {tool.scope}.")
    words = checked(tool.takes, given)
    if tool.acts is not None:
        return await backend(tool.acts, backend, words)
    assert tool.runs is not None
    return await tool.runs(backend, words)
