"""`jpt add --file`: companies of a list, looked at beside each other and added with one yes."""

from __future__ import annotations

from typing import Any

import pytest

from jpt.cli.add_list import CompanyResult, KnownCompanies, Progress, verdicts_on
from jpt.inputs.lists import ListedCompany, ParsedList
from jpt.settings import Settings
from tests.conftest import Jpt
from tests.digest.test_telling import html, serving

ROWS = "".join(f'<li><a href="/careers/{slug}">{slug.title()}</a></li>' for slug in ("baker", "nurse", "driver"))
POSTS = {
    f"/careers/{slug}": html(
        f"<main><h1>{slug.title()}</h1><h2>Your tasks</h2><p>You work in a team of six, early and late.</p>"
        "<h2>Requirements</h2><p>At least 2 years of experience in the trade.</p><h2>We offer</h2>"
        "<p>30 days of holiday and a fair wage.</p><a href='mailto:work@bridges.example'>Apply now</a></main>"
    )
    for slug in ("baker", "nurse", "driver")
}
LIST = f"<main><h1>Open positions</h1><ul>{ROWS}</ul></main>"


def found(
    url: str, name: str, *, board: str = "", jobs: int = 3, status: str = "ok", elsewhere: str = ""
) -> CompanyResult:
    row: dict[str, Any] = {"jobs": jobs, "status": status, "reason": "", "advertised_total": None}
    return CompanyResult(url, name, url, row, board, is_list=status == "ok" and jobs > 0, elsewhere=elsewhere)


def test_what_is_in_the_list_already_is_named_by_page_and_by_board() -> None:
    known = KnownCompanies({"https://acme.example/jobs": "Acme"}, {"lever:globex": "Globex"})
    looked = [
        found("https://acme.example/jobs", "Acme again"),
        found("https://jobs.lever.co/globex", "Globex again", board="lever:globex"),
        found("https://initech.example/jobs", "Initech", board="ashby:initech"),
        found("https://initech.example/jobs#all", "Initech twice"),
        found("https://jobs.ashbyhq.com/initech", "Initech's board", board="ashby:initech"),
        found("https://empty.example/", "Empty", jobs=0),
        found("https://dead.example/", "Dead", status="error"),
        found("https://hooli.example/", "Hooli", jobs=0, elsewhere="LinkedIn is not read"),
    ]

    said = {
        one.name: (verdict, why)
        for one, (verdict, why) in zip(looked, verdicts_on(looked, known).values(), strict=True)
    }

    assert said == {
        "Acme again": ("known", "the page of Acme"),
        "Globex again": ("same", "the board of Globex (lever:globex)"),
        "Initech": ("new", ""),
        "Initech twice": ("same", "the page of Initech"),
        "Initech's board": ("same", "the board of Initech (ashby:initech)"),
        "Empty": ("no list", "no list of jobs found"),
        "Dead": ("not read", "no list of jobs found"),
        "Hooli": ("elsewhere", "LinkedIn is not read"),
    }


def test_what_was_looked_at_is_kept_but_for_what_could_not_be_read(settings: Any) -> None:
    made: Settings = settings()
    listed = ParsedList(tuple(ListedCompany(f"https://{name}.example/") for name in ("acme", "dead", "later")))
    first = Progress.of(made, listed)
    first.take(found("https://acme.example/", "Acme"))
    first.take(found("https://dead.example/", "Dead", status="error"))
    with first.path.open("a") as file:
        file.write('{"asked": "https://later.ex')  # killed while it wrote

    again = Progress.of(made, listed)
    other = Progress.of(made, ParsedList(listed.entries[:2]))
    again.end()

    assert list(again.found) == ["https://acme.example/"]
    assert other.found == {}
    assert Progress.of(made, listed).found == {}


@pytest.mark.slow
def test_a_list_is_looked_at_added_with_a_yes_and_goes_on_where_it_was_stopped(jpt: Jpt) -> None:
    pages = {
        "/": html(
            '<main><h1>Bridges since 1990</h1><a href="/company">Company</a> <a href="/work">Careers</a></main>'
        ),
        "/work": html(
            '<main><h1>Working here</h1><p>We like it.</p><a href="/careers">View open positions</a></main>'
        ),
    }
    # The other one's posts are not found: its list is one all the same.
    lists = {"/careers": html(LIST), **POSTS}
    with serving({**pages, **lists}) as home, serving({"/careers": html(LIST)}) as other:
        table = f"| Company | Page |\n|---|---|\n| [Acme]({home}/) | x |\n| Globex | {other}/careers |\n"
        rest = f"| Twice | {home}/careers |\n| Gone | {other}/nothing |\n| Hooli | https://www.linkedin.com/company/hooli |\n"
        (jpt.folder / "list.md").write_text(f"# Companies\n\n{table}{rest}\nInitech\n")
        seen = jpt("add", "--file", "list.md")
        added = jpt("add", "--file", "list.md", "--yes", "--json")
    path = jpt.folder / "inputs/companies.csv"

    assert (seen.code, added.code) == (3, 3)
    assert "Nothing was added" in seen.err
    assert "Initech" in seen.err
    assert [row.split("\t")[3] for row in seen.out.splitlines()] == ["new", "new", "same", "not read", "elsewhere"]
    assert [(one["name"], one["url"], one["written"]) for one in added.json][:2] == [
        ("Acme", f"{home}/careers", True),
        ("Globex", f"{other}/careers", True),
    ]
    assert sum(one["written"] for one in added.json) == 2
    assert path.read_text().splitlines()[1:] == [f"Acme,{home}/careers", f"Globex,{other}/careers"]
    assert list((jpt.folder / "state").glob("adding-*")) == []


def test_a_page_of_a_site_that_gathers_jobs_is_answered_with_what_can_be_done(bare_jpt: Jpt) -> None:
    ended = bare_jpt("add", "https://www.linkedin.com/company/hooli/jobs", "--yes")

    assert ended.code == 3
    assert "LinkedIn is not read: " in ended.out
    assert "Add Hooli's own site instead" in ended.out
    assert not (bare_jpt.folder / "inputs").exists()
