"""Scores as chances."""

from __future__ import annotations

import pytest

from jpt.text.odds import chance


def test_a_chance_lies_between_nought_and_one_whatever_the_score() -> None:
    scores = [-1e308, -800.0, -2.0, 0.0, 2.0, 800.0, 1e308]
    chances = [chance(score) for score in scores]

    assert chances == sorted(chances)
    assert all(0 < one <= 1 for one in chances)
    assert chance(0) == 0.5
    assert chance(2) == pytest.approx(1 - chance(-2))
