"""What is due: the jobs that fit, each once however often it is advertised. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from jpt.digest.rules import Kept, KeptOut, Profile, folded
from jpt.identity.requisition import names_a_post
from jpt.identity.urls import host_of, key_of
from jpt.models.digests import Choice, DigestEntry, News, Section

_LEGAL = re.compile(
    r"\b(?:inc|incorporated|ltd|limited|llc|gmbh|ag|se|sa|sas|bv|nv|ab|oy|plc|corp|corporation|co|company|group)\b"
)


@dataclass(frozen=True, slots=True)
class Sorted:
    """Jobs, sorted by a person's rules."""

    fitting: tuple[News, ...]
    kept_out: tuple[tuple[News, KeptOut], ...]


def sort(jobs: Iterable[News], profile: Profile, max_years: int) -> Sorted:
    """Sort *jobs* by the rules of *profile*, keeping their order."""
    fitting, kept_out = [], []
    for job in jobs:
        verdict = profile.verdict(job, max_years)
        if isinstance(verdict, Kept):
            fitting.append(replace(job, place_doubt=verdict.place_doubt) if verdict.place_doubt else job)
        else:
            kept_out.append((job, verdict))
    return Sorted(tuple(fitting), tuple(kept_out))


WEEK_MS = 7 * 86_400_000
_UNSTATED = 1
"""Where no years are stated a post is as fitting as one that asks for a year."""


def most_fitting_first(entries: Iterable[DigestEntry], profile: Profile, now_ms: int) -> tuple[DigestEntry, ...]:
    """Order what is due: fewer years first, then included places and words, then the latest find.

    What has waited for a week comes before all others: nobody is to wait for ever.
    """

    def rank(entry: DigestEntry) -> tuple[bool, int, int, bool, int, int]:
        job = entry.news
        least = job.experience.least
        years = _UNSTATED if least is None else least
        place, words = profile.preferred(job)
        waited = now_ms - job.found_ts_ms > WEEK_MS
        return not waited, _SECTIONS.index(job.section), years, not place, -words, -job.found_ts_ms

    return tuple(sorted(entries, key=rank))


_SECTIONS: tuple[Section, ...] = ("new", "visible", "unread")


def same_keys(job: News) -> tuple[str, ...]:
    """Return what makes other adverts the same job: one key in common is enough.

    The same address or the same end of it; the same number of a requisition and title at one employer; or the same
    text, title and place at one employer. In doubt two adverts stay two.
    """
    keys = ["url:" + key_of(job.url)]
    title, firm = folded(job.title), employer(job)
    if job.final_url:
        end = key_of(job.final_url)
        # Where many posts end (a list, a sign-in page) only those of one place may be one.
        keys.append(f"to:{end}:{title}" + ("" if names_a_post(end) else f":{folded(job.location)}"))
    if job.requisition and any(char.isdigit() for char in job.requisition):
        keys.append(f"req:{firm}:{folded(job.requisition)}:{title}:{folded(job.location)}")
    if job.text_mark:
        keys.append(f"text:{firm}:{title}:{folded(job.location)}:{job.experience.min_years}:{job.text_mark}")
    return tuple(keys)


def employer(job: News) -> str:
    """Return the employer, as far as it can be compared: the one that the post names, or the page's company."""
    name = re.sub(r"[^\w]+", " ", folded(job.employer or job.site))
    return " ".join(_LEGAL.sub(" ", name).split()) or host_of(job.url)


def choose(fitting: Sequence[News], reported: Mapping[str, tuple[str, str]]) -> tuple[Choice, dict[str, str]]:
    """Choose from *fitting*, oldest first, what is to be reported: each job once.

    *reported* gives the digest and the address that sameness keys were reported with before. Returns the choice
    and, for each sameness key in it, the address of the job that it belongs to.
    """
    adverts: dict[tuple[str, str], list[News]] = {}
    by_key: dict[str, list[News]] = {}
    repeats: list[tuple[News, str, str]] = []
    for job in fitting:
        keys = same_keys(job)
        if before := next((reported[key] for key in keys if key in reported), None):
            repeats.append((job, *before))
            continue
        same = next((by_key[key] for key in keys if key in by_key), None)
        if same is None:
            same = adverts[job.key] = []
        same.append(job)
        for key in keys:
            by_key.setdefault(key, same)
    entries = tuple(DigestEntry(first, tuple(copies)) for first, *copies in adverts.values())
    return Choice(entries, tuple(repeats)), {key: same[0].url for key, same in by_key.items()}
