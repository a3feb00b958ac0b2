"""Telegram's Bot API: one request, one answer (https://core.telegram.org/bots/api).

Nothing is repeated here, and the bot's token, which stands in the address, is in no word that leaves.
"""

from __future__ import annotations

import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Any, Self

import httpcore2
import httpx2

from jpt.digest.telegram_api import Account, TelegramReply
from jpt.errors import TaskError
from jpt.net.guard import AddressGuard
from jpt.net.http import Http, Response
from jpt.net.politeness import Politeness
from jpt.settings import Settings
from jpt.text.numbers import whole

LONGEST_WAIT_S = 3_600
"""A server that asks for more is asked again after this long."""
_MOST_BYTES = 5_000_000
"""A hundred updates, each with the message that was pressed on, are well below."""
_AT_ONCE = 4
_NEVER_SENT = (httpx2.ConnectError, httpcore2.ConnectError, httpcore2.ConnectTimeout)


@dataclass(frozen=True, slots=True)
class Bot:
    """The API for one account; use `Bot.open`."""

    account: Account
    _http: Http

    @classmethod
    @asynccontextmanager
    async def open(cls, account: Account, settings: Settings) -> AsyncIterator[Self]:
        """Open a client for the length of the block; the server is one that the user named."""
        politeness, guard = Politeness(_AT_ONCE, 0), AddressGuard.of([account.api])
        async with Http.open(politeness, guard, user_agent="jpt", upstream=settings.upstream) as http:
            yield cls(account, http)

    async def call(self, method: str, value: Any) -> TelegramReply:
        """Call a method once."""
        account = self.account
        try:
            url = f"{account.api}/bot{account.token}/{method}"
            answer = await self._http.post(url, value, most=_MOST_BYTES, once=True)
        except TaskError as exc:
            words = account.hide(exc.sentence)
            return TelegramReply(
                ok=False, words=words, may_have_arrived=not isinstance(exc.__cause__, _NEVER_SENT)
            )
        return _reply(account, answer)


def _reply(account: Account, answer: Response) -> TelegramReply:
    try:
        loaded = json.loads(answer.body)
    except (ValueError, RecursionError):
        loaded = None
    said = loaded if isinstance(loaded, dict) else {}
    if answer.status == 200 and said.get("ok") is True:
        return TelegramReply(ok=True, value=said.get("result"), status=200)
    asked = said.get("parameters")
    wait_s = whole(asked.get("retry_after"), low=0) if isinstance(asked, dict) else None
    reason = said.get("description") or "no reason"
    words = account.hide(f"{account.host} answers with HTTP {answer.status}: {reason}")
    return TelegramReply(
        ok=False, status=answer.status, words=words, wait_s=min(wait_s, LONGEST_WAIT_S) if wait_s else None
    )
