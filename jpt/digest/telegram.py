"""A digest as a message of a Telegram bot, with buttons below it: one row a job."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import anyio

from jpt.digest import short_message
from jpt.digest.custom_templates import OURS, CustomTemplates
from jpt.digest.extras import DigestExtras
from jpt.digest.several import together
from jpt.digest.signed_actions import Action, Signer, mark_of
from jpt.digest.submission import Call, Dot, Kind, Submission, hand_over
from jpt.digest.telegram_api import Account, TelegramReply
from jpt.digest.telegram_bot import Bot
from jpt.models.digests import Digest, DigestEntry, Frozen, HealthReport, Recipient, frozen
from jpt.models.postings import Stage
from jpt.settings import Settings

MOST_CHARS = 4_096
"""Of a message (Bot API, sendMessage); counted in UTF-16, which is never less than what Telegram counts."""
MOST_ROWS = 10
"""Jobs in one message: more buttons are a wall."""
MOST_MESSAGES = 5
"""Messages at a time; what is more follows with the next digest."""
_ANSWER_S = 60.0
_KINDS: dict[int, Kind] = {401: "misconfigured", 403: "nobody", 404: "misconfigured", 429: "later"}
"""A wrong token is 401 or 404; who has blocked the bot is 403."""


@dataclass(frozen=True, slots=True)
class Button:
    """What can be done with a job, and undone."""

    action: Action
    undo: Action
    stage: Stage
    word: str
    done: str


BUTTONS = (
    Button("hide", "unhide", "hidden", "Hide", "Hidden"),
    Button("applied", "unapplied", "applied", "Applied", "Applied"),
    Button("interested", "uninterested", "interested", "Interested", "Interested"),
)

Keyboard = list[list[dict[str, str]]]


def keyboard(signer: Signer, jobs: Iterable[tuple[bytes, Stage | None]], now_s: int) -> Keyboard:
    """Return a row of buttons for each job, named as `mark_of` does, with how far the user is with it."""
    listed = list(jobs)
    rows = []
    for number, (job, stage) in enumerate(listed, 1):
        label = f"{number} " if len(listed) > 1 else ""
        shown = [one for one in BUTTONS if stage != "hidden" or one.stage == stage]
        rows.append([_button(signer, job, one, label, now_s, pressed=one.stage == stage) for one in shown])
    return rows


def _button(signer: Signer, job: bytes, one: Button, label: str, now_s: int, *, pressed: bool) -> dict[str, str]:
    text = f"{label}{one.done} · undo" if pressed else f"{label}{one.word}"
    return {"text": text, "callback_data": signer.code(job, one.undo if pressed else one.action, now_s)}


def message(
    account: Account,
    entries: Sequence[DigestEntry],
    health: HealthReport,
    extras: DigestExtras,
    now: datetime,
    *,
    words: CustomTemplates = OURS,
) -> Frozen:
    """Freeze a digest as the request that sends it."""
    subject, body = short_message.message(
        entries, health, extras, now, words, lambda subject: MOST_CHARS - _units(subject) - 2, numbered=True
    )
    whole = f"{subject}\n\n{body}" if body else subject
    # Of several jobs fewer are taken; one that is too long by itself is cut.
    text = whole if len(entries) > 1 else _cut(whole)
    request: dict[str, Any] = {
        "chat_id": account.chat,
        "text": text,
        "link_preview_options": {"is_disabled": True},
    }
    if entries:
        jobs = ((mark_of(adverts[0].news), None) for adverts in together(entries))
        rows = keyboard(Signer.of_bot(account.token), jobs, int(now.timestamp()))
        request["reply_markup"] = {"inline_keyboard": rows}
    return frozen(
        json.dumps(request).encode(),
        entries,
        subject=subject,
        to=(f"chat {account.chat}",),
        where="telegram",
        weight=_units(text),
    )


def _units(text: str) -> int:
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


def _cut(text: str) -> str:
    most = MOST_CHARS
    while _units(text) > MOST_CHARS:
        most -= max(1, (_units(text) - MOST_CHARS) // 2)
        text = short_message.cut(text, most)
    return text


def submit(settings: Settings, account: Account, digest: Digest, dot: Dot, call: Call) -> Submission:
    """Hand a message over, once."""

    def send() -> Submission:
        reply = anyio.run(_sent, settings, account, json.loads(digest.content))
        if reply.ok:
            return Submission("accepted", "", tuple(Recipient(one, "ACCEPTED") for one in digest.pending))
        return Submission(_kind(reply), reply.words)

    return hand_over(call, dot, send)


def _kind(reply: TelegramReply) -> Kind:
    if not reply.status:
        return "unknown" if reply.may_have_arrived else "later"
    if reply.status == 200:
        return "unknown"  # an answer that says neither yes nor no
    if reply.status in _KINDS:
        return _KINDS[reply.status]
    return "refused" if 400 <= reply.status < 500 else "later"


async def _sent(settings: Settings, account: Account, request: Any) -> TelegramReply:
    with anyio.move_on_after(_ANSWER_S):
        async with Bot.open(account, settings) as bot:
            return await bot.call("sendMessage", request)
    return TelegramReply(ok=False, words=f"{account.host} did not answer within {_ANSWER_S:g} s")
