"""Every knob of jpt. The only module that reads the environment.

Precedence: option > environment > `.env` in the working folder > `state/secrets.env` > default.
"""

from __future__ import annotations

import os
import re
import tempfile
from collections.abc import Iterator
from contextlib import suppress
from difflib import get_close_matches
from pathlib import Path
from typing import Any, Literal
from urllib.parse import urlsplit

from dotenv import dotenv_values
from pydantic import Field, SecretStr, ValidationError, ValidationInfo, field_validator, model_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

from jpt.errors import SettingError
from jpt.net.bases import Bases
from jpt.net.upstream import Upstream
from jpt.text.durations import seconds_of, spoken
from jpt.text.mailboxes import addresses
from jpt.text.timetable import Timetable, clock_times, quiet_span, zone

ENV_FILES = (Path("state/secrets.env"), Path(".env"))
"""Least binding first."""

DEFAULT_DB = Path("state/snapshots.sqlite3")
DEFAULT_CSV = Path("inputs/companies.csv")


class Settings(BaseSettings):
    """The settings of one process, validated once."""

    model_config = SettingsConfigDict(frozen=True, extra="ignore", populate_by_name=True, env_ignore_empty=True)

    db: Path = Field(DEFAULT_DB, validation_alias="JPT_DB", description="the SQLite file")
    max_pages: int = Field(
        4, ge=1, le=64, validation_alias="PPT_MAX_PAGES", description="pages open at once in this process"
    )
    scrape_watchdog_ms: int = Field(
        120_000,
        ge=1_000,
        le=3_600_000,
        validation_alias="PPT_SCRAPE_WATCHDOG_MS",
        description="hard limit of one scrape, in ms; then it is cancelled and its context closed",
    )
    host_pages: int = Field(
        2,
        ge=1,
        le=64,
        validation_alias="JPT_HOST_PAGES",
        description="pages at once on one host:port (no limit on loopback)",
    )
    host_interval_ms: int = Field(
        500,
        ge=0,
        le=600_000,
        validation_alias="JPT_HOST_INTERVAL_MS",
        description="least time between two navigations on one host:port, in ms (none on loopback)",
    )
    list_pages: int = Field(
        50, ge=1, le=1_000, validation_alias="JPT_LIST_PAGES", description="most pages of one list that are turned"
    )
    list_presses: int = Field(
        200,
        ge=0,
        le=10_000,
        validation_alias="JPT_LIST_PRESSES",
        description="most presses of `load more`, `next` and page numbers on one list",
    )
    list_seconds: float = Field(
        75,
        ge=0,
        validation_alias="JPT_LIST_SECONDS",
        description="longest time for looking for more of one list than it shows at first",
    )
    user_agent: str | None = Field(
        None,
        validation_alias="JPT_USER_AGENT",
        description="what sites see; default: a desktop Chrome of the browser's own version",
    )
    language: str = Field(
        "en-US,en",
        validation_alias="JPT_LANGUAGE",
        description="languages that sites are asked for, best first",
    )
    disable_sandbox: bool = Field(
        default=False,
        validation_alias="PPT_DISABLE_SANDBOX",
        description="run Chromium without its sandbox (always so for root, with a warning)",
    )
    chromium: Path | None = Field(
        None,
        validation_alias="JPT_CHROMIUM",
        description="path of a Chromium or headless shell; default: found",
    )
    max_years: int = Field(
        3,
        ge=0,
        le=60,
        validation_alias="JPT_MAX_YEARS",
        description="include a job that requires at most this many years",
    )

    every_s: float = Field(
        900,
        validation_alias="JPT_EVERY",
        description="how often `jpt watch` reads a page that has no interval of its own: 15m, 2h, 1d",
    )
    browser_idle_s: float = Field(
        60,
        ge=0,
        le=86_400,
        validation_alias="JPT_BROWSER_IDLE_S",
        description="seconds after which a browser that reads nothing is ended; the next page starts one",
    )
    extractor: Literal["rules", "openai", "auto"] = Field(
        "rules",
        validation_alias="JPT_EXTRACTOR",
        description="who reads the years: rules, openai (a model) or auto (a model where the rules are unsure)",
    )
    openai_api_key: SecretStr | None = Field(
        None, validation_alias="OPENAI_API_KEY", description="the key of the model's server"
    )
    openai_base_url: str | None = Field(
        None,
        validation_alias="OPENAI_BASE_URL",
        description="an OpenAI-compatible server, like http://localhost:11434/v1; without a key if it needs none",
    )
    model: str = Field("gpt-4o-mini", min_length=1, validation_alias="JPT_MODEL", description="the model's name")
    llm_monthly_tokens: int | None = Field(
        None,
        ge=0,
        validation_alias="JPT_LLM_MONTHLY_TOKENS",
        description="tokens a month after which no model is asked; default: no limit",
    )

    keep_days: int = Field(
        30,
        ge=1,
        le=100_000,
        validation_alias="JPT_KEEP_DAYS",
        description="days for which every snapshot is kept; of older ones one a week, later one in four",
    )
    backups: int = Field(
        7,
        ge=1,
        le=1_000,
        validation_alias="JPT_BACKUPS",
        description="backups kept by jpt backup, the latest ones",
    )
    allow_private: bool = Field(
        default=False,
        validation_alias="JPT_ALLOW_PRIVATE",
        description="let pages reach private and loopback addresses that nobody named",
    )
    https_proxy: str | None = Field(
        None, validation_alias="HTTPS_PROXY", description="a proxy that all traffic goes through, http://host:port"
    )
    no_proxy: str = Field("", validation_alias="NO_PROXY", description="hosts that are reached without it")
    robots: bool = Field(
        default=False,
        validation_alias="JPT_ROBOTS",
        description="do not read what a site's robots.txt asks robots not to read",
    )
    max_chrome_helpers: int | None = Field(
        None,
        ge=1,
        le=10_000,
        validation_alias="PPT_MAX_CHROME_HELPERS",
        description="above this many browser processes no page opens beside another; default 15, full Chromium 40",
    )
    min_free_mb: int = Field(
        200,
        ge=0,
        le=1_000_000,
        validation_alias="JPT_MIN_FREE_MB",
        description="with less memory free than this, in MB, no page opens beside another",
    )
    recycle_pages: int = Field(
        200, ge=1, validation_alias="JPT_RECYCLE_PAGES", description="pages after which a new browser takes over"
    )
    recycle_minutes: float = Field(
        60,
        gt=0,
        validation_alias="JPT_RECYCLE_MINUTES",
        description="minutes after which a new browser takes over",
    )
    recycle_mb: float = Field(
        2_000,
        gt=0,
        validation_alias="JPT_RECYCLE_MB",
        description="memory of all processes of a browser, in MB, above which a new one takes over",
    )
    global_slots: int = Field(
        0,
        ge=0,
        le=1_000,
        validation_alias="PPT_GLOBAL_CHROME_SLOTS",
        description="browsers at once on this machine, all jpt processes together; 0: no limit",
    )
    global_slot_timeout_ms: int = Field(
        30_000,
        ge=0,
        le=86_400_000,
        validation_alias="PPT_GLOBAL_SLOT_TIMEOUT_MS",
        description="longest wait for one of them, in ms",
    )
    # Made before any temporary folder is redirected, so that all processes of the machine have the same.
    global_slots_dir: Path = Field(
        default_factory=lambda: Path(tempfile.gettempdir()) / f"jpt-chrome-slots-{_user()}",
        validation_alias="PPT_GLOBAL_CHROME_SLOTS_DIR",
        description="folder of their lock files; default: in the temporary folder",
    )
    feeds: Literal["auto", "off"] = Field(
        "auto",
        validation_alias="JPT_FEEDS",
        description="read boards by their public feeds where they have one: auto, or off",
    )
    feed_base: str = Field(
        "",
        validation_alias="JPT_FEED_BASE",
        description="where feeds really are, for tests: host=http://127.0.0.1:8099, several with commas",
    )
    browser_ws: str | None = Field(
        None,
        validation_alias="JPT_BROWSER_WS",
        description="Playwright servers to use instead of a browser here: ws://…, several with commas",
    )
    browser_cdp: str | None = Field(
        None,
        validation_alias="JPT_BROWSER_CDP",
        description="debugging ports of Chromiums to use instead: http://host:9222, several with commas",
    )

    filters: Path = Field(
        Path("inputs/filters.toml"),
        validation_alias="JPT_FILTERS",
        description="the rules file: which jobs to tell whom",
    )
    smtp_host: str | None = Field(None, validation_alias="SMTP_HOST", description="the mail server")
    smtp_port: int = Field(
        465, ge=1, le=65_535, validation_alias="SMTP_PORT", description="465: TLS, 587: STARTTLS"
    )
    smtp_security: Literal["auto", "tls", "starttls", "plain"] = Field(
        "auto",
        validation_alias="SMTP_SECURITY",
        description="auto: TLS on 465, plain on other ports of this machine, STARTTLS everywhere else",
    )
    smtp_user: str | None = Field(None, validation_alias="SMTP_USER", description="name to log in with")
    smtp_pass: SecretStr | None = Field(None, validation_alias="SMTP_PASS", description="password of that name")
    email_from: str | None = Field(
        None, validation_alias="EMAIL_FROM", description="sender of digests; default: SMTP_USER"
    )
    email_to: str | None = Field(
        None, validation_alias="EMAIL_TO", description="who gets the digest, several with commas"
    )
    smtp_timeout_s: float = Field(
        120,
        gt=0,
        le=3_600,
        validation_alias="JPT_SMTP_TIMEOUT_S",
        description="longest wait for each answer of the mail server, in seconds (30 for connecting)",
    )
    smtp_final_timeout_s: float = Field(
        600,
        gt=0,
        le=3_600,
        validation_alias="JPT_SMTP_FINAL_TIMEOUT_S",
        description="longest wait for its last answer: less than RFC 5321's 600 s makes copies",
    )
    emailed_csv_at: Path | None = Field(
        None,
        validation_alias="EMAILED_JOBS_CSV",
        description="list of all jobs that were mailed, rewritten after each digest",
    )
    notify: SecretStr | None = Field(
        None, validation_alias="JPT_NOTIFY", description="further channels: Apprise URLs, several with spaces"
    )
    digest_at: str = Field(
        "", validation_alias="JPT_DIGEST_AT", description="times of the day of digests, like 08:00,18:00"
    )
    timezone: str = Field(
        "",
        validation_alias="JPT_TIMEZONE",
        description="their time zone, like Europe/Berlin",
    )
    quiet_hours: str = Field(
        "", validation_alias="JPT_QUIET", description="hours in which no digest goes out, like 22:00-07:00"
    )
    digest_rows: int = Field(
        500, ge=1, le=500, validation_alias="JPT_DIGEST_ROWS", description="most jobs in one digest"
    )
    health_days: float = Field(
        3,
        ge=0,
        le=365,
        validation_alias="JPT_HEALTH_DAYS",
        description="days without news after which failing pages are mailed alone; 0: never",
    )
    on_unknown: Literal["resend", "hold"] = Field(
        "resend",
        validation_alias="JPT_ON_UNKNOWN",
        description="a digest that the server may have taken without saying so: resend the same bytes, or hold it",
    )

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
    def mail_lock(self) -> Path:
        """The kernel lock that whoever sends digests holds."""
        path = self.db.resolve()
        return path.with_name(path.name + ".mail.lock")

    @property
    def emailed_csv(self) -> Path:
        """The list of all jobs that were mailed."""
        return self.emailed_csv_at or self.db.parent / "emailed_jobs.csv"

    @property
    def timetable(self) -> Timetable:
        """When digests may go out."""
        return Timetable.parsed(self.digest_at, self.quiet_hours, self.timezone)

    @property
    def sent_record(self) -> Path:
        """The append-only record of sent digests, outside the database."""
        return self.db.resolve().parent / "sent.jsonl"

    @property
    def feed(self) -> Path:
        """Where the Atom feed is kept."""
        return self.db.parent / "feed.xml"

    @property
    def bases(self) -> Bases:
        """Where feeds really are, by host."""
        return Bases.parsed(self.feed_base)

    @property
    def browser_cache(self) -> Path:
        """Where it is remembered which Chromium was seen to render."""
        return self.db.parent / "browser.json"

    @property
    def watch_lock(self) -> Path:
        """The kernel lock of the one `jpt watch` on the database."""
        path = self.db.resolve()
        return path.with_name(path.name + ".watch.lock")

    @property
    def watch_status(self) -> Path:
        """Where `jpt watch` says how it is."""
        path = self.db.resolve()
        return path.with_name(path.name + ".watch.json")

    @property
    def log_file(self) -> Path:
        """Where all commands that work write their log."""
        return self.db.parent / "jpt.log"

    @property
    def run_lock(self) -> Path:
        """The kernel lock that a writing run holds on the database."""
        # Two names of one file must be one lock.
        path = self.db.resolve()
        return path.with_name(path.name + ".lock")


_SECRET_NAME = re.compile(r"PASS|SECRET|TOKEN|API_?KEY|_KEY$|^JPT_NOTIFY$|^JPT_BROWSER_", re.IGNORECASE)

_PASSWORD = re.compile(r"://[^\s/@:]*:([^\s/@]+)@")


def known_names() -> tuple[str, ...]:
    """Give the environment names of all settings."""
    return tuple(str(info.validation_alias) for info in Settings.model_fields.values())


def load(**options: Any) -> tuple[Settings, tuple[str, ...]]:
    """Read all settings; *options* of the command line that are not None win.

    Gives the settings and a warning for each unknown name.
    Raises SettingError, naming the variable, the value seen and what is allowed.
    """
    given = {name: value for name, value in options.items() if value is not None}
    try:
        settings = Settings(_env_file=ENV_FILES, _env_file_encoding="utf-8", **given)
    except ValidationError as exc:
        raise SettingError(_sentence(exc)) from None
    except (OSError, UnicodeDecodeError) as exc:
        raise SettingError(f"A settings file cannot be read: {exc}. Check .env and state/secrets.env.") from exc
    return settings, tuple(_unknown())


def environment() -> dict[str, str]:
    """Give a copy of this process's environment, for child processes and for finding programs."""
    return dict(os.environ)


def documented() -> Iterator[tuple[str, str, str]]:
    """Give of each setting its field, its variable and what it means, in the order of the class."""
    for name, info in Settings.model_fields.items():
        yield name, str(info.validation_alias), info.description or ""


def is_secret(variable: str) -> bool:
    """Tell whether the value of *variable* must not be shown."""
    return _SECRET_NAME.search(variable) is not None


def example() -> str:
    """Give an `.env` file in which every setting is explained and none is set."""
    lines = ["# Settings of jpt. Copy this file to .env, and take the # away from what you want to set.", ""]
    for name, variable, description in documented():
        default = Settings.model_fields[name].get_default(call_default_factory=False)
        shown = "" if default is None or is_secret(variable) else _shown(default)
        lines += [f"# {description}", f"#{variable}={shown}", ""]
    return "\n".join(lines)


def _shown(default: object) -> str:
    if default == Settings.model_fields["every_s"].default:
        return spoken(Settings.model_fields["every_s"].default)
    if isinstance(default, float):
        return f"{default:g}"
    if isinstance(default, bool):
        return str(int(default))
    return "" if str(default) == "PydanticUndefined" else str(default)


def secret_values() -> tuple[str, ...]:
    """Give the values of settings that must stand in no log: by their names, wherever they are set."""
    named: dict[str, str | None] = {}
    for path in ENV_FILES:
        with suppress(OSError, UnicodeDecodeError):
            named |= dotenv_values(path) if path.is_file() else {}
    named |= os.environ
    known = known_names()
    secrets = {
        value
        for name, value in named.items()
        # The environment is full of words such as `true`; only our own secrets may be short.
        if value and _SECRET_NAME.search(name) and (name in known or len(value) >= 8)
    }
    # The password of a proxy or of a model's address, too.
    secrets |= {found for value in named.values() for found in _PASSWORD.findall(value or "")}
    return tuple(secrets)


def config_home() -> Path:
    """Give the folder of the user's configuration files."""
    named = os.environ.get("XDG_CONFIG_HOME")
    return Path(named) if named else Path.home() / ".config"


def service_manager() -> str | None:
    """Give the socket on which systemd listens to us, where it does."""
    return os.environ.get("NOTIFY_SOCKET")


def redirect_temp(folder: Path) -> None:
    """Make *folder* the temporary folder of this process and of all that it starts.

    Playwright's driver and Chromium make their profiles and scratch files there and leave them
    behind when they are killed, so each run has a folder of its own that the next one can sweep.
    """
    os.environ["TMPDIR"] = str(folder)


def _user() -> str:
    return str(os.getuid()) if hasattr(os, "getuid") else "all"


_ALLOWED = {"int_parsing": "a whole number", "bool_parsing": "1 or 0"}
"""What pydantic says at length, by its types of error."""


def _sentence(exc: ValidationError) -> str:
    first = exc.errors()[0]
    if not first["loc"]:  # several settings do not go together: the sentence is whole
        return first["msg"].removeprefix("Value error, ")
    name = str(first["loc"][0])
    # The place of an error is the variable's name, or the field's when an option was given.
    by_variable = (one for one in Settings.model_fields.values() if one.validation_alias == name)
    field = Settings.model_fields.get(name) or next(by_variable, None)
    variable = str(field.validation_alias) if field else name
    secret = field is not None and "SecretStr" in str(field.annotation)
    seen = "…" if secret else repr(first["input"])
    allowed = _ALLOWED.get(first["type"]) or first["msg"].removeprefix("Value error, ").removeprefix(
        "Input should be "
    )
    return f"{variable} is {seen}: it should be {allowed}. Correct it, or unset it to use the default."


def _unknown() -> list[str]:
    known = known_names()
    set_names = list(os.environ)
    for path in ENV_FILES:
        set_names += dotenv_values(path) if path.is_file() else ()
    names = dict.fromkeys(name for name in set_names if name.startswith(("JPT_", "PPT_")) and name not in known)
    return [_warning(name, known) for name in names]


def _warning(name: str, known: tuple[str, ...]) -> str:
    near = get_close_matches(name, known, n=1)
    hint = f"; did you mean {near[0]}?" if near else "."
    return f"{name} is not a setting of this version and is ignored{hint}"
