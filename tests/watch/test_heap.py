"""Free memory goes back to the system."""

from __future__ import annotations

import platform
import subprocess
import sys

import pytest

HOLES = """
import psutil
from jpt.settings import heap

me = psutil.Process()
blocks = [bytearray(60_000) for _ in range(2_000)]  # below what malloc maps by itself
last = bytearray(60_000)  # above all of them: nothing is free at the end
held = me.memory_full_info().uss
del blocks
kept = me.memory_full_info().uss
heap.trim()
print(held - kept, kept - me.memory_full_info().uss)
"""


@pytest.mark.skipif(platform.libc_ver()[0] != "glibc", reason="this C library has no such call")
def test_what_was_freed_between_blocks_in_use_goes_back() -> None:
    ended = subprocess.run([sys.executable, "-c", HOLES], capture_output=True, text=True, check=True)
    by_itself, by_us = map(int, ended.stdout.split())

    assert by_itself + by_us > 100_000_000
    assert by_us > 50_000_000
