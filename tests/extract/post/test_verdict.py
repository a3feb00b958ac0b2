"""What makes a page a post, and what does not: kinds that unseen pages were mistaken by, each both ways."""

from __future__ import annotations

import json
from typing import Any

from jpt.extract.post import job_post
from jpt.extract.post.post_signs import signs_of
from jpt.models.pages import Anchor, PageRead
from tests.table import each_row

SITE = "https://www.brightloom.example/"
PARTS = """Your tasks
You keep our looms in good order, from the first thread to the last.
Requirements
Three years of experience with shuttles and reeds.
"""
STORY = ('{"@type": "Article", "headline": "Loom"}',)


def page(path: str, name: str, text: str, *headings: str, **more: Any) -> PageRead:
    return PageRead(
        f"{SITE}{path}", f"{SITE}{path}", 200, name, "\n".join((*headings, text)), headings=headings, **more
    )


def is_post(read: PageRead) -> bool:
    return job_post(read).is_job


# ---- a post beside a list, on a list's page, several on one


OTHERS = tuple(f"{trade} Engineer" for trade in ("Loom", "Thread", "Reed", "Shuttle"))


def test_a_post_below_a_list_of_others_is_one_where_name_and_address_are_its_title() -> None:
    beside = page(
        "jobs/trafficker/",
        "Trafficker – Brightloom",
        f"Trafficker\nApply now\n{PARTS}",
        "Our jobs",
        *OTHERS,
        "Trafficker",
    )
    hub = page("jobs/engineering/", "Jobs – Brightloom", f"Trafficker\nApply now\n{PARTS}", "Our jobs", *OTHERS)

    assert (is_post(beside), is_post(hub)) == (True, False)


def test_a_careers_page_that_is_one_whole_post_is_one() -> None:
    whole = f"Opis stanowiska\nPilnowanie krosien.\nWymagania\nDoświadczenie.\n{PARTS}Apply now"

    assert is_post(page("kariera.html", "Kariera | Brightloom", whole, "Kariera", "Technolog-Kosztorysant"))
    assert not is_post(
        page("kariera.html", "Kariera | Brightloom", "Pracuj z nami.\nApply now", "Kariera", "Zespół")
    )


TABLE = "募集職種\t{}\n仕事内容\t織機の手入れ\n応募要件\t経験三年\n勤務地\t本社\n給与\t相談の上\n応募する\n"


def test_tables_of_several_jobs_are_a_list_and_one_is_a_post() -> None:
    name = "経験者採用情報｜織機のブライトルーム"
    one = page("recruit/weaver.html", name, TABLE.format("織機エンジニア"), "経験者採用")
    three = page("recruit/career.html", name, "".join(map(TABLE.format, ("営業", "設計", "購買"))))

    assert (is_post(one), is_post(three)) == (True, False)


def test_positions_that_may_become_vacant_are_a_list() -> None:
    text = "We are searching for you. Write to us at any time, and say what you would like to weave."
    several = ("Other open positions", "Thesis Students", "Lab Manager")

    assert not is_post(page("positions/other.html", "Loom Lab", text, *several))
    assert is_post(page("positions/lab.html", "Lab Manager – Loom Lab", f"{text}\n{PARTS}", "Lab Manager"))


# ---- what an article is, and a notice


def test_who_publishes_adverts_as_articles_has_jobs_all_the_same() -> None:
    text = "Ми пропонуємо:\n" + "Працюйте з нами біля верстатів, і вони працюватимуть для вас. " * 30
    advert = page(
        "vacancy/operacijnij-marketolog/", "Операційний маркетолог", text, "Операційний маркетолог", json_ld=STORY
    )
    essay = page(
        "blog/operacijnij-marketolog/", "Операційний маркетолог", text, "Операційний маркетолог", json_ld=STORY
    )

    assert (is_post(advert), is_post(essay)) == (True, False)


def test_an_article_that_is_called_a_search_for_staff_is_a_post() -> None:
    text = "BẢN MÔ TẢ CÔNG VIỆC\nQuản lý bán hàng\nYêu cầu\nKinh nghiệm 2 năm.\n" + "Làm việc với chúng tôi. " * 90
    post, essay = "Tuyển dụng nhân viên kinh doanh", "Nhân viên kinh doanh"

    assert is_post(page("4-tuyen-dung/", post, text, post, json_ld=STORY))
    assert not is_post(page("4-kinh-doanh/", essay, text, essay, json_ld=STORY))


def test_who_sells_the_search_for_staff_has_no_job() -> None:
    text = "Nous trouvons les dirigeants de votre usine, et vous restez au métier à tisser.\n" * 20
    heads = ("Recrutement d'un directeur général", "Executive Search", "Notre méthode")

    assert not is_post(page("recrutement-directeur-general.html", heads[0], text, *heads))


@each_row("name", ["お知らせ一覧", "Latest news", "Actualités", "Newsroom"])
def test_a_list_of_news_is_no_post_though_it_tells_of_vacancies(name: str) -> None:
    text = f"We are looking for weavers.\n{PARTS}Apply now"

    assert not is_post(page("info/index-9TH.html", f"{name} - Brightloom", text, name))


# ---- professions


GUIDE = "A day in the life", "How to become one", "Job outlook"
LIFE = "You will check the looms at six, walk the mill with the shift, and drink tea at noon.\n" * 8


def test_a_guide_to_a_profession_is_no_post() -> None:
    assert not is_post(page("careers/loom-engineer.html", "Loom Engineer", LIFE, "Loom Engineer", *GUIDE))


def test_a_post_that_tells_of_the_career_path_is_one() -> None:
    text = f"{LIFE}{PARTS}Apply now"

    assert is_post(page("careers/loom-engineer.html", "Loom Engineer", text, "Loom Engineer", *GUIDE))


def test_headings_that_ask_and_flatter_are_no_parts_of_a_post() -> None:
    heads = (
        "Digital Nomads",
        "Why you should become a Digital Nomad!",
        "What are your favourable places for exploring?",
    )

    assert not is_post(page("about/nomads", "Digital Nomads", "A desk by the sea for a day or a month.", *heads))


# ---- declared jobs, and doubt


DECLARED = (json.dumps({"@type": "JobPosting", "title": "Loom Technician", "description": PARTS}),)


def test_a_declared_job_that_its_list_does_not_show_makes_no_post_of_it() -> None:
    text = "No matching positions found.\nSubmit your resume"
    empty = page("pages/jobs", "Current Job Openings", text, "Current Job Openings", json_ld=DECLARED)
    shown = page(
        "pages/jobs", "Current Job Openings", f"Loom Technician\n{PARTS}", "Current Job Openings", json_ld=DECLARED
    )

    assert (is_post(empty), is_post(shown)) == (False, True)


def test_where_nothing_speaks_for_or_against_a_page_at_a_jobs_address_it_stays() -> None:
    text = "We believe in threads. You would spin them with us, day by day, and see where they lead.\n" * 12
    link = (Anchor(f"{SITE}apply?job=cloth-person", "Apply", region="main"),)
    there = page(
        "careers/cloth-person-48213", "Cloth Person | Brightloom", f"{text}Apply", "Cloth Person", anchors=link
    )
    elsewhere = page("about/cloth", "Cloth Person | Brightloom", f"{text}Apply", "Cloth Person", anchors=link)

    assert (is_post(there), is_post(elsewhere)) == (True, False)


def test_adverts_in_azerbaijani_are_read() -> None:
    text = "Vəzifə öhdəlikləri\nDəzgahlara baxmaq;\nVəzifəyə olan tələblər\nÜç il iş stajı;\nMüraciət et"

    assert is_post(page("vacancy-detail.html", "Vacancy", text, "Toxucu"))


# ---- what is over, in marks and small lines


MENU = "\n".join(f"Menu entry {number}" for number in range(40))


@each_row(
    "title",
    ["[Hired] Loom Engineer", "Loom Engineer (filled)", "CLOSED - Loom Engineer", "【募集終了】織機エンジニア"],
)
def test_a_title_that_is_marked_as_over_is_that_of_a_closed_post(title: str) -> None:
    read = job_post(page("jobs/loom-engineer", f"{title} | Brightloom", f"{PARTS}Apply now", title))

    assert (read.is_job, read.gone) == (False, True)


@each_row(
    "title",
    ["Engineer (Closed Loop Control)", "Closed-Loop Engineer", "Order Filled Clerk", "Hired Car Fleet Manager"],
)
def test_such_a_word_within_a_title_is_no_mark(title: str) -> None:
    assert is_post(page("jobs/loom-engineer", f"{title} | Brightloom", f"{PARTS}Apply now", title))


@each_row("words", ["Job Expired", "This job has expired!", "The position is filled", "Suspended", "暂停招聘"])
def test_a_line_below_the_title_that_says_so_closes_a_post_however_long_the_menu_is(words: str) -> None:
    text = f"{MENU}\nLoom Engineer\nMill Street 4\n{words}\n{PARTS}Apply now"
    read = job_post(page("jobs/loom-engineer", "Loom Engineer – Brightloom", text))

    assert (read.is_job, read.gone) == (False, True)


def test_what_stands_far_below_the_title_says_nothing_of_it() -> None:
    text = f"Loom Engineer\n{PARTS}Apply now\n{MENU}\nThread Engineer\nJob Expired"

    assert is_post(page("jobs/loom-engineer", "Loom Engineer – Brightloom", text))


# ---- menus of two lines an entry


def test_what_stands_in_a_menu_on_two_lines_is_no_part_of_a_post() -> None:
    entries = (("募集要項", "ENTRY"), ("仕事内容", "WORK"), ("応募資格", "REQUIREMENT"))
    anchors = tuple(Anchor(f"{SITE}recruit/{two.lower()}", f"{one} {two}") for one, two in entries)
    menu = "\n\n".join("\n".join(entry) for entry in entries)
    told = "自分の可能性を試したいと思った。"

    assert not signs_of(page("recruit/05/", "村井", "", anchors=anchors), f"{menu}\n{told}").parts
    assert set(signs_of(page("recruit/05/", "村井", ""), f"{menu}\n{told}").parts) >= {"duties", "needs"}


@each_row(
    "name",
    ["FAQ", "よくある質問", "採用ブログ", "MESSAGE採用担当者メッセージ", "Reasons to join us", "Häufige Fragen"],
)
def test_a_page_that_answers_questions_or_tells_of_the_company_is_no_post(name: str) -> None:
    assert not is_post(page("recruit/more/", f"{name} | Brightloom", f"{PARTS}Apply now", name))


def test_a_post_in_traditional_characters_is_read() -> None:
    text = "工作職責\n負責維護織機；\n工作要求\n三年以上織機經驗；\n善於溝通；"

    assert is_post(page("careers/g10001/", "織機工程師 | 公司", text, "G10001-織機工程師"))


def test_a_long_text_below_an_occupation_at_a_jobs_address_is_a_post_in_any_words() -> None:
    told = (
        "The mill stands by the river and hums from morning to night; its threads go out to all the world. " * 10
    )
    post = page("jobs/loom-engineer", "Loom Engineer – Brightloom", told, "Loom Engineer")
    elsewhere = page("history/loom-engineer", "Loom Engineer – Brightloom", told, "Loom Engineer")
    short = page("jobs/loom-engineer", "Loom Engineer – Brightloom", told[:200], "Loom Engineer")

    assert (is_post(post), is_post(elsewhere), is_post(short)) == (True, False, False)
