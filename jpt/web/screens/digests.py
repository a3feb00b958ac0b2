"""The digests: how many jobs the next has, and each one in the bytes that were sent."""

from __future__ import annotations

from email import message_from_bytes, policy
from email.message import EmailMessage

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from jpt.catalogue.query import is_listed
from jpt.models.digests import DEFAULT, MAIL, Channel, Digest
from jpt.web.endpoints import Backend, in_thread
from jpt.web.render import framed, page


@in_thread
def digests(request: Request, backend: Backend) -> Response:
    """List them, with how many jobs the next mail has to report."""
    before = backend.store.reported.on(Channel(DEFAULT, MAIL))
    due = (one for one in backend.view.postings() if is_listed(one) and one.is_open)
    waiting = sum(one.news.key not in before for one in due)
    return page(request, backend, "digests.html", digests=backend.store.outbox.listed(200), waiting=waiting)


@in_thread
def digest(request: Request, backend: Backend) -> Response:
    """Show one."""
    return page(request, backend, "digest.html", digest=_wanted(request, backend))


@in_thread
def letter(request: Request, backend: Backend) -> Response:
    """Return the HTML of one, or its text, for a frame that can do nothing."""
    content = backend.store.outbox.content(_wanted(request, backend).digest_id)
    message = message_from_bytes(content, _class=EmailMessage, policy=policy.default)
    part = message.get_body(("html",))
    if part is None:
        return Response(content, media_type="text/plain; charset=utf-8")
    return framed(part.get_content(), images="data:")


@in_thread
def message(request: Request, backend: Backend) -> Response:
    """Return the bytes that were sent."""
    wanted = _wanted(request, backend)
    name = f'attachment; filename="{wanted.digest_id[:8]}.eml"'
    content = backend.store.outbox.content(wanted.digest_id)
    return Response(content, media_type="application/octet-stream", headers={"Content-Disposition": name})


def _wanted(request: Request, backend: Backend) -> Digest:
    found = backend.store.outbox.get(request.path_params["id"])
    if found is None:
        raise HTTPException(404, "There is no such digest.")
    return found
