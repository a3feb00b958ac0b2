"""The text of a post, normalised: one kind of dash, quote, blank, digit and letter, without marks. Pure."""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass
from html import unescape

from jpt.text.late import late

DASHES = "‐‑‒–—―−﹘﹣－"
QUOTES = "‘’‚‛`´ʼ′＇"
BLANKS = "\u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\u205f\u3000\t"
ACCENTED = "àáâãäāăąçčćďèéêëěēęíìîïīįğģķľłļñńňņòóôõöøőōŕřśšşșťţțùúûüůűūųýÿźžżßæœı"
UNACCENTED = "aaaaaaaacccdeeeeeeeiiiiiiggklllnnnnoooooooorrsssstttuuuuuuuuyyzzzsaoi"
"""å stays: `år`, a year in the north, would be no word that can be told from others."""
_FULL = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)}
"""Full-width digits, letters and marks, as East Asian keyboards write them."""
_NORMAL = {
    **_FULL,
    **str.maketrans(
        DASHES + QUOTES + BLANKS + ACCENTED + ACCENTED[:-4].upper() + "ÆŒ" + "\r\u2028\u2029\x0b\x0c\x85",
        "-" * len(DASHES)
        + "'" * len(QUOTES)
        + " " * len(BLANKS)
        + UNACCENTED
        + UNACCENTED[:-4].upper()
        + "AO"
        + "\n\n\n\n\n\n",
    ),
}
_LATIN = "€‚ƒ„…†‡ˆ‰Š‹ŒŽ‘’“”•–—˜™š›œžŸ"
"""What Windows' encoding has where Latin-1 has control characters."""
_NO_WIDTH = "\u00ad\u0300-\u0304\u0306-\u030c\u0327\u0328\u200b-\u200d\u2060\ufeff\ufe0e\ufe0f"
_MARK = late(rf"[{_NO_WIDTH}\\<&*_ÂÃâ~]")
"""How each of `_MARKS` begins, quick to look for."""
_MARKS = late(
    # soft hyphens, accents that stand behind their letter, and what else has no width
    rf"[{_NO_WIDTH}]+"
    r"|\\(?=[-+.*_#()\[\]~&!>|])"  # Markdown's escapes
    r"|(?:\*\*|__)(?=\d|\s[a-z(])|(?<=[\d+])(?:\*\*|__)|(?<=[a-z,] )(?:\*\*|__)(?=\w)"
    r"|(?:(?<=years)|(?<=years')|(?<=months)|(?<=months')|(?<=yrs)|(?<=jaar)|(?<=ans)|(?<=años)|(?<=Jahre)"
    r"|(?<=anni))\*\*"  # bold within a sentence
    r"|(?<=[aA][nN])~(?=[oO]s?\b)"  # ñ in two
    r"|(?P<tag></?(?P<name>[a-zA-Z]{1,10}\d?)(?:\s[^<>\n]{0,300})?/?>)"
    r"|(?P<entity>&(?:[a-zA-Z]{2,8}|#\d{2,5}|#x[0-9a-fA-F]{2,5});?)"
    # UTF-8 that somebody took for Latin-1 or for Windows' encoding: the dash of a range, the ñ of a year
    rf"|(?P<garbled>[ÂÃ][\x80-\xbf{_LATIN}]|â[€\x80][\x80-\xbf{_LATIN}])"
)
_INLINE = frozenset({"a", "abbr", "b", "em", "font", "i", "mark", "small", "span", "strong", "sup", "u"})

LEAST_POST = 400
"""Characters that every whole post has; captured ones have 600 and more."""
_POST = late(
    r"experience|require|qualif|skills|responsib|you will|you'll|about you|your profile|duties|aufgaben|profil"
    r"|erfahrung|competences|experiencia|requisitos|ervaring|vaardigheden|erfarenhet|erfaring|esperienz"
    r"|competenze|doswiadczen|wymagania|obowiazk|arbetsuppgifter|arbejdsopgaver|opgaver|kvalifika|atividades"
    r"|functie|taken|funciones|missions"
)


@dataclass(frozen=True, slots=True)
class Wording:
    """A text and what it says without marks; an index means the same place in `plain` and `low`."""

    text: str
    """As the page has it."""
    plain: str
    """Dashes, quotes, blanks and accents made plain, marks without width and markup taken out; capitals kept,
    for they show where glued words meet."""
    low: str
    """The same in lower case."""
    cuts: tuple[int, ...] = ()
    """Places in `plain` behind which the text goes on elsewhere, in order."""
    shifts: tuple[int, ...] = ()
    """By how much the text is ahead from each of them on."""

    @property
    def is_post(self) -> bool:
        """Whether it looks as if all of a post were there: its silence on years then means something."""
        return len(self.text) >= LEAST_POST and _POST.search(self.low) is not None

    def place(self, index: int) -> int:
        """Return the place in the text of a place in `plain`."""
        cut = bisect_right(self.cuts, index)
        return index + self.shifts[cut - 1] if cut else index


def wording(text: str) -> Wording:
    """Normalise *text*."""
    cuts: list[int] = []
    shifts: list[int] = []
    plain = _normalised(_without_marks(text, cuts, shifts) if _MARK.search(text) else text)
    if "   " in plain:
        plain = _GAP.sub(_as_break, plain)
    low = plain.lower()
    if len(low) != len(plain):  # a few capitals (İ) have two characters below
        low = "".join(lower if len(lower := char.lower()) == 1 else char for char in plain)
    return Wording(text, plain, low, tuple(cuts), tuple(shifts))


def _normalised(text: str) -> str:
    """Make dashes, quotes, blanks and accents plain: a page has few kinds of them, so one after the other."""
    for char in set(_ODD.findall(text)):
        plain = _NORMAL.get(ord(char))
        if plain is not None:
            text = text.replace(char, chr(plain))
    return text


_ODD = late(r"[^\n -~]")
_GAP = late(r"(?<=[^\s]) {3,}(?=[^\s])")
"""Blanks where a page has a line break, a cell or a column."""


def _as_break(match: re.Match[str]) -> str:
    return "\n" + " " * (match.end() - match.start() - 1)


def _without_marks(text: str, cuts: list[int], shifts: list[int]) -> str:
    """Take marks out, and note in *cuts* and *shifts* where the rest now stands."""
    parts: list[str] = []
    done = length = 0
    for mark in _MARK.finditer(text):
        if mark.start() < done or (match := _MARKS.match(text, mark.start())) is None:
            continue
        instead = _instead(match)
        if instead is None:
            continue
        parts += (text[done : match.start()], instead)
        length += match.start() - done + len(instead)
        done = match.end()
        cuts.append(length)
        shifts.append(done - length)
    parts.append(text[done:])
    return "".join(parts)


def _instead(match: re.Match[str]) -> str | None:
    if match["garbled"]:
        return _repaired(match["garbled"])
    if match["tag"]:
        return "" if match["name"].lower() in _INLINE else "\n"
    if match["entity"]:
        char = unescape(match["entity"])
        return char if len(char) == 1 else None
    return ""


def _repaired(garbled: str) -> str | None:
    """Read bytes again that were taken for another encoding; None if they are none of UTF-8."""
    try:
        raw = b"".join(c.encode("cp1252" if c in _LATIN else "latin-1") for c in garbled)
        return raw.decode("utf-8")
    except UnicodeError:
        return None
