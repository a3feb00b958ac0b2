"""Days as people write them: read where they can mean one day, never guessed where they can mean two."""

from __future__ import annotations

from datetime import date

import pytest

from jpt.text.days import day_named, possible_days
from tests.table import each_row


@each_row(
    ("text", "day"),
    [
        ("2026-03-05", date(2026, 3, 5)),
        ("2026-03-05T23:59:00+01:00", date(2026, 3, 5)),
        ("2026/3/5", date(2026, 3, 5)),
        ("2026.03.05.", date(2026, 3, 5)),
        ("2026年3月5日", date(2026, 3, 5)),
        ("2026년 3월 5일", date(2026, 3, 5)),
        ("05.03.2026", date(2026, 3, 5)),
        ("5. 3. 2026", date(2026, 3, 5)),
        ("31/03/2026", date(2026, 3, 31)),
        ("03/31/2026", date(2026, 3, 31)),
        ("05/05/2026", date(2026, 5, 5)),
        ("March 5th, 2026", date(2026, 3, 5)),
        ("Sept. 5, 2026", date(2026, 9, 5)),
        ("MAR 5, 2026", date(2026, 3, 5)),
        ("04-Mar-2026", date(2026, 3, 4)),
        ("the 5th of March, 2026 at noon", date(2026, 3, 5)),
        ("5. März 2026", date(2026, 3, 5)),
        ("1er août 2026", date(2026, 8, 1)),
        ("1 aout 2026", date(2026, 8, 1)),
        ("5 de março de 2026", date(2026, 3, 5)),
        ("d'ici le 5 décembre 2026", date(2026, 12, 5)),
        ("5. desember 2026", date(2026, 12, 5)),
        ("5. maaliskuuta 2026", date(2026, 3, 5)),
        ("5. marraskuuta 2026", date(2026, 11, 5)),
        ("5 Ağustos 2026", date(2026, 8, 5)),
        ("2026. március 5.", date(2026, 3, 5)),
        ("5 березня 2026", date(2026, 3, 5)),
        ("5 Μαρτίου 2026", date(2026, 3, 5)),
        ("12 looms 2026, opened on 5 May 2026", date(2026, 5, 5)),
        ("from 5 May 2026 to 31 May 2026", date(2026, 5, 5)),
    ],
)
def test_a_day_is_read_in_the_ways_in_which_it_is_written(text: str, day: date) -> None:
    assert day_named(text) == day


@each_row(
    ("text", "days"),
    [
        ("05/12/2026", (date(2026, 5, 12), date(2026, 12, 5))),
        ("5-12-2026", (date(2026, 5, 12), date(2026, 12, 5))),
        # November in Polish and Czech, October in Croatian.
        ("5 listopada 2026", (date(2026, 10, 5), date(2026, 11, 5))),
    ],
)
def test_a_day_that_could_be_two_is_not_guessed(text: str, days: tuple[date, date]) -> None:
    assert possible_days(text) == days
    assert day_named(text) is None


@pytest.mark.parametrize(
    "text",
    ["", "soon", "March 2026", "45/45/2026", "31 June 2026", "5 marching 2026", "12 looms 2026", "99999-12-05"],
)
def test_what_is_no_day_is_none(text: str) -> None:
    assert possible_days(text) == ()
