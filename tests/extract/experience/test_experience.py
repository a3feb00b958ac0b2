"""The least years that a post requires: the number, the sentence that says so, and what does not count."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jpt.extract.experience import experience
from tests.table import each_row

REQUIRED = [
    ("You have 3+ years of experience with Python.", 3),
    ("At least five years of professional experience as a nurse.", 5),
    ("Minimum 2 yrs experience in retail.", 2),
    ("3-5 years of experience in logistics", 3),
    ("3–5 years of experience in logistics", 3),
    ("3 to 5 years' experience in logistics", 3),
    ("Three (3) years of related work experience", 3),
    ("0-2 years of experience in sales", 0),
    ("Up to 3 years of experience in sales", 0),
    ("Less than 2 years of work experience", 0),
    ("More than 4 years of experience in sales", 4),
    ("18 months of experience in a kitchen", 1),
    ("6 months of experience in a kitchen", 0),
    ("1.5 years of experience in a kitchen", 1),
    ("A year of experience in a similar position is required.", 1),
    ("Experience: 2-5 yrs", 2),
    ("Years of experience: 4", 4),
    ("2 years of experience within the last 5 years", 2),
    ("7 or more years of experience leading teams", 7),
    ("Typically requires 6 years of related experience.", 6),
    ("Mindestens 3 Jahre Berufserfahrung im Vertrieb", 3),
    ("Au moins 2 ans d'expérience en comptabilité", 2),
    ("Al menos 4 años de experiencia en ventas", 4),
    ("Minimaal 2 jaar ervaring in de zorg", 2),
    ("- 4+ years Salesforce administration", 4),
    ("- 3+ yrs Java", 3),
    ("Required: 4 years of experience in Rust (a strong plus: 1 year of Zig).", 4),
    ("Preferred: 5 years of experience. Required: 2 years of experience.", 2),
    ("Candidates with less than 3 years of experience will not be considered.", 3),
    ("8 + years experience in backend. Experience leading projects over 2 years long.", 8),
    ("At least a decade of experience in law is required.", 10),
    ("Half a decade of experience in sales is required.", 5),
    ("Two-plus years in a customer-facing role is required.", 2),
    ("YOE: 4+", 4),
    ("Solid background (3y+) in DevOps.", 3),
    ("Proven track record of 4+ years in account management.", 4),
    ("Minimum 2 years RN required.", 2),
    ("Do you have 3+ years of experience in design? Then we want you.", 3),
]


@each_row(("sentence", "years"), REQUIRED)
def test_a_required_number_is_read_with_its_sentence(sentence: str, years: int) -> None:
    post = f"We make boats.\n\nRequirements\n{sentence}\nA sense of humour\n"

    read = experience(post)

    assert (read.min_years, read.stated) == (years, True)
    assert read.evidence is not None
    assert " ".join(read.evidence.split()) in " ".join(post.split())


NOTHING = [
    "Our team has 50 years of combined experience.",
    "For over 40 years we have been building boats.",
    "You must be at least 18 years of age.",
    "A 4-year degree in engineering.",
    "This is a 2 year fixed-term contract.",
    "Options vest over 4 years.",
    "Graduated within the last 2 years.",
    "Several years of experience in sales.",
    "Proven experience in sales.",
    "After 5 years of service you get a sabbatical.",
    "Senior Engineer III",
    "Internship for new graduates",
    "You do not need 5 years of experience to apply.",
    "You won't need 5 years of experience; a willingness to learn is enough.",
    "Candidates with more than 5 years of experience will not be considered.",
    "Applicants with over 8 years of experience are overqualified for this role.",
    "Fewer than 3 years of experience? Please apply to our graduate programme instead.",
    "We have been dedicated to an educational experience for over 70 years.",
]


@each_row("sentence", NOTHING)
def test_what_is_not_required_experience_is_no_number(sentence: str) -> None:
    read = experience(f"About the role\n{sentence}\nYou like boats.\n")

    assert (read.min_years, read.stated, read.evidence) == (0, False, None)


@pytest.mark.parametrize(
    "post",
    [
        "Requirements\nA degree\n\nNice to have\n5 years of experience with Rust",
        "Requirements\nA degree\n\nPreferred qualifications\n- 5+ years of experience with Rust",
        "Requirements\nIdeally 5 years of experience with Rust",
        "Requirements\n5 years of experience with Rust preferred",
        "Requirements\n5 years of experience with Rust is a plus",
    ],
)
def test_preferred_years_do_not_count_and_are_named_as_such(post: str) -> None:
    read = experience(post)

    assert (read.min_years, read.stated) == (0, False)
    assert [(other.years, other.reason) for other in read.rejected] == [(5, "preferred")]


@pytest.mark.parametrize(
    ("post", "years"),
    [
        ("Requirements\n5+ years in software\n2+ years of experience with AWS", 2),
        ("Requirements\nBachelor's and 5 years of experience, or Master's and 3 years of experience, or PhD", 3),
        ("Level I: 1 year of experience. Level II: 3 years of experience.", 1),
        ("Requirements\n5 years of experience, of which 2 years in management", 5),
        (
            "Requirements\nHigh-school diploma and 5 years of experience, or Bachelor's and 2 years of experience",
            2,
        ),
    ],
)
def test_of_several_required_numbers_the_lowest_counts(post: str, years: int) -> None:
    assert experience(post).min_years == years


def test_bonus_points_end_where_the_next_heading_begins() -> None:
    read = experience("Bonus points\n- 2+ years of experience with Rust\n\nYou\n- 5+ years of experience with C++")

    assert (read.min_years, [other.years for other in read.rejected]) == (5, [2])


def test_a_colleagues_years_are_not_asked_for() -> None:
    read = experience(
        "Requirements\n4+ years Salesforce administration\n3+ yrs Apex\n"
        "What you get\nYour manager, Anna, has 12 years of experience in logistics."
    )

    assert read.min_years == 3


def test_experience_that_only_stands_in_for_a_degree_is_not_required() -> None:
    read = experience("Requirements\nBachelor's degree or 4 years of equivalent experience\n")

    assert read.min_years in {0, 4}
    assert (read.stated, read.min_years) == (False, 0)


def test_other_jobs_on_the_page_do_not_count() -> None:
    read = experience(
        "Baker\nRequirements\n3 years of experience in a bakery\n\nSimilar jobs\n"
        "Cook\n1 year of experience\nWaiter\n0-1 years of experience\n"
    )

    assert read.min_years == 3


@pytest.mark.parametrize(
    ("months", "years", "source", "confidence"),
    [(36, 3, "json-ld", "high"), (18, 1, "json-ld", "low"), (60, 3, "rules", "low")],
)
def test_of_text_and_data_the_lower_counts_and_doubt_is_marked(
    months: int, years: int, source: str, confidence: str
) -> None:
    read = experience("Requirements\n3 years of experience in a bakery", months)

    assert (read.min_years, read.source, read.confidence) == (years, source, confidence)


@given(st.text(alphabet="0123456789 yearsofxpinc-–+(),.:\n½é", max_size=300))
def test_any_text_is_read_with_honest_evidence(text: str) -> None:
    read = experience(text)

    assert 0 <= read.min_years < 100
    assert read.stated or read.min_years == 0
    if read.evidence is not None:
        assert " ".join(read.evidence.split()) in " ".join(text.split())


HOSTILE = ["1234567890", " ", "years ", "1-", "\n", "Requirements:\n"]


@each_row("unit", HOSTILE)
def test_a_page_of_anything_takes_its_share_and_no_more(unit: str) -> None:
    """Each takes a tenth of a second of a slow core; a pattern that takes the square would need minutes."""
    text = f"{unit * (200_000 // len(unit))}\nRequirements\n3 years of experience\n"
    begun = time.process_time()

    experience(text)

    assert time.process_time() - begun < 4


@each_row("token", ["a", "a ", "ab-", "1 ", "ж", "or ", "experience ", "years ", "who "])
@each_row("end", ["", "ж"])
def test_a_long_sentence_round_a_number_of_years_is_read_at_once(token: str, end: str) -> None:
    begun = time.process_time()

    for _ in range(4):
        experience(f"Requirements\n{token * 300}{end} 3 years {token * 300}{end}")

    assert time.process_time() - begun < 6


@pytest.mark.parametrize("unit", ["3 years ", "5 years of experience, ", "or 1-2 " * 50, "\n", "Requirements: "])
def test_a_long_page_is_read_in_linear_time(unit: str) -> None:
    """A page of 150 kB must not hold up the run: super-linear patterns would take minutes here."""
    experience(unit * (150_000 // len(unit)))


@each_row("line", ["あ" * 300, "経験者優遇" * 60, "a" * 300, "a-" * 150, "a' " * 100])
def test_a_line_without_spaces_between_two_numbers_holds_nothing_up(line: str) -> None:
    """Japanese and Chinese have none; a heading looked for in such a line once took for ever."""
    begun = time.process_time()

    found = experience(f"Requirements\n- 5 years of experience with Go\n{line}\n- 3 years of experience with SQL")

    assert found.min_years == 3
    assert time.process_time() - begun < 5
