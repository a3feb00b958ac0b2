"""Transports to people: who gets what by which channel, and how a digest is frozen and handed over there."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from email.headerregistry import Address as MailAddress
from functools import partial
from typing import Protocol

from jpt.digest import apprise_channels, message, smtp, telegram
from jpt.digest.apprise_channels import AppriseUrl
from jpt.digest.custom_templates import CustomTemplates, read
from jpt.digest.extras import DigestExtras
from jpt.digest.filters import read_profiles
from jpt.digest.message import Envelope
from jpt.digest.rules import Profile
from jpt.digest.signed_actions import Signer
from jpt.digest.smtp import Server
from jpt.digest.submission import Call, Dot, Submission
from jpt.digest.telegram_api import Account
from jpt.errors import SettingError
from jpt.models.digests import DEFAULT, MAIL, Channel, Digest, DigestEntry, Frozen, HealthReport
from jpt.settings import Settings
from jpt.settings.web_token import token_of
from jpt.text.mailboxes import addresses

_ALL = 100_000


class Freeze(Protocol):
    """Makes the bytes of a digest."""

    def __call__(
        self, entries: Sequence[DigestEntry], health: HealthReport, extras: DigestExtras, now: datetime, /
    ) -> Frozen:
        """Freeze *entries*."""


class Hand(Protocol):
    """Hands a digest over."""

    def __call__(self, digest: Digest, dot: Dot, /, *, call: Call) -> Submission:
        """Try once."""


@dataclass(frozen=True, slots=True)
class Transport:
    """One channel of one person."""

    channel: Channel
    profile: Profile
    label: str
    """The channel, for people."""
    freeze: Freeze
    post: Hand
    most_rows: int
    most: int
    """Weight of one digest at most."""
    most_digests: int = _ALL
    """Digests at a time; what is more follows next time."""


@dataclass(frozen=True, slots=True)
class Transports:
    """Everybody, and how they are reached."""

    profiles: tuple[Profile, ...]
    transports: tuple[Transport, ...]
    missing: str = ""
    """What mail lacks, in one sentence; empty when it is set up."""


def transports(settings: Settings) -> Transports:
    """Read who gets what, and by which transports; raises SettingError."""
    profiles = read_profiles(settings.filters)
    server, words = mail_server(settings), read(settings.filters.parent / "templates")
    words = replace(words, tags_of=profiles[0].tags_of)
    found: list[Transport] = []
    missing = ""
    for profile in profiles:
        to = addresses(settings.email_to or "") if profile.name == DEFAULT else addresses(", ".join(profile.to))
        if to and server is not None:
            found.append(_mail_transport(settings, server, _envelope(settings, to, profile, words), profile))
        elif to or (server is not None and profile.name == DEFAULT):
            missing = missing or _missing(settings)
        found += _other_transports(settings, profile, words)
    return Transports(profiles, tuple(found), missing or ("" if found else _missing(settings)))


def mail_server(settings: Settings) -> Server | None:
    """Return the mail server, or None when none is set."""
    if not settings.smtp_host:
        return None
    return Server(
        host=settings.smtp_host,
        port=settings.smtp_port,
        security=settings.smtp_security,
        user=settings.smtp_user or "",
        password=settings.smtp_pass.get_secret_value() if settings.smtp_pass else "",
        timeout_s=settings.smtp_timeout_s,
        final_timeout_s=settings.smtp_final_timeout_s,
    )


def envelope(settings: Settings) -> Envelope | None:
    """Return sender and recipients of the default profile's mail; None without recipients."""
    to = addresses(settings.email_to or "")
    return Envelope(_sender(settings), to) if to else None


def _envelope(
    settings: Settings, to: tuple[MailAddress, ...], profile: Profile, words: CustomTemplates
) -> Envelope:
    # Marks are the default profile's: nobody else gets links that set them.
    own = bool(settings.web_url) and profile.name == DEFAULT
    signer = Signer.of(settings.web_url or "", token_of(settings)) if own else None
    return Envelope(_sender(settings), to, profile.name, signer, words)


def _mail_transport(settings: Settings, server: Server, envelope: Envelope, profile: Profile) -> Transport:
    def post(digest: Digest, dot: Dot, /, *, call: Call) -> Submission:
        return smtp.submit(server, envelope.sender.addr_spec, digest.pending, digest.content, dot, call)

    return Transport(
        Channel(profile.name, MAIL),
        profile,
        "mail",
        partial(message.mail, envelope),
        post,
        settings.digest_rows,
        message.MOST_HTML,
    )


def _other_transports(settings: Settings, profile: Profile, words: CustomTemplates) -> list[Transport]:
    if profile.name == DEFAULT:
        text, source = settings.notify.get_secret_value() if settings.notify else "", "JPT_NOTIFY"
    else:
        text, source = " ".join(profile.notify), f"{settings.filters}, profile {profile.name}, notify"
    found = [
        _notify_transport(settings, address, profile, words) for address in apprise_channels.parse(text, source)
    ]
    # Its buttons set marks, which are the default profile's.
    account = Account.of(settings) if profile.name == DEFAULT else None
    return [*found, _telegram_transport(settings, account, profile, words)] if account is not None else found


def _telegram_transport(
    settings: Settings, account: Account, profile: Profile, words: CustomTemplates
) -> Transport:
    return Transport(
        account.channel,
        profile,
        "telegram",
        partial(telegram.message, account, words=words),
        partial(telegram.submit, settings, account),
        min(settings.digest_rows, telegram.MOST_ROWS),
        telegram.MOST_CHARS,
        telegram.MOST_MESSAGES,
    )


def _notify_transport(
    settings: Settings, address: AppriseUrl, profile: Profile, words: CustomTemplates
) -> Transport:
    return Transport(
        Channel(profile.name, address.name),
        profile,
        address.label,
        partial(apprise_channels.message, address, words=words),
        partial(apprise_channels.submit, address),
        min(settings.digest_rows, apprise_channels.MOST_ROWS),
        apprise_channels.limits(address)[1],
        apprise_channels.MOST_MESSAGES,
    )


def _sender(settings: Settings) -> MailAddress:
    named = settings.email_from or (settings.smtp_user if "@" in (settings.smtp_user or "") else "")
    try:
        found = addresses(named or "")
    except ValueError:
        found = ()
    if not found:
        raise SettingError("EMAIL_FROM is not set, and SMTP_USER is no mail address: set EMAIL_FROM.")
    return found[0]


def _missing(settings: Settings) -> str:
    names = [
        name for name, value in (("SMTP_HOST", settings.smtp_host), ("EMAIL_TO", settings.email_to)) if not value
    ]
    return f"Mail is not set up ({' and '.join(names or ['nobody to send it to'])} missing)."
