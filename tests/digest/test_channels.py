"""Channels beside mail, each with a ledger of its own; and the commands around digests."""

from __future__ import annotations

import json
import signal
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest

from jpt.cli import main
from jpt.digest import apprise_channels, apprise_sender
from jpt.digest.apprise_channels import limits, message, parse
from jpt.digest.extras import DigestExtras
from jpt.errors import SettingError
from jpt.models.digests import DigestEntry, FailingPage, HealthReport, News
from jpt.store import Store
from tests.conftest import Ended, Jpt
from tests.digest.test_delivery import told, url
from tests.digest.test_mail import news
from tests.mailing import DigestSender, Scripted
from tests.table import each_row
from tests.waiting import until


@dataclass
class Hook:
    """A webhook that keeps what it gets."""

    port: int = 0
    status: int = 200
    poison: str = ""
    """What it does not take."""
    got: list[dict[str, Any]] = field(default_factory=list)


@pytest.fixture
def hook() -> Iterator[Hook]:
    made = Hook()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            refused = bool(made.poison) and made.poison in body.decode()
            if made.status == 200 and not refused:
                made.got.append(json.loads(body))
            self.send_response(500 if refused else made.status)
            self.send_header("Content-Length", "0")
            self.end_headers()

        def log_message(self, format: str, *args: Any) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    made.port = server.server_address[1]
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    yield made
    server.shutdown()
    thread.join()
    server.server_close()


@contextmanager
def endless(piece: bytes) -> Iterator[int]:
    """Serve a webhook that takes every message and never comes to the end of its answer; gives its port."""

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            self.rfile.read(int(self.headers["Content-Length"]))
            self.send_response(200)
            self.end_headers()
            with suppress(OSError):
                while True:
                    self.wfile.write(piece)
                    if len(piece) < 1_000:
                        time.sleep(0.1)

        def log_message(self, format: str, *args: Any) -> None:
            pass

    made = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    made.daemon_threads = True
    thread = threading.Thread(target=made.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    try:
        yield made.server_address[1]
    finally:
        made.shutdown()
        thread.join()
        made.socket.close()


@pytest.fixture
def server() -> Iterator[Scripted]:
    with Scripted() as running:
        yield running


@pytest.fixture
def sender(tmp_path: Path, server: Scripted) -> DigestSender:
    return DigestSender(tmp_path, server.port)


@pytest.fixture
def at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """Hand messages over within this process, where only the ledger counts: a process for each takes half a second."""
    monkeypatch.setattr(apprise_channels, "sent_apart", lambda message: apprise_sender.answer(**message))


def test_each_channel_tells_each_job_once(sender: DigestSender, server: Scripted, hook: Hook) -> None:
    notify: dict[str, Any] = {"notify": f"json://127.0.0.1:{hook.port}/geheim-token"}
    sender.add(url(1), "Cook")
    hook.status = 500
    first = sender.deliver(**notify)
    assert len(server.mails) == 1
    assert [one.channel.is_mail for one in first.unsent] == [False]
    assert "geheim" not in str(first)
    sender.add(url(2), "Baker")
    hook.status = 200

    sender.deliver(**notify)
    sender.deliver(**notify)

    assert [told(mail) for mail in server.mails] == [[url(1)], [url(2)]]
    assert [message["title"] for message in hook.got] == [
        "1 new job · Acme",
        "1 new job · Acme",
    ]
    assert "Cook · Acme\n2+ years · found today\nhttps://acme.example/jobs/1" in hook.got[0]["message"]
    assert "Baker" in hook.got[1]["message"]


@pytest.mark.usefixtures("at_once")
def test_a_new_channel_begins_with_what_was_not_told_before(sender: DigestSender, hook: Hook) -> None:
    sender.add(url(1))
    sender.deliver()
    sender.clock.now += 1000
    sender.add(url(2))

    sender.deliver(notify=f"json://127.0.0.1:{hook.port}")

    assert len(hook.got) == 1
    assert url(2) in hook.got[0]["message"]
    assert url(1) not in hook.got[0]["message"]


@pytest.mark.usefixtures("at_once")
def test_a_channel_is_not_flooded_and_loses_nothing(sender: DigestSender, hook: Hook) -> None:
    for number in range(130):
        sender.add(url(number), found=1000 + number)
    notify: dict[str, Any] = {"notify": f"json://127.0.0.1:{hook.port}", "email_to": None}

    first = sender.deliver(**notify)
    for _ in range(4):
        sender.deliver(**notify)

    assert first.waiting == 130 - first.reported > 0
    said = "\n".join(message["message"] for message in hook.got)
    assert all(said.count(f"{url(number)}\n") + said.endswith(url(number)) >= 1 for number in range(130))
    assert len(sender.rows("SELECT * FROM jpt_digest_items")) == 130


@each_row("address", ["json://127.0.0.1:9", "ntfy://topic", "discord://4174216298/JHMHI8qBe7bk2ZwO5U711o3dV_js",
                                     "twilio://AC" + "a" * 32 + ":" + "b" * 32 + "@15551234567/15557654321", "tgram://123456789:abcdefg_hijklmnop/12315544/"])  # fmt: skip
@each_row(
    "job",
    [
        news(title="Engineer " * 2_000),
        news(title="Engineer " * 2_000, url="https://acme.example/" + "9" * 7_900),
        news(location="Oslo " * 2_000, salary="9" * 5_000),
        news(unread="because " * 2_000),
    ],
)
def test_one_entry_that_is_too_long_for_a_channel_is_cut_with_a_mark(address: str, job: News) -> None:
    (to,) = parse(address, "JPT_NOTIFY")
    failing = FailingPage("Globex " * 50, "https://globex.example/", "error", "why " * 2_000, 1, 1)

    frozen = message(
        to, [DigestEntry(job)], HealthReport(1, (failing,)), DigestExtras(carried_over=9), datetime.now(UTC)
    )

    parts, most = json.loads(frozen.content), limits(to)
    assert (len(parts["title"]) <= most[0], len(parts["body"]) <= most[1]) == (True, True)
    assert "…" in parts["body"]


def test_an_entry_that_is_too_long_is_sent_cut_and_holds_up_nothing(sender: DigestSender, hook: Hook) -> None:
    notify: dict[str, Any] = {"notify": f"json://127.0.0.1:{hook.port}", "email_to": None}
    sender.add(url(1), "Engineer " * 20_000)
    sender.add(url(2), "Cook")

    sender.deliver(**notify)
    sender.deliver(**notify)

    said = "".join(message["message"] for message in hook.got)
    assert "Engineer" in said
    assert "Cook" in said
    assert set(sender.states()) == {"SENT"}
    assert sender.deliver(**notify).waiting == 0


@pytest.mark.usefixtures("at_once")
def test_what_is_refused_twice_is_parked_and_the_rest_is_delivered(sender: DigestSender, hook: Hook) -> None:
    notify: dict[str, Any] = {"notify": f"json://127.0.0.1:{hook.port}", "email_to": None}
    hook.poison = "Poison"
    sender.add(url(1), "Poison")
    sender.deliver(**notify)
    sender.add(url(2), "Cook")
    sender.deliver(**notify)
    sender.add(url(3), "Baker")

    last = sender.deliver(**notify)

    said = "".join(message["message"] for message in hook.got)
    assert ("Cook" in said, "Baker" in said, "Poison" in said) == (True, True, False)
    assert sorted(sender.states()) == ["HELD", "SENT"]
    assert "put aside" in sender.rows("SELECT last_error FROM jpt_digests WHERE state = 'HELD'")[0][0]
    assert not [one for one in last.unsent if one.state != "HELD"]


@pytest.mark.usefixtures("at_once")
def test_a_channel_that_takes_nothing_keeps_all_of_it(sender: DigestSender, hook: Hook) -> None:
    notify: dict[str, Any] = {"notify": f"json://127.0.0.1:{hook.port}", "email_to": None}
    hook.status = 500
    for number in range(4):
        sender.add(url(number), f"Job {number}")
        sender.deliver(**notify)
    assert "HELD" not in sender.states()
    hook.status = 200

    for _ in range(3):
        sender.deliver(**notify)

    said = "".join(message["message"] for message in hook.got)
    assert [said.count(f"Job {number}") for number in range(4)] == [1] * 4
    assert set(sender.states()) <= {"SENT", "SPLIT"}


@pytest.mark.parametrize(
    ("piece", "seconds"),
    [
        pytest.param(b"x", 2, id="slow"),
        pytest.param(b"x" * 1_000_000, 30, id="large", marks=pytest.mark.fresh),
    ],
)
def test_an_answer_without_end_holds_up_nobody_else(
    piece: bytes, seconds: int, sender: DigestSender, hook: Hook, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(apprise_sender, "SECONDS", seconds)
    in_a_process = apprise_channels.sent_apart
    sender.add(url(1), "Baker")
    with endless(piece) as port:

        def sent(message: dict[str, str]) -> dict[str, Any] | None:
            # The other one would have to start within the same seconds, on a busy machine too.
            return in_a_process(message) if f":{port}" in message["url"] else apprise_sender.answer(**message)

        monkeypatch.setattr(apprise_channels, "sent_apart", sent)
        addresses = f"json://127.0.0.1:{port} json://127.0.0.1:{hook.port}"
        told = sender.deliver(notify=addresses, email_to=None)

    assert [message["message"].count("Baker") for message in hook.got] == [1]
    assert any("did not finish its answer" in (one.last_error or "") for one in told.unsent)


def test_addresses_are_checked_without_being_shown() -> None:
    found = parse("json://one.example/a, json://two.example/b\nntfy://topic", "JPT_NOTIFY")

    assert [one.label for one in found] == ["json", "json", "ntfy"]
    with pytest.raises(SettingError) as caught:
        parse("json://one.example/a nonsense://geheim", "JPT_NOTIFY")
    assert "JPT_NOTIFY, address 2 (nonsense://…)" in caught.value.sentence
    assert "geheim" not in caught.value.sentence


# --- Commands -----------------------------------------------------------------------------------------------


@dataclass
class Inside:
    """Runs jpt's commands within this process: the start of a new one costs more than they do."""

    folder: Path
    port: int
    patch: pytest.MonkeyPatch
    printed: pytest.CaptureFixture[str]

    def __call__(self, *words: str, **env: str) -> Ended:
        with self.patch.context() as patch:
            patch.chdir(self.folder)
            patch.setattr("sys.argv", ["jpt", *words])
            for name, value in {**mail_settings(self.port), **env}.items():
                patch.setenv(name, value)
            with pytest.raises(SystemExit) as ended:
                main()
        out, err = self.printed.readouterr()
        return Ended(int(ended.value.code or 0), out, err)


def mail_settings(port: int) -> dict[str, str]:
    return {
        "SMTP_HOST": "127.0.0.1",
        "SMTP_PORT": str(port),
        "EMAIL_TO": "ann@example.org",
        "EMAIL_FROM": "jpt@example.org",
    }


@pytest.fixture
def stocked(tmp_path: Path) -> Path:
    """A folder with a job in its database."""
    sender = DigestSender(tmp_path / "state")
    sender.folder.mkdir(mode=0o700)
    sender.add(url(1), "Cook")
    (sender.folder / "jpt.sqlite3").rename(sender.folder / "snapshots.sqlite3")
    return tmp_path


@pytest.fixture
def mailing(
    stocked: Path, server: Scripted, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Inside:
    """Jpt with mail, and a job in its database."""
    return Inside(stocked, server.port, monkeypatch, capsys)


@pytest.fixture
def process(stocked: Path, bare_jpt: Jpt, server: Scripted) -> Jpt:
    """The same as a process."""
    return Jpt(stocked, {**bare_jpt.env, **mail_settings(server.port)})


def test_looking_sends_and_marks_nothing(mailing: Inside, server: Scripted) -> None:
    dry = mailing("digest", "--dry-run")
    preview = mailing("digest", "--preview")
    plan = mailing("digest", "--dry-run", "--json").json

    assert "Subject: 1 new job · Acme" in dry.out
    assert url(1) in dry.out
    page = Path(preview.out.strip())
    assert page.is_file()
    assert "Cook" in page.read_text()
    assert plan[0]["new"] == [{"title": "Cook", "url": url(1)}]
    assert server.mails == []
    assert mailing("digest", "--list", "--json").json == []


def test_a_digest_from_the_command_line(mailing: Inside, server: Scripted) -> None:
    sent = mailing("digest")
    again = mailing("digest", "--json")
    (row,) = mailing("digest", "--list", "--json").json

    assert (sent.code, again.code) == (0, 0)
    assert "Sent to ann@example.org: 1 new job · Acme" in sent.out
    assert again.json["sent"] == 0
    assert row["state"] == "SENT"
    assert len(server.mails) == 1
    assert (mailing.folder / "state/emailed_jobs.csv").is_file()


def test_a_failure_is_said_with_its_exit_code(mailing: Inside, server: Scripted) -> None:
    server.script = {"DOT": "451 come back later"}
    later = mailing("digest")
    server.extensions = ("AUTH PLAIN",)
    server.script = {"AUTH": "535 no"}
    refused = mailing("digest", SMTP_USER="ann", SMTP_PASS="geheim-geheim")

    assert later.code == 3
    assert "451 come back later" in later.out
    assert refused.code == 78
    assert "Check SMTP_USER and SMTP_PASS" in refused.out
    assert "geheim" not in refused.out + refused.err
    listed = mailing("digest", "--list").out
    assert "READY" in listed
    assert "535 no" in listed


def test_without_mail_it_shows_what_would_be_sent(mailing: Inside) -> None:
    shown = mailing("digest", SMTP_HOST="")

    assert shown.code == 0
    assert "Mail is not set up (SMTP_HOST missing)" in shown.err
    assert url(1) in shown.out


def test_what_waits_is_resolved(mailing: Inside, server: Scripted) -> None:
    server.script = {"DOT": ""}
    held = mailing("digest", JPT_ON_UNKNOWN="hold")
    (row,) = mailing("digest", "--list", "--json").json
    wrong = mailing("digest", "resolve", row["digest_id"][:8])
    right = mailing("digest", "resolve", row["digest_id"][:8], "--sent")
    (after,) = mailing("digest", "--list", "--json").json

    assert held.code == 3
    assert "jpt digest resolve" in held.out
    assert row["state"] == "HELD"
    assert wrong.code == 2
    assert right.code == 0
    assert after["state"] == "SENT"
    assert mailing("digest", "resolve", "zzz", "--sent").code == 2


def test_a_test_mail(mailing: Inside, server: Scripted) -> None:
    sent = mailing("digest", "--test")
    server.script = {"RCPT": "550 no such user"}
    refused = mailing("digest", "--test")

    assert sent.code == 0
    assert "ann@example.org" in sent.err
    assert b"jpt can send you mail" in server.mails[0].content
    assert refused.code == 3
    assert "no such user" in refused.err


def test_the_feed_from_the_command_line(mailing: Inside) -> None:
    assert mailing("feed", "--out", "-").out.count("<entry>") == 1
    assert mailing("feed").code == 0
    assert "Cook" in (mailing.folder / "state/feed.xml").read_text()
    assert mailing("feed", "--profile", "nobody").code == 2


def test_faults_in_the_rules_end_before_anything_is_done(mailing: Inside, server: Scripted) -> None:
    (mailing.folder / "inputs").mkdir()
    (mailing.folder / "inputs/filters.toml").write_text("[title]\nexclud = []\n")

    for command in (["digest"], ["digest", "--preview"], ["feed"]):
        ended = mailing(*command)
        assert ended.code == 78
        assert "inputs/filters.toml, line 2: 'exclud' is not known; did you mean 'exclude'?" in ended.err
    assert server.mails == []


def test_a_signal_waits_for_the_answer_that_is_out(process: Jpt, server: Scripted) -> None:
    server.script = {"DOT": None}
    # It waits for that answer for longer than for anything else.
    soon = "from jpt.cli import main, stopping; stopping.GRACE_S = 0.5; main()"
    running = process.begin("digest", code=soon, JPT_SMTP_FINAL_TIMEOUT_S="2")
    server.stalled.wait(60)
    running.send_signal(signal.SIGTERM)
    out, err = running.communicate(timeout=60)

    assert running.returncode == 143, (out, err)
    with Store.open(process.folder / "state/snapshots.sqlite3") as store:
        (digest,) = store.outbox.listed()
    assert digest.state == "UNKNOWN"
    assert "after the message was handed over" in str(digest.last_error)


def test_a_second_signal_ends_it_at_once_and_the_fate_is_known(process: Jpt, server: Scripted) -> None:
    server.script = {"DOT": None}
    running = process.begin("digest", JPT_SMTP_FINAL_TIMEOUT_S="60")
    server.stalled.wait(60)
    running.send_signal(signal.SIGTERM)

    def ended() -> bool:
        running.send_signal(signal.SIGTERM)
        return running.poll() is not None

    until(ended)
    running.communicate(timeout=60)
    server.script = {}
    process("digest")

    assert len(server.mails) == 2
    assert len({mail.content for mail in server.mails}) == 1


def test_two_commands_at_once_send_one_mail(process: Jpt, server: Scripted) -> None:
    go_on = threading.Event()
    server.script = {"DATA": lambda _: "354 go on" if go_on.wait(60) else "451 no"}
    running = process.begin("digest")
    until(lambda: "RCPT" in server.steps, 60)
    second = process("digest")
    go_on.set()
    running.communicate(timeout=60)

    assert second.code == 75
    assert "Another jpt is sending the digests" in second.err
    assert running.returncode == 0
    assert len(server.mails) == 1
