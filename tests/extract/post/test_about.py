"""What a page is about: pages that have parts of a post, and are of treatments, permits, forms, stories, notices."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from jpt.extract.finding import NoJob, read_post
from jpt.extract.links.entries import is_general_application
from jpt.extract.links.roles import has_role
from jpt.extract.post import job_post
from jpt.extract.post.facts import stated_facts
from jpt.models.jobs import Finding
from jpt.models.pages import Anchor, PageRead
from tests.table import each_row

HOME = "https://www.brightloom.example"
FILLER = "It has been done here in this way for many years, and they say that it will stay so."


def read(path: str, heading: str, *lines: str, heads: tuple[str, ...] = (), **more: Any) -> PageRead:
    """A page of our site; *heads* are those of its lines that are headings, besides the first."""
    url = f"{HOME}{path}"
    text = "\n".join((heading, *lines))
    given = {"title": f"{heading} | Brightloom", "headings": (heading, *heads), **more}
    return PageRead(url=url, final_url=url, http_status=200, text=text, **given)


def sections(*heads: str) -> tuple[str, ...]:
    return tuple(line for head in heads for line in (head, FILLER, FILLER, FILLER))


def test_a_title_of_no_known_occupation_with_needs_and_a_way_to_apply_is_a_post_when_its_link_says_it() -> None:
    page = read("/mill/cartographer", "Cartographer", *sections("Requirements"), heads=("Requirements",),
                controls=("Apply now",))  # fmt: skip

    assert job_post(page, "Cartographer").is_job


def test_what_an_employer_offers_makes_a_post_of_requirements() -> None:
    heads = ("Requirements", "What we offer")

    assert job_post(read("/mill/cartographer", "Cartographer", *sections(*heads), heads=heads)).is_job


def test_below_the_jobs_of_a_site_requirements_are_those_of_a_job() -> None:
    heads = ("Requirements", "Salary")

    assert job_post(read("/mill/jobs/cartographer", "Cartographer", *sections(*heads), heads=heads)).is_job


@pytest.mark.parametrize("title", ["Nosotros", "Über uns", "About us"])
def test_what_a_company_says_of_itself_is_no_post(title: str) -> None:
    heads = ("Experience", "What we offer")
    page = read("/nosotros", title, *sections(*heads), "Buscamos siempre lo mejor.", heads=heads)

    assert not job_post(page).is_job


@pytest.mark.parametrize("before", ["Cookie settings", "Privacy policy", "About us"])
def test_a_heading_before_the_title_does_not_say_what_the_page_is(before: str) -> None:
    heads = ("Luthier", "Requirements", "What we offer")
    page = read("/mill/luthier", before, *sections(*heads), heads=heads, title="Luthier | Brightloom")

    assert job_post(page, "Luthier").is_job


PERMIT = ("Eligibility criteria", "Purpose", "How to apply")


def test_a_permit_is_applied_for_and_is_no_post() -> None:
    page = read("/services/loom-permit", "Permit for a loom", *sections(*PERMIT), heads=PERMIT)

    assert job_post(page).reason == "no requirements, no duties and no way to apply on the page"


@pytest.mark.parametrize("title", ["Weaving Technician", "Weaver (m/w/d)"])
def test_the_same_parts_below_the_title_of_a_job_are_a_post(title: str) -> None:
    page = read("/services/loom-permit", title, *sections(*PERMIT), heads=PERMIT)

    assert job_post(page).is_job


@pytest.mark.parametrize("title", ["Cartographer", "Luthier", "Kartografin"])
def test_whoever_asks_offers_and_takes_applications_has_a_job_whatever_it_is_called(title: str) -> None:
    heads = ("Requirements", "What we offer")
    page = read("/looms/a-title", title, *sections(*heads), "Apply now", heads=heads)

    assert job_post(page).is_job


@pytest.mark.parametrize(("link", "is_job"), [("Luthier", True), ("More", False)])
def test_a_button_to_apply_is_that_of_a_job_where_a_list_announced_the_title(link: str, is_job: bool) -> None:
    page = read(
        "/looms/a-title",
        "Luthier",
        *sections("Requirements"),
        "Apply now",
        heads=("Requirements",),
        controls=("Apply now",),
    )

    assert job_post(page, link).is_job is is_job


def test_the_same_parts_with_duties_are_a_post() -> None:
    heads = ("Eligibility criteria", "Your responsibilities", "How to apply")

    assert job_post(read("/services/loom-77", "Looms of the north", *sections(*heads), heads=heads)).is_job


def test_a_treatment_has_ideal_candidates_and_benefits_and_is_no_post() -> None:
    heads = ("Ideal candidates for drops", "Benefits of drops", "What to expect")
    experience = "Our team has more than 20 years of experience with drops."

    assert not job_post(read("/drops", "Drops", *sections(*heads), experience, heads=heads)).is_job


def test_a_company_has_a_mission_and_speaks_to_its_customers() -> None:
    heads = ("Missions", "Nos expertises", "Nos clients")
    said = "Vous êtes une entreprise et vous avez un projet de tissage que nous mènerons avec vous jusqu'au bout."
    page = read(
        "/offre-refonte", "Un nouveau métier à tisser", *sections(*heads), said, heads=heads, meta={"lang": "fr"}
    )

    assert not job_post(page).is_job


def test_a_french_post_has_missions_and_a_profile() -> None:
    heads = ("Missions", "Profil recherché")
    said = "Vous avez une première expérience et vous êtes rigoureux ; nous vous attendons à l'atelier de tissage."
    page = read(
        "/offre-tissage", "Aide de l'atelier", *sections(*heads), said, heads=heads, controls=("Postuler",)
    )

    assert job_post(page).is_job


@pytest.mark.parametrize(
    "said",
    [
        "You have a question",
        "You have the right to:",
        "You have successfully subscribed",
        "Vous êtes désormais abonné(e)",
        "What do you mean by looms?",
    ],
)
def test_words_to_the_reader_are_no_requirements(said: str) -> None:
    page = read(
        "/projects/looms", "Looms for schools", said, *sections("Mission", "Partners"), heads=("Mission", said)
    )

    assert not job_post(page).is_job


@pytest.mark.parametrize(
    "title", ["応募フォーム【中途】", "Application form", "Thank you for applying", "Bewerbungsformular"]
)
def test_a_form_and_thanks_for_it_are_no_posts(title: str) -> None:
    page = read("/jobs/apply_4711.html", title, "Name", "E-mail", "CV", "エントリー", "Apply now", FILLER * 5)

    assert not job_post(page).is_job


def test_a_post_with_its_form_below_is_one() -> None:
    heads = ("Requirements", "What you will do", "Application form")
    page = read("/jobs/weaver-4711", "Weaver", *sections(*heads), "First name", "Last name", "E-mail", heads=heads)

    assert job_post(page).is_job


@pytest.mark.parametrize("title", ["先輩社員インタビュー", "開発者インタビュー", "How to hire the best weavers"])
def test_an_interview_or_an_article_is_no_post(title: str) -> None:
    heads = ("Responsibilities of weavers", "Key skills of a weaver")
    page = read("/blog/weavers", title, *sections(*heads), "We are hiring now.", heads=heads)

    assert not job_post(page).is_job


def test_an_article_is_told_by_its_first_heading_where_another_names_a_job() -> None:
    heads = ("Understanding the role of a weaver", "Key skills of a weaver", "Responsibilities")
    page = read("/blogs/hire-weavers", "How to find the best weavers", *sections(*heads), heads=heads)

    assert not job_post(page).is_job


@pytest.mark.parametrize(
    "title", ["Privacy Policy", "Datenschutzerklärung", "Terms of use", "プライバシーポリシー"]
)
def test_a_notice_is_no_post(title: str) -> None:
    heads = ("Legal requirements", "Cookie management", "Your responsibilities")

    assert job_post(read("/jobs/4711", title, *sections(*heads), heads=heads)).reason == "a notice, not a post"


@pytest.mark.parametrize("title", ["Privacy Counsel", "Data Protection Officer", "Cookie Baker"])
def test_who_works_on_notices_has_a_job(title: str) -> None:
    heads = ("Requirements", "Your responsibilities")

    assert job_post(read("/jobs/4711", title, *sections(*heads), heads=heads)).is_job


def declared(*titles: str) -> tuple[str, ...]:
    return tuple(
        json.dumps({"@context": "https://schema.org", "@type": "JobPosting", "title": one}) for one in titles
    )


def test_a_list_that_declares_all_its_jobs_is_none_of_them() -> None:
    heads = ("Weaver", "Dyer", "Spinner")
    page = read("/jobs/", "What we do", *sections(*heads), heads=heads, json_ld=declared(*heads))

    assert not job_post(page).is_job


def test_a_post_that_declares_others_beside_it_is_one() -> None:
    page = read(
        "/jobs/weaver-1", "Weaver", *sections("Requirements"), json_ld=declared("Weaver", "Dyer", "Spinner")
    )

    assert job_post(page).is_job


def test_an_invitation_declared_as_a_job_makes_no_post_of_a_list() -> None:
    one = sections("Requirements", "Responsibilities")
    page = read("/careers/", "Current openings", *one, *one, json_ld=declared("Join Brightloom"))

    assert not job_post(page).is_job


def test_a_declared_job_at_the_address_of_a_list_is_one() -> None:
    page = read("/careers/", "Weaver", *sections("Requirements"), json_ld=declared("Weaver"))

    assert job_post(page).is_job


def test_two_jobs_one_below_the_other_at_the_address_of_a_list_are_no_post() -> None:
    one = sections("Requirements", "Responsibilities")
    page = read("/vacancies/", "Work at the mill", "Weaver", *one, "Dyer", *one, heads=("Weaver", "Dyer"))

    assert job_post(page).reason == "several jobs on one page"


def test_a_post_whose_parts_stand_there_twice_is_one() -> None:
    one = sections("Requirements", "Responsibilities")

    assert job_post(read("/vacancies/weaver-77", "Weaver", *one, *one, heads=("Weaver",))).is_job


def test_a_page_of_products_with_sections_is_no_post_in_any_language() -> None:
    heads = ("Ремонт", "Гарантія", "Ціни")
    said = "Ми ремонтуємо ткацькі верстати швидко та якісно, звертайтеся до нас у будь-який день."
    more = Anchor(f"{HOME}/remont/2", "Далі", region="main")
    page = read("/remont/", "Ремонт верстатів", *(line for head in heads for line in (head, said, said)),
                heads=heads, anchors=(more,))  # fmt: skip

    assert not job_post(page).is_job


def test_a_post_in_a_language_that_is_hardly_known_is_told_by_its_link() -> None:
    heads = ("Mga gawain", "Ano ang dapat mong dalhin")
    said = "Araw-araw mong aalagaan ang mga habihan at tutulungan mo ang mga kasama sa pagawaan ng tela."
    page = read("/x/tagahabi", "Tagahabi", *(line for head in heads for line in (head, said, said, said)),
                heads=heads, anchors=(Anchor(f"{HOME}/form?x=tagahabi", "Ipadala", region="main"),))  # fmt: skip

    assert job_post(page, "Tagahabi").is_job
    assert not job_post(page, "Magbasa pa").is_job


def test_a_few_lines_that_ask_for_a_cv_are_a_post_in_any_language() -> None:
    page = read("/2026/tkachi", "Работници за тъкачницата", "Търговище, на смени, с жилище и храна", FILLER,
                "Автобиография се изпраща на mill@brightloom.example", FILLER, FILLER)  # fmt: skip

    assert job_post(page).is_job


@pytest.mark.parametrize("path", ["/web-design-blog/weaver", "/news/2026/weaver", "/guides/weaver"])
def test_what_stands_in_a_blog_is_an_article(path: str) -> None:
    page = read(path, "My first day as an engineer", *sections("The morning", "Key skills"), "We are hiring now.")

    assert not job_post(page).is_job


def test_a_post_that_is_told_in_full_in_a_blog_is_one() -> None:
    heads = ("Requirements", "What you will do")
    page = read("/blog/2026/engineer", "Loom Engineer", *sections(*heads), heads=heads, controls=("Apply now",))

    assert job_post(page).is_job


RECRUITER = ("Our method", "Industries", "Our offices")


def test_what_a_recruiter_offers_names_occupations_and_is_no_post() -> None:
    page = read(
        "/executive-search", "Recruitment of a plant director", *sections(*RECRUITER), FILLER * 15, heads=RECRUITER
    )

    assert not job_post(page).is_job


def test_a_long_post_with_a_way_to_apply_is_one_whatever_its_headings() -> None:
    page = read("/executive-search-director-4711", "Plant director", *sections(*RECRUITER), FILLER * 15,
                heads=RECRUITER, controls=("Apply now",))  # fmt: skip

    assert job_post(page).is_job


def test_a_home_page_is_no_post_unless_it_declares_one() -> None:
    heads = ("Our mission and your responsibilities", "Key skills of our weavers")
    home = read("/", "Engineers who weave", *sections(*heads), heads=heads)

    assert not job_post(home).is_job
    assert job_post(replace(home, json_ld=declared("Engineers who weave"))).is_job


# ---- the last day


@each_row(
    ("line", "day"),
    [
        ("Expired at: 21/02/2026", "2026-02-21"),
        ("Deadline: 31/03/2026", "2026-03-31"),
        ("Apply by: 03/31/2026", "2026-03-31"),
        ("Closing date: 12 May 2026", "2026-05-12"),
        ("Bewerbungsfrist: 5. März 2026", "2026-03-05"),
        ("Einsendeschluss: 05.03.2026", "2026-03-05"),
        ("Date limite de candidature : 1er août 2026", "2026-08-01"),
        ("Fecha límite: 3 de enero de 2026", "2026-01-03"),
        ("Scadenza: 7 luglio 2026", "2026-07-07"),
        ("Hạn cuối: 31/03/2026", "2026-03-31"),
        ("応募締切: 2026年3月31日", "2026-03-31"),
        ("Termin składania dokumentów: 9 września 2026", "2026-09-09"),
    ],
)
def test_the_last_day_is_read_as_people_write_it(line: str, day: str) -> None:
    assert stated_facts(f"Weaver\n{line}")["closing"] == day


def test_of_two_ways_to_read_a_day_none_is_shown_and_the_later_closes_a_post() -> None:
    facts = stated_facts("Weaver\nPosted on: 05/10/2026\nDeadline: 05/12/2026")
    page = read("/jobs/weaver-4711", "Weaver", "Deadline: 05/12/2026", *sections("Requirements", "Your duties"))

    assert facts.keys().isdisjoint({"posted", "closing"})
    assert isinstance(read_post(page, "", 3, date(2026, 12, 6)), Finding)
    assert isinstance(read_post(page, "", 3, date(2026, 12, 7)), NoJob)


@each_row(
    ("line", "day"),
    [
        ("Posted on: March 4, 2026", "2026-03-04"),
        ("Posted: 2026-03-04T09:00", "2026-03-04"),
        ("Veröffentlicht am: 4. März 2026", "2026-03-04"),
        ("Publiée le: 1er août 2026", "2026-08-01"),
        ("Publicado el: 13/03/2026", "2026-03-13"),
        ("Gepubliceerd: 4 mrt. 2026", "2026-03-04"),
        ("Posted: 3 days ago", None),
        ("Posted: 04/05/2026", None),
    ],
)
def test_the_day_on_which_a_post_appeared_is_read_as_people_write_it(line: str, day: str | None) -> None:
    assert stated_facts(f"Weaver\n{line}").get("posted") == day


@pytest.mark.parametrize("line", ["Deadline: soon", "Deadline: 45/45/2026", "Closing date: 12 looms 2026"])
def test_what_names_no_day_closes_nothing(line: str) -> None:
    assert stated_facts(f"Weaver\n{line}").keys().isdisjoint({"closing", "closing_at_latest"})


def test_a_post_is_over_the_day_after_its_last_one() -> None:
    page = read("/jobs/weaver-4711", "Weaver", "Expired at: 01/02/2026", *sections("Requirements", "Your duties"))

    assert read_post(page, "", 3, date(2026, 2, 3)) == NoJob("gone: it closed on 2026-02-01", gone=True)
    assert isinstance(read_post(page, "", 3, date(2026, 2, 2)), Finding)


# ---- words


@pytest.mark.parametrize("word", ["Sammelstelle", "Baustelle", "Bushaltestelle", "Schnittstelle"])
def test_places_are_no_posts(word: str) -> None:
    assert not has_role(word)


def test_an_assistants_post_names_one() -> None:
    assert has_role("Assistentenstelle")


@pytest.mark.parametrize(
    "text", ["Aplicare spontană", "Aplikacja spontaniczna", "Spontane sollicitatie", "Otvorena prijava"]
)
def test_an_application_for_nothing_is_no_vacancy(text: str) -> None:
    assert is_general_application(text)


# ---- titles


@pytest.mark.parametrize(
    ("heading", "name", "title"),
    [
        ("Sales Intern/", "Sales Intern — Brightloom Careers", "Sales Intern"),
        ("Functie: Wever van tapijten", "vacancies", "Wever van tapijten"),
        ("Wij zoeken een voorzitter voor het bestuur", "Vacature voorzitter", "voorzitter voor het bestuur"),
        ("募集要項詳細", "テクニカルアーティスト | 中途採用情報 | 採用サイト", "テクニカルアーティスト"),
    ],
)
def test_what_is_around_a_title_is_left_out(heading: str, name: str, title: str) -> None:
    assert job_post(read("/jobs/4711", heading, *sections("Requirements"), title=name)).title == title


def test_the_line_that_the_address_repeats_is_the_title_of_a_page_without_headings() -> None:
    page = read("/careers/master-baker", "Message us", "Master Baker", "Full-time", *sections("Requirements"),
                title="Brightloom", headings=())  # fmt: skip

    assert job_post(page).title == "Master Baker"


def test_a_site_that_is_called_like_the_page_names_no_company() -> None:
    name = "Тъкачи за мелницата | Brightloom"
    page = read("/2026/tkachi", "Brightloom", *sections("Изисквания"), title=name,
                meta={"og:site_name": name, "og:title": name})  # fmt: skip

    assert job_post(page).title == "Тъкачи за мелницата"
