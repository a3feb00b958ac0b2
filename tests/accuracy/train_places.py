"""Learn how likely a place that a post names is one of the job's: `jpt/extract/post/place_classifier.json`.

    python -m tests.accuracy.train_places FOLDER… [--dry-run]

Each FOLDER holds posts.jsonl or corpus.jsonl.gz ({"id", "title", "text"}); the labels are `places.jsonl` beside this
script. The table printed is measured leaving whole exams out: each post is judged by weights that saw nothing of its
exam, and without the rules. Needs the group `train` of pyproject.toml.
"""

from __future__ import annotations

import json
import sys
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from sklearn.ensemble import GradientBoostingClassifier
from sklearn.linear_model import LogisticRegression

from jpt.extract.post.homeland import home_in
from jpt.extract.post.place_classifier import candidates
from jpt.extract.post.places import narrowest
from jpt.extract.post.plain import plain
from jpt.models.places import JobPlace
from tests.accuracy.score_places import is_same, labelled_posts

FILE = Path(__file__).parents[2] / "jpt/extract/post/place_classifier.json"
LEAST = 6
"""Candidates that a sign must have to be one."""
STRENGTH = 0.2
TREES, DEPTH, RATE, SHARE, SOME, SEED = 60, 3, 0.2, 0.7, 40, 0
THRESHOLDS = (0.3, 0.4, 0.5, 0.6, 0.7)
Chances = Callable[[np.ndarray], np.ndarray]


@dataclass(frozen=True)
class Case:
    """A candidate, the post that it is of, and whether it is right; None where it may count either way."""

    post: int
    exam: Any
    place: JobPlace
    signs: frozenset[str]
    right: bool | None


@dataclass(frozen=True)
class Wanted:
    """What the label of a post asks for."""

    exam: Any
    must: tuple[JobPlace, ...]
    may: tuple[JobPlace, ...]


def main(arguments: Sequence[str]) -> None:
    """Print what the opinion is worth on exams left out, and write its weights."""
    wanted, cases = read(Path(one) for one in arguments if not one.startswith("-"))
    counts = Counter(sign for case in cases for sign in case.signs)
    names = sorted(sign for sign, number in counts.items() if number >= LEAST)
    table = np.array([[name in case.signs for name in names] for case in cases], dtype=np.float32)
    right = np.array([-1 if case.right is None else int(case.right) for case in cases])
    report(wanted, cases, left_out(table, right, cases))
    if "--dry-run" not in arguments:
        FILE.write_text(json.dumps(exported(names, table, right), separators=(",", ":")) + "\n", encoding="utf-8")


def read(folders: Iterable[Path]) -> tuple[list[Wanted], list[Case]]:
    """Give the labels of all posts that are at hand, and every place that these name."""
    wanted: list[Wanted] = []
    cases: list[Case] = []
    for post, label in labelled_posts(folders):
        must, may = (_places(label[name]) for name in ("places", "may"))
        text = plain(post["text"])
        cases += [
            Case(len(wanted), label["exam"], one.place, one.signs, _is_right(one.place, must, may))
            for one in candidates(text, post.get("title") or "", home_in(text))
        ]
        wanted.append(Wanted(label["exam"], must, may))
    return wanted, cases


def _places(rows: Iterable[Sequence[Any]]) -> tuple[JobPlace, ...]:
    """Give the places themselves: whether they are remote is not asked here."""
    return tuple(JobPlace(*row[:3]) for row in rows if any(row[:3]))


def _is_right(place: JobPlace, must: Iterable[JobPlace], may: Iterable[JobPlace]) -> bool | None:
    bare = JobPlace(place.city, place.region, place.country)
    if any(is_same(bare, one) for one in must):
        return True
    return None if any(is_same(bare, one) for one in may) else False


def fitted(table: np.ndarray, right: np.ndarray) -> tuple[LogisticRegression, GradientBoostingClassifier]:
    """Learn both halves: a logistic regression, and boosted trees."""
    known = right >= 0
    line = LogisticRegression(C=STRENGTH, max_iter=3000).fit(table[known], right[known])
    trees = GradientBoostingClassifier(
        n_estimators=TREES,
        max_depth=DEPTH,
        learning_rate=RATE,
        subsample=SHARE,
        max_features=SOME,
        random_state=SEED,
    ).fit(table[known], right[known])
    return line, trees


def left_out(table: np.ndarray, right: np.ndarray, cases: Sequence[Case]) -> np.ndarray:
    """Give each case the chance that weights which saw nothing of its exam give it."""
    exams = np.array([str(case.exam) for case in cases])
    chances = np.zeros(len(cases))
    for exam in set(exams):
        here = exams == exam
        models = fitted(table[~here], right[~here])
        chances[here] = np.mean([model.predict_proba(table[here])[:, 1] for model in models], axis=0)
    return chances


def report(wanted: Sequence[Wanted], cases: Sequence[Case], chances: np.ndarray) -> None:
    """Print precision and recall over all exams for several thresholds, and of each exam for the middle one."""
    reachable = {(case.post, case.place) for case in cases if case.right}
    print(f"{len(wanted)} posts, {len(cases)} places named, {len(reachable)} of them right")
    for least in THRESHOLDS:
        print(least, "all", _shares(_count(wanted, cases, chances, least, None)))
    for exam in sorted({one.exam for one in wanted}, key=str):
        print("exam", exam, _shares(_count(wanted, cases, chances, 0.5, exam)))


def _count(
    wanted: Sequence[Wanted], cases: Sequence[Case], chances: np.ndarray, least: float, exam: Any
) -> Counter[str]:
    found: dict[int, list[JobPlace]] = defaultdict(list)
    for case, chance in zip(cases, chances, strict=True):
        if chance >= least:
            found[case.post].append(case.place)
    count: Counter[str] = Counter()
    for number, one in enumerate(wanted):
        if exam is not None and one.exam != exam:
            continue
        must = list(one.must)
        for place in narrowest(found[number]):
            bare = JobPlace(place.city, place.region, place.country)
            if hit := next((each for each in must if is_same(bare, each)), None):
                must.remove(hit)
                count["="] += 1
            elif not any(is_same(bare, each) for each in one.may):
                count["+"] += 1
        count["-"] += len(must)
    return count


def _shares(count: Counter[str]) -> str:
    right, more, less = (count[mark] for mark in "=+-")
    return f"{right / max(1, right + more):.3f}/{right / max(1, right + less):.3f} {right} right {more} wrong {less} missing"


def exported(names: Sequence[str], table: np.ndarray, right: np.ndarray) -> dict[str, Any]:
    """Give both halves as numbers."""
    line, trees = fitted(table, right)
    prior = trees.init_.class_prior_[1]
    return {
        "signs": names,
        "weights": [round(float(one), 3) for one in line.coef_[0]],
        "bias": round(float(line.intercept_[0]), 3),
        "start": round(float(np.log(prior / (1 - prior))), 3),
        "trees": [_nodes(each[0].tree_, 0) for each in trees.estimators_],
    }


def _nodes(tree: Any, at: int) -> list[Any]:
    """Give a node as [its sign, without it, with it], a leaf as [what it adds]."""
    if tree.children_left[at] < 0:
        return [round(float(tree.value[at][0][0]) * RATE, 3)]
    return [int(tree.feature[at]), _nodes(tree, tree.children_left[at]), _nodes(tree, tree.children_right[at])]


if __name__ == "__main__":
    main(sys.argv[1:])
