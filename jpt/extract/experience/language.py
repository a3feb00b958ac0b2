"""The language of a post, recognised by its most frequent words: what the rules do not read must be said. Pure.

The words come from `languages.json`, which `tests/accuracy/make_languages.py` writes.
"""

from __future__ import annotations

import json
import unicodedata
from collections import Counter
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from jpt.text.late import late

READ = frozenset({"en", "de", "es", "nl", "fr", "sv", "it", "pt", "pl", "da", "no", "nb", "nn"})
"""Codes of the languages that the rules read."""
_LEAST_WORDS = 25
"""Fewer words recognise no language."""
_LEAST_SHARE = 0.1
"""Least share of words that are frequent ones of the language; lists of skills have fewer."""
_LEAST_SHARE_UNREAD = 0.14
"""As above, for a language that the rules do not read: lists of skills have words of anything."""
_CLEAR = 1.4
"""How many times the words of the best language that is read one that is not read must have."""
_LOOK = 2_500
"""Characters looked at in the beginning and as many in the middle: menus may stand in another language."""
_WORD = late(r"[^\W\d_]+")
_BEYOND_LATIN = late(r"[^\W\d_\u0000-\u02af\u1e00-\u1eff]")
_SCRIPTS = {
    "HIRAGANA": "ja", "KATAKANA": "ja", "HANGUL": "ko", "CJK": "zh", "THAI": "th", "HEBREW": "he", "GREEK": "el",
    "DEVANAGARI": "hi", "GEORGIAN": "ka", "ARMENIAN": "hy", "BENGALI": "bn", "TAMIL": "ta", "TELUGU": "te",
    "GUJARATI": "gu", "KANNADA": "kn", "MALAYALAM": "ml", "KHMER": "km", "LAO": "lo", "MYANMAR": "my",
    "SINHALA": "si", "ETHIOPIC": "am", "GURMUKHI": "pa",
}  # fmt: skip
"""The language that most of what is written in a script is in, where words recognise none."""
UNKNOWN = "und"


@dataclass(frozen=True, slots=True)
class Language:
    """A language as CLDR has it."""

    code: str
    name: str
    """In English."""
    years: tuple[str, ...]
    """Its words for years, in lower case."""
    months: tuple[str, ...]
    others: tuple[str, ...]
    """Its words for weeks, days, hours, minutes and seconds."""
    numbers: dict[str, int]
    """Its number words up to 30; empty if none are known."""
    common: tuple[str, ...]


@cache
def languages() -> dict[str, Language]:
    """Read the shipped table, by code."""
    table = json.loads((files("jpt.extract.experience") / "languages.json").read_text("utf-8"))
    return {
        code: Language(
            code,
            row["name"],
            tuple(row["years"]),
            tuple(row["months"]),
            tuple(row["others"]),
            row["numbers"],
            tuple(row["common"]),
        )
        for code, row in table.items()
    }


@cache
def _recognising() -> dict[str, tuple[str, ...]]:
    found: dict[str, list[str]] = {}
    for code, one in languages().items():
        for word in one.common:
            found.setdefault(word, []).append(code)
    return {word: tuple(codes) for word, codes in found.items()}


def language(text: str) -> str | None:
    """Return the code of the language that *text* is in.

    `UNKNOWN` if it is none that is known; None if the text is too short or too mixed to tell.
    """
    middle = max(_LOOK, len(text) // 2)
    head = f"{text[:_LOOK]} {text[middle : middle + _LOOK]}".lower()
    script = _script(head)
    if script:
        return script
    words = _WORD.findall(head)
    if len(words) < _LEAST_WORDS:
        return None
    scores, covered = _scores(Counter(words))
    best = max(scores, key=scores.__getitem__, default=None)
    read = max((code for code in scores if code in READ), key=scores.__getitem__, default=None)
    if read and (best == read or scores[best or read] < _CLEAR * scores[read]):
        best = read
    least = _LEAST_SHARE if best in READ else _LEAST_SHARE_UNREAD
    if best is None or covered[best] < least * len(words):
        return UNKNOWN if _foreign(head) else None
    return best


def _scores(words: Counter[str]) -> tuple[dict[str, float], dict[str, int]]:
    """Count each language's words, those of many languages for less; and how many words of the text they are."""
    scores: dict[str, float] = {}
    covered: dict[str, int] = {}
    table = _recognising()
    for word in words.keys() & table.keys():
        codes, count = table[word], words[word]
        for code in codes:
            scores[code] = scores.get(code, 0.0) + count / len(codes)
            covered[code] = covered.get(code, 0) + count
    return scores, covered


def _foreign(head: str) -> bool:
    """Return whether so many letters are beyond a to z that it is no list of English terms."""
    letters = sum(map(len, _WORD.findall(head)))
    return sum(char > "\x7f" and char.isalpha() for char in head) > letters // 40


def _script(head: str) -> str | None:
    """Recognise a language by its letters, except where several that are known share them."""
    if head.isascii():
        return None
    beyond = _BEYOND_LATIN.findall(head)
    if len(beyond) < max(20, len(head) // 5):
        return None
    kinds = Counter(unicodedata.name(char, "").split(" ", 1)[0] for char in beyond)
    if kinds["HIRAGANA"] + kinds["KATAKANA"] > len(beyond) // 20:
        return "ja"
    return _SCRIPTS.get(kinds.most_common(1)[0][0])


def unsupported_language(code: str | None) -> str | None:
    """Return the English name of a language that the rules do not read; None if they do, or it is unclear."""
    if code == UNKNOWN:
        return "a language that is not recognised"
    return None if code is None or code in READ else languages()[code].name
