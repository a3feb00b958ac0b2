"""The second opinion: it makes an answer sure or a question, never another answer."""

from __future__ import annotations

import json
import time
from pathlib import Path

import pytest

from jpt.extract.experience import experience
from jpt.extract.experience import opinion as opinions
from jpt.extract.experience.decide import by_rules, judge
from jpt.extract.experience.opinion import BUCKETS, MOST, Mention, fingerprint, probability, weights
from jpt.extract.experience.wording import wording

FILE = Path(opinions.__file__).parent / "opinion.json"
WORK = "You will plan the routes of our boats, keep the lists of what they carry and help the crew. " * 6


def mentions(text: str) -> list[Mention]:
    return [Mention(one.clause, one.years) for one in judge(wording(text))]


def likely(text: str, years: int | None) -> float:
    found = probability(wording(text), mentions(text), years)
    assert found is not None
    return found


def test_the_weights_were_learned_with_the_patterns_that_the_rules_have_now() -> None:
    assert weights().fingerprint == fingerprint(), (
        "The rules' patterns have other names than when the weights of the second opinion were learned: "
        "learn them again with `nox -s opinion -- FOLDER` (tests/accuracy/train_opinion.py says what FOLDER holds)."
    )


def test_the_weights_are_few_and_hold_no_words() -> None:
    row = json.loads(FILE.read_text("utf-8"))

    assert len(row["buckets"]) == BUCKETS <= 2100
    assert FILE.stat().st_size <= 40_000
    assert all(type(weight) is int for weight in row["buckets"])
    assert 0.5 < weights().sure < 1


@pytest.mark.parametrize(
    ("text", "years"),
    [
        ("Requirements\n- At least 5 years of experience as a skipper\n", 5),
        ("What you bring\nYou have 3+ years of experience with boats and crews.\n", 3),
        ("Anforderungen\n- Mindestens 3 Jahre Berufserfahrung als Koch\n", 3),
    ],
)
def test_what_is_plainly_said_is_sure(text: str, years: int) -> None:
    read = experience(f"{WORK}\n{text}")

    assert (read.min_years, read.confidence, read.doubt) == (years, "high", "")
    assert likely(f"{WORK}\n{text}", years) > 0.9
    assert likely(f"{WORK}\n{text}", None) < 0.1


def test_a_post_without_any_number_is_sure_to_state_none() -> None:
    assert experience(f"Requirements\n{WORK}").confidence == "high"
    assert likely(WORK, None) == 1.0


def test_an_answer_that_the_words_speak_against_is_a_question_and_stays_the_answer(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    text = f"{WORK}\nRequirements\n- At least 5 years of experience as a skipper\n"
    monkeypatch.setattr(opinions, "weights", lambda: opinions.Weights("", 0.9, -9.0, (0.0,) * BUCKETS))

    read = experience(text)

    assert (read.min_years, read.stated, read.confidence) == (5, True, "low")
    assert read.doubt == "the words round the numbers speak against it"


def test_where_there_are_too_many_numbers_there_is_no_opinion() -> None:
    text = f"Requirements\n{WORK}\n" + "- 3 years of experience with ropes\n" * (MOST + 1)

    assert probability(wording(text), mentions(text), 3) is None
    assert experience(text).confidence == "medium"


def test_the_rules_alone_are_never_sure() -> None:
    words = wording(f"{WORK}\nRequirements\n- 5 years of experience\n")

    assert by_rules(words, judge(words)).confidence == "medium"


def test_probabilities_of_all_answers_add_up_to_one() -> None:
    text = f"{WORK}\nBenefits: a boat after 10 years.\nRequirements\n- 5 years of ropes, 2 years of sails, 2 years at sea\n"
    answers = {one.years for one in mentions(text)}

    assert sum(likely(text, years) for years in (None, *answers)) == pytest.approx(1.0)


def test_an_opinion_takes_less_than_a_few_milliseconds() -> None:
    text = f"{WORK}\nRequirements\n" + "- 5 years of ropes; sails and a boat of your own are welcome\n" * 5
    words, listed = wording(text), mentions(text)

    def seconds() -> float:
        began = time.process_time()
        probability(words, listed, 5)
        return time.process_time() - began

    assert min(seconds() for _ in range(20)) < 0.01
