"""What the last failed read of a page showed: strangers' HTML, in a frame where it can do nothing."""

from __future__ import annotations

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from jpt.catalogue.backend import Backend
from jpt.store.failed_pages import Failed
from jpt.web.endpoints import in_thread
from jpt.web.render import framed, page

_NEVER = ("script", "base", "meta", "link", "iframe", "frame", "frameset", "object", "embed", "applet", "portal",
          "template", "noscript", "audio", "video")  # fmt: skip
_KEPT = frozenset({"style", "class", "id", "lang", "dir", "colspan", "rowspan", "alt", "title", "width", "height",
                   "type", "value", "placeholder", "hidden", "open", "checked", "disabled"})  # fmt: skip
"""Attributes that lead nowhere. Beside the headers, so that a click leads nowhere either."""


@in_thread
def failed(request: Request, backend: Backend) -> Response:
    """Show it beside its reason."""
    return page(request, backend, "failed.html", failed=_wanted(request, backend), query=str(request.query_params))


@in_thread
def document(request: Request, backend: Backend) -> Response:
    """Return the HTML, but only for a frame of ours: opened by itself it would be a page of this site."""
    if request.headers.get("sec-fetch-dest", "iframe") not in {"iframe", "frame"}:
        raise HTTPException(403, "This is shown within `jpt web` only.")
    return framed(harmless(_wanted(request, backend).html))


@in_thread
def picture(request: Request, backend: Backend) -> Response:
    """Return the picture."""
    jpeg = _wanted(request, backend).jpeg
    if not jpeg:
        raise HTTPException(404, "There is no picture of it.")
    return Response(jpeg, media_type="image/jpeg")


def harmless(text: str) -> str:
    """Return the words and looks of a page, without all that runs, loads or leads anywhere."""
    from lxml import etree  # 6 MB, and few ever look at such a page
    from lxml import html as lxml_html

    try:
        root = lxml_html.document_fromstring(
            text.replace("\0", "") or "<p>", parser=lxml_html.HTMLParser(encoding="utf-8")
        )
    except (etree.ParserError, etree.XMLSyntaxError, ValueError):
        return "<!doctype html><p>Its HTML cannot be shown."
    for element in list(root.iter()):
        if not isinstance(element.tag, str) or element.tag.lower() in _NEVER or ":" in element.tag:
            if element.getparent() is not None:
                element.drop_tree()
            continue
        for name in [name for name in element.attrib if name.lower() not in _KEPT]:
            del element.attrib[name]
    return str(lxml_html.tostring(root, encoding="unicode", doctype="<!doctype html>"))


def _wanted(request: Request, backend: Backend) -> Failed:
    found = backend.store.failed_pages.get(
        request.query_params.get("site", ""), request.query_params.get("url", "")
    )
    if found is None:
        raise HTTPException(404, "Nothing is kept of this page: it was read well since, or never opened.")
    return found
