"""One job: its text with what counted and what did not, facts, history, notes, a correction of its years."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import partial

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from jpt.catalogue.marking import mark_one
from jpt.catalogue.quote import spot
from jpt.catalogue.view import Posting
from jpt.extract.experience import Reason, in_words
from jpt.models.jobs import Rejected
from jpt.text.short_ids import number_of
from jpt.web.corrections import typed_years, write_labels
from jpt.web.endpoints import Backend, answered, in_thread, of
from jpt.web.render import page, redirect


@dataclass(frozen=True, slots=True)
class Piece:
    """A part of a text: plain, the quote that counted, or a number that did not."""

    text: str
    kind: str = ""
    reason: str = ""


def wanted(request: Request, backend: Backend) -> Posting:
    """Return the job that the address names; raises HTTPException 404."""
    number = number_of(request.path_params["id"])
    found = next((one for one in backend.view.postings() if one.stored.number == number), None)
    if found is None:
        raise HTTPException(404, "No job has this id.")
    return found


@in_thread
def job(request: Request, backend: Backend) -> Response:
    """Show one job."""
    found = wanted(request, backend)
    number = found.stored.number
    text = backend.store.catalogue.text(number)
    story = backend.store.link_history.at(found.news.site, found.stored.key)
    return page(
        request,
        backend,
        "job.html",
        job=found,
        beside=[
            one
            for one in backend.view.postings()
            if found.shared is not None and one.shared == found.shared and one.stored.number != number
        ],
        pieces=list(pieces(text, found.news.experience.evidence, backend.store.catalogue.rejected(number))),
        events=story.events,
        digests=story.digests,
        corrected=backend.store.corrections.of(number),
    )


def pieces(text: str, quote: str | None, rejected: Iterable[Rejected]) -> Iterator[Piece]:
    """Cut *text* into parts, so that what counted and what did not can be marked where it stands."""
    # What is no number of years at all says nothing of the job.
    shown = [one for one in rejected if one.reason != Reason.NOT_A_NUMBER]
    spans = [(*found, "quote", "")] if (found := spot(text, quote)) else []
    spans += [(*found, "rejected", in_words(one.reason)) for one in shown if (found := spot(text, one.quote))]
    place = 0
    for start, end, kind, reason in sorted(spans):
        if start < place:
            continue  # within the one before
        yield Piece(text[place:start])
        yield Piece(text[start:end], kind, reason)
        place = end
    yield Piece(text[place:])


async def mark(request: Request) -> Response:
    """Set stage, note and date."""
    backend, form = of(request), await request.form()
    found = await backend(wanted, request, backend)

    words = {name: str(form.get(name, "")) for name in ("stage", "note", "due")}
    said, _ = await answered(backend, partial(mark_one, backend, found, **words))
    return _back(found, said)


async def years(request: Request) -> Response:
    """Correct the years, or take a correction away."""
    backend, form = of(request), await request.form()
    found = await backend(wanted, request, backend)

    def act() -> str:
        if form.get("remove"):
            backend.store.corrections.remove(found.stored.number)
            said = "The correction is removed."
        else:
            backend.store.corrections.put(found.stored.number, typed_years(str(form.get("years", ""))))
            said = "Corrected. It counts from now on."
        write_labels(backend.settings, backend.store)
        return said

    said, _ = await answered(backend, act)
    return _back(found, said)


def _back(found: Posting, said: str) -> Response:
    return redirect(f"/jobs/{found.id[1:]}", said)
