"""jpt as a service: what is written, and that the tools it is written for understand it."""

from __future__ import annotations

import shlex
import shutil
import stat
import subprocess
import time
from pathlib import Path

import pytest

from jpt.cli.status import DatabaseStatus
from jpt.service.cron import CronEntry
from jpt.service.systemd import Unit, quoted
from tests.conftest import Jpt

CRONTAB = """#!/bin/sh
# A crontab that is a file.
case "$1" in
  -l) cat "$HOME/crontab.txt" 2>/dev/null || { echo "no crontab" >&2; exit 1; } ;;
  -) cat > "$HOME/crontab.txt" ;;
esac
"""


@pytest.fixture
def with_cron(bare_jpt: Jpt, tmp_path: Path) -> Jpt:
    """Jpt on a machine with cron and without systemd."""
    tools = tmp_path / "bin"
    tools.mkdir()
    program = tools / "crontab"
    program.write_text(CRONTAB)
    program.chmod(program.stat().st_mode | stat.S_IXUSR)
    env = {**bare_jpt.env, "PATH": f"{tools}:/usr/bin:/bin", "HOME": str(tmp_path)}
    return Jpt(bare_jpt.folder, env)


def unit(folder: Path) -> Unit:
    return Unit(
        folder, ("/opt/j p t/python", "-m", "jpt", "watch", "--every", "30m", "--csv", 'a "%" $b.csv'), folder
    )


@pytest.mark.skipif(shutil.which("systemd-analyze") is None, reason="there is no systemd here")
def test_systemd_finds_nothing_wrong_with_the_unit(tmp_path: Path) -> None:
    program = tmp_path / "python"
    program.write_text("#!/bin/sh\n")
    program.chmod(0o755)
    written = Unit(tmp_path, (str(program), "-m", "jpt", "watch"), tmp_path)
    written.path.write_text(written.text)

    done = subprocess.run(
        ["systemd-analyze", "--user", "--man=no", "verify", str(written.path)],
        capture_output=True,
        text=True,
        check=False,
        env={"PATH": "/usr/bin:/bin", "XDG_RUNTIME_DIR": str(tmp_path), "HOME": str(tmp_path)},
    )

    complaints = [line for line in done.stderr.splitlines() if "jpt.service" in line]
    assert complaints == []


def test_the_unit_takes_a_signal_for_success_and_is_watched_over(tmp_path: Path) -> None:
    text = unit(tmp_path).text

    for line in (
        "SuccessExitStatus=130 143",
        "Type=notify",
        "WatchdogSec=120",
        "KillMode=mixed",
        "Restart=on-failure",
    ):
        assert line in text.splitlines()


def test_words_of_the_command_are_quoted_for_systemd() -> None:
    assert [quoted(word) for word in ("plain-1.2", "two words", "50%", "$HOME", 'a"b')] == [
        "plain-1.2",
        '"two words"',
        '"50%%"',
        '"$$HOME"',
        '"a\\"b"',
    ]


def test_cron_gets_one_entry_that_starts_a_watch_in_this_folder(with_cron: Jpt) -> None:
    crontab = with_cron.folder / "crontab.txt"
    crontab.write_text("0 5 * * * echo mine\n")
    first = with_cron("service", "install", "--every", "30m", "--yes")
    with_cron("service", "install", "--every", "1h", "--yes")
    lines = crontab.read_text().splitlines()
    status = with_cron("service", "status")
    with_cron("service", "remove", "--yes")

    assert first.code == 0, first.err
    assert "*/5 * * * *" in first.out
    assert lines[0] == "0 5 * * * echo mine"
    assert len(lines) == 3
    assert "--every 1h" in lines[2] and shlex.quote(str(with_cron.folder)) in lines[2]
    assert "has an entry" in status.out
    assert crontab.read_text() == "0 5 * * * echo mine\n"


def test_what_cron_runs_works_in_a_new_folder(with_cron: Jpt) -> None:
    """Cron's shell opens the log before jpt begins: the log's folder must be there."""
    with_cron("service", "install", "--every", "30m", "--yes")
    line = (with_cron.folder / "crontab.txt").read_text().splitlines()[1]
    command = line.split(" ", 5)[5].replace("\\%", "%")

    done = subprocess.run(["/bin/sh", "-c", command], cwd="/", env=with_cron.env, check=False, timeout=60)

    assert done.returncode == 65
    assert "companies.csv does not exist" in (with_cron.folder / "state/cron.log").read_text()


def test_removing_it_ends_the_watch_that_cron_started(with_cron: Jpt) -> None:
    (with_cron.folder / "inputs").mkdir()
    (with_cron.folder / "inputs/companies.csv").write_text("company,url\nAcme,https://acme.example/\n")
    with_cron("service", "install", "--yes")
    watch = with_cron.begin("watch", "--quiet", JPT_CHROMIUM="/bin/false")
    try:
        end = time.monotonic() + 60
        while with_cron("status").code and time.monotonic() < end:
            assert watch.poll() is None
            if with_cron("status", "--json").json["alive"]:
                break
            time.sleep(0.2)

        removed = with_cron("service", "remove", "--yes")

        assert (removed.code, watch.wait(30)) == (0, 143)
    finally:
        watch.kill()
        watch.communicate(60)


def test_nothing_is_written_without_a_yes(with_cron: Jpt) -> None:
    ended = with_cron("service", "install")

    assert ended.code == 2
    assert "*/5 * * * *" in ended.out
    assert "--yes" in ended.err
    assert not (with_cron.folder / "crontab.txt").exists()


def test_nothing_is_asked_where_there_is_nothing_to_remove(with_cron: Jpt) -> None:
    ended = with_cron("service", "remove")

    assert (ended.code, "nothing to remove" in ended.err) == (0, True)


def test_where_there_is_neither_that_is_said(bare_jpt: Jpt) -> None:
    ended = bare_jpt("service", "install", "--yes", PATH="/nowhere")

    assert ended.code == 73
    assert "Neither systemd nor cron" in ended.err


def test_a_percent_sign_does_not_end_the_line_of_a_crontab(tmp_path: Path) -> None:
    entry = CronEntry(tmp_path / "100%", ("jpt", "watch"), tmp_path / "log")

    assert "%" not in entry.text.replace("\\%", "")


def test_each_folder_has_a_unit_of_its_own(tmp_path: Path) -> None:
    def installed(folder: str) -> Unit:
        made = Unit(tmp_path / folder, ("jpt", "watch"), tmp_path)
        made.path.write_text(made.text)
        return made

    first, second = installed("one"), installed("two")

    assert first.path == tmp_path / "jpt.service"
    assert second.path.name.startswith("jpt-") and second.path != first.path
    first.path.unlink()
    assert second.is_installed() and not first.is_installed()
    assert installed("one").path == tmp_path / "jpt.service"


@pytest.mark.parametrize(
    ("hours_ago", "regular"),
    [((1, 2, 3, 4, 5), True), ((2, 3, 5, 6, 7), True), ((9, 10, 11, 12, 13), False), ((1,), False), ((), False)],
)
def test_a_run_that_cron_starts_again_and_again_is_all_that_status_asks_for(
    hours_ago: tuple[int, ...], regular: bool
) -> None:
    now_ms = 1_800_000_000_000
    stored = DatabaseStatus(ends_ms=tuple(now_ms - hours * 3_600_000 for hours in hours_ago), now_ms=now_ms)

    assert stored.is_run_regularly is regular


def test_the_unit_and_the_crontab_entry_are_shown_without_systemd(bare_jpt: Jpt) -> None:
    shown = bare_jpt("service", "show", PATH="/nowhere")

    assert shown.code == 0, shown.err
    assert "ExecStart=" in shown.out
    assert "watch --quiet >" in shown.out
