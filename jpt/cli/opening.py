"""Open a page in the user's browser, if there is one with windows."""

from __future__ import annotations

import webbrowser

_IN_TERMINALS = {"www-browser", "links", "elinks", "lynx", "w3m"}
"""Browsers that would take over the terminal."""


def open_page(url: str) -> bool:
    """Open *url* (http, https or file); returns False if it is another, or if no browser with windows is found."""
    if not url.lower().startswith(("http://", "https://", "file://")):
        return False
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
