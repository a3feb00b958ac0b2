"""What anybody wants of posts, by the rules of now: asked while pages are read."""

from __future__ import annotations

from typing import Protocol

from jpt.models.digests import News


class Wants(Protocol):
    """Somebody's rules, or everybody's."""

    def fits(self, job: News) -> bool:
        """Whether a stored job fits anybody: its post is read again now and then."""

    def title_out(self, site: str, title: str) -> str | None:
        """Name the rule by which a title alone keeps a job from everybody; None where somebody may want it."""


class Everything:
    """No rules."""

    def fits(self, _job: News) -> bool:
        """Every job does."""
        return True

    def title_out(self, _site: str, _title: str) -> str | None:
        """No title does."""
        return None


EVERYTHING = Everything()
