"""What a check found. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

State = Literal["ok", "warn", "fail"]


@dataclass(frozen=True, slots=True)
class Diagnosis:
    """A line of the doctor's report."""

    check: str
    """What was looked at: `browser`, `database`…"""
    state: State
    words: str
    """What was seen, one sentence."""
    step: str = ""
    """What to do next; empty if nothing needs doing."""


def ok(check: str, words: str) -> Diagnosis:
    """Return a diagnosis that all is well."""
    return Diagnosis(check, "ok", words)


def warn(check: str, words: str, step: str) -> Diagnosis:
    """Return a diagnosis of a fault that jpt can work with."""
    return Diagnosis(check, "warn", words, step)


def fail(check: str, words: str, step: str) -> Diagnosis:
    """Return a diagnosis of a fault that jpt cannot work with."""
    return Diagnosis(check, "fail", words, step)
