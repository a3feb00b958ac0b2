"""The second reader of posts: when a model is asked, what it may cost, and what its answer is worth."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import asdict, dataclass, field
from time import monotonic
from typing import Any, Protocol, Self

import anyio
import anyio.to_thread

from jpt.extract.model.answer import Answer, Unusable, parsed
from jpt.extract.model.check import checked
from jpt.extract.model.client import Client, NoAnswer, Stop
from jpt.extract.model.prompt import Question, again, answer_key, question
from jpt.models.jobs import Experience, Remembered
from jpt.settings import Settings

AT_ONCE = 4
"""Questions to a model at once."""
_POLL_S = 1.0
"""How often the budget is checked again while other processes hold the rest of it."""
_MOST_FAILURES = 3
"""Failed posts in a row after which the model is not asked again in this run."""


class AnswerCache(Protocol):
    """Where answers and tokens are kept, so that nothing is paid for twice."""

    def recall(self, key: str) -> Remembered | None:
        """Return what was kept under *key*."""
        ...

    def keep(self, key: str, model: str, remembered: Remembered, tokens: tuple[int, int]) -> None:
        """Keep an answer, and count the tokens (sent, received) that it took."""
        ...

    def spend(self, model: str, tokens: tuple[int, int]) -> None:
        """Count tokens of an answer that is not kept."""
        ...

    def spent(self) -> int:
        """Return the tokens of this month, all models together."""
        ...

    def claim(self, tokens: int, cap: int) -> int | None:
        """Reserve tokens if those under way leave room below *cap*; None if they do not."""
        ...

    def release(self, claim: int) -> None:
        """Release reserved tokens."""
        ...


@dataclass(slots=True)
class Usage:
    """What the model was used for in this run."""

    asked: int = 0
    """Posts sent to it."""
    remembered: int = 0
    """Posts whose answer was known."""
    counted: int = 0
    """Answers that the text bore out."""
    tokens: int = 0
    stopped: str = ""
    """Why it is not used any more."""


@dataclass(frozen=True, slots=True)
class Reading:
    """The years of a post, and what a model had to do with it."""

    experience: Experience
    model: dict[str, Any] | None = None
    """For raw_json; None when no model was asked."""


@dataclass(eq=False, slots=True)
class ModelReader:
    """Reads posts a second time where the settings want that; use one for a run."""

    settings: Settings
    memory: AnswerCache
    say: Callable[[str], None]
    """Takes a sentence for the user when the model stops being used."""
    limiter: anyio.CapacityLimiter = field(default_factory=lambda: anyio.CapacityLimiter(1))
    """What calls of the memory go through: it is used by one thread at a time."""
    usage: Usage = field(default_factory=Usage)
    _client: Client = field(init=False)
    _slots: anyio.CapacityLimiter = field(init=False, default_factory=lambda: anyio.CapacityLimiter(AT_ONCE))
    _asking: dict[str, anyio.Lock] = field(init=False, default_factory=dict)
    _under_way: dict[str, int] = field(init=False, default_factory=dict)
    """Claims of tokens that questions without an answer yet may take, by key."""
    _settled: anyio.Event = field(init=False, default_factory=anyio.Event)
    _failures: int = field(init=False, default=0)

    def __post_init__(self) -> None:
        self._client = Client(self.settings)

    async def __aenter__(self) -> Self:
        """Begin a run; nothing is opened before the first question."""
        return self

    async def __aexit__(self, *_: object) -> None:
        """Close the connections to the model."""
        with anyio.CancelScope(shield=True), anyio.move_on_after(5, shield=True):
            await self._client.aclose()

    def wanted(self, rules: Experience) -> bool:
        """Return whether a model is to read a post that the *rules* read so."""
        mode = self.settings.extractor
        return mode == "openai" or (mode == "auto" and rules.confidence != "high")

    async def read(self, text: str, rules: Experience) -> Reading:
        """Return the model's reading where it is wanted and holds; the rules' otherwise. Raises nothing."""
        if not self.wanted(rules) or not text.strip() or rules.source == "json-ld":
            return Reading(rules)
        name = answer_key(text, self.settings.model)
        about: dict[str, Any] = {"name": self.settings.model}
        try:
            # The same post on two sites at once is one question.
            async with self._asking.setdefault(name, anyio.Lock()):
                answer = await self._answer(name, text, about)
        except (Stop, NoAnswer, Unusable) as exc:
            return Reading(rules, {**about, "fault": str(exc)})
        finally:
            self._asking.pop(name, None)
        result = await anyio.to_thread.run_sync(checked, text, answer, rules)
        self.usage.counted += result.verdict in {"agrees", "counts"}
        return Reading(result.experience, {**about, **asdict(answer), "verdict": result.verdict})

    async def _answer(self, name: str, text: str, about: dict[str, Any]) -> Answer:
        known = await self._db(self.memory.recall, name)
        if known is not None:
            self.usage.remembered += 1
            about["remembered"] = True
            if known.fault:
                raise Unusable(known.fault)
            return parsed(known.answer)
        asked = await anyio.to_thread.run_sync(question, text)
        if asked.trimmed:
            about["trimmed"] = asked.trimmed
        async with self._slots:
            await self._affordable(name, asked.sent)
            deadline = monotonic() + self.settings.watchdog_s
            try:
                return await self._asked(name, asked, deadline)
            except NoAnswer as exc:
                self._count_failure(str(exc))
                raise
            except Stop as exc:
                self._stop(str(exc))
                raise
            finally:
                await self._release(name)
                self._settled.set()
                self._settled = anyio.Event()

    async def _release(self, name: str) -> None:
        claim = self._under_way.pop(name, None)
        if claim is not None:
            with anyio.CancelScope(shield=True):
                await self._db(self.memory.release, claim)

    async def _asked(self, name: str, asked: Question, deadline: float) -> Answer:
        """Ask, and once more after an unusable answer; the result is stored before it is used."""
        self.usage.asked += 1
        messages = asked.messages
        for last in (False, True):
            try:
                reply = await self._client.ask(messages, deadline)
            except Unusable as exc:
                # Not even the model's: a wrong door or a broken one, so there is nothing to keep.
                if last:
                    raise NoAnswer(str(exc)) from None
                continue
            self._failures = 0
            self.usage.tokens += sum(reply.tokens)
            try:
                answer = reply.answer()
            except Unusable as exc:
                if last or reply.refused:
                    await self._keep(name, Remembered("", str(exc)), reply.tokens)
                    raise
                await self._db(self.memory.spend, self.settings.model, reply.tokens)
                messages = again(asked, reply.content, str(exc))
                continue
            await self._keep(name, Remembered(answer.as_json(), ""), reply.tokens)
            return answer
        raise AssertionError("the second answer ends the loop")

    async def _keep(self, name: str, remembered: Remembered, tokens: tuple[int, int]) -> None:
        # It is paid for: whoever gives up now must not lose it.
        with anyio.CancelScope(shield=True):
            await self._db(self.memory.keep, name, self.settings.model, remembered, tokens)

    async def _affordable(self, name: str, chars: int) -> None:
        """Wait until the question fits into the month's tokens; raises Stop when it cannot."""
        cap = self.settings.llm_monthly_tokens
        while True:
            if self.usage.stopped:
                raise Stop(self.usage.stopped)
            if cap is None:
                break
            spent = await self._db(self.memory.spent)
            if spent >= cap:
                raise Stop(
                    self._stop(
                        f"The model has used {spent:,} of {cap:,} tokens of this month (JPT_LLM_MONTHLY_TOKENS): "
                        "the rules decide from here on."
                    )
                )
            claim = await self._db(self.memory.claim, chars // 3 + 1_500, cap)
            if claim is not None:
                self._under_way[name] = claim
                break
            # Those under way, also of other processes, may take the rest: then their answers are waited for.
            with anyio.move_on_after(_POLL_S):
                await self._settled.wait()

    def _count_failure(self, fault: str) -> None:
        self._failures += 1
        if self._failures >= _MOST_FAILURES:
            self._stop(
                f"The model was asked {_MOST_FAILURES} times in vain ({fault}): the rules decide from here on. "
                "`jpt reextract` asks it later."
            )

    def _stop(self, sentence: str) -> str:
        if not self.usage.stopped:
            self.usage.stopped = sentence
            self.say(sentence)
        return self.usage.stopped

    async def _db(self, act: Callable[..., Any], *args: Any) -> Any:
        return await anyio.to_thread.run_sync(act, *args, limiter=self.limiter)
