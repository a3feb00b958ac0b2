"""Row A3: a delivery that is killed at every step, and the next one: nothing lost, nothing in two digests.

A second copy may exist only where the final dot was on its way and the acceptance not yet on the disk, and
then it has the same bytes.
"""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.digest.test_delivery import ANN, BOB, told, url
from tests.mailing import DigestSender, Scripted

JOBS = 4
LEAST_STEPS = 36


class Forge:
    """Runs deliveries that die."""

    def __init__(self) -> None:
        self._process = subprocess.Popen(
            [sys.executable, "-m", "tests.mailing.crash"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            cwd=Path(__file__).parents[2],
        )

    def deliver(self, sender: DigestSender, at: int, **options: Any) -> dict[str, Any]:
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        order = {
            "folder": str(sender.folder),
            "port": sender.port,
            "at": at,
            "now": sender.clock.now,
            "options": options,
        }
        self._process.stdin.write(json.dumps(order) + "\n")
        self._process.stdin.flush()
        answer: dict[str, Any] = json.loads(self._process.stdout.readline())
        return answer

    def close(self) -> None:
        self._process.communicate(timeout=30)


@pytest.fixture(scope="module")
def forge() -> Iterator[Forge]:
    made = Forge()
    yield made
    made.close()


def in_the_window(steps: list[str]) -> bool:
    """Whether the kill came after the dot was noted and before the acceptance was on the disk."""
    noted = max((at for at, name in enumerate(steps) if name.startswith("before send b'.")), default=None)
    if noted is None:
        # The note itself is the commit before the dot is sent; then it was certainly not sent.
        return False
    return not any(name in {"before fsync", "after fsync"} for name in steps[noted:])


def sweep(forge: Forge, tmp_path: Path, script: dict[str, Any], **options: Any) -> list[str]:
    """Kill at every step in turn; gives the names of all steps."""
    with Scripted(script) as server:
        template = DigestSender(tmp_path / "template", server.port)
        template.folder.mkdir()
        for number in range(JOBS):
            template.add(url(number), "Poison" if number == 2 else f"Job {number}", found=1000 + number)
        at = 0
        while True:
            at += 1
            sender = DigestSender(tmp_path / f"at{at}", server.port)
            shutil.copytree(template.folder, sender.folder)
            server.mails.clear()
            died = forge.deliver(sender, at, **options)
            assert died["killed"] or died["code"] == 0
            sender.deliver(**options)
            sender.deliver(**options)
            check(sender, server, died["steps"])
            shutil.rmtree(sender.folder)
            if not died["killed"]:
                return list(died["steps"])


def check(sender: DigestSender, server: Scripted, steps: list[str]) -> None:
    where = f"killed at step {len(steps)}: {steps[-3:]}"
    by_bytes: dict[bytes, list[tuple[str, ...]]] = {}
    for mail in server.mails:
        by_bytes.setdefault(mail.content, []).append(tuple(mail.recipients))
    taken = [job for content in by_bytes for job in told(next(m for m in server.mails if m.content == content))]
    # Refused, and shown by `jpt digest --list`; parked for good once another mail was taken.
    refused = "SELECT i.url FROM jpt_digest_items i JOIN jpt_digests g USING (digest_id) WHERE g.state IN ('HELD', 'FAILED')"
    parked = {row[0] for row in sender.rows(refused)}
    assert sorted([*taken, *parked]) == sorted(url(number) for number in range(JOBS)), where
    mailed = sender.mailed()
    assert {job for job, was in mailed.items() if was} == set(taken), where
    for recipients in by_bytes.values():
        copies = len(recipients) - len(set(recipients))
        assert copies == 0 or (copies == 1 and in_the_window(steps)), where
    assert not set(sender.states()) & {"SENDING", "UNKNOWN", "READY"}, where


@pytest.mark.slow
def test_killed_at_every_step_nothing_is_lost_or_told_twice(forge: Forge, tmp_path: Path) -> None:
    steps = sweep(forge, tmp_path, {})

    assert len(steps) >= LEAST_STEPS
    assert {"before send b'.\\r\\n'", "after fsync", "before commit"} <= set(steps)


@pytest.mark.slow
def test_killed_at_every_step_while_a_refused_digest_is_split(forge: Forge, tmp_path: Path) -> None:
    steps = sweep(forge, tmp_path, {"DOT": lambda content: "554 no" if "Poison" in content else "250 fine"})

    assert len(steps) >= 3 * LEAST_STEPS


@pytest.mark.slow
def test_killed_at_every_step_with_a_recipient_who_is_asked_to_wait(forge: Forge, tmp_path: Path) -> None:
    waits = {"left": 0}

    def answer(words: str) -> str:
        if BOB not in words:
            return "250 fine"
        waits["left"] += 1
        return "450 wait" if waits["left"] % 2 else "250 fine"

    sweep(forge, tmp_path, {"RCPT": answer}, email_to=f"{ANN}, {BOB}")


@pytest.mark.slow
def test_killed_at_every_step_of_several_digests(forge: Forge, tmp_path: Path) -> None:
    steps = sweep(forge, tmp_path, {}, digest_rows=2)

    assert len(steps) >= 1.5 * LEAST_STEPS
