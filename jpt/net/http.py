"""The HTTP client: guarded like the browser, polite, with limits, and with an error for each failure.

httpx does HTTP/2, compression, redirects and pooling. What is ours: the address that was checked is the one
that is dialled (every hop of a redirect comes through here again), permits per host, pauses and repeats,
and a limit of what is read.
"""

from __future__ import annotations

import re
from collections.abc import AsyncIterator, Awaitable, Callable, Iterable, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, Self
from urllib.parse import urlsplit

import anyio
import httpcore2
import httpx2

from jpt.errors import Outage, PageFault, Throttled, Unreachable
from jpt.net import trust
from jpt.net.bases import Bases
from jpt.net.guard import AddressGuard, Refusal, RefusedError, host_and_port
from jpt.net.politeness import LONGEST_WAIT_S, Politeness
from jpt.net.upstream import Upstream
from jpt.text.moments import retry_after_s

MAX_BYTES = 60_000_000
"""Most bytes of one answer, unpacked; boards with 2,000 posts and their texts have 20 MB."""
ANSWER_S = 45.0
"""Longest wait for the first byte of an answer, and for each further one; some boards take 10 s."""
WHOLE_S = 180.0
"""Longest time of one request with its retries."""
TRIES = 4
PAUSE_S = 0.4
"""Wait before the second try, doubled for each further one, unless the server asks for another."""
DESKTOP = "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/144.0.0.0 Safari/537.36"
"""The default user agent; those of libraries get blocked."""
MAX_REDIRECTS = 5

_CHARSET = re.compile(r"""\bcharset\s*=\s*["']?([A-Za-z0-9._:-]{1,40})""", re.IGNORECASE)
_OVERLOADED = frozenset({429, 500, 502, 503, 504})
_ASKS_TO_WAIT = frozenset({429, 503})
_FAULTS = (
    httpx2.HTTPError,
    httpx2.InvalidURL,
    httpcore2.NetworkError,
    httpcore2.ProtocolError,
    httpcore2.ProxyError,
    httpcore2.TimeoutException,
    httpcore2.UnsupportedProtocol,
)


@dataclass(frozen=True, slots=True)
class Validators:
    """Validators of an answer for a later conditional request (RFC 9110, 8.8)."""

    etag: str = ""
    last_modified: str = ""

    @property
    def headers(self) -> dict[str, str]:
        """Give the headers of a conditional request."""
        named = {"If-None-Match": self.etag, "If-Modified-Since": self.last_modified}
        return {name: value for name, value in named.items() if value}


@dataclass(frozen=True, slots=True)
class Response:
    """A complete answer."""

    url: str
    """Its address after redirects, with the host of the request where another stood in for it."""
    status: int
    kind: str
    """Its media type, lower case and without parameters."""
    charset: str
    """The encoding that its header names; empty when it names none."""
    body: bytes
    validators: Validators = Validators()

    @property
    def unchanged(self) -> bool:
        """Whether the server says that nothing has changed."""
        return self.status == 304


class _Dialler(httpcore2.AsyncNetworkBackend):
    """Opens connections to what the guard allows."""

    def __init__(self, guard: AddressGuard) -> None:
        self._guard = guard
        self._network = httpcore2.AnyIOBackend()
        self.refused: dict[tuple[str, int], Refusal] = {}

    async def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,  # noqa: ASYNC109  the signature is the library's
        local_address: str | None = None,
        socket_options: Iterable[Any] | None = None,
    ) -> httpcore2.AsyncNetworkStream:
        """Dial the addresses of *host* that may be dialled, one after the other."""
        place = (host.strip("[]").lower(), port)
        fault: Exception | None = None
        try:
            for address in await self._guard.addresses(place):
                try:
                    stream = await self._network.connect_tcp(address, port, timeout, local_address, socket_options)
                except (httpcore2.ConnectError, httpcore2.ConnectTimeout) as exc:
                    fault = exc
                else:
                    self.refused.pop(place, None)
                    return stream
        except RefusedError as exc:
            self.refused[place] = exc.why
            raise httpcore2.ConnectError(exc.why) from None
        self.refused[place] = "silent" if isinstance(fault, httpcore2.ConnectTimeout) else "refused"
        raise fault or httpcore2.ConnectError("no address")

    async def sleep(self, seconds: float) -> None:
        """Wait."""
        await anyio.sleep(seconds)


class _Transport(httpx2.AsyncBaseTransport):
    """Carries requests over guarded connections, through the operator's proxy where there is one."""

    def __init__(self, guard: AddressGuard, upstream: Upstream | None) -> None:
        self._guard = guard
        self._upstream = upstream
        self.dialler = _Dialler(guard)
        limits: dict[str, Any] = {
            "ssl_context": trust.context("web"),
            "max_connections": 40,
            "keepalive_expiry": 30.0,
            "http2": True,
        }
        self._direct = httpcore2.AsyncConnectionPool(network_backend=self.dialler, **limits)
        self._proxied = None
        if upstream is not None:
            login = [(b"Proxy-Authorization", upstream.authorization.encode())] if upstream.authorization else []
            proxy = httpcore2.URL(scheme=b"http", host=upstream.host.encode(), port=upstream.port, target=b"/")
            # It dials only the operator's proxy; the addresses requested of that are checked before.
            self._proxied = httpcore2.AsyncHTTPProxy(proxy_url=proxy, proxy_headers=login, **limits)

    async def handle_async_request(self, request: httpx2.Request) -> httpx2.Response:
        """Send one request; every hop of a redirect comes here again."""
        pool: httpcore2.AsyncConnectionPool = self._direct
        host = request.url.host
        if self._proxied is not None and self._upstream is not None and not self._upstream.bypasses(host):
            place = host_and_port(str(request.url)) or (host, 0)
            try:
                await self._guard.check_name(place)
            except RefusedError as exc:
                self.dialler.refused[place] = exc.why
                raise httpx2.ConnectError(exc.why, request=request) from None
            pool = self._proxied
        try:
            answer = await pool.handle_async_request(_lower(request))
        except httpcore2.ConnectError as exc:
            # With its request, so that it shows which hop of a redirect was refused.
            raise httpx2.ConnectError(str(exc), request=request) from exc
        return httpx2.Response(answer.status, headers=answer.headers, stream=_Body(answer.stream))

    async def aclose(self) -> None:
        """Close all connections."""
        await self._direct.aclose()
        if self._proxied is not None:
            await self._proxied.aclose()


def _lower(request: httpx2.Request) -> httpcore2.Request:
    """Convert *request* for the layer below."""
    assert isinstance(request.stream, httpx2.AsyncByteStream)
    url = httpcore2.URL(
        scheme=request.url.raw_scheme,
        host=request.url.raw_host,
        port=request.url.port,
        target=request.url.raw_path,
    )
    return httpcore2.Request(
        method=request.method,
        url=url,
        headers=request.headers.raw,
        content=request.stream,
        extensions=request.extensions,
    )


class _Body(httpx2.AsyncByteStream):
    def __init__(self, stream: Any) -> None:
        self._stream = stream

    async def __aiter__(self) -> AsyncIterator[bytes]:
        async for part in self._stream:
            yield part

    async def aclose(self) -> None:
        await self._stream.aclose()


def accept_language(languages: str) -> str:
    """`en-US,en` with falling weights: `en-US,en;q=0.9`."""
    names = [name.strip() for name in languages.split(",") if name.strip()]
    weighted = [name if rank == 0 else f"{name};q={max(0.1, 1 - rank / 10):g}" for rank, name in enumerate(names)]
    return ",".join(weighted)


@dataclass(eq=False)
class Http:
    """The client; use `Http.open`."""

    politeness: Politeness
    bases: Bases
    _client: httpx2.AsyncClient
    _transport: _Transport
    permit: Callable[[str], Awaitable[None]] | None = None
    """Called before each request but that of a robots.txt; raises TaskError if it is forbidden."""

    @classmethod
    @asynccontextmanager
    async def open(
        cls,
        politeness: Politeness,
        guard: AddressGuard,
        *,
        user_agent: str | None = None,
        language: str = "en-US,en",
        upstream: Upstream | None = None,
        bases: Bases | None = None,
    ) -> AsyncIterator[Self]:
        """Run a client for the length of the block; the places of *bases* are named by the operator."""
        bases = bases or Bases()
        named = frozenset(place for url in bases.urls if (place := host_and_port(url)))
        transport = _Transport(AddressGuard(guard.named | named, guard.allow_private), upstream)
        client = httpx2.AsyncClient(
            transport=transport,
            headers={
                "User-Agent": user_agent or DESKTOP,
                "Accept-Language": accept_language(language),
                "Accept": "*/*",
            },
            timeout=httpx2.Timeout(ANSWER_S, connect=15.0, pool=None),
            max_redirects=MAX_REDIRECTS,
            trust_env=False,
        )
        async with client:
            yield cls(politeness, bases, client, transport)

    async def get(
        self,
        url: str,
        validators: Validators = Validators(),
        *,
        accept: str = "*/*",
        most: int = MAX_BYTES,
        agent: str = "",
        once: bool = False,
    ) -> Response:
        """Give the answer to GET *url*, whatever its status; of more than *most* bytes it is a PageFault.

        With *validators* it may be "unchanged"; with *agent* it is asked for as that browser asks. Asked *once*, a
        host that is overloaded is not asked again, and gets no pause: the caller has another way.
        Raises Unreachable, Throttled, Outage or PageFault.
        """
        named = {"User-Agent": agent} if agent else {}
        headers = {"Accept": accept, **named, **validators.headers}
        return await self._sent("GET", url, headers, None, most, 1 if once else TRIES)

    async def post(self, url: str, value: Any, *, most: int = MAX_BYTES, once: bool = False) -> Response:
        """Give the answer to POST *url* with *value* as JSON; a redirect counts as a refusal.

        *once*, as with `get`: what must not happen twice is not sent twice.
        """
        headers = {"Accept": "application/json"}
        return await self._sent("POST", url, headers, value, most, 1 if once else TRIES)

    async def page(self, url: str) -> tuple[int, str]:
        """Give status and text of *url*."""
        answer = await self.get(url)
        return answer.status, answer.body.decode("utf-8", "replace")

    async def _sent(
        self,
        method: str,
        url: str,
        headers: Mapping[str, str],
        value: Any,
        most: int,
        tries: int,
    ) -> Response:
        if self.permit is not None and urlsplit(url).path != "/robots.txt":
            await self.permit(url)
        with anyio.move_on_after(WHOLE_S):
            for attempt in range(tries):
                last = attempt == tries - 1
                try:
                    answer, wait_s = await self._once(method, url, headers, value, most)
                except _FAULTS as exc:
                    if last or self._is_final(self._refusal(url, exc), exc):
                        raise self._fault(url, exc) from exc
                    wait_s = None
                else:
                    refused = answer.status in _OVERLOADED or (method == "POST" and 300 <= answer.status < 400)
                    if not refused or tries == 1:
                        return answer
                    if last or (wait_s or 0.0) > LONGEST_WAIT_S:
                        return self._given_up(answer, wait_s)
                await anyio.sleep(PAUSE_S * 2**attempt if wait_s is None else wait_s)
        raise Outage(f"it did not answer within {WHOLE_S:g} s", page=url)

    async def _once(
        self, method: str, url: str, headers: Mapping[str, str], value: Any, most: int
    ) -> tuple[Response, float | None]:
        """Send once; gives the answer and for how long the server asks to wait."""
        asked = self.bases.of(url)
        if asked != url:
            headers = {**headers, "X-Forwarded-Host": urlsplit(url).netloc}
        host = urlsplit(asked).netloc
        async with self.politeness.permit(host):
            await self.politeness.due(host)
            while not self.politeness.begin(host):
                await self.politeness.due(host)
            request = self._client.build_request(method, asked, headers=dict(headers), json=value)
            response = await self._client.send(request, stream=True, follow_redirects=method == "GET")
            try:
                body = await _read(response, url, most)
            finally:
                await response.aclose()
        final = url if str(response.url) == str(request.url) else str(response.url)
        kind, _, parameters = response.headers.get("content-type", "").partition(";")
        named = _CHARSET.search(parameters[:200])
        found = Validators(response.headers.get("etag", ""), response.headers.get("last-modified", ""))
        wait_s = retry_after_s(response.headers.get("retry-after"), datetime.now(UTC))
        charset = named[1] if named else ""
        return Response(final, response.status_code, kind.strip().lower(), charset, body, found), wait_s

    def _given_up(self, answer: Response, wait_s: float | None) -> Response:
        """Give a refusal that retries did not change; pauses the host and raises Throttled if it asks for that."""
        if answer.status in _ASKS_TO_WAIT:
            host = urlsplit(self.bases.of(answer.url)).netloc
            self.politeness.pause(host, wait_s)
            raise Throttled(f"{urlsplit(answer.url).netloc} answers with HTTP {answer.status}.", wait_s)
        return answer

    @staticmethod
    def _is_final(refusal: Refusal | None, exc: Exception) -> bool:
        """Tell whether a retry is useless."""
        never = (httpx2.InvalidURL, httpx2.TooManyRedirects, httpx2.DecodingError)
        return refusal in {"policy", "rebound", "unknown"} or isinstance(exc, never)

    def _refusal(self, url: str, exc: Exception) -> Refusal | None:
        """Give why no connection was made; None if one was."""
        if not isinstance(exc, httpx2.ConnectError | httpcore2.ConnectTimeout):
            return None
        place = host_and_port(str(exc.request.url) if isinstance(exc, httpx2.ConnectError) else self.bases.of(url))
        return self._transport.dialler.refused.get(place) if place else None

    def _fault(self, url: str, exc: Exception) -> Exception:
        host = urlsplit(url).netloc
        match self._refusal(url, exc):
            case "policy":
                where = exc.request.url.host if isinstance(exc, httpx2.ConnectError) else host
                return PageFault(f"{where} is a private address that you did not name", page=url)
            case "rebound":
                return PageFault(f"{host} had public addresses and now leads to a private one", page=url)
            case "unknown" | "unreachable":
                return Unreachable(f"{host} cannot be found or reached.")
        if isinstance(exc, httpx2.TooManyRedirects | httpx2.DecodingError | httpx2.InvalidURL):
            return PageFault(str(exc) or type(exc).__name__, page=url)
        return Outage(f"{type(exc).__name__}{f' ({exc})' if str(exc) else ''}", page=url)


async def _read(response: httpx2.Response, url: str, most: int) -> bytes:
    """Give the unpacked body; raises PageFault when it has more than *most* bytes."""
    body = bytearray()
    async for part in response.aiter_bytes():
        body += part
        if len(body) > most:
            raise PageFault(f"it is larger than {most // 10**6} MB", page=url)
    if response.num_bytes_downloaded and not body:
        raise PageFault("it is not packed as it says, or breaks off", page=url)
    return bytes(body)
