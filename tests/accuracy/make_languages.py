"""Write `jpt/extract/experience/languages.json`: units, number words and common words of many languages.

And `jpt/text/months.json`: what the months are called in those of them whose common words are known.

    python -m tests.accuracy.make_languages

Needs the group `train` of pyproject.toml: Babel (names of languages, months and units of CLDR), num2words, stopwordsiso and
wordfreq (the most frequent of the stop words: a language is recognised by them). The files are shipped; none of
the four is needed to run jpt.
"""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import stopwordsiso
import wordfreq
from babel import Locale, localedata
from num2words import CONVERTER_CLASSES, num2words

FILE = Path(__file__).parents[2] / "jpt/extract/experience/languages.json"
MONTHS = Path(__file__).parents[2] / "jpt/text/months.json"
MOST_COMMON = 70
LONGEST_COMMON = 6
TOP_NUMBER = 30
UNSPACED = {"zh", "ja", "th", "ko"}
FREQUENT = {"no": "nb", "hr": "sh"}
"""wordfreq's names of languages where they differ."""


def main() -> None:
    """Write the files, sorted, so that a change shows as a change of lines."""
    languages = {code: row for code in _codes() if (row := _language(code))}
    lines = [
        f"{json.dumps(code)}: {json.dumps(row, ensure_ascii=False)}" for code, row in sorted(languages.items())
    ]
    FILE.write_text("{\n" + ",\n".join(lines) + "\n}\n", encoding="utf-8")
    print(f"{len(languages)} languages, {FILE.stat().st_size} bytes")
    write_months({code for code, row in languages.items() if row["common"]})


def write_months(languages: set[str]) -> None:
    """Write the names of the months, a line a month, with and without their marks; abbreviations of three letters up."""
    names: list[set[str]] = [set() for _ in range(12)]
    for identifier in localedata.locale_identifiers():
        if identifier.partition("_")[0] in languages:
            for number, name in _month_names(Locale.parse(identifier)):
                names[number - 1] |= {name, _unmarked(name)}
    lines = [json.dumps(" ".join(sorted(each)), ensure_ascii=False) for each in names]
    MONTHS.write_text("[\n" + ",\n".join(lines) + "\n]\n", encoding="utf-8")
    print(f"{sum(map(len, names))} names of months, {MONTHS.stat().st_size} bytes")


def _month_names(locale: Locale) -> Iterator[tuple[int, str]]:
    for widths in locale.months.values():
        for width in ("wide", "abbreviated"):
            for number, name in widths.get(width, {}).items():
                if re.fullmatch(r"[^\W\d_]{3,16}", word := name.lower().strip(" .")):
                    yield number, word


def _unmarked(name: str) -> str:
    plain = "".join(char for char in unicodedata.normalize("NFD", name) if not unicodedata.combining(char))
    return plain if plain.isascii() else name


def _codes() -> list[str]:
    """Give all languages without a country or script of their own."""
    return sorted(code for code in localedata.locale_identifiers() if re.fullmatch(r"[a-z]{2,3}", code))


def _language(code: str) -> dict[str, Any] | None:
    locale = Locale.parse(code)
    years, months = _units(locale, "year"), _units(locale, "month")
    if not years or (code != "en" and years == _units(Locale.parse("en"), "year")):
        return None
    return {
        "name": locale.get_display_name("en") or code,
        "years": years,
        "months": months,
        "others": sorted(
            {form for unit in ("week", "day", "hour", "minute", "second") for form in _units(locale, unit)}
        ),
        "numbers": _numbers(code),
        "common": _common(code),
    }


def _units(locale: Locale, unit: str) -> list[str]:
    """Give the forms of a unit, singular and plural: whole words, and abbreviations of three letters and more."""
    found: set[str] = set()
    for length, patterns in locale._data["unit_patterns"].get(f"duration-{unit}", {}).items():
        for count, pattern in patterns.items():
            if count not in {"zero", "one", "two", "few", "many", "other"} or not isinstance(pattern, str):
                continue
            for word in pattern.replace("{0}", " ").split():
                form = word.strip(".()").lower()
                if form.isdigit() or re.search(r"\d|/", form):
                    continue
                if len(form) >= (1 if length == "long" else 3 if form.isascii() else 4) and form != "mon":
                    found.add(form)
    return sorted(form for form in found if len(form) > 1 or unicodedata.category(form) == "Lo")


def _numbers(code: str) -> dict[str, int]:
    if code not in CONVERTER_CLASSES:
        return {}
    found: dict[str, int] = {}
    for number in range(1, TOP_NUMBER + 1):
        try:
            word = str(num2words(number, lang=code)).strip().lower()
        except (NotImplementedError, KeyError, IndexError, ValueError, TypeError):
            continue
        if word and not any(char.isdigit() for char in word) and len(word) <= 24:
            found.setdefault(word, number)
    return found


def _common(code: str) -> list[str]:
    """Give a language's most frequent stop words; none where words are not set apart by blanks."""
    if not stopwordsiso.has_lang(code) or code in UNSPACED:
        return []
    words = {w.lower() for w in stopwordsiso.stopwords(code) if w.isalpha() and len(w) <= LONGEST_COMMON}
    frequent = FREQUENT.get(code, code)
    if frequent not in wordfreq.available_languages():
        words -= {"i", *wordfreq.top_n_list("en", 3000)}  # a guess by length takes no English word
        return sorted(sorted((w for w in words if len(w) > 1), key=lambda w: (len(w), w))[:MOST_COMMON])
    return sorted([w for w in wordfreq.top_n_list(frequent, 1000) if w in words][:MOST_COMMON])


if __name__ == "__main__":
    main()
