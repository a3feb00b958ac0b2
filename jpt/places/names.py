"""How names of places are compared. Pure."""

from __future__ import annotations

import unicodedata
from functools import lru_cache

from jpt.text.late import late


@lru_cache(maxsize=16_384)
def folded(name: str) -> str:
    """Return *name* as the table knows it: case, accents, widths and marks do not count."""
    if name.isascii() and name.replace(" ", "").isalnum():
        return " ".join(name.lower().split())
    plain = unicodedata.normalize("NFKD", name.translate(_LETTERS))
    bare = "".join(char for char in plain if not unicodedata.combining(char)).casefold()
    return " ".join(_MARKS.sub(" ", bare.translate(_DOTS)).split())


_LETTERS = str.maketrans(
    {"ø": "o", "Ø": "O", "ł": "l", "Ł": "L", "đ": "d", "Đ": "D", "æ": "ae", "Æ": "Ae", "ı": "i"}
)
_DOTS = str.maketrans("", "", ".'’`")
_MARKS = late(r"[^\w]+|_")
