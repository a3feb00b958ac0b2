"""The result of readPage() as a PageRead; every type is checked. Pure."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from jpt.models.pages import Anchor, Cut, PageRead
from jpt.text.clean import clean_line, clean_text
from jpt.text.numbers import whole

CAPS = {"links": 5_000, "text": 2_000_000}
"""Most links and characters of text taken from one page; what is cut is reported."""

_META_KEYS = 30
_LONG = 300_000


def page_read(
    raw: object,
    *,
    url: str,
    http_status: int | None,
    seconds: float,
    settled: bool,
    retry_after_s: float | None = None,
) -> PageRead:
    """Make the value of a page from what readPage() gave; wrong types count as missing."""
    page: dict[str, Any] = raw if isinstance(raw, dict) else {}
    final_url = _string(page.get("href"), 8_000) or url
    return PageRead(
        url=url,
        final_url=final_url,
        http_status=http_status,
        title=clean_line(_string(page.get("title"), 1_000)),
        text=clean_text(_string(page.get("text"), CAPS["text"]), CAPS["text"]),
        anchors=tuple(anchor for item in _items(page.get("anchors"), CAPS["links"]) if (anchor := _anchor(item))),
        strange=tuple(row for item in _items(page.get("unopenable"), 500) if (row := _anchor(item, opens=False))),
        headings=tuple(clean_line(text) for text in _strings(page.get("headings"), 50)),
        meta=_meta(page.get("meta")),
        json_ld=tuple(_strings(page.get("json_ld"), 50, _LONG)),
        controls=tuple(clean_line(text) for text in _strings(page.get("controls"), 200)),
        frames=tuple(_strings(page.get("frames"), 50, 8_000)),
        hints=tuple(_strings(page.get("hints"), 200, 2_000)),
        seconds=seconds,
        settled=settled,
        retry_after_s=retry_after_s,
        truncated=tuple(clean_line(text) for text in _strings(page.get("truncated"), 10)),
        cuts=(Cut("links", limit=CAPS["links"]),) if (whole(page.get("total_links")) or 0) > CAPS["links"] else (),
    )


def _anchor(item: object, *, opens: bool = True) -> Anchor | None:
    if not isinstance(item, dict):
        return None
    # What is cut is longer than any address that is opened.
    url = _string(item.get("url"), 8_100)
    if url.lower().startswith(("http://", "https://")) is not opens:
        return None
    return Anchor(
        url=url,
        text=clean_line(_string(item.get("text"), 1_000)),
        heading=clean_line(_string(item.get("heading"), 1_000)),
        context=clean_line(_string(item.get("context"), 1_000)),
        location=clean_line(_string(item.get("location"), 1_000)),
        region=_string(item.get("region"), 20) or "body",
        shape=_string(item.get("shape"), 1_000),
        group=_string(item.get("group"), 1_000),
        visible=item.get("visible") is not False,
    )


def _meta(raw: object) -> dict[str, str]:
    if not isinstance(raw, dict):
        return {}
    pairs = [(key, value) for key, value in raw.items() if isinstance(key, str) and isinstance(value, str)]
    return {key[:100]: clean_line(value, 2_000) for key, value in pairs[:_META_KEYS]}


def _string(value: object, limit: int) -> str:
    return value[:limit] if isinstance(value, str) else ""


def _strings(value: object, most: int, limit: int = 1_000) -> Iterable[str]:
    return (_string(item, limit) for item in _items(value, most) if isinstance(item, str))


def _items(value: object, most: int) -> list[Any]:
    return value[:most] if isinstance(value, list) else []
