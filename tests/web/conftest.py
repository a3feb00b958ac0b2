"""`jpt web` on a real port, for one database."""

from __future__ import annotations

import json
import threading
import urllib.error
import urllib.parse
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import anyio
import pytest

from jpt.settings import Settings
from jpt.web.server import listening, serve, token_of
from tests.catalogue.stock import Post, stock

POSTS = (
    Post("Data Engineer", 2, "Berlin", number=1, text="You know Kafka and pipelines."),
    Post("Data Analyst", 8, "Munich", number=2),
    Post("Nurse", None, "", number=3, site="Globex"),
    Post("Baker", 0, "Köln", number=4, site="Globex", text="Early mornings with dough."),
    Post("<script>alert(1)</script> Baker", 3, '"><img src=x onerror=alert(2)>', number=5, site="Globex"),
)


@dataclass(frozen=True)
class Answer:
    code: int
    text: str
    headers: dict[str, str]

    @property
    def json(self) -> Any:
        return json.loads(self.text)


class _NoRedirect(urllib.request.HTTPRedirectHandler):
    def redirect_request(self, *_: Any) -> None:
        return None


@dataclass(frozen=True)
class Pages:
    """A server, and how to ask it."""

    address: str
    token: str
    folder: Path
    opener: urllib.request.OpenerDirector = field(
        default_factory=lambda: urllib.request.build_opener(_NoRedirect(), urllib.request.ProxyHandler({}))
    )

    @property
    def base(self) -> str:
        return self.address.partition("/?")[0]

    @property
    def port(self) -> int:
        return int(self.base.rpartition(":")[2])

    def get(self, path: str, **headers: str) -> Answer:
        return self.ask("GET", path, None, headers or {"Authorization": f"Bearer {self.token}"})

    def post(self, path: str, form: Any = None, **headers: str) -> Answer:
        body = form if isinstance(form, bytes) else urllib.parse.urlencode(form or {}, doseq=True).encode()
        return self.ask("POST", path, body, headers or {"Authorization": f"Bearer {self.token}"})

    def ask(self, method: str, path: str, body: bytes | None, headers: dict[str, str]) -> Answer:
        request = urllib.request.Request(self.base + path, data=body, headers=headers, method=method)
        try:
            with self.opener.open(request, timeout=60) as answer:
                return Answer(
                    answer.status,
                    answer.read().decode(errors="replace"),
                    {k.lower(): v for k, v in answer.headers.items()},
                )
        except urllib.error.HTTPError as exc:
            return Answer(exc.code, exc.read().decode(), {k.lower(): v for k, v in exc.headers.items()})


@contextmanager
def served(settings: Settings, folder: Path) -> Iterator[Pages]:
    """Serve for the length of the block."""
    found: list[str] = []
    is_ready, ending = threading.Event(), threading.Event()

    def ready(address: str) -> None:
        found.append(address)
        is_ready.set()

    async def run() -> None:
        with listening("127.0.0.1", 0) as opened:
            async with anyio.create_task_group() as tg:
                tg.start_soon(serve, settings, opened, ready)
                await anyio.to_thread.run_sync(ending.wait)
                tg.cancel_scope.cancel()

    thread = threading.Thread(target=anyio.run, args=[run], daemon=True)
    thread.start()
    assert is_ready.wait(60)
    try:
        yield Pages(found[0], token_of(settings), folder)
    finally:
        ending.set()
        thread.join(60)


@pytest.fixture
def pages(tmp_path: Path, settings: Callable[..., Settings]) -> Iterator[Pages]:
    made = settings(filters=tmp_path / "filters.toml")
    stock(made.db, *POSTS)
    with served(made, tmp_path) as found:
        yield found
