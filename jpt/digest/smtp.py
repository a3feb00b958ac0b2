"""SMTP, spoken step by step: the end of a message is a step of its own, because after it nobody knows."""

from __future__ import annotations

import base64
import re
import smtplib
import socket
import ssl
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field, replace
from ipaddress import ip_address

from jpt.digest.submission import Call, Dot, Kind, Submission
from jpt.models.digests import Recipient
from jpt.net import trust
from jpt.text.clean import clean_line
from jpt.text.numbers import whole

CONNECT_S = 30.0
WHOLE_S = 1_800.0
"""Longest conversation before the message is handed over, however slowly the server drips."""
_BLOCK = 65_536
_MOST_REPLY_LINES = 200
_LONGEST_LINE = 8_192
_LOGIN_REFUSED = {530, 534, 535, 538}


@dataclass(frozen=True, slots=True)
class Server:
    """A mail server and how to speak to it."""

    host: str
    port: int = 465
    security: str = "auto"
    user: str = ""
    password: str = field(default="", repr=False)
    timeout_s: float = 120.0
    final_timeout_s: float = 600.0

    @property
    def transport(self) -> str:
        """`tls`, `starttls` or `plain`; plain only to this machine."""
        if self.security != "auto":
            return self.security
        if self.port == 465:
            return "tls"
        return "plain" if self.port != 587 and self.is_loopback else "starttls"

    @property
    def is_loopback(self) -> bool:
        """Whether the server is this machine."""
        name = self.host.strip("[]").rstrip(".").lower()
        try:
            return ip_address(name).is_loopback
        except ValueError:
            return name == "localhost" or name.endswith(".localhost")

    @property
    def place(self) -> str:
        """Host and port, for people."""
        return f"{self.host}:{self.port}"


class _AttemptEnded(Exception):
    """A definite answer that ends the attempt before the message is handed over."""

    def __init__(self, submission: Submission) -> None:
        self.submission = submission


class _Connection(smtplib.SMTP):
    """An SMTP connection whose limits fit each step, and whose socket can be cut from outside.

    smtplib reads an answer for as long as the server sends one; here it ends in lines, bytes and seconds.
    """

    def __init__(self, server: Server, call: Call) -> None:
        self._server, self._call = server, call
        super().__init__(server.host, server.port, local_hostname=_our_name(), timeout=CONNECT_S)

    def _get_socket(self, host: str, port: int, timeout: float) -> socket.socket:
        sock = socket.create_connection((host.strip("[]"), port), min(timeout, self._server.timeout_s))
        self._call.holds(sock)
        sock.settimeout(self._server.timeout_s)
        if self._server.transport == "tls":
            sock = trust.context("mail").wrap_socket(sock, server_hostname=host.strip("[]"))
            self._call.holds(sock)
        return sock

    def getreply(self) -> tuple[int, bytes]:
        """Read one answer, of one line or more; raises SMTPException when it never ends or is none."""
        if self.file is None and self.sock is not None:
            self.file = self.sock.makefile("rb")
        limit_s = (self.sock.gettimeout() if self.sock is not None else None) or self._server.timeout_s
        words: list[bytes] = []
        line = b"   -"
        with _cut_after(limit_s, self._call) as is_late:
            while line[3:4] == b"-":
                line = self._line(is_late)
                words.append(line[4:].strip())
                if len(words) > _MOST_REPLY_LINES:
                    raise self._broken("its answer has no end")
        return whole(line[:3].decode("ascii", "replace"), low=100, high=999) or -1, b"\n".join(words)

    def _line(self, is_late: threading.Event) -> bytes:
        try:
            line: bytes = self.file.readline(_LONGEST_LINE + 1) if self.file is not None else b""
        except OSError as exc:
            raise self._broken("no answer in time" if is_late.is_set() else _reason(exc)) from None
        if not line.endswith(b"\n"):
            why = "a line of its reply has no end" if len(line) > _LONGEST_LINE else "it closed the connection"
            raise self._broken("no answer in time" if is_late.is_set() else why)
        return line

    def _broken(self, why: str) -> smtplib.SMTPServerDisconnected:
        self.close()
        return smtplib.SMTPServerDisconnected(why)


@contextmanager
def _cut_after(limit_s: float, call: Call) -> Iterator[threading.Event]:
    """End the connection unless the block ends in time: a server may send a byte now and then without end.

    Returns what is set once it was ended.
    """
    is_late = threading.Event()

    def cut() -> None:
        is_late.set()
        call.cut()

    timer = threading.Timer(limit_s, cut)
    timer.daemon = True
    timer.start()
    try:
        yield is_late
    finally:
        timer.cancel()


def submit(
    server: Server, sender: str, recipients: tuple[str, ...], content: bytes, dot: Dot, call: Call
) -> Submission:
    """Hand *content* over for *recipients*; every way this can end is an answer, none an exception."""
    try:
        with _as_answers(server, call), _logged_in(server, call) as smtp:
            with _cut_after(WHOLE_S, call):
                answers = _address(smtp, server, sender, recipients, content)
                _transfer(smtp, server, content)
            return _hand_over(smtp, server, dot, call, answers)
    except _AttemptEnded as exc:
        return exc.submission
    finally:
        call.holds(None)
        call.leave_window()


def check(server: Server, call: Call | None = None) -> str:
    """Log in and out again without sending anything; returns what is wrong, empty when nothing is."""
    call = call or Call()
    try:
        with _as_answers(server, call), _logged_in(server, call):
            return ""
    except _AttemptEnded as exc:
        return exc.submission.text
    finally:
        call.holds(None)


@contextmanager
def _as_answers(server: Server, call: Call) -> Iterator[None]:
    """Turn every fault before the message is handed over into an answer: it was certainly not taken."""
    try:
        yield
    except ssl.SSLCertVerificationError as exc:
        why = f"its certificate cannot be trusted ({exc.verify_message})"
        raise _refused("misconfigured", server, f"{why}: nothing was sent. Check SMTP_HOST.") from None
    except ssl.SSLError as exc:
        why = clean_line(str(exc.reason or exc), 100)
        raise _refused("later", server, f"does not speak TLS as it should ({why}); check SMTP_PORT") from None
    except smtplib.SMTPResponseException as exc:
        kind: Kind = "misconfigured" if exc.smtp_code in _LOGIN_REFUSED else "later"
        raise _refused(kind, server, _answer(exc.smtp_code, exc.smtp_error, server)) from None
    except smtplib.SMTPException as exc:
        said = "the attempt was stopped" if call.stopped else f"ended the connection ({clean_line(str(exc), 120)})"
        raise _refused("stopped" if call.stopped else "later", server, said) from None
    except UnicodeError:
        raise _refused("misconfigured", server, "is not a valid host name. Check SMTP_HOST.") from None
    except OSError as exc:
        said = "the attempt was stopped" if call.stopped else f"cannot be reached ({_reason(exc)})"
        raise _refused("stopped" if call.stopped else "later", server, said) from None


@contextmanager
def _logged_in(server: Server, call: Call) -> Iterator[_Connection]:
    if server.transport == "plain" and not server.is_loopback:
        raise _refused("misconfigured", server, "mail would go there unencrypted. Use SMTP_PORT 465 or 587.")
    smtp = _Connection(server, call)
    try:
        smtp.ehlo_or_helo_if_needed()
        if server.transport == "starttls":
            if not smtp.has_extn("starttls"):
                raise _refused(
                    "misconfigured", server, "offers no STARTTLS, and without it others could read the mail."
                )
            code, words = smtp.starttls(context=trust.context("mail"))
            if code != 220:
                raise _refused("later", server, _answer(code, words, server))
            call.holds(smtp.sock)
            smtp.ehlo_or_helo_if_needed()
        if server.user:
            _log_in(smtp, server)
        yield smtp
    finally:
        # The server's goodbye is not waited for: what it answered to the message must be noted first.
        with suppress(OSError, smtplib.SMTPException):
            smtp.send(b"QUIT\r\n")
        smtp.close()


def _log_in(smtp: _Connection, server: Server) -> None:
    if not smtp.has_extn("auth"):
        raise _refused("misconfigured", server, "accepts no login. Unset SMTP_USER, or use another SMTP_PORT.")
    try:
        if "PLAIN" in smtp.esmtp_features.get("auth", "").upper().split():
            _log_in_plainly(smtp, server)
        else:
            smtp.login(server.user, server.password)
    except smtplib.SMTPAuthenticationError as exc:
        answer = _answer(exc.smtp_code, exc.smtp_error, server)
        if 400 <= exc.smtp_code < 500:
            raise _refused("later", server, answer) from None
        said = f"refused the login: {answer}. Check SMTP_USER and SMTP_PASS (many want an app password)."
        raise _refused("misconfigured", server, said) from None
    except (smtplib.SMTPNotSupportedError, UnicodeError):
        raise _refused("misconfigured", server, "offers no login method that jpt supports.") from None


def _log_in_plainly(smtp: _Connection, server: Server) -> None:
    # smtplib's own way takes ASCII only.
    secret = base64.b64encode(f"\0{server.user}\0{server.password}".encode()).decode()
    code, words = smtp.docmd("AUTH", f"PLAIN {secret}")
    if code not in {235, 503}:
        raise smtplib.SMTPAuthenticationError(code, words)


def _address(
    smtp: _Connection, server: Server, sender: str, recipients: tuple[str, ...], content: bytes
) -> list[Recipient]:
    """Name sender and recipients; returns what the server answered to each."""
    options = []
    if smtp.has_extn("size"):
        # 0 and what is no number set no limit (RFC 1870, 4).
        limit = whole(smtp.esmtp_features.get("size"))
        if limit and limit < len(content):
            raise _refused("refused", server, f"accepts no mail over {limit:,} bytes")
        options.append(f"size={len(content)}")
    needs_utf8 = not (sender + "".join(recipients)).isascii()
    if needs_utf8:
        if not smtp.has_extn("smtputf8"):
            raise _refused("misconfigured", server, "accepts only ASCII addresses (no SMTPUTF8).")
        options += ["SMTPUTF8", "BODY=8BITMIME"]
    code, words = smtp.mail(sender, options)
    if code != 250:
        temporary: Kind = "later" if 400 <= code < 500 else "refused" if code == 552 else "misconfigured"
        raise _refused(temporary, server, f"does not take the sender {sender}: {_answer(code, words, server)}")
    answers = []
    for address in recipients:
        code, words = smtp.rcpt(address)
        if code == 421:
            raise _refused("later", server, _answer(code, words, server))
        answers.append(_recipient(address, code, _answer(code, words, server)))
    if not any(one.state == "ACCEPTED" for one in answers):
        said = "; ".join(f"{one.address}: {one.text}" for one in answers)
        kind: Kind = "nobody" if all(one.state == "REFUSED" for one in answers) else "later"
        pending = tuple(replace(one, state="PENDING") for one in answers)
        raise _AttemptEnded(Submission(kind, f"{server.place} takes no recipient: {said}", pending))
    return answers


def _recipient(address: str, code: int, answer: str) -> Recipient:
    if code in {250, 251}:
        return Recipient(address, "ACCEPTED", code)
    return Recipient(address, "REFUSED" if code >= 500 else "PENDING", code, answer)


def _transfer(smtp: _Connection, server: Server, content: bytes) -> None:
    """Send all of the message but the line that ends it."""
    code, words = smtp.docmd("DATA")
    if code != 354:
        kind: Kind = "later" if code < 500 else "refused"
        raise _refused(kind, server, _answer(code, words, server))
    body = re.sub(rb"(?m)^\.", b"..", content)
    for start in range(0, len(body), _BLOCK):
        smtp.send(body[start : start + _BLOCK])


def _hand_over(smtp: _Connection, server: Server, dot: Dot, call: Call, answers: list[Recipient]) -> Submission:
    """Write the line that ends the message, and wait for the answer, which nothing may cut short."""
    if not call.enter_window():
        raise _refused("stopped", server, "the attempt was stopped")
    if not dot():
        raise _refused("stopped", server, "another jpt is sending the digest")
    try:
        if smtp.sock is not None:
            smtp.sock.settimeout(server.final_timeout_s)
        smtp.send(b".\r\n")
        code, words = smtp.getreply()
    except (OSError, smtplib.SMTPException) as exc:
        said = f"{server.place} did not reply after the message was handed over ({clean_line(str(exc), 100)})"
        return Submission("unknown", said)
    finally:
        call.leave_window()
    if 200 <= code < 300:
        return Submission("accepted", _answer(code, words, server), tuple(answers))
    said = _answer(code, words, server)
    if 400 <= code < 500:
        return Submission("later", f"{server.place}: {said}")
    if 500 <= code < 600:
        return Submission("refused", f"{server.place} refused the message: {said}")
    return Submission("unknown", f"{server.place} sent an invalid reply: {said}")


def _refused(kind: Kind, server: Server, said: str) -> _AttemptEnded:
    return _AttemptEnded(Submission(kind, f"{server.place} {said}"))


def _answer(code: int, words: bytes | str, server: Server) -> str:
    """Return a server's answer for people; a secret that it repeats is not in it."""
    said = words.decode("utf-8", "replace") if isinstance(words, bytes) else words
    if server.password:
        for secret in (server.password, base64.b64encode(server.password.encode()).decode().rstrip("=")):
            said = said.replace(secret, "…")
    return clean_line(f"{code} {said}", 200)


def _reason(exc: OSError) -> str:
    if isinstance(exc, TimeoutError):
        return "no answer in time"
    if isinstance(exc, socket.gaierror):
        return "its name is not known"
    return clean_line(exc.strerror or str(exc), 100)


def _our_name() -> str:
    name = socket.gethostname()
    return name if re.fullmatch(r"[A-Za-z0-9]([A-Za-z0-9.-]{0,250}[A-Za-z0-9])?", name) else "localhost"
