"""Reads the least years of work experience that a job post requires, by rules and without a network."""

from jpt.extract.experience.decide import Policy, experience
from jpt.extract.experience.quoted import Quoted, QuotedYears, quoted, year_places
from jpt.extract.experience.reasons import Reason, in_words

__all__ = ["Policy", "Quoted", "QuotedYears", "Reason", "experience", "in_words", "quoted", "year_places"]
