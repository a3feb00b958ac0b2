"""A TCP server that answers every line or request with the bytes that it was given last."""

from __future__ import annotations

import socket
import threading
from contextlib import suppress
from types import TracebackType
from typing import Self


class Answering:
    """Listens on loopback; `answers` are sent one after the other, each behind something that was received."""

    def __init__(self) -> None:
        self.answers: list[bytes] = []
        self.greeting = b""

    def __enter__(self) -> Self:
        self._listener = socket.create_server(("127.0.0.1", 0), backlog=64)
        self.port: int = self._listener.getsockname()[1]
        self._thread = threading.Thread(target=self._serve, daemon=True)
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        with suppress(OSError):
            self._listener.shutdown(socket.SHUT_RDWR)
        self._listener.close()
        self._thread.join(5)

    def _serve(self) -> None:
        while True:
            try:
                client, _ = self._listener.accept()
            except OSError:
                return
            with client, suppress(OSError):
                client.settimeout(2)
                self._converse(client)

    def _converse(self, client: socket.socket) -> None:
        if self.greeting:
            client.sendall(self.greeting)
        for answer in list(self.answers):
            if not client.recv(65_536):
                return
            client.sendall(answer)
