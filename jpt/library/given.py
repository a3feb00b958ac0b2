"""What callers hand over, checked. Pure."""

from __future__ import annotations

from urllib.parse import urlsplit


def checked_base(html: str, base_url: str) -> str:
    """Give the address of a page; raises ValueError where it is none, TypeError where it is no string."""
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
    """Raise TypeError where something is no string."""
    for name, value in given.items():
        if not isinstance(value, str):
            raise TypeError(f"{name} must be a str, not {type(value).__name__}; decode bytes first.")
