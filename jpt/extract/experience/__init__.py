"""Reads the least years of work experience that a job post requires, by rules and without a network."""

from jpt.extract.experience.decide import experience
from jpt.extract.experience.quoted import Quoted, Said, quoted, year_places
from jpt.extract.experience.reasons import Reason, in_words

__all__ = ["Quoted", "Reason", "Said", "experience", "in_words", "quoted", "year_places"]
