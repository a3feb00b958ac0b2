"""Codes that do something with a job: signed, for one job and one action, good for some weeks. Pure.

Whoever has the link of a mail may do this one thing once; opening it does nothing but show a page with a button.
The buttons of a message carry such codes as well, signed with a key of their own.
"""

from __future__ import annotations

import hashlib
import hmac
import struct
from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Literal, get_args

from jpt.models.digests import News

Action = Literal["hide", "applied", "years", "interested", "unhide", "unapplied", "uninterested"]
ACTIONS: tuple[Action, ...] = ("hide", "applied", "years")
"""What a link of a mail may do."""
_NUMBERED: tuple[Action, ...] = get_args(Action)
"""A code names its action by the place in this list: it only grows."""
WORDS: dict[Action, str] = {"hide": "hide", "applied": "applied", "years": "wrong years"}
GOOD_FOR_S = 60 * 86_400
_HEAD = struct.Struct(">8sIB")
"""Which job, when (seconds since the epoch), which action."""
_MAC_BYTES = 10
"""80 bits: nobody guesses that by asking."""
_CODE_CHARS = 31


@dataclass(frozen=True, slots=True)
class SignedAction:
    """What a code asks for."""

    job: bytes
    """As `mark_of` gives it."""
    action: Action
    code: str
    """The link's own name: each is used once."""


@dataclass(frozen=True, slots=True)
class Signer:
    """Makes the links of one database's mails."""

    base: str
    """Where `jpt web` is reached."""
    key: bytes

    @classmethod
    def of(cls, base: str, token: str) -> Signer:
        """Make it from the token of `jpt web`, which no link gives away."""
        return cls(base, hashlib.sha256(b"acts:" + token.encode()).digest())

    @classmethod
    def of_bot(cls, token: str) -> Signer:
        """Make one for a bot's buttons: no page takes their codes, and no other bot's buttons count."""
        return cls("", hashlib.sha256(b"buttons:" + token.encode()).digest())

    def links(self, job: News, now: datetime) -> Iterator[tuple[str, str]]:
        """Return the words and the address of each action."""
        for action in ACTIONS:
            yield WORDS[action], f"{self.base}/act/{self.code(mark_of(job), action, int(now.timestamp()))}"

    def code(self, job: bytes, action: Action, now_s: int) -> str:
        """Sign one *action* for a job, which is named as `mark_of` does."""
        head = _HEAD.pack(job, now_s, _NUMBERED.index(action))
        return _spelled(head + self._mac(head))

    def read(self, code: str, now_s: float) -> SignedAction | None:
        """Read the end of a link; None where it is not ours, or too old."""
        if len(code) != _CODE_CHARS or not code.isascii():
            return None
        try:
            raw = urlsafe_b64decode(code + "=" * (-len(code) % 4))
        except ValueError:
            return None
        head, mac = raw[: _HEAD.size], raw[_HEAD.size :]
        if len(head) != _HEAD.size or not hmac.compare_digest(mac, self._mac(head)):
            return None
        if _spelled(raw) != code:
            return None  # the last letter has bits to spare: one link must not have four names
        job, made_s, number = _HEAD.unpack(head)
        is_fresh = -86_400 < now_s - made_s < GOOD_FOR_S
        return SignedAction(job, _NUMBERED[number], code) if is_fresh and number < len(_NUMBERED) else None

    def _mac(self, head: bytes) -> bytes:
        return hmac.digest(self.key, head, "sha256")[:_MAC_BYTES]


def _spelled(raw: bytes) -> str:
    return urlsafe_b64encode(raw).decode().rstrip("=")


def mark_of(job: News) -> bytes:
    """Return a short name of a stored job that does not tell what it is."""
    return name_of(*job.key)


def name_of(site: str, url: str) -> bytes:
    """Return the same short name for the job at *url* of *site*."""
    return hashlib.sha256(f"{site}\n{url}".encode("utf-8", "replace")).digest()[:8]
