"""Which statements of years count: tables of rules and claims, each with examples that are its tests."""

from jpt.extract.experience.rules.table import CLAIMS, RULES, reason_against

__all__ = ["CLAIMS", "RULES", "reason_against"]
