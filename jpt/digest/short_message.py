"""A digest in few words, for messages that are not mail. Pure."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime

from jpt.digest.compose import Letter, letter, one_row
from jpt.digest.custom_templates import CustomTemplates
from jpt.digest.extras import DigestExtras
from jpt.digest.several import together
from jpt.models.digests import DigestEntry, HealthReport

_MOST_HEALTH_LINES = 5
_MOST_CHANGES = 5
_LEAST_WORDS = 40
_ADDRESS_LEFT_OUT = " (long address: jpt jobs)"


_NUMBER = "10. "


def message(
    entries: Sequence[DigestEntry],
    health: HealthReport,
    extras: DigestExtras,
    now: datetime,
    words: CustomTemplates,
    most: Callable[[str], int],
    *,
    numbered: bool = False,
) -> tuple[str, str]:
    """Return the subject and the body of a message; *most* says how long a job may be below a subject.

    With *numbered* each of several jobs has a number.
    """
    said, groups = letter(entries, health, extras, now), together(entries)
    subject = words.subject_of(said, entries, now)
    room = most(subject) - (len(_NUMBER) if numbered else 0)
    parts = [one(adverts, now, room) for adverts in groups]
    if numbered and len(parts) > 1:
        parts = [f"{number}. {part}" for number, part in enumerate(parts, 1)]
    return subject, words.message_of(said, entries, now) or "\n\n".join(parts + others(said, extras))


def others(said: Letter, extras: DigestExtras) -> list[str]:
    """Return what is said beside the jobs."""
    parts = [f"{line.name} {line.text}" for line in said.reminders[:_MOST_CHANGES]]
    parts += [f"{line.name} {line.text}" for line in said.changes[:_MOST_CHANGES]]
    parts += [f"! {line.name} {line.text}" for line in said.health[:_MOST_HEALTH_LINES]]
    return [*parts, said.footer[0]] if extras.carried_over else parts


def one(adverts: Sequence[DigestEntry], now: datetime, most: int) -> str:
    """Return one job in at most *most* characters: its words are cut; its address stays or goes as a whole."""
    shown = one_row(adverts, now)
    doubt = " (please check)" if shown.doubt else ""
    words = f"{shown.title} · {adverts[0].news.company}\n{shown.said}{doubt} · {shown.meta}"
    if shown.places:
        places = "\n".join(f"{place}: {address}".rstrip(": ") for place, address in shown.places)
        return cut(f"{cut(words, max(most - len(places) - 1, _LEAST_WORDS))}\n{places}", most)
    if not shown.url:
        return cut(words, most)
    if len(shown.url) + _LEAST_WORDS > most:
        return cut(words, most - len(_ADDRESS_LEFT_OUT)) + _ADDRESS_LEFT_OUT
    return f"{cut(words, most - len(shown.url) - 1)}\n{shown.url}"


def cut(text: str, most: int) -> str:
    """Return *text* in at most *most* characters, with a mark where some are missing."""
    return text if len(text) <= most else f"{text[: max(most - 1, 0)].rstrip()}…"
