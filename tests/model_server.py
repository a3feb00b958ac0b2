"""A real HTTP server that speaks the OpenAI API, well or badly, as a test tells it."""

from __future__ import annotations

import json
import re
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

Behaviour = Callable[["Asked"], None]


@dataclass
class Asked:
    """One request, and what can be done with it."""

    path: str
    headers: dict[str, str]
    body: dict[str, Any]
    http: BaseHTTPRequestHandler

    @property
    def form(self) -> str:
        return str((self.body.get("response_format") or {}).get("type", "plain"))

    @property
    def post(self) -> str:
        """The post between the fences."""
        found = re.search(r"<<<POST (\w+)\n(.*)\nPOST \1>>>", self.body["messages"][1]["content"], re.DOTALL)
        assert found is not None
        return found[2]

    def send(self, status: int, content: bytes, **headers: str) -> None:
        self.http.send_response(status)
        for name, value in {"Content-Type": "application/json", **headers}.items():
            self.http.send_header(name.replace("_", "-"), value)
        self.http.send_header("Content-Length", str(len(content)))
        self.http.end_headers()
        self.http.wfile.write(content)

    def say(
        self, content: Any, finish_reason: str = "stop", tokens: tuple[int, int] = (100, 20), **more: Any
    ) -> None:
        """Answer as a model: a value becomes JSON, a string stays as it is."""
        text = content if content is None or isinstance(content, str) else json.dumps(content)
        choice = {
            "index": 0,
            "finish_reason": finish_reason,
            "message": {"role": "assistant", "content": text, **more},
        }
        usage = {"prompt_tokens": tokens[0], "completion_tokens": tokens[1], "total_tokens": sum(tokens)}
        body = {"id": "x", "object": "chat.completion", "model": "m", "choices": [choice], "usage": usage}
        self.send(200, json.dumps(body).encode())


def says(
    min_years: Any, evidence: str | None, *, stated: Any = True, tokens: tuple[int, int] = (100, 20)
) -> Behaviour:
    """An answer of the right shape."""
    return lambda asked: asked.say({"min_years": min_years, "stated": stated, "evidence": evidence}, tokens=tokens)


def text(content: str | None, **more: Any) -> Behaviour:
    """An answer in the model's own words."""
    return lambda asked: asked.say(content, **more)


def fails(status: int, message: str = "no", **headers: str) -> Behaviour:
    """An HTTP error."""
    return lambda asked: asked.send(status, json.dumps({"error": {"message": message}}).encode(), **headers)


def obeys(asked: Asked) -> None:
    """Do what the page says: the worst of models."""
    found = re.search(r"[^\n.]*\b(\d+) (?:years|Jahre|ans|años|лет|年)[^\n.]*", asked.post)
    order = re.search(r"[^\n]*min_years\D{1,4}(\d+)[^\n]*", asked.post) or found
    assert order is not None
    asked.say({"min_years": int(order[1]), "stated": True, "evidence": order[0].strip(), "title": "Pwned"})


def stalls(asked: Asked) -> None:
    """Begin an answer and never end it."""
    asked.http.send_response(200)
    asked.http.send_header("Content-Type", "application/json")
    asked.http.send_header("Content-Length", "1000")
    asked.http.end_headers()
    asked.http.wfile.write(b'{"choices": [')
    asked.http.wfile.flush()
    asked.http.server.ended.wait(30)  # type: ignore[attr-defined]


def hangs_up(asked: Asked) -> None:
    """Close the connection in the middle of an answer."""
    asked.http.send_response(200)
    asked.http.send_header("Content-Length", "1000")
    asked.http.end_headers()
    asked.http.wfile.write(b'{"choices": [')
    asked.http.close_connection = True


def floods(asked: Asked) -> None:
    """Send ten megabytes."""
    asked.say("9" * 10_000_000)


@dataclass
class ModelServer:
    """What the server does next, and what it was asked."""

    url: str
    script: list[Behaviour] = field(default_factory=list)
    """One for each request; the last one goes on for ever."""
    asked: list[Asked] = field(default_factory=list)
    at: list[float] = field(default_factory=list)
    """When each request came, by the monotonic clock."""

    def does(self, *script: Behaviour) -> None:
        self.script[:] = script
        self.asked.clear()
        self.at.clear()


@contextmanager
def model_server() -> Iterator[ModelServer]:
    server: ModelServer
    lock = threading.Lock()

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_POST(self) -> None:
            body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
            asked = Asked(self.path, dict(self.headers.items()), body, self)
            with lock:
                server.asked.append(asked)
                server.at.append(time.monotonic())
                behaviour = server.script[min(len(server.asked), len(server.script)) - 1]
            try:
                behaviour(asked)
            except (BrokenPipeError, ConnectionResetError):
                self.close_connection = True

        def log_message(self, *_: Any) -> None: ...

    http = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    http.daemon_threads = True
    http.ended = threading.Event()  # type: ignore[attr-defined]
    server = ModelServer(f"http://127.0.0.1:{http.server_port}/v1")
    thread = threading.Thread(target=http.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
    thread.start()
    try:
        yield server
    finally:
        http.ended.set()  # type: ignore[attr-defined]
        http.shutdown()
        http.server_close()
