"""A worker: joins a coordinator, reads the pages that it gets, and joins again when the line is lost."""

from __future__ import annotations

import logging
import random
import ssl
from collections.abc import Callable
from dataclasses import dataclass, field

import anyio
from anyio.abc import TaskGroup

from jpt import __version__
from jpt.browser.chromium.find import Chromium
from jpt.browser.pool.pool import BrowserPool
from jpt.browser.visit.open_list import Seek
from jpt.cluster.coordinator_address import CoordinatorAddress
from jpt.cluster.faults import as_value
from jpt.cluster.messages import (
    WIRE,
    Cancel,
    Join,
    KeepAlive,
    Leave,
    Limits,
    Message,
    NextPageReply,
    NextPageRequest,
    NotAMessage,
    PageRequest,
    PageResult,
    VersionRefused,
    Welcome,
)
from jpt.cluster.peer_connection import GREETING_S, ConnectionLost, PeerConnection, TlsExpected, dialled
from jpt.cycle.guarded import ends_here
from jpt.errors import JptError, NotJoined
from jpt.extract.listing import glance
from jpt.net.guard import host_and_port, newly_public, note_public
from jpt.settings import Settings

PAUSES_S = (0.5, 1.0, 2.0, 5.0)
"""Pauses before it tries to join again, each with jitter."""

Say = Callable[[str], None]

log = logging.getLogger(__name__)


@dataclass(eq=False, slots=True)
class Worker:
    """One worker process."""

    settings: Settings
    address: CoordinatorAddress
    security: ssl.SSLContext | None
    chromium: Chromium | None
    name: str
    say: Say
    warn: Say
    _reading: CoordinatorSession | None = None
    _is_over: bool = False
    _news: anyio.Event = field(default_factory=anyio.Event)

    def wind_down(self) -> None:
        """Take no more pages, and end when those that are open are read."""
        self._is_over = True
        self._news.set()
        if self._reading is not None:
            self._reading.wind_down()

    async def run(self) -> None:
        """Work for one coordinator after the other, until wound down; raises NotJoined if one refuses."""
        failures, told = 0, ""
        while not self._is_over:
            words = f"{self.address} cannot be reached; retrying until it can."
            try:
                async with dialled(self.address.host, self.address.port, self.security) as line:
                    if self.security is not None:
                        words = f"{self.address} closes the connection; it may not accept this certificate."
                    limits = await self._joined(line)
                    words = f"{self.address} is gone; retrying until it is back."
                    failures, told = 0, ""
                    self.say(f"Joined {self.address} as {self.name}.")
                    await self._serve(line, limits)
            except ssl.SSLError as exc:
                raise NotJoined(_tls_words(self.address, exc)) from exc
            except NotAMessage as exc:
                hint = "it speaks TLS: use tls://" if isinstance(exc, TlsExpected) else "another program answers"
                raise NotJoined(f"{self.address} is not an unencrypted jpt coordinator: {hint}.") from exc
            except (ConnectionLost, OSError, TimeoutError) as exc:
                log.info("%s: %s", self.address, exc)
                if words != told and not self._is_over:
                    told = words
                    self.say(words)
            pause_s = PAUSES_S[min(failures, len(PAUSES_S) - 1)] * random.uniform(0.7, 1.3)  # noqa: S311 (jitter)
            failures += 1
            with anyio.move_on_after(pause_s):
                await self._news.wait()

    async def _joined(self, line: PeerConnection) -> Limits:
        await line.say(Join(__version__, WIRE, self.name, self.settings.max_pages))
        with anyio.fail_after(GREETING_S):
            answer = await line.receive()
        match answer:
            case Welcome():
                return answer.limits
            case VersionRefused():
                raise NotJoined(
                    f"{self.address} runs jpt {answer.version}, this is {__version__}. Install the same here."
                )
            case _:
                raise NotAMessage(answer.op)

    async def _serve(self, line: PeerConnection, limits: Limits) -> None:
        """Read the pages that are requested, until the line is lost or this worker winds down."""
        line.silent_s = limits.silent_s
        settings = self.settings.model_copy(
            update={
                "scrape_watchdog_ms": limits.watchdog_ms,
                "language": limits.language,
                "user_agent": limits.user_agent,
            }
        )
        named = [f"http://{f'[{host}]' if ':' in host else host}:{port}" for host, port in limits.named]
        fault: Exception | None = None
        async with (
            BrowserPool.open(settings, self.chromium, named=named, say=self.warn, fixed=True) as pool,
            anyio.create_task_group() as tg,
        ):
            reading = self._reading = CoordinatorSession(line, pool, tg)
            if self._is_over:
                reading.wind_down()
            try:
                await line.run(reading.handle, lambda: KeepAlive(pool.load))
            except (ConnectionLost, NotAMessage) as exc:
                # Raised within the task group it would become an exception group.
                fault = exc
            finally:
                self._reading = None
                tg.cancel_scope.cancel()
        if isinstance(fault, NotAMessage) or not (reading.is_left or self._is_over):
            raise fault or ConnectionLost
        if reading.is_left:
            self.say(f"{self.address} has ended its run; waiting for the next one.")


@dataclass(eq=False, slots=True)
class CoordinatorSession:
    """The pages that one coordinator has requested."""

    line: PeerConnection
    pool: BrowserPool
    tasks: TaskGroup
    is_left: bool = False
    """The coordinator said that its run is over."""
    _is_over: bool = False
    _open: dict[int, anyio.CancelScope] = field(default_factory=dict)
    _turns: dict[tuple[int, int], Permit] = field(default_factory=dict)

    def wind_down(self) -> None:
        """Take no more pages; the line ends with the last one that is open."""
        self._is_over = True
        self.line.send(Leave())
        self._end_if_done()

    def handle(self, message: Message) -> None:
        """Handle a message of the coordinator; raises NotAMessage."""
        match message:
            case PageRequest():
                self.tasks.start_soon(self._read, message)
            case Cancel():
                if (scope := self._open.get(message.number)) is not None:
                    scope.cancel()
            case NextPageReply():
                if (answer := self._turns.get((message.number, message.turn))) is not None:
                    answer.may = message.may
                    answer.given.set()
            case Leave():
                self.is_left = True
            case KeepAlive():
                pass
            case _:
                raise NotAMessage(f"a coordinator does not say {message.op}")

    def _end_if_done(self) -> None:
        if self._is_over and not self._open:
            self.tasks.start_soon(self._hang_up)

    async def _hang_up(self) -> None:
        # The result of the last page is still to be sent.
        await anyio.sleep(0.2)
        self.line.give_up()

    async def _read(self, ask: PageRequest) -> None:
        """Read one page and send its result, unless it is cancelled."""
        with anyio.CancelScope() as scope:
            self._open[ask.number] = scope
            try:
                self.line.send(await self._done(ask))
            finally:
                del self._open[ask.number]
        self._end_if_done()

    async def _done(self, ask: PageRequest) -> PageResult:
        if ask.public and (place := host_and_port(ask.url)) is not None:
            note_public([place[0]])
        try:
            with ends_here():
                async with self.pool.slot() as slot:
                    if ask.suspect:
                        self.pool.suspect(ask.url)
                    page = await slot.read(ask.url, seek=self._seek(ask))
        except JptError as exc:
            suspect = self.pool.is_suspect(ask.url)
            return PageResult(ask.number, fault=as_value(exc), suspect=suspect, public=tuple(newly_public()))
        return PageResult(ask.number, page=page, public=tuple(newly_public()))

    def _seek(self, ask: PageRequest) -> Seek | None:
        if ask.depth is None:
            return None
        numbers = iter(range(1, 1_000_000))

        async def turn(url: str) -> bool:
            number = next(numbers)
            answer = self._turns[ask.number, number] = Permit()
            try:
                self.line.send(NextPageRequest(ask.number, number, url))
                await answer.given.wait()
            finally:
                del self._turns[ask.number, number]
            return answer.may

        depth = ask.depth
        return Seek.within(glance, turn, depth.pages, depth.presses, depth.seconds)


@dataclass(eq=False, slots=True)
class Permit:
    """Whether a further page may be opened, once that is known."""

    given: anyio.Event = field(default_factory=anyio.Event)
    may: bool = False


def _tls_words(address: CoordinatorAddress, exc: ssl.SSLError) -> str:
    if isinstance(exc, ssl.SSLCertVerificationError):
        return (
            f"{address} shows a certificate of another cluster ({exc.verify_message}). Copy worker.pem again, "
            "and check this machine's clock."
        )
    if exc.reason in {"WRONG_VERSION_NUMBER", "RECORD_LAYER_FAILURE"}:
        return f"{address} does not speak TLS: use the address that its coordinator names."
    return (
        f"{address} refused this worker's certificate ({exc.reason}). Copy worker.pem from the coordinator again."
    )
