"""The settings of a process: validated, and what follows from them."""

from __future__ import annotations

import os
import re
from urllib.parse import urlsplit

from pydantic import SecretStr, ValidationInfo, field_validator, model_validator
from pydantic_settings import BaseSettings, PydanticBaseSettingsSource, SettingsConfigDict

from jpt.files import Files
from jpt.net.bases import Bases
from jpt.net.upstream import Upstream
from jpt.settings.groups import Browser, Digests, Fitting, Model, Network, Storage, Watching
from jpt.text.durations import seconds_of
from jpt.text.mailboxes import addresses
from jpt.text.timetable import CALM_AT, Timetable, clock_times, quiet_span, zone


class Settings(Fitting, Watching, Digests, Storage, Model, Browser, Network):
    """The settings of one process, validated once."""

    model_config = SettingsConfigDict(frozen=True, extra="ignore", populate_by_name=True, env_ignore_empty=True)

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],  # noqa: ARG003  (the signature is the library's)
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,
        dotenv_settings: PydanticBaseSettingsSource,  # noqa: ARG003  (the signature is the library's)
        file_secret_settings: PydanticBaseSettingsSource,  # noqa: ARG003
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        """Read options and the environment; files are read by `load`, which names their lines."""
        return init_settings, env_settings

    @field_validator("email_from", "email_to")
    @classmethod
    def _mail_addresses(cls, value: str | None) -> str | None:
        addresses(value or "")
        return value

    @field_validator("digest_at", "quiet_hours", "timezone")
    @classmethod
    def _a_time(cls, value: str, info: ValidationInfo) -> str:
        {"digest_at": clock_times, "quiet_hours": quiet_span, "timezone": zone}[info.field_name or ""](value)
        return value

    @field_validator("every_s", mode="before")
    @classmethod
    def _a_length(cls, value: object) -> object:
        return seconds_of(value) if isinstance(value, str) else value

    @field_validator("https_proxy")
    @classmethod
    def _a_proxy(cls, value: str | None) -> str | None:
        if value:
            Upstream.parsed(value, "")
        return value or None

    @field_validator("web_url", "telegram_api")
    @classmethod
    def _a_place(cls, value: str | None) -> str | None:
        parts = urlsplit(value or "")
        if value and (parts.scheme not in {"http", "https"} or not parts.hostname or parts.path.strip("/")):
            raise ValueError("must be http://HOST:PORT, without a path")
        return value.rstrip("/") if value else None

    @field_validator("telegram_token")
    @classmethod
    def _a_token(cls, value: SecretStr | None) -> SecretStr | None:
        # It stands in an address: what is no token must not lead elsewhere.
        if value and not re.fullmatch(r"\d+:[A-Za-z0-9_-]+", value.get_secret_value()):
            raise ValueError("a token such as 123456:ABC-DEF")
        return value

    @field_validator("feed_base")
    @classmethod
    def _bases(cls, value: str) -> str:
        Bases.parsed(value)
        return value

    @field_validator("user_agent", "language")
    @classmethod
    def _one_header_line(cls, value: str | None) -> str | None:
        if value is not None and any(ord(char) < 32 or ord(char) > 126 for char in value):
            raise ValueError("must be one line of plain ASCII")
        return value

    @field_validator("openai_api_key")
    @classmethod
    def _one_word(cls, value: SecretStr | None) -> SecretStr | None:
        key = value.get_secret_value().strip() if value else ""
        if not key.isascii() or len(key.split()) > 1:
            raise ValueError("one word of plain ASCII")
        return SecretStr(key) if key else None

    @field_validator("openai_base_url")
    @classmethod
    def _an_endpoint(cls, value: str | None) -> str | None:
        if value and (not value.startswith(("http://", "https://")) or not urlsplit(value).hostname):
            raise ValueError("an http(s) address, like http://localhost:11434/v1")
        return value.strip() if value else None

    @model_validator(mode="after")
    def _reachable_model(self) -> Settings:
        if self.extractor != "rules" and self.openai_api_key is None and self.openai_base_url is None:
            raise ValueError(
                f"JPT_EXTRACTOR is {self.extractor!r}, but there is no model to ask: set OPENAI_API_KEY, or "
                "OPENAI_BASE_URL of a server that needs no key."
            )
        return self

    @property
    def model_url(self) -> str:
        """Where the model is."""
        return self.openai_base_url or "https://api.openai.com/v1"

    @property
    def model_key(self) -> str:
        """The key for it; empty when there is none."""
        return self.openai_api_key.get_secret_value() if self.openai_api_key else ""

    @property
    def is_root(self) -> bool:
        """Whether this process runs as root, where Chromium's sandbox does not start."""
        return hasattr(os, "geteuid") and os.geteuid() == 0

    @property
    def sandbox(self) -> bool:
        """Whether Chromium runs in its sandbox."""
        return not self.disable_sandbox and not self.is_root

    @property
    def watchdog_s(self) -> float:
        """The hard limit of one scrape in seconds."""
        return self.scrape_watchdog_ms / 1000

    @property
    def more_s(self) -> float:
        """Longest time for looking for more of a list, in seconds: it ends well before the watchdog."""
        return min(self.list_seconds, 0.65 * self.watchdog_s)

    @property
    def upstream(self) -> Upstream | None:
        """The proxy behind the egress gate."""
        return Upstream.parsed(self.https_proxy, self.no_proxy) if self.https_proxy else None

    @property
    def files(self) -> Files:
        """The files beside the database."""
        return Files(self.db, self.emailed_csv_at)

    @property
    def timetable(self) -> Timetable:
        """When digests may be sent."""
        return Timetable.parsed(self.digest_at, self.quiet_hours, self.timezone)

    @property
    def calm_timetable(self) -> Timetable:
        """When digests may be sent by what runs all day: once, in the morning, unless the user says otherwise."""
        return Timetable.parsed(self.digest_at or CALM_AT, self.quiet_hours, self.timezone)

    @property
    def bases(self) -> Bases:
        """Where feeds really are, by host."""
        return Bases.parsed(self.feed_base)
