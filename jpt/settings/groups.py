"""Every setting: its variable, its default, its limits and what it means, in the groups of `docs/settings.md`."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path
from typing import Any, Literal

from pydantic import Field, SecretStr
from pydantic_settings import BaseSettings

from jpt.files import temporary_folder
from jpt.settings.home import home


def _setting(
    variable: str,
    default: object,
    means: str,
    *,
    made: Callable[[], object] | None = None,
    shown: str | None = None,
    **limits: Any,
) -> Any:
    """Describe a setting. *made*: what gives its default; *shown*: its default in words, where there is none."""
    known: dict[str, Any] = {"default_factory": made} if made else {"default": default}
    if shown is not None:
        known["json_schema_extra"] = {"shown": shown}
    known |= {"validation_alias": variable, "description": means, **limits}
    return Field(**known)


class Fitting(BaseSettings):
    """Which jobs fit."""

    max_years: int = _setting("JPT_MAX_YEARS", 3, "a job fits if it requires at most this many years", ge=0, le=60)
    years: Literal["lowest", "headline", "highest"] = _setting(
        "JPT_YEARS",
        "lowest",
        "which of several required numbers counts: the lowest, the one stated first, or the highest",
    )
    filters: Path = _setting(
        "JPT_FILTERS",
        None,
        "the file with your filters by title, place and company",
        made=lambda: home() / "inputs/filters.toml",
        shown="inputs/filters.toml",
    )


class Storage(BaseSettings):
    """Where things are."""

    at: Path | None = _setting(
        "JPT_HOME",
        None,
        "the folder with `inputs/`, `state/` and `.env`",
        shown="the working folder if it has one of these, else the user's data folder",
    )
    db: Path = _setting(
        "JPT_DB",
        None,
        "the SQLite file (also `--db`)",
        made=lambda: home() / "state/snapshots.sqlite3",
        shown="state/snapshots.sqlite3",
    )
    keep_days: int = _setting(
        "JPT_KEEP_DAYS",
        30,
        "days for which every snapshot is kept; of older ones one a week, later one in four weeks",
        ge=1,
        le=100_000,
    )
    backups: int = _setting("JPT_BACKUPS", 7, "backups that `jpt db backup` keeps", ge=1, le=1_000)
    emailed_csv_at: Path | None = _setting(
        "EMAILED_JOBS_CSV",
        None,
        "the list of all mailed jobs, updated after each digest",
        shown="state/emailed_jobs.csv",
    )


class Watching(BaseSettings):
    """How often and how much is read."""

    every_s: float = _setting(
        "JPT_EVERY", 900, "how often `jpt watch` reads a page without an interval of its own: 15m, 2h, 1d"
    )
    max_pages: int = _setting(
        "PPT_MAX_PAGES",
        8,
        "pages open at once in this process at most; beyond 4, only while the processor idles",
        ge=1,
        le=64,
    )
    scrape_watchdog_ms: int = _setting(
        "PPT_SCRAPE_WATCHDOG_MS",
        120_000,
        "time limit of one page in ms; then reading it is cancelled",
        ge=1_000,
        le=3_600_000,
    )
    host_pages: int = _setting(
        "JPT_HOST_PAGES", 2, "pages open at once on one host (no limit on loopback)", ge=1, le=64
    )
    host_interval_ms: int = _setting(
        "JPT_HOST_INTERVAL_MS",
        500,
        "minimum time between two page loads on one host, in ms (none on loopback)",
        ge=0,
        le=600_000,
    )
    cluster_silent_s: float = _setting(
        "JPT_CLUSTER_SILENT_S",
        20,
        "seconds of silence after which a worker of a cluster counts as gone",
        ge=4,
        le=600,
    )
    list_pages: int = _setting("JPT_LIST_PAGES", 50, "result pages read per list at most", ge=1, le=1_000)
    list_presses: int = _setting(
        "JPT_LIST_PRESSES", 200, "clicks on `load more`, `next` and page numbers per list at most", ge=0, le=10_000
    )
    list_seconds: float = _setting(
        "JPT_LIST_SECONDS", 75, "time limit for loading the rest of a list, in seconds", ge=0
    )
    feeds: Literal["auto", "off"] = _setting(
        "JPT_FEEDS", "auto", "read job boards by their public feeds where they have one: auto, or off"
    )
    cheap: Literal["auto", "off"] = _setting(
        "JPT_CHEAP",
        "auto",
        "read by plain HTTP what has proved to be the same as in the browser, and wait for posts only as long as"
        " similar ones needed: auto, or off",
    )
    feed_base: str = _setting(
        "JPT_FEED_BASE", "", "for tests, other addresses of feeds: host=http://127.0.0.1:8099, separated by commas"
    )
    robots: bool = _setting("JPT_ROBOTS", False, "obey robots.txt")


class Browser(BaseSettings):
    """Browser."""

    chromium: Path | None = _setting("JPT_CHROMIUM", None, "path of a Chromium or headless shell", shown="found")
    disable_sandbox: bool = _setting(
        "PPT_DISABLE_SANDBOX", False, "run Chromium without its sandbox (as root always, with a warning)"
    )
    user_agent: str | None = _setting(
        "JPT_USER_AGENT", None, "the User-Agent that sites see", shown="a desktop Chrome of the browser's version"
    )
    language: str = _setting("JPT_LANGUAGE", "en-US,en", "languages requested from sites, preferred ones first")
    browser_idle_s: float = _setting(
        "JPT_BROWSER_IDLE_S",
        60,
        "seconds after which an idle browser is closed; the next page starts one",
        ge=0,
        le=86_400,
    )
    recycle_pages: int = _setting("JPT_RECYCLE_PAGES", 200, "pages after which a new browser takes over", ge=1)
    recycle_minutes: float = _setting(
        "JPT_RECYCLE_MINUTES", 60, "minutes after which a new browser takes over", gt=0
    )
    recycle_mb: float = _setting(
        "JPT_RECYCLE_MB", 2_000, "memory of a browser, in MB, above which a new one takes over", gt=0
    )
    max_chrome_helpers: int | None = _setting(
        "PPT_MAX_CHROME_HELPERS",
        None,
        "with more browser processes than this, only one page is open at a time",
        shown="15; with full Chromium 40; more with PPT_MAX_PAGES over 4",
        ge=1,
        le=10_000,
    )
    min_free_mb: int = _setting(
        "JPT_MIN_FREE_MB",
        200,
        "with less free memory than this, in MB, only one page is open at a time",
        ge=0,
        le=1_000_000,
    )
    global_slots: int = _setting(
        "PPT_GLOBAL_CHROME_SLOTS",
        0,
        "browsers at once on this machine, all jpt processes together; 0: no limit",
        ge=0,
        le=1_000,
    )
    global_slot_timeout_ms: int = _setting(
        "PPT_GLOBAL_SLOT_TIMEOUT_MS",
        30_000,
        "longest wait for one of these, in ms; then exit code 75, the work stays queued",
        ge=0,
        le=86_400_000,
    )
    # Made before any temporary folder is redirected, so that all processes of the machine have the same.
    global_slots_dir: Path = _setting(
        "PPT_GLOBAL_CHROME_SLOTS_DIR",
        None,
        "folder of their lock files",
        made=lambda: temporary_folder() / f"jpt-chrome-slots-{_user()}",
        shown="in the temporary folder",
    )
    browser_ws: str | None = _setting(
        "JPT_BROWSER_WS",
        None,
        "Playwright servers as remote browsers: ws://…, separated by commas; `;pages=2` after one is its limit",
    )
    browser_cdp: str | None = _setting(
        "JPT_BROWSER_CDP",
        None,
        "debugging ports of remote Chromiums: http://host:9222, separated by commas; `;pages=2` as above",
    )


class Network(BaseSettings):
    """Network."""

    https_proxy: str | None = _setting("HTTPS_PROXY", None, "proxy for all traffic, http://host:port")
    no_proxy: str = _setting("NO_PROXY", "", "hosts reached without the proxy")
    allow_private: bool = _setting(
        "JPT_ALLOW_PRIVATE", False, "let pages reach private and loopback addresses that you did not name"
    )


class Model(BaseSettings):
    """Language model."""

    extractor: Literal["rules", "openai", "auto"] = _setting(
        "JPT_EXTRACTOR",
        "rules",
        "who reads the years: rules, openai (a model, every post) or auto (a model, where the rules are unsure)",
    )
    openai_api_key: SecretStr | None = _setting("OPENAI_API_KEY", None, "API key of the model's server")
    openai_base_url: str | None = _setting(
        "OPENAI_BASE_URL",
        None,
        "an OpenAI-compatible server, like http://localhost:11434/v1; it may need no key",
        shown="https://api.openai.com/v1",
    )
    model: str = _setting("JPT_MODEL", "gpt-4o-mini", "name of the model", min_length=1)
    llm_monthly_tokens: int | None = _setting(
        "JPT_LLM_MONTHLY_TOKENS", None, "tokens per month after which no model is asked", shown="no limit", ge=0
    )


class Digests(BaseSettings):
    """Mail and digests."""

    smtp_host: str | None = _setting("SMTP_HOST", None, "the mail server")
    smtp_port: int = _setting("SMTP_PORT", 465, "465: TLS, 587: STARTTLS", ge=1, le=65_535)
    smtp_security: Literal["auto", "tls", "starttls", "plain"] = _setting(
        "SMTP_SECURITY",
        "auto",
        "auto: TLS on port 465, unencrypted on other ports of this machine, STARTTLS everywhere else",
    )
    smtp_user: str | None = _setting("SMTP_USER", None, "user name at the mail server")
    smtp_pass: SecretStr | None = _setting("SMTP_PASS", None, "password at the mail server")
    email_to: str | None = _setting("EMAIL_TO", None, "recipients of the digest, separated by commas")
    email_from: str | None = _setting("EMAIL_FROM", None, "sender of the digest", shown="SMTP_USER")
    notify: SecretStr | None = _setting(
        "JPT_NOTIFY",
        None,
        "further channels (Slack, Telegram, ntfy and a hundred more): Apprise URLs, separated by spaces",
    )
    telegram_token: SecretStr | None = _setting(
        "JPT_TELEGRAM_TOKEN", None, "token of a Telegram bot: messages with buttons, which `jpt watch` listens to"
    )
    telegram_chat: int | None = _setting(
        "JPT_TELEGRAM_CHAT", None, "number of the chat that the bot writes to, and accepts button presses from"
    )
    telegram_api: str = _setting("JPT_TELEGRAM_API", "https://api.telegram.org", "where the Bot API is reached")
    digest_at: str = _setting(
        "JPT_DIGEST_AT",
        "",
        "times of day of digests, like 08:00,18:00, or now; default: 08:00 for jpt watch, now for the others",
    )
    quiet_hours: str = _setting("JPT_QUIET", "", "hours in which no digest is sent, like 22:00-07:00")
    timezone: str = _setting(
        "JPT_TIMEZONE", "", "time zone of these and all shown times, like Europe/Berlin", shown="the system's"
    )
    web_url: str | None = _setting(
        "JPT_WEB_URL",
        None,
        "where you reach `jpt web` (http://127.0.0.1:8778): jobs in mails get links to hide them",
        shown="none: no such links",
    )
    digest_rows: int = _setting(
        "JPT_DIGEST_ROWS", 80, "jobs per digest at most; the rest follow in the next", ge=1, le=500
    )
    health_days: float = _setting(
        "JPT_HEALTH_DAYS",
        3,
        "days without new jobs after which failing pages are mailed on their own; 0: never",
        ge=0,
        le=365,
    )
    on_unknown: Literal["resend", "hold"] = _setting(
        "JPT_ON_UNKNOWN",
        "resend",
        "a digest that may or may not have been accepted: resend the same message, or hold it for you",
    )
    smtp_timeout_s: float = _setting(
        "JPT_SMTP_TIMEOUT_S",
        120,
        "longest wait for a reply of the mail server, in seconds (30 to connect)",
        gt=0,
        le=3_600,
    )
    smtp_final_timeout_s: float = _setting(
        "JPT_SMTP_FINAL_TIMEOUT_S",
        600,
        "longest wait for its final reply, in seconds; less than 600 (RFC 5321) causes duplicates",
        gt=0,
        le=3_600,
    )


GROUPS: tuple[type[BaseSettings], ...] = (Fitting, Watching, Digests, Storage, Model, Browser, Network)


def _user() -> str:
    return str(os.getuid()) if hasattr(os, "getuid") else "all"
