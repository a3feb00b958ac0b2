"""An outage is reported once, whatever figures its sentence has."""

from __future__ import annotations

from jpt.errors import BrowserUnusable, InputError, JptError, SlotsTaken
from jpt.models.events import Event, OutageBegan, OutageOver
from jpt.watch.outages import Outages


def test_a_part_that_is_missing_still_is_no_news() -> None:
    reported: list[Event] = []
    outages = Outages(reported.append)

    outages.report_loss("network", JptError("No network: none of the 3 hosts can be reached."))
    outages.report_loss("network", JptError("No network: none of the 5 hosts can be reached."))
    outages.report_loss("browser", BrowserUnusable("71 MB of memory are left here."))
    outages.report_loss("browser", BrowserUnusable("70 MB of memory are left here."))
    outages.report_return("network")
    outages.report_loss("network", JptError("No network: none of the 3 hosts can be reached."))

    assert [(type(event), event.part) for event in reported if isinstance(event, OutageBegan | OutageOver)] == [
        (OutageBegan, "network"),
        (OutageBegan, "browser"),
        (OutageOver, "network"),
        (OutageBegan, "network"),
    ]


def test_another_fault_of_a_part_is_news() -> None:
    reported: list[Event] = []
    outages = Outages(reported.append)

    outages.report_loss("browser", BrowserUnusable("No Chromium starts."))
    outages.report_loss("browser", SlotsTaken("All slots are taken."))
    outages.report_loss("database", InputError("Line 3 is wrong."))
    outages.report_loss("database", InputError("Line 4 is wrong."))

    assert len(reported) == 4
