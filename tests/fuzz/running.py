"""Runs a target on drawn inputs for some time or number, and keeps each kind of failure once."""

from __future__ import annotations

import traceback
from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from time import monotonic, process_time
from typing import Any

from hypothesis import HealthCheck, Phase, given, settings
from hypothesis.strategies import SearchStrategy

SLOW_S = 5.0
"""An input of some kilobytes that takes longer is a finding, too."""
ROUND = 500


@dataclass(frozen=True)
class Target:
    """Something that reads what comes from outside."""

    name: str
    inputs: SearchStrategy[Any]
    open: Callable[[], AbstractContextManager[Callable[[Any], None]]]
    """Gives what reads one input; what it raises is a finding."""


@dataclass
class Report:
    """What a target did."""

    name: str
    executions: int = 0
    seconds: float = 0.0
    findings: dict[str, str] = field(default_factory=dict)
    """Where it failed, and an input that makes it fail."""

    def __str__(self) -> str:
        lines = [
            f"{self.name}: {self.executions:,} executions in {self.seconds:.0f} s, {len(self.findings)} findings"
        ]
        return "\n  ".join([*lines, *(f"{place}\n    input: {shown}" for place, shown in self.findings.items())])


def run(target: Target, *, seconds: float | None = None, examples: int | None = None) -> Report:
    """Run *target* for so many *seconds* with new inputs, or on so many fixed *examples*."""
    report, begun = Report(target.name), monotonic()
    with target.open() as read:
        while True:
            _round(target, read, report, examples)
            report.seconds = monotonic() - begun
            if seconds is None or report.seconds >= seconds:
                return report


def _round(target: Target, read: Callable[[Any], None], report: Report, examples: int | None) -> None:
    @settings(
        max_examples=examples or ROUND,
        derandomize=examples is not None,
        database=None,
        deadline=None,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(target.inputs)
    def once(value: Any) -> None:
        report.executions += 1
        begun, used = monotonic(), process_time()
        try:
            read(value)
        except Exception as exc:
            report.findings.setdefault(_place(exc), repr(value)[:2_000])
        # Of a busy machine's time only a hang is a finding; of its own work, anything slow.
        if (took := max(process_time() - used, (monotonic() - begun) / 12)) > SLOW_S:
            report.findings.setdefault(f"it took more than {SLOW_S:g} s", f"{took:.1f} s: {value!r}"[:2_000])

    once()


def _place(exc: BaseException) -> str:
    """Name a failure by its kind and by the line of jpt where it came up."""
    frames = traceback.extract_tb(exc.__traceback__)
    ours = [frame for frame in frames if "/jpt/" in frame.filename.replace("\\", "/")] or frames
    last = ours[-1]
    return f"{type(exc).__name__} at {last.filename.rpartition('/jpt/')[2]}:{last.lineno}: {str(exc)[:120]}"
