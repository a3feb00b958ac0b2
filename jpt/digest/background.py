"""A delivery at the end of each cycle, in a thread that can be ended."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import anyio
import anyio.to_thread

from jpt.digest.delivery import Delivery
from jpt.digest.filters import read_profiles
from jpt.digest.ledger import write_feed
from jpt.digest.planning import feed
from jpt.errors import CannotCreate, Locked
from jpt.models import events
from jpt.models.digests import Outcome
from jpt.models.events import Report
from jpt.settings import Settings
from jpt.store import Store


@dataclass(eq=False, slots=True)
class BackgroundDelivery:
    """Tells what is due at the end of a cycle; one object for as long as there are cycles."""

    patient: bool = False
    """Cycles come all day: keep the pauses after a failure, and send one digest a day unless times are set."""
    _delivery: Delivery | None = None

    async def __call__(self, settings: Settings, store: Store, report: Report) -> None:
        """Send what is due at this time of the day, write the feed, and report what came of it.

        Nobody else may use *store* meanwhile. Raises StoreError or SettingError; that another jpt is sending
        just now is only said.
        """

        def say(sentence: str) -> None:
            report(events.Notice(sentence, warning=True))

        times = settings.calm_timetable if self.patient else settings.timetable
        self._delivery = Delivery(settings, store, say, timetable=times, patient=self.patient)
        try:
            outcome = await run_delivery(self._delivery)
            if outcome.configured:
                report(events.Digested(outcome))
            elif store.notes.get("said_mail_is_missing") is None:
                say(f"{outcome.notes[0]} `jpt digest --preview` shows what would be sent (reported once).")
                store.notes.put("said_mail_is_missing", "1")
        except Locked as exc:
            say(exc.sentence)
        finally:
            self._delivery = None
        await anyio.to_thread.run_sync(_write_feed, settings, store, say)

    @property
    def cannot_stop_now(self) -> bool:
        """Whether a mail server's answer is out that must be waited for."""
        return self._delivery is not None and self._delivery.cannot_stop_now


def _write_feed(settings: Settings, store: Store, say: Callable[[str], None]) -> None:
    profile = read_profiles(settings.filters)[0]
    try:
        write_feed(settings.files.feed, feed(store, settings, profile))
    except CannotCreate as exc:
        say(exc.sentence)


async def run_delivery(delivery: Delivery) -> Outcome:
    """Run a delivery; when cancelled, end it as soon as that loses nothing."""
    outcome: list[Outcome] = []
    done = anyio.Event()

    async def work() -> None:
        with anyio.CancelScope(shield=True):
            try:
                outcome.append(await anyio.to_thread.run_sync(delivery.run))
            finally:
                done.set()

    async with anyio.create_task_group() as tg:
        tg.start_soon(work)
        try:
            await done.wait()
        except anyio.get_cancelled_exc_class():
            delivery.stop()
            raise
    return outcome[0]
