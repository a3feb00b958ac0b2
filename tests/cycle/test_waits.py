"""No wait holds another: a host that asks for a long one gets it, the others are read, and it is said what was left."""

from __future__ import annotations

from pathlib import Path

import anyio
import pytest

from jpt.cycle.pipeline import Pipeline
from jpt.cycle.plan import Plan
from jpt.models import events
from jpt.models.events import Event
from jpt.models.pages import Company
from jpt.settings import load
from jpt.store import Store
from tests.career_sites.server import Reply, Request, Server
from tests.cycle.test_guarded import Web


@pytest.fixture
def said() -> list[Event]:
    return []


def answer(request: Request) -> Reply:
    # Both hosts are served from here; the one that is asked for stands in a header.
    if request.headers.get("x-forwarded-host") == "acme.example":
        return Reply(b"User-agent: *\nCrawl-delay: 1000000000", kind="text/plain")
    return Reply(b"", status=404)


def test_a_host_that_asks_for_years_between_two_visits_ends_no_run_and_holds_nobody(
    tmp_path: Path, said: list[Event]
) -> None:
    (tmp_path / "state").mkdir()
    web = Web(names=("acme", "bolt"))
    second = Company("acme too", "https://acme.example/careers?team=2")

    async def main(port: int) -> None:
        bases = f"acme.example=http://127.0.0.1:{port},bolt.example=http://127.0.0.1:{port}"
        settings = load(
            db=tmp_path / "state/jpt.sqlite3",
            feeds="off",
            host_interval_ms=0,
            robots=True,
            feed_base=bases,
            max_pages=1,
        )[0]
        with Store.open(settings.db) as store, anyio.fail_after(60):
            plan = Plan((*web.companies, second))
            await Pipeline(settings, store, web, said.append).run(plan)

    with Server(answer) as server:
        anyio.run(main, server.port)

    read = {event.site: event.status for event in said if isinstance(event, events.SiteDone)}
    (left,) = (event for event in said if isinstance(event, events.SiteSkipped))
    (queue,) = (event for event in said if isinstance(event, events.QueueLeft))
    done = {event.job.site for event in said if isinstance(event, events.TaskDone)}
    assert read == {"acme": "ok", "bolt": "ok"}
    assert (left.site, left.why) == ("acme too", "not yet")
    assert left.wait_s is not None and 3_600 < left.wait_s < 24 * 3_600
    assert (done, queue.waiting) == ({"bolt"}, 2)
