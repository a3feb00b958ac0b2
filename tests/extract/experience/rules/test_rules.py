"""Every rule holds for its own example and not for the one beside it; every claim is borne out by its own."""

from __future__ import annotations

from jpt.extract.experience import in_words
from jpt.extract.experience.decide import Judged, judge
from jpt.extract.experience.reasons import Reason
from jpt.extract.experience.rules import CLAIMS, RULES, rule_against
from jpt.extract.experience.rules.rule import Claim, Rule
from jpt.extract.experience.wording import wording
from jpt.extract.experience.years_classifier import every_pattern, fingerprint, weights
from tests.table import each_row


def judged(text: str) -> list[Judged]:
    return judge(wording(text))


def name(rule: Rule) -> str:
    return f"{rule.reason}: {rule.holds_for[-40:]}"


@each_row("rule", RULES, ids=name)
def test_a_rule_keeps_its_example_from_counting(rule: Rule) -> None:
    kept_out = [one for one in judged(rule.holds_for) if one.reason == rule.reason]

    assert kept_out
    assert any(rule_against(one.clause) is rule for one in kept_out)
    assert all(one.reason is not None for one in judged(rule.holds_for) if one in kept_out)


@each_row("rule", RULES, ids=name)
def test_a_rule_lets_what_only_looks_like_it_count(rule: Rule) -> None:
    assert any(one.reason is None for one in judged(rule.but_not_for))


@each_row("claim", CLAIMS, ids=lambda claim: claim.name)
def test_a_claim_makes_its_example_count(claim: Claim) -> None:
    counted = [one.clause for one in judged(claim.holds_for) if one.reason is None]

    assert any(claim.holds(one) for one in counted)


@each_row("reason", Reason)
def test_every_reason_can_be_said_to_people(reason: Reason) -> None:
    assert in_words(reason) != reason or reason in {"age", "study", "residence", "preferred"}


def test_words_that_an_older_database_holds_stay() -> None:
    assert in_words("study or length of a programme") == "study or length of a programme"


def test_the_second_opinion_knows_every_pattern_that_it_was_learned_with() -> None:
    learned = weights()

    assert learned.patterns <= {name for name, _, _ in every_pattern()}
    assert learned.fingerprint == fingerprint()
