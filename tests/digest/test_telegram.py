"""Digests as messages of a Telegram bot."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from jpt.digest import telegram
from jpt.digest.extras import DigestExtras
from jpt.digest.signed_actions import Signer
from jpt.digest.telegram_api import Account
from jpt.digest.transports import transports
from jpt.errors import SettingError
from jpt.models.digests import DigestEntry, HealthReport, News
from tests.digest.test_delivery import url
from tests.digest.test_mail import news
from tests.mailing import DigestSender
from tests.telegram import CHAT, TOKEN, Telegram, no

ALONE: dict[str, Any] = {"email_to": None, "smtp_host": None}


@pytest.fixture
def server() -> Iterator[Telegram]:
    with Telegram() as running:
        yield running


@pytest.fixture
def sender(tmp_path: Path) -> DigestSender:
    return DigestSender(tmp_path)


def test_a_message_has_a_row_of_buttons_for_each_job(sender: DigestSender, server: Telegram) -> None:
    sender.add(url(1), "Cook")
    sender.add(url(2), "Baker")

    outcome = sender.deliver(**ALONE, **server.options)
    sender.deliver(**ALONE, **server.options)

    (message,) = server.messages
    assert outcome.reported == 2
    assert message["chat_id"] == CHAT
    assert message["text"].startswith("2 new jobs · Acme\n\n1. ")
    assert all(word in message["text"] for word in ("Cook · Acme", "Baker · Acme", url(1), url(2)))
    assert server.buttons() == [[f"{row} {word}" for word in ("Hide", "Applied", "Interested")] for row in (1, 2)]
    codes = [one["callback_data"] for row in message["reply_markup"]["inline_keyboard"] for one in row]
    assert len(set(codes)) == 6
    assert all(len(code.encode()) <= 64 for code in codes)


def test_many_jobs_are_several_messages_and_each_job_is_in_one(sender: DigestSender, server: Telegram) -> None:
    for number in range(23):
        sender.add(url(number))

    sender.deliver(**ALONE, **server.options)

    assert [len(server.buttons(number)) for number in range(3)] == [10, 10, 3]
    said = "\n".join(message["text"] for message in server.messages) + "\n"
    assert all(said.count(f"{url(number)}\n") == 1 for number in range(23))


@pytest.mark.parametrize(
    ("fault", "states"),
    [
        (no(429, "Too Many Requests", retry_after=1), ["READY"]),
        (no(401, "Unauthorized"), ["READY"]),
        (no(400, "Bad Request: chat not found"), ["FAILED"]),
        (no(403, "Forbidden: bot was blocked by the user"), ["FAILED"]),
        (no(502, "Bad Gateway"), ["READY"]),
        ((200, {"strange": True}), ["UNKNOWN"]),
    ],
)
def test_a_refused_message_is_asked_for_once_and_goes_out_later(
    sender: DigestSender, server: Telegram, fault: tuple[int, dict[str, Any]], states: list[str]
) -> None:
    sender.add(url(1))
    server.faults["sendMessage"] = [fault]

    sender.deliver(**ALONE, **server.options)
    before = (sender.states(), len(server.calls("sendMessage")))
    sender.deliver(**ALONE, **server.options)

    assert before == (states, 1)
    assert sender.states() == ["SENT"]
    assert len(server.messages) == 1


def test_a_server_that_is_gone_is_no_message_that_may_have_arrived(sender: DigestSender, server: Telegram) -> None:
    sender.add(url(1))
    server.__exit__()

    outcome = sender.deliver(**ALONE, **server.options)
    server.__enter__()
    sender.deliver(**ALONE, **server.options)

    assert outcome.unsent[0].state == "READY"
    assert TOKEN not in str(outcome)
    assert len(server.messages) == 1


def test_another_token_of_the_same_chat_announces_nothing_anew(sender: DigestSender) -> None:
    one, two = (
        transports(sender.settings(telegram_token=token, telegram_chat=CHAT, **ALONE)).transports[0].channel
        for token in (TOKEN, "99:other")
    )

    assert one == two


def test_a_token_needs_a_chat_and_is_never_shown(sender: DigestSender) -> None:
    with pytest.raises(SettingError, match="JPT_TELEGRAM_CHAT"):
        transports(sender.settings(telegram_token=TOKEN))
    with pytest.raises(SettingError) as wrong:
        sender.settings(telegram_token="123/../evil", telegram_chat=1)

    assert "evil" not in str(wrong.value)
    assert TOKEN not in repr(Account(TOKEN, 1, "https://api.telegram.org"))
    assert transports(sender.settings()).transports[0].label == "mail"


@pytest.mark.parametrize(
    "job",
    [
        news(title="Engineer " * 2_000),
        news(title="🦊" * 4_000),
        news(title="Engineer " * 2_000, url="https://acme.example/" + "9" * 7_900),
        news(unread="because " * 2_000),
    ],
)
def test_one_job_that_is_too_long_is_cut_with_a_mark(job: News) -> None:
    account = Account(TOKEN, CHAT, "https://api.telegram.org")

    frozen = telegram.message(account, [DigestEntry(job)], HealthReport(0, ()), DigestExtras(), datetime.now(UTC))

    assert 1_000 < frozen.weight <= telegram.MOST_CHARS or "long address" in frozen.content.decode()
    assert frozen.weight <= telegram.MOST_CHARS
    assert "\\u2026" in frozen.content.decode()


def test_a_button_is_no_link_of_a_mail_nor_another_bots() -> None:
    now = datetime.now(UTC)
    code = Signer.of_bot(TOKEN).code(b"12345678", "hide", int(now.timestamp()))

    assert Signer.of_bot(TOKEN).read(code, now.timestamp()) is not None
    assert Signer.of("", TOKEN).read(code, now.timestamp()) is None
    assert Signer.of_bot("1:other").read(code, now.timestamp()) is None
