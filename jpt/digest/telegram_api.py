"""Whom Telegram's Bot API is spoken to as, and what it answers: values that need no client."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from typing import Any, Self
from urllib.parse import quote, urlsplit

from jpt.errors import SettingError
from jpt.models.digests import DEFAULT, Channel
from jpt.settings import Settings
from jpt.text.clean import clean_line


@dataclass(frozen=True, slots=True)
class Account:
    """A bot, and the one chat that it talks with."""

    token: str = field(repr=False)
    chat: int
    api: str

    @classmethod
    def of(cls, settings: Settings) -> Self | None:
        """Return the account in the settings, None without a token; raises SettingError."""
        token = settings.telegram_token.get_secret_value() if settings.telegram_token else ""
        if not token:
            return None
        if settings.telegram_chat is None:
            raise SettingError(
                "JPT_TELEGRAM_CHAT is not set: set it to the number of the chat that JPT_TELEGRAM_TOKEN writes to."
            )
        return cls(token, settings.telegram_chat, settings.telegram_api)

    @property
    def channel(self) -> Channel:
        """What the ledger calls it: another token for the same chat announces nothing anew."""
        return Channel(DEFAULT, "telegram:" + hashlib.sha256(str(self.chat).encode()).hexdigest()[:12])

    @property
    def host(self) -> str:
        """Where the API is, for people."""
        return urlsplit(self.api).netloc

    def hide(self, words: str) -> str:
        """Return *words* without the token."""
        return clean_line(words.replace(self.token, "…").replace(quote(self.token, safe=""), "…"), 200)


@dataclass(frozen=True, slots=True)
class TelegramReply:
    """What came of a request."""

    ok: bool
    value: Any = None
    """The result; None where there is none."""
    status: int = 0
    """As of HTTP; 0 where no answer came."""
    words: str = ""
    """What the server says against it."""
    wait_s: float | None = None
    """For how long it asks to wait."""
    may_have_arrived: bool = True
    """Whether the server may have got the request."""
