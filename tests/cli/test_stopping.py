"""How a run ends that does not end by itself."""

from __future__ import annotations

import signal
import subprocess
import sys
import textwrap
import time
from pathlib import Path

import psutil


def ended(code: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-c", textwrap.dedent(code)], capture_output=True, text=True, timeout=60, check=False
    )


def test_a_stuck_event_loop_is_dumped_and_ended_with_all_it_started() -> None:
    done = ended(
        """
        import anyio, subprocess, time
        from jpt.cli.stopping import until_stopped

        async def stuck():
            print(subprocess.Popen(["sleep", "987"]).pid, flush=True)
            time.sleep(50)

        anyio.run(lambda: until_stopped(stuck, stuck_s=2))
        """
    )

    assert done.returncode == 70
    assert "in stuck" in done.stderr
    assert "Nothing is lost" in done.stderr
    assert subprocess.run(
        ["ps", "-o", "stat=", "-p", done.stdout.strip()], capture_output=True, text=True, check=False
    ).stdout.strip()[:1] in {"", "Z"}


def test_a_busy_loop_that_turns_is_left_alone() -> None:
    done = ended(
        """
        import anyio, time
        from jpt.cli.stopping import until_stopped

        async def busy():
            for _ in range(8):
                time.sleep(0.5)
                await anyio.sleep(0)

        anyio.run(lambda: until_stopped(busy, stuck_s=2))
        """
    )

    assert (done.returncode, done.stderr) == (0, "")


def test_a_process_that_was_stopped_and_goes_on_is_not_stuck() -> None:
    done = ended(
        """
        import anyio, os, signal, subprocess
        from jpt.cli.stopping import until_stopped

        async def slept():
            subprocess.Popen(["sh", "-c", f"kill -STOP {os.getpid()}; sleep 4; kill -CONT {os.getpid()}"])
            await anyio.sleep(6)

        anyio.run(lambda: until_stopped(slept, stuck_s=2))
        """
    )

    assert (done.returncode, done.stderr) == (0, "")


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


def winding(*, finishes: bool, more: int = 0, patience: float = 60) -> subprocess.CompletedProcess[str]:
    return ended(textwrap.dedent(WINDING).format(finishes=finishes, more=more, patience=patience))


def test_the_first_signal_lets_the_work_finish() -> None:
    done = winding(finishes=True)

    assert (done.returncode, done.stdout.split("\n")[:3]) == (130, ["winding down", "finished", "cleaned"])


def test_the_second_signal_ends_the_work_at_once() -> None:
    done = winding(finishes=False, more=1)

    assert (done.returncode, done.stdout.split("\n")[:2]) == (130, ["winding down", "cleaned"])


def test_patience_has_an_end() -> None:
    done = winding(finishes=False, patience=0.3)

    assert (done.returncode, done.stdout.split("\n")[:2]) == (130, ["winding down", "cleaned"])


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

    assert done.returncode == 130
    assert list(tmp_path.iterdir()) == []
    left = subprocess.run(
        ["ps", "-o", "stat=", "-p", done.stdout.strip()], capture_output=True, text=True, check=False
    )
    assert left.stdout.strip()[:1] in {"", "Z"}


STUCK_IN_C = """
    import anyio, re, sys
    from jpt.cli.stopping import until_stopped

    async def work():
        print("busy", flush=True)
        # One call into C that holds the interpreter: no other Python code runs, nor any thread.
        re.match(r"(a+)+$", "a" * 60 + "b")

    sys.exit(anyio.run(lambda: until_stopped(work, stuck_s={stuck_s})))
"""


def test_a_signal_ends_a_process_whose_python_is_stuck() -> None:
    code = textwrap.dedent(STUCK_IN_C.format(stuck_s=60))
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

    assert done.returncode != 0
    assert "in work" in done.stderr
    assert "was stuck" in done.stderr


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

    watcher = int(done.stdout)
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

    assert done.returncode == 128 + signal.SIGTERM
    assert time.monotonic() - begun < 30
