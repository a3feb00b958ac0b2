"""Checks of what jpt talks to: the mail server, the model."""

from __future__ import annotations

from collections.abc import Iterator

from jpt.digest import mail as smtp
from jpt.digest.ways import mail_server, ways
from jpt.doctor.finding import Finding, fail, ok, warn
from jpt.errors import SettingError
from jpt.settings import Settings


def mail(settings: Settings) -> Iterator[Finding]:
    """Look whether digests can be mailed: by a real login, without sending anything."""
    try:
        found = ways(settings)
    except SettingError as exc:
        yield fail("mail", exc.sentence, "Correct it in .env.")
        return
    server = mail_server(settings)
    if server is None:
        yield warn(
            "mail",
            "No mail server is set: digests are not mailed.",
            "Set SMTP_HOST, SMTP_USER, SMTP_PASS and EMAIL_TO in .env; `jpt init` shows how.",
        )
        return
    if wrong := smtp.check(server):
        yield fail("mail", f"{wrong.rstrip('.')}.", "Check SMTP_HOST, SMTP_PORT, SMTP_USER and SMTP_PASS.")
    elif not any(way.channel.is_mail for way in found.ways):
        yield warn("mail", f"{server.place} works, but nobody is named to send to.", "Set EMAIL_TO in .env.")
    else:
        how = {"tls": "TLS", "starttls": "STARTTLS"}.get(server.transport, "a connection within this machine")
        whom = f"{settings.smtp_user} is logged in" if settings.smtp_user else "no login is asked for"
        yield ok("mail", f"{server.place} answers over {how}; {whom}. `jpt digest --test` sends a test mail.")
