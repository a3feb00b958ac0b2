"""Values as pages: templates, escaped by default."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import Any
from urllib.parse import urlencode, urlsplit

from jinja2 import Environment, PackageLoader, StrictUndefined
from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse

from jpt import __version__
from jpt.digest.compose import PLACE_DOUBTS
from jpt.models.postings import STAGES
from jpt.text.clock import wall_clock
from jpt.text.counts import counted
from jpt.web.endpoints import Backend

SCREENS = (
    ("/", "Inbox"),
    ("/follow-ups", "Follow-ups"),
    ("/sites", "Sites"),
    ("/rules", "Filters"),
    ("/digests", "Digests"),
    ("/runs", "Runs"),
    ("/trends", "Trends"),
)


def page(request: Request, backend: Backend, template: str, status: int = 200, **values: Any) -> HTMLResponse:
    """Return the screen that *template* makes of *values*."""
    shared = {
        "screens": SCREENS,
        "here": request.url.path,
        "address": _local(request),
        "said": request.query_params.get("said", ""),
        "stages": STAGES,
        "version": __version__,
        "day": lambda ts_ms: f"{backend.local(ts_ms):%A, %d %B %Y}" if ts_ms else "",
        "moment": lambda ts_ms: f"{backend.local(ts_ms):%Y-%m-%d %H:%M}" if ts_ms else "never",
        "iso": lambda ts_ms: backend.local(ts_ms).isoformat(timespec="minutes") if ts_ms else "",
        "today": f"{backend.local(wall_clock()):%Y-%m-%d}",
    }
    return HTMLResponse(_templates().get_template(template).render({**shared, **values}), status)


def redirect(path: str, said: str) -> RedirectResponse:
    """Send the browser to *path* (303, by GET), with *said* shown there."""
    return RedirectResponse(f"{path}{'&' if '?' in path else '?'}{urlencode({'said': said})}", 303)


def framed(html: str, *, images: str = "'none'") -> HTMLResponse:
    """Show strangers' HTML in a frame of ours: it has its own styles, but runs, loads and sends nothing.

    *images* is where images may come from, in the words of a content security policy.
    """
    return HTMLResponse(html, headers={"Content-Security-Policy": f"{_FRAMED}; img-src {images}"})


_FRAMED = (
    "default-src 'none'; style-src 'unsafe-inline'; sandbox; base-uri 'none'; form-action 'none'; "
    "frame-ancestors 'self'"
)


def changed(query: Mapping[str, str], **changes: str | None) -> str:
    """Return the address of this screen with other parameters: None or empty takes one away."""
    kept = {name: value for name, value in query.items() if name not in {"said", "page"}}
    return "?" + urlencode({name: value for name, value in {**kept, **changes}.items() if value})


def local_path(given: str, default: str = "/") -> str:
    """Return an address of ours to go back to; *default* where *given* leads elsewhere."""
    parts = urlsplit(given)
    good = given.startswith("/") and not given.startswith(("//", "/\\")) and not parts.scheme and not parts.netloc
    return given if good and given.isprintable() else default


def _local(request: Request) -> str:
    query = {name: value for name, value in request.query_params.items() if name != "said"}
    return request.url.path + (f"?{urlencode(query)}" if query else "")


def web_address(url: str) -> str:
    """Return an address that a link may lead to; `#` for anything but http and https."""
    return url if url.lower().startswith(("http://", "https://")) else "#"


@cache
def _templates() -> Environment:
    made = Environment(
        loader=PackageLoader("jpt.web"),
        auto_reload=False,  # an update must not change the templates of a server that runs
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.filters["web"] = web_address
    made.filters["counted"] = counted
    made.globals["changed"] = changed
    made.globals["place_doubts"] = PLACE_DOUBTS
    return made
