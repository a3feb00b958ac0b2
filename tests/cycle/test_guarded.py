"""Whatever goes wrong with one page ends there: the others are read, and the log has the traceback."""

from __future__ import annotations

import logging
import zlib
from collections.abc import AsyncIterator, Iterable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path

import anyio
import pytest

from jpt.cycle.guarded import apply, ends_here
from jpt.cycle.pipeline import Pipeline
from jpt.cycle.plan import Plan
from jpt.errors import NotYet, OwnFault
from jpt.models import events
from jpt.models.events import Event
from jpt.models.load import Load
from jpt.models.pages import Anchor, Company, PageRead
from jpt.net.guard import AddressGuard
from jpt.settings import load
from jpt.store import Store

POST = "{title}\nRequirements\n- 2+ years of professional experience in a similar role\nApply now"
FAULTS = [
    KeyError("a mistake of ours"),
    RecursionError("maximum recursion depth exceeded"),
    MemoryError(),
    UnicodeEncodeError("utf-8", "\ud83d", 0, 1, "surrogates not allowed"),
    ExceptionGroup("tasks", [ValueError("one"), ExceptionGroup("more", [TypeError("two")])]),
    AssertionError(),
]


@dataclass
class Web:
    """A browser pool whose pages are made here: what it gives is what a hostile site could."""

    names: Iterable[str] = ("acme", "bolt")
    faults: dict[str, BaseException] = field(default_factory=dict)
    """What reading an address raises."""
    title: str = "Loom Engineer {number}"
    load: Load = field(default_factory=lambda: Load(0, 0, 0, 0.0, 0, 0))
    guard: AddressGuard = field(default_factory=lambda: AddressGuard.of(()))

    @property
    def companies(self) -> tuple[Company, ...]:
        return tuple(Company(name, f"https://{name}.example/careers") for name in self.names)

    @asynccontextmanager
    async def slot(self) -> AsyncIterator[Web]:
        yield self

    async def read(self, url: str, *_: object, **__: object) -> PageRead:
        if url in self.faults:
            raise self.faults[url]
        if not url.endswith("/careers"):
            title = url.rpartition("/")[2].replace("-", " ").title()
            return PageRead(
                url, url, 200, title, POST.format(title=title), headings=(title,), controls=("Apply now",)
            )
        base = url.removesuffix("/careers")
        anchors = tuple(
            Anchor(f"{base}/jobs/{n}-loom-engineer-{n}", self.title.format(number=n), shape="ul>li>a", group="1")
            for n in (101, 102)
        )
        text = "\n".join(["Current openings", *(anchor.text for anchor in anchors)])
        return PageRead(url, url, 200, "Careers", text, anchors)


@dataclass
class Ran:
    """A cycle on a web, and what it reported."""

    db: Path
    said: list[Event] = field(default_factory=list)

    def run(self, web: Web) -> None:
        settings = load(db=self.db, feeds="off", host_interval_ms=0)[0]

        async def main() -> None:
            with Store.open(self.db) as store:
                await Pipeline(settings, store, web, self.said.append).run(Plan(web.companies))

        anyio.run(main)

    def status(self) -> dict[str, str]:
        return {event.site: event.status for event in self.said if isinstance(event, events.SiteDone)}

    def done(self) -> list[str]:
        return sorted(event.job.url for event in self.said if isinstance(event, events.TaskDone))


@pytest.fixture
def ran(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Ran:
    monkeypatch.setattr("jpt.store.queue.RETRY_AFTER_S", (0.1, 60))
    (tmp_path / "state").mkdir()
    return Ran(tmp_path / "state/jpt.sqlite3")


@pytest.mark.parametrize("fault", FAULTS, ids=lambda fault: type(fault).__name__)
def test_a_list_that_nobody_thought_of_costs_its_own_site_alone(
    ran: Ran, fault: Exception, caplog: pytest.LogCaptureFixture
) -> None:
    ran.run(Web(faults={"https://acme.example/careers": fault}))

    assert ran.status() == {"acme": "error", "bolt": "ok"}
    assert len(ran.done()) == 2
    (failed,) = (event for event in ran.said if isinstance(event, events.SiteDone) and event.site == "acme")
    assert "jpt itself failed on this page" in failed.reason
    assert any(entry.exc_info and entry.levelno == logging.ERROR for entry in caplog.records)


@pytest.mark.parametrize("fault", FAULTS, ids=lambda fault: type(fault).__name__)
def test_a_post_that_nobody_thought_of_is_tried_again_and_the_others_are_read(ran: Ran, fault: Exception) -> None:
    ran.run(Web(faults={"https://acme.example/jobs/101-loom-engineer-101": fault}))

    assert len(ran.done()) == 3
    failed = {event.url for event in ran.said if isinstance(event, events.TaskFailed)}
    assert failed == {"https://acme.example/jobs/101-loom-engineer-101"}


def test_half_characters_in_a_list_end_nothing(ran: Ran) -> None:
    ran.run(Web(title="Loom Engineer \ud83d {number}"))

    assert set(ran.status()) == {"acme", "bolt"}
    assert [event for event in ran.said if isinstance(event, events.QueueLeft)]


def test_a_stored_post_that_is_nested_too_deep_is_read_in_the_browser(ran: Ran) -> None:
    web = Web(names=("acme",))
    with Store.open(ran.db) as store:
        keys = [f"https://acme.example/jobs/{n}-loom-engineer-{n}" for n in (101, 102)]
        store.feeds.keep(web.companies[0], [(key, zlib.compress(b"[" * 100_000)) for key in keys])

    ran.run(web)

    assert len(ran.done()) == 2


def test_our_own_errors_and_the_end_of_the_work_pass_the_seam() -> None:
    with pytest.raises(NotYet), ends_here():
        raise NotYet("not yet", 3.0)
    with pytest.raises(NotYet), ends_here():
        raise ExceptionGroup("tasks", [NotYet("not yet", 3.0)])
    with pytest.raises(KeyboardInterrupt), ends_here():
        raise KeyboardInterrupt

    async def main() -> None:
        with anyio.CancelScope() as scope:
            scope.cancel()
            with ends_here():
                await anyio.sleep(1)
        assert scope.cancelled_caught
        with pytest.raises(OwnFault, match="ZeroDivisionError"):
            await apply(lambda: 1 / 0)

    anyio.run(main)
