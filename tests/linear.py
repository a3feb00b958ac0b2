"""Whether something takes its time by the length of what it is given, or by its square."""

from __future__ import annotations

from collections.abc import Callable
from time import process_time

FEW, MANY = 2_500, 20_000
NOTHING_S = 0.1
"""What takes no longer than this for MANY characters is not judged."""


def is_linear(act: Callable[[int], object]) -> bool:
    """Tell whether *act* takes its time by the number of characters that it is given.

    Eight times the text: a square would take 64 times as long; a busy machine makes 8 times up to 20, seldom more,
    and never thrice.
    """
    return any(_is_linear(act) for _ in range(3))


def _is_linear(act: Callable[[int], object]) -> bool:
    many = _seconds(act, MANY)
    return many < NOTHING_S or many < 30 * _seconds(act, FEW)


def _seconds(act: Callable[[int], object], chars: int) -> float:
    """CPU time of this process."""
    begun = process_time()
    act(chars)
    return process_time() - begun
