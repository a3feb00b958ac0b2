"""What a watch misses at present: reported once when it goes, and once when it is back."""

from __future__ import annotations

from dataclasses import dataclass, field

from jpt.errors import BrowserUnusable, JptError, Locked, SettingError, SlotsTaken, cause_of
from jpt.models import events
from jpt.models.events import Part, Report


class OwnError(JptError):
    """A bug of ours."""

    @classmethod
    def of(cls, bugs: BaseExceptionGroup[Exception]) -> OwnError:
        """Return what broke, for people; the log has it in full."""
        cause = cause_of(bugs)
        words = f"{type(cause).__name__}: {' '.join(str(cause).split())[:200]}"
        return cls(f"A bug in jpt ({words}). It continues; the log has the details, please report them.")


class WaitingError(Locked):
    """The database is held by somebody else: reported already."""


_OF_THE_MOMENT: frozenset[Part] = frozenset({"network", "browser"})
"""Their sentences have figures that change during an outage: only another kind of fault is reported."""


@dataclass(eq=False, slots=True)
class Outages:
    """The parts that are missing, each with what is wrong with it."""

    report: Report
    _open: dict[Part, object] = field(default_factory=dict)

    def report_loss(self, part: Part, fault: JptError) -> None:
        """Note that a part is gone; the same thing is not reported twice."""
        wrong = type(fault) if part in _OF_THE_MOMENT else fault.sentence
        if isinstance(fault, WaitingError) or self._open.get(part) == wrong:
            return
        self._open[part] = wrong
        self.report(events.OutageBegan(part, fault.sentence))

    def report_return(self, part: Part) -> None:
        """Note that a part is there."""
        if self._open.pop(part, None) is not None:
            self.report(events.OutageOver(part))


def known_fault(group: BaseExceptionGroup[JptError]) -> JptError:
    """Return what lies under a group of our own errors."""
    cause = cause_of(group)
    assert isinstance(cause, JptError)
    return cause


def missing_part(fault: JptError) -> Part:
    """Return which part is missing."""
    if isinstance(fault, OwnError):
        return "jpt"
    if isinstance(fault, SettingError):
        return "settings"
    return "browser" if isinstance(fault, BrowserUnusable | SlotsTaken) else "database"
