"""Which requests are allowed: with a Host of ours and the token, and writes from our own pages only. Pure ASGI.

Loopback keeps other machines out, but not other pages in the user's browser: a name that resolves to 127.0.0.1
(DNS rebinding) has another Host, a form on a strange page another Origin.
"""

from __future__ import annotations

import hashlib
import hmac
import time
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, field
from urllib.parse import parse_qsl, urlencode, urlsplit

from starlette.datastructures import Headers, MutableHeaders
from starlette.requests import cookie_parser
from starlette.responses import PlainTextResponse, RedirectResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

MOST_GUESSES = 10
"""Wrong tokens within GUESSES_S, from anybody, after which every token is refused for as long."""
GUESSES_S = 60.0
SIGNED = "/act/"
"""Addresses below this carry a signature for one action instead of the token."""
_SAFE = frozenset({"GET", "HEAD"})

HEADERS = {
    "Content-Security-Policy": (
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; "
        "frame-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'self'"
    ),
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Cache-Control": "no-store",
}


@dataclass(eq=False, slots=True)
class RequestGuard:
    """Lets requests through to *app* that are the user's own."""

    app: ASGIApp
    token: str
    hosts: frozenset[str]
    """Allowed values of `Host`, with the port."""
    port: int
    clock: Callable[[], float] = time.monotonic
    _guesses: deque[float] = field(default_factory=deque)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer, or pass on with the headers that every answer has."""
        if scope["type"] != "http":
            if scope["type"] == "lifespan":
                await self.app(scope, receive, send)
            return
        answer = self._refused(scope, Headers(scope=scope))
        await (answer or self.app)(scope, receive, _with_headers(send))

    def _refused(self, scope: Scope, headers: Headers) -> Response | None:
        if headers.get("host", "") not in self.hosts:
            return _refusal(421, "This address is not served here.")
        if scope["method"] not in _SAFE and (answer := self._cross_origin(headers)):
            return answer
        if scope["path"].startswith(SIGNED) or self._is_authenticated(headers):
            return None
        return self._log_in(scope)

    def _cross_origin(self, headers: Headers) -> Response | None:
        """Refuse a write that a page of another origin sent; programs send the token itself."""
        if headers.get("authorization"):
            return None
        site = headers.get("sec-fetch-site")
        origin = headers.get("origin")
        own = site == "same-origin" if site else bool(origin) and urlsplit(origin or "").netloc in self.hosts
        return None if own else _refusal(403, "Refused: this request comes from another page.")

    def _is_authenticated(self, headers: Headers) -> bool:
        bearer = headers.get("authorization", "").partition(" ")
        if bearer[0].lower() == "bearer" and self._is_token(bearer[2].strip()):
            return True
        sent = cookie_parser(headers.get("cookie", "")).get(self.cookie, "")
        return hmac.compare_digest(sent.encode(), self._cookie_value().encode())

    def _log_in(self, scope: Scope) -> Response:
        """Set the cookie if the address holds the token, and redirect to the address without it."""
        query = parse_qsl(scope["query_string"].decode("latin-1"), keep_blank_values=True)
        given = next((value for name, value in query if name == "token"), "")
        if not given or scope["method"] not in _SAFE or not self._is_token(given):
            return _refusal(401, "Open the address that `jpt web` printed: it holds the token for this page.")
        rest = urlencode([pair for pair in query if pair[0] != "token"])
        path = "/" + scope["path"].lstrip("/")
        answer = RedirectResponse(f"{path}?{rest}" if rest else path, status_code=303)
        answer.set_cookie(
            self.cookie, self._cookie_value(), max_age=400 * 86_400, httponly=True, samesite="strict", path="/"
        )
        return answer

    def _is_token(self, given: str) -> bool:
        now = self.clock()
        while self._guesses and now - self._guesses[0] > GUESSES_S:
            self._guesses.popleft()
        if len(self._guesses) >= MOST_GUESSES:
            return False
        if hmac.compare_digest(given.encode(), self.token.encode()):
            return True
        self._guesses.append(now)
        return False

    @property
    def cookie(self) -> str:
        """The name of the cookie: cookies know no ports, and another jpt may serve on another one."""
        return f"jpt-{self.port}"

    def _cookie_value(self) -> str:
        return hashlib.sha256(b"cookie:" + self.token.encode()).hexdigest()


def _refusal(code: int, sentence: str) -> Response:
    return PlainTextResponse(sentence + "\n", status_code=code)


def _with_headers(send: Send) -> Send:
    async def sending(message: Message) -> None:
        if message["type"] == "http.response.start":
            headers = MutableHeaders(scope=message)
            for name, value in HEADERS.items():
                headers.setdefault(name, value)
        await send(message)

    return sending
