"""`jpt watch`: what it does over time, and how it takes what goes wrong around it."""

from __future__ import annotations

import json
import signal
import sqlite3
import subprocess
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator, Sequence
from contextlib import asynccontextmanager, closing, contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, TypeVar

import anyio
import pytest
from filelock import FileLock

from jpt.cycle.pipeline import Pipeline
from jpt.errors import BrowserUnusable, Unreachable
from jpt.inputs.companies import read_companies
from jpt.models import events
from jpt.models.events import Event
from jpt.models.load import Load
from jpt.models.pages import Anchor, PageRead
from jpt.net.guard import AddressGuard
from jpt.settings import Settings, load
from jpt.store import Store
from jpt.store.run_lock import hold
from jpt.text.clock import wall_clock
from jpt.watch import loop as watch
from jpt.watch.files import Loaded
from jpt.watch.loop import Setup, Watch
from tests.career_sites import CareerSites, Site, advert, adverts
from tests.conftest import Jpt

E = TypeVar("E")
SLOW_AND_FAST = [("Acme", "1d"), ("Bolt", "")]
POST = "{title}\nRequirements\n- 2+ years of professional experience in a similar role\nApply now"


@dataclass
class Web:
    """A browser pool whose web is a dict: what each careers page lists."""

    lists: dict[str, list[str]] = field(default_factory=dict)
    reads: list[str] = field(default_factory=list)
    broken: bool = False
    offline: bool = False
    bug: bool = False
    gate: anyio.Event | None = None
    post_s: float = 0.0
    """How long a post takes."""
    open_now: dict[str, int] = field(default_factory=dict)
    most_at_once: int = 0
    load: Load = field(default_factory=lambda: Load(0, 0, 0, 0.0, 0, 0))
    guard: AddressGuard = field(default_factory=lambda: AddressGuard.of(()))

    @asynccontextmanager
    async def slot(self) -> AsyncIterator[Web]:
        yield self

    async def read(self, url: str, *_: object, **__: object) -> PageRead:
        if self.broken:
            raise BrowserUnusable("No Chromium starts here. Try `jpt browser install`.")
        if self.offline:
            raise Unreachable(f"{url} was not read: no network.")
        self.reads.append(url)
        self.open_now[url] = self.open_now.get(url, 0) + 1
        self.most_at_once = max(self.most_at_once, self.open_now[url])
        try:
            if self.gate is not None:
                await self.gate.wait()
            if url not in self.lists:
                await anyio.sleep(self.post_s)
        finally:
            self.open_now[url] -= 1
        return self.page(url)

    def page(self, url: str) -> PageRead:
        if url not in self.lists:
            title = url.rpartition("/")[2].replace("-", " ").title()
            return PageRead(
                url, url, 200, title, POST.format(title=title), headings=(title,), controls=("Apply now",)
            )
        base = url.removesuffix("/careers")
        anchors = tuple(
            Anchor(f"{base}/jobs/{number}-{name}", name.replace("-", " ").title(), shape="ul>li>a", group="1")
            for number, name in enumerate(self.lists[url], start=100)
        )
        return PageRead(url, url, 200, "Careers", "Current openings\n" + "\n".join(self.lists[url]), anchors)


@dataclass
class Scene:
    """A watch on a web, with what it said."""

    folder: Path
    web: Web
    said: list[Event] = field(default_factory=list)
    watch: Watch = field(init=False)
    pools: int = 0
    tell: Callable[..., Awaitable[None]] | None = None
    clock: Callable[[], int] = wall_clock

    def __post_init__(self) -> None:
        self.csv = self.folder / "companies.csv"
        self.settings = load(db=self.folder / "state/jpt.sqlite3", every_s=0.3, feeds="off", host_interval_ms=0)[0]

    def begin(self) -> Watch:
        setup = Setup(self.loaded, (self.csv,), self.pool, self.hold, self.tell)
        self.watch = Watch(setup, self.said.append, self.clock)
        return self.watch

    def loaded(self) -> Loaded:
        return Loaded(self.settings, read_companies(self.csv))

    @asynccontextmanager
    async def pool(self, settings: Settings, report: object, named: Sequence[str]) -> AsyncIterator[Any]:
        self.pools += 1
        if self.web.bug:
            raise KeyError("a mistake of ours")
        yield self.web

    @contextmanager
    def hold(self, settings: Settings) -> Iterator[None]:
        settings.db.parent.mkdir(exist_ok=True)
        with hold(settings.files.run_lock, "jpt watch"):
            yield

    def follow(self, *names: str, every: str = "") -> None:
        for name in names:
            self.web.lists.setdefault(f"https://{name.lower()}.example/careers", ["first-job"])
        lines = [f"{name},https://{name.lower()}.example/careers,{every}\n" for name in names]
        self.csv.write_text("company,url,every\n" + "".join(lines))

    async def until(self, told: Callable[[], object], seconds: float = 30) -> None:
        with anyio.fail_after(seconds):
            while not told():
                await anyio.sleep(0.01)

    def of(self, kind: type[E]) -> list[E]:
        return [event for event in self.said if isinstance(event, kind)]

    def outages(self) -> list[tuple[str, str]]:
        return [
            (event.part, "gone" if isinstance(event, events.OutageBegan) else "back")
            for event in self.said
            if isinstance(event, events.OutageBegan | events.OutageOver)
        ]

    def live(self, act: Callable[[], Awaitable[None]]) -> None:
        """Run the watch while *act* does something, then wind it down."""

        async def main() -> None:
            self.begin()
            async with anyio.create_task_group() as tg:
                tg.start_soon(self.watch.run)
                await act()
                self.watch.wind_down()

        anyio.run(main)


@pytest.fixture
def scene(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Scene:
    for name, value in {"LOOK_S": 0.02, "COURTESY_S": 0.01, "PAUSES_S": (0.02,)}.items():
        monkeypatch.setattr(watch, name, value)
    made = Scene(tmp_path, Web())
    made.follow("Acme", "Bolt")
    return made


def jobs(scene: Scene) -> set[str]:
    with closing(sqlite3.connect(scene.settings.db)) as raw:
        return {row[0] for row in raw.execute("SELECT job_title FROM job_details")}


def test_what_is_listed_later_is_found_by_a_later_cycle(scene: Scene) -> None:
    async def act() -> None:
        await scene.until(lambda: len(scene.of(events.TaskDone)) == 2)
        scene.web.lists["https://acme.example/careers"].append("harbour-master")
        await scene.until(lambda: len(scene.of(events.TaskDone)) == 3)

    scene.live(act)

    assert jobs(scene) == {"100 First Job", "101 Harbour Master"}
    assert scene.web.most_at_once == 1


def test_posts_of_sites_that_are_not_due_are_read_as_the_list_says(
    scene: Scene, monkeypatch: pytest.MonkeyPatch
) -> None:
    given: list[dict[str, str]] = []

    def seen(*arguments: Any, **named: Any) -> Pipeline:
        given.append(named["vias"])
        return Pipeline(*arguments, **named)

    async def act() -> None:
        await scene.until(lambda: len(given) > 2)

    monkeypatch.setattr(watch, "Pipeline", seen)
    pages = [f"{name},https://{name.lower()}.example/careers,{every},browser" for name, every in SLOW_AND_FAST]
    scene.csv.write_text("\n".join(["company,url,every,via", *pages]))
    scene.live(act)

    assert all(vias == {"Acme": "browser", "Bolt": "browser"} for vias in given)


def test_a_slow_page_holds_no_other_up_and_is_never_read_twice_at_once(scene: Scene) -> None:
    scene.web.gate = anyio.Event()

    async def act() -> None:
        await scene.until(lambda: len(scene.web.reads) == 2)
        slow = scene.web.gate
        assert slow is not None
        scene.web.gate = None
        scene.follow("Acme", "Bolt", "Coil")
        await scene.until(lambda: scene.web.open_now.get("https://bolt.example/careers") == 1)
        slow.set()
        await scene.until(lambda: len(scene.of(events.SiteDone)) >= 3)

    scene.live(act)

    assert scene.web.most_at_once == 1


def test_a_list_that_changes_is_read_again_and_a_bad_edit_keeps_the_last_good_one(scene: Scene) -> None:
    async def act() -> None:
        await scene.until(lambda: len(scene.of(events.SiteDone)) == 2)
        scene.csv.write_text("what is this\n")
        await scene.until(lambda: ("settings", "gone") in scene.outages())
        before = len(scene.of(events.SiteDone))
        await scene.until(lambda: len(scene.of(events.SiteDone)) > before)
        scene.follow("Bolt", "Coil")
        await scene.until(lambda: any(event.site == "Coil" for event in scene.of(events.SiteDone)))

    scene.live(act)

    assert scene.outages() == [("settings", "gone"), ("settings", "back")]
    assert "companies.csv" in scene.of(events.OutageBegan)[0].sentence


def test_a_company_that_is_renamed_meanwhile_keeps_what_is_known_of_it(scene: Scene) -> None:
    async def act() -> None:
        await scene.until(lambda: len(scene.of(events.TaskDone)) == 2)
        scene.csv.write_text(scene.csv.read_text().replace("Acme,", "Acme Robotics,"))
        await scene.until(lambda: any(event.site == "Acme Robotics" for event in scene.of(events.SiteDone)))

    scene.live(act)

    assert len(scene.of(events.TaskDone)) == 2
    with closing(sqlite3.connect(scene.settings.db)) as raw:
        assert {row[0] for row in raw.execute("SELECT site FROM jpt_pages")} == {"Acme Robotics", "Bolt"}


def test_settings_that_change_count_from_then_on(scene: Scene) -> None:
    async def act() -> None:
        await scene.until(lambda: scene.of(events.CycleDone))
        scene.settings = load(db=scene.settings.db, every_s=900, feeds="off")[0]
        scene.csv.touch()
        await scene.until(lambda: scene.pools == 2)
        await scene.until(lambda: scene.watch.settings.every_s == 900)

    scene.live(act)


def test_another_run_on_the_database_is_waited_for_and_named(scene: Scene) -> None:
    async def act() -> None:
        await scene.until(lambda: ("another run", "gone") in scene.outages())
        assert scene.web.reads == []
        lock.release()
        await scene.until(lambda: len(scene.of(events.SiteDone)) == 2)

    scene.settings.db.parent.mkdir()
    lock = FileLock(scene.settings.files.run_lock)
    lock.acquire()
    scene.live(act)

    assert scene.outages() == [("another run", "gone"), ("another run", "back")]


def test_the_database_is_free_between_two_cycles(scene: Scene) -> None:
    async def act() -> None:
        await scene.until(lambda: events.StageIs("waiting") in scene.said)
        with FileLock(scene.settings.files.run_lock).acquire(timeout=0):
            pass

    scene.follow("Acme", every="1h")
    scene.live(act)


def test_a_database_that_vanishes_is_not_made_anew_and_comes_back(scene: Scene) -> None:
    async def act() -> None:
        away = scene.settings.db.with_name("away")
        await scene.until(lambda: scene.said[-1] == events.StageIs("waiting"))
        scene.settings.db.rename(away)
        await scene.until(lambda: ("database", "gone") in scene.outages())
        assert not scene.settings.db.exists()
        away.rename(scene.settings.db)
        await scene.until(lambda: ("database", "back") in scene.outages())

    scene.live(act)

    assert len(scene.of(events.TaskDone)) == 2


def test_a_browser_that_does_not_start_is_tried_until_it_does(scene: Scene) -> None:
    scene.web.broken = True

    async def act() -> None:
        await scene.until(lambda: scene.pools >= 3)
        scene.web.broken = False
        await scene.until(lambda: len(scene.of(events.TaskDone)) == 2)

    scene.live(act)

    assert scene.outages() == [("browser", "gone"), ("browser", "back")]


def test_a_bug_is_told_and_does_not_end_the_watch(scene: Scene, caplog: pytest.LogCaptureFixture) -> None:
    scene.web.bug = True

    async def act() -> None:
        await scene.until(lambda: ("jpt", "gone") in scene.outages())
        scene.web.bug = False
        await scene.until(lambda: ("jpt", "back") in scene.outages())

    scene.live(act)

    assert "KeyError" in scene.of(events.OutageBegan)[0].sentence
    assert any(entry.exc_info for entry in caplog.records)


def test_a_bug_that_comes_back_each_time_ends_it(scene: Scene) -> None:
    scene.web.bug = True

    with pytest.raises(BaseExceptionGroup):
        anyio.run(scene.begin().run)


def test_without_a_network_nobody_is_blamed_and_it_is_said_once(scene: Scene) -> None:
    scene.follow("Acme", "Bolt", "Coil", "Dune")
    scene.web.offline = True

    async def act() -> None:
        await scene.until(lambda: len(scene.of(events.NoNetwork)) >= 2)
        scene.web.offline = False
        await scene.until(lambda: ("network", "back") in scene.outages())
        assert all(pace.failures == 0 for pace in scene.watch.paces)

    scene.live(act)

    # A cycle that began without the network may end with it, and says so once more.
    assert scene.outages()[:2] == [("network", "gone"), ("network", "back")]


def test_while_offline_a_paused_page_that_falls_due_does_not_report_the_network_back(scene: Scene) -> None:
    scene.follow("Acme", "Bolt", "Coil", "Dune")
    scene.settings.db.parent.mkdir(exist_ok=True)
    with Store.open(scene.settings.db) as store:
        store.site_decisions.pause("Acme")
    scene.web.offline = True

    async def act() -> None:
        await scene.until(lambda: len(scene.of(events.NoNetwork)) >= 2)
        seen = len(scene.of(events.SiteSkipped))
        await scene.until(lambda: len(scene.of(events.SiteSkipped)) >= seen + 2)
        assert scene.outages() == [("network", "gone")]
        scene.web.offline = False
        await scene.until(lambda: ("network", "back") in scene.outages())

    scene.live(act)

    # A cycle that began without the network may end with it, and says so once more.
    assert scene.outages()[:2] == [("network", "gone"), ("network", "back")]
    assert not [event for event in scene.of(events.SiteDone) if event.site == "Acme"]


def test_paused_nothing_new_is_begun_until_it_goes_on(scene: Scene) -> None:
    async def act() -> None:
        await scene.until(lambda: scene.of(events.CycleDone))
        scene.watch.pause()
        begun = len(scene.of(events.CycleBegan))
        with anyio.move_on_after(0.5):
            await scene.until(lambda: len(scene.of(events.CycleBegan)) > begun)
        assert len(scene.of(events.CycleBegan)) <= begun + 1
        scene.watch.pause()
        await scene.until(lambda: len(scene.of(events.CycleBegan)) > begun)

    scene.live(act)


def stage(scene: Scene) -> str:
    return scene.of(events.StageIs)[-1].stage


def test_what_goes_on_after_a_pause_says_so_at_once(scene: Scene) -> None:
    async def act() -> None:
        await scene.until(lambda: scene.said and scene.said[-1] == events.StageIs("waiting"))
        scene.watch.pause()
        await scene.until(lambda: stage(scene) == "paused")
        scene.watch.pause()
        # The next page is due in an hour: nothing else would say it before.
        await scene.until(lambda: stage(scene) == "waiting")

    scene.follow("Acme", "Bolt", every="1h")
    scene.live(act)


def test_all_pages_are_read_at_once_when_asked_for(scene: Scene) -> None:
    async def act() -> None:
        await scene.until(lambda: scene.said and scene.said[-1] == events.StageIs("waiting"))
        known = len(scene.web.reads)
        scene.watch.read_now()
        # The next page would be due in an hour.
        await scene.until(lambda: len(scene.of(events.CycleDone)) == 2)
        assert sorted(scene.web.reads[known:]) == sorted(scene.web.lists)

    scene.follow("Acme", "Bolt", every="1h")
    scene.live(act)


def test_while_it_ends_there_is_nothing_to_pause(scene: Scene) -> None:
    scene.web.gate = anyio.Event()

    async def act() -> None:
        await scene.until(lambda: len(scene.web.reads) == 2)
        scene.watch.wind_down()
        scene.watch.pause()
        assert stage(scene) == "stopping"
        assert scene.web.gate is not None
        scene.web.gate.set()

    scene.live(act)


def test_a_long_queue_keeps_no_page_waiting_and_the_digest_comes_when_it_is_worked(
    scene: Scene, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Posts that take hours must not stop the reading of pages, and be told in one letter, not in fifty."""
    monkeypatch.setattr(watch, "LONGEST_CYCLE_S", 0.1)
    scene.web.lists["https://acme.example/careers"] = [f"job-{number}" for number in range(40)]
    scene.web.post_s = 0.1
    scene.settings = scene.settings.model_copy(update={"host_interval_ms": 0, "host_pages": 8})
    told: list[int] = []

    async def tell(*_: object) -> None:
        told.append(len(scene.of(events.TaskDone)))

    scene.tell = tell

    async def act() -> None:
        await scene.until(lambda: told)

    scene.live(act)

    ends = (events.TaskDone, events.SiteDone)
    settled = [event for event in scene.said if isinstance(event, ends)]
    first, last = (next(place for place, event in enumerate(order) if isinstance(event, events.TaskDone))
                   for order in (settled, settled[::-1]))  # fmt: skip
    between = settled[first : len(settled) - last]
    assert any(isinstance(event, events.SiteDone) and event.queued == 0 for event in between)
    assert told[0] == 41


def test_a_digest_goes_out_at_its_time_though_nothing_is_read_then(scene: Scene) -> None:
    scene.follow("Acme", every="1h")
    scene.settings = scene.settings.model_copy(update={"digest_at": "08:00", "timezone": "UTC"})
    a_moment_before = int(datetime(2026, 3, 2, 7, 59, 59, 500_000, UTC).timestamp() * 1000)
    scene.clock = lambda: a_moment_before
    told: list[int] = []

    async def tell(*_: object) -> None:
        told.append(len(scene.of(events.SiteDone)))

    scene.tell = tell

    async def act() -> None:
        await scene.until(lambda: len(told) == 2)

    scene.live(act)

    assert told == [1, 1]


def test_a_database_that_is_replaced_by_another_is_not_taken_for_it(scene: Scene) -> None:
    async def act() -> None:
        away = scene.settings.db.with_name("away")
        await scene.until(lambda: scene.said[-1] == events.StageIs("waiting"))
        scene.settings.db.rename(away)
        scene.settings.db.touch()
        await scene.until(lambda: ("database", "gone") in scene.outages())
        for name in ("", "-wal", "-shm"):
            scene.settings.db.with_name(scene.settings.db.name + name).unlink(missing_ok=True)
        away.rename(scene.settings.db)
        await scene.until(lambda: ("database", "back") in scene.outages())

    scene.live(act)

    assert "another database" in scene.of(events.OutageBegan)[0].sentence
    assert len(scene.of(events.TaskDone)) == 2


def test_winding_down_finishes_what_is_in_flight_and_begins_nothing_more(scene: Scene) -> None:
    scene.web.gate = anyio.Event()
    scene.follow(*(f"Site{number}" for number in range(20)))

    at_once = scene.settings.max_pages

    async def act() -> None:
        await scene.until(lambda: len(scene.web.reads) == at_once)
        scene.watch.wind_down()
        assert scene.web.gate is not None
        scene.web.gate.set()

    scene.live(act)

    assert len(scene.of(events.SiteDone)) == len(scene.web.reads) == at_once


def test_a_watch_that_starts_again_reads_only_what_is_due(scene: Scene) -> None:
    scene.follow("Acme", every="1h")

    async def act() -> None:
        await scene.until(lambda: events.StageIs("waiting") in scene.said)

    scene.live(act)
    scene.said.clear()
    scene.live(act)

    assert scene.of(events.SiteDone) == []
    known = scene.of(events.PageKnown)
    assert [(page.site, page.status, page.new_today) for page in known] == [("Acme", "ok", 0)]


# --- As a process ---


def test_a_watch_finds_a_new_job_says_how_it_is_and_leaves_nothing_behind(jpt: Jpt) -> None:
    with CareerSites([Site("Tern", "static", adverts(2)), Site("Kelp", "failing")]) as career_sites:
        (jpt.folder / "inputs").mkdir()
        career_sites.companies_csv(jpt.folder / "inputs/companies.csv")
        process = jpt.start("watch", "--every", "5s", "--log-json", JPT_API_TOKEN="s3cret-value")
        try:
            told = []
            added = False
            assert process.stderr is not None
            for text in process.stderr:
                told.append(json.loads(text))
                if told[-1]["event"] == "cycle_done" and not added:
                    career_sites.add_job("Tern", advert("Harbour Master", years=2, ad_id="999"))
                    added = True
                if told[-1].get("title") == "Harbour Master":
                    break
            beside, status = jpt("sites", "--json"), jpt("status", "--json")
        finally:
            process.send_signal(signal.SIGTERM)
            process.communicate(timeout=30)

    assert process.returncode == 143
    assert {row["site"]: row["status"] for row in beside.json} == {"Tern": "ok", "Kelp": "error"}
    assert (status.code, status.json["alive"], status.json["healthy"]) == (0, True, True)
    assert [one["site"] for one in status.json["sites"]["failing"]] == ["Kelp"]
    after = jpt("status", "--json")
    assert (after.code, after.json["alive"]) == (1, False)
    logged = (jpt.folder / "state/jpt.log").read_text().splitlines()
    assert {json.loads(text)["event"] for text in logged} >= {"cycle_done", "site_done", "task_done"}
    assert len({entry["run"] for entry in told}) == 1
    assert [entry["event"] for entry in told if entry["event"] == "site_done" and entry["site"] == "Kelp"]
    assert subprocess.run(["pgrep", "-f", str(jpt.folder)], capture_output=True, check=False).returncode == 1
    assert not list((jpt.folder / "state").glob("*.watch.json"))


def test_a_second_watch_on_a_database_is_refused_and_names_the_first(bare_jpt: Jpt) -> None:
    (bare_jpt.folder / "state").mkdir()
    (bare_jpt.folder / "companies.csv").write_text("company,url\nAcme,https://acme.example/\n")
    lock = FileLock(bare_jpt.folder / "state/snapshots.sqlite3.watch.lock")
    with lock.acquire(timeout=0):
        ended = bare_jpt("watch", "--csv", "companies.csv")

    assert ended.code == 75
    assert "snapshots.sqlite3 is watched already by" in ended.err


@pytest.mark.parametrize(
    ("words", "code"), [(("--every", "15"), 2), (("--every", "1s"), 2), (("--csv", "none.csv"), 65)], ids=str
)
def test_what_cannot_be_used_ends_it_before_it_begins(bare_jpt: Jpt, words: tuple[str, ...], code: int) -> None:
    (bare_jpt.folder / "inputs").mkdir()
    (bare_jpt.folder / "inputs/companies.csv").write_text("company,url\nAcme,https://acme.example/\n")

    ended = bare_jpt("watch", *words)

    assert ended.code == code
    assert words[-1] in ended.err
