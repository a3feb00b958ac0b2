"""How many jobs a page says there are, and what is no such count."""

import pytest

from jpt.extract.links import advertised_total


@pytest.mark.parametrize(
    ("text", "total"),
    [
        ("1-20 of 143", 143),
        ("1–20 of 1,143 jobs", 1143),
        ("143 open roles", 143),
        ("Showing 20 of 143", 143),
        ("Viewing 1-10 out of 57", 57),
        ("Es wurden 143 Stellen gefunden", 143),
        ("57 offene Positionen", 57),
        ("Anzahl Stellen: 57", 57),
        ("Résultats 1 à 10 sur 57", 57),
        ("57 postes à pourvoir", 57),
        ("Mostrando 10 de 57 ofertas", 57),
        ("57 posizioni aperte", 57),
        ("1 - 10 van 57 vacatures", 57),
        ("57 vagas encontradas", 57),
        ("Znaleziono 57 ofert pracy", 57),
        ("Open positions (57)", 57),
        ("全57件", 57),
        ("1 open position", 1),
        ("23 open positions\nEngineering\n12 jobs\nSales\n8 jobs\nOps\n3 jobs", 23),
        ("Filter by team\nBerlin (3)\n143 results", 143),
    ],
)
def test_a_stated_total_is_read(text: str, total: int) -> None:
    assert advertised_total(text) == total


@pytest.mark.parametrize(
    "text",
    [
        "Page 1 of 8",
        "Engineering 12 jobs\nSales 8 jobs\nOps 3 jobs",
        "Engineering\n12 jobs\nSales\n8 jobs\nOps\n3 jobs\nLegal\n4 jobs",
        "Engineering (12)\nSales (8)",
        "5 new jobs this week",
        "3 similar jobs",
        "Load 5 more jobs",
        "Join 500 people in 12 offices",
    ],
)
def test_counts_of_parts_are_no_total(text: str) -> None:
    assert advertised_total(text) is None


@pytest.mark.parametrize(
    ("text", "total"),
    [
        ("166 trabajos encontrados para ti", 166),
        ("3 de 166 trabajos vistos", 166),
        ("57 lediga jobb", 57),
        ("57 avointa työpaikkaa", 57),
        ("57 volných pozic", 57),
        ("57 вакансий", 57),
        ("57 việc làm", 57),
        ("57 açık pozisyon", 57),
        ("57 locuri de muncă", 57),
        ("57 θέσεις εργασίας", 57),
        ("57 lowongan", 57),
    ],
)
def test_a_total_in_many_languages(text: str, total: int) -> None:
    assert advertised_total(text) == total


@pytest.mark.parametrize(
    "text",
    [
        "Our 45 vacancies last year drew 900 people.",
        "Up to 6 doctoral positions in Economics",
        "At least 5 positions",
        "Jobs: 2024",
        "2024 positions",
        "Page 1 of 29",
    ],
)
def test_prose_titles_and_years_are_no_totals(text: str) -> None:
    assert advertised_total(text) is None


def test_a_number_in_a_title_of_the_list_is_no_total() -> None:
    text = "Open positions\n3 postdoc positions in weaving\nWeaver"

    assert advertised_total(text, {"3 postdoc positions in weaving", "Weaver"}) is None
