"""What a command needs before it works: settings, screens, a browser."""

from __future__ import annotations

import json
import logging
import os
import secrets
import sys
from collections.abc import AsyncIterator, Iterable, Iterator
from contextlib import AbstractContextManager, asynccontextmanager, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Self

from rich.console import Console
from rich.text import Text

from jpt import settings as knobs
from jpt.browser.chromium.find import Chromium
from jpt.browser.chromium.install import ensure
from jpt.browser.pool.pool import BrowserPool
from jpt.browser.pool.slots import Slots
from jpt.cli.encoding import writes_all
from jpt.errors import CannotCreate, JptError, cause_of
from jpt.extract.model import ModelReader
from jpt.models.events import Notice, Report
from jpt.observers import journal
from jpt.observers.journal import events_log
from jpt.settings import Settings
from jpt.store import Store
from jpt.store.run_lock import hold
from jpt.text.secrets import Hiding


class Screen(Console):
    """A console that goes on in silence when nobody reads it any more: the work behind it must not end."""

    def on_broken_pipe(self) -> None:
        """Let everything else that is printed here go nowhere."""
        self.quiet = True
        os.dup2(os.open(os.devnull, os.O_WRONLY), self.file.fileno())


out = Screen(highlight=False)
"""Results."""
err = Screen(stderr=True, highlight=False)
"""Progress and complaints."""
hiding = Hiding()
"""The secrets of this process, in as far as they are known."""


def load(**options: Any) -> tuple[Settings, tuple[str, ...]]:
    """Read the settings, and hide what is secret among them; gives them with the warnings."""
    hiding.learn(knobs.secret_values())
    return knobs.load(**options)


def settings(**options: Any) -> Settings:
    """Read the settings, telling about names that are not known; raises SettingError."""
    loaded, warnings = load(**options)
    for warning in warnings:
        err.print(Text(warning, "yellow"), soft_wrap=True)
    return loaded


class _Plain(logging.Formatter):
    def format(self, record: logging.LogRecord) -> str:
        return hiding(super().format(record))


def verbose_log(verbose: bool) -> None:
    """Let the library's log speak on stderr when it is asked to."""
    handler = logging.StreamHandler()
    handler.setFormatter(_Plain("%(name)s: %(message)s"))
    handler.setLevel(logging.INFO if verbose else logging.CRITICAL)
    # Events are on the screen already.
    handler.addFilter(lambda entry: entry.name != events_log.name)
    logging.getLogger().addHandler(handler)
    logging.getLogger("jpt").setLevel(logging.INFO)


@contextmanager
def logged(loaded: Settings, run_id: str = "", *, to_stderr: bool = False) -> Iterator[None]:
    """Write the log file for the length of the block, and with *to_stderr* the same lines there.

    A bug that ends the block is in it with its traceback. Raises CannotCreate.
    """
    run_id = run_id or secrets.token_hex(4)
    try:
        handlers = [journal.to_file(loaded.log_file, hiding, run_id)]
    except OSError as exc:
        raise CannotCreate(f"{loaded.log_file} cannot be written: {exc.strerror}. Make it writable.") from exc
    if to_stderr:
        handlers.append(journal.to_stream(sys.stderr, hiding, run_id))
    try:
        yield
    except Exception as exc:
        if not isinstance(cause_of(exc), JptError):
            journal.log.exception("jpt itself failed")
        raise
    finally:
        for handler in handlers:
            journal.detach(handler)


def warn(sentence: str) -> None:
    """Tell something that the user should know before the work goes on."""
    err.print(Text(sentence, "yellow"), soft_wrap=True)


def print_json(value: object) -> None:
    """Write one JSON value on a line of its own, and nothing else."""
    # Half a surrogate pair is legal in JSON, but no character that can be written.
    text = json.dumps(value, ensure_ascii=not writes_all(sys.stdout))
    print(text.encode("utf-8", "replace").decode())


async def chromium(loaded: Settings, report: Report) -> Chromium | None:
    """Give a Chromium that renders, fetched if need be; None when browsers elsewhere are to be used.

    Says so when it runs unprotected.
    """
    if loaded.browser_ws or loaded.browser_cdp:
        report(
            Notice(
                "Pages are read in browsers that run elsewhere; on other machines, keeping them away from private "
                "addresses is up to whoever runs those."
            )
        )
        return None
    if loaded.is_root and not loaded.disable_sandbox:
        report(
            Notice(
                "Chromium runs without its sandbox, because this is root: use a normal user where you can.",
                warning=True,
            )
        )
    elif loaded.disable_sandbox:
        report(Notice("Chromium runs without its sandbox, because PPT_DISABLE_SANDBOX is set.", warning=True))
    # To prove that it renders it is started, and that is a browser on this machine as well.
    slot = await Slots.of(loaded, lambda sentence: report(Notice(sentence, warning=True))).take()
    try:
        return await ensure(
            loaded.chromium,
            sandbox=loaded.sandbox,
            say=lambda sentence: report(Notice(sentence)),
            environ=knobs.environment(),
            cache=loaded.browser_cache,
        )
    finally:
        if slot is not None:
            slot.release()


@asynccontextmanager
async def browser_pool(loaded: Settings, report: Report, named: Iterable[str]) -> AsyncIterator[BrowserPool]:
    """Run a browser pool for the length of the block; raises BrowserUnusable or Locked.

    The hosts and ports of *named* URLs may be private: the user gave them.
    """

    def say(sentence: str) -> None:
        report(Notice(sentence, warning=True))

    async with BrowserPool.open(loaded, await chromium(loaded, report), named=named, say=say) as pool:
        yield pool


@asynccontextmanager
async def model_reader(loaded: Settings) -> AsyncIterator[ModelReader]:
    """Give a second reader of posts that remembers its answers in the database, for the length of the block."""

    def say(sentence: str) -> None:
        err.print(Text(sentence, "yellow"), soft_wrap=True)

    with Store.open(loaded.db) as store:
        async with ModelReader(loaded, store.answers, say) as reader:
            yield reader


@dataclass(eq=False, slots=True)
class SilentKeyboard:
    """While it is entered, what is typed does not show: a live table cannot draw around it."""

    _before: list[Any] | None = None

    def __enter__(self) -> Self:
        """Turn the terminal's echo off, if there is a terminal and it is ours."""
        if in_foreground():
            import termios

            before = termios.tcgetattr(sys.stdin)
            termios.tcsetattr(sys.stdin, termios.TCSANOW, [*before[:3], before[3] & ~termios.ECHO, *before[4:]])
            self._before = before
        return self

    def restore(self) -> None:
        """Give the terminal back as it was; safe to call at any time."""
        before, self._before = self._before, None
        if before is not None and in_foreground():
            import termios

            termios.tcsetattr(sys.stdin, termios.TCSANOW, before)

    def __exit__(self, *_: object) -> None:
        """Give the terminal back."""
        self.restore()


def in_foreground() -> bool:
    """Tell whether the terminal's keys come to us; changing it from the background would stop the process."""
    try:
        return sys.stdin.isatty() and os.tcgetpgrp(sys.stdin.fileno()) == os.getpgrp()
    except (AttributeError, OSError, ValueError):
        return False


def run_lock(path: Path, *, command: str, wait: bool | None) -> AbstractContextManager[None]:
    """Hold a lock of the database for the length of the block; raises Locked, naming the holder, unless *wait*.

    None: the command has no option to wait.
    """
    return hold(path, command, wait=bool(wait), say=None if wait is None else warn)
