"""How the read of a careers list went, and which losses are believed."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from jpt.extract.health import barred, health, shrunk
from jpt.models.pages import Anchor, PageRead
from tests.table import each_row

LIST = "https://www.brightloom.example/careers/"
MENU = tuple(Anchor(f"https://www.brightloom.example/{name}", name.title(), region="nav")
             for name in ("about", "products", "blog", "contact", "login"))  # fmt: skip
JOBS = tuple(Anchor(f"{LIST}{number}", f"Weaver {number}", region="main") for number in range(3))


def read(text: str = "", **more: Any) -> PageRead:
    page = PageRead(url=LIST, final_url=LIST, http_status=200, title="Careers | Brightloom", text=text)
    return replace(page, **more)


OPEN = read("Careers\nOpen positions\nWeaver 0\nWeaver 1\nWeaver 2", anchors=(*MENU, *JOBS))


def status(page: PageRead, job_links: int = 0) -> str:
    return health(page, job_links)[0]


# ---- ok


def test_a_list_with_jobs_is_ok_and_says_nothing() -> None:
    assert health(OPEN, 3) == ("ok", "")


def test_a_captcha_frame_beside_jobs_is_no_barrier() -> None:
    page = replace(
        OPEN, frames=("https://www.google.com/recaptcha/api2/anchor?k=1", "https://challenges.cloudflare.com/x")
    )

    assert status(page, 3) == "ok"


def test_a_note_that_a_form_is_protected_is_no_barrier() -> None:
    page = replace(OPEN, text=OPEN.text + "\nThis site is protected by reCAPTCHA and the privacy policy applies.")

    assert status(page, 3) == "ok"


def test_words_about_a_captcha_beside_menus_and_jobs_are_no_barrier() -> None:
    page = replace(OPEN, text=OPEN.text + "\nYou work on: verify you are human, bot detection, unusual traffic.")

    assert status(page, 3) == "ok"


def test_jobs_outweigh_a_statement_that_a_team_has_none() -> None:
    page = replace(OPEN, text=OPEN.text + "\nThere are currently no open positions in Sales.")

    assert status(page, 3) == "ok"


# ---- blocked


@pytest.mark.parametrize("code", [401, 403, 407, 429, 451])
def test_a_refusing_status_is_blocked_whatever_the_page_shows(code: int) -> None:
    state, reason = health(replace(OPEN, http_status=code), 3)

    assert state == "blocked"
    assert reason.startswith(f"HTTP {code}")


@each_row(
    ("vendor", "title", "text"),
    [
        ("Cloudflare", "Just a moment...", "Checking your browser before you proceed. Ray ID: 12ab"),
        ("Cloudflare", "Attention Required! | Cloudflare", "Sorry, you have been blocked"),
        ("Akamai", "Access Denied", "Access Denied\nYou don't have permission to access this.\nReference #18.2d.1f"),
        ("Incapsula", "", "Request unsuccessful. Incapsula incident ID: 12-34"),
        ("PerimeterX", "Access to this page has been denied", "Press & Hold to confirm you are a human"),
        ("DataDome", "brightloom.example", "Please enable JS and disable any ad blocker"),
        ("captcha", "Are you a robot?", "Please complete the captcha to go on."),
        ("captcha", "Security check", "Verify you are human by completing the action below."),
        ("captcha", "Brightloom", "Bitte bestätigen Sie, dass Sie ein Mensch sind."),
        ("captcha", "Pardon", "Our systems have detected unusual traffic from your network."),
    ],
)  # fmt: skip
def test_an_interstitial_is_blocked_and_named_though_it_says_200(vendor: str, title: str, text: str) -> None:
    state, reason = health(read(text, title=title), 0)

    assert state == "blocked"
    assert vendor in reason


def test_an_interstitial_with_a_status_names_both() -> None:
    page = read("Checking your browser before you proceed", title="Just a moment...", http_status=403)

    assert health(page, 0) == ("blocked", "HTTP 403 with a captcha (Cloudflare) page")


def test_503_is_blocked_with_a_barrier_and_without() -> None:
    barred = read("Ray ID: 1", title="Just a moment...", http_status=503)

    assert status(barred) == "blocked"
    assert status(read("Service Unavailable", title="503", http_status=503)) == "blocked"


@pytest.mark.parametrize(
    "frame",
    ["https://geo.captcha-delivery.com/captcha/?cid=1", "https://brightloom.example/_Incapsula_Resource?x=1",
     "https://challenges.cloudflare.com/turnstile/v0/x", "https://newassets.hcaptcha.com/captcha/v1/x"],
)  # fmt: skip
def test_a_challenge_in_a_frame_of_an_otherwise_blank_page_is_blocked(frame: str) -> None:
    assert status(read("", title="brightloom.example", frames=(frame,))) == "blocked"


def test_an_invisible_captcha_on_a_blank_page_is_not_blamed() -> None:
    page = read("", frames=("https://www.google.com/recaptcha/api2/anchor?k=1&size=invisible",))

    assert status(page) == "empty"


def test_a_post_behind_an_interstitial_is_blocked_as_well() -> None:
    door = barred(read("Ray ID: 12ab", title="Just a moment..."))

    assert door is not None
    assert door[0] == "blocked"


@pytest.mark.parametrize(
    "title",
    [
        "Site Maintenance Technician",
        "Planned Maintenance Engineer",
        "Engineer for Scheduled Maintenance",
        "AWS WAF Engineer",
    ],
)
def test_a_short_list_of_jobs_is_a_good_read_whatever_they_are_about(title: str) -> None:
    assert health(read(f"Open positions\n{title}\nSign in\nPassword", title=title, headings=(title,)), 1) == (
        "ok",
        "",
    )


@pytest.mark.parametrize("title", ["Site Maintenance Technician", "Planned Maintenance Engineer"])
def test_a_post_about_maintenance_is_no_apology(title: str) -> None:
    assert (
        barred(read(f"{title}\nWe are looking for a colleague in Maintenance", title=title, headings=(title,)))
        is None
    )


@pytest.mark.parametrize(
    "words",
    [
        "Down for maintenance",
        "Site maintenance",
        "We are undergoing scheduled maintenance.",
        "Scheduled maintenance until 9:00",
    ],
)
def test_an_apology_for_maintenance_is_one(words: str) -> None:
    assert status(read(words, title=words), 0) == "error"


# ---- error


@each_row("code", [400, 404, 410, 500, 502, 520])
def test_other_statuses_are_errors_even_with_jobs(code: int) -> None:
    state, reason = health(replace(OPEN, http_status=code), 3)

    assert state == "error"
    assert reason.startswith(f"HTTP {code}")


def test_a_reason_carries_the_title_of_the_error_page() -> None:
    assert health(read(title="Page not found", http_status=404), 0)[1] == "HTTP 404 (Page not found)"


@pytest.mark.parametrize(
    "words",
    ["We are down for maintenance", "We'll be back soon!", "Wartungsarbeiten", "Site en maintenance", "ただいまメンテナンス中です"],
)  # fmt: skip
def test_a_maintenance_page_is_an_error(words: str) -> None:
    assert status(read(f"{words}\nThank you.", title="Brightloom", headings=(words,))) == "error"


def test_the_browsers_own_error_page_is_an_error_with_its_code() -> None:
    page = read("This site can't be reached\nERR_NAME_NOT_RESOLVED", final_url="chrome-error://chromewebdata/")

    assert health(page, 0) == ("error", "the browser's error page (ERR_NAME_NOT_RESOLVED)")


def test_a_login_page_is_an_error_for_a_list_and_for_a_post() -> None:
    page = read(
        "Sign in\nE-mail\nPassword", title="Sign in | Brightloom", headings=("Sign in",), controls=("Sign in",)
    )

    assert status(page) == "error"
    assert barred(page) is not None


def test_a_menu_that_offers_to_log_in_is_no_login_page() -> None:
    page = replace(OPEN, controls=("Log in",), text="Log in\n" + OPEN.text)

    assert status(page, 3) == "ok"


# ---- none and empty


@each_row(
    "words",
    [
        "There are no open positions at the moment. Please check back later.",
        "We currently have no vacancies.",
        "Sorry, no jobs at this time",
        "No current openings",
        "We don't currently have any open roles.",
        "No results found",
        "We are not currently hiring.",
        "Zurzeit haben wir leider keine offenen Stellen.",
        "Il n'y a actuellement aucune offre d'emploi.",
        "Actualmente no hay vacantes disponibles.",
        "No momento não há vagas abertas.",
        "Al momento non ci sono posizioni aperte.",
        "Er zijn op dit moment geen vacatures.",
        "Vi har inga lediga tjänster just nu.",
        "Der er ingen ledige stillinger i øjeblikket.",
        "Obecnie brak ofert pracy.",
        "Momentálně nejsou žádné volné pozice.",
        "В настоящее время нет открытых вакансий.",
        "現在、募集している職種はありません。",
        "目前暂无招聘职位",
        "현재 진행 중인 채용이 없습니다.",
    ],
)
def test_a_statement_that_nothing_is_open_is_good_news_in_its_own_words(words: str) -> None:
    state, reason = health(read(f"Careers\nJoin us!\n{words}\nImprint", anchors=MENU), 0)

    assert state == "none"
    assert reason.removeprefix("the page says: ") in words


@each_row(
    "words",
    [
        "If there are no open positions that suit you, write to us.",
        "Should there be no vacancies for you, join our talent network.",
        "Wenn Sie keine passenden Stellen finden, bewerben Sie sich initiativ.",
        "No experience? No problem. See our open positions.",
        "0 jobs",
        "Loading jobs…",
        "There is no dress code in our offices.",
    ],
)
def test_other_words_with_no_in_them_state_nothing(words: str) -> None:
    assert status(read(f"Careers\n{words}\nImprint", anchors=MENU)) == "empty"


def test_a_page_without_text_and_links_has_nothing_readable() -> None:
    assert health(read("  \n "), 0) == ("empty", "nothing readable on the page")


def test_a_page_of_menus_only_is_empty() -> None:
    assert status(read("About Products Blog", anchors=MENU)) == "empty"


# ---- shrunk


@each_row(
    ("before", "after", "expected"),
    [(300, 3, True), (10, 3, True), (10, 4, False), (9, 0, False), (10, 0, True), (100, 40, False), (20, 30, False)],
)  # fmt: skip
def test_only_a_loss_of_most_of_ten_or_more_is_implausible(before: int, after: int, expected: bool) -> None:
    assert shrunk(before, after) is expected


@pytest.mark.parametrize(
    ("title", "text"),
    [
        ("Nur einen Moment…", "Überprüfen Sie, ob Sie ein Mensch sind."),
        ("Challenge Validation", ""),
        ("Radware Captcha Page", "Your behavior on this site made us think that you are a bot."),
        ("Verificação de segurança", "Confirme que você é humano"),
        ("Access Denied", "You don't have permission to access this server.\nReference #18.9f3e1502.17.1a2b"),
    ],
)
def test_interstitials_of_vendors_and_languages_are_barriers(title: str, text: str) -> None:
    assert status(read(text, title=title)) == "blocked"


@pytest.mark.parametrize(
    "words",
    [
        "Momentan sind alle Positionen besetzt.",
        "Zurzeit suchen wir keine Verstärkung",
        "Obecnie nie prowadzimy rekrutacji",
        "Vi søger ikke medarbejdere i øjeblikket",
        "0 open roles",
    ],
)
def test_more_ways_to_say_that_nothing_is_open(words: str) -> None:
    assert status(read(f"Careers\nWe are a firm.\n{words}\nContact")) == "none"
