"""What the second opinions add up, as a chance. Pure."""

from __future__ import annotations

from math import exp

_STEEPEST = 30.0
"""Beyond it a chance is 0 or 1 for every use, and the exponential would grow out of bounds."""


def chance(score: float) -> float:
    """Return the chance, 0 to 1, of a score in logits: 0 is as likely as not."""
    return 1.0 / (1.0 + exp(-max(-_STEEPEST, min(_STEEPEST, score))))
