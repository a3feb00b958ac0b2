"""The unit that `jpt service install` writes, under a systemd that really runs."""

from __future__ import annotations

import signal
import time
from collections.abc import Callable
from pathlib import Path

import psutil
import pytest

from tests.career_sites import CareerSites, Site, adverts
from tests.conftest import Jpt
from tests.manager import managed

FAST = "[Service]\nWatchdogSec=15\nRestartSec=1\nTimeoutAbortSec=3\n"
"""What would take two minutes and a half otherwise."""


_OUTER = frozenset({"systemd", "dbus-daemon", "nsenter", "unshare", "sh"})
"""Those that hold the namespaces open."""


def until(told: Callable[[], object], what: str, seconds: float = 90) -> None:
    end = time.monotonic() + seconds
    while not told():
        assert time.monotonic() < end, what
        time.sleep(0.2)


def of(folder: Path) -> list[psutil.Process]:
    """Give the processes that work in *folder*, browsers too."""
    found = []
    for process in psutil.process_iter():
        try:
            if str(folder) in (process.cwd(), *process.cmdline()) and process.name() not in _OUTER:
                found.append(process)
        except psutil.Error:
            continue
    return found


@pytest.mark.slow
def test_systemd_starts_it_restarts_one_that_hangs_and_takes_its_end_for_success(jpt: Jpt) -> None:
    folder = jpt.folder
    (folder / "inputs").mkdir()
    with CareerSites([Site("Tern", "static", adverts(2))]) as career_sites, managed(folder, jpt.env) as manager:
        if isinstance(manager, str):
            pytest.skip(manager)
        career_sites.companies_csv(folder / "inputs/companies.csv")
        drop_in = folder / ".config/systemd/user/jpt.service.d/fast.conf"
        drop_in.parent.mkdir(parents=True)
        drop_in.write_text(FAST)

        installed = manager.jpt("service", "install", "--yes", "--every", "1h")

        assert installed.returncode == 0, installed.stderr
        shown = manager.shown("jpt.service")
        assert (shown["ActiveState"], shown["Type"], shown["WatchdogUSec"]) == ("active", "notify", "15s")
        until(
            lambda: "waiting: 1 page, " in manager.shown("jpt.service")["StatusText"],
            "it never says that it waits",
        )
        assert "active" in manager.jpt("service", "status").stdout
        assert manager.jpt("status").returncode == 0

        # One that hangs gives no sign of life.
        inside = shown["MainPID"]
        assert manager("kill", "-STOP", inside).returncode == 0
        until(lambda: manager.shown("jpt.service")["NRestarts"] == "1", "systemd did not restart it")
        until(lambda: manager.shown("jpt.service")["ActiveState"] == "active", "it did not come back")
        assert manager.shown("jpt.service")["MainPID"] != inside
        until(lambda: manager.jpt("status").returncode == 0, "the new one is not healthy")

        assert manager("systemctl", "--user", "stop", "jpt.service").returncode == 0
        shown = manager.shown("jpt.service")
        ended = (shown["ActiveState"], shown["Result"], shown["ExecMainStatus"])
        assert ended == ("inactive", "success", str(128 + signal.SIGTERM))
        until(lambda: not of(folder), f"it left processes: {of(folder)}", 20)

        removed = manager.jpt("service", "remove", "--yes")
        assert removed.returncode == 0, removed.stderr
        assert not (folder / ".config/systemd/user/jpt.service").exists()
    assert not list((folder / "state").glob("*.watch.json"))
