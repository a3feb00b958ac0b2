"""Checks of what jpt talks to: the mail server, the model."""

from __future__ import annotations

from collections.abc import Iterator

from jpt.doctor.finding import Finding, warn
from jpt.settings import Settings


def mail(settings: Settings) -> Iterator[Finding]:
    """Look whether digests can be mailed."""
    if not settings.smtp_host:
        yield warn(
            "mail",
            "No mail server is set: digests are not mailed.",
            "Set SMTP_HOST, SMTP_USER, SMTP_PASS and EMAIL_TO in .env; `jpt init` shows how.",
        )
