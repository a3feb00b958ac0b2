"""Open a page in the user's browser, if there is one with windows."""

from __future__ import annotations

import webbrowser
from pathlib import Path

_IN_TERMINALS = {"www-browser", "links", "elinks", "lynx", "w3m"}
"""Browsers that would take over the terminal."""


def open_page(url: str) -> bool:
    """Open *url* (http or https); returns False if it is another, or if no browser with windows is found."""
    return url.lower().startswith(("http://", "https://")) and _open(url)


def open_file(path: Path) -> bool:
    """Open a page that jpt wrote; returns False if no browser with windows is found."""
    return _open(path.resolve().as_uri())


def _open(url: str) -> bool:
    try:
        browser = webbrowser.get()
    except webbrowser.Error:
        return False
    name = getattr(browser, "name", "") or ""
    if name.rpartition("/")[2] in _IN_TERMINALS:
        return False
    try:
        return browser.open(url)
    except (OSError, webbrowser.Error):
        return False
