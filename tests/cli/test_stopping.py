"""How a run ends that does not end by itself."""

from __future__ import annotations

import signal
import sqlite3
import subprocess
import sys
import textwrap
import time
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import psutil
import pytest

from tests import forks
from tests.catalogue.stock import Post, stock
from tests.conftest import Ended, Jpt, bare

IMPATIENT = """
from jpt.cli import stopping
stopping.LOOK_S, stopping.HEAD_START_S, stopping.AFTERWARDS_S = 0.1, 0.2, 0.3
"""
"""Code that makes until_stopped() look often, and wait little for what comes after the work."""


def impatient(code: str) -> str:
    return IMPATIENT + textwrap.dedent(code)


def ended(code: str) -> Ended:
    jpt = bare(Path.cwd())
    assert forks.can_fork(jpt.env)
    return jpt("-c", impatient(code), timeout=60)


def test_a_stuck_event_loop_is_dumped_and_ended_with_all_it_started() -> None:
    done = ended(
        """
        import anyio, subprocess, time
        from jpt.cli.stopping import until_stopped

        async def stuck():
            print(subprocess.Popen(["sleep", "987"]).pid, flush=True)
            time.sleep(50)

        anyio.run(lambda: until_stopped(stuck, stuck_s=1))
        """
    )

    assert done.code == 70
    assert "in stuck" in done.err
    assert "Nothing is lost" in done.err
    assert subprocess.run(
        ["ps", "-o", "stat=", "-p", done.out.strip()], capture_output=True, text=True, check=False
    ).stdout.strip()[:1] in {"", "Z"}


def test_a_busy_loop_that_turns_is_left_alone() -> None:
    done = ended(
        """
        import anyio, time
        from jpt.cli.stopping import until_stopped

        async def busy():
            for _ in range(6):
                time.sleep(0.3)
                await anyio.sleep(0)

        anyio.run(lambda: until_stopped(busy, stuck_s=1))
        """
    )

    assert (done.code, done.err) == (0, "")


def test_a_process_that_was_stopped_and_goes_on_is_not_stuck() -> None:
    done = ended(
        """
        import anyio, os, signal, subprocess
        from jpt.cli.stopping import until_stopped

        async def slept():
            subprocess.Popen(["sh", "-c", f"kill -STOP {os.getpid()}; sleep 3; kill -CONT {os.getpid()}"])
            await anyio.sleep(0.7)

        anyio.run(lambda: until_stopped(slept, stuck_s=1))
        """
    )

    assert (done.code, done.err) == (0, "")


WINDING = """
    import anyio, os, signal, sys, threading, time
    from jpt.cli.stopping import until_stopped

    over = False

    def wind_down():
        global over
        over = True
        print("winding down", flush=True)
        for _ in range({more}):
            os.kill(os.getpid(), signal.SIGTERM)
            time.sleep(0.2)

    async def work():
        os.kill(os.getpid(), signal.SIGINT)
        try:
            while not (over and {finishes}):
                await anyio.sleep(0.01)
            print("finished", flush=True)
        finally:
            print("cleaned", flush=True)

    sys.exit(anyio.run(lambda: until_stopped(work, wind_down=wind_down, patience_s={patience})))
"""


def winding(*, finishes: bool, more: int = 0, patience: float = 60) -> Ended:
    return ended(textwrap.dedent(WINDING).format(finishes=finishes, more=more, patience=patience))


def test_the_first_signal_lets_the_work_finish() -> None:
    done = winding(finishes=True)

    assert (done.code, done.out.split("\n")[:3]) == (130, ["winding down", "finished", "cleaned"])


def test_the_second_signal_ends_the_work_at_once() -> None:
    done = winding(finishes=False, more=1)

    assert (done.code, done.out.split("\n")[:2]) == (130, ["winding down", "cleaned"])


def test_patience_has_an_end() -> None:
    done = winding(finishes=False, patience=0.3)

    assert (done.code, done.out.split("\n")[:2]) == (130, ["winding down", "cleaned"])


def test_the_third_signal_ends_it_now_and_leaves_neither_process_nor_folder(tmp_path: Path) -> None:
    done = ended(
        f"""
        import anyio, os, signal, subprocess, tempfile
        from jpt.browser.chromium.scratch import scratch
        from jpt.cli.stopping import until_stopped
        tempfile.tempdir = {str(tmp_path)!r}

        async def work():
            with scratch() as folder:
                (folder / "profile").mkdir()
                print(subprocess.Popen(["sleep", "987"], cwd=folder).pid, flush=True)
                with anyio.CancelScope(shield=True):
                    while True:
                        os.kill(os.getpid(), signal.SIGINT)
                        await anyio.sleep(0.1)

        anyio.run(lambda: until_stopped(work, wind_down=lambda: None))
        """
    )

    assert done.code == 130
    assert list(tmp_path.iterdir()) == []
    left = subprocess.run(
        ["ps", "-o", "stat=", "-p", done.out.strip()], capture_output=True, text=True, check=False
    )
    assert left.stdout.strip()[:1] in {"", "Z"}


STUCK_IN_C = """
    import anyio, ctypes, sys
    from jpt.cli import stopping
    from jpt.cli.stopping import until_stopped
    stopping.GRACE_S = 0.5

    async def work():
        print("busy", flush=True)
        # One call into C that holds the interpreter: no other Python code runs, nor any thread.
        system, mutex = ctypes.PyDLL(None), ctypes.create_string_buffer(256)
        system.pthread_mutex_init(mutex, None)
        while not system.pthread_mutex_lock(mutex):
            pass

    sys.exit(anyio.run(lambda: until_stopped(work, stuck_s={stuck_s})))
"""


def test_a_signal_ends_a_process_whose_python_is_stuck() -> None:
    code = impatient(STUCK_IN_C.format(stuck_s=60))
    with subprocess.Popen(
        [sys.executable, "-c", code], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    ) as process:
        assert process.stdout is not None
        process.stdout.readline()
        process.send_signal(signal.SIGTERM)
        _, err = process.communicate(timeout=30)

    assert process.returncode != 0
    assert "in work" in err
    assert "Nothing is lost" in err


def test_a_process_whose_python_is_stuck_is_ended_and_shows_where() -> None:
    done = ended(STUCK_IN_C.format(stuck_s=1))

    assert done.code != 0
    assert "in work" in done.err
    assert "was stuck" in done.err


def test_what_watches_ends_with_what_it_watches() -> None:
    done = ended(
        """
        import anyio, os, signal, psutil
        from jpt.cli.stopping import until_stopped

        async def work():
            (watcher,) = psutil.Process().children()
            print(watcher.pid, flush=True)
            os.kill(os.getpid(), signal.SIGKILL)

        anyio.run(lambda: until_stopped(work))
        """
    )

    watcher = int(done.out)
    for _ in range(200):
        if not psutil.pid_exists(watcher) or psutil.Process(watcher).status() == psutil.STATUS_ZOMBIE:
            break
        time.sleep(0.05)
    else:
        raise AssertionError("it still runs")


def test_what_comes_after_the_work_keeps_nobody_waiting_either() -> None:
    begun = time.monotonic()
    done = ended(
        """
        import anyio, os, signal, sys, time
        from jpt.cli.stopping import until_stopped

        async def work():
            os.kill(os.getpid(), signal.SIGTERM)
            await anyio.sleep(60)

        code = anyio.run(lambda: until_stopped(work))
        time.sleep(50)
        sys.exit(code)
        """
    )

    assert done.code == 128 + signal.SIGTERM
    assert time.monotonic() - begun < 30


IN_SQLITE = """
    import os, signal, sqlite3, threading
    from jpt.cli import ending, interrupts
    interrupts.GRACE_S = {grace_s}
    signals = iter([threading.Timer(0.3, os.kill, [os.getpid(), signal.SIGINT])])

    def told(x):
        for each in signals:
            each.start()
        return x

    def work():
        raw = sqlite3.connect(":memory:")
        raw.create_function("told", 1, told)
        numbers = "WITH RECURSIVE n(x) AS (SELECT told(1) UNION ALL SELECT x + 1 FROM n) "
        try:
            list(raw.execute(numbers + "SELECT {what} FROM n"))
        except sqlite3.OperationalError as exc:
            raise ending.JptError("The database refused.") from exc

    ending.app = work
    ending.main()
"""


@pytest.mark.parametrize(
    ("what", "grace_s", "words"),
    [("sum(x % 2)", 0.2, "Stopped at once"), ("sum(told(x) % 2)", 30, "Interrupted.")],
    ids=["one long statement", "a function of ours within it"],
)
def test_a_command_without_an_event_loop_ends_in_time(what: str, grace_s: float, words: str) -> None:
    done = ended(IN_SQLITE.format(what=what, grace_s=grace_s))

    assert done.code == 130
    assert words in done.err


COPIES = """INSERT INTO {table} ({columns}) SELECT {changed} FROM {table}, (WITH RECURSIVE n(x) AS (SELECT 1 UNION ALL
            SELECT x + 1 FROM n WHERE x < 600) SELECT x FROM n)"""


@pytest.fixture
def many_posts(bare_jpt: Jpt) -> Jpt:
    """Jpt with 6,000 stored posts."""
    path = bare_jpt.folder / "state/snapshots.sqlite3"
    path.parent.mkdir(mode=0o700)
    stock(path, *(Post(f"Engineer {n}", n, text="We build bridges. " * 100, number=n) for n in range(10)))
    with closing(sqlite3.connect(path)) as raw, raw:
        columns = [row[1] for row in raw.execute("PRAGMA table_info(job_details)") if row[1] != "id"]
        changed = ["url || '-' || x" if name == "url" else name for name in columns]
        raw.execute(COPIES.format(table="job_details", columns=", ".join(columns), changed=", ".join(changed)))
        raw.execute("""INSERT OR IGNORE INTO jpt_post_texts SELECT d.id, t.text_zlib FROM job_details d, jpt_post_texts t
                       WHERE t.job_id = 1 + d.id % 10""")
    return bare_jpt


@pytest.mark.parametrize(("number", "code"), [(signal.SIGTERM, 143), (signal.SIGINT, 130)])
def test_reading_many_posts_again_ends_with_a_signal(number: signal.Signals, code: int, many_posts: Jpt) -> None:
    with many_posts.begin("reextract", "--json") as process:
        lock = many_posts.folder / "state/snapshots.sqlite3.holder"
        wait_until(lambda: lock.exists() and "reextract" in lock.read_text())
        time.sleep(0.3)
        process.send_signal(number)
        out, said = process.communicate(timeout=60)

    assert process.returncode == code
    assert out == ""
    assert "Interrupted" in said


def wait_until(true: Callable[[], bool]) -> None:
    end = time.monotonic() + 60
    while not true():
        assert time.monotonic() < end
        time.sleep(0.05)


def test_where_no_thread_may_start_that_is_a_sentence_and_no_bug() -> None:
    done = ended(
        """
        import threading
        from jpt.cli import ending

        def refuse(self):
            raise RuntimeError("can't start new thread")

        def work():
            threading.Thread.start = refuse
            threading.Thread(target=print).start()

        ending.app = work
        ending.main()
        """
    )

    assert done.code == 73
    assert "ulimit -u" in done.err
    assert "bug" not in done.err


_WHILE_LOADING = """
import os, signal, sys
class Look:
    def find_spec(self, name, *others):
        if name == "typer":
            os.kill(os.getpid(), signal.SIGINT)
sys.meta_path.insert(0, Look())
from jpt.cli import main
main()
"""
_BEFORE_THE_COMMAND = """
import os, signal
from jpt.cli import ending, main
ending.replace_unwritable = lambda *streams: os.kill(os.getpid(), signal.SIGINT)
main()
"""


@pytest.mark.skipif(sys.platform == "win32", reason="no such signal")
@pytest.mark.parametrize(("program", "code"), [(_WHILE_LOADING, -signal.SIGINT), (_BEFORE_THE_COMMAND, 130)])
def test_a_ctrl_c_before_the_command_has_begun_leaves_no_trace(program: str, code: int) -> None:
    done = subprocess.run(
        [sys.executable, "-c", program, "jobs"], capture_output=True, text=True, timeout=60, check=False
    )

    assert done.returncode == code
    assert "Traceback" not in done.stderr
