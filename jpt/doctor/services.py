"""Checks of other machines: the mail server, Telegram, the model."""

from __future__ import annotations

from collections.abc import AsyncIterator
from time import monotonic

import anyio
import anyio.to_thread

from jpt.digest.filters import read_profiles
from jpt.digest.smtp import check
from jpt.digest.telegram_api import Account
from jpt.digest.telegram_bot import Bot
from jpt.digest.transports import mail_server, transports
from jpt.doctor.diagnosis import Diagnosis, fail, ok, warn
from jpt.errors import JptError
from jpt.extract.model.answer import Unusable
from jpt.extract.model.client import Client, NoAnswer, Stop
from jpt.settings import Settings
from jpt.store import Store
from jpt.text.clean import clean_line
from jpt.text.counts import counted

MAIL_S, TELEGRAM_S, MODEL_S = 40.0, 30.0, 30.0
"""Timeouts: of the login to the mail server, and of the first answers of Telegram and the model."""


async def mail(settings: Settings) -> AsyncIterator[Diagnosis]:
    """Log in to the mail server; nothing is sent."""
    try:
        read_profiles(settings.filters)
    except JptError:
        yield warn("mail", "Not checked: the filters say who gets mail.", "Correct the filters first.")
        return
    try:
        found = transports(settings)
    except JptError as exc:
        yield fail("mail", exc.sentence, "Correct it in .env.")
        return
    server = mail_server(settings)
    if server is None and found.transports:
        yield ok(
            "mail", f"No mail server is set: digests go to {counted(len(found.transports), 'other channel')}."
        )
        return
    if server is None:
        yield warn(
            "mail",
            "No mail server is set: digests are not sent.",
            "Set SMTP_HOST, SMTP_USER, SMTP_PASS and EMAIL_TO in .env; `jpt init` writes an example.",
        )
        return
    where = f"{settings.smtp_host}:{settings.smtp_port}"
    fault = f"{where} did not answer within {MAIL_S:g} s"
    with anyio.move_on_after(MAIL_S):
        fault = await anyio.to_thread.run_sync(check, server, abandon_on_cancel=True)
    if fault:
        yield fail(
            "mail",
            fault,
            "Correct SMTP_HOST, SMTP_PORT, SMTP_USER, SMTP_PASS; many providers want an app password.",
        )
    else:
        yield ok("mail", f"{where} accepts the login. `jpt digest --test` sends a test mail.")


async def telegram(settings: Settings) -> AsyncIterator[Diagnosis]:
    """Ask the Bot API who the bot is, if one is used; nothing is sent."""
    try:
        account = Account.of(settings)
    except JptError as exc:
        yield fail("telegram", exc.sentence, "Set it in .env, or remove JPT_TELEGRAM_TOKEN.")
        return
    if account is None:
        return
    fault = f"{account.host} did not answer within {TELEGRAM_S:g} s"
    with anyio.move_on_after(TELEGRAM_S):
        async with Bot.open(account, settings) as bot:
            reply = await bot.call("getMe", {})
        fault = "" if reply.ok else reply.words
    if fault:
        yield fail("telegram", fault, "Correct JPT_TELEGRAM_TOKEN, as @BotFather gave it, or the network.")
        return
    name = reply.value.get("username") if isinstance(reply.value, dict) else None
    yield ok(
        "telegram", f"The bot {clean_line(str(name or 'without a name'), 60)} answers; digests go to its chat."
    )


async def model(settings: Settings) -> AsyncIterator[Diagnosis]:
    """Ask the model a short question, if one is used."""
    if settings.extractor == "rules":
        yield ok("model", "Not used: the rules read the years (JPT_EXTRACTOR=rules).")
        return
    spent, cap = _spent(settings), settings.llm_monthly_tokens
    if cap is not None and spent >= cap:
        yield warn(
            "model",
            f"Not used at present: {spent:,} of {cap:,} tokens of this month are spent; the rules decide.",
            "Wait until next month, or raise JPT_LLM_MONTHLY_TOKENS.",
        )
        return
    client = Client(settings)
    question = [{"role": "user", "content": 'Answer with the JSON object {"ok": true} and nothing else.'}]
    try:
        reply = await client.ask(question, monotonic() + MODEL_S)
    except (Stop, NoAnswer, Unusable) as exc:
        step = "Correct OPENAI_BASE_URL, OPENAI_API_KEY and JPT_MODEL, or set JPT_EXTRACTOR=rules."
        yield fail("model", f"{settings.model} does not answer: {str(exc).rstrip('.')}.", step)
        return
    finally:
        await client.aclose()
    tokens = reply.prompt_tokens + reply.completion_tokens
    spent = _spent(settings, (reply.prompt_tokens, reply.completion_tokens)) or tokens
    of_cap = f" of {cap:,}" if cap is not None else ""
    yield ok(
        "model",
        f"{settings.model} at {client.place} answers ({counted(tokens, 'token')}; {spent:,}{of_cap} this month).",
    )


def _spent(settings: Settings, more: tuple[int, int] | None = None) -> int:
    """Return the tokens of this month, with *more* (sent, received) counted; 0 if there is no database yet."""
    if not settings.db.is_file():
        return 0
    try:
        with Store.open(settings.db) as store:
            if more is not None:
                store.answers.spend(settings.model, more)
            return store.answers.spent()
    except JptError:
        return 0  # the database has a line of its own
