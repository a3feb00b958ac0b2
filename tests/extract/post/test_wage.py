"""What a job pays, as posts put it; and money that is no pay."""

from __future__ import annotations

import time
from typing import Any

import pytest

from jpt.extract.post.wage import wage
from jpt.extract.post.workplace import workplace
from tests.table import each_row

PAYS: list[tuple[str, tuple[Any, Any, str, str]]] = [
    ("Salary: $50k-$70k/year", (50_000, 70_000, "USD", "year")),
    ("Bruto salaris tussen de €3.500,- en €5.000,- per maand", (3_500, 5_000, "EUR", "month")),
    ("The minimum salary is EUR 2.303,00 gross per month.", (2_303, None, "EUR", "month")),
    ("Salary up to £45,000 depending on skills", (None, 45_000, "GBP", "year")),
    ("Pay: $24.30 per hour", (24.3, 24.3, "USD", "hour")),
    ("Salaire : 45k€ à 55k€", (45_000, 55_000, "EUR", "year")),
    ("Salary: USD $200,000 - USD $300,000", (200_000, 300_000, "USD", "year")),
    ("Hourly rate: 23,40€/hr", (23.4, 23.4, "EUR", "hour")),
    (
        "Base salary $145,000 - $175,000 at one level and $175,000 - $195,000 at the next.",
        (145_000, 195_000, "USD", "year"),
    ),
    ("Minimum Salary: USD $82,680.00/Yr.\nMaximum Salary: USD $98,800.00/Yr.", (82_680, 98_800, "USD", "year")),
    ("Je verdient minimaal € 4180,- en maximaal € 6646,- bruto per maand", (4_180, 6_646, "EUR", "month")),
    ("Verdien tot wel €3800! Salaris: €3200 - €3800 per maand", (3_200, 3_800, "EUR", "month")),
    ("Salary: $115,000+ depending on your bridges", (115_000, None, "USD", "year")),
    ("Rate: PLN 22k-28k net", (22_000, 28_000, "PLN", "month")),
    ("We offer € 5.112 - € 7.303 pm", (5_112, 7_303, "EUR", "month")),
    ("Salary: $115,000 + bonus", (115_000, 115_000, "USD", "year")),
    ("Acme | Amsterdam, Netherlands | Baker | 60k-80k + Equity", (60_000, 80_000, "EUR", "year")),
    ("Baker in Sydney, Australia. Salary $80,000 - $90,000 per annum", (80_000, 90_000, "AUD", "year")),
    ("Pay: 7,500.00₪ - 13,500.00₪ per month", (7_500, 13_500, "ILS", "month")),
    ("Salary range: Rs 800000 - Rs 1400000", (800_000, 1_400_000, "INR", "year")),
]


@each_row(("text", "pay"), PAYS)
def test_pay_is_read_as_it_is_put(text: str, pay: tuple[Any, ...]) -> None:
    found = wage(text)

    assert found is not None
    assert (found["min"], found["max"], found["currency"], found["per"]) == pay


@each_row(
    "text",
    [
        "We raised $20 million and have 401(k) matching.",
        "A budget of €1,500 per year for learning.",
        "Revenue of $5,000,000 a year.",
        "32 - 40 uur per week",
        "A signing bonus of $5,000",
        "A record of securing gifts of $100,000+",
        "8 hour shift, 10 paid holidays a year",
        "£61,716 per year - estimated",
    ],
)
def test_other_money_is_no_pay(text: str) -> None:
    assert wage(text) is None


@pytest.mark.parametrize("word", ["$1,000 - ", "5 ", "to 5 and ", "€5k "])
def test_time_grows_with_the_text_only(word: str) -> None:
    began = time.process_time()
    wage(word * (200_000 // len(word)))

    assert time.process_time() - began < 5


@each_row(
    ("text", "kind"),
    [
        ("This is not a remote position.", "onsite"),
        ("It is not eligible for telework, remote work or sponsorship.", "onsite"),
        ("You can work 100% remotely.", "remote"),
        ("We werken hybride: thuis en op kantoor.", "hybrid"),
        ("#LI_Hybrid", "hybrid"),
        ("This hybrid role bridges software and data.", None),
        ("Bij ons werken we hybride, op kantoor en thuis.", "hybrid"),
        ("An on-site position with up to 2 days per week of remote work.", "hybrid"),
        ("- Remote work up to 50% a year", "hybrid"),
        ("You may work from home on two days a week.", "hybrid"),
        ("Working remotely up to 2 or 3 days per week", "hybrid"),
        ("Remote work is possible one day a week.", "hybrid"),
        ("3 days home office", "hybrid"),
        ("Homeoffice an bis zu 2 Tagen", "hybrid"),
        ("Drei Tage pro Woche von zu Hause", "hybrid"),
        ("Télétravail jusqu'à 2 jours par semaine", "hybrid"),
        ("You work from home five days a week.", "remote"),
        ("You work remotely. Two days after the start you meet the team.", "remote"),
        ("Acme | On-site San Francisco, CA | Full-time", "onsite"),
        ("Work from home opportunities", "hybrid"),
        ("You will be in our office 1-2 times per week.", "hybrid"),
        ("Work in our York or Leeds offices or remotely within Canada.", "hybrid"),
        ("This is a fully on site role.", "onsite"),
        ("From in-office to fully remote, depending on the role.", None),
        ("We werken veelal 'hybride'.", "hybrid"),
        ("En modalidad híbrida: presencial y teletrabajo", "hybrid"),
        ("Glasgow (minimum of 3 office days per week)", "hybrid"),
        ("Telework Type: Part-Time Telework, three days in person at the office", "hybrid"),
        ("Flexible hours and opportunities to work from home.", "hybrid"),
        ("We offer flexibility such as work from home.", None),
        ("Work Location Assignment: On Premise", "onsite"),
        ("Flexible schedules with remote options.", "hybrid"),
        ("We are open to a full WFH set up.", "remote"),
        ("El trabajo presencial es en Santa Cruz.", "onsite"),
        ("A work from home budget of 300 euros.", None),
    ],
)
def test_where_the_work_is_done(text: str, kind: str | None) -> None:
    assert workplace(text, ()) == kind
