"""The faults, and how each must show in what the watch says of its health."""

from __future__ import annotations

import random
import re
import signal
import sqlite3
import threading
import time
from collections.abc import Callable
from contextlib import closing, suppress
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

import psutil

from tests.career_sites import Mode
from tests.model_server import fails, says, stalls
from tests.soak.place import Place

GRACE_S = 300.0
"""So long after its begin a fault must have shown."""
BROWSER_S = 38.0
"""The same for a browser: less than the time between two faults that hit browsers."""
SITE_S = 240.0
"""How long a site is broken: an interval, its jitter, the longest cycle, and the cycle that reads it."""
AROUND_S = 180.0
"""How long model and mail server fail: until a site with a new job has been read."""
WAIT_S = 20.0
"""How long pages to break are waited for."""


@dataclass
class Fault:
    """One fault as it was done."""

    kind: str
    what: str
    begun: float = field(default_factory=time.time)
    site: str = ""
    part: str = ""
    """The part whose outage or hiccup must show; empty where the site must."""
    words: str = ""
    """What a page or post must be said to have failed of, whichever it is."""
    missed: bool = False
    """There was nothing to break at that moment."""

    def shows(self, events: list[dict[str, Any]]) -> bool:
        """Tell whether the watch said so."""
        grace_s = BROWSER_S if self.part == "browser" or self.words else GRACE_S
        since = [event for event in events if self.begun - 1 <= at(event) <= self.begun + grace_s]
        if self.words:
            return any(re.search(self.words, event["message"]) and event["event"] in _FAILED for event in since)
        if self.part:
            news = any(
                event["event"] in {"outage_began", "hiccup"} and event["part"] == self.part for event in since
            )
            return news or _is_out(self.part, events, self.begun)
        return any(
            event["event"] == "site_done" and event["site"] == self.site and event["status"] in _BAD
            for event in since
        )


def _is_out(part: str, events: list[dict[str, Any]], when: float) -> bool:
    """Tell whether the watch said, at that time, that *part* was missing."""
    told = [
        event
        for event in events
        if event["event"] in {"outage_began", "outage_over"} and event["part"] == part and at(event) <= when
    ]
    return bool(told) and told[-1]["event"] == "outage_began"


_FAILED = {"site_done", "task_failed"}
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
        """Give the newest browser's first process: an older one may be about to end anyway."""
        mains = []
        for process in self._tree():
            words = _words(process)
            # Debian's command is a script of the shell that waits for the browser itself.
            own = any(word.startswith("--user-data-dir") for word in words) and not words[0].endswith("/sh")
            if own and not any(word.startswith("--type=") for word in words):
                mains.append((process.create_time(), process))
        return max(mains, key=lambda main: main[0])[1] if mains else None

    def _tree(self) -> list[psutil.Process]:
        return self._of.process.children(recursive=True)

    def _signalled(self, kind: str, what: str, process: psutil.Process | None, number: int) -> Fault:
        fault = Fault(kind, what, part="browser")
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
        drivers = [one for one in self._tree() if "run-driver" in _words(one)]
        newest = max(drivers, key=lambda one: one.create_time(), default=None)
        return self._signalled("B2", "driver killed", newest, signal.SIGKILL)

    def _b3(self) -> Fault:
        return self._signalled("B3", "Chromium stopped", self._main(), signal.SIGSTOP)

    def _b4(self) -> Fault:
        """Kill every renderer there is, as soon as there are some: most of them have a page."""
        fault = Fault("B4", "renderers killed", words=r"crashe[sd]|did not finish within")
        until = time.monotonic() + WAIT_S
        while len(renderers := [one for one in self._tree() if "--type=renderer" in _words(one)]) < 2:
            if time.monotonic() > until:
                fault.missed = True
                return fault
            time.sleep(0.05)
        for one in renderers:
            with suppress(psutil.Error):
                one.kill()
        return fault

    # --- The sites ---

    def _site(self) -> str:
        name = self._dice.choice([name for name in self._of.names if name not in self._broken])
        self._broken.add(name)
        return name

    def _moded(self, kind: str, mode: Mode, seconds: float) -> Fault:
        name = self._site()
        self._of.career_sites.set_mode(name, mode)

        def mend() -> None:
            self._of.career_sites.set_mode(name, "ok")
            self._broken.discard(name)

        self._later(seconds, mend)
        return Fault(kind, mode, site=name)

    def _c7(self) -> Fault:
        return self._moded("C7", self._dice.choice(["failing", "not-found", "down"]), SITE_S)

    def _c8(self) -> Fault:
        return self._moded("C8", self._dice.choice(["blocked", "interstitial"]), SITE_S)

    def _c1(self) -> Fault:
        name = self._site()
        before = self._of.career_sites.site(name)
        self._of.career_sites.add_site(replace(before, kind="busy-loop"))

        def mend() -> None:
            now = self._of.career_sites.site(name)
            self._of.career_sites.add_site(replace(now, kind=before.kind))
            self._broken.discard(name)

        self._later(SITE_S, mend)
        return Fault("C1", "a script without an end", site=name)

    # --- What is around it ---

    def _e4(self) -> Fault:
        """Lock the database for longer than jpt waits."""
        fault = Fault("E4", "database locked for 25 s", part="database")

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
        self._later(AROUND_S, lambda: self._of.model.does(says(0, None, stated=False)))
        # It shows only if a post was to be read in that time.
        for _ in range(6):
            self._of.add_job(self._dice)
        return Fault("F3", "the model fails", part="model")

    def _g1(self) -> Fault:
        self._of.mail.open = False

        def mend() -> None:
            self._of.mail.open = True

        self._later(AROUND_S, mend)
        # It shows only if there is something to mail in that time.
        for _ in range(3):
            self._of.add_job(self._dice)
        return Fault("G1", "the mail server puts all off", part="mail")


def _words(process: psutil.Process) -> list[str]:
    try:
        return process.cmdline()
    except psutil.Error:
        return []
