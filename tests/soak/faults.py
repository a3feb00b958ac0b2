"""The faults, and how each must show in what the watch says of its health."""

from __future__ import annotations

import random
import signal
import sqlite3
import threading
import time
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

import psutil

from tests.model_server import fails, says, stalls
from tests.soak.place import Place
from tests.street import Mode

GRACE_S = 300.0
"""So long after its begin a fault must have shown."""


@dataclass
class Fault:
    """One fault as it was done."""

    kind: str
    what: str
    begun: float = field(default_factory=time.time)
    site: str = ""
    needs: str = ""
    """The part whose outage or hiccup must show; empty where the site must."""
    missed: bool = False
    """There was nothing to break at that moment."""

    def shows(self, events: list[dict[str, Any]]) -> bool:
        """Tell whether the watch said so."""
        since = [event for event in events if self.begun - 1 <= at(event) <= self.begun + GRACE_S]
        if self.needs:
            return any(
                event["event"] in {"outage_began", "hiccup"} and event.get("part") == self.needs for event in since
            )
        return any(
            event["event"] == "site_done" and event["site"] == self.site and event["status"] in _BAD
            for event in since
        )


_BAD = {"error", "blocked", "empty", "suspect"}


def at(event: dict[str, Any]) -> float:
    """Give the time of a line of the log."""
    return datetime.strptime(event["time"], "%Y-%m-%dT%H:%M:%S%z").timestamp()


class Faults:
    """Does a fault after the other, in turns, and mends those that do not mend themselves."""

    def __init__(self, of: Place, dice: random.Random, kinds: str = "") -> None:
        self.begun = time.time()
        self._of = of
        self._dice = dice
        self._mending: list[tuple[float, Callable[[], None]]] = []
        self._broken: set[str] = set()
        self.done: list[Fault] = []
        self._kinds: list[Callable[[], Fault]] = [
            self._b1, self._c7, self._b2, self._c8, self._e4, self._b3, self._f3, self._c1, self._b4, self._g1,
        ]  # fmt: skip
        if wanted := {f"_{kind.strip().lower()}" for kind in kinds.split(",") if kind.strip()}:
            self._kinds = [kind for kind in self._kinds if kind.__name__ in wanted]

    def next(self) -> Fault:
        """Do the next one."""
        kind = self._kinds[len(self.done) % len(self._kinds)]
        fault = kind()
        self.done.append(fault)
        return fault

    def mend(self, *, all_now: bool = False) -> None:
        """Mend what has been broken for long enough."""
        now = time.monotonic()
        due = [act for when, act in self._mending if all_now or when <= now]
        self._mending = [] if all_now else [(when, act) for when, act in self._mending if when > now]
        for act in due:
            act()

    def _later(self, seconds: float, act: Callable[[], None]) -> None:
        self._mending.append((time.monotonic() + seconds, act))

    # --- The browser ---

    def _main(self) -> psutil.Process | None:
        for process in self._tree():
            words = _words(process)
            if any(word.startswith(("--user-data-dir", "--headless")) for word in words) and not any(
                word.startswith("--type=") for word in words
            ):
                return process
        return None

    def _tree(self) -> list[psutil.Process]:
        return self._of.process.children(recursive=True)

    def _signalled(self, kind: str, what: str, process: psutil.Process | None, number: int) -> Fault:
        fault = Fault(kind, what, needs="browser")
        try:
            if process is None:
                fault.missed = True
            else:
                process.send_signal(number)
        except psutil.Error:
            fault.missed = True
        return fault

    def _b1(self) -> Fault:
        return self._signalled("B1", "Chromium killed", self._main(), signal.SIGKILL)

    def _b2(self) -> Fault:
        driver = next((one for one in self._tree() if "run-driver" in _words(one)), None)
        return self._signalled("B2", "driver killed", driver, signal.SIGKILL)

    def _b3(self) -> Fault:
        return self._signalled("B3", "Chromium stopped", self._main(), signal.SIGSTOP)

    def _b4(self) -> Fault:
        renderers = [one for one in self._tree() if "--type=renderer" in _words(one)]
        fault = self._signalled(
            "B4", "a renderer killed", self._dice.choice(renderers) if renderers else None, signal.SIGKILL
        )
        # A spare renderer may have been hit, which nobody notices.
        fault.needs = "renderer"
        return fault

    # --- The sites ---

    def _site(self) -> str:
        name = self._dice.choice([name for name in self._of.names if name not in self._broken])
        self._broken.add(name)
        return name

    def _moded(self, kind: str, mode: Mode, seconds: float) -> Fault:
        name = self._site()
        self._of.street.set_mode(name, mode)

        def mend() -> None:
            self._of.street.set_mode(name, "ok")
            self._broken.discard(name)

        self._later(seconds, mend)
        return Fault(kind, mode, site=name)

    def _c7(self) -> Fault:
        return self._moded("C7", self._dice.choice(["failing", "not-found", "down"]), 150)

    def _c8(self) -> Fault:
        return self._moded("C8", self._dice.choice(["blocked", "interstitial"]), 150)

    def _c1(self) -> Fault:
        name = self._site()
        before = self._of.street.site(name)
        self._of.street.add_site(replace(before, kind="busy-loop"))

        def mend() -> None:
            now = self._of.street.site(name)
            self._of.street.add_site(replace(now, kind=before.kind))
            self._broken.discard(name)

        self._later(150, mend)
        return Fault("C1", "a script without an end", site=name)

    # --- What is around it ---

    def _e4(self) -> Fault:
        """Lock the database for longer than jpt waits."""
        fault = Fault("E4", "database locked for 25 s", needs="database")

        def lock() -> None:
            with closing(sqlite3.connect(self._of.db, timeout=30, isolation_level=None)) as raw:
                raw.execute("BEGIN IMMEDIATE")
                time.sleep(25)
                raw.execute("ROLLBACK")

        threading.Thread(target=lock, daemon=True).start()
        return fault

    def _f3(self) -> Fault:
        behaviour = self._dice.choice([fails(429), fails(500), fails(503), stalls])
        self._of.model.does(behaviour)
        self._later(90, lambda: self._of.model.does(says(0, None, stated=False)))
        # It shows only if a post was to be read in that time.
        for _ in range(6):
            self._of.add_job(self._dice)
        return Fault("F3", "the model fails", needs="model")

    def _g1(self) -> Fault:
        self._of.mail.open = False

        def mend() -> None:
            self._of.mail.open = True

        self._later(120, mend)
        # It shows only if there is something to mail in that time.
        for _ in range(3):
            self._of.add_job(self._dice)
        return Fault("G1", "the mail server puts all off", needs="mail")


def _words(process: psutil.Process) -> list[str]:
    try:
        return process.cmdline()
    except psutil.Error:
        return []
