"""Kinds of lists that once were read wrongly: each one both ways."""

from __future__ import annotations

from dataclasses import replace

import pytest

from jpt.extract.links import judge
from jpt.extract.listing import judged
from jpt.models.pages import Anchor, PageRead
from tests.extract.links.test_links import LIST, jobs, menu, only, page, row
from tests.table import each_row

TITLES = ("Weaver", "Dye Master", "Night Shift Supervisor")


def folded(name: str) -> str:
    return name.lower().replace(" ", "-")


def card(url: str, text: str, title: str) -> Anchor:
    """A button in a card with a heading of its own."""
    return Anchor(url, text, title, f"{title} {text}", "main", "a<div.card<main", "g3 Open positions")


# ---- accounts of boards


@each_row(
    ("url", "text"),
    [
        ("https://jobs.gem.com/brightloom/login", "Log in"),
        ("https://brightloom.homerun.co/subscribe", "Subscribe to new jobs"),
        (
            "https://web12.reachmee.com/ext/I001/77/subscribe?site=9&validator=11aa&lang=UK",
            "Subscribe to vacancies",
        ),
        ("https://web12.reachmee.com/ext/I001/77/auth?site=9&validator=11aa&lang=UK", "Sign in or sign up"),
        ("https://brightloom.applytojob.com/apply/help", "Help"),
        ("https://brightloom.teamtailor.com/users/sign_in", "Anmelden"),
        ("https://hire.trakstar.com/jobs/alerts", "Create job alert"),
        ("https://brightloom.freshteam.com/jobs/account/forgot_password", "Forgot password?"),
    ],
)
def test_accounts_and_alerts_of_a_board_are_no_posts(url: str, text: str) -> None:
    assert jobs(page(row(url, text))) == []


def test_a_page_that_says_none_and_links_to_its_account_has_none() -> None:
    text = "There are currently no vacancies."
    account = row("https://web12.reachmee.com/ext/I001/77/auth?site=9&validator=11aa", "Sign in")

    assert judged(replace(page(account), text=text), LIST).status == "none"


def test_a_post_of_a_company_that_is_called_like_an_account_is_one() -> None:
    url = "https://jobs.lever.co/support/0e6a5b0c-7a15-4f3c-9d3e-1f2a3b4c5d6e"

    assert jobs(page(row(url, "Weaver"))) == [url]


# ---- one row, one link


def test_a_row_that_repeats_the_link_in_it_counts_once() -> None:
    links = [
        Anchor(
            f"{LIST}{7000 + n}/{folded(title)}",
            title,
            title,
            f"{title} Oslo",
            "main",
            "a<h0<div.row<main",
            "g2 Jobs",
        )
        for n, title in enumerate(TITLES)
    ]
    rows = [
        Anchor(f"{LIST}{7000 + n}?src=list", title, title, f"{title} Oslo", "main", "div.row<main", "g3 Jobs")
        for n, title in enumerate(TITLES)
    ]

    assert jobs(page(*links, *rows)) == [link.url for link in links]


def test_rows_whose_links_lead_elsewhere_count_themselves() -> None:
    towns = [
        Anchor(
            f"https://www.brightloom.example/towns/{n}",
            "Oslo",
            title,
            f"{title} Oslo",
            "main",
            "a<div.row<main",
            "g2 Jobs",
        )
        for n, title in enumerate(TITLES)
    ]
    rows = [
        Anchor(f"{LIST}{7000 + n}", title, title, f"{title} Oslo", "main", "div.row<main", "g3 Jobs")
        for n, title in enumerate(TITLES)
    ]

    assert jobs(page(*towns, *rows)) == [one.url for one in rows]


# ---- guidance beside the list


GUIDANCE = (
    "Handbook for managers",
    "Promotion to professor",
    "Funding for PhD students",
    "Hinweise für Bewerberinnen",
)


@pytest.mark.parametrize("text", GUIDANCE)
def test_what_is_for_people_of_a_trade_is_no_post(text: str) -> None:
    posts = [row(f"{LIST}job/?jid={2000 + n}", title) for n, title in enumerate(TITLES)]
    aside = row(f"{LIST}{folded(text)}/", text, shape="a<p<main", group="g0 ")

    assert jobs(page(aside, *posts)) == [post.url for post in posts]


@pytest.mark.parametrize(
    "text", ["Position for PhD students", "Head of Research for Universities", "Call for doctoral students"]
)
def test_a_post_may_name_whom_it_is_for(text: str) -> None:
    post = row(f"{LIST}{folded(text)}/", text)

    assert jobs(page(post)) == [post.url]


# ---- buttons in any language, and forms


def test_what_many_links_are_called_is_a_button_in_any_language() -> None:
    rows = [card(f"{LIST}{folded(title)}", "Fampahalalana", title) for title in TITLES]

    assert [only(page(*rows), one.url).text for one in rows] == list(TITLES)


def test_a_form_under_the_title_of_a_job_is_one() -> None:
    form = card("https://docs.google.com/forms/d/e/1FAIpQLSd/viewform", "Apply", "Loom Technician")

    assert jobs(page(form)) == [form.url]


def test_a_form_for_all_is_none() -> None:
    form = card("https://brightloom.typeform.com/to/Xy12ab", "Tell us what you think", "Feedback")

    assert jobs(page(form)) == []


@pytest.mark.parametrize(
    "url",
    [
        "https://www.indeed.com/job/loom-technician-9d457ad68b2d10c5",
        "https://www.linkedin.com/jobs/search/?currentJobId=4319315742&f_C=106",
        "https://www.xing.com/jobs/oslo-loom-technician-123456789",
        "https://www.stepstone.de/stellenangebote--Loom-Technician-Oslo-Brightloom--9123456-inline.html",
    ],
)
def test_posts_on_networks_and_boards_are_posts(url: str) -> None:
    assert jobs(page(card(url, "Apply now", "Loom Technician"))) == [url]


# ---- languages


@each_row(
    ("lang", "heading", "folder", "titles"),
    [
        ("vi", "Thông tin tuyển dụng", "tuyen-dung", ("Thủ kho", "Kế toán tổng hợp", "Thợ dệt")),
        ("ro", "Locuri de muncă", "cariere", ("Țesător", "Contabil șef", "Magaziner")),
        ("hr", "Otvorene pozicije", "karijere", ("Tkalac", "Knjigovođa", "Skladištar")),
        ("bg", "Свободни позиции", "karieri", ("Тъкач", "Счетоводител", "Складов работник")),
        ("el", "Θέσεις εργασίας", "kariera", ("Υφαντής", "Λογιστής", "Αποθηκάριος")),
        ("et", "Vabad töökohad", "karjaar", ("Kuduja", "Raamatupidaja", "Laotöötaja")),
        ("is", "Laus störf", "storf", ("Vefari", "Bókari", "Lagermaður")),
        ("th", "ตำแหน่งงานว่าง", "careers", ("ช่างทอผ้า", "พนักงานบัญชี", "พนักงานคลังสินค้า")),
        ("id", "Lowongan kerja", "karir", ("Penenun", "Akuntan", "Petugas gudang")),
        ("ar", "الوظائف الشاغرة", "careers", ("نساج", "محاسب", "أمين مخزن")),
        ("he", "משרות פתוחות", "careers", ("אורג", "מנהל חשבונות", "מחסנאי")),
        ("sl", "Prosta delovna mesta", "zaposlitve", ("Tkalec", "Računovodja", "Skladiščnik")),
        ("lv", "Vakances", "vakances", ("Audējs", "Grāmatvedis", "Noliktavas darbinieks")),
        ("lt", "Laisvos darbo vietos", "karjera", ("Audėjas", "Buhalteris", "Sandėlininkas")),
        ("uk", "Вакансії", "vakansii", ("Ткач", "Бухгалтер", "Комірник")),
    ],
)  # fmt: skip
def test_a_list_of_jobs_in_many_languages(lang: str, heading: str, folder: str, titles: tuple[str, ...]) -> None:
    url = f"https://www.brightloom.example/{folder}/"
    rows = [
        Anchor(f"{url}{n}a{n}/", title, title, f"{title} 12.03.2027", "main", "a<div.item<main", f"g2 {heading}")
        for n, title in enumerate(titles)
    ]
    about = menu("https://www.brightloom.example/about/", "About us")
    read = PageRead(url, url, 200, f"{heading} - Brightloom", "", (about, *rows), (heading,), {"lang": lang})

    assert jobs(read) == [one.url for one in rows]


def test_like_rows_in_an_unknown_language_are_looked_at() -> None:
    url = "https://www.brightloom.example/asa/"
    titles = ("Mpanenona", "Mpitahiry kaonty", "Mpiandry trano")
    rows = [
        Anchor(
            f"{url}{folded(title)}/",
            title,
            title,
            f"{title} Antsirabe",
            "main",
            "a<div.item<main",
            "g2 Asa misokatra",
        )
        for title in titles
    ]
    read = PageRead(url, url, 200, "Asa - Brightloom", "", tuple(rows), ("Asa misokatra",), {"lang": "mg"})

    assert [link.is_job for link in judge(read)] == [None] * 3


# ---- where lists stand


def test_a_list_in_a_menu_within_the_text_is_one() -> None:
    rows = [
        row(f"{LIST}{folded(title)}/", title, region="nav", shape="a<li<ul<nav.list<section<main")
        for title in TITLES
    ]

    assert jobs(page(*rows)) == [one.url for one in rows]


def test_a_menu_of_the_site_is_none() -> None:
    rows = [
        row(f"{LIST}{folded(title)}/", title, "", region="nav", shape="a<li<ul<nav.main-menu<header")
        for title in TITLES
    ]

    assert jobs(page(*rows)) == []


def test_rows_that_open_on_the_page_itself_are_jobs_by_their_fragments() -> None:
    rows = [row(f"{LIST}#item-{9570 + n}", title) for n, title in enumerate(TITLES)]

    assert jobs(page(*rows)) == [one.url for one in rows]


def test_folded_parts_without_a_name_stay_unsure() -> None:
    rows = [row(f"{LIST}#collapse{n}", title) for n, title in enumerate(TITLES)]

    assert [link.is_job for link in judge(page(*rows))] == [None] * 3


def test_questions_that_open_on_the_page_itself_are_none() -> None:
    rows = [
        row(f"{LIST}#faq-{100 + n}", f"How do I become a {title}?", "Questions") for n, title in enumerate(TITLES)
    ]

    assert jobs(page(*rows)) == []


# ---- addresses


def test_a_bare_number_that_is_searched_for_is_a_post() -> None:
    rows = [row(f"{LIST}details?query={7000 + n}", title) for n, title in enumerate(TITLES)]

    assert jobs(page(*rows)) == [one.url for one in rows]


@pytest.mark.parametrize(
    "text", ["Up to 2 PhD positions in Logic", "Five doctoral positions", "2 Stellen im Labor"]
)
def test_a_title_in_the_plural_is_a_title(text: str) -> None:
    post = row(f"{LIST}{7000}-x/", text)

    assert only(page(post), post.url).score > 0.9


def test_press_and_event_may_begin_a_title() -> None:
    rows = [
        row(f"{LIST}{name}", name.replace("-", " ").title())
        for name in ("event-manager", "press-officer", "news-editor")
    ]

    assert jobs(page(*rows)) == [one.url for one in rows]


# ---- lists of something else


@pytest.mark.parametrize(
    "texts",
    [
        ("Menu midi à 9,90 €", "Deux pizzas achetées, une offerte", "Carte de fidélité"),
        ("Double room with a view", "Family room", "Single room"),
        ("Stipendien für Weber", "Research scholarships", "Dorothea Bleek Scholarship"),
    ],
)
def test_offers_rooms_and_scholarships_are_no_jobs(texts: tuple[str, ...]) -> None:
    url = "https://www.brightloom.example/offres/"
    rows = [row(f"{url}{folded(text)}/", text, "Nos offres") for text in texts]

    assert jobs(page(*rows, url=url)) == []


@pytest.mark.parametrize(
    ("price", "is_sure"),
    [("349,00 €", False), ("from £95 per night", False), ("£26,000", True), ("14,50 € pro Stunde", True)],
)
def test_a_list_whose_rows_show_prices_is_left_to_the_pages_behind_it(price: str, is_sure: bool) -> None:
    rows = [
        row(f"https://www.brightloom.example/jobs/{folded(title)}-{n}/", title, context=f"{title} {price}")
        for n, title in enumerate(TITLES, 4101)
    ]
    found = judge(page(*rows))

    assert {link.is_job for link in found} == {True if is_sure else None}


@pytest.mark.parametrize(
    ("title", "url", "heading"),
    [
        ("The Night Manager", "https://www.millgate.example/shows/the-night-manager-4411", "What's on"),
        ("Facteur", "https://www.refuge.example/chiens/1202-facteur", "Chiens à adopter"),
        ("Research Assistant Travel Grant", "https://www.uni.example/funding/1050", "Funding"),
        ("Architect services for a school", "https://www.town.example/calls/88121", "Opportunities to tender"),
        ("Tragwerksplaner Schule", "https://www.stadt.example/ausschreibungen/114", "Öffentliche Ausschreibungen"),
    ],
)
def test_what_a_page_that_speaks_of_no_jobs_shows_is_not_sure_to_be_one(
    title: str, url: str, heading: str
) -> None:
    rows = [
        row(url, title, heading),
        row(f"{url}2", f"{title} II", heading),
        row(f"{url}3", "Winter salt", heading),
    ]
    read = replace(page(*rows, url=url.rpartition("/")[0]), title=heading, headings=(heading,))

    assert [link for link in judge(read) if link.is_job] == []


def test_a_list_of_which_some_are_parts_of_the_careers_site_is_a_menu() -> None:
    parts = ("Verwaltung und Technik", "Ärztinnen und Ärzte", "Benefits", "So bewerben")
    rows = [row(f"{LIST}{folded(text)}/", text) for text in parts]
    posts = [row(f"{LIST}{folded(text)}/", text) for text in TITLES]

    assert jobs(page(*rows)) == []
    assert jobs(page(*posts)) == [one.url for one in posts]


@each_row(
    ("text", "path"),
    [
        ("Nursing jobs", "jobs/nursing"),
        ("Teaching assistant jobs", "jobs/teaching-assistant"),
        ("Jobs in Leeds", "jobs/leeds"),
        ("Emplois Lyon", "emplois/lyon"),
        ("Stellenangebote Koch (12)", "stellenangebote/koch"),
        ("Lediga jobb Malmö", "lediga-jobb/malmo"),
    ],
)
def test_filters_of_a_board_are_no_posts(text: str, path: str) -> None:
    board = "https://www.jobnest.example/"
    posts = [row(f"{board}jobs/{folded(title)}-{n}", title) for n, title in enumerate(TITLES, 4101)]
    read = page(*posts, row(f"{board}{path}", text, "Browse"), url=f"{board}jobs")

    assert jobs(read) == [one.url for one in posts]


@each_row(
    ("path", "text"),
    [
        ("career-advice/software-engineer-salary-20312", "Software engineer salary"),
        ("conseils-carriere/devenir-infirmier-811", "Devenir infirmier"),
        ("karriere-ratgeber/gehalt-koch-4411", "Gehalt als Koch"),
        ("acme/vacancies/help/12", "Applicant help"),
        ("stellen/acme/konto/neu-4411", "Konto anlegen"),
        ("jobs/alerts/new/7781", "Weaver"),
    ],
)
def test_advice_and_accounts_of_a_board_that_is_not_known_are_no_posts(path: str, text: str) -> None:
    assert jobs(page(row(f"https://www.jobnest.example/{path}", text))) == []


def test_the_departments_of_a_board_are_no_posts() -> None:
    rows = [
        row(f"https://jobs.weaverhire.example/acme/departments/441{n}", text)
        for n, text in enumerate(("Warehouse", "Office"), 21)
    ]

    assert jobs(page(*rows, url="https://jobs.weaverhire.example/acme")) == []


def test_a_department_of_a_board_may_be_called_like_help() -> None:
    url = "https://www.jobnest.example/jobs/support/4411-support-engineer"

    assert jobs(page(row(url, "Support Engineer"))) == [url]


def test_what_a_page_shows_that_says_that_nothing_is_open_is_for_the_pages_behind_it() -> None:
    rows = [row(f"{LIST}{folded(text)}/", text) for text in ("Data Analyst", "Payroll Specialist")]
    read = replace(page(*rows), text="There are no open positions at the moment.")
    profile = replace(read, text="If no open position fits your profile, write to us.")

    assert {link.is_job for link in judged(read, LIST).links} == {None}
    assert judged(read, LIST).status == "none"
    assert {link.is_job for link in judged(profile, LIST).links} == {True}
