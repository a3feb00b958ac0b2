"""The live table of a run."""

from __future__ import annotations

from rich.console import Console

from jpt.errors import Unreachable
from jpt.models import events
from jpt.observers.live import LiveTable

URL = "https://careers.acme.example/open-positions/all"


def test_the_reason_is_seen_and_not_the_address_before_it() -> None:
    screen = Console(width=80, height=24, record=True, force_terminal=True)
    table = LiveTable(["Acme"])
    fault = Unreachable("the host name is not known, or there is no network", page=URL)
    table.note(events.SiteDone("Acme", URL, "error", fault.reason_for(URL)))
    screen.print(table)

    shown = screen.export_text()
    assert "the host name is" in shown
    assert "careers.acme" not in shown
