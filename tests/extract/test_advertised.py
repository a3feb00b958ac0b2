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
