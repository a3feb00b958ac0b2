"""The rules: as a form and as text, with what they would keep and drop before they are saved."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

import tomlkit
from starlette.requests import Request
from starlette.responses import Response
from tomlkit.exceptions import TOMLKitError

from jpt.catalogue.preview import Effect, effect, effect_of_draft
from jpt.digest.filters import parse_profiles
from jpt.errors import SettingError
from jpt.files import write_whole
from jpt.text.numbers import whole
from jpt.web.endpoints import Backend, in_thread, of
from jpt.web.render import page, redirect

MOST_TEXT = 200_000


@dataclass(frozen=True, slots=True)
class Field:
    """A list of words or a number of the rules."""

    id: str
    label: str
    table: str
    key: str
    hint: str
    value: str = ""


FIELDS = (
    Field("title-include", "Title has one of", "title", "include", "data, engineer"),
    Field("title-exclude", "Title has none of", "title", "exclude", "senior, intern*"),
    Field("location-include", "Place is one of", "location", "include", "Berlin, Germany"),
    Field("location-exclude", "Place is none of", "location", "exclude", ""),
    Field("company-exclude", "Company is none of", "company", "exclude", ""),
    Field("years-max", "Years at most", "years", "max", "JPT_MAX_YEARS"),
)


@in_thread
def rules(request: Request, backend: Backend) -> Response:
    """Show the rules as they are."""
    return _screen(request, backend, _text(backend))


async def change(request: Request) -> Response:
    """Preview other rules, or save them; what is wrong is said, and nothing is saved then."""
    form, backend = await request.form(), of(request)
    words = {name: str(value) for name, value in form.items()}
    return await backend(_changed, request, backend, words)


def _changed(request: Request, backend: Backend, words: Mapping[str, str]) -> Response:
    act, _, way = words.get("act", "").partition("-")
    text = words.get("text", "").replace("\r\n", "\n")[:MOST_TEXT]
    try:
        if way == "form":
            text = _with_form(_text(backend), words)
        parse_profiles(text, str(backend.settings.filters))
    except SettingError as exc:
        return _screen(request, backend, text, fault=exc.sentence)
    except TOMLKitError as exc:
        return _screen(request, backend, text, fault=f"{backend.settings.filters}: {exc}")
    if act != "save":
        return _screen(request, backend, text, is_draft=text != _text(backend))
    backend.settings.filters.parent.mkdir(parents=True, exist_ok=True)
    write_whole(backend.settings.filters, text.encode("utf-8", "replace"), mode=0o644)
    return redirect("/rules", "Saved. They count from now on.")


def _screen(request: Request, backend: Backend, text: str, *, fault: str = "", is_draft: bool = False) -> Response:
    try:
        kept = _effect(backend, text)
    except SettingError as exc:
        fault, kept = fault or exc.sentence, Effect((), ())
    said = _loaded(text)
    return page(
        request,
        backend,
        "rules.html",
        400 if fault else 200,
        effect=kept,
        is_draft=is_draft,
        fault=fault,
        text=text,
        source=str(backend.settings.filters),
        max_years=backend.settings.max_years,
        fields=[replace(field, value=_value(said, field)) for field in FIELDS],
        remote=str(_table(said, "location").get("remote", "")),
    )


def _effect(backend: Backend, text: str) -> Effect:
    if text == _text(backend):
        return effect(backend.view.postings())
    return effect_of_draft(
        text, str(backend.settings.filters), backend.view.postings(), backend.settings.max_years
    )


def _text(backend: Backend) -> str:
    try:
        return backend.settings.filters.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError):
        return ""


def _loaded(text: str) -> Mapping[str, Any]:
    try:
        return tomlkit.parse(text).unwrap()
    except TOMLKitError:
        return {}


def _table(said: Mapping[str, Any], name: str) -> Mapping[str, Any]:
    found = said.get(name)
    return found if isinstance(found, dict) else {}


def _value(said: Mapping[str, Any], field: Field) -> str:
    value = _table(said, field.table).get(field.key, "")
    return ", ".join(str(one) for one in value) if isinstance(value, list) else str(value)


def _with_form(text: str, words: Mapping[str, str]) -> str:
    """Put the form's words into the file; its comments and all else stay."""
    document: Any = tomlkit.parse(text)
    for field in FIELDS:
        value: Any = [word for part in words.get(field.id, "").split(",") if (word := part.strip())]
        if field.key == "max":
            value = whole(words.get(field.id, ""), high=60)
        _set(document, field.table, field.key, value)
    _set(document, "location", "remote", words.get("remote") or None)
    return tomlkit.dumps(document)


def _set(document: Any, table: str, key: str, value: Any) -> None:
    if value in (None, [], ""):
        if isinstance(document.get(table), dict) and key in document[table]:
            del document[table][key]
        return
    if not isinstance(document.get(table), dict):
        document[table] = tomlkit.table()
    document[table][key] = value
