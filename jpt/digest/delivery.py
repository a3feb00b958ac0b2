"""What is due becomes digests, and they go out: where the store, the rules and the transports meet.

For each person and channel what waits is sent again, then what is due is frozen and sent. Nothing here is
asynchronous: a delivery runs in a thread (see `background.run_delivery`), and `Delivery.stop` ends it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import datetime
from functools import partial

from filelock import FileLock, Timeout

from jpt.digest import message, sending
from jpt.digest.extras import DigestExtras
from jpt.digest.ledger import Ledger
from jpt.digest.planning import Pending, pending_on, refresh
from jpt.digest.submission import Call, Kind
from jpt.digest.transports import Transport, transports
from jpt.errors import CannotCreate, Locked
from jpt.models.digests import DEFAULT, Digest, DigestEntry, Frozen, HealthReport, News, Outcome
from jpt.settings import Settings
from jpt.store import Store
from jpt.text.clock import is_within
from jpt.text.counts import counted
from jpt.text.timetable import Timetable

GIVE_UP_MS = 5 * 86_400_000
"""A recipient that is deferred for this long is given up, as mail servers do."""
_MOST_REFUSALS = 5
"""Single jobs refused in a row, and none accepted: then it is not the jobs."""
_BLOCKING: frozenset[Kind | None] = frozenset({None, "later", "misconfigured", "nobody", "unknown", "stopped"})
"""Outcomes after which the next digest would fail, too."""


@dataclass(eq=False, slots=True)
class Delivery:
    """One round over all people and channels."""

    settings: Settings
    store: Store
    say: Callable[[str], None]
    timetable: Timetable | None = None
    """Keep to these times and quiet hours, with one digest at a time; None: send all that is due."""
    patient: bool = False
    """Keep the pauses after a failure: for whoever calls again soon."""
    limit: int | None = None
    """Most jobs to report; the others follow next time."""
    call: Call = field(default_factory=Call)
    _ended: dict[str, Digest] = field(default_factory=dict)
    _misconfigured: bool = False
    _held_back: str = ""
    _waiting: int = 0
    _filtered: int = 0

    def run(self) -> Outcome:
        """Send what waits and what is due. Raises Locked when another jpt is sending, SettingError, StoreError."""
        found = transports(self.settings)
        with mail_lock(self.settings):
            refresh(self.store, self.settings, found.profiles)
            if not found.transports:
                return Outcome(configured=False, notes=(found.missing,))
            self._ledger.catch_up()
            for digest in self.store.outbox.recover(hold=self._hold):
                if digest.state == "HELD":
                    self._note(digest)
            for transport in found.transports:
                if not self.call.stopped:
                    self._deliver(transport)
            self._ledger.catch_up()
            if any(one.accepted_ts_ms and one.channel.is_default_mail for one in self._ended.values()):
                self._ledger.write_mailed()
        return self._outcome()

    def stop(self) -> None:
        """Start nothing more; a message that is handed over keeps its time to be answered."""
        self.call.stop()

    @property
    def cannot_stop_now(self) -> bool:
        """Whether an answer is out that must be waited for."""
        return self.call.in_window

    @property
    def _ledger(self) -> Ledger:
        return Ledger(self.settings, self.store, self.say)

    @property
    def _hold(self) -> bool:
        return self.settings.on_unknown == "hold"

    @property
    def _clock(self) -> Timetable:
        return self.timetable or self.settings.timetable

    def _now_ms(self) -> int:
        return self.store.clock()

    def _deliver(self, transport: Transport) -> None:
        self.store.reported.open_channel(transport.channel)
        timetable, now = self.timetable, self._now_ms()
        if timetable is not None and timetable.is_quiet(now):
            self._held_back = f"quiet hours until {timetable.quiet_end}"
            return
        waiting, aside = self._waiting_on(transport)
        if all(self._send_again(transport, digest) for digest in waiting) and self._report_due(transport):
            self._send_aside(transport, aside)

    def _report_due(self, transport: Transport) -> bool:
        """Send what is due now; False when the channel does not work now."""
        for _ in range(3):
            pending = pending_on(self.store, self.settings, transport.channel, transport.profile)
            self._waiting += len(pending.entries)
            self._filtered += pending.extras.filtered + pending.extras.over_years
            if (pending.entries or pending.extras.is_urgent) and (at := self._later(transport, pending)):
                kept = counted(len(pending.entries), "job is", "jobs are")
                self._held_back = f"{kept} kept for the digest at {at:%H:%M}"
                return True
            self.store.reported.add_copies(transport.channel, pending.repeats)
            if (works := self._send_due(transport, pending)) is not None:
                return works
            self._waiting -= len(pending.entries)
        return True

    def _later(self, transport: Transport, pending: Pending) -> datetime | None:
        """Return when what is due will be sent; None: now. At each time of the day one digest goes out."""
        timetable, now = self.timetable, self._now_ms()
        if timetable is None:
            return None
        since = min((entry.news.found_ts_ms for entry in pending.entries), default=0)
        if timetable.at:
            since = max(since, self.store.outbox.last_created_ms(transport.channel) or 0)
        return None if timetable.is_due(since, now) else timetable.local(timetable.next_after(now))

    def _waiting_on(self, transport: Transport) -> tuple[list[Digest], list[Digest]]:
        """Return what was frozen before: what is sent now, and what was refused and must not hold up others."""
        unsent = [
            one for one in self.store.outbox.unsent(transport.channel) if one.state not in {"HELD", "SENDING"}
        ]
        # A channel that only says yes or no may mean the message, or itself: after two tries others go first.
        aside = [
            one for one in unsent if one.state == "FAILED" or (not transport.channel.is_mail and one.attempts >= 2)
        ]
        return [one for one in unsent if one not in aside], aside

    def _send_again(self, transport: Transport, digest: Digest) -> bool:
        """Send a digest that waits; False when the channel does not work now."""
        if self.call.stopped:
            return False
        if self._is_paused(digest):
            return digest.accepted_ts_ms is not None
        return self._gave_up(digest) or self._send(transport, digest) or digest.accepted_ts_ms is not None

    def _is_paused(self, digest: Digest) -> bool:
        pause_ms = (digest.next_try_ts_ms or 0) - self._now_ms()
        return self.patient and 0 < pause_ms <= sending.LONGEST_PAUSE_MS

    def _send_aside(self, transport: Transport, aside: Sequence[Digest]) -> None:
        """Try again what was refused; what is refused twice while the channel takes others waits for the user."""
        takes_others = any(one.channel == transport.channel and one.accepted_ts_ms for one in self._ended.values())
        for digest in aside:
            if self.call.stopped:
                return
            if not takes_others and self._is_paused(digest):
                continue
            if self._send(transport, digest):
                takes_others = True
            elif takes_others:
                halves = self._halves(transport, digest)
                for half in halves:
                    self._send(transport, half)
                if not halves:
                    self._park(digest)
            elif self._is_blocked(digest):
                return

    def _gave_up(self, digest: Digest) -> bool:
        """End the wait for recipients that others of the same digest have long left behind."""
        if digest.accepted_ts_ms is None or self._now_ms() - digest.created_ts_ms < GIVE_UP_MS:
            return False
        ours = self.store.outbox.claim(digest, "0")
        if ours is not None:
            waiting = (one for one in ours.recipients if one.state == "PENDING")
            gone = [replace(one, state="REFUSED", text=f"given up: {one.text}") for one in waiting]
            self.store.outbox.note_accepted(ours, gone, next_try_ms=None)
            self._note(digest)
        return True

    def _send_due(self, transport: Transport, pending: Pending) -> bool | None:
        """Freeze and send what is due, digest by digest; None when another process took some of it.

        False when the channel does not work now.
        """
        entries = list(pending.entries if self.limit is None else pending.entries[: self.limit])
        later = len(pending.entries) - len(entries)
        if not entries and (pending.extras.is_urgent or self._health_is_due(transport, pending.health)):
            self._freeze_and_send(transport, (), pending, later)
        for _ in range(1 if self.timetable is not None and self.timetable.at else transport.most_digests):
            if not entries or self.call.stopped:
                break
            digest = self._freeze_and_send(transport, entries, pending, later)
            if digest is None:
                return None
            del entries[: digest.jobs]
            self._waiting -= digest.jobs
            if self._is_blocked(digest):
                return False
            health = pending.health if transport.channel.is_mail else HealthReport()
            pending = replace(pending, health=health, extras=replace(pending.extras, changes=(), reminders=()))
        return True

    def _freeze_and_send(
        self, transport: Transport, entries: Sequence[DigestEntry], pending: Pending, later: int
    ) -> Digest | None:
        now = self._clock.local(self._now_ms())

        def make(chosen: Sequence[DigestEntry]) -> Frozen:
            extras = replace(pending.extras, carried_over=len(entries) + later - len(chosen))
            return transport.freeze(chosen, pending.health, extras, now)

        frozen = message.packed(entries, make, most_rows=transport.most_rows, most=transport.most)
        reported = {entry.news.url for entry in frozen.entries}
        keys = ((key, url) for key, url in pending.keys.items() if url in reported)
        digest = self.store.outbox.put(transport.channel, frozen, keys)
        if digest is not None:
            self._send(transport, digest)
        return digest

    def _health_is_due(self, transport: Transport, health: HealthReport) -> bool:
        """Whether the state of things is worth a digest of its own, and none was sent lately."""
        days = self.settings.health_days
        if transport.channel.profile != DEFAULT or not days or not health.failing:
            return False
        last = self.store.outbox.last_created_ms(transport.channel)
        if last is not None and is_within(last, self._now_ms(), days * 86_400_000):
            return False
        oldest = min(page.since_ts_ms for page in health.failing)
        return health.much_is_broken or not is_within(oldest, self._now_ms(), days * 86_400_000)

    def _send(self, transport: Transport, digest: Digest) -> bool:
        """Send a digest, in ever smaller parts where a server refuses it; False when the channel does not work."""
        parts, refused, taken = [digest], [], False
        while parts:
            part = parts.pop(0)
            kind = sending.send(
                self.store.outbox,
                part,
                partial(transport.post, call=self.call),
                self._ledger.record,
                hold=self._hold,
                now_ms=self._now_ms(),
            )
            self._note(part)
            self._misconfigured |= kind == "misconfigured"
            if kind in _BLOCKING:
                return False
            if kind == "accepted":
                taken = True
            elif halves := self._halves(transport, part):
                parts = halves + parts
            else:
                refused.append(part)
                if len(refused) >= _MOST_REFUSALS and not taken:
                    return False
        if taken:
            for part in refused:
                self._park(part)
        return taken

    def _park(self, part: Digest) -> None:
        stored = self.store.outbox.get(part.digest_id)
        why = stored.last_error if stored and stored.last_error else "it was refused"
        resolve = f"`jpt digest resolve {part.digest_id[:8]}`"
        self.store.outbox.park(part, f"{why}; other digests are accepted, so this one is put aside ({resolve})")
        self._note(part)

    def _halves(self, transport: Transport, digest: Digest) -> list[Digest]:
        """Replace a refused digest by two that report a half of its jobs each; none for a single job."""
        entries = self._entries(digest) if digest.jobs > 1 else []
        if len(entries) < 2:
            return []
        middle = (len(entries) + 1) // 2
        now = self._clock.local(self._now_ms())
        extras = DigestExtras(max_years=self.settings.max_years)
        halves = [
            transport.freeze(half, HealthReport(), extras, now) for half in (entries[:middle], entries[middle:])
        ]
        self._ended.pop(digest.digest_id, None)
        return self.store.outbox.split(digest, halves)

    def _entries(self, digest: Digest) -> list[DigestEntry]:
        """Read the jobs of a digest back."""
        found: list[News] = []
        copies: dict[str, list[News]] = {}
        for site, url, copy_of in self.store.reported.items(digest.digest_id):
            job = self.store.unreported.job(site, url)
            if job is not None and copy_of is None:
                found.append(job)
            elif job is not None:
                copies.setdefault(copy_of or "", []).append(job)
        return [DigestEntry(job, tuple(copies.get(job.url, ()))) for job in found]

    def _is_blocked(self, digest: Digest) -> bool:
        now = self._ended.get(digest.digest_id)
        return now is not None and now.state not in {"SENT", "HELD"} and now.accepted_ts_ms is None

    def _note(self, digest: Digest) -> None:
        stored = self.store.outbox.get(digest.digest_id)
        if stored is not None and stored.state != "SPLIT":
            self._ended[digest.digest_id] = stored

    def _outcome(self) -> Outcome:
        ended = tuple(self._ended.values())
        sent = tuple(one for one in ended if one.accepted_ts_ms is not None)
        return Outcome(
            sent=sent,
            unsent=tuple(one for one in ended if one.state not in {"SENT", "SPLIT"}),
            reported=sum(one.jobs for one in sent),
            filtered=self._filtered,
            waiting=max(0, self._waiting),
            notes=tuple(_refusals(sent)),
            held_back=self._held_back,
            misconfigured=self._misconfigured,
        )


@contextmanager
def mail_lock(settings: Settings) -> Iterator[None]:
    """Hold the right to send digests of this database for the length of the block; raises Locked."""
    lock = FileLock(settings.files.mail_lock, mode=0o600)
    try:
        lock.acquire(timeout=0)
    except Timeout:
        raise Locked(
            f"Another jpt is sending the digests of {settings.db} now. Try again when it is done."
        ) from None
    except OSError as exc:
        raise CannotCreate(
            f"{settings.files.mail_lock} cannot be created: {exc.strerror}. Make its folder writable."
        ) from exc
    try:
        yield
    finally:
        lock.release()


def _refusals(sent: Sequence[Digest]) -> Iterator[str]:
    for digest in sent:
        for one in digest.recipients:
            if one.state == "REFUSED":
                yield f"{one.address} did not receive digest {digest.digest_id[:8]}: {one.text}"
            elif one.state == "PENDING":
                yield f"{one.address} has not received digest {digest.digest_id[:8]}; it is sent again: {one.text}"
