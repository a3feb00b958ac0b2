"""The page behind a link in a mail: one button, which works once."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from jpt.catalogue.marking import put
from jpt.catalogue.view import Posting
from jpt.digest.other_adverts import beside
from jpt.digest.signed_actions import Action, SignedAction, Signer, mark_of
from jpt.errors import UsageError
from jpt.models.postings import Stage
from jpt.settings.web_token import token_of
from jpt.web.corrections import typed_years, write_labels
from jpt.web.endpoints import Backend, in_thread, of
from jpt.web.render import page

_STAGES: dict[Action, Stage] = {"hide": "hidden", "applied": "applied"}
_BUTTONS: dict[Action, str] = {
    "hide": "Hide this job", "applied": "I have applied for this job", "years": "Correct the years",
}  # fmt: skip


@in_thread
def act(request: Request, backend: Backend) -> Response:
    """Show what the link would do; fetching it changes nothing."""
    asked, job = _asked(request, backend)
    used = asked.code in backend.store.used_links
    return _page(request, backend, asked, job, button=_BUTTONS[asked.action], used=used)


async def do(request: Request) -> Response:
    """Do it."""
    backend, form = of(request), await request.form()
    typed = str(form.get("years", ""))
    return await backend(_done, request, backend, typed)


def _done(request: Request, backend: Backend, typed: str) -> Response:
    asked, job = _asked(request, backend)
    try:
        years = typed_years(typed)
    except UsageError as exc:
        raise HTTPException(400, exc.sentence) from None
    # Noted first: of two requests at once one acts. The note outlives the link, and goes with the daily thinning.
    if not backend.store.used_links.use(asked.code):
        return _page(request, backend, asked, job, 409, used=True)
    also, shown = beside(backend.store, job.news), _page(request, backend, asked, job)
    if asked.action == "years":
        for one in (one for one in backend.view.postings() if one is job or one.news.url in also):
            backend.store.corrections.put(one.stored.number, years)
        write_labels(backend.settings, backend.store)
    else:
        put(backend.store, job.news, replace(job.mark, stage=_STAGES[asked.action]))
    return shown


def _page(
    request: Request, backend: Backend, asked: SignedAction, job: Posting, status: int = 200, **more: Any
) -> Response:
    also = beside(backend.store, job.news)
    adverts = [one.news for one in backend.view.postings() if one is job or one.news.url in also]
    places = [place for place in dict.fromkeys(one.location for one in adverts) if place]
    shown = {"job": job, "places": places, "action": asked.action, "button": "", "used": False, **more}
    return page(request, backend, "act.html", status, **shown)


def _asked(request: Request, backend: Backend) -> tuple[SignedAction, Posting]:
    signer = Signer.of("", token_of(backend.settings))
    asked = signer.read(request.path_params["code"], backend.store.clock() / 1000)
    job = next((one for one in backend.view.postings() if asked and mark_of(one.news) == asked.job), None)
    if asked is None or job is None:
        raise HTTPException(404, "This link is too old, or not one of this jpt's.")
    return asked, job
