"""Settings and list as the user has written them: read again when one of their files changes."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from jpt.errors import JptError
from jpt.files import stamp
from jpt.inputs.companies import CompanyList
from jpt.settings import Settings
from jpt.watch.outages import Outages


@dataclass(frozen=True, slots=True)
class Loaded:
    """What the user has written: settings and list."""

    settings: Settings
    listed: CompanyList
    warnings: tuple[str, ...] = ()


@dataclass(eq=False, slots=True)
class UserFiles:
    """What was read last of the files at *paths*."""

    load: Callable[[], Loaded]
    """Reads settings and list; raises JptError when they cannot be used."""
    paths: tuple[Path, ...]
    outages: Outages
    loaded: Loaded = field(init=False)
    _stamps: tuple[object, ...] = field(init=False)

    def __post_init__(self) -> None:
        self._stamps = self._present_stamps()
        self.loaded = self.load()

    def reload(self) -> bool:
        """Read them again if a file has changed; returns whether what they say has changed.

        Where they cannot be used that is reported, and the last good version counts.
        """
        stamps = self._present_stamps()
        if stamps == self._stamps:
            return False
        self._stamps = stamps
        try:
            loaded = self.load()
        except JptError as exc:
            words = f"{exc.sentence} Until then the last good version counts."
            self.outages.report_loss("settings", JptError(words))
            return False
        self.outages.report_return("settings")
        is_new = loaded != self.loaded
        self.loaded = loaded
        return is_new

    def _present_stamps(self) -> tuple[object, ...]:
        return tuple(stamp(path) for path in self.paths)
