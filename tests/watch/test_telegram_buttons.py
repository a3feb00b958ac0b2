"""Presses of a Telegram message's buttons: each counts once, and only those of the user's own chat."""

from __future__ import annotations

import logging
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import anyio
import pytest

from jpt.digest.signed_actions import Action, Signer, name_of
from jpt.digest.telegram_api import Account
from jpt.models import events
from jpt.models.postings import Mark
from jpt.settings import Settings
from jpt.store import Store
from jpt.text.clock import wall_clock
from jpt.watch.telegram_buttons import STRANGE, TelegramButtons, press
from tests.digest.test_delivery import url
from tests.mailing import DigestSender
from tests.mailing.digest_sender import T0
from tests.telegram import CHAT, TOKEN, Telegram, no

pytestmark = pytest.mark.anyio


@pytest.fixture
def server() -> Iterator[Telegram]:
    with Telegram() as running:
        yield running


class Bench:
    """A database with three jobs that were told, and whoever listens to its buttons."""

    def __init__(self, folder: Path, server: Telegram) -> None:
        self.sender, self.server = DigestSender(folder), server
        # The buttons are signed for some weeks from now on, so the clock is the real one.
        self.sender.clock.now = wall_clock()
        for number in range(3):
            self.sender.add(url(number), f"Cook {number}")
        self.said: list[events.Event] = []
        self.settings: Settings = self.sender.settings(email_to=None, smtp_host=None, **server.options)
        self.sender.deliver(email_to=None, smtp_host=None, **server.options)

    @property
    def notices(self) -> list[str]:
        return [one.sentence for one in self.said if isinstance(one, events.Notice)]

    def order(self) -> list[str]:
        """The addresses as the message has them."""
        text = self.server.messages[0]["text"]
        return sorted((url(number) for number in range(3)), key=text.index)

    def stage(self, row: int) -> str | None:
        with Store.open(self.sender.db) as store:
            return store.marks.of(self.order()[row - 1]).stage

    def changes(self) -> int:
        return int(self.sender.rows("SELECT count(*) FROM jpt_mark_log")[0][0])

    @asynccontextmanager
    async def listening(self) -> AsyncIterator[None]:
        async with anyio.create_task_group() as tg:
            tg.start_soon(TelegramButtons(lambda: self.settings, self.said.append, pauses_s=(0.01,)).run)
            yield
            tg.cancel_scope.cancel()


@pytest.fixture
def bench(tmp_path: Path, server: Telegram) -> Bench:
    return Bench(tmp_path, server)


async def until(is_so: Callable[[], Any]) -> None:
    with anyio.fail_after(60):
        while not is_so():
            await anyio.sleep(0.02)


async def test_a_press_sets_the_mark_and_shows_and_can_be_undone(bench: Bench, server: Telegram) -> None:
    async with bench.listening():
        server.press("2 Hide")
        await until(lambda: server.calls("editMessageReplyMarkup"))
        hidden, shown = bench.stage(2), server.buttons()
        server.press("1 Applied")
        await until(lambda: len(server.calls("editMessageReplyMarkup")) == 2)
        applied, both = bench.stage(1), server.buttons()
        server.press("2 Hidden · undo")
        await until(lambda: len(server.calls("editMessageReplyMarkup")) == 3)

    assert (hidden, applied, bench.stage(2), bench.stage(3)) == ("hidden", "applied", None, None)
    assert shown[1] == ["2 Hidden · undo"]
    assert both[:2] == [["1 Hide", "1 Applied · undo", "1 Interested"], ["2 Hidden · undo"]]
    assert server.buttons()[1] == ["2 Hide", "2 Applied", "2 Interested"]
    assert [one["text"] for one in server.calls("answerCallbackQuery")] == ["Hidden.", "Applied.", "Undone."]


async def test_a_press_counts_once_whoever_starts_anew_in_between(bench: Bench, server: Telegram) -> None:
    server.is_stubborn = True
    async with bench.listening():
        server.press("1 Interested")
        await until(lambda: server.calls("editMessageReplyMarkup"))
    with Store.open(bench.sender.db) as store:
        store.marks.put(bench.order()[0], Mark("offer"))
    before, asked = bench.changes(), len(server.calls("getUpdates"))

    async with bench.listening():
        await until(lambda: len(server.calls("getUpdates")) >= asked + 2)

    assert (bench.stage(1), bench.changes()) == ("offer", before)
    assert len(server.calls("answerCallbackQuery")) == 1
    assert server.calls("getUpdates")[-1]["offset"] == 1001


async def test_presses_made_while_nobody_listened_are_taken_up_in_order(bench: Bench, server: Telegram) -> None:
    server.press("1 Hide")
    server.press("3 Applied")
    server.press("1 Hide")

    async with bench.listening():
        await until(lambda: len(server.calls("editMessageReplyMarkup")) == 3)

    assert (bench.stage(1), bench.stage(3), bench.changes()) == ("hidden", "applied", 2)
    assert server.buttons()[0] == ["1 Hidden · undo"]
    assert server.buttons()[2] == ["3 Hide", "3 Applied · undo", "3 Interested"]


async def test_forged_and_old_buttons_change_nothing(bench: Bench, server: Telegram) -> None:
    now_s = bench.sender.clock.now // 1000
    job, stranger = name_of("Acme", url(0)), name_of("Acme", url(99))
    signer = Signer.of_bot(TOKEN)
    good = signer.code(job, "hide", now_s)
    forged = [
        "",
        "hide",
        good[:-5] + "AAAAA",
        Signer.of_bot("1:other").code(job, "hide", now_s),
        signer.code(job, "years", now_s),
        signer.code(job, "hide", T0 // 1000 - 400 * 86_400),
        signer.code(stranger, "hide", now_s),
        "🦊" * 31,
    ]
    for code in forged:
        server.press("", data=code)

    async with bench.listening():
        await until(lambda: len(server.calls("answerCallbackQuery")) == len(forged))

    assert {one["text"] for one in server.calls("answerCallbackQuery")} == {STRANGE}
    assert (bench.changes(), server.calls("editMessageReplyMarkup")) == (0, [])


async def test_presses_from_elsewhere_are_ignored_and_logged(
    bench: Bench, server: Telegram, caplog: pytest.LogCaptureFixture
) -> None:
    server.press("1 Hide", chat=CHAT + 1)
    server.press("1 Hide", user=CHAT + 1)
    server.updates += [{"update_id": 1002}, {"update_id": 1003, "callback_query": {"id": "x", "data": 7}}]
    with caplog.at_level(logging.INFO):
        async with bench.listening():
            server.press("3 Hide")
            server.updates[-1]["update_id"] = 1004
            await until(lambda: server.calls("editMessageReplyMarkup"))

    assert (bench.stage(1), bench.stage(3), bench.changes()) == (None, "hidden", 1)
    assert len(server.calls("answerCallbackQuery")) == 1
    assert sum("another chat" in record.getMessage() for record in caplog.records) == 3


@pytest.mark.parametrize(
    "fault",
    [
        no(409, "Conflict: terminated by other getUpdates request"),
        no(429, "Too Many Requests", retry_after=0),
        no(502, "Bad Gateway"),
        (200, {"ok": True, "result": "strange"}),
        (200, {"ok": True, "result": [7, {"update_id": "x"}]}),
    ],
)
async def test_a_fault_is_said_once_and_the_press_counts_when_it_is_over(
    bench: Bench, server: Telegram, fault: tuple[int, dict[str, Any]]
) -> None:
    server.faults["getUpdates"] = [fault] * 3
    server.press("1 Hide")

    async with bench.listening():
        await until(lambda: server.calls("editMessageReplyMarkup"))
        await until(lambda: len(server.calls("getUpdates")) >= 5)

    assert bench.stage(1) == "hidden"
    assert TOKEN not in str(bench.said)
    assert len(bench.notices) in {0, 2}
    assert bench.notices == [] or "work again" in bench.notices[1]


async def test_a_server_that_goes_is_said_once_without_the_token(bench: Bench, server: Telegram) -> None:
    async with bench.listening():
        await until(lambda: server.calls("getUpdates"))
        server.__exit__()
        await until(lambda: bench.notices)
        server.__enter__()
        server.press("1 Hide")
        await until(lambda: len(bench.notices) == 2)
        await until(lambda: server.calls("editMessageReplyMarkup"))

    assert bench.stage(1) == "hidden"
    assert TOKEN not in str(bench.said)


async def test_an_undo_leaves_alone_what_was_changed_since(bench: Bench, server: Telegram) -> None:
    async with bench.listening():
        server.press("1 Hide")
        await until(lambda: server.calls("editMessageReplyMarkup"))
        with Store.open(bench.sender.db) as store:
            store.marks.put(bench.order()[0], Mark("offer"))
        server.press("1 Hidden · undo")
        await until(lambda: len(server.calls("editMessageReplyMarkup")) == 2)
        changed = bench.stage(1)
        server.press("2 Hide")
        await until(lambda: len(server.calls("editMessageReplyMarkup")) == 3)
        with Store.open(bench.sender.db) as store:
            store.marks.put(bench.order()[1], Mark("hidden", "a note"))
        server.press("2 Hidden · undo")
        await until(lambda: len(server.calls("editMessageReplyMarkup")) == 4)

    assert (changed, bench.stage(2)) == ("offer", None)
    with Store.open(bench.sender.db) as store:
        assert store.marks.of(bench.order()[1]).note == "a note"


async def test_without_a_token_nothing_is_asked(bench: Bench, server: Telegram) -> None:
    bench.settings = bench.sender.settings(telegram_api=server.api)

    async with bench.listening():
        await anyio.lowlevel.checkpoint()

    assert server.calls("getUpdates") == []


def test_a_press_counts_for_all_places_of_a_job(tmp_path: Path, server: Telegram) -> None:
    sender = DigestSender(tmp_path)
    sender.clock.now = wall_clock()
    for number, place in enumerate(("Ulm", "Bonn")):
        sender.add(url(number), "Cook", location=place)
    sender.add(url(2), "Cook", location="Wien", years=3)
    settings = sender.settings(email_to=None, smtp_host=None, **server.options)
    sender.deliver(email_to=None, smtp_host=None, **server.options)
    account = Account.of(settings)
    assert account is not None

    def pressed(action: Action, number: int) -> list[str | None]:
        code = Signer.of_bot(TOKEN).code(name_of("Acme", url(0)), action, sender.clock.now // 1000)
        message = {"chat": {"id": CHAT}, "reply_markup": {}}
        press(settings, account, number, {"from": {"id": CHAT}, "message": message, "data": code})
        with Store.open(sender.db) as store:
            return [store.marks.of(url(number)).stage for number in range(3)]

    assert pressed("applied", 1) == ["applied", "applied", None]
    assert pressed("unapplied", 2) == [None, None, None]
