"""What names a row, and what a list of rows is: from small pages, each kind both ways."""

from __future__ import annotations

import json

import pytest

from jpt import FoundLink, find_links
from jpt.extract.links.roles import has_role
from jpt.extract.listing import judged
from jpt.extract.markup import page_of
from tests.table import each_row

MILL = "https://brightloom.example"
LIST = f"{MILL}/careers/"


def found(html: str, url: str = LIST, language: str = "en") -> dict[str, FoundLink]:
    links = find_links(f"<html lang={language}><title>Careers</title><main>{html}</main>", url)
    return {link.url.removeprefix(MILL): link for link in links}


def jobs(html: str, url: str = LIST, language: str = "en") -> list[str]:
    """Paths of what counts as a job where nothing can be opened."""
    links = found(html, url, language)
    return [path for path, link in links.items() if link.is_job is not False and link.score >= 0.5]


# ---- titles


def test_a_place_above_the_title_in_a_card_is_not_its_title() -> None:
    cards = "".join(
        f'<li><a href="/job/{slug}-2"><h4>{town}</h4><h2>{title}</h2><p>We look for somebody.</p></a></li>'
        for slug, town, title in (("weaver", "Leeds", "Weaver"), ("dyer", "York", "Dyer and Finisher"))
    )
    links = found(f"<h1>Openings</h1><ul>{cards}</ul>")

    assert [links[path].text for path in ("/job/weaver-2", "/job/dyer-2")] == ["Weaver", "Dyer and Finisher"]


def test_a_row_whose_only_link_is_a_button_is_named_by_its_first_cell() -> None:
    rows = "".join(
        f'<tr><td>{title}</td><td>Lille</td><td><a href="/emplois/{n}">Voir</a></td></tr>'
        for n, title in ((41, "Tisseur"), (42, "Responsable d'atelier"))
    )
    links = found(f"<h1>Nos offres</h1><table>{rows}</table>", f"{MILL}/emplois/", "fr")

    assert [links[f"/emplois/{n}"].text for n in (41, 42)] == ["Tisseur", "Responsable d'atelier"]
    assert jobs(f"<h1>Nos offres</h1><table>{rows}</table>", f"{MILL}/emplois/", "fr") == [
        "/emplois/41",
        "/emplois/42",
    ]


@each_row("button", ["Voir", "View", "Details", "Ansehen", "Ver oferta", "→"])
def test_the_only_row_of_a_table_is_named_by_its_first_cell(button: str) -> None:
    row = f"<tr><td>Dye Master</td><td>Leeds</td><td><a href='/jobs/41'>{button}</a></td></tr>"
    html = f"<h1>Jobs</h1><table><tr><th>Title</th><th>Place</th><th></th></tr>{row}</table>"

    link = found(html, f"{MILL}/jobs/")["/jobs/41"]

    assert (link.text, link.is_job) == ("Dye Master", True)


def test_the_only_row_of_a_table_whose_link_is_the_title_keeps_it() -> None:
    row = "<tr><td>Leeds</td><td><a href='/jobs/41'>Night Shift Manager</a></td></tr>"

    assert found(f"<h1>Jobs</h1><table>{row}</table>", f"{MILL}/jobs/")["/jobs/41"].text == "Night Shift Manager"


def test_a_row_whose_link_is_the_title_keeps_it_wherever_it_stands() -> None:
    rows = "".join(
        f'<tr><td>{town}</td><td><a href="/jobs/{n}">{title}</a></td></tr>'
        for n, town, title in ((41, "Leeds", "Senior Weaver for night shifts"), (42, "York", "Dye Master"))
    )
    links = found(f"<h1>Jobs</h1><table>{rows}</table>", f"{MILL}/jobs/")

    assert [links[f"/jobs/{n}"].text for n in (41, 42)] == ["Senior Weaver for night shifts", "Dye Master"]


def test_one_title_for_openings_in_several_towns_is_the_title_of_each() -> None:
    cards = "".join(
        f'<div class=card><h3>Weber (m/w/d)</h3><p>{town}</p><a href="/weber/{town}/">Ansehen</a></div>'
        for town in ("Leeds", "York", "Hull", "Ripon")
    )
    html = f"<h1>Stellenangebote</h1><div>{cards}</div>"

    assert [link.text for link in found(html, f"{MILL}/stellen/", "de").values()] == ["Weber (m/w/d)"] * 4
    assert len(jobs(html, f"{MILL}/stellen/", "de")) == 4


# ---- one address, two spellings


def test_an_address_with_and_without_its_slash_is_one_link() -> None:
    menu = '<nav><ul><li><a href="/careers/levels">Levels</a><li><a href="/careers/why">Why us</a></ul></nav>'
    cards = "".join(f'<li><h2>{n}</h2><a href="/careers/{n.lower()}/">To it</a></li>' for n in ("Levels", "Why"))

    links = found(f"{menu}<h1>Careers</h1><ul>{cards}</ul>")

    assert sorted(links) == ["/careers/levels", "/careers/why"]
    assert jobs(f"{menu}<h1>Careers</h1><ul>{cards}</ul>") == []


# ---- what is no post


def test_the_form_for_all_who_apply_is_no_post_and_that_of_one_is() -> None:
    card = "<div class=card><h3>Weber (m/w/d)</h3><a href='{0}'>Jetzt bewerben</a></div>"
    html = f"<h2>Aktuelle Stellenangebote</h2>{card.format('/bewerbung/')}"
    one = f"<h2>Aktuelle Stellenangebote</h2>{card.format('/stellen/weber-m-w-d/bewerbung/')}"

    assert jobs(html, f"{MILL}/karriere/", "de") == []
    assert jobs(one, f"{MILL}/karriere/", "de") == ["/stellen/weber-m-w-d/bewerbung/"]


SECTIONS = "<ul><li><a href='#staff'>Weaver and other staff</a><li><a href='#teach'>Ausbildung</a></ul>"


def test_names_of_sections_are_no_jobs_where_the_page_links_to_posts() -> None:
    posts = "<h3 id=staff>Dyer (m/f/d)</h3><a href='/careers/dyer-m-f-d/'>Read more</a>"

    assert jobs(f"<h1>Open positions</h1>{SECTIONS}{posts}") == ["/careers/dyer-m-f-d/"]


def test_rows_that_lead_to_posts_on_the_page_itself_are_jobs() -> None:
    rows = "<ul><li><a href='#job-441'>Weaver</a><li><a href='#job-442'>Dye Master</a></ul>"

    assert jobs(f"<h1>Open positions</h1>{rows}") == ["/careers/#job-441", "/careers/#job-442"]


@each_row("text", ["Einstiegsmöglichkeiten", "Karrierestufen", "Career ladder", "Agent Portal",
                                  "Employee log in", "CEOメッセージ 代表からのご挨拶"])  # fmt: skip
def test_parts_of_a_careers_site_in_its_list_are_no_jobs(text: str) -> None:
    assert jobs(f"<h1>Careers</h1><ul><li><h3>{text}</h3><a href='/careers/one/'>{text}</a></ul>") == []


@pytest.mark.parametrize("text", ["Leiter Weiterentwicklung (m/w/d)", "Insurance Agent", "Portal Developer"])
def test_titles_that_hold_such_words_are_jobs(text: str) -> None:
    slug = text.lower().replace(" ", "-").replace("(", "").replace(")", "").replace("/", "-")
    html = f"<h1>Open positions</h1><ul><li><a href='/careers/{slug}/'>{text}</a></ul>"

    assert jobs(html) == [f"/careers/{slug}/"]


def employers(beside: str) -> str:
    return "".join(
        f'<li><h2><a href="/jobs/education/{name.lower()}/">{name} School</a></h2>'
        f'<a href="https://{name.lower()}.example/work">{beside}</a></li>'
        for name in ("Ripon", "Selby", "Whitby", "Malton")
    )


def test_rows_that_link_to_somebodys_careers_are_employers() -> None:
    assert jobs(f"<h1>Jobs in schools</h1><ul>{employers('Careers')}</ul>", f"{MILL}/jobs/education/") == []


def test_jobs_that_link_to_their_firms_are_jobs() -> None:
    rows = "".join(
        f'<li><a href="/jobs/{title.lower()}-{n}/">{title}</a> <a href="https://firm{n}.example/">Careers</a></li>'
        for n, title in enumerate(("Weaver", "Cook", "Nurse", "Driver"), 4410)
    )

    assert len(jobs(f"<h1>Jobs</h1><ul>{rows}</ul>", f"{MILL}/jobs/")) == 4


# ---- lists whose addresses say nothing


def nodes(titles: tuple[str, ...], heading: str = "Wolne stanowiska", path: str = "/artykul/") -> str:
    rows = "".join(f'<li><a href="{path}{n}">{title}</a></li>' for n, title in enumerate(titles, 1131))
    return f"<h1>{heading}</h1><ul>{rows}</ul>"


POLISH = ("Kierowca", "Spawacz MIG", "Specjalista ds. płac", "Magazynier")


@pytest.mark.parametrize("path", ["/artykul/", "/node/", "/aktualnosci/"])
def test_numbered_pages_in_a_list_that_is_plainly_one_of_jobs_are_jobs(path: str) -> None:
    assert len(jobs(nodes(POLISH, "Oferty pracy", path), f"{MILL}/praca", "pl")) == 4


@pytest.mark.parametrize("heading", ["Aktualności", "Nasza historia"])
def test_the_same_pages_under_another_name_are_none(heading: str) -> None:
    titles = ("Nowy sklep w Leeds", "Targi tkanin", "Nasz zespół rośnie", "Święto tkaczy")

    assert jobs(nodes(titles, heading), f"{MILL}/o-nas", "pl") == []


def test_news_beside_the_jobs_are_none() -> None:
    news = ("New shop in Leeds opens", "Our fair of cloth", "What our dyer says", "A day at the loom")

    assert jobs(nodes(news, "News", "/node/"), f"{MILL}/careers/") == []


def test_a_list_one_of_whose_rows_is_sure_is_not_gainsaid_by_another_section() -> None:
    rows = "".join(
        f"<li><h4>{title}</h4><a href='/files/2024/{name}.pdf'>Télécharger</a></li>"
        for title, name in (
            ("Responsable des services", "RH_Resp"),
            ("Comptable", "RH_comptable"),
            ("Infirmier référent", "24021_infirmier"),
        )
    )
    html = f"<h1>Recrutement</h1><ul>{rows}</ul><h2>Bénévoles</h2><p>Aucune offre n'est disponible.</p>"
    page = page_of(f"<html lang=fr><title>Recrutement</title><main>{html}</main>", f"{MILL}/recrutement/")
    links = judged(page, page.url).links

    assert [link.is_job for link in links] == [True, True, True]


# ---- words of further languages


@each_row(
    "title",
    ["Nhân viên kinh doanh", "Kỹ sư cầu đường", "วิศวกรโยธา", "महाप्रबंधक एवं अधिकारी", "مهندس مدني",
     "المحاسب العام", "מהנדסת תוכנה", "טכנאי שטח", "Staf Administrasi", "Электрогазосварщик", "マンション管理員",
     "간호사 모집"],
)  # fmt: skip
def test_occupations_of_further_languages_are_known(title: str) -> None:
    assert has_role(title)


@pytest.mark.parametrize("text", ["Nhân dân Việt Nam", "مديرية الصحة", "האחותיות", "Kepala berita", "會社案內"])
def test_words_that_only_begin_so_are_none(text: str) -> None:
    assert not has_role(text)


def test_an_address_named_as_jobs_of_a_kind_is_a_list() -> None:
    html = "<h2>関連検索</h2><ul><li><a href='/清掃員の仕事-東京都'>清掃員 - 東京都</a></ul>"

    assert jobs(html, f"{MILL}/警備の仕事-東京都", "ja") == []


# ---- jobs that the page's data lists


def data(value: object) -> str:
    return f'<script type="application/ld+json">{json.dumps(value)}</script>'


POSTINGS = [
    {"@type": "JobPosting", "title": title, "url": f"/p/{name}"}
    for title, name in (("Weaver", "a"), ("Dyer", "b"))
]


def test_several_postings_of_the_pages_data_are_jobs_with_or_without_links() -> None:
    links = found(data(POSTINGS) + '<a href="/p/a">Something</a>')

    assert [(path, link.is_job, link.text) for path, link in links.items()] == [
        ("/p/a", True, "Something"),
        ("/p/b", True, "Dyer"),
    ]


def test_an_item_list_of_postings_is_one_of_jobs() -> None:
    items = [{"@type": "ListItem", "position": n, "item": one} for n, one in enumerate(POSTINGS[:1], 1)]

    assert found(data({"@type": "ItemList", "itemListElement": items}))["/p/a"].is_job is True


def test_a_bare_item_list_is_looked_at_on_a_page_of_jobs_only() -> None:
    items = [{"@type": "ListItem", "position": n, "url": f"{MILL}/p/{n}"} for n in (1, 2)]
    html = data({"@type": "ItemList", "itemListElement": items})

    assert {link.is_job for link in found(html).values()} == {None}
    assert list(find_links(f"<title>Our cloth</title>{html}", f"{MILL}/shop/")) == []


def test_one_posting_alone_is_the_page_itself() -> None:
    assert found(data(POSTINGS[0])) == {}


@pytest.mark.parametrize(
    "value", [{"@type": "ItemList"}, {"@type": "ItemList", "itemListElement": [None, 3, {"item": []}]},
              [{"@type": "JobPosting", "url": "http://[#"}] * 2, [{"@type": "JobPosting", "url": 7}] * 2])  # fmt: skip
def test_data_that_is_broken_lists_nothing(value: object) -> None:
    assert found(data(value)) == {}


@pytest.mark.parametrize("name", ["vacature0002.html", "stelle-3", "job_12.php"])
def test_an_address_that_is_a_job_with_a_number_is_one(name: str) -> None:
    rows = f"<ul><li><a href='/{name}'>Allround talent</a><li><a href='/{name.replace('2', '4')}'>Other</a></ul>"

    assert f"/{name}" in jobs(f"<h2>Werken bij ons</h2>{rows}", f"{MILL}/vacatures.html", "nl")


@pytest.mark.parametrize("name", ["vacatures2.html", "jobs-3", "offres_2"])
def test_the_same_in_the_plural_is_a_page_of_the_list(name: str) -> None:
    html = f"<h2>Werken bij ons</h2><ul><li><a href='/{name}'>2</a><li><a href='/{name}x'>3</a></ul>"

    assert jobs(html, f"{MILL}/vacatures.html", "nl") == []


def test_pages_named_after_days_below_jobs_are_no_posts() -> None:
    days = ("24-5-22", "19-4-22", "2022-03-16", "17.1.22")
    rows = "".join(f"<li><h2>What was done until {day}</h2><a href='/jobs/{day}/'></a></li>" for day in days)

    assert jobs(f"<h1>Jobs</h1><ul>{rows}</ul>", f"{MILL}/jobs/") == []


def test_a_title_with_and_among_titles_is_one_and_alone_it_is_looked_at() -> None:
    titles = ("QA Engineer", "Project Manager", "Office Manager", "Nurse", "Sales and Marketing Manager")
    rows = [f"<li><h4><a href='/careers/{t.lower().replace(' ', '-')}/'>{t}</a></h4></li>" for t in titles]
    page = page_of(f"<html lang=en><title>Careers</title><main><ul>{''.join(rows)}</ul></main>", LIST)

    assert [link.text for link in judged(page, LIST).links if link.is_job] == [*titles]


def applied(titles: tuple[str, ...], button: str) -> str:
    return "".join(
        f'<div class=card><h3>{title}</h3><p>Acme</p><a href="https://apply.example/s/{n}x">{button}</a></div>'
        for n, title in enumerate(titles)
    )


def test_cards_with_a_button_to_apply_on_a_page_of_jobs_are_jobs_whatever_they_are_called() -> None:
    titles = ("Банкир", "Клинер", "Представитель HR", "Сборщик")

    assert (
        len(jobs(f"<h1>Вакансии</h1><div>{applied(titles, 'Откликнуться')}</div>", f"{MILL}/vakansii/", "ru")) == 4
    )


def test_cards_with_a_button_that_only_leads_on_are_none_for_that() -> None:
    titles = ("Кредит", "Вклад", "Карта", "Заём")

    assert jobs(f"<h1>Услуги</h1><div>{applied(titles, 'Подробнее')}</div>", f"{MILL}/uslugi/", "ru") == []
    html = f"<title>Услуги</title><h1>Услуги</h1><div>{applied(titles, 'Откликнуться')}</div>"
    assert [link.url for link in find_links(html, f"{MILL}/uslugi/") if link.is_job] == []


def test_numbered_rows_under_another_heading_than_the_jobs_of_a_page_are_none() -> None:
    def rows(folder: str, names: tuple[str, ...]) -> str:
        return "".join(
            f'<li><a href="/{folder}/{name.lower().replace(" ", "-")}-44{n}">{name}</a></li>'
            for n, name in enumerate(names, 10)
        )

    titles = ("Backend Engineer", "Data Analyst", "Frontend Developer", "Warehouse Associate")
    rooms = rows("rooms", ("Captain Suite", "Officer Twin", "Pilot Loft"))
    html = f"<title>Careers</title><h2>Open positions</h2><ul>{rows('jobs', titles)}</ul><h2>Our rooms</h2><ul>{rooms}</ul>"
    found = find_links(html, f"{MILL}/careers/")

    assert [link.text for link in found if link.is_job] == [*titles]
    assert [link.is_job for link in found if "/rooms/" in link.url] == [False] * 3


# ---- what a page must show before a link on it is a job


@each_row("rows", [
    (("benefits-of-ours", "What you get"), ("growing", "Grow with us")),
    (("north", "Coachella Unified"), ("south", "Desert Sands")),
    (("level1", "Foundations"), ("level2", "Advanced"), ("level3", "Masters")),
])  # fmt: skip
def test_rows_without_any_sign_of_a_post_are_looked_at_before_they_are_jobs(
    rows: tuple[tuple[str, str], ...],
) -> None:
    cards = "".join(
        f"<li><h3><a href='/jobs/{slug}/'>{text}</a></h3><p>Some more words.</p></li>" for slug, text in rows
    )

    assert jobs(f"<h1>Jobs</h1><ul>{cards}</ul>", f"{MILL}/jobs/") == []


@each_row(
    "folder, terms, ending", [("jobs", "Full time, Leeds", "/"), ("jobs", "", "-20417/"), ("vacancies", "", "/")]
)
def test_rows_of_unknown_titles_are_jobs_by_their_terms_ids_or_path(folder: str, terms: str, ending: str) -> None:
    cards = "".join(
        f"<li><h3><a href='/{folder}/{slug}{ending}'>{text}</a></h3><p>{terms or 'Some more words.'}</p></li>"
        for slug, text in (("looms", "Looms and more"), ("dyeing", "Dyeing by night"))
    )

    assert len(jobs(f"<h1>Vacancies</h1><ul>{cards}</ul>", f"{MILL}/{folder}/")) == 2


def test_one_known_title_in_three_speaks_for_rows_that_stand_alike() -> None:
    rows = "".join(
        f"<li><a href='/careers/{slug}/'>{text}</a> <span>Some words</span></li>"
        for slug, text in (
            ("looms", "Looms and more"),
            ("dyeing", "Dyeing by night"),
            ("manager", "Night Manager"),
        )
    )

    assert len(jobs(f"<h1>Open positions</h1><ul>{rows}</ul>")) == 3


def test_what_reads_like_a_title_on_a_page_of_other_things_is_no_job() -> None:
    rows = "".join(
        f"<li><a href='/learn/{n}-data-engineer/'>Become a data engineer, part {n}</a></li>" for n in (1, 2)
    )
    html = f"<title>Courses</title><h1>Courses</h1><ul>{rows}</ul><footer><h4>Careers</h4></footer>"

    assert jobs(html, f"{MILL}/courses/") == []


def products(page: str) -> str:
    return page + "<h2>Platform</h2><ul>" + "".join(
        f"<li><a href='/ai/{slug}'>{text}</a></li>"
        for slug, text in (("onboarding-agent", "Onboarding Agent"), ("records-assistant", "Records Assistant"))
    ) + "</ul>"  # fmt: skip


POSTS = "<h2>Open positions</h2><ul><li><a href='/careers/dye-manager'>Dye Manager</a><li><a href='/careers/engineer'>Engineer</a></ul>"


def test_titles_beside_the_posts_of_a_page_are_no_jobs_where_only_words_speak_for_them() -> None:
    assert jobs(products(f"<h1>Careers</h1>{POSTS}")) == ["/careers/dye-manager", "/careers/engineer"]


def test_titles_beside_the_posts_of_a_page_are_jobs_where_a_heading_announces_them() -> None:
    other = "<h2>Other openings</h2><ul><li><a href='/research-assistant-dyes'>Research assistant (dyes)</a></ul>"

    assert "/research-assistant-dyes" in jobs(f"<h1>Careers</h1>{POSTS}{other}")


def test_a_title_in_the_menu_of_a_careers_page_is_no_job_by_its_words() -> None:
    menu = "<nav><ul><li><a href='/plant-director-search'>Plant Director</a></ul></nav>"
    html = f"{menu}<h1>Careers</h1><h2>Jobs</h2><p><a href='/plant-director-search'>Plant Director</a></p>"

    assert jobs(html) == []


def test_a_row_of_unknown_words_is_a_job_where_most_of_its_like_are() -> None:
    titles = ["Account Manager", "Media Buyer", "Graphic Designer", "Grubnik"]
    rows = "".join(
        f"<li><h3><a href='/{n}-{t.split()[0].lower()}/'>{t}</a></h3> Two years</li>" for n, t in enumerate(titles)
    )

    assert len(jobs(f"<h1>Jobs</h1><h2>Open positions</h2><ul>{rows}</ul>", f"{MILL}/jobs/")) == 4


def test_a_row_of_unknown_words_is_no_job_where_half_of_its_like_are() -> None:
    titles = ["Account Manager", "Media Buyer", "Our grubniks", "Grubnik"]
    rows = "".join(
        f"<li><h3><a href='/{n}-{t.split()[0].lower()}/'>{t}</a></h3> Two years</li>" for n, t in enumerate(titles)
    )

    assert len(jobs(f"<h1>Jobs</h1><h2>Open positions</h2><ul>{rows}</ul>", f"{MILL}/jobs/")) == 2


def test_articles_with_numbers_under_a_path_of_jobs_are_no_jobs() -> None:
    rows = "".join(
        f"<li><a href='/kariera/statii/tema/{n}/{n}1.html'>Four questions, part {n}</a></li>" for n in (17, 18)
    )

    assert jobs(f"<h1>Career</h1><ul>{rows}</ul>", f"{MILL}/kariera/") == []


def test_adverts_as_documents_are_jobs_whatever_a_page_says_of_another_place() -> None:
    rows = "".join(
        f"<li><h3>{title}</h3><a href='/files/2027/{title.replace(' ', '_')}.pdf'>Download</a></li>"
        for title in ("Branch Manager", "Vacature Schoonmaker")
    )
    html = f"<h1>Vacatures</h1><p>Er zijn momenteel geen vacatures.</p><ul>{rows}</ul>"

    assert len(jobs(html, f"{MILL}/vacatures/", "nl")) == 2


@pytest.mark.parametrize("verb", ["Jetzt vorbestellen", "Konto erstellen", "Fragen zum Herstellen"])
def test_verbs_that_end_like_a_post_name_none(verb: str) -> None:
    assert not has_role(verb)


@pytest.mark.parametrize("title", ["Doktorandenstelle", "Ausbildungsstellen"])
def test_words_for_a_post_still_do(title: str) -> None:
    assert has_role(title)


@each_row("folder", ["voice", "senpai", "message"])
def test_voices_of_the_staff_below_a_path_of_jobs_are_no_jobs(folder: str) -> None:
    rows = "".join(
        f"<li><a href='/recruit/{folder}/{n}.html'>Sales Manager {n.upper()}. K.</a> Why I work here</li>"
        for n in "abc"
    )

    assert jobs(f"<h1>Recruit</h1><ul>{rows}</ul>", f"{MILL}/recruit/") == []


@each_row("folder", ["job-category", "job-location", "jobs_tags", "career-level"])
def test_kinds_of_jobs_are_no_jobs(folder: str) -> None:
    rows = "".join(
        f"<li><a href='/{folder}/{slug}/'>{text}</a></li>"
        for slug, text in (("engineer", "Engineer"), ("back-end", "Back-end"))
    )

    assert jobs(f"<h1>Jobs</h1><h2>Open positions</h2><ul>{rows}</ul>", f"{MILL}/jobs/") == []


def test_parts_of_one_list_of_jobs_do_not_speak_against_each_other() -> None:
    rows = "".join(
        f"<li><a href='/recruit/info/jobs/{part}/{slug}.html'>{text}</a></li>"
        for part, slug, text in (
            ("career", "engineer", "Engineer"),
            ("career", "planner", "Planner"),
            ("fresh", "buyer", "Buyer"),
        )
    )

    assert len(jobs(f"<h1>Recruit</h1><h2>Open positions</h2><ul>{rows}</ul>", f"{MILL}/recruit/info/")) == 3


def test_rows_of_unknown_words_among_many_titles_right_below_a_careers_page_are_jobs() -> None:
    titles = [
        "Corporate Trader",
        "Analyst",
        "Copywriter",
        "Controller",
        "Foreign Exchange - Sales",
        "Compliance Officer",
    ]
    rows = "".join(f"<li><a href='/careers/{t.lower().replace(' ', '-')}/'>{t}</a></li>" for t in titles)

    assert len(jobs(f"<h1>Working here</h1><h3>Calgary</h3><ul>{rows}</ul>")) == len(titles)


@each_row(
    "text", ["Recherche des intervenant(e)s à domicile", "Intervenant·e·s à domicile", "Auxiliar técnico(a)"]
)
def test_who_works_written_in_both_genders_is_an_occupation(text: str) -> None:
    assert has_role(text)


@each_row("text", ["Offre(s)", "Horaire(s) d'ouverture", "Point·s"])
def test_a_plural_in_brackets_is_no_occupation(text: str) -> None:
    assert not has_role(text)


def test_a_list_called_trabajos_is_one_of_jobs() -> None:
    rows = "".join(
        f"<li><a href='/trabajos/{n}-x/'>{t}</a></li>"
        for n, t in ((3100, "Mozo de almacén"), (3101, "Enfermera de noche"))
    )

    assert len(jobs(f"<h1>Trabajos</h1><ul>{rows}</ul>", f"{MILL}/trabajos/", "es")) == 2


def test_one_known_title_in_three_speaks_for_the_rows_of_a_list_that_are_set_otherwise() -> None:
    plain = "".join(f"<li><a class=x href='/jobs/{slug}/'>More of it…</a></li>" for slug in ("mobile", "looms"))
    rows = f"{plain}<li><p><a href='/jobs/data-engineer/'>Data Engineer</a></p></li>"

    assert {"/jobs/mobile/", "/jobs/looms/"} <= set(
        jobs(f"<h1>Jobs</h1><h2>Open positions</h2><ul>{rows}</ul>", f"{MILL}/jobs/")
    )
