"""What people read in sentences and tables: numbers with their nouns, names, states."""

from __future__ import annotations

import io
from dataclasses import replace
from pathlib import Path

import pytest
from rich.console import Console

from jpt.cli.page_look import look_lines, name_of
from jpt.cli.sites_table import site_lines
from jpt.cycle.careers_page import CareersPage
from jpt.store import Store
from jpt.text.counts import counted
from tests.store.test_store import ACME, job, listed


@pytest.mark.parametrize(
    ("number", "words"), [(0, "0 pages"), (1, "1 page"), (2, "2 pages"), (1_234, "1,234 pages")]
)
def test_a_number_and_its_noun_agree(number: int, words: str) -> None:
    assert counted(number, "page") == words


def test_a_noun_may_bring_its_verb() -> None:
    assert [counted(n, "post waits", "posts wait") for n in (1, 2)] == ["1 post waits", "2 posts wait"]


@pytest.mark.parametrize(
    ("url", "name"),
    [
        ("http://127.0.0.1:8099/careers", "127.0.0.1:8099"),
        ("http://[::1]:8099/careers", "[::1]:8099"),
        ("https://www.acme.example/careers", "Acme"),
    ],
)
def test_a_site_that_has_only_an_address_is_called_by_it(url: str, name: str) -> None:
    assert name_of(CareersPage(url, None)) == name


@pytest.mark.parametrize(
    ("title", "name"),
    [
        ("Work with us | Halden Robotics", "Halden Robotics"),
        ("Careers with our team | Halden", "Halden"),
        ("Working at Halden | Halden Robotics", "Halden"),
        ("Jobs at US Steel", "US Steel"),
    ],
)
def test_a_site_is_called_as_its_title_calls_it(title: str, name: str) -> None:
    page = listed(job(1))
    look = CareersPage("https://www.halden.example/", replace(page, page=replace(page.page, title=title)))

    assert name_of(look) == name


def test_what_is_not_shown_of_a_page_is_counted() -> None:
    look = CareersPage("https://acme.example/", listed(*(job(number) for number in range(7))))

    shown = [line.plain for line in look_lines(look, "Acme", brief=True)]

    assert shown[-1] == "  … and 3 more"


def test_a_paused_site_is_not_said_to_be_well(tmp_path: Path) -> None:
    with Store.open(tmp_path / "jpt.sqlite3") as store:
        store.sites.record(ACME, listed(job(1)), queue=True)
        (state,) = store.sites.states()
    screen = Console(width=120, record=True, file=io.StringIO())
    for line in site_lines([replace(state, is_paused=True)], 0, 120, str):
        screen.print(line)

    row = next(line for line in screen.export_text().splitlines() if "Acme" in line)

    assert "paused" in row and " ok " not in row
