"""The wording of a post, made even: one kind of dash, quote, blank and letter, character for character. Pure."""

from __future__ import annotations

import re
from dataclasses import dataclass

DASHES = "‐‑‒–—―−﹘﹣－"
QUOTES = "‘’‚‛`´ʼ′＇"
BLANKS = (
    "\u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a"
    "\u202f\u205f\u3000\u200b\ufeff\t"
)
ACCENTED = "àáâãäåçèéêëìíîïñòóôõöùúûüýśćłąężźńőű"
UNACCENTED = "aaaaaaceeeeiiiinooooouuuuysclaezznou"
_EVEN = str.maketrans(
    DASHES + QUOTES + BLANKS + ACCENTED + ACCENTED.upper() + "＋\r\u2028\u2029\x0b\x0c\x85",
    "-" * len(DASHES) + "'" * len(QUOTES) + " " * len(BLANKS) + UNACCENTED + UNACCENTED.upper() + "+\n\n\n\n\n\n",
)


LEAST_POST = 400
"""Characters that every whole post has; captured ones have 600 and more."""
_POST = re.compile(
    r"experience|require|qualif|skills|responsib|you will|you'll|about you|your profile|duties|aufgaben|profil"
    r"|erfahrung|competences|experiencia|requisitos|ervaring|vaardigheden"
)


@dataclass(frozen=True, slots=True)
class Wording:
    """A text three times over; an index means the same place in all three."""

    text: str
    """As the page has it."""
    even: str
    """Dashes, quotes, blanks and accents made plain; capitals kept, for they show where glued words meet."""
    low: str
    """The same in lower case."""

    @property
    def is_post(self) -> bool:
        """Whether it looks as if all of a post were there: its silence on years then means something."""
        return len(self.text) >= LEAST_POST and _POST.search(self.low) is not None


def wording(text: str) -> Wording:
    """Make *text* even without moving a single character."""
    even = text.translate(_EVEN)
    low = even.lower()
    if len(low) != len(even):  # a few capitals (İ) have two characters below
        low = "".join(lower if len(lower := char.lower()) == 1 else char for char in even)
    return Wording(text, even, low)
