"""Checks of what callers pass. Pure."""

from __future__ import annotations

from urllib.parse import urlsplit


def checked_base(html: str, base_url: str) -> str:
    """Return the address of a page; raises ValueError if it is not http(s), TypeError if one is not a string."""
    checked(html=html, base_url=base_url)
    try:
        parts = urlsplit(base_url.strip())
        is_web = parts.scheme.lower() in {"http", "https"} and bool(parts.hostname)
    except ValueError:
        is_web = False
    if not is_web:
        raise ValueError(f"base_url {base_url[:200]!r} is not the address of a page: expected https://…")
    return base_url.strip()


def checked(**given: object) -> None:
    """Raise TypeError if a value is not a string."""
    for name, value in given.items():
        if not isinstance(value, str):
            raise TypeError(f"{name} must be a str, not {type(value).__name__}; decode bytes first.")
