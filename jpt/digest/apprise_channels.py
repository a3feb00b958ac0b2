"""Channels other than mail: Slack, Telegram, ntfy and many more, spoken to by Apprise. Imported only when used."""

from __future__ import annotations

import hashlib
import json
import re
import subprocess
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from jpt.digest import apprise_sender, short_message
from jpt.digest.apprise_sender import plugin
from jpt.digest.custom_templates import OURS, CustomTemplates
from jpt.digest.extras import DigestExtras
from jpt.digest.submission import Call, Dot, Submission, hand_over
from jpt.errors import SettingError
from jpt.models.digests import Digest, DigestEntry, Frozen, HealthReport, Recipient, frozen
from jpt.settings.children import environment
from jpt.settings.limited_process import started
from jpt.text.clean import clean_line

MOST_MESSAGES = 5
"""Messages to one channel at a time; what is more follows with the next digest."""
MOST_ROWS = 20
"""Jobs in one message."""
_MOST_CHARS = 8_000
_MOST_TITLE = 120
_SEPARATOR = re.compile(r"[\s,]+(?=[A-Za-z][A-Za-z0-9+.-]{1,30}://)")


@dataclass(frozen=True, slots=True)
class AppriseUrl:
    """An Apprise URL, which is a secret."""

    url: str = field(repr=False)

    @property
    def name(self) -> str:
        """What the ledger calls the channel: a fingerprint of the address."""
        return "notify:" + hashlib.sha256(self.url.encode()).hexdigest()[:12]

    @property
    def label(self) -> str:
        """What people may see of it."""
        return self.url.partition("://")[0].lower()


def parse(text: str, source: str) -> tuple[AppriseUrl, ...]:
    """Read several URLs with white space or commas between; raises SettingError without showing one."""
    found = []
    for number, url in enumerate((part for part in _SEPARATOR.split(text.strip()) if part), 1):
        address = AppriseUrl(url.strip(" ,"))
        if "://" not in url or plugin(address.url) is None:
            raise SettingError(
                f"{source}, address {number} ({address.label}://…) is not one that Apprise understands."
                " Correct it, or remove it."
            )
        found.append(address)
    return tuple(dict.fromkeys(found))


def limits(address: AppriseUrl) -> tuple[int, int]:
    """Return how many characters the title and the body of one message may have at most."""
    made = plugin(address.url)
    if made is None:
        return _MOST_TITLE, _MOST_CHARS
    most = int(made.body_maxlen)
    if made.title_maxlen:
        return min(_MOST_TITLE, int(made.title_maxlen)), min(_MOST_CHARS, most)
    # Where a service knows no titles, Apprise puts the title above the body.
    title = min(_MOST_TITLE, most // 3)
    return title, min(_MOST_CHARS, most - title - 2)


def message(
    address: AppriseUrl,
    entries: Sequence[DigestEntry],
    health: HealthReport,
    extras: DigestExtras,
    now: datetime,
    *,
    words: CustomTemplates = OURS,
) -> Frozen:
    """Freeze a digest as one short message."""
    most_title, most = limits(address)
    subject, whole = short_message.message(entries, health, extras, now, words, lambda _: most)
    # Of several jobs fewer are taken; one that is too long by itself is cut.
    body = whole if len(entries) > 1 else short_message.cut(whole, most)
    content = json.dumps({"title": short_message.cut(subject, most_title), "body": body}, ensure_ascii=False)
    return frozen(
        content.encode(),
        entries,
        subject=subject,
        to=(f"{address.label}://…",),
        where=address.label,
        weight=len(body),
    )


def submit(address: AppriseUrl, digest: Digest, dot: Dot, call: Call) -> Submission:
    """Hand a message over: Apprise says yes or no, so all of it is the time in which nobody knows.

    What a service answers is read in a process of its own, with limits of time and memory.
    """
    if plugin(address.url) is None:
        return Submission("misconfigured", f"{address.label}:// is not an Apprise URL")
    parts = json.loads(digest.content)

    def send() -> Submission:
        answer = sent_apart({"url": address.url, **parts})
        if answer is None:
            return Submission("unknown", f"{address.label} did not finish its answer")
        if answer["taken"]:
            return Submission("accepted", "", tuple(Recipient(one, "ACCEPTED") for one in digest.pending))
        return Submission("later", f"{address.label} did not take it{_safe(str(answer['words']), address)}")

    return hand_over(call, dot, send)


def sent_apart(message: dict[str, str]) -> dict[str, Any] | None:
    """Have a process of its own send a message; None where nobody knows whether it did."""
    command, environ = started(apprise_sender.__name__, environment())
    try:
        done = subprocess.run(  # noqa: S603 (this very program)
            command,
            input=json.dumps(message).encode(),
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env=environ,
            start_new_session=True,  # a Ctrl-C is for jpt alone: the message keeps its time to be answered
            timeout=apprise_sender.SECONDS,
            check=False,
        )
        answer = json.loads(done.stdout)
    except (subprocess.TimeoutExpired, ValueError):
        return None
    except OSError as exc:  # it did not start
        return {"taken": False, "words": exc.strerror or str(exc)}
    return answer if isinstance(answer, dict) else None


def _safe(words: str, address: AppriseUrl) -> str:
    """Return Apprise's complaint without any part of the address but its host's."""
    _, _, rest = address.url.partition("://")
    for part in sorted(re.split(r"[/?&=@:#]+", rest), key=len, reverse=True):
        if len(part) >= 4:
            words = words.replace(part, "…")
    return f" ({clean_line(words, 160)})" if words else ""
