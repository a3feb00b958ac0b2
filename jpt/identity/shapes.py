"""The shape of an address: what addresses of one kind have in common. Pure."""

from __future__ import annotations

import re
from urllib.parse import parse_qsl, urlsplit

from jpt.identity.urls import host_of

_ANY = "*"


def shape_of(url: str) -> str:
    """Return host and pattern of an address: `acme.example/jobs/*?id` of `https://acme.example/jobs/12-cook?id=7`.

    One that makes no sense is a shape of its own.
    """
    try:
        address = urlsplit(url)
    except ValueError:
        return url[:300]
    parts = [part for part in address.path.split("/") if part]
    folders = [_ANY if re.search(r"\d|[-_].*[-_]", part) else part.lower() for part in parts[:-1]]
    path = "/".join([host_of(url), *folders, *([_ANY] if parts else [])])
    names = sorted({name.lower() for name, _ in parse_qsl(address.query, keep_blank_values=True)})
    return f"{path[:300]}?{'&'.join(names)[:100]}" if names else path[:300]
