"""Links that only what stands beside them explains: each kind both ways."""

from __future__ import annotations

from dataclasses import replace

import pytest

from jpt import find_links, read_post_html
from jpt.extract.links import judge
from jpt.extract.listing import judged
from tests.extract.links.test_links import LIST, jobs, page, row
from tests.table import each_row

MILL = "https://www.brightloom.example"


def verdicts(html: str, url: str = f"{MILL}/careers") -> dict[str, bool | None]:
    return {link.url: link.is_job for link in find_links(f"<html lang=en><title>Careers</title>{html}", url)}


def sure(urls: list[str], texts: tuple[str, ...], section: str = "") -> list[str]:
    rows = [row(url, text, section) for url, text in zip(urls, texts, strict=True)]
    return [link.url for link in judge(page(*rows)) if link.is_job]


# ---- numbers


def test_rows_that_only_a_number_in_the_query_tells_apart_are_posts_whatever_its_name_is() -> None:
    rows = [
        row(f"{LIST}?azonosito={n}", text) for n, text in enumerate(("Weaver", "Dye Master", "Loom Fitter"), 14)
    ]

    assert jobs(page(*rows)) == [one.url for one in rows]


@pytest.mark.parametrize("name", ["page", "sida", "abteilung", "categoria"])
def test_numbers_of_pages_and_departments_are_none(name: str) -> None:
    rows = [row(f"{LIST}?{name}={n}", text) for n, text in enumerate(("Engineer", "Weaver", "Driver"), 14)]

    assert jobs(page(*rows)) == []


def test_where_rows_of_a_folder_are_numbered_the_one_that_is_not_is_none() -> None:
    rows = [row(f"{LIST}weaver-12", "Weaver"), row(f"{LIST}night-porter-13", "Night Porter")]
    info = row(f"{LIST}summer-jobs-info", "Summer jobs: what we can say", "")

    assert jobs(page(*rows, info)) == [one.url for one in rows]


def test_names_with_the_number_of_their_hits_are_filters() -> None:
    texts = ("Electrician", "Accountant", "Driver")
    urls = [f"{LIST}search?trade={text.lower()}" for text in texts]

    assert sure(urls, tuple(f"{text} ({n})" for n, text in enumerate(texts, 18))) == []
    assert sure([f"{LIST}{text.lower()}-4{n}71" for n, text in enumerate(texts)], texts, "Open positions") != []


# ---- parts of a careers site


def test_bare_names_below_a_careers_site_are_for_the_pages_behind_them_unless_jobs_are_announced() -> None:
    texts = ("Teaching and research staff", "Professors", "Facilities")
    rows = [f"{LIST}{text.lower().replace(' ', '-')}" for text in texts]

    assert sure(rows, texts) == []
    assert (
        sure([f"{LIST}data-analyst", f"{LIST}loom-fitter"], ("Data Analyst", "Loom Fitter"), "Open positions")
        != []
    )


@each_row(
    ("path", "text"),
    [
        ("empleo/agenda/501", "Feria de empleo para soldadores"),
        ("karriere/veranstaltungen/7301", "Treffen der Ingenieure"),
        ("careers/our-people/tom-welder", "Tom, Welder"),
        ("blog/lavoro/infermiere-allestero", "Infermiere all'estero"),
        ("careers/become-a-welder", "Become a welder"),
        ("karriere/azubis-erzaehlen", "Azubis erzählen"),
    ],
)
def test_events_stories_and_articles_are_no_posts_though_their_path_speaks_of_jobs(path: str, text: str) -> None:
    assert jobs(page(row(f"{MILL}/{path}", text, ""), url=f"{MILL}/{path.rpartition('/')[0]}")) == []


def test_a_post_may_stand_below_such_a_word_and_be_about_events() -> None:
    url = f"{MILL}/jobs/event-manager-4417"

    assert jobs(page(row(url, "Event Manager"))) == [url]


# ---- what stands among jobs


def test_a_title_without_a_known_word_among_jobs_is_looked_at_and_one_in_a_menu_is_not() -> None:
    titles = ("Účetní", "Svářeč", "Elektrikář")
    rows = [row(f"{MILL}/prace/{n}.html", text, "Koho hledáme") for n, text in zip("abc", titles, strict=True)]
    aside = row(f"{MILL}/cenik.html", "Ceník", "", region="nav", shape="a<li<ul<nav", group="g1 ")
    read = replace(page(*rows, aside, url=f"{MILL}/prace.html"), title="Práce u nás", text="Koho hledáme")
    found = {link.text: link.is_job for link in judged(read, read.url).links}

    assert {found[text] for text in titles} <= {None, True}
    assert found["Ceník"] is False


# ---- rows without links, read without a browser


def test_rows_that_carry_their_address_as_data_or_in_a_handler_are_links_of_a_saved_page() -> None:
    rows = "".join(f'<tr data-href="/jobs/81{n}"><td>Weaver {n}</td><td>Leeds</td></tr>' for n in range(3))
    cards = "".join(
        f"<div class=job onclick=\"location.href='/jobs/92{n}'\"><b>Fitter {n}</b></div>" for n in range(3)
    )
    found = find_links(f"<h1>Open positions</h1><table>{rows}</table>{cards}", f"{MILL}/jobs")

    assert [(link.url, link.text) for link in found if link.is_job] == [
        *((f"{MILL}/jobs/81{n}", f"Weaver {n}") for n in range(3)),
        *((f"{MILL}/jobs/92{n}", f"Fitter {n}") for n in range(3)),
    ]


@pytest.mark.parametrize(
    "row",
    [
        '<div data-url="/api/jobs/810"><b>Weaver</b></div>',
        '<div data-src="/jobs/810"><b>Weaver</b></div>',
        "<div onclick=\"track('weaver')\"><b>Weaver</b></div>",
        "<div onclick=\"location.href='/jobs/' + id\"><b>Weaver</b></div>",
        '<div data-href="/jobs/810"></div>',
    ],
)
def test_what_is_no_address_of_a_page_makes_no_link(row: str) -> None:
    assert verdicts(row * 2) == {}


def test_a_row_with_a_link_of_its_own_is_that_link() -> None:
    row = '<li data-href="/other/{0}"><a href="/jobs/81{0}/weaver">Weaver</a></li>'

    assert set(verdicts(row.format(1) + row.format(2))) == {f"{MILL}/jobs/811/weaver", f"{MILL}/jobs/812/weaver"}


# ---- the page behind


def test_a_short_post_with_duties_and_needs_is_one_and_a_short_page_is_none() -> None:
    post = "<h1>Svářeč</h1><h3>Náplň práce</h3><p>Práce v dílně.</p><h3>Požadujeme</h3><p>vyučení v oboru</p>"
    story = "<h1>Jak to u nás chodí</h1><p>V devět je svačina. Kdo umí, ten umí, kdo neumí, toho naučíme.</p>"

    assert read_post_html(post, f"{MILL}/prace/svarec.html").is_job
    assert not read_post_html(story, f"{MILL}/prace/jak-to-chodi.html").is_job


def test_labels_within_lines_make_a_post_and_a_single_one_does_not() -> None:
    post = "<h1>Điều dưỡng</h1><p>Mô tả công việc: chăm sóc người bệnh.</p><p>Yêu cầu: có chứng chỉ.</p>"
    tender = "<h1>Drum comunal</h1><p>Valoare: 120.000 lei. Cerințe: experiență similară.</p>"

    assert read_post_html(post, f"{MILL}/tin/882").is_job
    assert not read_post_html(tender, f"{MILL}/anunturi/2211").is_job


def test_a_title_marked_for_all_genders_and_where_to_write_make_a_short_post() -> None:
    write = "<p>Schick uns ein paar Zeilen mit Lebenslauf an hand@brightloom.example.</p>"

    assert read_post_html(f"<h1>Zimmerer (m/w/d)</h1>{write}", f"{MILL}/team/zimmerer").is_job
    assert not read_post_html(f"<h1>So bewirbst du dich</h1>{write}", f"{MILL}/team/ablauf").is_job


# ---- forms


def test_a_form_in_a_list_of_jobs_is_one_and_a_form_elsewhere_is_none() -> None:
    form = "https://docs.google.com/forms/d/e/1FAIpQLSf{}/viewform"
    listed = [row(form.format(n), text) for n, text in enumerate(("Segretaria di studio", "Praticantato"))]
    alone = row(form.format(9), "Tell us what you think", "Newsletter")

    assert jobs(page(*listed, alone)) == [one.url for one in listed]
