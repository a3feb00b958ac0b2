"""One request to an OpenAI-compatible server, however much of the protocol it speaks. The only user of `openai`.

forms      json_schema → json_object → plain: a server that refuses one is asked in the next
retries    429, 5xx, timeouts, broken connections, within a post's deadline; the library's own are off
stops      401, 403, 404, redirects, no money left: no further call in this run
"""

from __future__ import annotations

import json
import random
import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from time import monotonic
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

import anyio
import anyio.to_thread

from jpt.extract.model.answer import Answer, Unusable, parsed, without_surrogates
from jpt.extract.model.prompt import SCHEMA
from jpt.net import trust
from jpt.settings import Settings
from jpt.text.clean import clean_line
from jpt.text.late import late
from jpt.text.moments import LONGEST_WAIT_S, retry_after_s
from jpt.text.numbers import decimal, whole

if TYPE_CHECKING:
    from openai import AsyncOpenAI

MOST_BYTES = 1_000_000
"""Of an answer at most: an honest one has a few kilobytes."""
MOST_TOKENS = 800
"""Of an answer at most: it is three short fields; some models think aloud before."""
_TRIES = 4
_MOST_COUNTED = 10**7
"""Tokens of one exchange at most: no model reads more, and a larger count would eat the whole budget."""
PAUSE_S = 0.5
"""Before the first retry; doubled for each further one."""
_FORMS: tuple[dict[str, Any] | None, ...] = (
    {
        "type": "json_schema",
        "json_schema": {"name": "required_experience", "strict": True, "schema": SCHEMA},
    },
    {"type": "json_object"},
    None,
)
_RETRIED = frozenset({408, 409, 425, 429})
_UNKNOWN_FIELD = frozenset({400, 415, 422, 501})
"""Statuses of servers that do not know a field of the request."""
_NO_MONEY = late(r"insufficient_quota|billing|credit balance|exceeded your current quota", re.IGNORECASE)


class Stop(Exception):
    """No call to this model makes sense any more: the message is one sentence for the user."""


class NoAnswer(Exception):
    """The server did not answer this time: the message is one clause."""


@dataclass(frozen=True, slots=True)
class Completion:
    """What a model said."""

    content: str
    prompt_tokens: int
    completion_tokens: int
    fault: str = ""
    """Why its content is not to be used, if it was refused or cut short."""
    refused: bool = False

    @property
    def tokens(self) -> tuple[int, int]:
        """Tokens sent and received."""
        return self.prompt_tokens, self.completion_tokens

    def answer(self) -> Answer:
        """Parse the content; raises Unusable."""
        if self.fault:
            raise Unusable(self.fault)
        return parsed(self.content)


@dataclass(eq=False, slots=True)
class Client:
    """Asks one model; opened at its first question."""

    settings: Settings
    _openai: AsyncOpenAI | None = None
    _opening: anyio.Lock = field(default_factory=anyio.Lock)
    _form: int = 0
    """Which of `_FORMS` this server understands, as far as is known."""
    _extras: dict[str, Any] = field(default_factory=lambda: {"temperature": 0, "max_tokens": MOST_TOKENS})
    _not_before: float = 0.0
    """No request before this time of the monotonic clock."""

    @property
    def place(self) -> str:
        """Name the server for people, without what may be secret in its address."""
        parts = urlsplit(self.settings.model_url)
        return parts.netloc.rpartition("@")[2] or self.settings.model_url

    async def aclose(self) -> None:
        """Close the connections."""
        if self._openai is not None:
            await self._openai.close()
            self._openai = None

    async def ask(self, messages: Sequence[dict[str, str]], deadline: float) -> Completion:
        """Ask, and retry where that may help, until *deadline* (of the monotonic clock).

        Raises Stop, NoAnswer, or Unusable when what came back is no chat completion.
        """
        tries = 0
        while True:
            await self._wait(deadline)
            form = self._form
            try:
                with anyio.fail_after(max(0.05, min(deadline - monotonic(), self._longest_try_s))):
                    return await self._once(messages, form)
            except TimeoutError:
                fault, pause_s = f"{self.place} did not answer in time", None
            except _RequestRefused as exc:
                if self._adapt(exc, form):
                    continue
                fault, pause_s = exc.fault, exc.pause_s
                if not exc.again:
                    raise NoAnswer(fault) from None
            tries += 1
            if tries >= _TRIES:
                raise NoAnswer(fault)
            self._back_off(tries, pause_s)
            if self._not_before >= deadline:
                raise NoAnswer(fault)

    @property
    def _longest_try_s(self) -> float:
        # Half the time of a post: a server that hangs once may answer the second time.
        return self.settings.watchdog_s / 2

    async def _wait(self, deadline: float) -> None:
        while (left := self._not_before - monotonic()) > 0:
            if self._not_before >= deadline:
                raise NoAnswer(f"{self.place} asks to be left alone for {left:.0f} s")
            await anyio.sleep(left)

    def _back_off(self, tries: int, asked_s: float | None) -> None:
        # Jitter: workers that were refused together must not come back together.
        own_s = PAUSE_S * 2 ** (tries - 1) * random.uniform(0.75, 1.25)  # noqa: S311 (no secret)
        self._not_before = max(self._not_before, monotonic() + max(own_s, asked_s or 0.0))

    def _adapt(self, refused: _RequestRefused, form: int) -> bool:
        """Drop a field that the server does not know; False when none is left to drop."""
        # llama-cpp-python's server answers 500 to a form of answer that it does not know.
        if refused.status not in _UNKNOWN_FIELD and "response_format" not in refused.words:
            return False
        for name in [name for name in self._extras if name in refused.words]:
            del self._extras[name]
            if name == "max_tokens" and "max_completion_tokens" in refused.words:
                self._extras["max_completion_tokens"] = 4 * MOST_TOKENS  # such models think first
            return True
        if re.search(r"context|too long|too large|maximum.{0,20}(?:length|tokens)", refused.words):
            return False
        if form + 1 < len(_FORMS):
            self._form = max(self._form, form + 1)
            return True
        if self._extras:
            self._extras.clear()
            return True
        return False

    async def _once(self, messages: Sequence[dict[str, str]], form: int) -> Completion:
        client = await self._connected()
        import openai

        body: dict[str, Any] = {"model": self.settings.model, "messages": list(messages), **self._extras}
        if _FORMS[form] is not None:
            body["response_format"] = _FORMS[form]
        try:
            async with client.chat.completions.with_streaming_response.create(**body) as response:
                content = await _read_capped(response.iter_bytes())
        except openai.APIStatusError as exc:
            raise self._refused(exc) from None
        except (openai.APIConnectionError, openai.APITimeoutError) as exc:
            cause = type(exc.__cause__ or exc).__name__
            raise _RequestRefused(f"{self.place} cannot be reached ({cause})", again=True) from None
        except _stream_errors() as exc:
            raise _RequestRefused(
                f"{self.place} broke off its answer ({type(exc).__name__})", again=True
            ) from None
        return reply_of(content, messages)

    def _refused(self, exc: Any) -> _RequestRefused:
        status = int(exc.status_code)
        words = self._redacted(str(exc))
        if status in {401, 403, 404} or 300 <= status < 400:
            raise Stop(self._stopped(status))
        if status in {402, 429} and _NO_MONEY.search(words):
            raise Stop(
                f"{self.place} reports that its quota is used up (HTTP {status}): the rules decide from here on."
                " Renew it, or unset JPT_EXTRACTOR."
            )
        again = status in _RETRIED or status >= 500
        pause_s = retry_after_of(exc.response.headers) if again else None
        fault = f"{self.place} answered HTTP {status}" + ("" if again else f" ({clean_line(words, 120)})")
        return _RequestRefused(fault, again=again and status != 501, status=status, words=words, pause_s=pause_s)

    def _stopped(self, status: int) -> str:
        model = self.settings.model
        lead = f"{self.place} answered HTTP {status} for the model {model}: the rules decide from here on."
        if status in {401, 403}:
            return f"{lead} Check OPENAI_API_KEY."
        if status == 404:
            return f"{lead} Check JPT_MODEL and OPENAI_BASE_URL (it usually ends in /v1)."
        return f"{lead} It redirects elsewhere, where no key is sent: set OPENAI_BASE_URL to the final address."

    def _redacted(self, words: str) -> str:
        """Redact the key in the words of a server: some repeat it."""
        secret = self.settings.model_key
        if secret:
            words = words.replace(secret, "…")
        return re.sub(r"\b(?:sk|key|Bearer)[-_ ][\w*.-]{6,}", "…", words)[:2_000]

    async def _connected(self) -> AsyncOpenAI:
        async with self._opening:
            if self._openai is None:
                # The library takes a moment to load: not while the event loop waits.
                self._openai = await anyio.to_thread.run_sync(self._new_client)
        return self._openai

    def _new_client(self) -> AsyncOpenAI:
        import openai

        settings, proxy = self.settings, None
        if settings.upstream and not settings.upstream.bypasses(urlsplit(settings.model_url).hostname or ""):
            proxy = (
                settings.https_proxy if "://" in (settings.https_proxy or "") else f"http://{settings.https_proxy}"
            )
        return openai.AsyncOpenAI(
            api_key=settings.model_key or "none",
            base_url=settings.model_url,
            max_retries=0,
            timeout=settings.watchdog_s,
            default_headers={"Accept-Encoding": "identity"},
            # The environment's proxies and netrc are not ours; redirects would carry the key elsewhere.
            http_client=openai.DefaultAsyncHttpxClient(
                follow_redirects=False,
                trust_env=False,
                proxy=proxy,
                verify=trust.context("model"),
                timeout=settings.watchdog_s,
            ),
        )


class _RequestRefused(Exception):
    def __init__(
        self, fault: str, *, again: bool, status: int = 0, words: str = "", pause_s: float | None = None
    ) -> None:
        super().__init__(fault)
        self.fault, self.again, self.status, self.words, self.pause_s = fault, again, status, words, pause_s


def _stream_errors() -> tuple[type[Exception], ...]:
    """Return the errors of a connection that ends within an answer; the HTTP library's name changed over time."""
    try:
        import httpx2 as http
    except ImportError:
        import httpx as http  # type: ignore[import-not-found,no-redef,unused-ignore]
    return (http.HTTPError, http.StreamError)


async def _read_capped(chunks: Any) -> bytes:
    content = bytearray()
    async for chunk in chunks:
        content += chunk
        if len(content) > MOST_BYTES:
            raise Unusable(f"the answer is larger than {MOST_BYTES:,} bytes")
    return bytes(content)


def reply_of(content: bytes, messages: Sequence[dict[str, str]]) -> Completion:
    """Read the body of an answer to *messages*; raises Unusable when it is no chat completion."""
    try:
        body = json.loads(content)
        choice = body["choices"][0]
        message = choice["message"]
        said = message.get("content")
        refusal = message.get("refusal")
        why_ended = choice.get("finish_reason")
    except (ValueError, RecursionError, LookupError, TypeError, AttributeError):
        raise Unusable("what came back is no chat completion") from None
    if isinstance(said, list):  # some servers answer in parts
        parts = (part.get("text") for part in said if isinstance(part, dict))
        said = "".join(part for part in parts if isinstance(part, str))
    fault = ""
    if refusal or why_ended == "content_filter":
        fault = "the model refused"
    elif why_ended == "length":
        fault = "the answer was cut short"
    text = without_surrogates(said) if isinstance(said, str) else ""
    usage = body.get("usage") if isinstance(body.get("usage"), dict) else {}
    sent = sum(len(message["content"]) for message in messages)
    return Completion(
        text,
        _tokens(usage.get("prompt_tokens"), sent),
        _tokens(usage.get("completion_tokens"), len(text)),
        fault,
        refused=fault == "the model refused",
    )


def _tokens(counted: object, chars: int) -> int:
    """Believe the server's count; without one, four characters make a token."""
    known = whole(counted, high=_MOST_COUNTED)
    return -(-chars // 4) if known is None else known


def retry_after_of(headers: Any) -> float | None:
    """Read Retry-After from *headers*, in seconds; None without one."""
    milliseconds = decimal(headers.get("retry-after-ms"), high=LONGEST_WAIT_S * 1000)
    if milliseconds is not None:
        return milliseconds / 1000
    return retry_after_s(headers.get("retry-after"), datetime.now(UTC))
