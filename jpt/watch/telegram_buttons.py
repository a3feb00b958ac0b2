"""The buttons of Telegram messages: `jpt watch` hears of presses by long polling, and puts the marks.

One watch per database listens (it holds the lock of the watch). How far the presses were taken up is noted in the
transaction of the mark that each puts: a press counts once, whoever dies in between.
"""

from __future__ import annotations

import hashlib
import logging
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from time import monotonic
from typing import Any

import anyio
import anyio.to_thread

from jpt.digest.other_adverts import beside
from jpt.digest.signed_actions import Signer, name_of
from jpt.digest.telegram import BUTTONS, Keyboard, keyboard
from jpt.digest.telegram_api import Account, TelegramReply
from jpt.digest.telegram_bot import Bot
from jpt.errors import BUG, JptError
from jpt.models import events
from jpt.models.events import Report
from jpt.settings import Settings
from jpt.store import Store
from jpt.text.numbers import whole

POLL_S = 25
"""How long the server holds a request open (long polling): less than the client's timeout."""
LEAST_S = 1.0
"""Shortest time between two requests to a server that does not hold them open."""
LOOK_S = 5.0
"""How often to check for a token and a database."""
PAUSES_S = (2.0, 5.0, 15.0, 30.0, 60.0, 300.0)
"""Pauses while it does not work."""
STRANGE = "This button is too old, or not one of this jpt's."

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class PressResult:
    """What came of a press."""

    words: str
    keyboard: Keyboard | None = None
    """The message's buttons as they are now; None: unchanged."""


@dataclass(eq=False, slots=True)
class TelegramButtons:
    """Listens for as long as a watch runs."""

    settings: Callable[[], Settings]
    """Gives those that count at present."""
    report: Report
    pauses_s: tuple[float, ...] = PAUSES_S
    _failures: int = field(init=False, default=0)

    async def run(self) -> None:
        """Listen until cancelled; without a token nothing is opened."""
        while True:
            settings = self.settings()
            account = _account(settings)
            if account is None or not settings.db.is_file():
                await anyio.sleep(LOOK_S)
                continue
            async with Bot.open(account, settings) as bot:
                while self.settings() is settings and settings.db.is_file():
                    await self._listen(bot, settings)

    async def _listen(self, bot: Bot, settings: Settings) -> None:
        """Handle the updates, or wait for some; a failure is reported once, and retried."""
        began = monotonic()
        try:
            start = await anyio.to_thread.run_sync(_start, settings, bot.account)
            asked = {"offset": start, "timeout": POLL_S, "allowed_updates": ["callback_query"]}
            reply = await bot.call("getUpdates", asked)
            if not reply.ok or not isinstance(reply.value, list):
                await self._wait(reply.words or "Telegram gives no list of updates", reply)
                return
            taken = [await self._take(bot, settings, update, start) for update in reply.value]
        except JptError as exc:
            await self._wait(exc.sentence)
            return
        except Exception:
            # Buttons are an extra: a bug in them must not end the watch.
            log.exception("jpt itself failed at Telegram's buttons")
            await self._wait(BUG)
            return
        if not any(taken) and monotonic() - began < LEAST_S:
            await anyio.sleep(LEAST_S)
        if self._failures:
            self._failures = 0
            self.report(events.Notice("Telegram's buttons work again."))

    async def _wait(self, words: str, reply: TelegramReply | None = None) -> None:
        if not self._failures:
            sentence = f"Presses of Telegram's buttons are not heard at present: {words.rstrip('.')}."
            self.report(events.Notice(sentence, warning=True))
        pause_s = self.pauses_s[min(self._failures, len(self.pauses_s) - 1)]
        self._failures += 1
        await anyio.sleep(max(pause_s, (reply.wait_s if reply else None) or 0.0))

    async def _take(self, bot: Bot, settings: Settings, update: Any, start: int) -> bool:
        """Handle an update; returns whether it was a new one."""
        number = whole(update.get("update_id")) if isinstance(update, dict) else None
        if number is None or number < start:
            return False
        query = update.get("callback_query")
        query = query if isinstance(query, dict) else {}
        done = await anyio.to_thread.run_sync(press, settings, bot.account, number, query)
        if done is None:
            return True
        # Showing the result is best effort: the mark is stored already.
        await bot.call("answerCallbackQuery", {"callback_query_id": query.get("id"), "text": done.words})
        if done.keyboard is not None:
            where = {"chat_id": bot.account.chat, "message_id": query["message"].get("message_id")}
            markup = {"inline_keyboard": done.keyboard}
            edited = await bot.call("editMessageReplyMarkup", {**where, "reply_markup": markup})
            if not edited.ok:
                log.info("a message's buttons stay as they were: %s", edited.words)
        return True


def press(settings: Settings, account: Account, number: int, query: Mapping[str, Any]) -> PressResult | None:
    """Do what update *number* asks for, and note that it is done; None where nobody is to be answered."""
    noted = (_note(account), str(number + 1))
    with Store.open(settings.db) as store:
        message = query.get("message")
        if not isinstance(message, dict) or not _is_ours(account, query, message):
            if query:
                log.warning("a press of a Telegram button was ignored: it came from another chat or user")
            store.notes.put(*noted)
            return None
        return _pressed(store, account, query.get("data"), message, noted)


def _pressed(
    store: Store, account: Account, code: object, message: Mapping[str, Any], noted: tuple[str, str]
) -> PressResult:
    signer, now_s = Signer.of_bot(account.token), store.clock() / 1000
    asked = signer.read(code, now_s) if isinstance(code, str) else None
    told = {name_of(site, url): (site, url) for site, url in store.reported.on(account.channel)}
    site, url = told.get(asked.job, ("", "")) if asked is not None else ("", "")
    button = next((one for one in BUTTONS if asked is not None and asked.action in {one.action, one.undo}), None)
    if asked is None or not url or button is None:
        store.notes.put(*noted)
        return PressResult(STRANGE)
    mark, job = store.marks.of(url), store.unreported.job(site, url)
    also = beside(store, job) if job is not None else []
    if asked.action == button.action:
        words = button.done
        if mark.stage == button.stage:
            store.notes.put(*noted)  # a change of nothing would be what the next undo takes back
        else:
            store.marks.put(url, replace(mark, stage=button.stage), also=also, noted=noted)
    elif mark.stage == button.stage:
        words = "Undone"
        change = store.marks.undo(url, also=also, noted=noted)
        if change is None or change[1].stage == button.stage:
            # The last change was another one, of the note: that one stays.
            store.marks.put(url, replace(mark, stage=None), also=also, noted=noted)
    else:
        words = "It was changed since"
        store.notes.put(*noted)
    return PressResult(f"{words}.", _keyboard(store, signer, told, message, int(now_s)))


def _keyboard(
    store: Store, signer: Signer, told: Mapping[bytes, tuple[str, str]], message: Mapping[str, Any], now_s: int
) -> Keyboard | None:
    """Draw a message's buttons anew, by the marks that its jobs have now."""
    markup = message.get("reply_markup")
    rows = markup.get("inline_keyboard") if isinstance(markup, dict) else None
    if not isinstance(rows, list) or not rows:
        return None
    jobs = []
    for row in rows:
        first = row[0] if isinstance(row, list) and row and isinstance(row[0], dict) else {}
        asked = signer.read(str(first.get("callback_data")), now_s)
        if asked is None or asked.job not in told:
            return None
        jobs.append((asked.job, store.marks.of(told[asked.job][1]).stage))
    return keyboard(signer, jobs, now_s)


def _is_ours(account: Account, query: Mapping[str, Any], message: Mapping[str, Any]) -> bool:
    chat, user = message.get("chat"), query.get("from")
    if not isinstance(chat, dict) or not isinstance(user, dict) or chat.get("id") != account.chat:
        return False
    # A chat with one person has that person's number; of a group (below 0) everybody may press.
    return account.chat < 0 or user.get("id") == account.chat


def _start(settings: Settings, account: Account) -> int:
    with Store.open(settings.db) as store:
        return whole(store.notes.get(_note(account))) or 0


def _note(account: Account) -> str:
    """Name the note of the first update that was not taken up: each bot counts its own."""
    return "telegram:" + hashlib.sha256(account.token.encode()).hexdigest()[:12]


def _account(settings: Settings) -> Account | None:
    try:
        return Account.of(settings)
    except JptError:
        return None  # whoever sends the digests says so
