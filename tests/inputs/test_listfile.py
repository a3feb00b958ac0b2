"""The list of companies gains, changes and loses rows, and keeps its writer's ways otherwise."""

from __future__ import annotations

from pathlib import Path

import pytest

from jpt.inputs.companies import read_companies
from jpt.inputs.listfile import add_row, remove_rows, rename_rows

URL = "https://larkspur.example/jobs"


@pytest.mark.parametrize(
    ("before", "row"),
    [
        ("company,url\nAcme,https://acme.example/jobs\n", "Larkspur,https://larkspur.example/jobs\n"),
        ("company,url\nAcme,https://acme.example/jobs", "\nLarkspur,https://larkspur.example/jobs\n"),
        ("Acme;https://acme.example/jobs\r\n", "Larkspur;https://larkspur.example/jobs\r\n"),
        ("Acme\thttps://acme.example/jobs\n", "Larkspur\thttps://larkspur.example/jobs\n"),
        ("# mine\nAcme,https://acme.example/jobs\n", "Larkspur,https://larkspur.example/jobs\n"),
        ("# only begun\ncompany,url\n", "Larkspur,https://larkspur.example/jobs\n"),
        ("url,every,company\nhttps://acme.example/jobs,1h,Acme\n", "https://larkspur.example/jobs,,Larkspur\n"),
        ("\ufeffcompany,url\r\nÄcme,https://acme.example/jobs\r\n", "Larkspur,https://larkspur.example/jobs\r\n"),
    ],
)
def test_a_row_is_put_at_the_end_in_the_list_s_own_way(tmp_path: Path, before: str, row: str) -> None:
    path = tmp_path / "companies.csv"
    path.write_bytes(before.encode())

    add_row(path, "Larkspur", URL)

    assert path.read_bytes().decode() == before + row
    assert [company.name for company in read_companies(path).companies][-1] == "Larkspur"


def test_a_list_in_utf_16_stays_so(tmp_path: Path) -> None:
    path = tmp_path / "companies.csv"
    path.write_text("company,url\nÄcme,https://acme.example/jobs\n", "utf-16")

    add_row(path, "Lärkspur", URL)

    assert [company.name for company in read_companies(path).companies] == ["Äcme", "Lärkspur"]


def test_bytes_that_are_no_utf_8_stay_as_they_are(tmp_path: Path) -> None:
    path = tmp_path / "companies.csv"
    before = "Acm\xe9,https://acme.example/jobs\n".encode("cp1252")
    path.write_bytes(before)

    add_row(path, "Larkspur", URL)

    assert path.read_bytes().startswith(before)


def test_a_list_that_is_missing_is_made(tmp_path: Path) -> None:
    path = tmp_path / "inputs/companies.csv"

    add_row(path, "Larkspur, Ltd", URL)

    assert path.read_text() == f'company,url\n"Larkspur, Ltd",{URL}\n'


def test_rows_of_a_company_are_renamed_and_removed_and_all_else_stays(tmp_path: Path) -> None:
    path = tmp_path / "companies.csv"
    path.write_bytes(
        b"company,url,notes\r\n# keep me\r\nAcme,https://acme.example/a,x\r\n"
        b'"Acme, too",https://too.example/b,"a ""note"""\r\nAcme,https://acme.example/c,\r\n'
    )

    assert rename_rows(path, "Acme", "Acme, Inc") == 2
    assert path.read_bytes() == (
        b'company,url,notes\r\n# keep me\r\n"Acme, Inc",https://acme.example/a,x\r\n'
        b'"Acme, too",https://too.example/b,"a ""note"""\r\n"Acme, Inc",https://acme.example/c,\r\n'
    )
    assert remove_rows(path, "Acme, Inc") == 2
    assert path.read_bytes() == (
        b'company,url,notes\r\n# keep me\r\n"Acme, too",https://too.example/b,"a ""note"""\r\n'
    )
    assert remove_rows(path, "Nobody") == 0
