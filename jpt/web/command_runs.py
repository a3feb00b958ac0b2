"""Commands that take longer than a request may: jpt as a child process, its output followed."""

from __future__ import annotations

import json
import sys
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import count
from typing import Any

import anyio
from anyio.abc import Process, TaskGroup
from anyio.streams.text import TextReceiveStream

from jpt.settings import Settings, environment
from jpt.text.clean import clean_line

MOST_LINES = 200
MOST_OUTPUT = 4_000_000
LONGEST_S = 900.0


@dataclass(eq=False, slots=True)
class CommandRun:
    """A command that runs, or ran."""

    number: int
    title: str
    lines: list[str] = field(default_factory=list)
    """What it wrote to stderr, for people."""
    output: str = ""
    code: int | None = None
    """Its exit code; None while it runs."""

    @property
    def is_done(self) -> bool:
        """Whether it has ended."""
        return self.code is not None

    @property
    def result(self) -> Any:
        """The JSON that it wrote to stdout; None if there is none."""
        try:
            return json.loads(self.output)
        except (ValueError, RecursionError):
            return None

    @property
    def outcome(self) -> str:
        """How it ended, for people."""
        return "Done." if self.code == 0 else f"Ended with exit code {self.code}; the lines above say why."


@dataclass(eq=False, slots=True)
class CommandRuns:
    """The commands that pages have started, in this process's life; two at a time."""

    settings: Settings
    tasks: TaskGroup
    _works: dict[int, CommandRun] = field(default_factory=dict)
    _numbers: Any = field(default_factory=lambda: count(1))
    _room: anyio.Semaphore = field(default_factory=lambda: anyio.Semaphore(2))

    def start(self, title: str, words: Sequence[str]) -> CommandRun:
        """Run `jpt` with *words* on the same database."""
        work = CommandRun(next(self._numbers), title)
        self._works[work.number] = work
        for old in list(self._works)[:-50]:
            del self._works[old]
        self.tasks.start_soon(self._run, work, words)
        return work

    def get(self, number: int) -> CommandRun | None:
        """Return a command by its number."""
        return self._works.get(number)

    async def _run(self, work: CommandRun, words: Sequence[str]) -> None:
        command = [sys.executable, "-m", "jpt", *words, "--db", str(self.settings.db)]
        try:
            async with self._room:
                with anyio.move_on_after(LONGEST_S):
                    async with await anyio.open_process(command, stdin=None, env=environment()) as process:
                        await _listen(process, work)
                        work.code = await process.wait()
        except OSError as exc:
            work.lines.append(f"It could not be started: {exc.strerror}.")
        if work.code is None:
            work.code = 70


async def _listen(process: Process, work: CommandRun) -> None:
    async with anyio.create_task_group() as tg:
        tg.start_soon(_gather, process, work)
        assert process.stderr
        rest = ""
        async for part in TextReceiveStream(process.stderr, errors="replace"):
            *lines, rest = (rest + part).split("\n")
            work.lines += [clean_line(line) for line in lines if line.strip()]
            del work.lines[:-MOST_LINES]


async def _gather(process: Process, work: CommandRun) -> None:
    assert process.stdout
    async for part in TextReceiveStream(process.stdout, errors="replace"):
        if len(work.output) < MOST_OUTPUT:
            work.output += part
