"""The process that hands one message to Apprise: JSON on stdin, JSON on stdout; it limits itself before it begins.

    python -m jpt.digest.apprise_sender <<< '{"url": "ntfy://topic", "title": "2 new jobs", "body": "…"}'

It answers {"taken", "words"}. A service answers with whatever it likes, and Apprise reads all of it: a body
without an end would hold up every other channel, or fill the memory.
"""

from __future__ import annotations

import json
import logging
import sys
from typing import TYPE_CHECKING, Any, Self

from jpt.settings.limited_process import limit

if TYPE_CHECKING:
    from apprise import NotifyBase

SECONDS = 60
"""Longest time for one message, the start of the process included."""


def plugin(url: str) -> NotifyBase | None:
    """Return what Apprise speaks to *url* with; None where it understands none of it."""
    from apprise import Apprise, NotifyBase

    # Its log speaks of faults in addresses, and shows them.
    logging.getLogger("apprise").propagate = False
    made = Apprise.instantiate(url, suppress_exceptions=True)
    return made if isinstance(made, NotifyBase) else None


def main() -> None:
    """Send the message on stdin."""
    limit(SECONDS)
    given = json.load(sys.stdin)
    json.dump(answer(given["url"], given["title"], given["body"]), sys.stdout)


def answer(url: str, title: str, body: str) -> dict[str, Any]:
    """Hand a message to Apprise; returns whether it was "taken", and the first complaint as "words"."""
    made = plugin(url)
    if made is None:
        return {"taken": False, "words": "it is not an Apprise URL"}
    try:
        with _Heard() as heard:
            taken = made.notify(body=body, title=title)
    except (TypeError, OSError) as exc:
        return {"taken": False, "words": str(exc)}
    return {"taken": bool(taken), "words": heard.words}


class _Heard(logging.Handler):
    """The first complaint that Apprise logs while it sends."""

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.words = ""

    def __enter__(self) -> Self:
        logging.getLogger("apprise").addHandler(self)
        return self

    def __exit__(self, *_: object) -> None:
        logging.getLogger("apprise").removeHandler(self)

    def emit(self, record: logging.LogRecord) -> None:
        self.words = self.words or record.getMessage()


if __name__ == "__main__":
    main()
