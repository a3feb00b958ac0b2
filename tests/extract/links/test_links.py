"""Job links told from all others, and the total that a list advertises."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from jpt.extract.links import advertised_total, career_pages, is_home, judge, judge_url
from jpt.extract.listing import judged
from jpt.models.pages import Anchor, Link, PageRead
from tests.table import each_row

LIST = "https://www.brightloom.example/careers/"
TITLES = ("Software Engineer", "Data Analyst", "Office Manager", "Payroll Specialist")


def page(*anchors: Anchor, url: str = LIST) -> PageRead:
    return PageRead(
        url=url, final_url=url, http_status=200, title="Careers at Brightloom", text="", anchors=anchors
    )


def row(url: str, text: str, section: str = "Open positions", **more: Any) -> Anchor:
    """A link in a row of a list of several."""
    place = Anchor(url, text, heading=section, region="main", shape="a<li.row<ul.list<main", group=f"g7 {section}")
    return replace(place, **more)


def menu(url: str, text: str) -> Anchor:
    return Anchor(url, text, region="nav", shape="a<li<ul<nav", group="g1 ")


def jobs(read: PageRead) -> list[str]:
    """Addresses that count as jobs: those sure to be, and the better half of those in doubt."""
    return [link.url for link in judge(read) if link.is_job is not False and link.score >= 0.5]


def only(read: PageRead, url: str) -> Link:
    return next(link for link in judge(read) if link.url == url)


def slug(title: str) -> str:
    return title.lower().replace(" ", "-")


def a_list(folder: str = LIST, titles: tuple[str, ...] = TITLES) -> list[Anchor]:
    return [row(f"{folder}{slug(title)}/", title) for title in titles]


# ---- job links


def test_slugs_below_the_list_are_jobs() -> None:
    read = page(menu("https://www.brightloom.example/about/", "About us"), *a_list())

    assert jobs(read) == [anchor.url for anchor in a_list()]


@each_row(
    "url",
    [
        "https://boards.greenhouse.io/brightloom/jobs/4012345007",
        "https://job-boards.eu.greenhouse.io/brightloom/jobs/4712345101?gh_jid=4712345101",
        "https://www.brightloom.example/jobs/search?gh_jid=8012345",
        "https://jobs.lever.co/brightloom/0e6a5b0c-7a15-4f3c-9d3e-1f2a3b4c5d6e",
        "https://jobs.ashbyhq.com/Bright%20Loom/0e6a5b0c-7a15-4f3c-9d3e-1f2a3b4c5d6e",
        "https://brightloom.wd5.myworkdayjobs.com/en-US/Ext/job/Oslo/Data-Analyst_R-10442-1",
        "https://jobs.smartrecruiters.com/Brightloom/743999712345678-data-analyst",
        "https://careers-brightloom.icims.com/jobs/1708/data-analyst/job?in_iframe=1",
        "https://abcd.fa.em2.oraclecloud.com/hcmUI/CandidateExperience/en/sites/CX_1/job/7237",
        "https://apply.workable.com/brightloom/j/83183A94A5/",
        "https://brightloom.recruitee.com/o/data-analyst",
        "https://brightloom.jobs.personio.de/job/248320",
        "https://brightloom.teamtailor.com/jobs/732346-data-analyst",
        "https://brightloom.bamboohr.com/careers/220",
        "https://brightloom.breezy.hr/p/84b69de5c446-data-analyst",
        "https://brightloom.avature.net/careers/JobDetail/Data-Analyst/17055",
        "https://brightloom.applytojob.com/apply/2Vprcs/Data-Analyst",
        "https://brightloom.pinpointhq.com/en/postings/0e6a5b0c-7a15-4f3c-9d3e-1f2a3b4c5d6e",
        "https://ats.rippling.com/brightloom/jobs/0e6a5b0c-7a15-4f3c-9d3e-1f2a3b4c5d6e",
        "https://www.linkedin.com/jobs/view/3820780951",
    ],
)
def test_a_post_on_a_known_platform_is_a_job_whatever_its_text(url: str) -> None:
    assert jobs(page(row(url, "Learn more", section=""))) == [url]


@each_row(
    "url",
    [
        "https://jobs.lever.co/brightloom?department=Sales",
        "https://jobs.ashbyhq.com/brightloom/form/talent-community",
        "https://careers-brightloom.icims.com/jobs/login",
        "https://careers-brightloom.icims.com/jobs/search?pr=1",
        "https://brightloom.avature.net/careers/SendToAFriend?id=17055",
        "https://brightloom.avature.net/careers/SearchJobs",
        "https://abcd.fa.em2.oraclecloud.com/hcmUI/CandidateExperience/en/sites/CX/requisitions?keyword=sales",
        "https://boards.greenhouse.io/brightloom",
        "https://www.linkedin.com/company/brightloom",
    ],
)
def test_any_other_page_of_a_known_platform_is_none(url: str) -> None:
    assert jobs(page(row(url, "Sales Manager"))) == []


@each_row(
    "address",
    [
        "jobs/search?jobId=JR10442",
        "de?id=96041e",
        "de?id=0e6a5b0c-7a15-4f3c-9d3e-1f2a3b4c5d6e",
        "ausschreibung.html?jobID=2d3f5124aa",
        "careers/?ashby_jid=0e6a5b0c-7a15-4f3c-9d3e-1f2a3b4c5d6e",
        "Vacancies/VacancyInformation.aspx?VacancyNo=30084",
    ],
)
def test_an_id_in_the_query_makes_a_job_of_a_titled_link(address: str) -> None:
    url = f"https://www.brightloom.example/{address}"

    assert jobs(page(row(url, "Data Analyst"))) == [url]


@pytest.mark.parametrize("fragment", ["#/job/details/42", "#!/job/v6066910", "#jobDetails=704679_5016"])
def test_a_route_in_the_fragment_is_an_address_of_its_own(fragment: str) -> None:
    url = f"https://brightloom.livevacancies.example/{fragment}"

    assert jobs(page(row(url, "Warehouse Operative Manager"))) == [url]


def test_fragments_that_name_items_of_another_page_are_kept() -> None:
    urls = [f"https://corp.brightloom.example/en/jobs/#{name}" for name in ("php-engineer", "office-manager")]
    read = page(row(urls[0], "PHP Engineer"), row(urls[1], "Office Manager"))

    assert [link.url for link in judge(read)] == urls


@each_row(
    ("folder", "title"),
    [
        ("https://www.brightloom.example/stellenangebote/", "Sachbearbeiter Einkauf (m/w/d)"),
        ("https://www.brightloom.example/fr/emploi/lyon/", "Ingénieur qualité H/F"),
        ("https://www.brightloom.example/vacatures/", "Medewerker klantenservice"),
        ("https://www.brightloom.example/ledige-stillinger/", "Prosjektleder bygg"),
        ("https://www.brightloom.example/lediga-jobb/", "Systemutvecklare"),
        ("https://www.brightloom.example/vagas/", "Analista de dados"),
        ("https://www.brightloom.example/empleo/", "Ingeniero de datos"),
        ("https://www.brightloom.example/lavora-con-noi/", "Addetto alle vendite"),
        ("https://www.brightloom.example/kariera/", "Inżynier oprogramowania"),
        ("https://www.brightloom.example/jobs/", "バックエンドエンジニア"),
        ("https://www.brightloom.example/jobs/", "数据分析师"),
    ],
)
def test_job_words_of_many_languages_are_known(folder: str, title: str) -> None:
    url = f"{folder}post-one"

    assert jobs(page(row(url, title))) == [url]


def test_a_title_at_the_root_of_the_site_is_a_job_beside_its_siblings() -> None:
    anchors = a_list(
        "https://www.brightloom.example/", ("Marketing Manager (m/w/d)", "IT Support (m/w/d)", "Koch (m/w/d)")
    )

    assert jobs(page(*anchors)) == [anchor.url for anchor in anchors]


def test_titles_without_a_role_word_are_carried_by_their_siblings() -> None:
    odd = row(f"{LIST}customer-happiness/", "Customer Happiness")
    read = page(*a_list(), odd)

    assert odd.url in jobs(read)


def test_a_button_takes_its_title_from_the_heading_of_its_card() -> None:
    url = f"{LIST}devops-engineer/"
    read = page(row(url, "View & Apply", heading="DevOps Engineer"))

    assert only(read, url) == replace(only(read, url), is_job=True, text="DevOps Engineer")


def test_several_anchors_of_one_address_are_one_link_with_the_title() -> None:
    url = f"{LIST}devops-engineer/"
    read = page(row(url, ""), row(url, "DevOps Engineer"), row(url, "Read more"))

    assert [(link.url, link.text) for link in judge(read)] == [(url, "DevOps Engineer")]


def test_a_card_that_is_one_link_is_named_by_its_heading() -> None:
    url = f"{LIST}devops-engineer/"
    read = page(row(url, "DevOps Engineer Berlin, Germany Full time", heading="DevOps Engineer"))

    assert only(read, url).text == "DevOps Engineer"


@pytest.mark.parametrize(
    "url",
    [
        "https://www.brightloom.example/images/jobdescriptions/17-dot-net-developer.pdf",
        "https://www.brightloom.example/uploads/2024/stellenausschreibung_vertriebsmitarbeiter.pdf",
        "https://www.brightloom.example/vacancies/curator-of-maps.doc",
    ],
)
def test_a_document_named_as_an_advert_is_a_job(url: str) -> None:
    assert jobs(page(row(url, "Developer"))) == [url]


def test_image_links_to_adverts_are_jobs_without_any_text() -> None:
    urls = [
        f"https://www.brightloom.example/files/stellenausschreibung_{name}.pdf"
        for name in ("monteur", "systemadministrator")
    ]
    read = page(*(Anchor(url, "", shape="a<div", group="g2 ") for url in urls))

    assert jobs(read) == urls


def test_titled_short_links_of_a_board_are_jobs() -> None:
    url = "https://grnh.se/d93c23471us"

    assert jobs(page(row(url, "Planned Giving Officer"))) == [url]


def test_an_application_form_stands_for_the_job_that_has_no_other_link() -> None:
    url = "https://jobs.lever.co/brightloom/0e6a5b0c-7a15-4f3c-9d3e-1f2a3b4c5d6e/apply"

    assert jobs(page(row(url, "Apply"))) == [url]


def test_what_a_button_puts_before_the_title_is_left_out() -> None:
    url = f"{LIST}devops-engineer/"

    assert only(page(row(url, "Learn more about DevOps Engineer")), url).text == "DevOps Engineer"


def test_half_a_list_of_titles_carries_the_other_half() -> None:
    urls = [
        f"https://www.brightloom.example/{name}"
        for name in ("test-engineer", "office-admin", "process-integration")
    ]
    read = page(
        row(urls[0], "Test Engineer"), row(urls[1], "Office Administrator"), row(urls[2], "Process Integration")
    )

    assert only(read, urls[2]).score > only(page(row(urls[2], "Process Integration")), urls[2]).score


def test_documents_without_telling_text_are_jobs_where_their_rows_name_them() -> None:
    names = ("2024-11-a", "2024-12-b", "2024-13-c")
    titles = ("Wissenschaftliche*r Mitarbeiter*in", "IT-Administrator*in", "Ingenieur*in (50%)")
    urls = [f"https://www.brightloom.example/files/{name}.pdf" for name in names]
    read = page(
        *(
            row(url, "PDF", "Stellenausschreibungen", context=f"{text} PDF")
            for url, text in zip(urls, titles, strict=True)
        )
    )

    assert jobs(read) == urls
    assert only(read, urls[1]).text == "IT-Administrator*in PDF"


def test_dated_paths_below_an_invitation_are_jobs() -> None:
    urls = [
        f"https://www.brightloom.example/join-us/2019/10/29/{name}/"
        for name in ("research-assistant", "field-officer")
    ]
    read = page(
        row(urls[0], "Research Assistant"),
        row(urls[1], "Field Officer"),
        url="https://www.brightloom.example/join-us/",
    )

    assert jobs(read) == urls


def test_a_two_letter_title_with_an_id_is_no_language() -> None:
    url = "https://jobs.brightloom.example/job/Hagen-IT/793480802/"

    assert only(page(row(url, "IT")), url).is_job is not False


def test_the_search_that_led_to_a_post_does_not_make_it_a_filter() -> None:
    url = "https://www.brightloom.example/jobs/10442-data-analyst?keyword=data&page=2"

    assert jobs(page(row(url, "Data Analyst"))) == [url]


def test_a_closing_word_behind_an_id_is_no_list() -> None:
    url = "https://jobs.brightloom.example/global/jobs/19988/job?mode=job"

    assert jobs(page(row(url, "Actuarial Analyst"))) == [url]


# ---- what looks like one


def test_an_application_form_beside_its_post_is_none() -> None:
    post = "https://jobs.lever.co/brightloom/0e6a5b0c-7a15-4f3c-9d3e-1f2a3b4c5d6e"

    assert jobs(page(row(post, "Data Analyst"), row(f"{post}/apply", "Apply"))) == [post]


@each_row(
    "text",
    [
        "Developer Talent Pool",
        "Initiativbewerbung (m/w/d)",
        "Speculative application",
        "General Application: Engineering",
        "Candidature spontanée",
        "Candidatura espontánea",
        "Open sollicitatie",
        "Register your interest",
        "Job Alert",
    ],
)
def test_no_vacancy_is_behind_a_general_application(text: str) -> None:
    assert jobs(page(*a_list(), row(f"{LIST}x-1/", text))) == [anchor.url for anchor in a_list()]


@each_row(
    ("address", "text"),
    [
        ("careers/", "Careers"),
        ("careers/?department=sales", "Sales"),
        ("careers/?page=2", "2"),
        ("careers/page/2/", "Next"),
        ("careers/culture/", "Our culture"),
        ("careers/locations/", "Locations"),
        ("careers/benefits/", "Benefits"),
        ("careers/students/", "Students"),
        ("careers/open-positions/", "See all open positions"),
        ("careers/privacy-policy/", "Privacy policy for applicants"),
        ("careers/login/", "Login"),
        ("careers/job-alerts/", "Create job alert"),
        ("go/Sales-Jobs/8645302/", "Sales jobs"),
        ("careers/department/engineering/", "Engineering"),
        ("blog/a-day-in-the-life-of-a-senior-data-analyst/", "A day in the life of a Senior Data Analyst"),
        ("news/brightloom-names-new-director/", "Brightloom names new director"),
        ("role/product-manager/", "Product manager"),
        ("customers/", "Customers"),
        ("", "Brightloom"),
        ("assets/team.jpg", "Our engineers"),
    ],
)
def test_parts_of_the_site_are_none(address: str, text: str) -> None:
    url = f"https://www.brightloom.example/{address}"
    other = menu if address.startswith("role/") else row

    assert url not in jobs(page(*a_list(), other(url, text)))


@pytest.mark.parametrize(
    "url",
    [
        "https://www.facebook.com/sharer.php?u=https%3A%2F%2Fwww.brightloom.example%2Fcareers%2Fdata-analyst",
        "https://www.linkedin.com/shareArticle?url=https%3A%2F%2Fwww.brightloom.example%2Fjobs%2F42",
        "https://www.kununu.com/de/brightloom",
        "https://www.google.com/maps/search/?api=1&query=Hamburg",
    ],
)
def test_networks_and_maps_hold_no_posts(url: str) -> None:
    assert jobs(page(row(url, "Data Analyst"))) == []


def test_closed_posts_are_none() -> None:
    read = page(*a_list(), row(f"{LIST}old-engineer/", "Test Engineer", section="Closed vacancies"))

    assert jobs(read) == [anchor.url for anchor in a_list()]


def test_a_card_that_says_the_position_is_filled_is_none() -> None:
    url = f"{LIST}test-engineer/"

    assert jobs(page(row(url, "Test Engineer", context="Test Engineer This position has been filled"))) == []


def test_menus_and_footers_hold_no_jobs() -> None:
    url = "https://www.brightloom.example/solutions/product-manager/"

    assert jobs(page(menu(url, "Product Manager"), replace(menu(url, "Product Manager"), region="footer"))) == []


def test_the_list_in_another_language_is_none() -> None:
    read = page(
        row("https://www.brightloom.example/de/careers/", "Karriere auf Deutsch"),
        url="https://www.brightloom.example/en/careers/",
    )

    assert jobs(read) == []


def test_a_place_on_the_same_page_is_the_page_itself() -> None:
    read = page(row(f"{LIST}#open-positions", "Engineer positions"))

    assert [(link.url, link.is_job) for link in judge(read)] == [(LIST, False)]


def test_routes_of_a_single_page_application_are_posts() -> None:
    read = page(*(row(f"{LIST}#/job/{100 + index}", title) for index, title in enumerate(TITLES)))

    assert len(jobs(read)) == len(TITLES)


def test_where_posts_carry_ids_a_title_without_one_is_a_filter() -> None:
    folder = "https://board.example/it-jobs/"
    posts = [
        row(f"{folder}{slug(title)}-{4010 + index}", title) for index, title in enumerate([*TITLES, "QA Engineer"])
    ]
    tag = Anchor(
        f"{folder}senior-java-developer",
        "Senior Java Developer",
        shape="a<span.tag<div.tags",
        group="g9 Jobs by title",
    )

    assert jobs(page(*posts, tag, url=folder)) == [anchor.url for anchor in posts]


def test_an_application_form_with_the_id_of_a_post_is_none() -> None:
    post = "https://rec.brightloom.example/VacancyInformation.aspx?VId=3004"

    assert jobs(
        page(row(post, "Audit Senior"), row("https://rec.brightloom.example/Apply.aspx?VId=3004", "Apply"))
    ) == [post]


def test_beside_a_folder_of_openings_other_folders_hold_none() -> None:
    opening = row(f"{LIST}open-positions/data-analyst/", "Data Analyst", section="Careers")
    story = row(f"{LIST}apprentice/apprentice-program/", "Apprentice Program", section="Careers")

    assert jobs(page(opening, story)) == [opening.url]


@each_row(
    ("address", "text"),
    [
        ("company/engineering-manager-handbook", "Engineering manager handbook"),
        ("talk-to-an-expert/", "Talk to an expert"),
        ("files/guidance.doc", "Guidance notes for applicants"),
        ("platform/data-engineers/", "For data engineers"),
        ("developers/", "Developers"),
        ("2019/11/02/our-new-director/", "Our new director"),
        ("team/jane-roe/", "Jane Roe, Head of Sales"),
        ("employment/chico-jobs/117/4/2", "Chico Jobs"),
        ("jobs/san-francisco/software-engineer", "Software Engineer Jobs in San Francisco"),
    ],
)
def test_role_words_alone_make_no_job(address: str, text: str) -> None:
    assert jobs(page(row(f"https://www.brightloom.example/{address}", text, section=""))) == []


@pytest.mark.parametrize(
    "name", ["our-story", "how-we-work", "interview-guide", "employee-benefits", "flexible-working"]
)
def test_topics_of_a_careers_site_are_none(name: str) -> None:
    assert jobs(page(row(f"{LIST}{name}/", name.replace("-", " ").capitalize(), section="Why us"))) == []


def test_a_general_application_on_a_known_platform_is_none() -> None:
    assert (
        jobs(page(row("https://brightloom.recruitee.com/o/developer-talent-pool", "Developer Talent Pool"))) == []
    )


def test_a_hub_without_jobs_has_none() -> None:
    read = page(
        menu("https://www.brightloom.example/products/", "Products"),
        row("https://www.brightloom.example/careers/jobs/", "Explore open roles", section="Work with us"),
        row("https://www.brightloom.example/candidate-guidance/", "Read more", section="How we hire"),
        row("https://cdn.brightloom.example/3b74cd63.pdf", "United States", section="Privacy policies"),
    )

    assert jobs(read) == []


# ---- the verdict itself


def test_every_address_is_judged_once_in_page_order() -> None:
    anchors = [
        menu("https://www.brightloom.example/about/", "About"),
        *a_list(),
        menu("https://www.brightloom.example/about/", "About"),
    ]

    assert [link.url for link in judge(page(*anchors))] == [
        "https://www.brightloom.example/about/",
        *(a.url for a in a_list()),
    ]


def test_every_verdict_gives_reasons() -> None:
    assert all(
        link.why for link in judge(page(menu("https://www.brightloom.example/about/", "About us"), *a_list()))
    )


def test_the_address_alone_can_be_judged() -> None:
    assert judge_url("https://www.brightloom.example/jobs/10442-data-analyst").is_job is True
    assert judge_url("https://www.brightloom.example/about/").is_job is False


def test_an_address_alone_that_says_nothing_stays_in_doubt() -> None:
    assert judge_url("https://www.brightloom.example/process-integration").is_job is None


def test_a_title_helps_an_address_that_says_little() -> None:
    url = "https://www.brightloom.example/x/10442"

    assert judge_url(url, "Data Analyst (m/f/d)").score > judge_url(url).score


@hypothesis_settings(deadline=None)  # a busy machine is no fault of the rules
@given(st.text(max_size=80), st.text(max_size=80), st.text(max_size=40))
def test_no_text_or_address_is_too_odd(tail: str, text: str, heading: str) -> None:
    read = page(row(f"https://www.brightloom.example/{tail}", text, heading=heading), row(f"https://{tail}", text))

    assert all(0 <= link.score <= 1 for link in judge(read))


@pytest.mark.parametrize(
    "broken", ["https://[#", "https://[#/job/7", "http://[::1/jobs/1-baker", "https://a]b/#x"]
)
def test_an_address_that_is_none_costs_no_other_job(broken: str) -> None:
    read = page(row(broken, "Baker"), row(f"{LIST}1001-data-analyst", "Data Analyst (m/f/d)"))

    found = judged(read, read.url)

    assert [link.url for link in found.links if link.is_job] == [f"{LIST}1001-data-analyst"]


def test_thousands_of_hostile_links_are_judged_in_time() -> None:
    read = page(*(row(f"{LIST}{'a-' * 400}{index}", "(m/" * 300 + "engineer " * 50) for index in range(300)))

    assert len(judge(read)) == 300


# ---- advertised total


@each_row(
    ("text", "total"),
    [
        ("Showing 1-20 of 143 results", 143),
        ("1 – 10 of 1,204", 1204),
        ("143 open roles", 143),
        ("We have 12 open positions in 4 offices", 12),
        ("Open positions (17)", 17),
        ("27 Stellenangebote gefunden", 27),
        ("1 bis 25 von 1.310 Treffern", 1310),
        ("56 offres d'emploi", 56),
        ("89 vacatures", 89),
        ("34 vagas", 34),
        ("全128件", 128),
        ("3 jobs in Sales\n9 jobs in total", 9),
        ("We were founded in 1998 and have 400 employees.", None),
        ("3 years of experience in job coaching", None),
        ("", None),
    ],
)
def test_the_advertised_total_is_read_where_it_is_plainly_said(text: str, total: int | None) -> None:
    assert advertised_total(text) == total


# ---- the way to the list


@each_row(
    ("url", "text"),
    [
        ("https://www.brightloom.example/careers", "Careers"),
        ("https://www.brightloom.example/karriere/", "Karriere"),
        ("https://www.brightloom.example/werken-bij", "Vacatures"),
        ("https://jobs.lever.co/brightloom", "See open positions"),
        ("https://brightloom.jobs.personio.de/", "Offene Stellen"),
        ("https://www.brightloom.example/recruit/", "採用情報"),
    ],
)
def test_the_careers_page_is_found_from_the_home_page(url: str, text: str) -> None:
    home = "https://www.brightloom.example/"
    read = page(
        menu(f"{home}products", "Products"), menu(f"{home}blog/our-careers", "Blog"), menu(url, text), url=home
    )

    assert career_pages(read)[:1] == (url,)


def test_a_home_page_is_one_in_any_language() -> None:
    assert is_home("https://www.brightloom.example/")
    assert is_home("https://www.brightloom.example/de/")
    assert not is_home("https://www.brightloom.example/careers")
    assert not is_home("https://www.brightloom.example/?page=2")
