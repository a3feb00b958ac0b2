"""A server that speaks as much of Telegram's Bot API as jpt uses."""

from __future__ import annotations

import json
import threading
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, Self

CHAT = 4711
TOKEN = "123456:AAbb-ccDD_eeFF"
HOLD_S = 0.2
"""How long it holds a question for updates open."""


@dataclass
class Telegram:
    """The server, its one chat, and what was asked of it."""

    asked: list[tuple[str, dict[str, Any]]] = field(default_factory=list)
    updates: list[dict[str, Any]] = field(default_factory=list)
    messages: list[dict[str, Any]] = field(default_factory=list)
    faults: dict[str, list[tuple[int, dict[str, Any]]]] = field(default_factory=dict)
    """Answers of a method that come before its good ones."""
    is_stubborn: bool = False
    """It gives updates again that were confirmed."""
    port: int = 0
    _server: ThreadingHTTPServer | None = None
    _thread: threading.Thread | None = None
    _news: threading.Condition = field(default_factory=threading.Condition)

    @property
    def api(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    @property
    def options(self) -> dict[str, Any]:
        return {"telegram_token": TOKEN, "telegram_chat": CHAT, "telegram_api": self.api}

    def calls(self, method: str) -> list[dict[str, Any]]:
        return [value for name, value in self.asked if name == method]

    def buttons(self, message: int = 0) -> list[list[str]]:
        rows = self.messages[message]["reply_markup"]["inline_keyboard"]
        return [[button["text"] for button in row] for row in rows]

    def press(
        self, text: str, *, message: int = 0, data: str | None = None, chat: int = CHAT, user: int = CHAT
    ) -> None:
        """Press the button that says *text*, or send *data* as if it stood in one."""
        shown = self.messages[message]
        rows = shown["reply_markup"]["inline_keyboard"]
        code = data if data is not None else next(
            one["callback_data"] for row in rows for one in row if one["text"] == text
        )  # fmt: skip
        query = {"id": f"q{len(self.updates)}", "from": {"id": user}, "data": code,
                 "message": {**shown, "chat": {"id": chat}}}  # fmt: skip
        with self._news:
            self.updates.append({"update_id": 1000 + len(self.updates), "callback_query": query})
            self._news.notify_all()

    def answer(self, method: str, value: dict[str, Any]) -> tuple[int, dict[str, Any]]:
        self.asked.append((method, value))
        if self.faults.get(method):
            return self.faults[method].pop(0)
        match method:
            case "getUpdates":
                start = 0 if self.is_stubborn else value.get("offset", 0)
                with self._news:
                    waiting = [one for one in self.updates if one["update_id"] >= start]
                    if not waiting:
                        self._news.wait(HOLD_S)
                return 200, {"ok": True, "result": waiting}
            case "sendMessage":
                self.messages.append({"message_id": len(self.messages) + 1, **value})
            case "editMessageReplyMarkup":
                self.messages[value["message_id"] - 1]["reply_markup"] = value["reply_markup"]
            case "getMe":
                return 200, {"ok": True, "result": {"id": 123456, "is_bot": True, "username": "my_bot"}}
        return 200, {"ok": True, "result": True}

    def __enter__(self) -> Self:
        telegram = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                value = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
                _, bot, method = self.path.split("/")
                if bot == f"bot{TOKEN}":
                    status, said = telegram.answer(method, value)
                else:
                    status, said = 401, {"ok": False, "error_code": 401, "description": "Unauthorized"}
                body = json.dumps(said).encode()
                try:
                    self.send_response(status)
                    self.send_header("Content-Type", "application/json")
                    self.send_header("Content-Length", str(len(body)))
                    self.end_headers()
                    self.wfile.write(body)
                except OSError:
                    pass  # who asked is gone

            def log_message(self, format: str, *args: Any) -> None:
                pass

        self._server = ThreadingHTTPServer(("127.0.0.1", self.port), Handler)
        self.port = self._server.server_address[1]
        self._thread = threading.Thread(target=self._server.serve_forever, kwargs={"poll_interval": 0.02})
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        assert self._server
        assert self._thread
        self._server.shutdown()
        self._thread.join()
        self._server.server_close()


def no(status: int, words: str, **parameters: Any) -> tuple[int, dict[str, Any]]:
    """An answer that refuses."""
    return status, {"ok": False, "error_code": status, "description": words, "parameters": parameters}
