"""inputs/companies.csv becomes a list of companies; every line that cannot be used is named."""

from __future__ import annotations

import os
from collections import Counter
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from jpt.errors import InputError
from jpt.identity.urls import openable
from jpt.inputs import companies
from jpt.inputs.companies import CompanyList, read_companies

ACME = ("Acme", "https://acme.example/careers")
BETA = ("Beta", "https://beta.example/jobs?team=a")
ROWS = "Acme,https://acme.example/careers\nBeta,https://beta.example/jobs?team=a\n"


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "companies.csv"


def read(path: Path, content: str | bytes) -> CompanyList:
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return read_companies(path)


def pairs(listed: CompanyList) -> list[tuple[str, str]]:
    return [(company.name, company.url) for company in listed.companies]


def bad(listed: CompanyList) -> list[str]:
    return [problem.sentence.partition("companies.csv, ")[2] for problem in listed.problems if problem.bad]


@pytest.mark.parametrize(
    "content",
    [
        ROWS,
        "company,url\n" + ROWS,
        "company,url\r\n" + ROWS.replace("\n", "\r\n"),
        "company,url\r" + ROWS.replace("\n", "\r"),
        ROWS.replace(",", ";"),
        ROWS.replace(",", "\t"),
        "sep=;\ncompany;url\n" + ROWS.replace(",", ";"),
        ROWS.replace("\n", ",,\n") + ",,\n",
        ROWS.replace(",", "  ,  ").replace("\n", "  \n\n   \n"),
        "# ours, see https://acme.example\n\ncompany,url\n" + ROWS.replace("Beta", "  # theirs\nBeta"),
        '"company","url"\n"Acme","https://acme.example/careers"\n"Beta" , "https://beta.example/jobs?team=a"\n',
        "URL , Name \nhttps://acme.example/careers,Acme\nhttps://beta.example/jobs?team=a,Beta\n",
        "id,company,careers_url,notes\n1,Acme,https://acme.example/careers,good\n2,Beta,https://beta.example/jobs?team=a\n",
        "Website,Company Name,Careers URL\nx.y,Acme,https://acme.example/careers\n,Beta,https://beta.example/jobs?team=a",
        "https://acme.example/careers,Acme\nhttps://beta.example/jobs?team=a,Beta\n",
        "company,url\nhttps://acme.example/careers,Acme\nBeta,https://beta.example/jobs?team=a\n",
        "1,Acme,https://acme.example/careers\n2,Beta,https://beta.example/jobs?team=a\n",
        ROWS.replace("m", "m\0").replace("\n", "\0\n"),
        ROWS.replace("Acme", "Ac\u200bme").replace("Beta,", "Beta,\ufeff"),
    ],
)
def test_what_can_only_mean_one_thing_is_accepted(path: Path, content: str) -> None:
    listed = read(path, content)

    assert pairs(listed) == [ACME, BETA]
    assert listed.problems == ()


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32"])
def test_every_encoding_of_unicode_is_recognised(path: Path, encoding: str) -> None:
    listed = read(path, "company,url\nMüller & Söhne 株式会社,https://acme.example/\n".encode(encoding))

    assert pairs(listed) == [("Müller & Söhne 株式会社", "https://acme.example/")]
    assert listed.problems == ()


def test_windows_1252_is_read_with_a_notice(path: Path) -> None:
    listed = read(path, "Müller – Söhne,https://acme.example/\n".encode("cp1252"))

    assert pairs(listed) == [("Müller – Söhne", "https://acme.example/")]
    assert [(problem.line, problem.bad) for problem in listed.problems] == [(1, False)]
    assert "Windows-1252" in listed.problems[0].sentence


def test_one_stray_byte_does_not_spoil_the_other_names(path: Path) -> None:
    listed = read(path, "Müller,https://a.example/\n".encode() + "Köhler,https://b.example/\n".encode("latin-1"))

    assert [name for name, _ in pairs(listed)] == ["Müller", "Köhler"]


def test_a_comma_in_a_url_of_a_list_with_a_header_is_kept(path: Path) -> None:
    listed = read(path, "company,url\nAcme,https://acme.example/jobs?in=Berlin,Bonn\n")

    assert pairs(listed) == [("Acme", "https://acme.example/jobs?in=Berlin,Bonn")]


def test_a_comma_in_a_quoted_url_or_name_is_kept(path: Path) -> None:
    listed = read(path, '"Acme, ""The"" Inc","https://acme.example/?a,b"\n')

    assert pairs(listed) == [('Acme, "The" Inc', "https://acme.example/?a,b")]


def test_a_quotation_mark_within_a_name_means_itself(path: Path) -> None:
    listed = read(path, 'Acme 5" Pipes,https://acme.example/\n' + ROWS)

    assert pairs(listed) == [('Acme 5" Pipes', "https://acme.example/"), ACME, BETA]


def test_a_quoted_name_may_go_over_two_lines(path: Path) -> None:
    listed = read(path, '"Acme\nInc",https://acme.example/\nBeta,https://beta.example/\n')

    assert [(company.name, company.line) for company in listed.companies] == [("Acme Inc", 1), ("Beta", 3)]


@pytest.mark.parametrize(
    "following",
    [
        ROWS,
        '"Acme",https://acme.example/careers\n"Beta","https://beta.example/jobs?team=a"\n',
        'Acme,"https://acme.example/careers"\nBeta,https://beta.example/jobs?team=a\n',
        '\n# "quoted"\n' + ROWS,
    ],
)
def test_an_unclosed_quote_costs_its_line_only(path: Path, following: str) -> None:
    listed = read(path, 'company,url\n"Lost,https://lost.example/\n' + following)

    assert pairs(listed) == [ACME, BETA]
    assert bad(listed) == ["line 2: it opens a quotation mark and never closes it; put both or none."]


@pytest.mark.parametrize(
    ("row", "said"),
    [
        ("Lost", "got 'Lost' and ''; write both"),
        ("Lost,", "got 'Lost' and ''; write both"),
        (",https://lost.example/", "got '' and 'https://lost.example/'; write the company's name too"),
        ("https://a.example,https://b.example", "write the company's name too"),
        ("Lost,www.lost.example/jobs", "write it as https://www.lost.example/jobs"),
        ("Lost,javascript:alert(1)", "only pages at http:// or https://"),
        ("Lost,file:///etc/passwd", "only pages at http:// or https://"),
        ("Lost,ftp://lost.example/", "only pages at http:// or https://"),
        ("Lost,https:///jobs", "no valid host"),
        ("Lost,https://lost.example:25/", "port that browsers refuse"),
        ("Lost,https:\\\\lost.example", "backslashes"),
        ("Lost,https://lost.example/a\x01b", "control characters"),
        ("Lost,https://lost.example/" + "a" * 9_000, "8,000 characters"),
        ("Lost,https://lost.example/?in=Berlin,Bonn", "3 columns and no header"),
        ("Lost,https://lost.example/" + "a" * 10_000_000, "10,000,026 characters"),
    ],
    ids=range(15),
)
def test_a_line_that_cannot_be_used_is_named_with_its_reason(path: Path, row: str, said: str) -> None:
    listed = read(path, f"# ours\n{row}\n{ROWS}")

    assert pairs(listed) == [ACME, BETA]
    (sentence,) = bad(listed)
    assert sentence.startswith("line 2: ")
    assert said in sentence
    assert len(sentence) < 500


def test_a_password_is_refused_and_not_shown(path: Path) -> None:
    listed = read(
        path, "Lost,https://reader:s3cret@lost.example/\nLost,http://reader:s3cret@lost.example:25/\n" + ROWS
    )

    assert pairs(listed) == [ACME, BETA]
    assert len(bad(listed)) == 2
    assert "s3cret" not in str(listed.problems)
    assert "remove it" in bad(listed)[0]


def test_every_bad_line_is_named_by_its_physical_number(path: Path) -> None:
    listed = read(path, "company,url\r\n\r\nLost\r\n# comment\r\n" + ROWS + "Lost,x\r\n")

    assert [problem.line for problem in listed.problems] == [3, 7]
    assert [company.line for company in listed.companies] == [5, 6]


def test_the_same_page_of_the_same_company_is_merged_with_a_notice(path: Path) -> None:
    listed = read(path, ROWS + "Acme,https://ACME.example/careers/?utm_source=x\n")

    assert pairs(listed) == [ACME, BETA]
    (problem,) = listed.problems
    assert not problem.bad
    assert problem.sentence.endswith("line 3: Acme with this URL is already on line 1; it is read once.")


def test_two_pages_of_a_company_and_one_page_of_two_companies_are_kept(path: Path) -> None:
    content = "Acme,https://acme.example/a\nAcme,https://acme.example/b\nBeta,https://acme.example/a\n"

    listed = read(path, content)

    assert len(listed.companies) == 3
    assert listed.problems == ()


def test_a_url_is_kept_in_the_form_that_opens(path: Path) -> None:
    listed = read(path, "Bücher,HTTPS://Bücher.example/Über uns?utm_source=x\n")

    assert listed.companies[0].url == "https://xn--bcher-kva.example/%C3%9Cber%20uns?utm_source=x"


@pytest.mark.parametrize("content", ["", "\n\n", "company,url\n", "# nothing\n", "\ufeff", ",,\n,\n"])
def test_a_list_without_companies_is_no_success(path: Path, content: str) -> None:
    with pytest.raises(InputError, match="lists no company") as caught:
        read(path, content)

    assert caught.value.exit_code == 65


def test_a_list_of_bad_lines_only_tells_how_many_and_why(path: Path) -> None:
    with pytest.raises(InputError) as caught:
        read(path, "company,url\nAcme,\nBeta,javascript:x\n")

    assert "no usable line (2 invalid)" in caught.value.sentence
    assert [detail.partition(", ")[2][:50] for detail in caught.value.details] == [
        "line 2: expected a company and an http(s) URL, got",
        "line 3: expected a company and an http(s) URL, got",
    ]


def test_a_missing_list_says_how_to_make_one(path: Path) -> None:
    with pytest.raises(InputError, match=r"does not exist.*jpt add.*Acme,https://"):
        read_companies(path)


def test_a_folder_is_no_list(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="is a folder"):
        read_companies(tmp_path)


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="this system has no named pipes")
def test_a_pipe_is_refused_and_not_waited_for(path: Path) -> None:
    os.mkfifo(path)

    with pytest.raises(InputError, match="not a regular file"):
        read_companies(path)


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root may read everything")
def test_a_list_without_read_permission_says_so(path: Path) -> None:
    path.write_text(ROWS)
    path.chmod(0)

    with pytest.raises(InputError, match="cannot be read: Permission denied"):
        read_companies(path)


@pytest.mark.parametrize("name", ["x" * 5_000, "a\0b"])
def test_a_name_that_no_file_can_have_is_an_input_error(tmp_path: Path, name: str) -> None:
    with pytest.raises(InputError):
        read_companies(tmp_path / name)


def test_a_huge_file_is_refused_unread(path: Path) -> None:
    with path.open("wb") as file:
        file.truncate(companies.MAX_BYTES + 1)

    with pytest.raises(InputError, match="50 MB are the most"):
        read_companies(path)


@pytest.mark.slow
def test_two_hundred_thousand_rows_are_read(path: Path) -> None:
    listed = read(path, "".join(f"Company {n},https://c{n}.example/jobs\n" for n in range(200_000)))

    assert len(listed.companies) == 200_000
    assert listed.companies[-1].line == 200_000


def test_problems_are_counted_after_ten_thousand(path: Path) -> None:
    listed = read(path, ROWS + "Lost\n" * (companies.MOST_PROBLEMS + 5))

    assert len(listed.problems) == companies.MOST_PROBLEMS + 1
    assert listed.problems[-1].bad
    assert "5 more lines like these" in listed.problems[-1].sentence


@given(st.binary(max_size=300) | st.text(st.sampled_from('ab,;"\n\r\t #hps:/.\0é'), max_size=200).map(str.encode))
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
def test_any_bytes_give_companies_or_an_input_error(path: Path, content: bytes) -> None:
    try:
        listed = read(path, content)
    except InputError:
        return

    assert listed.companies
    assert all(company.name and openable(company.url) == company.url for company in listed.companies)


@given(st.lists(st.tuples(st.from_regex(r"[A-Z][a-z\"' ;&]{1,9}", fullmatch=True), st.integers(1, 9)), min_size=1))
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
def test_rows_beside_bad_ones_are_never_lost(path: Path, rows: list[tuple[str, int]]) -> None:
    lines = [f"{name},https://acme.example/{number}\n" for name, number in rows]

    listed = read(path, '"Lost,x\n'.join(["company,url\n", *lines]))

    assert {company.url for company in listed.companies} == {
        f"https://acme.example/{number}" for _, number in rows
    }


SHIPPED = Path(__file__).parents[2] / "inputs" / "companies.csv"


def test_the_shipped_list_is_read_without_a_word() -> None:
    listed = read_companies(SHIPPED)

    assert listed.problems == ()
    assert len({company.name for company in listed.companies}) >= 45


def test_the_shipped_list_covers_many_boards_and_plain_sites() -> None:
    hosts = [urlsplit(company.url).hostname or "" for company in read_companies(SHIPPED).companies]
    boards = [
        "greenhouse.io",
        "lever.co",
        "ashbyhq.com",
        "myworkdayjobs.com",
        "smartrecruiters.com",
        "workable.com",
        "recruitee.com",
        "personio.de",
        "personio.com",
        "teamtailor.com",
        "bamboohr.com",
        "oraclecloud.com",
        "eightfold.ai",
        "icims.com",
    ]

    per_board = Counter(
        next((board for board in boards if host.endswith(f".{board}")), "own site") for host in hosts
    )

    assert len(per_board) >= 10
    assert per_board["own site"] >= 5


def test_a_page_may_have_an_interval_of_its_own(path: Path) -> None:
    listed = read(
        path,
        "company,url,every\nAcme,https://acme.example/a,15m\nBolt,https://bolt.example/b,\n"
        "Coil,https://coil.example/c,1h 30m\n",
    )

    assert [company.every_s for company in listed.companies] == [900, None, 5400]
    assert listed.problems == ()


@pytest.mark.parametrize("every", ["often", "15", "0m", "-5m", "15x", "200d", "15m!"])
def test_an_interval_that_means_nothing_is_named_and_the_row_is_used(path: Path, every: str) -> None:
    listed = read(path, f"company,url,every\nAcme,https://acme.example/a,{every}\n")

    assert [company.every_s for company in listed.companies] == [None]
    assert ["line 2" in problem.sentence and "every" in problem.sentence for problem in listed.problems] == [True]
