"""Numbers as strangers write them: a value within bounds, or None for "not said"; days are in `moments`. Pure.

The one gate for every number that comes from outside: headers, pages, feeds, robots.txt, models, mail servers,
stored rows and command lines. Python's own readers let in more than anybody means (`²` is a digit, `٣` is 3, `1_0`
is 10, `1e999` is infinite, an integer of 400 digits breaks the first division), so they are not called elsewhere.
"""

from __future__ import annotations

import math

from jpt.text.late import late

MOST = 10**15
"""What is larger is no number of anything; a double still holds it exactly."""

_WHOLE = late(r"-?[0-9]{1,16}")
_DECIMAL = late(r"[+-]?[0-9]{1,16}(?:\.[0-9]{1,16})?")


def whole(value: object, *, low: int = 0, high: int = MOST) -> int | None:
    """Return a whole number from *low* to *high*, also from a text of ASCII digits."""
    if isinstance(value, str):
        value = value.strip(" \t\r\n")
        value = int(value) if _WHOLE.fullmatch(value) else None
    if isinstance(value, float):
        value = int(value) if math.isfinite(value) and value.is_integer() else None
    if isinstance(value, bool) or not isinstance(value, int):
        return None
    return value if low <= value <= high else None


def decimal(value: object, *, low: float = 0.0, high: float = float(MOST)) -> float | None:
    """Return a number from *low* to *high*, also from a text such as `12` or `12.50`."""
    if isinstance(value, str):
        value = value.strip(" \t\r\n")
        value = float(value) if _DECIMAL.fullmatch(value) else None
    if isinstance(value, bool) or not isinstance(value, int | float):
        return None
    # Compared before it is converted: integers of any length compare, and NaN is within no bounds.
    return float(value) if low <= value <= high else None
