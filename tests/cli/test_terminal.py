"""The keys of the live screen, on a terminal."""

from __future__ import annotations

import os
import pty
import select
import signal
import subprocess
import sys
import textwrap

CODE = """
    import anyio, fcntl, termios
    from jpt.cli.terminal import Keys
    fcntl.ioctl(0, termios.TIOCSCTTY, 0)

    async def main():
        with Keys() as keys:
            print("ready", flush=True)
            with anyio.fail_after(30):
                async with anyio.create_task_group() as tg:
                    def heed(key):
                        print(f"<{ord(key)}>", flush=True)
                        if key == "q":
                            tg.cancel_scope.cancel()
                    tg.start_soon(keys.listen, heed)

    anyio.run(main)
"""


def test_keys_come_without_enter_and_ctrl_z_does_not_leave_the_shell_in_the_screen() -> None:
    ours, theirs = pty.openpty()
    command = [sys.executable, "-c", textwrap.dedent(CODE)]
    with subprocess.Popen(command, stdin=theirs, stdout=theirs, stderr=theirs, start_new_session=True) as running:
        os.close(theirs)
        heard = _heard(ours, b"ready")
        os.write(ours, b"p\x1aq")
        heard += _heard(ours, b"<113>")
        running.send_signal(signal.SIGKILL if b"<113>" not in heard else signal.SIGCONT)
    os.close(ours)

    assert b"<112>" in heard
    assert b"<113>" in heard
    assert running.returncode == 0


def _heard(terminal: int, wanted: bytes) -> bytes:
    """Give what is written until *wanted* comes, or for half a minute nothing."""
    heard = b""
    while wanted not in heard and select.select([terminal], [], [], 30)[0]:
        heard += os.read(terminal, 1024)
    return heard
