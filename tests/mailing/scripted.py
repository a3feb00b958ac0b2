"""A mail server on raw sockets that answers as a script says: refuses, stalls, drops, at any step."""

from __future__ import annotations

import socket
import ssl
import threading
from collections.abc import Callable, Mapping
from contextlib import ExitStack
from dataclasses import dataclass, field
from typing import Self

Answer = str | Callable[[str], str | None] | None
"""A reply line; a function of the command's words that gives one; None says nothing for ever, "" hangs up."""


@dataclass
class Mail:
    """A message that was handed over, whether or not the client heard of it."""

    sender: str
    recipients: list[str]
    content: bytes


@dataclass
class Scripted:
    """Answers 250 to everything but what the script names: a step in capitals, `GREETING`, `DATA`, `DOT`…"""

    script: Mapping[str, Answer] = field(default_factory=dict)
    extensions: tuple[str, ...] = ("8BITMIME", "SIZE 50000000")
    context: ssl.SSLContext | None = None
    """For STARTTLS, or with *tls* from the start."""
    tls: bool = False
    mails: list[Mail] = field(default_factory=list)
    steps: list[str] = field(default_factory=list)
    """Every step reached, over all connections."""
    stalled: threading.Event = field(default_factory=threading.Event)
    """Set while an answer is withheld."""
    waits: float = 30.0
    on_step: Callable[[str], None] = lambda _: None
    port: int = 0

    def __enter__(self) -> Self:
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.port = self._listener.getsockname()[1]
        self._over = threading.Event()
        self._thread = threading.Thread(target=self._accept, daemon=True)
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._over.set()
        self._listener.shutdown(socket.SHUT_RDWR)
        self._listener.close()
        self._thread.join(5)

    def _accept(self) -> None:
        while True:
            try:
                sock, _ = self._listener.accept()
            except OSError:
                return
            threading.Thread(target=self._serve, args=[sock], daemon=True).start()

    def _serve(self, sock: socket.socket) -> None:
        with ExitStack() as stack:
            stack.enter_context(sock)
            try:
                sock.settimeout(self.waits)
                if self.tls:
                    sock = self._wrapped(sock, stack)
                self._talk(sock, stack)
            except (OSError, _HungUp):
                pass

    def _wrapped(self, sock: socket.socket, stack: ExitStack) -> socket.socket:
        assert self.context is not None
        return stack.enter_context(self.context.wrap_socket(sock, server_side=True))

    def _talk(self, sock: socket.socket, stack: ExitStack) -> None:
        self._answer(sock, "GREETING", "", "220 scripted")
        file = stack.enter_context(sock.makefile("rb"))
        mail = Mail("", [], b"")
        while line := file.readline():
            words = line.decode("utf-8", "replace").strip()
            step = words.split(" ")[0].upper()
            if step in {"EHLO", "HELO"}:
                lines = ["scripted", *self.extensions]
                hello = "\r\n".join(
                    f"250{'-' if n < len(lines) - 1 else ' '}{text}" for n, text in enumerate(lines)
                )
                self._answer(sock, step, words, hello)
            elif step == "STARTTLS" and self.context is not None:
                self._answer(sock, step, words, "220 go on")
                sock = self._wrapped(sock, stack)
                file = stack.enter_context(sock.makefile("rb"))
            elif step == "AUTH":
                self._answer(sock, step, words, "235 welcome")
            elif step == "DATA":
                if self._answer(sock, step, words, "354 go on").startswith("354"):
                    mail = self._take(sock, file, mail)
            elif step == "QUIT":
                self._answer(sock, step, words, "221 bye")
                return
            else:
                reply = self._answer(sock, step, words, "250 fine")
                address = words.partition("<")[2].partition(">")[0]
                if step == "MAIL":
                    mail = Mail(address, [], b"")
                elif step == "RCPT" and reply.startswith("25"):
                    mail.recipients.append(address)

    def _take(self, sock: socket.socket, file: object, mail: Mail) -> Mail:
        body: list[bytes] = []
        while (line := file.readline()) != b".\r\n":  # type: ignore[attr-defined]
            if not line:
                raise _HungUp
            if not body:
                self._reached("BODY")
            body.append(line[1:] if line.startswith(b".") else line)
        mail.content = b"".join(body)
        default = "250 taken"
        planned = self.script.get("DOT", default)
        if callable(planned):
            planned = planned(mail.content.decode("utf-8", "replace"))
        # What is accepted counts, even if the answer gets lost on its way.
        if planned in {None, ""} or str(planned).startswith("2"):
            self.mails.append(Mail(mail.sender, list(mail.recipients), mail.content))
        self._say(sock, "DOT", planned)
        return Mail("", [], b"")

    def _answer(self, sock: socket.socket, step: str, words: str, default: str) -> str:
        planned = self.script.get(step, default)
        if callable(planned):
            planned = planned(words)
        return self._say(sock, step, default if planned == "default" else planned)

    def _say(self, sock: socket.socket, step: str, planned: object) -> str:
        self._reached(step)
        if planned is None:
            self.stalled.set()
            self._over.wait(self.waits)
            raise _HungUp
        if planned == "":
            raise _HungUp
        text = str(planned)
        sock.sendall(text.encode() + b"\r\n")
        if text.startswith("421"):
            raise _HungUp
        return text

    def _reached(self, step: str) -> None:
        self.steps.append(step)
        self.on_step(step)


class _HungUp(Exception):
    """The connection ends here."""
