"""A Dockerfile as values. Pure. What it does not know is an error, not something to pass by."""

from __future__ import annotations

import json
import re
import shlex
from dataclasses import dataclass, field


@dataclass(frozen=True)
class Step:
    """One instruction."""

    word: str
    rest: str

    @property
    def words(self) -> list[str]:
        """What it is made of: a JSON array, or words as a shell has them."""
        if self.rest.startswith("["):
            return [str(word) for word in json.loads(self.rest)]
        return shlex.split(self.rest)


@dataclass
class Stage:
    """One stage, from its FROM on."""

    base: str
    name: str
    steps: list[Step] = field(default_factory=list)


KNOWN = {"RUN", "COPY", "ENV", "WORKDIR", "USER", "VOLUME", "STOPSIGNAL", "HEALTHCHECK", "ENTRYPOINT", "CMD"}


def stages(text: str) -> list[Stage]:
    """Give the stages of a Dockerfile."""
    found: list[Stage] = []
    for line in _lines(text):
        word, _, rest = line.partition(" ")
        if word == "FROM":
            base, _, name = rest.partition(" AS ")
            found.append(Stage(base.strip(), name.strip()))
        elif word in KNOWN and found:
            found[-1].steps.append(Step(word, rest.strip()))
        else:
            raise ValueError(f"{line!r} is not understood here")
    return found


def suite(base: str) -> str:
    """Give the Debian suite of an image such as `debian:trixie-slim`."""
    found = re.fullmatch(r"debian:(\w+)-slim", base)
    if not found:
        raise ValueError(f"{base} is no Debian that can be debootstrapped")
    return found[1]


def _lines(text: str) -> list[str]:
    joined = re.sub(r"\\\n\s*", " ", re.sub(r"(?m)^\s*#.*\n", "", text))
    return [line.strip() for line in joined.splitlines() if line.strip()]
