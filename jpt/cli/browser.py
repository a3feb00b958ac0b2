"""`jpt browser install`: make sure that a Chromium is there."""

from __future__ import annotations

from pathlib import Path

import anyio
from rich.text import Text

from jpt.cli import session
from jpt.models.events import Event, Notice


def install(*, db: Path | None, quiet: bool) -> None:
    """Find a Chromium that renders, or fetch one; raises BrowserUnusable."""
    settings = session.settings(db=db)

    def say(event: Event) -> None:
        if isinstance(event, Notice) and (event.warning or not quiet):
            session.err.print(Text(event.sentence), soft_wrap=True)

    found = anyio.run(session.chromium, settings, say)
    if found is None:
        return
    kind = "headless shell" if found.is_headless_shell else "full Chromium"
    session.out.print(Text(f"{found.path}: Chromium {found.version}, {kind} ({found.origin})."), soft_wrap=True)
