"""The HTTP client: guarded, polite, bounded, and true to what the server said."""

from __future__ import annotations

import gzip
import ssl
import sys
import tracemalloc
from collections.abc import Awaitable, Callable, Iterator
from functools import cache
from importlib import import_module
from pathlib import Path
from typing import TypeVar

import anyio
import brotli
import pytest
import trustme

from jpt.errors import NotAPage, Outage, PageFault, Throttled, Unreachable
from jpt.net.bases import Bases
from jpt.net.guard import AddressGuard
from jpt.net.http import Http, Validators
from jpt.net.politeness import Politeness
from jpt.net.robots import Robots
from jpt.net.upstream import Upstream
from tests.career_sites.server import Answer, Hangup, Reply, Request, Server
from tests.h2_server import H2Server, Proxy
from tests.table import each_row

zstd = import_module("compression.zstd" if sys.version_info >= (3, 14) else "backports.zstd")
T = TypeVar("T")


class Site:
    """Answers by path, and remembers what it was asked."""

    def __init__(self, **answers: Answer | list[Answer]) -> None:
        self._answers = answers
        self.asked: list[Request] = []

    def __call__(self, request: Request) -> Answer:
        self.asked.append(request)
        answer = self._answers.get(request.path.strip("/"), Reply(status=404))
        if isinstance(answer, list):
            return answer.pop(0) if len(answer) > 1 else answer[0]
        return answer


def asked(
    act: Callable[[Http], Awaitable[T]],
    *named: str,
    bases: str = "",
    upstream: Upstream | None = None,
    user_agent: str | None = None,
) -> T:
    """Let *act* use a client for which the *named* addresses are named."""

    async def run() -> T:
        async with Http.open(
            Politeness(2, 0),
            AddressGuard.of(named),
            bases=Bases.parsed(bases),
            upstream=upstream,
            user_agent=user_agent,
        ) as http:
            return await act(http)

    return anyio.run(run)


@pytest.fixture
def h2_server(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[H2Server]:
    """A server that speaks HTTP/2 alone, with a certificate that is believed here."""
    authority = trustme.CA()
    authority.cert_pem.write_to_path(str(tmp_path / "ca.pem"))
    monkeypatch.setenv("SSL_CERT_FILE", str(tmp_path / "ca.pem"))
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.set_alpn_protocols(["h2"])
    authority.issue_cert("localhost").configure_cert(context)
    with H2Server(context) as running:
        yield running


def test_many_requests_share_one_connection_of_http_2(h2_server: H2Server) -> None:
    base = f"https://localhost:{h2_server.port}"

    async def all_at_once(http: Http) -> list[bytes]:
        found = [(await http.get(f"{base}/0")).body]

        async def one(number: int) -> None:
            found.append((await http.get(f"{base}/{number}")).body)

        async with anyio.create_task_group() as tg:
            for number in range(1, 6):
                tg.start_soon(one, number)
        return found

    found = asked(all_at_once, base)

    assert sorted(found) == [f"/{number}".encode() for number in range(6)]
    assert h2_server.connections == 1


def test_a_certificate_that_nobody_vouches_for_is_refused(
    h2_server: H2Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("SSL_CERT_FILE")
    url = f"https://localhost:{h2_server.port}/list"

    with pytest.raises(Outage, match="certificate"):
        asked(lambda http: http.get(url), url)


@pytest.mark.parametrize(
    ("name", "pack"), [("gzip", gzip.compress), ("br", brotli.compress), ("zstd", zstd.compress)]
)
def test_an_answer_comes_unpacked_with_what_validates_it(name: str, pack: Callable[[bytes], bytes]) -> None:
    packed = Reply(pack(b"jobs " * 100), headers=(("Content-Encoding", name), ("ETag", '"a"')))
    with Server(Site(list=packed)) as server:
        url = f"http://127.0.0.1:{server.port}/list"
        answer = asked(lambda http: http.get(url), url)

    assert answer.body == b"jobs " * 100
    assert (answer.status, answer.kind, answer.validators.etag) == (200, "text/html", '"a"')


def test_what_has_not_changed_is_not_sent_again() -> None:
    site = Site(list=Reply(status=304))
    with Server(site) as server:
        url = f"http://127.0.0.1:{server.port}/list"
        answer = asked(lambda http: http.get(url, Validators('"a"', "Wed, 04 Mar 2026 10:00:00 GMT")), url)

    assert answer.unchanged
    assert site.asked[0].headers["if-none-match"] == '"a"'
    assert "if-modified-since" in site.asked[0].headers


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost"])
def test_a_private_address_that_nobody_named_is_not_reached(host: str) -> None:
    site = Site(list=Reply(b"secret"))
    with Server(site) as server, pytest.raises(PageFault, match="private address"):
        asked(lambda http: http.get(f"http://{host}:{server.port}/list"))

    assert site.asked == []


def test_a_redirect_to_a_private_address_is_not_followed() -> None:
    secret = Site(list=Reply(b"secret"))
    with Server(secret) as inside:
        lure = Reply(status=302, headers=(("Location", f"http://127.0.0.1:{inside.port}/list"),))
        with Server(Site(list=lure)) as outside:
            url = f"http://127.0.0.1:{outside.port}/list"
            with pytest.raises(PageFault, match="private address"):
                asked(lambda http: http.get(url), url)

    assert secret.asked == []


def test_a_redirect_between_named_places_is_followed() -> None:
    site = Site(old=Reply(status=302, headers=(("Location", "/new"),)), new=Reply(b"here"))
    with Server(site) as server:
        url = f"http://127.0.0.1:{server.port}/old"
        answer = asked(lambda http: http.get(url), url)

    assert answer.body == b"here"
    assert answer.url.endswith("/new")


def test_a_host_that_nobody_knows_is_told_from_a_fault_of_its_own() -> None:
    with pytest.raises(Unreachable):
        asked(lambda http: http.get("https://nobody.invalid/list"))


def test_a_refusal_is_tried_again_after_the_time_that_was_asked_for() -> None:
    site = Site(list=[Reply(status=429, headers=(("Retry-After", "0"),)), Reply(status=503), Reply(b"jobs")])
    with Server(site) as server:
        url = f"http://127.0.0.1:{server.port}/list"
        answer = asked(lambda http: http.get(url), url)

    assert answer.body == b"jobs"
    assert len(site.asked) == 3


def test_a_long_pause_is_not_waited_for_and_the_host_is_left_alone() -> None:
    site = Site(list=Reply(status=429, headers=(("Retry-After", "600"),)))

    async def twice(http: Http) -> list[float | None]:
        pauses = []
        for _ in range(2):
            with pytest.raises(Throttled) as told:
                await http.get(url)
            pauses.append(told.value.pause_s)
        return pauses

    with Server(site) as server:
        url = f"http://127.0.0.1:{server.port}/list"
        pauses = asked(twice, url)

    assert pauses[0] == 600
    assert len(site.asked) == 1


def test_as_long_is_waited_as_the_server_asks_for() -> None:
    site = Site(list=[Reply(status=503, headers=(("Retry-After", "1"),)), Reply(b"jobs")])
    with Server(site) as server:
        url = f"http://127.0.0.1:{server.port}/list"
        asked(lambda http: http.get(url), url)

    first, second = site.asked
    assert second.time - first.time >= 1


_NEVER = "Fri, 31 Dec 9999 23:59:59 -2359"


@each_row("said", ["Wed, 04 Mar 2026 10:00:00 GMT", "soon", "-5", "9" * 400, "²", _NEVER])
def test_a_pause_that_is_over_or_means_nothing_holds_nobody_up(said: str) -> None:
    site = Site(list=[Reply(status=429, headers=(("Retry-After", said),)), Reply(b"jobs")])
    with Server(site) as server:
        url = f"http://127.0.0.1:{server.port}/list"
        answer = asked(lambda http: http.get(url), url)

    assert answer.body == b"jobs"


def test_an_answer_that_breaks_off_is_no_answer() -> None:
    site = Site(list=Reply(b'{"jobs": [', headers=(("Content-Length", "4000"), ("Connection", "close"))))
    with Server(site) as server:
        url = f"http://127.0.0.1:{server.port}/list"
        with pytest.raises(Outage):
            asked(lambda http: http.get(url), url)

    assert len(site.asked) == 4


@pytest.mark.parametrize("name", ["gzip", "br", "zstd"])
def test_an_answer_that_cannot_be_unpacked_is_a_fault(name: str) -> None:
    site = Site(list=Reply(b"no such thing", headers=(("Content-Encoding", name),)))
    with Server(site) as server:
        url = f"http://127.0.0.1:{server.port}/list"
        with pytest.raises(PageFault):
            asked(lambda http: http.get(url), url)


def test_a_hiccup_of_the_connection_is_no_end() -> None:
    site = Site(list=[Hangup(), Reply(b"jobs")])
    with Server(site) as server:
        url = f"http://127.0.0.1:{server.port}/list"
        answer = asked(lambda http: http.get(url), url)

    assert answer.body == b"jobs"


def test_an_error_of_the_server_that_stays_is_given_as_it_is() -> None:
    site = Site(list=Reply(status=500))
    with Server(site) as server:
        url = f"http://127.0.0.1:{server.port}/list"
        answer = asked(lambda http: http.get(url), url)

    assert answer.status == 500
    assert len(site.asked) == 4


def test_an_answer_beyond_all_measure_is_cut_off() -> None:
    bomb = Reply(gzip.compress(b"0" * 20_000), headers=(("Content-Encoding", "gzip"),))
    with Server(Site(list=bomb)) as server:
        url = f"http://127.0.0.1:{server.port}/list"
        with pytest.raises(PageFault, match="larger"):
            asked(lambda http: http.get(url, most=10_000), url)


def test_a_base_stands_for_a_host_and_is_named_by_the_operator() -> None:
    site = Site(**{"v1/jobs": Reply(b"jobs")})
    with Server(site) as server:
        answer = asked(
            lambda http: http.get("https://api.board.example/v1/jobs?x=1"),
            bases=f"*.board.example=http://127.0.0.1:{server.port}",
        )

    assert (answer.body, answer.url) == (b"jobs", "https://api.board.example/v1/jobs?x=1")
    assert site.asked[0].query == "x=1"
    assert site.asked[0].headers["x-forwarded-host"] == "api.board.example"


@pytest.mark.parametrize("text", ["nothing", "host=", "=http://127.0.0.1:1", "host=ftp://x"])
def test_a_base_that_means_nothing_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="must be"):
        Bases.parsed(text)


def test_it_shows_the_user_agent_that_is_set_and_a_browsers_otherwise() -> None:
    site = Site(list=Reply(b""))
    with Server(site) as server:
        url = f"http://127.0.0.1:{server.port}/list"
        asked(lambda http: http.get(url), url)
        asked(lambda http: http.get(url), url, user_agent="me/1.0")

    assert "Chrome/" in site.asked[0].headers["user-agent"]
    assert site.asked[1].headers["user-agent"] == "me/1.0"


def test_a_proxy_that_does_not_answer_is_an_outage() -> None:
    upstream = Upstream.parsed("http://127.0.0.1:9", "")

    with pytest.raises(Outage):
        asked(lambda http: http.get("https://nobody.invalid/list"), upstream=upstream)


def test_what_robots_txt_asks_not_to_read_is_not_asked_for() -> None:
    site = Site(**{"robots.txt": Reply(b"User-agent: *\nDisallow: /list\n"), "other": Reply(b"here")})

    async def heeding(http: Http) -> bytes:
        robots = Robots(http.page)

        async def permit(url: str) -> None:
            await robots.delay_s(url)

        http.permit = permit
        with pytest.raises(NotAPage, match="asks robots not to"):
            await http.get(f"{base}/list")
        return (await http.get(f"{base}/other")).body

    with Server(site) as server:
        base = f"http://127.0.0.1:{server.port}"
        assert asked(heeding, base) == b"here"

    assert [request.path for request in site.asked] == ["/robots.txt", "/other"]


def test_all_goes_through_the_proxy_that_is_set(h2_server: H2Server) -> None:
    site = Site(list=Reply(b"plain"))
    with Server(site) as server, Proxy("me:secret") as proxy:
        upstream = Upstream.parsed(f"http://me:secret@127.0.0.1:{proxy.port}", "")
        urls = [f"https://localhost:{h2_server.port}/list", f"http://127.0.0.1:{server.port}/list"]

        async def both(http: Http) -> list[bytes]:
            return [(await http.get(url)).body for url in urls]

        bodies = asked(both, *urls, upstream=upstream)

    assert bodies == [b"/list", b"plain"]
    assert proxy.asked == [f"CONNECT localhost:{h2_server.port}", f"GET {urls[1]}"]


def test_hosts_that_are_left_out_are_asked_without_the_proxy() -> None:
    with Server(Site(list=Reply(b"plain"))) as server, Proxy() as proxy:
        upstream = Upstream.parsed(f"http://127.0.0.1:{proxy.port}", "127.0.0.1")
        url = f"http://127.0.0.1:{server.port}/list"
        answer = asked(lambda http: http.get(url), url, upstream=upstream)

    assert answer.body == b"plain"
    assert proxy.asked == []


def test_a_proxy_that_wants_a_login_is_an_outage() -> None:
    with Proxy("me:secret") as proxy:
        upstream = Upstream.parsed(f"http://127.0.0.1:{proxy.port}", "")
        with pytest.raises(Outage):
            asked(lambda http: http.get("https://localhost:1/list"), "https://localhost:1", upstream=upstream)


def test_the_proxy_is_not_asked_for_a_private_address_that_nobody_named() -> None:
    with Proxy() as proxy:
        upstream = Upstream.parsed(f"http://127.0.0.1:{proxy.port}", "")
        with pytest.raises(PageFault, match="private address"):
            asked(lambda http: http.get("https://127.0.0.1:1/list"), upstream=upstream)

    assert proxy.asked == []


@pytest.mark.parametrize("no_proxy", ["*", "127.0.0.1"])
def test_a_redirect_to_the_proxy_itself_is_not_followed(no_proxy: str) -> None:
    behind = Site(admin=Reply(b"settings of the proxy"))
    with Server(behind) as proxy:
        site = Site(jobs=Reply(status=302, headers=(("Location", f"http://127.0.0.1:{proxy.port}/admin"),)))
        upstream = Upstream.parsed(f"http://127.0.0.1:{proxy.port}", no_proxy)
        with Server(site) as server:
            url = f"http://127.0.0.1:{server.port}/jobs"
            with pytest.raises(PageFault, match="private address"):
                asked(lambda http: http.get(url), url, upstream=upstream)

    assert behind.asked == []


@cache
def _bomb(name: str) -> bytes:
    """Some kilobytes that unpack to 130 MB."""
    zeros = b"\0" * 130_000_000
    match name:
        case "gzip":
            return gzip.compress(zeros, 1)
        case "gzip, gzip":
            return gzip.compress(_bomb("gzip"))
        case "br":
            return bytes(brotli.compress(zeros, quality=1, lgwin=24))
        case _:
            return bytes(zstd.compress(zeros))


@pytest.mark.parametrize("name", ["gzip", "gzip, gzip", "br", "zstd"])
def test_a_small_answer_that_unpacks_to_a_huge_one_ends_at_the_limit(name: str) -> None:
    site = Site(list=Reply(_bomb(name), headers=(("Content-Encoding", name),)))
    with Server(site) as server:
        url = f"http://127.0.0.1:{server.port}/list"
        tracemalloc.start()
        try:
            with pytest.raises(PageFault, match="larger than 60 MB"):
                asked(lambda http: http.get(url), url)
            _, peak = tracemalloc.get_traced_memory()
        finally:
            tracemalloc.stop()

    assert len(site.asked) == 1
    assert peak < 180_000_000


@pytest.mark.parametrize(
    ("name", "body"),
    [
        ("gzip", b"[]"),
        ("br", b"[1, 2]"),
        ("zstd", b"{}"),
        ("gzip, br", gzip.compress(b"[]", mtime=0)),
        ("deflate", b'[{"a": 1}]'),
    ],
)
def test_an_answer_that_is_not_packed_as_it_says_is_a_fault(name: str, body: bytes) -> None:
    site = Site(list=Reply(body, headers=(("Content-Encoding", name),)))
    with Server(site) as server:
        url = f"http://127.0.0.1:{server.port}/list"
        with pytest.raises(PageFault, match="was not read"):
            asked(lambda http: http.get(url), url)


@pytest.mark.parametrize("name", ["compress", "rot13", "identity", "gzip;q=1", ""])
def test_a_packing_that_nobody_knows_leaves_the_answer_as_it_came(name: str) -> None:
    site = Site(list=Reply(b"[]", headers=(("Content-Encoding", name),)))
    with Server(site) as server:
        url = f"http://127.0.0.1:{server.port}/list"
        assert asked(lambda http: http.get(url), url).body == b"[]"
