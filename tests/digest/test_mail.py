"""SMTP: certificates, encryption, login, and what a good server makes of our mails."""

from __future__ import annotations

import base64
import socket
import ssl
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import replace
from datetime import UTC, datetime
from email.headerregistry import Address
from pathlib import Path
from typing import Any

import pytest
import trustme
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, AuthResult, Envelope, LoginPassword, Session

from jpt.digest import message, smtp
from jpt.digest.extras import DigestExtras
from jpt.digest.smtp import Server
from jpt.digest.submission import Call, Submission
from jpt.errors import SettingError
from jpt.models.digests import DigestEntry, HealthReport, News
from jpt.models.jobs import Experience
from jpt.settings import load
from jpt.text.mailboxes import address_fault, addresses
from tests.mailing import Scripted

PASSWORD = "correct horse – Batterie"
TO = ("ann@example.org",)
LETTER = b"Subject: hello\r\n\r\n.hidden dot\r\nlast line\r\n"


@pytest.fixture(scope="module")
def authority() -> trustme.CA:
    return trustme.CA()


@pytest.fixture(scope="module")
def context(authority: trustme.CA) -> ssl.SSLContext:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    authority.issue_cert("localhost").configure_cert(context)
    return context


@pytest.fixture
def trusted(authority: trustme.CA, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """This machine trusts the authority."""
    path = tmp_path / "ca.pem"
    authority.cert_pem.write_to_path(str(path))
    monkeypatch.setenv("SSL_CERT_FILE", str(path))


def submit(server: Server, to: tuple[str, ...] = TO, content: bytes = LETTER) -> Submission:
    return smtp.submit(server, "jpt@example.org", to, content, lambda: True, Call())


class Keeper:
    """Keeps what aiosmtpd took."""

    def __init__(self) -> None:
        self.envelopes: list[Envelope] = []

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:  # noqa: N802
        self.envelopes.append(envelope)
        return "250 taken"


def authenticated(server: SMTP, session: Session, envelope: Envelope, mechanism: str, data: Any) -> AuthResult:
    assert isinstance(data, LoginPassword)
    return AuthResult(success=data.login == b"ann" and data.password == PASSWORD.encode(), handled=False)


@pytest.fixture
def keeper(context: ssl.SSLContext) -> Iterator[tuple[Keeper, Controller]]:
    """A server that wants STARTTLS and a login."""
    kept = Keeper()
    controller = Controller(
        kept,
        hostname="127.0.0.1",
        port=0,
        server_hostname="localhost",
        tls_context=context,
        require_starttls=True,
        authenticator=authenticated,
        auth_required=True,
    )
    with Scripted() as free:
        controller.port = free.port
    controller.start()
    try:
        yield kept, controller
    finally:
        controller.stop()


def test_starttls_login_and_bytes_as_they_were_frozen(keeper: tuple[Keeper, Controller], trusted: None) -> None:
    kept, controller = keeper
    server = Server("localhost", controller.port, security="starttls", user="ann", password=PASSWORD)

    came = submit(server, ("ann@example.org", "bob@example.org"))

    assert came.kind == "accepted"
    (envelope,) = kept.envelopes
    assert envelope.original_content == LETTER
    assert envelope.rcpt_tos == ["ann@example.org", "bob@example.org"]
    assert smtp.check(server) == ""


def test_a_wrong_password_is_said_and_never_shown(keeper: tuple[Keeper, Controller], trusted: None) -> None:
    kept, controller = keeper
    server = Server("localhost", controller.port, security="starttls", user="ann", password="geheim-geheim")

    came, said = submit(server), smtp.check(server)

    assert came.kind == "misconfigured"
    assert "refused the login: 535" in came.text
    for text in (came.text, said, repr(server)):
        assert "geheim" not in text
    assert kept.envelopes == []


@pytest.mark.parametrize("tls", [True, False])
def test_a_certificate_that_nobody_vouches_for_is_refused(context: ssl.SSLContext, tls: bool) -> None:
    with Scripted(extensions=("STARTTLS", "AUTH PLAIN"), context=context, tls=tls) as running:
        server = Server("localhost", running.port, "tls" if tls else "starttls", "ann", PASSWORD)
        came = submit(server)

    assert came.kind == "misconfigured"
    assert "its certificate cannot be trusted" in came.text
    assert "AUTH" not in running.steps


def test_a_certificate_of_another_host_is_refused(context: ssl.SSLContext, trusted: None) -> None:
    with Scripted(context=context, tls=True) as running:
        came = submit(Server("127.0.0.1", running.port, "tls"))

    assert came.kind == "misconfigured"


def test_tls_from_the_start(context: ssl.SSLContext, trusted: None) -> None:
    with Scripted(context=context, tls=True) as running:
        came = submit(Server("localhost", running.port, "tls"))

    assert came.kind == "accepted"
    assert running.mails[0].content == LETTER


@contextmanager
def endless(piece: bytes, every_s: float = 0.0) -> Iterator[int]:
    """A server that greets with *piece*, again and again; gives its port."""
    over = threading.Event()

    def serve(listener: socket.socket) -> None:
        with suppress(OSError):
            sock, _ = listener.accept()
            with sock:
                while not over.wait(every_s):
                    sock.sendall(piece)

    with socket.create_server(("127.0.0.1", 0)) as listener:
        thread = threading.Thread(target=serve, args=[listener], daemon=True)
        thread.start()
        yield listener.getsockname()[1]
        over.set()
    thread.join(5)


@pytest.mark.parametrize(
    ("piece", "every_s", "said"),
    [
        (b"220-more\r\n" * 100, 0, "has no end"),
        (b"x" * 5_000, 0, "a line of its reply has no end"),
        (b"x", 0.05, "no answer in time"),
        (b"220-x\r\n", 0.05, "no answer in time"),
    ],
)
def test_an_answer_without_end_is_left(piece: bytes, every_s: float, said: str) -> None:
    with endless(piece, every_s) as port:
        server = Server("127.0.0.1", port, timeout_s=1, final_timeout_s=1)
        started = time.monotonic()
        came = submit(server)

    assert (came.kind, time.monotonic() - started < 20) == ("later", True)
    assert said in came.text


def test_an_endless_answer_after_the_message_leaves_its_fate_unknown() -> None:
    with Scripted({"DOT": "250-more\r\n" * 1_000 + "250 at last"}) as running:
        came = submit(Server("127.0.0.1", running.port, timeout_s=5, final_timeout_s=5))

    assert came.kind == "unknown"


def test_without_starttls_nothing_is_sent(trusted: None) -> None:
    with Scripted(extensions=("AUTH PLAIN",)) as running:
        came = submit(Server("127.0.0.1", running.port, "starttls", "ann", PASSWORD))

    assert came.kind == "misconfigured"
    assert "offers no STARTTLS" in came.text
    assert running.steps[:2] == ["GREETING", "EHLO"]
    assert set(running.steps) <= {"GREETING", "EHLO", "QUIT"}  # its QUIT may not have been read yet


def test_what_is_secret_goes_plainly_to_this_machine_only() -> None:
    came = submit(Server("mail.example.org", 25, "plain", "ann", PASSWORD))

    assert came.kind == "misconfigured"
    assert "unencrypted" in came.text
    assert Server("mail.example.org", 465).transport == "tls"
    assert Server("mail.example.org", 587).transport == "starttls"
    assert Server("mail.example.org", 2525).transport == "starttls"
    assert Server("127.0.0.1", 587).transport == "starttls"
    assert Server("127.0.0.1", 465).transport == "tls"
    assert [Server(host, 2525).transport for host in ("127.0.0.2", "::1", "[::1]", "localhost")] == ["plain"] * 4


def test_a_server_that_speaks_no_tls_is_named(trusted: None) -> None:
    with Scripted() as running:
        came = submit(Server("127.0.0.1", running.port, "tls", timeout_s=3))

    assert came.kind == "later"
    assert f"127.0.0.1:{running.port}" in came.text


def test_a_server_that_repeats_the_password_gets_it_removed() -> None:
    echo = base64.b64encode(PASSWORD.encode()).decode()
    script = {"AUTH": f"535 wrong: {PASSWORD} {echo}"}
    with Scripted(script, extensions=("AUTH PLAIN",)) as running:
        came = submit(Server("127.0.0.1", running.port, user="ann", password=PASSWORD))

    assert PASSWORD not in came.text
    assert echo.rstrip("=") not in came.text


def test_a_server_that_drips_is_cut_off(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(smtp, "WHOLE_S", 0.3)
    with Scripted({"EHLO": "\r\n".join(["250-and on"] * 50_000)}) as running:
        came = submit(Server("127.0.0.1", running.port, timeout_s=60))

    assert came.kind == "later"


def test_addresses_beyond_ascii_need_a_server_that_takes_them() -> None:
    to = ("jürgen@example.org",)
    with Scripted() as running:
        refused = submit(Server("127.0.0.1", running.port), to)
    with Scripted(extensions=("SMTPUTF8", "8BITMIME")) as able:
        taken = submit(Server("127.0.0.1", able.port), to)

    assert refused.kind == "misconfigured"
    assert "SMTPUTF8" in refused.text
    assert taken.kind == "accepted"
    assert able.mails[0].recipients == ["jürgen@example.org"]


# --- Row G7: addresses are checked at the start ---------------------------------------------------------


def test_addresses_as_people_write_them() -> None:
    found = addresses("Ann Lee <ann@example.org>, bob@bücher.example; Ça <c@example.org>")

    assert [one.addr_spec for one in found] == ["ann@example.org", "bob@xn--bcher-kva.example", "c@example.org"]
    assert found[0].display_name == "Ann Lee"


@pytest.mark.parametrize(
    "text",
    ["ann", "ann@", "@example.org", "a b@example.org", "ann@exa mple.org", "ann@example..org", "ann@-x.org"],
)
def test_what_is_no_address_is_refused_at_the_start(text: str, monkeypatch: pytest.MonkeyPatch) -> None:
    assert address_fault(text)
    monkeypatch.setenv("EMAIL_TO", text)
    with pytest.raises(SettingError, match="EMAIL_TO"):
        load()


def test_a_header_cannot_be_smuggled_in(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("EMAIL_TO", "ann@example.org\nBcc: eve@example.org")

    with pytest.raises(SettingError, match="EMAIL_TO"):
        load()


def test_no_secret_is_in_what_settings_say(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SMTP_PASS", "geheim-geheim")
    monkeypatch.setenv("JPT_NOTIFY", "ntfy://geheim-geheim")

    assert "geheim" not in repr(load()[0])


# --- Bytes -------------------------------------------------------------------------------------------------


def news(**facts: Any) -> News:
    values: dict[str, Any] = {
        "site": "Acme",
        "url": "https://acme.example/1",
        "title": "Engineer",
        "experience": Experience(1, stated=True, evidence="1 year", confidence="high"),
        "found_ts_ms": 1,
    }
    return News(**{**values, **facts})


ENVELOPE = message.Envelope(Address("", "jpt", "example.org"), (Address("Änn", "ann", "example.org"),))
NOW = datetime(2026, 11, 25, tzinfo=UTC)


def test_mails_are_seven_bit_with_short_lines_and_crlf() -> None:
    entries = [DigestEntry(news(title="Ingénieur 工程师 " * 8, url="https://acme.example/" + "x" * 3000))]
    frozen = message.mail(ENVELOPE, entries, HealthReport(), DigestExtras(), NOW)

    assert frozen.content.isascii()
    assert max(map(len, frozen.content.split(b"\r\n"))) <= 998
    assert b"\n" not in frozen.content.replace(b"\r\n", b"")
    assert frozen.content.endswith(b"\r\n")


def test_the_rows_are_as_many_as_fit() -> None:
    entries = [DigestEntry(news(url=f"https://acme.example/{n}?{'q' * 7_000}")) for n in range(200)]

    def make(chosen: Any) -> Any:
        return message.mail(ENVELOPE, chosen, HealthReport(), DigestExtras(), NOW)

    frozen = message.packed(entries, make, most_rows=500)

    assert 50_000 < frozen.weight <= message.MOST_HTML
    assert 5 < len(frozen.entries) < 200
    assert replace(frozen) == frozen
