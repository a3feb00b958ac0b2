"""Reads the least years of work experience that a job post requires, by rules and without a network."""

from jpt.extract.experience.decide import experience
from jpt.extract.experience.quoted import Quoted, Said, quoted, year_places

__all__ = ["Quoted", "Said", "experience", "quoted", "year_places"]
