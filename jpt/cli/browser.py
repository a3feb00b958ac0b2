"""`jpt browser install`: find or download a Chromium."""

from __future__ import annotations

import anyio

from jpt.cli import session


def install() -> None:
    """Find a Chromium that renders, or download one; raises BrowserUnusable."""
    found = anyio.run(session.chromium, session.settings(), session.say)
    if found is None:
        return
    kind = "headless shell" if found.is_headless_shell else "full Chromium"
    session.show(f"{found.path}: Chromium {found.version}, {kind} ({found.origin}).")
