"""What a site answers when something is wrong with all of it. Pure."""

from dataclasses import replace

from tests.career_sites.frame import PAGES, page
from tests.career_sites.server import Answer, Drip, Hangup, Reply, Request, Silence
from tests.career_sites.site import Mode, Site

_CAPTCHA = (PAGES / "blocked.html").read_bytes()
_MOMENT = (PAGES / "interstitial.html").read_bytes()


def fault(site: Site, mode: Mode, request: Request) -> Answer | None:
    """Answer for a site that is broken as a whole; None where *mode* lets the request through."""
    match mode:
        case "failing":
            return Reply(b"<h1>Internal Server Error</h1><p>The server met an unexpected condition.</p>", 500)
        case "down":
            return Hangup()
        case "blocked":
            return Reply(_CAPTCHA, 403)
        case "interstitial":
            return Reply(_MOMENT)
        case "not-found":
            words = "<h1>404</h1><p>We could not find that page. It may have moved.</p>"
            return replace(page(site, f"Page not found | {site.name}", words), status=404)
        case "hang":
            return Silence()
        case "drip":
            return Drip(b"<!doctype html><title>Careers</title><h1>Careers</h1><p>One moment", b" and another")
        case "redirect-loop":
            return Reply(status=302, headers=(("Location", f"{request.path}?step={len(request.query) % 7}"),))
        case _:
            return None


def api_fault(mode: Mode) -> Answer | None:
    """Answer for a site whose API alone is broken; None where it works."""
    if mode == "api-failing":
        return Reply(b'{"error": "backend unavailable"}', 500, "application/json")
    return Silence() if mode == "api-hang" else None
