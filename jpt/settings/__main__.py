"""Prints `docs/settings.md`."""

from jpt.settings.documents import settings_page

print(settings_page(), end="")
