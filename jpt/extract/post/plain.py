"""The text about a post's own job: without marks of the page's source and lists of other jobs. Pure."""

from __future__ import annotations

import re
from html import unescape

from jpt.text.late import late


def plain(text: str) -> str:
    """Return a text with its entities resolved, and the commas for which some tables write `_`."""
    if "_ " in text and ", " not in text:
        text = text.replace("_ ", ", ")
    return unescape(text) if _ENTITY.search(text) else text


_ENTITY = late(r"&(?:[a-z]{2,8}|#\d{2,5})\b")


def without_other_jobs(text: str, title: str) -> str:
    """Return a text without the lists of similar jobs in it: from their heading to the next long line or title."""
    low = text.lower()
    if not any(sign in low for sign in _SIGNS):
        return text
    kept: list[str] = []
    is_listed = False
    for line in text.split("\n"):
        bare = line.strip()
        if is_listed and bare:
            is_listed = len(bare) <= _LONGEST_ROW and bare != title and not _END.match(bare)
        if not is_listed and len(bare) <= _LONGEST_HEADING and _OTHER_JOBS.match(bare):
            is_listed = True
        if not is_listed:
            kept.append(line)
    return "\n".join(kept)


_LONGEST_ROW, _LONGEST_HEADING = 160, 60
_SIGNS = (
    "jobs", "people also", "you might", "you may", "vacatures", "stellen", "offres", "ofertas", "empleos",
    "openings", "offerte", "vagas", "jobb", "oferty", "positions", "roles", "kijk ook",
)  # fmt: skip
"""What every heading that `_OTHER_JOBS` finds has in it, quick to look for."""
_OTHER_JOBS = late(
    r"(?:(?:other |more )?(?:similar|related|other|recommended|suggested|latest|featured|nearby|more|similar open)"
    r" (?:open )?(?:jobs|job openings|openings|positions|roles|opportunities|vacancies)"
    r"|people also (?:viewed|searched)"
    r"|jobs (?:you (?:might|may)|for you|like this|near)|recommended for you"
    r"|(?:you )?(?:might|may) also (?:be|like)"
    r"|(?:ähnliche|weitere) (?:jobs|stellen)|offres similaires|autres offres|(?:empleos|ofertas) similares"
    r"|otras ofertas|offerte simili|altre offerte|vagas semelhantes|liknande jobb|lignende job|podobne oferty"
    r"|(?:vergelijkbare|andere|meer) vacatures|kijk ook eens naar)\b.{0,30}$",
    re.IGNORECASE,
)
_END = late(
    r"(?:(?:view|see|show|browse|load) (?:all|more)|alle (?:jobs|anzeigen)|voir tou|ver tod|bekijk alle)",
    re.IGNORECASE,
)
