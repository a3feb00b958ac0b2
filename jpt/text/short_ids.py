"""Short ids of stored jobs, to type: `#a3f`. Pure.

Letters and digits alternate, so that no id is a word of a title; without its `#` none needs quoting in a shell.
"""

from __future__ import annotations

import re

from jpt.text.late import late

_LETTERS = "abcdefghjkmnpqrstuvwxyz"
"""Without i, l and o, which are taken for digits."""
_FEWEST = 3
_SHAPE = late(rf"#?((?:[{_LETTERS}][0-9])+[{_LETTERS}]?)", re.IGNORECASE)


def short_id(number: int) -> str:
    """Return the short id of the row with this positive *number*: `#` and at least three characters."""
    length = _FEWEST
    while number >= _count(length):
        number -= _count(length)
        length += 1
    places = []
    for place in reversed(range(length)):
        number, digit = divmod(number, _base(place))
        places.append("0123456789"[digit] if place % 2 else _LETTERS[digit])
    return "#" + "".join(reversed(places))


def number_of(words: str) -> int | None:
    """Return the number of a row from its short id, with or without `#`; None where *words* are no short id."""
    found = _SHAPE.fullmatch(words.strip())
    if found is None or len(found[1]) < _FEWEST:
        return None
    text = found[1].lower()
    number = 0
    for place, char in enumerate(text):
        number = number * _base(place) + (int(char) if place % 2 else _LETTERS.index(char))
    return number + sum(map(_count, range(_FEWEST, len(text))))


def _base(place: int) -> int:
    return 10 if place % 2 else len(_LETTERS)


def _count(length: int) -> int:
    """Return how many ids have so many characters."""
    count = 1
    for place in range(length):
        count *= _base(place)
    return count
