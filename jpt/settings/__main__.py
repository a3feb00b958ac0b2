"""Prints `docs/settings.md`."""

from jpt.settings.documents import page

print(page(), end="")
