"""Addresses for the jobs of a page's data: their own, or built by the pattern of links on the page. Pure."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from urllib.parse import quote, urljoin, urlsplit

from jpt.browser.visit.data_jobs import DataJob
from jpt.identity.urls import canonical, key_of
from jpt.models.pages import Anchor
from jpt.text.clean import clean_line


@dataclass(frozen=True, slots=True)
class Placed:
    """Jobs of the data that the page does not show, with their addresses."""

    anchors: tuple[Anchor, ...]
    sure: bool
    """The addresses follow the pattern of links on the page; if not, one of them should be tried."""


def placed(found: Iterable[DataJob], anchors: Iterable[Anchor], jobs: frozenset[str], base: str) -> Placed:
    """Make the links of those entries that are not among the page's *anchors*.

    *jobs* are the addresses of the links on the page that are jobs, *base* is what addresses are relative to.
    """
    shown = list(anchors)
    there = {key_of(anchor.url) for anchor in shown}
    found = list(found)
    linked = [anchor for anchor in shown if anchor.url in jobs]
    pattern = _pattern(found, linked)
    field_fits = any(_address(job, base) in there for job in found)
    sure = bool(pattern) or field_fits
    made: dict[str, Anchor] = {}
    for job in found:
        own = _address(job, base)
        by_pattern = _filled(pattern, job) if pattern else ""
        url = own if own and (field_fits or not by_pattern) else by_pattern
        key = key_of(url)
        # Without proof that the data's addresses are those of the page's links, the same title is the same job.
        if url and key not in there and key not in made and (sure or not _is_shown(job, linked)):
            made[key] = anchor_of(job, url)
    return Placed(tuple(made.values()), sure)


def guesses(job: DataJob, base: str) -> list[str]:
    """Give common addresses that *job* may have, to be tried."""
    parts = urlsplit(base)
    root, here = f"{parts.scheme}://{parts.netloc}", parts.path.rstrip("/")
    folders = dict.fromkeys(
        [
            here,
            here.rpartition("/")[0] + "/jobs",
            "/jobs",
            "/job",
            "/careers",
            "/positions",
            here.rpartition("/")[0] + "/job",
        ]
    )
    words = slug(job.title)
    names = dict.fromkeys([*job.tokens.values(), *(f"{value}-{words}" for value in job.tokens.values()), words])
    return [f"{root}{folder}/{quote(name)}" for name in list(names)[:5] for folder in folders][:30]


def anchor_of(job: DataJob, url: str) -> Anchor:
    """Give the link of *job* at *url*."""
    return Anchor(
        url=url,
        text=job.title,
        heading=job.title,
        context=clean_line(f"{job.title} {job.place}", 300),
        region="main",
        shape="data<jobs",
        group="data jobs",
    )


def slug(words: str) -> str:
    """Write *words* as addresses have them."""
    plain = unicodedata.normalize("NFKD", words).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9]+", "-", plain).strip("-")


# ---- from entries to addresses


def _address(job: DataJob, base: str) -> str:
    for url in job.urls:
        full = urljoin(base, url)
        if found := canonical(full):
            return found if full.startswith("http") else ""
    return ""


def _pattern(found: list[DataJob], linked: list[Anchor]) -> str:
    """Give the pattern that builds links of the page from the data: `/jobs/{id}-{*slug}`; empty without one."""
    by_title: dict[str, list[Anchor]] = {}
    for anchor in linked:
        for words in {anchor.text.casefold(), anchor.heading.casefold()}:
            by_title.setdefault(words, []).append(anchor)
    counts: Counter[str] = Counter()
    for job in found[:500]:
        title = job.title.casefold()
        same = by_title.get(title) or [
            anchor for anchor in linked[:200] if len(title) > 5 and title in anchor.text.casefold()
        ]
        for url in {anchor.url for anchor in same[:5]}:
            if pattern := _abstracted(url, job):
                counts[pattern] += 1
    return counts.most_common(1)[0][0] if counts else ""


def _abstracted(url: str, job: DataJob) -> str:
    """Replace the values of the job in *url* by their names; empty if it has none of them."""
    parts = urlsplit(url)
    head = f"{parts.scheme}://{parts.netloc}"
    rest = url[len(head) :].replace("{", "%7B").replace("}", "%7D")
    named = [*job.tokens.items(), ("*slug", slug(job.title))]
    done = False
    for name, value in sorted(named, key=lambda each: -len(each[1])):
        if not value:
            continue
        written, count = re.subn(
            rf"(?<![A-Za-z0-9{{]){re.escape(value)}(?![A-Za-z0-9}}])", f"{{{name}}}", rest, count=1
        )
        if count:
            rest, done = written, True
    return head + rest if done else ""


def _filled(pattern: str, job: DataJob) -> str:
    values = {**job.tokens, "*slug": slug(job.title)}
    names = re.findall(r"\{([^{}]+)\}", pattern)
    if any(not values.get(name) for name in names):
        return ""
    return re.sub(r"\{([^{}]+)\}", lambda match: values[match.group(1)], pattern)


def _is_shown(job: DataJob, linked: list[Anchor]) -> bool:
    """Tell whether the page has a link of this title."""
    title = job.title.casefold()
    return any(title in {anchor.text.casefold(), anchor.heading.casefold()} for anchor in linked)
