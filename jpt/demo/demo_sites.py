"""The street: six companies, each with another kind of careers page."""

from __future__ import annotations

import json
import threading
import tomllib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from html import escape
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from importlib.resources import files
from string import Template
from typing import Any, Literal

Kind = Literal["static", "scripted", "shadow", "structured", "none", "blocked"]

COMPANIES: dict[str, Kind] = {
    "Pebble Robotics": "static",
    "Fernhill Bakery": "scripted",
    "Lantern Maps": "shadow",
    "Tidewater Energy": "structured",
    "Quiet Corner Books": "none",
    "Guarded Gate Bank": "blocked",
}
"""How each shows its jobs: as HTML, by a script, in a shadow root, with data in the posts, none, not to us."""


@dataclass(frozen=True, slots=True)
class Advert:
    """One job post."""

    site: str
    slug: str
    title: str
    place: str
    asks: tuple[str, ...]
    nice: tuple[str, ...]
    late: bool = False
    """It appears only after a while."""


class DemoSites:
    """What is served at present."""

    def __init__(self, port: int) -> None:
        self.port = port
        self._late = False

    def careers(self, company: str) -> str:
        """Return the address of a company's careers page."""
        return f"http://127.0.0.1:{self.port}/{_slug(company)}/careers"

    def csv(self) -> str:
        """Return the list of companies."""
        rows = (f"{company},{self.careers(company)}\n" for company in COMPANIES)
        return "company,url\n" + "".join(rows)

    def add_late(self) -> Advert:
        """Let the late job appear; returns it."""
        self._late = True
        return next(advert for advert in _adverts() if advert.late)

    def job(self, advert: Advert) -> str:
        """Return the address of a post."""
        return f"http://127.0.0.1:{self.port}/{_slug(advert.site)}/jobs/{advert.slug}"

    @classmethod
    @contextmanager
    def open(cls) -> Iterator[DemoSites]:
        """Serve the street on a free port of 127.0.0.1 for the length of the block."""
        server = ThreadingHTTPServer(("127.0.0.1", 0), _Handler)
        server.daemon_threads = True
        street = cls(server.server_port)
        server.street = street  # type: ignore[attr-defined] # the handler finds it there
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.1}, daemon=True)
        thread.start()
        try:
            yield street
        finally:
            server.shutdown()
            server.server_close()

    def answer(self, path: str) -> tuple[int, str, str]:
        """Return status, kind and body of what stands at *path*."""
        slug, _, rest = path.strip("/").partition("/")
        company = next((name for name in COMPANIES if _slug(name) == slug), None)
        if path == "/list.js":
            return 200, "text/javascript", _file("list.js")
        if company is None:
            return 404, "text/html", "<h1>Not found</h1>"
        if COMPANIES[company] == "blocked":
            return (
                403,
                "text/html",
                _page(company, "Access denied", "<h1>Access denied</h1><p>Please solve the captcha.</p>"),
            )
        if rest == "careers":
            return 200, "text/html", self._careers(company)
        if rest == "api/openings":
            rows = [{"slug": one.slug, "title": one.title, "place": one.place} for one in self._open(company)]
            return 200, "application/json", json.dumps(rows)
        advert = next((one for one in self._open(company) if rest == f"jobs/{one.slug}"), None)
        if advert is not None:
            return 200, "text/html", _post(advert)
        words = f"<h1>{escape(company)}</h1><p>We have been here since 1987, and like it.</p>"
        return 200, "text/html", _page(company, company, words)

    def _open(self, company: str) -> list[Advert]:
        return [one for one in _adverts() if one.site == company and (self._late or not one.late)]

    def _careers(self, company: str) -> str:
        head = f"<h1>Careers at {escape(company)}</h1>"
        kind = COMPANIES[company]
        if kind == "none":
            return _page(company, "Careers", f"{head}<p>There are no open positions at the moment.</p>")
        if kind in {"scripted", "shadow"}:
            shadow = ' data-shadow="1"' if kind == "shadow" else ""
            app = f'<div id="app" data-slug="{_slug(company)}"{shadow}><p role="progressbar">Loading…</p></div>'
            return _page(company, "Careers", head + app, script='<script type="module" src="/list.js"></script>')
        rows = "".join(
            f'<li><a href="/{_slug(company)}/jobs/{one.slug}">{escape(one.title)}</a> – {escape(one.place)}</li>'
            for one in self._open(company)
        )
        return _page(company, "Careers", f"{head}<h2>Open positions</h2><ul>{rows}</ul>")


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:
        """Answer."""
        street: DemoSites = self.server.street  # type: ignore[attr-defined]
        status, kind, text = street.answer(self.path.partition("?")[0])
        body = text.encode()
        self.send_response(status)
        self.send_header("Content-Type", f"{kind}; charset=utf-8")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        """Say nothing: the screen is in use."""


def _post(advert: Advert) -> str:
    asks = "".join(f"<li>{escape(one)}</li>" for one in advert.asks)
    nice = "".join(f"<li>{escape(one)}</li>" for one in advert.nice)
    main = (
        f"<h1>{escape(advert.title)}</h1><p>{escape(advert.site)} · {escape(advert.place)} · full time</p>"
        f"<p>You join a team of seven that likes what it does, and you will have a say in how it is done.</p>"
        f"<h2>Requirements</h2><ul>{asks}</ul>"
        + (f"<h2>Nice to have</h2><ul>{nice}</ul>" if nice else "")
        + "<h2>What we offer</h2><ul><li>30 days of holiday</li><li>Work from home on two days a week</li></ul>"
        '<button type="button">Apply now</button>'
    )
    return _page(advert.site, advert.title, main, head=_structured(advert))


def _structured(advert: Advert) -> str:
    if COMPANIES[advert.site] != "structured":
        return ""
    facts = {
        "@context": "https://schema.org",
        "@type": "JobPosting",
        "title": advert.title,
        "hiringOrganization": {"@type": "Organization", "name": advert.site},
        "jobLocation": {"@type": "Place", "address": {"@type": "PostalAddress", "addressLocality": advert.place}},
        "description": " ".join(advert.asks),
    }
    return f'<script type="application/ld+json">{json.dumps(facts)}</script>'


def _page(company: str, title: str, main: str, *, head: str = "", script: str = "") -> str:
    return Template(_file("frame.html")).substitute(
        title=escape(f"{title} | {company}"), company=escape(company), slug=_slug(company), main=main, head=head,
        script=script,
    )  # fmt: skip


def _slug(company: str) -> str:
    return company.lower().replace(" ", "-")


@cache
def _file(name: str) -> str:
    return files("jpt.demo").joinpath("pages", name).read_text(encoding="utf-8")


@cache
def _adverts() -> tuple[Advert, ...]:
    rows: list[dict[str, Any]] = tomllib.loads(
        files("jpt.demo").joinpath("adverts.toml").read_text(encoding="utf-8")
    )["advert"]
    return tuple(Advert(**{**row, "asks": tuple(row["asks"]), "nice": tuple(row["nice"])}) for row in rows)
