"""Reads the least years of work experience that a job post requires, by rules and without a network."""

from jpt.extract.experience.decide import experience

__all__ = ["experience"]
