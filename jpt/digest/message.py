"""A digest's bytes, made once: identity, date, headers and both its bodies."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from email import policy
from email.headerregistry import Address
from email.message import EmailMessage
from email.utils import format_datetime
from typing import Literal

from jpt.digest.compose import letter
from jpt.digest.custom_templates import OURS, CustomTemplates
from jpt.digest.extras import DigestExtras, href
from jpt.digest.render import html, text
from jpt.digest.signed_actions import Signer
from jpt.models.digests import DEFAULT, DigestEntry, Frozen, HealthReport, frozen, new_id

MOST_HTML = 98_000
"""Most bytes of the HTML: Gmail cuts off what is beyond 102 kB."""


@dataclass(frozen=True, slots=True)
class Envelope:
    """The sender and the recipients of a mail."""

    sender: Address
    recipients: tuple[Address, ...]
    profile: str = DEFAULT
    signer: Signer | None = None
    """Makes links that act, where `jpt web` is set up."""
    words: CustomTemplates = OURS


def mail(
    envelope: Envelope, entries: Sequence[DigestEntry], health: HealthReport, extras: DigestExtras, now: datetime
) -> Frozen:
    """Freeze a digest as a mail."""
    said = letter(entries, health, extras, now)
    if envelope.signer is not None:
        jobs = (entry.news for entry in entries)
        said = replace(said, acts={href(job.url): tuple(envelope.signer.links(job, now)) for job in jobs})
    return _frozen(envelope, envelope.words.subject_of(said, entries, now), text(said), html(said), now, entries)


def test_mail(envelope: Envelope, now: datetime) -> Frozen:
    """Freeze a mail that only shows that mail works."""
    words = "This is a test of jpt: digests of new jobs will arrive here.\n"
    page = f"<!DOCTYPE html><html lang='en'><head><title>Test</title></head><body><p>{words}</p></body></html>"
    return _frozen(envelope, "jpt can send you mail", words, page, now, ())


def packed(
    entries: Sequence[DigestEntry],
    make: Callable[[Sequence[DigestEntry]], Frozen],
    *,
    most_rows: int,
    most: int = MOST_HTML,
) -> Frozen:
    """Freeze the first of *entries*: as many as weigh at most *most*, but at least one."""
    count = min(len(entries), most_rows)
    made = make(entries[:count])
    while made.weight > most and count > 1:
        count = max(1, min(count - 1, int(count * 0.95 * most / made.weight)))
        made = make(entries[:count])
    return made


def _frozen(
    envelope: Envelope, subject: str, plain: str, page: str, now: datetime, entries: Sequence[DigestEntry]
) -> Frozen:
    digest_id, domain = new_id(), envelope.sender.domain or "localhost"
    everybody = (envelope.sender, *envelope.recipients)
    utf8 = any(not address.addr_spec.isascii() for address in everybody)
    message = EmailMessage(policy=policy.SMTPUTF8 if utf8 else policy.SMTP)
    message["Subject"] = subject
    message["From"] = envelope.sender
    message["To"] = envelope.recipients
    message["Date"] = format_datetime(now)
    message["Message-ID"] = f"<{digest_id}.jpt@{domain}>"
    message["List-Id"] = f"jpt digest <{envelope.profile}.digest.jpt.{domain}>"
    message["Auto-Submitted"] = "auto-generated"
    message["X-JPT-Digest"] = digest_id
    message.set_content(plain, cte=_encoding(plain))
    message.add_alternative(page, subtype="html", cte=_encoding(page))
    return frozen(
        _wire(message.as_bytes()),
        entries,
        subject=subject,
        to=(address.addr_spec for address in envelope.recipients),
        where=domain,
        weight=len(page.encode()),
        digest_id=digest_id,
    )


def _encoding(body: str) -> Literal["quoted-printable", "base64"]:
    """Choose what takes fewer bytes: text in most of the world's scripts is shorter in base64."""
    others = sum(ord(char) > 126 or char == "=" for char in body)
    return "quoted-printable" if others * 6 < len(body) else "base64"


def _wire(content: bytes) -> bytes:
    """End every line in CRLF, the last one too."""
    lines = content.replace(b"\r\n", b"\n").replace(b"\r", b"\n").split(b"\n")
    return b"\r\n".join(lines).rstrip(b"\r\n") + b"\r\n"
