"""What must stand in no log and on no screen: secret settings by value, passwords and tokens in addresses."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from typing import Any
from urllib.parse import quote, unquote

from jpt.text.late import late

HIDDEN = "[hidden]"
SHORTEST = 4
"""What is shorter is no secret, and taking it out would garble every line."""
SHORTEST_PART = 8
"""A part of an address that long may be a token. What is shorter is hidden as a whole word only."""

_PASSWORD = late(r"(?<=://)([^\s/@:]*):([^\s/@]+)@")
_QUERY = late(
    r"(?i)([?&;](?:access_?token|token|api_?key|secret|password|passwd|pwd|auth|signature|sig)=)[^&#\s\"'<>)]+"
)
_BETWEEN = late(r"\w[\w+.-]*://|[/@?&=,;\s]+")
_HOST = late(r"[\w-]+(?:\.[\w-]+)+(?::\d+)?|[a-z][a-z-]*:\d{2,5}")


def without_password(url: str) -> str:
    """Return an address without the name and the password that stand before its host."""
    return _PASSWORD.sub(f"{HIDDEN}@", url)


class Hiding:
    """Takes secrets out of texts. It never forgets one: old passwords stand in late answers."""

    def __init__(self, secrets: Iterable[str] = ()) -> None:
        self._forms: tuple[str, ...] = ()
        self._words: tuple[re.Pattern[str], ...] = ()
        self.learn(secrets)

    def learn(self, secrets: Iterable[str]) -> None:
        """Hide these from now on as well."""
        forms = set(self._forms)
        for secret in secrets:
            for part in _parts(secret):
                # Answers of servers quote in JSON or in an address what they were given.
                forms |= {part, json.dumps(part)[1:-1], quote(part, safe=""), quote(part)}
        # The longer ones first: one may be part of another.
        self._forms = tuple(sorted(forms, key=lambda form: (-len(form), form)))
        self._words = tuple(
            re.compile(rf"(?<!\w){re.escape(form)}(?!\w)") for form in self._forms if len(form) < SHORTEST_PART
        )

    def __call__(self, text: str) -> str:
        """Return *text* without secrets."""
        for form in self._forms:
            if len(form) >= SHORTEST_PART:
                text = text.replace(form, HIDDEN)
        for word in self._words:
            text = word.sub(HIDDEN, text)
        return _QUERY.sub(rf"\1{HIDDEN}", _PASSWORD.sub(f"{HIDDEN}@", text))

    def within(self, value: Any) -> Any:
        """Return a value as JSON has them, without secrets in its texts."""
        match value:
            case str():
                return self(value)
            case dict():
                return {key: self.within(one) for key, one in value.items()}
            case list() | tuple():
                return [self.within(one) for one in value]
            case _:
                return value


def _parts(secret: str) -> set[str]:
    """Return what is to be hidden of a value: itself, and where it is made of addresses, the tokens in them."""
    secret = secret.strip()
    parts = {secret}
    if "://" in secret:
        parts |= {unquote(password) for _, password in _PASSWORD.findall(secret)}
        pieces = (piece for piece in _BETWEEN.split(secret) if len(piece) >= SHORTEST_PART)
        parts |= {piece for piece in pieces if not _HOST.fullmatch(piece)}
    return {part for part in parts if len(part) >= SHORTEST}
