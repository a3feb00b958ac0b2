"""Which statements of years count: tables of rules and claims, each with examples that are its tests. Pure.

The first rule that holds says why a statement does not count.
"""

from jpt.extract.experience.clause import Clause
from jpt.extract.experience.reasons import Reason
from jpt.extract.experience.rules.asked import NOT_ASKED, OTHERS
from jpt.extract.experience.rules.claims import CLAIMS, UNCLAIMED
from jpt.extract.experience.rules.company import COMPANY
from jpt.extract.experience.rules.degrees import DEGREES
from jpt.extract.experience.rules.preferred import PREFERRED
from jpt.extract.experience.rules.rule import Rule
from jpt.extract.experience.rules.time import STUDIES, TIMES

RULES: tuple[Rule, ...] = (
    *NOT_ASKED, *OTHERS, *STUDIES, *TIMES, *COMPANY, *UNCLAIMED, *PREFERRED, *DEGREES,
)  # fmt: skip

__all__ = ["CLAIMS", "RULES", "reason_against"]


def reason_against(clause: Clause) -> Reason | None:
    """Return why a statement does not count; None when it does."""
    rule = rule_against(clause)
    return None if rule is None else rule.reason


def rule_against(clause: Clause) -> Rule | None:
    """Return the first rule that keeps a statement from counting; a field is only kept by those of fields."""
    plain = not (clause.statement.field or clause.statement.nested)
    return next((rule for rule in RULES if (plain or rule.of_fields) and rule.holds(clause)), None)
