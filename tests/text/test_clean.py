"""Hostile text made harmless, once, on the way in."""

from __future__ import annotations

import time
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jpt.text.clean import clean_line, clean_text
from tests.table import each_row


@each_row(
    ("text", "cleaned"),
    [
        ("  Data \t\r\n Engineer\u2028(Berlin)\x0b\xa0 ", "Data Engineer (Berlin)"),
        ("Data\x00 Engi\x07neer\x7f\x9f", "Data Engineer"),
        ("\x1b[31;1mData\x1b[0m Engineer", "Data Engineer"),
        ("\x9b31mData Engineer", "Data Engineer"),
        ("\x1b]8;;https://evil.example\x07Data\x1b]8;;\x1b\\ Engineer", "Data Engineer"),
        ("\x1b]0;never closed", "0;never closed"),
        ("\x1bPq#0\x1b\\Data Engineer\x1b(B", "Data Engineer"),
        ("Data \u202ereenignE\u202c", "Data reenignE"),
        ("\u2066Data\u2069 Engineer\u200e", "Data Engineer"),
        ("Da\u200bta\ufeff Engi\u2060neer\u00ad", "Data Engineer"),
        ("Da\u200dta Engi\ufe0fneer", "Data Engineer"),
        ("Data \ud83d Engineer\udc00", "Data Engineer"),
        ("Cafe\u0301 Manager", "Café Manager"),
        ("\u3164\u115f\U000e0041", ""),
    ],
)
def test_a_line_shows_what_it_says(text: str, cleaned: str) -> None:
    assert clean_line(text) == cleaned


@pytest.mark.parametrize(
    "text", ["👩\u200d💻 Engineer", "❤\ufe0f Nurse", "1\ufe0f\u20e3 Lead", "🏳\ufe0f\u200d🌈 Host"]
)
def test_emoji_stay_whole(text: str) -> None:
    assert clean_line(text) == text


@each_row("text", ["=HYPERLINK(1)", "<script>", "a | b", "+49 30", "@SUM", "Ärzt*in (m/w/d)", "機械学習"])
def test_what_only_a_way_out_must_escape_stays(text: str) -> None:
    assert clean_line(text) == text


def test_a_long_line_is_cut_with_an_ellipsis() -> None:
    line = clean_line("word " * 1000, limit=12)

    assert line == "word word w…"


def test_white_space_before_a_title_does_not_use_up_its_limit() -> None:
    assert clean_line("\n \u200b" * 10_000 + "Data Engineer") == "Data Engineer"


def test_a_cut_leaves_no_half_emoji() -> None:
    assert clean_line("👩\u200d💻" * 10, limit=3) == "👩…"


def test_a_text_keeps_its_lines_and_tabs() -> None:
    text = clean_text("Title\r\n\r\n\r\n \x1b[1m5 years\u200b\t of  it\u2028next\rlast\x00  \n", 1000)

    assert text == "Title\n\n5 years\tof it\nnext\nlast"


def test_a_long_text_is_cut() -> None:
    assert clean_text("word\n" * 1000, 8) == "word\nwo…"


def test_marks_piled_on_a_letter_are_levelled() -> None:
    assert len(clean_line("a" + "\u0301\u0317" * 1000, limit=5000)) < 20


@pytest.mark.parametrize(
    "text",
    [
        "Übung macht 5 Jahre — Erfahrung\n" * 6_000,
        " \t" * 100_000 + "x",
        "\x1b]" * 100_000,
        "\x1b[" + "1;" * 100_000,
        "a" + "\u0315\u0300" * 100_000,
        "a" + "\U0001d165\U0001d16d\u302a" * 64_000,
        "👩\u200d" * 100_000,
    ],
    ids=["words", "spaces", "strings", "sequence", "marks", "rare marks", "joiners"],
)
def test_a_long_text_of_anything_takes_its_time_by_its_length(text: str) -> None:
    begun = time.process_time()

    clean_text(clean_line(text, 10_000_000), 10_000_000)

    assert time.process_time() - begun < 2


TEXTS = st.text() | st.text(
    st.sampled_from("a1 \t\n\r\x0b\x00\x1b[]m\x9b\x07\u200b\u200d\ufe0f❤👩💻\u0301\ud800\u202e…é\u20e3")
)


@given(TEXTS, st.integers(1, 50))
def test_a_clean_line_is_clean_and_within_its_limit(text: str, limit: int) -> None:
    line = clean_line(text, limit)

    assert len(line) <= limit
    assert clean_line(line, limit) == line
    assert line == " ".join(line.split())
    assert unicodedata.is_normalized("NFC", line)
    assert all(unicodedata.category(char) not in {"Cc", "Cs"} for char in line)


@given(TEXTS, st.integers(1, 50))
def test_a_clean_text_is_clean_and_within_its_limit(text: str, limit: int) -> None:
    cleaned = clean_text(text, limit)

    assert len(cleaned) <= limit
    assert clean_text(cleaned, limit) == cleaned
    assert all(char in "\t\n" or unicodedata.category(char) not in {"Cc", "Cs"} for char in cleaned)


@given(TEXTS)
def test_a_line_is_the_text_without_its_lines(text: str) -> None:
    assert clean_line(text, 1000) == " ".join(clean_text(text, 1000).split())
