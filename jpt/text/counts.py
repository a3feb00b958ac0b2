"""Numbers of things in words: `1 page`, `1,234 pages`. Pure."""

from __future__ import annotations


def counted(number: int, one: str, many: str | None = None) -> str:
    """Return *number* with its noun, which may bring its verb along: `counted(1, "post waits", "posts wait")`.

    Without *many* the noun takes an `s`.
    """
    return f"{number:,} {one if number == 1 else many or one + 's'}"
