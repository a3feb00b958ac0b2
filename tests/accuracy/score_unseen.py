"""Score the rules on posts that were labelled before anybody had read the rules' answers to them.

`python -m tests.accuracy.score_unseen FOLDER` reads the posts of a folder with `posts.jsonl` or `corpus.jsonl.gz`;
`unseen.jsonl` beside this script has their labels: id, checksum of the text, years, `hard` where it is a trap, how many
`readers` labelled it (3 where two differed), and which draw they are of. The texts are other people's, so they are not
here. Those of the draw from another source are in the public repository me9hanics/AWS-job-posting-analysis,
`data/save/postings/tech/postings_2025-08-06-00-32-31.json`: a text is the title, a line break and the description
without the space round it; an id is `k` and the digits of theirs.
"""

from __future__ import annotations

import gzip
import json
import sys
from collections import defaultdict
from collections.abc import Iterator, Sequence
from hashlib import sha256
from pathlib import Path
from typing import Any

from jpt.extract.experience import experience
from jpt.extract.scoring import Score, Scored, label
from jpt.extract.scoring import scored as held_against

FILE = Path(__file__).parent / "unseen.jsonl"
MAX_YEARS = 3


def checksum(text: str) -> str:
    return sha256(text.encode()).hexdigest()[:16]


def rows(file: Path) -> Iterator[dict[str, Any]]:
    if not file.exists():
        return
    text = gzip.decompress(file.read_bytes()).decode() if file.suffix == ".gz" else file.read_text("utf-8")
    yield from (json.loads(line) for line in text.split("\n") if line.strip())


def labels() -> dict[str, dict[str, Any]]:
    """Give the labels by the checksum of their text."""
    return {row["sha256"]: row for row in rows(FILE)}


def scored(folder: Path) -> dict[str, list[Scored]]:
    """Read the labelled posts of *folder*, by draw."""
    known = labels()
    found: dict[str, list[Scored]] = defaultdict(list)
    for row in (*rows(folder / "posts.jsonl"), *rows(folder / "corpus.jsonl.gz")):
        of = known.get(checksum(row["text"]))
        if of is None or of["id"] != row["id"]:
            continue
        found[of["draw"]].append(held_against(label(of, of["id"]), experience(row["text"]), row["text"]))
    return found


def main(arguments: Sequence[str]) -> None:
    for draw, results in scored(Path(arguments[0])).items():
        of, high = Score.of(results, MAX_YEARS), Score.of(results, MAX_YEARS).sure[0]
        print(f"{draw}: {of.posts} posts, accepted {of.accepted:.4f}, stated {of.stated:.4f}; "
              f"harmful {of.mailed + of.hidden:.4f}{'' if of.hard is None else f', hard {of.hard:.4f}'}; "
              f"high confidence for {high.posts}, {high.right} of them right")  # fmt: skip
        for one in results:
            if not (one.accepted and one.as_stated):
                print(f"  {one.label.id}: {sorted(one.label.accept)}, read {one.read.min_years} {one.read.stated}")


if __name__ == "__main__":
    main(sys.argv[1:])
