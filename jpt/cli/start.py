"""`jpt start`: five questions, then everything is set up."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable
from getpass import getpass
from pathlib import Path
from typing import Any, TypeVar
from urllib.parse import urlsplit

from jpt.cli import digest, prompts, service, session
from jpt.cli.page_look import look_at, look_lines, name_of, typed_url
from jpt.cli.run import seed_once
from jpt.cycle.careers_page import CareersPage
from jpt.errors import CannotCreate, JptError, UsageError, writing
from jpt.inputs.companies import read_companies
from jpt.inputs.listfile import add_row, is_listed
from jpt.settings import Settings, home, home_for_new_files, list_to_edit, list_to_read, store_values
from jpt.settings.home import is_example
from jpt.text.durations import seconds_of, spoken
from jpt.text.mailboxes import addresses

T = TypeVar("T")


def start() -> int:
    """Ask for pages, years, places, mail and how often, and set all of it up; returns the exit code."""
    if not sys.stdin.isatty():
        raise UsageError(
            "`jpt start` asks questions and needs a terminal. Without one: `jpt init`, then `jpt add URL`."
        )
    session.show(
        f"jpt keeps its files in {home_for_new_files().absolute()}. Press Enter to accept a value in brackets.",
        "dim",
    )
    _make_folders()
    settings = session.settings()
    if stopped := _pages(settings):
        return stopped
    values = {
        "JPT_MAX_YEARS": str(
            _asked("2. Years of experience that a job may require at most", settings.max_years, _years)
        )
    }
    _places(settings)
    values |= _mail(settings)
    values["JPT_EVERY"] = _asked("5. How often to read the pages (15m, 2h, 1d)", spoken(settings.every_s), _every)
    session.note(f"Wrote {store_values(values)}, which only you can read.", "dim")
    if values.get("SMTP_HOST"):
        _test_mail()
    return _finish()


def _make_folders() -> None:
    try:
        (home_for_new_files() / "inputs").mkdir(parents=True, exist_ok=True)
        (home() / "state").mkdir(mode=0o700, exist_ok=True)
    except OSError as exc:
        raise CannotCreate(
            f"{exc.filename} cannot be created: {exc.strerror}. Set JPT_HOME to another folder."
        ) from exc


def _asked(question: str, default: object, parse: Callable[[str], T]) -> T:
    """Ask until the answer can be used; an empty one keeps *default*."""
    while True:
        answer = prompts.typed(question, default=str(default))
        try:
            return parse(answer)
        except (ValueError, JptError) as exc:
            session.warn(f"Not understood: {exc}.")


def _years(answer: str) -> int:
    if not answer.isascii() or not answer.isdigit() or int(answer[:6]) > 60:
        raise ValueError("expected a number from 0 to 60")
    return int(answer)


def _every(answer: str) -> str:
    seconds_of(answer)
    return answer


# --- 1. pages ---


def _pages(settings: Settings) -> int:
    session.show(
        "1. Careers pages to watch: one address per line; an empty line ends the list. A home page will do."
    )
    path = list_to_edit()
    if path.exists() and not is_example(path):
        known = read_companies(path, may_be_empty=True).companies
        session.show(f"   {path} lists {len(known)} already.", "dim")
    while answer := prompts.typed("   address", default=""):
        try:
            address = typed_url(answer)
        except UsageError as exc:
            session.warn(exc.sentence)
            continue
        look, stopped = look_at(settings, address, _show)
        if stopped or look is None:
            return stopped
        _add(look, path)
    return 0


def _show(look: CareersPage) -> None:
    for line in look_lines(look, name_of(look), brief=True):
        session.show(line)


def _add(look: CareersPage, path: Path) -> None:
    name = name_of(look)
    if is_listed(path, name, look.url):
        session.note(f"{path} lists it already.", "dim")
    elif look.is_good or prompts.confirmed("No jobs can be read there at present. Add it anyway?", yes=False):
        add_row(path, name, look.url)
        session.note(f"Added to {path}.", "green")


# --- 3. places ---


def _places(settings: Settings) -> None:
    path = settings.filters
    if path.exists():
        session.show(f"3. Places: {path} exists; edit it to change them.", "dim")
        return
    answer = prompts.typed("3. Places, separated by commas (empty: everywhere)", default="")
    places = [place.strip() for place in answer.split(",") if place.strip()]
    if not places:
        return
    # JSON writes strings as TOML reads them.
    words = json.dumps(places, ensure_ascii=False)
    text = f"# Which jobs fit: docs/filters-and-digests.md explains more.\n[location]\ninclude = {words}\n"
    with writing(path):
        path.write_text(text, encoding="utf-8")
    session.note(f"Wrote {path}. Jobs that state no place fit, too.", "dim")


# --- 4. mail ---


def _mail(settings: Settings) -> dict[str, str]:
    to = _asked("4. Mail address for the digest (- for none)", settings.email_to or "-", _address)
    if to == "-":
        return {}
    if settings.smtp_host and settings.email_to == to:
        return {}
    domain = to.rpartition("@")[2]
    server = _asked("   Mail server (HOST, or HOST:587)", settings.smtp_host or f"smtp.{domain}", _server)
    user = prompts.typed("   User name there", default=settings.smtp_user or to)
    session.show("   Many providers, such as Gmail, want an app password here, not the usual one.", "dim")
    password = getpass("   Password (is not shown): ")
    return {**server, "SMTP_USER": user, "EMAIL_TO": to} | ({"SMTP_PASS": password} if password else {})


def _server(answer: str) -> dict[str, str]:
    """Read a host, with a port where one is named; raises ValueError."""
    parts = urlsplit(f"//{answer}")
    if not parts.hostname or parts.path:
        raise ValueError("expected smtp.example.org or smtp.example.org:587")
    return {"SMTP_HOST": parts.hostname} | ({"SMTP_PORT": str(parts.port)} if parts.port else {})


def _address(answer: str) -> str:
    if answer not in {"", "-"}:
        addresses(answer)
    return answer or "-"


def _test_mail() -> None:
    if prompts.confirmed("Send a test mail now?", yes=False):
        try:
            digest.send_test()
        except JptError as exc:
            session.warn(exc.sentence)


# --- the rest ---


def _finish() -> int:
    if not list_to_read().exists():
        session.note("No page was added. `jpt add URL` adds one later.")
        return 0
    code = 0
    if prompts.confirmed(
        "Record the jobs that are open now as known, so that only later ones are new?", yes=False
    ):
        options: dict[str, Any] = {"clear": False, "stop_on_error": False, "max_workers": None}
        code = seed_once(csv=None, **options, wait=False, as_json=False)
    if prompts.confirmed("Run jpt in the background from now on (`jpt service install`)?", yes=False):
        try:
            service.install_service(csv=None, every=None, yes=False)
        except JptError as exc:
            session.warn(exc.sentence)
    session.show(
        "Done. `jpt run` reads the pages now, `jpt jobs` lists what fits, `jpt sites` shows each page.", "green"
    )
    return code
