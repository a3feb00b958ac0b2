"""List pages written for these tests, with their labels, and the scores of what was read of them.

A file holds pages, each below a line `=== name address`. In the markup `<a j …>` is a job, `<a m …>` counts
neither way (talent pools and the like), every other link is none; the marks are taken out before a page is read.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urljoin

from jpt.identity.urls import canonical
from jpt.models.pages import Link

HERE = Path(__file__).parent
_HEAD = re.compile(r"^=== (\S+) (\S+)\n", re.MULTILINE)
_MARK = re.compile(r'<a ((?:class="[\w ]+" )?)([jm]) href="([^"]+)"')


@dataclass(frozen=True, slots=True)
class ListPage:
    """One page with the addresses that are jobs, and those that may be called so or not."""

    name: str
    url: str
    html: str
    jobs: frozenset[str]
    either: frozenset[str]

    @property
    def body(self) -> bytes:
        return f"<!doctype html><meta charset=utf-8><title>{self.name}</title><body>{self.html}".encode()


def list_pages() -> list[ListPage]:
    """Give all labelled list pages of this folder."""
    return [page for file in sorted((HERE / "lists").glob("*.txt")) for page in _pages(file.read_text("utf-8"))]


def _pages(text: str) -> Iterable[ListPage]:
    _, *parts = _HEAD.split(text)
    for name, url, html in zip(parts[::3], parts[1::3], parts[2::3], strict=True):
        marked = [(mark, key(urljoin(url, address))) for _, mark, address in _MARK.findall(html)]
        yield ListPage(
            name,
            url,
            _MARK.sub(r'<a \1href="\3"', html),
            frozenset(address for mark, address in marked if mark == "j"),
            frozenset(address for mark, address in marked if mark == "m"),
        )


def key(url: str) -> str:
    return canonical(url) or url


@dataclass(frozen=True, slots=True)
class Score:
    """How well the jobs of many pages were told from the other links."""

    precision: float
    recall: float
    macro_precision: float
    macro_recall: float
    false_on_bare_pages: float
    """False jobs a page, over the pages that have none."""
    misses: tuple[str, ...]

    def __str__(self) -> str:
        return (
            f"micro P {self.precision:.3f} R {self.recall:.3f}, macro P {self.macro_precision:.3f} "
            f"R {self.macro_recall:.3f}, {self.false_on_bare_pages:.2f} false links a page without jobs"
        )


def score(pages: Sequence[ListPage], read: Mapping[str, Sequence[Link]]) -> Score:
    """Compare the *read* links of each page, by its name, with its labels."""
    right = wrong = missed = 0
    precisions, recalls, bare, misses = [], [], [], []
    for page in pages:
        got = {
            key(link.url)
            for link in read.get(page.name, ())
            if link.is_job or (link.is_job is None and link.score >= 0.5)
        } - page.either
        hits, false, lost = got & page.jobs, got - page.jobs, page.jobs - got
        right, wrong, missed = right + len(hits), wrong + len(false), missed + len(lost)
        if page.jobs:
            precisions.append(len(hits) / max(len(got), 1))
            recalls.append(len(hits) / len(page.jobs))
        else:
            bare.append(len(false))
        misses += [f"{page.name}: {url} is no job" for url in sorted(false)]
        misses += [f"{page.name}: {url} is a job" for url in sorted(lost)]
    return Score(
        right / max(right + wrong, 1),
        right / max(right + missed, 1),
        _mean(precisions),
        _mean(recalls),
        _mean(bare, 0.0),
        tuple(misses),
    )


def _mean(values: Sequence[float], none: float = 1.0) -> float:
    return sum(values) / len(values) if values else none
