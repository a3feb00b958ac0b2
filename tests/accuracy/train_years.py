"""Learn the weights of the second opinion, say what they are worth, and write them: `jpt/extract/experience/years_classifier.json`.

    python -m tests.accuracy.train_years FOLDER [--dry-run]

FOLDER holds posts.jsonl ({"id", "text"}), labels.jsonl ({"id", "min_years", "stated", "accept"}), sources.jsonl
({"id", "source"}) and, if there is one, corpus.jsonl.gz: posts without labels ({"id", "text", "source"}). Further files
labels-*.jsonl label posts of the corpus. Needs the group `train` of pyproject.toml.

What is learned is the likelihood that the lowest statement that counts is the labelled one, first of the labels, then
also of raw posts on which the first opinion and the rules agree. The table printed is measured leaving whole sources
out: each post is judged by weights that saw nothing of its source.
"""

from __future__ import annotations

import gzip
import json
import random
import sys
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from zlib import crc32

import numpy as np

from jpt.extract.experience.decide import by_rules, judge
from jpt.extract.experience.wording import wording
from jpt.extract.experience.years_classifier import (
    BUCKETS,
    MOST,
    Named,
    StatedYears,
    every_pattern,
    features,
    fingerprint,
)
from jpt.models.jobs import Experience
from tests.accuracy import score_unseen

FILE = Path(__file__).parents[2] / "jpt/extract/experience/years_classifier.json"
SURE = 0.86
AGREED = 0.7
RAW_WEIGHT = 0.1
MOST_RAW = 2500
TELLS = 0.35
"""Weight from which on a pattern is looked for: most of the time goes into looking."""
SMALL = 30
"""Sources with fewer labelled posts are left out together."""
DECAY = 3e-4
STEPS = 150
SCALE = 1000
OWN = "shipped"
"""The posts beside this script: many traps in few words."""
NEVER = 1e9
"""Years of a statement that is not there."""


@dataclass(frozen=True)
class Case:
    """A post, what the rules read in it, and what would be right."""

    id: str
    source: str
    years: tuple[int, ...]
    hashed: tuple[tuple[int, ...], ...]
    """Of each statement, the weights that its features fall on."""
    read: Experience
    accept: frozenset[int] = frozenset()
    """Years that are right if they are stated."""
    none: bool = False
    """Whether it is right that none are."""
    labelled: bool = False

    @property
    def right(self) -> bool:
        return self.read.min_years in self.accept or (self.none and self.read.min_years == 0)

    @property
    def reachable(self) -> bool:
        return bool(self.years) and (self.none or any(years in self.accept for years in self.years))


@dataclass
class Table:
    """Many posts as matrices, a row a post, a column a statement."""

    cases: Sequence[Case]
    years: Any = field(init=False)
    there: Any = field(init=False)
    accepted: Any = field(init=False)
    none: Any = field(init=False)
    hashed: Any = field(init=False)
    starts: Any = field(init=False)
    rows: Any = field(init=False)

    def __post_init__(self) -> None:
        size = (len(self.cases), MOST)
        self.years, self.there, self.accepted = np.full(size, NEVER), np.zeros(size), np.zeros(size)
        self.none = np.array([case.none for case in self.cases], float)
        hashed: list[int] = []
        starts, rows = [0], []
        for row, case in enumerate(self.cases):
            for column, (years, weights) in enumerate(zip(case.years, case.hashed, strict=True)):
                self.years[row, column], self.there[row, column] = years, 1
                self.accepted[row, column] = years in case.accept and years not in case.years[:column]
                hashed += weights
                starts.append(len(hashed))
                rows.append((row, column))
        self.hashed, self.starts, self.rows = np.array(hashed, int), np.array(starts), np.array(rows)

    def likelihoods(self, weights: Any) -> Any:
        sums = np.add.reduceat(weights[self.hashed], self.starts[:-1]) + weights[BUCKETS]
        found = np.zeros(self.years.shape)
        found[self.rows[:, 0], self.rows[:, 1]] = 1 / (1 + np.exp(-sums))
        return found

    def slope(self, weights: Any) -> Any:
        """Give the derivative of the sum of log likelihoods by the weights."""
        likely = self.likelihoods(weights)
        log = np.log1p(-np.minimum(likely, 1 - 1e-9)) * self.there
        below = (self.years[:, None, :] < self.years[:, :, None]) * self.there[:, None, :]
        level = (self.years[:, None, :] == self.years[:, :, None]) * self.there[:, None, :]
        none_below, none_at = np.exp((below * log[:, None, :]).sum(2)), np.exp((level * log[:, None, :]).sum(2))
        lowest = self.accepted * none_below * (1 - none_at)
        silent = np.exp(log.sum(1)) * self.none
        right = np.maximum(lowest.sum(1) + silent, 1e-6)
        by_log = (
            np.einsum("nr,nrj->nj", lowest, below)
            - np.einsum("nr,nrj->nj", self.accepted * none_below * none_at, level)
            + silent[:, None]
        )
        by_sum = (-likely * by_log / right[:, None])[self.rows[:, 0], self.rows[:, 1]]
        found = np.bincount(self.hashed, np.repeat(by_sum, np.diff(self.starts)), BUCKETS)
        return np.append(found, by_sum.sum())


def learned(tables: Sequence[tuple[Table, float]], weights: Any = None) -> Any:
    """Climb to the weights that make the tables likeliest (Adam, with decay)."""
    weights = np.zeros(BUCKETS + 1) if weights is None else weights.copy()
    first, second = np.zeros_like(weights), np.zeros_like(weights)
    total = sum(len(table.cases) * weight for table, weight in tables)
    for step in range(1, STEPS + 1):
        slope = -sum(weight * table.slope(weights) for table, weight in tables) / total
        slope[:BUCKETS] += DECAY * weights[:BUCKETS]
        first, second = 0.9 * first + 0.1 * slope, 0.99 * second + 0.01 * slope * slope
        weights -= 0.05 * (first / (1 - 0.9**step)) / (np.sqrt(second / (1 - 0.99**step)) + 1e-8)
    return weights


def trained(labelled: Iterable[Case], raw: Iterable[Case]) -> Any:
    """Learn from the labels, then also from raw posts on which that opinion and the rules agree."""
    table = Table([case for case in labelled if case.reachable])
    weights = learned([(table, 1.0)])
    known = [case for case in raw if case.years]
    agreed = [case for case, sure in zip(known, probabilities(known, weights), strict=True) if sure > AGREED]
    if not agreed:
        return weights
    return learned([(table, 1.0), (Table(agreed[:MOST_RAW]), RAW_WEIGHT)], weights)


def probabilities(cases: Sequence[Case], weights: Any) -> list[float]:
    """Say of each post how likely the rules' answer is."""
    if not any(case.years for case in cases):
        return [1.0] * len(cases)
    table = Table(cases)
    log = np.log1p(-np.minimum(table.likelihoods(weights), 1 - 1e-9)) * table.there
    found = []
    for case, row, years in zip(cases, log, table.years, strict=True):
        if not case.read.stated:
            found.append(float(np.exp(row.sum())))
            continue
        below, level = row[years < case.read.min_years].sum(), row[years == case.read.min_years].sum()
        found.append(float(np.exp(below) * (1 - np.exp(level))))
    return found


def case(row: dict[str, Any], source: str, label: dict[str, Any] | None, patterns: Sequence[Named]) -> Case | None:
    """Read a post; None where it has too many statements."""
    words = wording(row["text"])
    judged = judge(words)
    if len(judged) > MOST:
        return None
    mentions = [StatedYears(one.clause, one.years) for one in judged]
    hashed = tuple(
        tuple(
            sorted(
                {crc32(one.encode()) % BUCKETS for one in features(words, mention, place, len(mentions), patterns)}
            )
        )
        for place, mention in enumerate(mentions)
    )
    read = by_rules(words, judged)
    accept, none = frozenset({read.min_years} if read.stated else ()), not read.stated
    if label is not None:
        accept = frozenset([label["min_years"], *label.get("accept", ())])
        none = not label.get("stated", True) or (0 in accept and len(accept) > 1)
        accept = accept if label.get("stated", True) else accept - {0}
    years = tuple(one.years for one in mentions)
    return Case(row["id"], source, years, hashed, read, accept, none, label is not None)


def load(folder: Path, patterns: Sequence[Named]) -> list[Case]:
    """Read all posts of *folder*, labelled or not."""
    sources = {row["id"]: row["source"] for row in _rows(folder / "sources.jsonl")}
    labels = {row["id"]: row for file in sorted(folder.glob("labels*.jsonl")) for row in _rows(file)}
    unseen = score_unseen.labels()
    posts = [(row, sources.get(row["id"], "")) for row in _rows(folder / "posts.jsonl")]
    if (folder / "corpus.jsonl.gz").exists():
        posts += [(row, row["source"]) for row in _rows(folder / "corpus.jsonl.gz")]
    found = [
        case(row, source, labels.get(row["id"]) or unseen.get(score_unseen.checksum(row["text"])), patterns)
        for row, source in posts
    ]
    found += [case(row, OWN, row, patterns) for row in _rows(Path(__file__).parent / "posts.jsonl")]
    return [one for one in found if one is not None]


def _rows(file: Path) -> list[dict[str, Any]]:
    text = gzip.decompress(file.read_bytes()).decode() if file.suffix == ".gz" else file.read_text("utf-8")
    return [json.loads(line) for line in text.split("\n") if line.strip()]


def leave_out(labelled: Sequence[Case], raw: Sequence[Case]) -> list[tuple[Case, float]]:
    """Judge each labelled post by weights that saw nothing of its source."""
    by_source: dict[str, list[Case]] = defaultdict(list)
    for one in labelled:
        by_source[one.source].append(one)
    folds = [cases for cases in by_source.values() if len(cases) >= SMALL]
    folds += (
        [small] if (small := [one for cases in by_source.values() if len(cases) < SMALL for one in cases]) else []
    )
    found: list[tuple[Case, float]] = []
    for fold in folds:
        out = {one.source for one in fold}
        weights = trained([c for c in labelled if c.source not in out], [c for c in raw if c.source not in out])
        found += zip(fold, probabilities(fold, weights), strict=True)
    return found


def report(judged: Sequence[tuple[Case, float]]) -> None:
    """Print how often an answer is right and how many are sure, by probability."""
    print(f"{len(judged)} posts, each by weights that saw nothing of its source; the rules are right in "
          f"{np.mean([one.right for one, _ in judged]):.4f}")  # fmt: skip
    for least in (0.5, 0.7, 0.8, 0.86, 0.9, 0.93, 0.96):
        sure = [one for one, likely in judged if likely >= least and not one.read.doubt]
        share, right = len(sure) / len(judged), np.mean([one.right for one in sure]) if sure else 1
        print(f"  likely >= {least:.2f} and no doubt: {share:.3f} of posts, right in {right:.4f}")
    doubted = [one for one, likely in judged if likely < 0.5]
    wrong = sum(not one.right for one in doubted)
    print(f"  likely < 0.50: {len(doubted)} posts, {wrong} of {sum(not one.right for one, _ in judged)} mistakes")


def telling(cases: Sequence[Case]) -> list[Named]:
    """Give the patterns whose hits weigh enough to be looked for in every post."""
    weights = trained([one for one in cases if one.labelled], [])
    prefixes = {"ends": ("p",), "follows": ("pm",), "stands": ("pm", "pa", "pb")}
    return [
        (name, pattern, way)
        for name, pattern, way in every_pattern()
        if max(abs(weights[crc32(f"{prefix}:{name}".encode()) % BUCKETS]) for prefix in prefixes[way]) >= TELLS
    ]


def main(arguments: Sequence[str]) -> None:
    patterns = telling(load(Path(arguments[0]), every_pattern()))
    print(f"{len(patterns)} of {len(every_pattern())} patterns tell something")
    cases = load(Path(arguments[0]), patterns)
    labelled, raw = [one for one in cases if one.labelled], [one for one in cases if not one.labelled]
    random.Random(1).shuffle(raw)
    judged = leave_out(labelled, raw)
    report([(one, likely) for one, likely in judged if one.source != OWN])
    for source in sorted({one.source for one, _ in judged}):
        of = [(one, likely) for one, likely in judged if one.source == source]
        sure = [one.right for one, likely in of if likely >= SURE and not one.read.doubt]
        print(f"  {source:50} {len(of):4} posts, sure {len(sure) / len(of):.2f}, wrong {len(sure) - sum(sure)}")
    if "--dry-run" not in arguments:
        weights = np.round(trained(labelled, raw) * SCALE).astype(int)
        names = [name for name, _, _ in patterns]
        row = {"fingerprint": fingerprint(names), "sure": SURE, "scale": SCALE, "patterns": names}
        row["bias"] = weights[BUCKETS] / SCALE
        FILE.write_text(json.dumps({**row, "buckets": weights[:BUCKETS].tolist()}) + "\n", encoding="utf-8")
        print(f"written: {FILE.name}, {FILE.stat().st_size} bytes")


if __name__ == "__main__":
    main(sys.argv[1:])
