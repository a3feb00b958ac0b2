"""What commands need: settings, output, a browser, the log."""

from __future__ import annotations

import json
import logging
import os
import re
import secrets
import sys
from collections.abc import AsyncIterator, Iterable, Iterator
from contextlib import (
    AbstractContextManager,
    asynccontextmanager,
    contextmanager,
    nullcontext,
)
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from rich.cells import cell_len
from rich.console import Console
from rich.text import Text

import jpt.settings
from jpt.cli.encoding import writes_all
from jpt.cli.options import common
from jpt.errors import JptError, UsageError, cause_of, writing
from jpt.inputs.companies import CompanyList, read_companies
from jpt.models.events import Event, Notice, Report
from jpt.observers import journal
from jpt.observers.journal import events_log
from jpt.settings import Settings, databases, is_example, list_to_read
from jpt.store import Store
from jpt.text.secrets import Hiding

if TYPE_CHECKING:  # most commands open no browser and ask no model: they need not load them
    from jpt.browser.chromium.find import Chromium
    from jpt.browser.pool.pool import BrowserPool
    from jpt.extract.model import ModelReader


class Output(Console):
    """A console that falls silent when its reader goes away: the work behind it must not end."""

    def on_broken_pipe(self) -> None:
        """Discard everything else that is printed here."""
        self.quiet = True
        os.dup2(os.open(os.devnull, os.O_WRONLY), self.file.fileno())

    def say(self, line: Text, indent: int = 0) -> None:
        """Print a line: on a terminal wrapped between words, addresses whole; elsewhere not wrapped.

        *indent* is that of the wrapped lines, in cells.
        """
        for part in _between_words(line, self.width, indent) if self.is_terminal else [line]:
            self.print(part, soft_wrap=True)


def _between_words(line: Text, width: int, indent: int) -> Iterator[Text]:
    """Split *line* between words so that each part fits *width*; longer words, such as addresses, stay whole."""
    for paragraph in line.split("\n", allow_blank=True):
        breaks: list[int] = []
        begin = 0
        for word in re.finditer(r"\S+\s*", paragraph.plain):
            room = width - (indent if begin else 0)
            if cell_len(paragraph.plain[begin : word.end()].rstrip()) > room and word.start() > begin:
                breaks.append(word.start())
                begin = word.start()
        for number, part in enumerate(paragraph.divide(breaks)):
            part.rstrip()
            yield Text(" " * indent if number else "").append_text(part)


out = Output(highlight=False)
"""Results."""
err = Output(stderr=True, highlight=False)
"""Progress, warnings and errors."""
hiding = Hiding()
"""Removes the secrets that this process knows."""


def show(line: str | Text, style: str = "", *, indent: int = 0) -> None:
    """Print a line of the result; *indent* is that of the lines it is wrapped to, in cells."""
    out.say(Text(line, style) if isinstance(line, str) else line, indent)


def lines_of(sentence: str, *, room: int) -> list[str]:
    """Wrap *sentence* to the terminal, with *room* for as many cells after it."""
    return [part.plain for part in _between_words(Text(sentence), err.width - room, 0)]


def note(sentence: str, style: str = "") -> None:
    """Print progress or a hint; nothing with --quiet."""
    if not common.quiet:
        err.say(Text(hiding(sentence), style))


def warn(sentence: str) -> None:
    """Print something that the user should know, though the work continues."""
    err.say(Text(hiding(sentence), "yellow"))


def complain(sentence: str) -> None:
    """Print what failed."""
    err.say(Text(hiding(sentence), "red"))


def progress(sentence: str) -> AbstractContextManager[object]:
    """Show *sentence* while the block runs: with a spinner on a terminal, as a line elsewhere."""
    if err.is_terminal and not err.is_dumb_terminal and not common.quiet:
        return err.status(Text(hiding(sentence), "dim"))
    note(sentence, "dim")
    return nullcontext()


def print_json(value: object) -> None:
    """Print one JSON value on a line of its own, and nothing else."""
    # Half a surrogate pair is legal in JSON, but no character that can be written.
    text = json.dumps(value, ensure_ascii=not writes_all(sys.stdout))
    print(text.encode("utf-8", "replace").decode())


def answer(value: object, sentence: str, *, as_json: bool) -> None:
    """Print the result of a command: *value* as JSON, or *sentence* unless --quiet."""
    if as_json:
        print_json(value)
    elif not common.quiet:
        show(sentence)


def load(**options: Any) -> tuple[Settings, tuple[str, ...]]:
    """Read the settings, and hide their secrets from now on; returns them with the warnings."""
    hiding.learn(jpt.settings.secret_values())
    loaded, warnings = jpt.settings.load(**{"db": common.db, **options})
    jpt.settings.use_timezone(loaded.timezone)
    return loaded, warnings


def settings(**options: Any) -> Settings:
    """Read the settings, with a warning for each unknown name; raises SettingError."""
    start_log()
    loaded, warnings = load(**options)
    for warning in warnings:
        warn(warning)
    return loaded


def companies(csv: Path | None) -> CompanyList:
    """Read the list of companies: *csv*, or the one that is read by default; raises InputError."""
    return read_companies(csv or list_to_read())


def note_example(csv: Path | None) -> None:
    """Tell a new user that the list being read is the example."""
    if csv is None and is_example(path := list_to_read()):
        note(f"Reading the example list, {path}. `jpt add URL` starts your own.", "dim")


def existing(**options: Any) -> Settings:
    """Read the settings for a command that needs a database; raises UsageError if there is none."""
    loaded = settings(**options)
    if not loaded.db.exists():
        raise UsageError(no_database(loaded.db))
    return loaded


def no_database(path: Path) -> str:
    """Return a sentence that says where the database is missing, and where there is another."""
    others = [found for found in databases() if found.absolute() != path.absolute()]
    other = (
        f" There is one at {others[0]}: use it with --db, or set JPT_HOME={others[0].parents[1]}."
        if others
        else ""
    )
    return f"There is no database at {path.absolute()} yet; `jpt run` creates it.{other}"


class _Plain(logging.Formatter):
    def format(self, record: logging.LogRecord) -> str:
        return hiding(super().format(record))


@cache
def start_log() -> None:
    """Show the log on stderr where --verbose is given."""
    handler = logging.StreamHandler()
    handler.setFormatter(_Plain("%(name)s: %(message)s"))
    handler.setLevel(logging.INFO if common.verbose else logging.CRITICAL)
    # Events are on the screen already.
    handler.addFilter(lambda entry: entry.name != events_log.name)
    logging.getLogger().addHandler(handler)
    logging.getLogger("jpt").setLevel(logging.INFO)


@contextmanager
def logged(loaded: Settings, run_id: str = "", *, to_stderr: bool = False) -> Iterator[None]:
    """Write the log file for the length of the block, and with *to_stderr* the same lines to stderr.

    A bug that ends the block is logged with its traceback. Raises CannotCreate.
    """
    run_id = run_id or secrets.token_hex(4)
    with writing(loaded.files.log, "Make it writable."):
        handlers = [journal.to_file(loaded.files.log, hiding, run_id)]
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


_printed: set[str] = set()


def say(event: Event) -> None:
    """Print the notices among a command's events, each once."""
    if isinstance(event, Notice) and event.sentence not in _printed:
        _printed.add(event.sentence)
        warn(event.sentence) if event.warning else note(event.sentence, "dim")


async def chromium(loaded: Settings, report: Report) -> Chromium | None:
    """Return a Chromium that renders, downloaded if necessary; None if remote browsers are used.

    Reports it when it runs without its sandbox.
    """
    from jpt.browser.chromium.install import ensure
    from jpt.browser.pool.slots import Slots

    if loaded.browser_ws or loaded.browser_cdp:
        report(
            Notice(
                "Pages are read in remote browsers. On other machines, their operator has to keep them away from "
                "private addresses."
            )
        )
        return None
    if loaded.is_root and not loaded.disable_sandbox:
        report(
            Notice(
                "Chromium runs without its sandbox because this is root. Use a normal user if you can.",
                warning=True,
            )
        )
    # It is started to prove that it renders, and counts as one of the browsers of this machine.
    slot = await Slots.of(loaded, lambda sentence: report(Notice(sentence, warning=True))).acquire()
    try:
        return await ensure(
            loaded.chromium,
            sandbox=loaded.sandbox,
            say=lambda sentence: report(Notice(sentence)),
            environ=jpt.settings.environment(),
            # In a folder that is not jpt's nothing is left behind.
            cache=loaded.files.browser_cache if loaded.db.parent.is_dir() else None,
        )
    finally:
        if slot is not None:
            slot.release()


@asynccontextmanager
async def browser_pool(loaded: Settings, report: Report, named: Iterable[str]) -> AsyncIterator[BrowserPool]:
    """Run a browser pool for the length of the block; raises BrowserUnusable or Locked.

    The hosts and ports of *named* URLs may be private: the user gave them.
    """
    from jpt.browser.pool.pool import BrowserPool

    def alert(sentence: str) -> None:
        report(Notice(sentence, warning=True))

    async with BrowserPool.open(loaded, await chromium(loaded, report), named=named, say=alert) as pool:
        yield pool


@asynccontextmanager
async def model_reader(loaded: Settings) -> AsyncIterator[ModelReader]:
    """Open the language model as a reader of posts, with its answers cached in the database, for the block."""
    from jpt.extract.model import ModelReader

    with Store.open(loaded.db) as store:
        async with ModelReader(loaded, store.answers, warn) as reader:
            yield reader
