"""Lengths of time as people write them: `15m`, `2h`, `1h30m`, `1 day`. Pure."""

from __future__ import annotations

from jpt.text.late import late

_UNITS = {"s": 1, "sec": 1, "m": 60, "min": 60, "h": 3_600, "d": 86_400, "w": 604_800}
_WORDS = {"second": "s", "minute": "m", "hour": "h", "hr": "h", "day": "d", "week": "w", "mins": "m", "secs": "s"}
_PART = late(r"([0-9]+(?:\.[0-9]+)?)\s*([a-z]+)")

_WANTED = "a time such as 15m, 2h or 1d"

SHORTEST_S = 5.0
LONGEST_S = 90 * 86_400.0


def seconds_of(text: str, *, least: float = SHORTEST_S, most: float = LONGEST_S) -> float:
    """Return the seconds of a length such as `15m`; raises ValueError that says what should stand there."""
    words = text.strip().lower()
    parts = _PART.findall(words)
    if not parts or _PART.sub("", words).strip(" ,"):
        raise ValueError(_WANTED)
    total = sum(float(number) * _unit(unit) for number, unit in parts)
    if not least <= total <= most:
        raise ValueError(f"a time between {least:.0f}s and {most / 86_400:.0f}d")
    return total


def spoken(seconds: float) -> str:
    """Return a length for people, in its two largest units at most: `1h 30m`, `45s`."""
    left = max(0, round(seconds))
    parts = []
    for unit, size in (("d", 86_400), ("h", 3_600), ("m", 60), ("s", 1)):
        count, left = divmod(left, size)
        if count:
            parts.append(f"{count}{unit}")
        if len(parts) == 2:
            break
    return " ".join(parts) or "0s"


def _unit(unit: str) -> int:
    name = _WORDS.get(unit.removesuffix("s") if unit not in _WORDS else unit, unit)
    if name not in _UNITS:
        raise ValueError(_WANTED)
    return _UNITS[name]
