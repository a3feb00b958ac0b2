"""Lists of companies in the forms in which people keep them."""

from __future__ import annotations

from pathlib import Path

import pytest

from jpt.errors import InputError
from jpt.inputs.lists import ListedCompany, listed, read
from tests.table import each_row

ACME, GLOBEX = (
    ListedCompany("https://acme.example/careers", "Acme"),
    ListedCompany("https://globex.example/", "Globex, Inc."),
)

FORMS = {
    "rows": 'Acme,https://acme.example/careers\n"Globex, Inc.",https://globex.example\n',
    "rows with a header": 'company,url\nAcme,https://acme.example/careers\n"Globex, Inc.",https://globex.example\n',
    "an export": (
        "Id,Logo URL,Name,Website,Careers page\n"
        "1,https://cdn.example/a.png,Acme,https://acme.example,https://acme.example/careers\n"
        '2,https://cdn.example/g.png,"Globex, Inc.",globex.example,\n'
    ),
    "semicolons": "Name;Homepage\nAcme;https://acme.example/careers\nGlobex, Inc.;https://globex.example\n",
    "tabs, the address first": "https://acme.example/careers\tAcme\nhttps://globex.example\tGlobex, Inc.\n",
    "lines": "# mine\n\nAcme: https://acme.example/careers\nGlobex, Inc. - https://globex.example\n",
    "items": (
        "# Awesome companies\n\nPlaces that hire. See also https-everywhere.\n\n"
        "- [Acme](https://acme.example/careers) - bridges.\n"
        '* [Globex, Inc.](https://globex.example "home") ([LinkedIn](https://www.linkedin.com/company/globex/jobs))\n'
    ),
    "a table": (
        "| Company | Where | Links |\n|---|:-:|---|\n"
        "| **Acme** ![](https://shields.io/badge.svg) | Remote | [site](https://acme.example) [jobs](https://acme.example/careers) |\n"
        "| [Globex, Inc.](https://globex.example) | Berlin | – |\n"
    ),
    "a table of addresses": "Acme | https://acme.example/careers | remote\nGlobex, Inc. | https://globex.example | Berlin\n",
    "bookmarks": (
        "<!DOCTYPE NETSCAPE-Bookmark-file-1>\n<TITLE>Bookmarks</TITLE>\n<DL><p>\n<DT><H3>Jobs</H3>\n<DL><p>\n"
        '<DT><A HREF="https://acme.example/careers" ADD_DATE="1700000000">Acme</A>\n'
        '<DT><A HREF="javascript:void(0)">A tool</A>\n<DT><A HREF="https://globex.example">Globex, Inc.</A>\n</DL>\n</DL>\n'
    ),
    "opml": (
        '<?xml version="1.0"?>\n<opml version="2.0"><body><outline text="Companies">\n'
        '<outline text="Acme" type="rss" xmlUrl="https://acme.example/feed" htmlUrl="https://acme.example/careers"/>\n'
        '<outline title="Globex, Inc." type="link" url="https://globex.example"/></outline></body></opml>\n'
    ),
}


@each_row("form", FORMS)
def test_companies_are_found_in_every_form(form: str) -> None:
    assert listed(FORMS[form]).entries == (ACME, GLOBEX)


def test_hosts_stand_for_their_home_pages_and_each_address_counts_once() -> None:
    found = listed("acme.example\nhttps://acme.example/\nGlobex, globex.example\njobs.initech.example/open?x=1\n")

    assert [(entry.name, entry.url) for entry in found.entries] == [
        ("", "https://acme.example/"),
        ("Globex", "https://globex.example/"),
        ("", "https://jobs.initech.example/open?x=1"),
    ]


def test_what_has_no_address_is_named_and_prose_is_not() -> None:
    found = listed(
        "Acme GmbH\nThis is a list of companies.\n- Globex\nhttps://initech.example\n```\npip install x\n```\n"
    )

    assert [entry.url for entry in found.entries] == ["https://initech.example/"]
    assert found.without == ("Acme GmbH", "- Globex")


@pytest.mark.parametrize(
    "address", ["ftp://acme.example", "javascript:alert(1)", "file:///etc/passwd", "https://[", "https://"]
)
def test_what_no_browser_opens_is_no_company(address: str) -> None:
    assert listed(f"Acme,{address}\n").entries == ()


def test_a_file_without_addresses_is_refused(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("nothing here\n")

    with pytest.raises(InputError, match="contains no address"):
        read(tmp_path / "a.txt")
    with pytest.raises(InputError, match="is not a file"):
        read(tmp_path)


@each_row("piece", ["[", "](", "|", "[a](https://a.example", "<outline ", "https://", ",", '"', "<dl><a href=x>"])
def test_hostile_lists_take_little_time(piece: str) -> None:
    listed(piece * (300_000 // len(piece)))
    listed("<opml>" + piece * (300_000 // len(piece)))
