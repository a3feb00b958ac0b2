"""Score places, kinds of work and pay on posts that stand outside the project, by labels that are kept here.

    python -m tests.accuracy.score_places FOLDER… [--wrong]

Each FOLDER holds posts.jsonl or corpus.jsonl.gz. `places.jsonl` holds labels by id and checksum of the text, in the order
in which they were first looked at (`exam`): what must be found (`places`), what may be (`may`), kinds of work that count
as right, pay as (min, max, currency, per). Where the Austrian posts (`k…`) are from is told in `score_unseen`.
"""

from __future__ import annotations

import hashlib
import sys
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

from jpt.extract.post import text_post
from jpt.models.places import JobPlace
from jpt.places.names import folded
from jpt.places.within import within
from tests.accuracy.score_unseen import rows

LABELS = Path(__file__).parent / "places.jsonl"


def main(folders: Sequence[Path], *, wrong: bool) -> None:
    """Print precision and recall of each exam and of all."""
    counts: dict[Any, Counter[str]] = {}
    for post, label in labelled_posts(folders):
        found = scored(post.get("title") or "", post["text"], label)
        for exam in (label["exam"], "all"):
            counts.setdefault(exam, Counter()).update(found)
        if wrong and any(name.endswith(("-", "+")) for name in found):
            print(post["id"], {name: number for name, number in found.items() if not name.endswith("=")})
    for exam in sorted(counts, key=str):
        print(exam, *(f"{fact} {_rates(counts[exam], fact)}" for fact in ("places", "work", "pay")))


def labelled_posts(folders: Iterable[Path]) -> Iterator[tuple[dict[str, Any], dict[str, Any]]]:
    """Give the labelled posts of some folders, each with its label."""
    labels = {row["id"]: row for row in rows(LABELS)}
    for folder in folders:
        for post in (*rows(folder / "posts.jsonl"), *rows(folder / "corpus.jsonl.gz")):
            label = labels.get(post["id"])
            if label is not None and hashlib.sha256(post["text"].encode()).hexdigest()[:16] == label["sha256"]:
                yield post, label


def scored(title: str, text: str, label: dict[str, Any]) -> Counter[str]:
    """Count what is right (=), too much (+) and missing (-) of each fact."""
    post = text_post(title, text)
    count: Counter[str] = Counter()
    must, may = ([JobPlace(*row) for row in label[name]] for name in ("places", "may"))
    for place in (one for one in post.places if one.is_shown):
        if hit := next((one for one in must if is_same(place, one)), None):
            must.remove(hit)
            count["places="] += 1
        elif not any(is_same(place, one) for one in may):
            count["places+"] += 1
    count["places-"] = len(must)
    pay = post.facts.get("pay")
    said = {"work": post.facts.get("work"), "pay": [*pay.values()] if pay else None}
    for fact, right in (("work", label["work"]), ("pay", label["pay"])):
        value, rights = said[fact], right or [None]
        if value is not None:
            count[f"{fact}{'=' if value in rights else '+'}"] += 1
        if value not in rights and None not in rights:
            count[f"{fact}-"] += 1
    return +count


def is_same(one: JobPlace, other: JobPlace) -> bool:
    """Whether two places are one: cities and regions by any of their names, in the same country."""
    if (one.remote, one.country) != (other.remote, other.country):
        return False
    if bool(one.city) != bool(other.city) or (not one.city and bool(one.region) != bool(other.region)):
        return False
    if one.city:
        return folded(one.city) == folded(other.city or "") or within(one, other) is True
    return not one.region or folded(one.region) == folded(other.region or "") or within(one, other) is True


def _rates(count: Counter[str], fact: str) -> str:
    right, more, less = (count[fact + mark] for mark in "=+-")
    return f"{_share(right, more)}/{_share(right, less)} ({right} right, {more} wrong, {less} missing);"


def _share(right: int, other: int) -> str:
    return f"{right / (right + other):.3f}" if right + other else "–"


if __name__ == "__main__":
    main([Path(one) for one in sys.argv[1:] if not one.startswith("-")], wrong="--wrong" in sys.argv)
