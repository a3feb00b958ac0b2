"""A slow pattern is tried only near the signs that all of its matches have, and finds the same."""

from __future__ import annotations

import re

from jpt.text.stretches import stretches
from tests.table import each_row

DIGITS = re.compile(r"\d+")


@each_row(
    ("text", "found"),
    [
        ("", []),
        ("no sign", []),
        ("7 at the very beginning", [(0, 4)]),
        ("one in the middle 7 of it", [(15, 22)]),
        ("two far 7 .............. 8 away", [(5, 12), (22, 29)]),
        ("two near 7 . 8 join", [(6, 17)]),
        ("at the end 7", [(8, 12)]),
    ],
)
def test_stretches_reach_round_their_signs_and_join(text: str, found: list[tuple[int, int]]) -> None:
    assert list(stretches(text, DIGITS, 3, 3)) == found
