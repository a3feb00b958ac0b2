"""The pages that are watched: how each is, and what the user decides about it; new ones are added after a look."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from markupsafe import Markup
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from jpt.errors import JptError
from jpt.identity.urls import key_of, openable, why_not_openable
from jpt.inputs.listfile import add_row, is_listed, remove_rows, rename_rows
from jpt.models.pages import GOOD
from jpt.models.words import doubt_words, proof_words, way_words
from jpt.settings import list_to_edit
from jpt.store.history import PageReads
from jpt.store.run_lock import is_held
from jpt.store.sites import PageState
from jpt.text.clean import clean_line
from jpt.text.counts import counted
from jpt.web.charts import reads
from jpt.web.command_runs import CommandRuns
from jpt.web.endpoints import Backend, in_thread, of
from jpt.web.render import page, redirect

MOST_ROWS = 500
_SQUARES = 20


@dataclass(frozen=True, slots=True)
class SiteRow:
    """A page of a site as its row shows it."""

    state: PageState
    word: str
    tone: str
    """good, odd or bad."""
    reason: str
    way: str
    picture: Markup
    is_kept: bool
    """What its last failed read showed can be looked at."""


@in_thread
def sites(request: Request, backend: Backend) -> Response:
    """Show them, failing ones first."""
    history: dict[tuple[str, str], list[PageReads]] = {}
    for one in backend.store.history.reads():
        history.setdefault((one.site, one.url), []).append(one)
    kept = backend.store.failed_pages.keys()
    rows = [
        _row(state, history.get((state.site, state.url), []), is_kept=(state.site, key_of(state.url)) in kept)
        for state in backend.store.sites.states()
    ]
    order = {"bad": 0, "odd": 1, "good": 2}
    rows.sort(key=lambda row: (order[row.tone], row.state.site.casefold()))
    failing = sum(row.tone == "bad" for row in rows)
    paused = sum(row.state.is_paused for row in rows)
    return page(request, backend, "sites.html", sites=rows, failing=failing, paused=paused)


def _row(state: PageState, history: Iterable[PageReads], *, is_kept: bool) -> SiteRow:
    tone = _tone(state.status)
    word = "paused" if state.is_paused else state.status
    why = f"{state.reason} ({counted(state.failures, 'time')})" if state.failures else state.reason
    tones = [_tone(one.status) for one in history][-_SQUARES:]
    picture = reads(f"{state.site}: the last {len(tones)} different reads", tones)
    held = proof_words(state.proof) if state.method == "http" else ""
    words = "; ".join(filter(None, [held, way_words(state.why, state.unsure), doubt_words(state.proof)]))
    way = f"{state.method}: {words}" if words else state.method
    return SiteRow(state, word, "odd" if state.is_paused else tone, why, way, picture, is_kept)


def _tone(status: str) -> str:
    return "good" if status in GOOD else "odd" if status == "suspect" else "bad"


@in_thread
def site(request: Request, backend: Backend) -> Response:
    """Show what can be changed of one."""
    return page(request, backend, "site_change.html", site=_known(backend, request.query_params.get("site", "")))


def _known(backend: Backend, name: str) -> str:
    try:
        return backend.store.site_decisions.known(name)
    except JptError as exc:
        raise HTTPException(404, exc.sentence) from None


async def act(request: Request) -> Response:
    """Do what a button asks for: read now, pause, resume, accept, rename, remove."""
    form, backend = await request.form(), of(request)
    name = await backend(_known, backend, str(form.get("site", "")))
    wanted = str(form.get("act", ""))
    if wanted == "read" and await backend(is_held, backend.settings.files.watch_lock):
        await backend(backend.store.read_requests.ask, name)
        return redirect("/sites", f"The running watch reads {name} as soon as its present cycle is over.")
    if wanted == "read":
        work = _works(request).start(f"Reading {name}", ["run", "--site", name, "--no-digest", "--json"])
        return RedirectResponse(f"/sites/work/{work.number}", 303)
    new = clean_line(str(form.get("new", "")), 120)
    acts: dict[str, Callable[[], str]] = {
        "pause": lambda: (
            f"Paused {name}." if backend.store.site_decisions.pause(name) else f"{name} was paused already."
        ),
        "resume": lambda: (
            f"Resumed {name}." if backend.store.site_decisions.resume(name) else f"{name} was not paused."
        ),
        "accept": lambda: _accepted(backend, name),
        "rename": lambda: _renamed(backend, name, new),
        "remove": lambda: _removed(backend, name, sure=bool(form.get("sure"))),
    }
    if wanted not in acts:
        raise HTTPException(400, "This is nothing that can be done with a site.")
    try:
        said = await backend(acts[wanted])
    except JptError as exc:
        said = exc.sentence
    return redirect("/sites", said)


def _accepted(backend: Backend, name: str) -> str:
    return (
        f"The next read of {name} counts."
        if backend.store.site_decisions.accept(name)
        else f"{name} is not suspect."
    )


def _renamed(backend: Backend, name: str, new: str) -> str:
    if not new or new == name:
        return "Give another name."
    backend.store.site_decisions.rename(name, new)
    rename_rows(list_to_edit(), name, new)
    return f"Renamed {name} to {new}."


def _removed(backend: Backend, name: str, *, sure: bool) -> str:
    if not sure:
        return f"{name} was not removed: confirm it."
    remove_rows(list_to_edit(), name)
    backend.store.site_decisions.remove(name)
    return f"Removed {name}. Its jobs stay."


async def look(request: Request) -> Response:
    """Look at an address before it is added."""
    form = await request.form()
    given = str(form.get("address", "")).strip()
    address = openable(given if "://" in given else f"https://{given}")
    if address is None:
        return redirect("/sites", why_not_openable(given))
    work = _works(request).start(f"Looking at {address}", ["add", address, "--dry-run", "--json"])
    return RedirectResponse(f"/sites/work/{work.number}", 303)


async def work(request: Request) -> Response:
    """Show how far a command is, and what it found."""
    found = _works(request).get(request.path_params["number"])
    if found is None:
        raise HTTPException(404, "This was started by an earlier `jpt web`.")
    # Asked once: it may end while the page is rendered, which would then show neither progress nor result.
    is_done = found.is_done
    result: Any = found.result if is_done else None
    if not isinstance(result, dict) or not {"url", "jobs", "status", "name", "known"} <= result.keys():
        result = None
    backend = of(request)
    return await backend(lambda: page(request, backend, "work.html", work=found, is_done=is_done, found=result))


async def confirm(request: Request) -> Response:
    """Add an address that was looked at to the list."""
    form, backend = await request.form(), of(request)
    row = clean_line(str(form.get("name", "")), 120), str(form.get("address", ""))
    return redirect("/sites", await backend(_added, [row]))


async def take_list(request: Request) -> Response:
    """Add the rows of a pasted list."""
    form, backend = await request.form(), of(request)
    text = str(form.get("rows", ""))[:1_000_000]
    try:
        rows = [(cells[0], cells[-1]) for cells in csv.reader(io.StringIO(text)) if len(cells) > 1][:MOST_ROWS]
    except csv.Error as exc:
        return redirect("/sites", f"The list cannot be read: {exc}.")
    return redirect("/sites", await backend(_added, [(clean_line(name, 120), url) for name, url in rows]))


def _added(rows: list[tuple[str, str]]) -> str:
    path = list_to_edit()
    added = known = 0
    refused = ""
    for name, url in rows:
        address = openable(url.strip())
        if not name or address is None:
            refused = refused or f" {url[:80]!r} cannot be read: {why_not_openable(url)}"
        elif is_listed(path, name, address):
            known += 1
        else:
            path.parent.mkdir(parents=True, exist_ok=True)
            add_row(path, name, address)
            added += 1
    again = f" {counted(known, 'was', 'were')} in the list already." if known else ""
    return f"Added {counted(added, 'page')}.{again}{refused}"


def _works(request: Request) -> CommandRuns:
    made: CommandRuns = request.app.state.works
    return made
