"""A rendered page read as a job post: its title, whether it is one, its facts and its text."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date
from functools import partial
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from jpt.extract.experience import experience
from jpt.extract.finding import NoJob, read_post
from jpt.extract.post import job_post
from jpt.extract.post.facts import stated_facts
from jpt.extract.post.pay import salary
from jpt.extract.post.terms import visa_sponsorship
from jpt.models.pages import Anchor, PageRead
from jpt.text.html import html_text
from tests.conftest import Jpt
from tests.linear import is_linear
from tests.table import each_row

URL = "https://www.brightloom.example/careers/4711"
LIST = "https://www.brightloom.example/careers/"
CLOTHS = ("Cotton", "Linen", "Silk", "Wool", "Hemp", "Jute", "Flax", "Felt", "Lace", "Denim", "Tweed", "Satin")
BODY = """We are looking for somebody who mends looms.
What you'll do
Keep our looms in good order, from the first thread to the last.
Requirements
3+ years of experience with shuttles and reeds.
Apply now"""


def page(text: str = BODY, title: str = "Loom Technician | Brightloom", **more: Any) -> PageRead:
    read = PageRead(url=URL, final_url=URL, http_status=200, title=title, text=text)
    return replace(read, **{"headings": ("Loom Technician",) if text == BODY else (), **more})


def posting(**more: Any) -> dict[str, Any]:
    """The markup of a post."""
    return {"@context": "https://schema.org", "@type": "JobPosting", "title": "Loom Technician", **more}


def declaring(*values: Any, text: str = BODY, **more: Any) -> PageRead:
    return page(text, json_ld=tuple(json.dumps(value) for value in values), **more)


def jobs(count: int) -> tuple[Anchor, ...]:
    return tuple(
        Anchor(f"{LIST}{cloth.lower()}-engineer", f"{cloth} Engineer", heading="Open positions", region="main", shape="a<li<ul", group="g1")
        for cloth in CLOTHS[:count]
    )  # fmt: skip


# ---- title


@each_row(
    "name",
    [
        "Senior Engineer - Brightloom | Careers",
        "Senior Engineer | Brightloom",
        "Senior Engineer – Brightloom GmbH",
        "Brightloom - Senior Engineer",
        "Brightloom » Senior Engineer",
        "Careers | Senior Engineer | Brightloom",
        "Senior Engineer @ Brightloom",
        "Senior Engineer at Brightloom",
        "Job Application for Senior Engineer at Brightloom",
        "Senior Engineer · Jobs at Brightloom",
        "Vacancy: Senior Engineer",
    ],
)
def test_the_site_and_the_company_are_cut_off_the_pages_name(name: str) -> None:
    assert job_post(page("Some text.", title=name)).title == "Senior Engineer"


def test_a_title_keeps_its_own_dashes_and_commas() -> None:
    read = page("Staff Engineer, Looms - Weaving\nText", title="Staff Engineer, Looms - Weaving | Brightloom")

    assert job_post(read).title == "Staff Engineer, Looms - Weaving"


@each_row(
    "first",
    ["Careers at Brightloom", "Brightloom", "Job details", "Apply now", "Cookie settings", "We use cookies",
     "Search", "Open positions", "Join our team", "Requirements", "About us", "Stellenangebote", "Similar jobs"],
)  # fmt: skip
def test_a_heading_of_the_site_is_not_the_title(first: str) -> None:
    read = page(BODY, title=f"{first} | Brightloom", headings=(first, "Loom Technician", "Requirements"))

    assert job_post(read).title == "Loom Technician"


def test_the_heading_that_the_pages_name_repeats_is_the_title() -> None:
    read = page(BODY, title="Growth | Brightloom", headings=("Weaving since 1901", "Growth", "Requirements"))

    assert job_post(read).title == "Growth"


def test_the_heading_that_the_link_repeats_is_the_title() -> None:
    read = page(BODY, title="Brightloom", headings=("Weaving the future", "Threads & More", "Requirements"))

    assert job_post(read, "Threads & more").title == "Threads & More"


def test_the_heading_that_the_address_repeats_is_the_title() -> None:
    url = f"{LIST}people-partner-looms/"
    read = page(BODY, title="Brightloom", headings=("Our promise", "People & Looms"), url=url, final_url=url)

    assert (
        job_post(replace(read, headings=("Our promise", "People Partner, Looms"))).title == "People Partner, Looms"
    )


def test_the_declared_title_comes_before_headings() -> None:
    read = declaring(posting(title="Loom Technician (Night Shift)"), headings=("Weave with us", "Loom Technician"))

    assert job_post(read).title == "Loom Technician (Night Shift)"


def test_a_declared_title_that_names_no_job_is_passed_over() -> None:
    assert job_post(declaring(posting(title="Job details"))).title == "Loom Technician"


def test_a_microdata_title_counts_as_declared() -> None:
    read = page(BODY, title="Brightloom", headings=("Weave!",), meta={"microdata_title": "Dyer &amp; Spinner"})

    assert job_post(replace(read, meta={"microdata_title": "Dyer"})).title == "Dyer"


def test_entities_in_a_declared_title_are_read() -> None:
    assert job_post(declaring(posting(title="R&amp;amp;D Engineer &#8211; Looms"))).title == "R&D Engineer – Looms"


def test_capitals_of_the_style_sheet_are_not_shouted() -> None:
    read = page(BODY, title="Loom Technician | Brightloom", headings=("LOOM TECHNICIAN",))

    assert job_post(read).title == "Loom Technician"


def test_place_and_hours_inside_a_heading_are_not_of_the_title() -> None:
    text = f"Loom Technician\nLeeds, England\nFull-time\n{BODY}"
    read = page(text, title="Brightloom", headings=("Loom Technician Leeds, England Full-time",))

    assert job_post(read).title == "Loom Technician"


def test_a_heading_broken_over_two_lines_stays_whole() -> None:
    read = page(f"Senior Loom\nTechnician\n{BODY}", title="Brightloom", headings=("Senior Loom Technician",))

    assert job_post(read).title == "Senior Loom Technician"


def test_without_any_title_the_link_names_the_page() -> None:
    assert job_post(page("", title="Brightloom"), "Loom Technician").title == "Loom Technician"


# ---- JSON-LD, however it was written


@pytest.mark.parametrize(
    "value",
    [
        [{"@type": "WebSite", "name": "Brightloom"}, posting(title="Dyer")],
        {"@graph": [{"@type": "Organization", "name": "Brightloom"}, posting(title="Dyer")]},
        {"@type": "WebPage", "mainEntity": posting(title="Dyer")},
        {**posting(title="Dyer"), "@type": ["Thing", "JobPosting"]},
        {**posting(title="Dyer"), "@type": "http://schema.org/JobPosting"},
    ],
)
def test_a_posting_is_found_wherever_it_stands(value: Any) -> None:
    assert job_post(declaring(value)).title == "Dyer"


@each_row(
    "script",
    [
        '{"@type": "JobPosting", "title": "Dyer", "description": "two\nlines",}',
        '<!-- {"@type": "JobPosting", "title": "Dyer"} -->',
        '//<![CDATA[\n{"@type": "JobPosting", "title": "Dyer"}\n//]]>',
        "{&quot;@type&quot;: &quot;JobPosting&quot;, &quot;title&quot;: &quot;Dyer&quot;}",
        '{"@type": "JobPosting", "title": "Dyer", "description": "say "yes" to looms"}',
        '{"@type": "JobPosting", "title": "Dyer"};',
    ],
)
def test_broken_markup_is_read_as_far_as_it_goes(script: str) -> None:
    assert job_post(page(json_ld=(script,))).title == "Dyer"


@each_row("script", ["", "null", "[[[", '"JobPosting"', "[" * 100_000, '{"@type": 7}'])
def test_markup_that_says_nothing_is_left_out(script: str) -> None:
    assert job_post(page(json_ld=(script,))).title == "Loom Technician"


def test_of_several_postings_the_pages_own_is_read() -> None:
    read = declaring([posting(title="Weaver"), posting(datePosted="2026-01-12"), posting(title="Dyer")])

    assert (job_post(read).title, job_post(read).posted) == ("Loom Technician", "2026-01-12")


# ---- is it a job post?


def test_a_post_with_its_parts_is_a_job() -> None:
    post = job_post(page())

    assert (post.is_job, post.reason, post.gone) == (True, "", False)


@each_row(
    "text",
    [
        "Das erwartet dich\nDu pflegst unsere Webstühle.\nDein Profil\nErfahrung mit Garn\nJetzt bewerben",
        "Vos missions\nEntretenir les métiers.\nProfil recherché\nDeux ans d'expérience\nPostuler",
        "Funciones\nCuidar los telares.\nRequisitos\nDos años de experiencia\nInscribirse",
        "Arbetsuppgifter\nSköta vävstolar.\nKvalifikationer\nTvå års erfarenhet\nAnsök nu",
        "Zakres obowiązków\nObsługa krosien.\nWymagania\nDwa lata doświadczenia\nAplikuj",
        "仕事内容\n織機の保守\n応募資格\n経験二年以上\n応募する",
    ],
)
def test_the_parts_of_a_post_are_known_in_other_languages(text: str) -> None:
    assert job_post(page(text, title="Brightloom")).is_job


def test_markup_of_one_post_makes_a_job_of_a_page_without_text() -> None:
    assert job_post(declaring(posting(), text="")).is_job


def test_a_page_on_which_nothing_came_stays_in_doubt_a_job() -> None:
    assert job_post(page("", title="Brightloom"), "Loom Technician").is_job


def test_a_post_in_a_language_nobody_listed_is_a_job_when_its_link_and_address_say_so() -> None:
    text = "ช่างทอผ้า\n" + "เรากำลังมองหาช่างทอผ้าที่มีประสบการณ์\n" * 30
    read = page(text, title="ช่างทอผ้า | Brightloom", headings=("ช่างทอผ้า",))

    assert job_post(read, "ช่างทอผ้า").is_job


def test_other_openings_below_a_post_do_not_make_it_a_list() -> None:
    assert job_post(page(anchors=jobs(12))).is_job


def test_a_list_of_jobs_is_none() -> None:
    text = "Open positions\n" + "\n".join(f"{cloth} Engineer\nLeeds" for cloth in CLOTHS)
    post = job_post(page(text, title="Careers | Brightloom", headings=("Open positions",), url=LIST, final_url=LIST,
                         anchors=jobs(12)))  # fmt: skip

    assert (post.is_job, post.gone) == (False, False)
    assert post.reason == "a list with 12 links to jobs"


def test_several_postings_of_other_jobs_are_a_list() -> None:
    read = declaring(posting(title="Weaver"), posting(title="Dyer"), text="Jobs", title="Careers", headings=())

    assert job_post(read).reason == "a list of 2 jobs"


def test_an_article_is_none() -> None:
    url = "https://www.brightloom.example/blog/how-we-weave"
    text = "How we weave\n" + "Weaving is old, and we like it. " * 40
    read = page(text, title="How we weave | Brightloom", headings=("How we weave",), url=url, final_url=url,
                json_ld=('{"@type": "BlogPosting", "headline": "How we weave"}',))  # fmt: skip

    assert job_post(read).reason == "an article"


def test_a_talent_pool_is_none() -> None:
    read = page("Leave us your CV.", title="Talent Pool | Brightloom", headings=("Join our Talent Pool",))

    assert (
        job_post(replace(read, headings=("Talent Pool",))).reason == "a talent pool or an unsolicited application"
    )


def test_who_works_for_a_talent_community_has_a_job() -> None:
    assert job_post(page(title="Talent Community Manager", headings=("Talent Community Manager",))).is_job


def test_a_login_page_is_none_and_not_gone() -> None:
    read = page("Sign in\nPassword", title="Sign in | Brightloom", headings=("Sign in",))
    post = job_post(replace(read, final_url="https://www.brightloom.example/login?next=/careers/4711"))

    assert (post.is_job, post.gone) == (False, False)
    assert post.reason == "a login page (Sign in | Brightloom)"


# ---- gone


@pytest.mark.parametrize("code", [404, 410])
def test_a_page_that_the_server_does_not_have_is_gone(code: int) -> None:
    post = job_post(page("Not here any more.", title="Not found", http_status=code))

    assert (post.is_job, post.gone, post.reason) == (False, True, f"HTTP {code}")


@each_row(
    "words",
    [
        "This job is no longer available.",
        "The position has been filled.",
        "Sorry, this position is no longer accepting applications.",
        "The job you are looking for does not exist.",
        "This vacancy has now been closed",
        "Job not found",
        "Diese Stelle ist leider nicht mehr verfügbar.",
        "Die Position wurde bereits besetzt.",
        "Cette offre n'est plus disponible.",
        "Le poste a été pourvu.",
        "Esta oferta ya no está disponible.",
        "Esta vaga não está mais disponível.",
        "Questa posizione non è più disponibile.",
        "Deze vacature is vervuld.",
        "Tjänsten är tillsatt.",
        "Ta oferta pracy nie jest już aktualna.",
        "Вакансия закрыта.",
        "この求人の募集は終了しました。",
        "该职位已下线",
        "마감된 채용 공고입니다. 이 공고는 마감되었습니다.",
    ],
)
def test_a_post_that_says_it_is_over_is_gone_in_its_own_words(words: str) -> None:
    post = job_post(page(f"Loom Technician\n{words}\nSee all jobs", headings=("Loom Technician",)))

    assert (post.is_job, post.gone) == (False, True)
    assert post.reason.startswith("the page says: ")


def test_a_closed_post_that_still_shows_its_text_is_gone() -> None:
    assert job_post(page(f"Loom Technician\nThis job is no longer accepting applications.\n{BODY}")).gone


@pytest.mark.parametrize(
    "words",
    [
        "Applications are welcome until the position has been filled.",
        "We take the page down once this job is closed.",
        "If this position is no longer available, we will tell you.",
        "Open until filled.",
        "You will be responsible for positions that are no longer profitable.",
    ],
)
def test_what_only_may_come_to_pass_ends_no_post(words: str) -> None:
    assert job_post(page(f"{words}\n{BODY}", headings=("Loom Technician",))).is_job


def test_a_note_far_below_an_open_post_ends_it_not() -> None:
    below = "\n".join(f"Line {number} of our story" for number in range(60))

    assert job_post(
        page(f"{BODY}\n{below}\nThis job is no longer available.", headings=("Loom Technician",))
    ).is_job


def test_a_missing_page_that_says_200_is_gone() -> None:
    post = job_post(page("Oops!\nWe have other pages.", title="Page not found | Brightloom", headings=("404",)))

    assert (post.gone, post.reason) == (True, "the page says: Page not found | Brightloom")


def test_a_redirect_to_the_list_is_gone() -> None:
    text = "Careers\nOpen positions\nWeaver 0\nWeaver 1"
    post = job_post(page(text, title="Careers | Brightloom", headings=("Open positions",), final_url=LIST))

    assert (post.gone, post.reason) == (True, "the link now leads to another page: Careers | Brightloom")


def test_a_redirect_to_the_front_page_is_gone() -> None:
    read = page("Welcome to Brightloom", title="Brightloom", final_url="https://www.brightloom.example/")

    assert job_post(read).gone


def test_a_redirect_that_keeps_the_jobs_number_is_no_loss() -> None:
    assert job_post(page(final_url="https://jobs.brightloom.example/loom-technician-4711")).is_job


def test_a_redirect_to_a_post_under_a_new_address_is_no_loss() -> None:
    assert job_post(page(final_url="https://jobs.brightloom.example/en/loom-technician")).is_job


# ---- facts


def test_the_markup_gives_company_place_day_and_months() -> None:
    post = job_post(declaring(posting(
        hiringOrganization={"@type": "Organization", "name": "Brightloom Ltd"},
        jobLocation={"@type": "Place", "address": {"addressLocality": "Leeds", "addressRegion": "Yorkshire",
                                                   "addressCountry": {"@type": "Country", "name": "UK"}}},
        datePosted="2026-01-12T09:00+01:00",
        experienceRequirements={"@type": "OccupationalExperienceRequirements", "monthsOfExperience": "36"},
    )))  # fmt: skip

    assert (post.company, post.location) == ("Brightloom Ltd", "Leeds, Yorkshire, UK")
    assert (post.posted, post.months_of_experience) == ("2026-01-12", 36)


def test_the_markup_gives_the_other_facts() -> None:
    facts = job_post(declaring(posting(
        employmentType=["FULL_TIME", "CONTRACTOR"],
        baseSalary={"currency": "GBP", "value": {"minValue": "30,000", "maxValue": 41500.5, "unitText": "YEAR"}},
        validThrough="2026-03-31",
        jobLocationType="TELECOMMUTE",
        identifier={"@type": "PropertyValue", "name": "Brightloom", "value": 4711},
    ))).facts  # fmt: skip

    assert facts == {
        "employment_type": "FULL_TIME, CONTRACTOR",
        "salary": {"min": 30000, "max": 41500.5, "currency": "GBP", "per": "year"},
        "pay": {"min": 30000, "max": 41500.5, "currency": "GBP", "per": "year"},
        "closing": "2026-03-31",
        "remote": "remote",
        "work": "remote",
        "requisition_id": "4711",
        "description_source": "page",
    }


@each_row("months", [True, -3, "many", 9_999, None, {"a": 1}, "3 years", float("nan")])
def test_months_that_are_no_number_of_months_are_none(months: Any) -> None:
    wild = posting(experienceRequirements={"monthsOfExperience": months})

    assert job_post(declaring(wild)).months_of_experience is None


@each_row("day", ["2026-13-45", "yesterday", "", "12/01/2026", None, [], {"@value": "2026-01-12"}])
def test_a_day_that_is_none_is_left_out(day: Any) -> None:
    assert job_post(declaring(posting(datePosted=day))).posted is None


def test_wrong_types_everywhere_are_survived() -> None:
    wild: dict[str, Any] = {name: [[], {}, 1.5, None, True, {"x": [1]}] for name in (
        "title", "description", "hiringOrganization", "jobLocation", "baseSalary", "identifier", "employmentType",
        "experienceRequirements", "datePosted", "validThrough", "jobLocationType")}  # fmt: skip

    post = job_post(declaring({"@type": "JobPosting", **wild}))

    json.dumps(post.facts, allow_nan=False)
    assert post.title == "Loom Technician"


def test_lines_that_name_a_fact_give_it() -> None:
    text = f"Location: Leeds\nJob type: Part-time\nPosted: 12 January 2026\nApply by\n31 January 2026\nJob ID: L-4711\n{BODY}"
    post = job_post(page(text, headings=("Loom Technician",)))

    assert (post.location, post.posted) == ("Leeds", "2026-01-12")
    assert post.facts == {
        "employment_type": "Part-time", "closing": "2026-01-31", "requisition_id": "L-4711", "description_source": "page",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("line", "expected"),
    [("Leeds · Hybrid · Full-time", "hybrid"), ("Fully remote", "remote"), ("Location: Remote (UK)", "remote"),
     ("On-site", "onsite"), ("We have a hybrid loom.", None)],
)  # fmt: skip
def test_where_the_work_is_done_comes_from_a_line_that_says_only_that(line: str, expected: str | None) -> None:
    post = job_post(page(f"Loom Technician\n{line}\n{BODY}", headings=("Loom Technician",)))

    assert post.facts.get("remote") == expected


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("Salary: £30,000 - £35,000 per year", (30000, 35000, "GBP", "year")),
        ("$120k–$150k", (120000, 150000, "USD", None)),
        ("Gehalt: 48.000 € bis 60.000 € pro Jahr", (48000, 60000, "EUR", "year")),
        ("EUR 20.50 - 24 per hour", (20.5, 24, "EUR", "hour")),
    ],
)
def test_a_range_of_money_is_read(words: str, expected: tuple[Any, ...]) -> None:
    read = salary(words)

    assert read is not None
    assert tuple(read.values()) == expected


@pytest.mark.parametrize("words", ["3-5 years", "2019 - 2024", "$5 million", "10 to 20 looms", "€9"])
def test_other_numbers_are_no_salary(words: str) -> None:
    assert salary(words) is None


def test_the_apply_link_is_kept() -> None:
    link = Anchor("https://apply.brightloom.example/4711", "Apply now", region="main")

    assert job_post(page(anchors=(link,))).facts["apply_url"] == link.url


# ---- text


def test_the_text_is_what_the_page_shows_when_that_has_the_description() -> None:
    described = "".join(f"<p>{line}</p>" for line in BODY.splitlines())
    post = job_post(declaring(posting(description=described), text=f"Menu\n{BODY}\nImprint"))

    assert post.text == f"Menu\n{BODY}\nImprint"


def test_the_description_stands_in_where_the_page_lacks_it() -> None:
    described = "<h2>Requirements</h2><ul>" + "<li>3+ years of weaving &amp; dyeing</li>" * 20 + "</ul>"
    post = job_post(declaring(posting(description=described), text="Loom Technician\nLoading…"))

    assert post.text.startswith("Requirements\n3+ years of weaving & dyeing\n")
    assert post.facts["description_source"] == "json-ld"


def test_a_blurb_in_the_markup_does_not_replace_the_page() -> None:
    assert job_post(declaring(posting(description="Weave with us!"))).text == BODY


@each_row(
    ("html", "text"),
    [
        ("<p>One</p><p>Two<br>Three</p>", "One\n\nTwo\nThree"),
        ("<ul><li>One</li><li>Two</li></ul>", "One\nTwo"),
        ("&lt;p&gt;3 &amp;amp; more&lt;/p&gt;", "3 & more"),
        ("a<script>if (1 < 2) evil()</script>b<style>p {}</style>c", "abc"),
        ("a<!-- <p>no</p> -->b", "ab"),
        ("5 < 6 and 7 > 6", "5 < 6 and 7 > 6"),
        ("plain &amp; simple", "plain & simple"),
    ],
)
def test_markup_becomes_lines(html: str, text: str) -> None:
    assert html_text(html) == text


def test_control_characters_never_reach_a_title() -> None:
    assert job_post(declaring(posting(title="Dyer\u202e\x00 \x1b[31mof\nyarn"))).title == "Dyer of yarn"


# ---- hostile pages


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=300), st.text(max_size=80), st.lists(st.text(max_size=80), max_size=4))
def test_any_text_is_survived(text: str, title: str, headings: list[str]) -> None:
    post = job_post(page(text, title=title, headings=tuple(headings), json_ld=(text,)), title)

    assert post.title
    assert post.is_job is not bool(post.reason)


WORDS = ["<a x ", "the job is ", "- | at ", "no open ", "$1,000 - ", "Location:\n", "募集", '"@type":']


def test_a_large_page_of_one_word_takes_time_by_its_length() -> None:
    def read(word: str, chars: int) -> None:
        text = word * (chars // len(word))
        job_post(page(text, title=text[:300], json_ld=(json.dumps(posting(description=text)), text)))

    assert [word for word in WORDS if not is_linear(partial(read, word))] == []


@each_row(
    ("words", "expected"),
    [
        ("Fully remote, 4 days a week", "remote"),
        ("#LI-Remote", "remote"),
        ("#LI-Hybrid", "hybrid"),
        ("This role is based in our Leeds office with a hybrid schedule.", "hybrid"),
        ("You will be two days a week in the office.", "hybrid"),
        ("2 Tage Homeoffice pro Woche", "hybrid"),
        ("The position is located on-site in Leeds.", "onsite"),
        ("Work Location: In person", "onsite"),
        ("This is an in-office position only. Remote candidates will not be considered.", "onsite"),
        ("We are a remote-first company.", "remote"),
        ("You build hybrid cars and remote controls for them.", None),
    ],
)
def test_where_the_work_is_done_is_read_from_sentences_about_it(words: str, expected: str | None) -> None:
    assert stated_facts(f"Loom Technician\nYou like looms.\n{words}\n{BODY}").get("remote") == expected


@each_row(
    ("words", "expected"),
    [
        ("Pay range\n$197,100\n—\n$270,975 USD", (197100, 270975, "USD", "year")),
        ("£63,272\n per year", (63272, 63272, "GBP", "year")),
        ("Salary: up to £45,000 (depending on experience)", (None, 45000, "GBP", "year")),
        ("Base salary starting at $49,920 with commissions.", (49920, None, "USD", "year")),
        ("Annual salary: $57,420* to $88,427", (57420, 88427, "USD", "year")),
        ("Toronto, Canada. Pay: $25 - $28 per hour", (25, 28, "CAD", "hour")),
        ("Sydney, Australia\nSalary $70,000 - $76,000 + super", (70000, 76000, "AUD", "year")),
        ("Gehalt: 48.000 € bis 60.000 €", (48000, 60000, "EUR", "year")),
    ],
)
def test_pay_is_read_with_its_currency_and_unit(words: str, expected: tuple[Any, ...]) -> None:
    assert tuple((stated_facts(f"Loom Technician\n{words}\n{BODY}").get("salary") or {}).values()) == expected


@pytest.mark.parametrize(
    "words",
    [
        "A learning budget of $1,500 per year.",
        "Fertility support (up to $10,000 per year)",
        "We raised $30,000 - $40,000.",
    ],
)
def test_other_money_is_no_pay(words: str) -> None:
    assert "salary" not in stated_facts(f"Loom Technician\n{words}\n{BODY}")


@each_row(
    ("words", "expected"),
    [
        ("We sponsor visas for this role.", True),
        ("Visa sponsorship is available.", True),
        ("Please note that visa sponsorship is not available for this position.", False),
        ("We are unable to sponsor work permits.", False),
        ("You must be authorised to work in the UK without sponsorship.", False),
        ("Our sponsors love looms.", None),
    ],
)
def test_sponsorship_of_a_visa_is_read_or_left_open(words: str, expected: bool | None) -> None:
    assert visa_sponsorship(f"Loom Technician\nYou like looms.\n{words}\n{BODY}") is expected


def test_the_words_of_a_title_that_name_a_level_are_a_fact_and_decide_nothing() -> None:
    post = job_post(page(BODY, headings=("Sr. Loom Technician II",)))

    assert post.facts["seniority"] == ["senior", "ii"]
    assert experience("Senior Loom Technician II\n" + BODY.replace("3+ years of ", "")).stated is False


MICRODATA = """<html><head><title>Crust</title></head><body>
<div itemscope itemtype="https://schema.org/JobPosting"><h1 itemprop="title">Baker</h1>
<div itemprop="hiringOrganization" itemscope itemtype="https://schema.org/Organization"><b itemprop="name">Crust Ltd</b></div>
<div itemprop="jobLocation" itemscope itemtype="https://schema.org/Place">
<div itemprop="address" itemscope itemtype="https://schema.org/PostalAddress"><i itemprop="addressLocality">Leeds</i></div></div>
<time itemprop="datePosted" datetime="2026-01-12">12 Jan</time><meta itemprop="validThrough" content="2026-03-01">
<div itemprop="baseSalary" itemscope itemtype="https://schema.org/MonetaryAmount"><meta itemprop="currency" content="GBP">
<div itemprop="value" itemscope itemtype="https://schema.org/QuantitativeValue"><meta itemprop="minValue" content="30000">
<meta itemprop="maxValue" content="35000"><meta itemprop="unitText" content="YEAR"></div></div>
<div itemprop="experienceRequirements" itemscope><meta itemprop="monthsOfExperience" content="24"></div>
<div itemprop="description"><p>We bake bread.</p><h3>Requirements</h3><p>3 years of experience in a bakery</p></div>
</div></body></html>"""


def test_microdata_is_read_like_json_ld_and_of_text_and_data_the_lower_counts(jpt: Jpt) -> None:
    (jpt.folder / "post.html").write_text(MICRODATA, encoding="utf-8")

    row = jpt("extract", "post.html", "--json").json

    assert (row["job_title"], row["company"], row["location"]) == ("Baker", "Crust Ltd", "Leeds")
    assert (row["posted"], row["closing"]) == ("2026-01-12", "2026-03-01")
    assert row["salary"] == {"min": 30000, "max": 35000, "currency": "GBP", "per": "year"}
    assert (row["min_years"], row["source"], row["confidence"]) == (2, "json-ld", "low")
    assert row["doubt"] == "the text says 3 years, the page's own data 2 years"


@each_row(
    "words",
    [
        "Die Bewerbungsfrist ist abgelaufen.",
        "Ansökningstiden har gått ut",
        "Denna tjänst är inte längre tillgänglig",
        "Ansøgningsfristen er udløbet",
        "Søknadsfristen er utløpt.",
        "Hakuaika on päättynyt.",
        "De sollicitatietermijn is verstreken.",
        "Les candidatures sont closes",
        "Vaga encerrada",
        "Offre pourvue",
    ],
)
def test_a_post_whose_time_is_over_is_gone_in_any_language(words: str) -> None:
    url = "https://www.acme.example/jobs/data-analyst-4411"
    text = f"Data Analyst\n{words}\nRequirements\n2 years of experience.\n"

    assert job_post(PageRead(url, url, 200, "Data Analyst", text, headings=("Data Analyst",))).gone


# ---- the page behind has the last word


def lines(*texts: str) -> str:
    return "\n".join(texts)


def test_a_line_of_text_behind_an_address_like_a_jobs_is_no_post() -> None:
    assert not job_post(page("OK", title="", headings=()), "Loom Technician").is_job
    assert not job_post(page("Loom Technician, Oslo", title="", headings=()), "Loom Technician").is_job


def test_guidance_without_any_sign_of_a_post_is_none() -> None:
    text = lines(
        "Handbook for managers",
        *["How to plan the year with your team and how to talk about it." for _ in range(30)],
    )
    read = page(text, title="Handbook for managers | Brightloom", headings=("Handbook for managers",))

    assert not job_post(read, "Handbook for managers").is_job


@each_row(
    "name",
    [
        "90,000+ Welder Jobs in Norway",
        "Archive of vacancies",
        "12 empleos de soldador en Oslo",
        "Das Stellenportal der Weberei",
        "Nichtwissenschaftliche Stellenausschreibungen",
        "Tuyển dụng",
    ],
)
def test_a_list_that_is_named_like_one_is_no_post(name: str) -> None:
    text = lines(
        name,
        "Weaver",
        "Oslo, full time",
        "Dyer",
        "Bergen, part time",
        *["A good place to work, they say." for _ in range(20)],
    )

    assert not job_post(page(text, title=f"{name} | Brightloom", headings=(name,))).is_job


def test_several_jobs_one_below_the_other_are_no_post() -> None:
    one = lines(
        "Responsibilities", "Keep the looms in good order.", "Requirements", "3 years with shuttles.", "Apply now"
    )
    text = lines("Join us", "Weaver", one, "Dyer", one, "Spinner", one)
    read = page(text, title="Join us | Brightloom", headings=("Join us",), final_url=LIST, url=LIST)

    assert job_post(read).reason == "several jobs on one page"


def test_entries_of_a_menu_are_no_parts_of_a_post() -> None:
    menu = tuple(
        Anchor(f"https://www.brightloom.example/{name}", name, region="body")
        for name in ("Requirements", "Responsibilities", "Qualifications")
    )
    text = lines(
        "Requirements", "Responsibilities", "Qualifications", "Looms since 1840", *["We weave." for _ in range(40)]
    )

    assert not job_post(page(text, title="Looms since 1840", headings=("Looms since 1840",), anchors=menu)).is_job


@each_row(
    ("lang", "title", "needs", "duties", "apply"),
    [
        ("vi", "Thợ dệt", "Yêu cầu công việc", "Mô tả công việc", "Ứng tuyển ngay"),
        ("hr", "Tkalac", "Uvjeti", "Opis posla", "Prijavi se"),
        ("bg", "Тъкач", "Изисквания", "Отговорности", "Кандидатствай"),
        ("et", "Kuduja", "Ootused", "Tööülesanded", "Kandideeri"),
        ("is", "Vefari", "Hæfniskröfur", "Helstu verkefni", "Sækja um"),
        ("th", "ช่างทอผ้า", "คุณสมบัติ", "หน้าที่ความรับผิดชอบ", "สมัครเลย"),
        ("id", "Penenun", "Kualifikasi", "Tanggung jawab", "Lamar sekarang"),
        ("ar", "نساج", "المتطلبات", "المهام", "تقدم الآن"),
        ("he", "אורג", "דרישות", "תחומי אחריות", "הגשת מועמדות"),
        ("lv", "Audējs", "Prasības", "Pienākumi", "Pieteikties"),
    ],
)
def test_posts_in_many_languages(lang: str, title: str, needs: str, duties: str, apply: str) -> None:
    text = lines(title, duties, *["…" * 20] * 4, needs, *["…" * 20] * 4, apply)
    read = page(
        text,
        title=f"{title} - Brightloom",
        headings=(title, duties, needs),
        controls=(apply,),
        meta={"lang": lang},
    )

    assert (job_post(read).is_job, job_post(read).title) == (True, title)


# ---- titles that were read wrongly


def test_a_declared_title_may_end_like_a_sentence() -> None:
    read = declaring(
        posting(title="Weaver wanted!"), title="Weaver wanted! in Oslo | Brightloom", headings=("Weaver wanted!",)
    )

    assert job_post(read).title == "Weaver wanted!"


def test_a_heading_with_company_place_and_button_holds_the_title() -> None:
    heading = "Brightloom Mills Ltd Loom Technician Oslo · Full time Apply for Loom Technician"
    read = page(lines(heading, BODY), title="Loom Technician at Brightloom Mills Ltd", headings=(heading,))

    assert job_post(read).title == "Loom Technician"


def test_a_slogan_of_the_site_is_no_title() -> None:
    slogan = "LoomBoard: Find jobs, schemes and internships"
    name = "LoomBoard > Loom Technician vacancy, posted on 10/09/2026"
    read = page(lines(slogan, "Loom Technician", BODY), title=name, headings=(slogan,))

    assert job_post(read).title == "Loom Technician"


def test_a_town_behind_the_title_in_the_pages_name_is_left_out_where_the_page_has_it_alone() -> None:
    read = page(lines("Loom Technician", BODY), title="Loom Technician in Oslo | Brightloom", headings=())

    assert job_post(read).title == "Loom Technician"


@pytest.mark.parametrize(
    "heading",
    [
        "Senior Loom Technician",
        "Loom Technician / Dyer",
        "Loom Technician - Night shifts",
        "Loom Technician (Oslo)",
    ],
)
def test_a_heading_that_says_more_of_the_job_is_kept_whole(heading: str) -> None:
    read = page(lines(heading, BODY), title="Loom Technician | Brightloom", headings=(heading,))

    assert job_post(read).title == heading


# ---- posts that are over, in the words that sites use


@each_row(
    "words",
    [
        "No longer accepting applications",
        "Closed",
        "Closed on 12 May 2026",
        "Expired on 3 June 2026",
        "Status: Closed",
        "The application deadline has passed.",
        "The application window has closed.",
        "This posting has ended.",
        "Die Bewerbungsfrist ist am 12.05.2026 abgelaufen.",
        "Candidatures closes",
        "La date limite est dépassée.",
        "Cerrada",
        "Scaduto il 12 maggio 2026",
        "Verlopen",
        "Udløbet",
        "Вакансия закрыта",
        "募集終了",
    ],
)
def test_a_post_that_says_beside_its_title_that_it_is_over_is_gone(words: str) -> None:
    post = job_post(page(lines("Loom Technician", words, BODY), headings=("Loom Technician",)))

    assert (post.is_job, post.gone) == (False, True)


@pytest.mark.parametrize(
    "words",
    ["Closed", "No longer accepting applications", "Expired on 3 June 2026", "Diese Stelle ist bereits besetzt."],
)
def test_a_live_post_beside_one_that_is_over_stays_open(words: str) -> None:
    other = Anchor(f"{LIST}weaver-7", "Weaver", region="aside")
    text = lines("Other jobs", "Weaver", words, "Loom Technician", BODY, "Weaver", words)

    assert job_post(page(text, headings=("Loom Technician",), anchors=(other,))).is_job


@pytest.mark.parametrize(
    "words",
    ["We work a closed loop.", "Closed on Sundays", "Applications are accepted until the position is filled."],
)
def test_words_of_another_thing_close_no_post(words: str) -> None:
    text = lines("Loom Technician", BODY, words)

    assert job_post(page(text, headings=("Loom Technician",))).is_job


def test_a_closing_date_that_has_passed_ends_a_post() -> None:
    read = declaring(posting(validThrough="2026-05-12T23:59"), headings=("Loom Technician",))

    assert read_post(read, "", 3, date(2026, 5, 14)) == NoJob("gone: it closed on 2026-05-12", gone=True)
    assert not isinstance(read_post(read, "", 3, date(2026, 5, 13)), NoJob)
