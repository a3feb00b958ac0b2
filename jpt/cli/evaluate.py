"""`jpt try eval`: how well an extractor reads posts that people have labelled."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict, dataclass
from functools import partial
from pathlib import Path
from time import perf_counter
from typing import Any

import anyio
import anyio.to_thread
from rich.table import Table
from rich.text import Text

from jpt.cli import session
from jpt.cli.exit_codes import PARTLY_FAILED
from jpt.cli.options import common
from jpt.cli.stopping import until_stopped
from jpt.errors import InputError, SettingError
from jpt.extract.experience import experience, in_words
from jpt.extract.scoring import Label, Score, Scored, label, scored
from jpt.inputs.input_documents import rows
from jpt.models.jobs import Experience
from jpt.settings import Settings
from jpt.text.counts import counted

MOST_SHOWN = 40


@dataclass(frozen=True, slots=True)
class Case:
    """A labelled post."""

    label: Label
    text: str
    months: int | None


def show_eval(*, file: Path, labels: Path | None, backend: str | None, as_json: bool) -> int:
    """Score an extractor on the posts of *file*; returns the exit code."""
    settings = session.settings(extractor=backend)
    cases, faults = _cases(file, labels)
    for fault in faults:
        session.warn(fault)
    results: list[Scored] = []
    usage: dict[str, Any] = {}
    begun = perf_counter()
    stopped = anyio.run(until_stopped, partial(_read_all, settings, cases, results, usage))
    if stopped:
        return stopped
    seconds = perf_counter() - begun
    if usage.get("stopped"):
        # The rules' score must not pass for the model's.
        raise SettingError(f"Nothing was scored: {usage['stopped']}")
    _show(settings, results, seconds, usage, as_json=as_json)
    return PARTLY_FAILED if faults else 0


def _cases(file: Path, labels: Path | None) -> tuple[list[Case], list[str]]:
    """Pair texts with labels, from one file or two; raises InputError when nothing is left."""
    known: dict[Any, tuple[dict[str, Any], str]] = {}
    if labels is not None:
        known = {str(row.get("id")): (row, place) for row, place in rows(labels)}
    cases, faults = [], []
    for row, place in rows(file):
        text = row.get("text")
        if not isinstance(text, str):
            faults.append(f'{place}: expected "text".')
            continue
        said, at = (row, place) if labels is None else known.get(str(row.get("id")), ({}, place))
        if labels is not None and not said:
            continue  # a post that nobody labelled
        try:
            cases.append(Case(label(said, at), text, _months(row)))
        except InputError as exc:
            faults.append(exc.sentence)
    if not cases:
        why = f" {faults[0]}" if faults else ""
        raise InputError(f"{file} has no labelled post. Each line needs id, text, min_years, stated, accept.{why}")
    return cases, faults


def _months(row: dict[str, Any]) -> int | None:
    months = row.get("months_of_experience")
    return months if type(months) is int else None


async def _read_all(settings: Settings, cases: list[Case], results: list[Scored], usage: dict[str, Any]) -> None:
    if settings.extractor == "rules":
        # In one go: what is measured is the rules, not the hand-over between threads.
        def read_all() -> list[Scored]:
            return [scored(case.label, experience(case.text, case.months), case.text) for case in cases]

        results += await anyio.to_thread.run_sync(read_all)
        return
    found: dict[int, Scored] = {}
    waiting = iter(enumerate(cases))
    async with session.model_reader(settings) as reader:

        async def worker() -> None:
            for number, case in waiting:
                rules = await anyio.to_thread.run_sync(experience, case.text, case.months)
                reading = await reader.read(case.text, rules)
                found[number] = scored(case.label, reading.experience, case.text)

        async with anyio.create_task_group() as tg:
            for _ in range(8):
                tg.start_soon(worker)
        usage.update(asdict(reader.usage))
    results += [found[number] for number in sorted(found)]


def _show(
    settings: Settings,
    results: list[Scored],
    seconds: float,
    usage: dict[str, Any],
    *,
    as_json: bool,
) -> None:
    score = Score.of(results, settings.max_years)
    mistakes = [one for one in results if not (one.accepted and one.as_stated and one.verbatim)]
    if as_json:
        session.print_json(
            {
                "backend": settings.extractor,
                **({"model": settings.model} if settings.extractor != "rules" else {}),
                **asdict(score),
                "harmful": score.mailed + score.hidden,
                "max_years": settings.max_years,
                "seconds": round(seconds, 3),
                "ms_per_post": round(1000 * seconds / len(results), 3),
                "usage": usage or None,
                "mistakes": [_mistake(one, settings.max_years) for one in mistakes],
            }
        )
        return
    if mistakes:
        session.out.print(_table(mistakes if common.verbose else mistakes[:MOST_SHOWN], settings.max_years))
        if len(mistakes) > MOST_SHOWN and not common.verbose:
            session.out.print(f"… and {len(mistakes) - MOST_SHOWN} more: -v lists them all.", style="dim")
    for line in _lines(settings, score, seconds, usage):
        session.show(line)


def _lines(settings: Settings, score: Score, seconds: float, usage: dict[str, Any]) -> Iterator[str]:
    who = settings.extractor if settings.extractor == "rules" else f"{settings.extractor} ({settings.model})"
    hard = "" if score.hard is None else f", {score.hard:.4f} of the hard ones"
    posts = counted(score.posts, "post")
    yield f"{who}: accepted {score.accepted:.4f} of {posts}{hard}; stated or not {score.stated:.4f}"
    yield (
        f"harmful at {counted(settings.max_years, 'year')}: {score.mailed:.4f} reported that require too much, "
        f"{score.hidden:.4f} held back that fit; evidence verbatim {score.verbatim:.4f}; "
        f"{1000 * seconds / score.posts:.2f} ms a post"
    )
    for row in score.sure:
        right = f"right in {row.right / row.posts:.4f}" if row.posts else "none"
        yield f"{row.confidence:>6} confidence: {row.posts / score.posts:.2f} of posts, {right}"
    if score.left_over:
        languages = ", ".join(f"{code} {posts}" for code, posts in score.left_over.items())
        over = counted(sum(score.left_over.values()), "post")
        yield f"left over: a number that no rule explains in {over} ({languages})"
    if usage:
        yield f"model: {usage['asked']} asked, {usage['remembered']} remembered, {usage['tokens']:,} tokens"


def _table(mistakes: list[Scored], max_years: int) -> Table:
    table = Table(box=None, pad_edge=False, expand=True, header_style="bold")
    table.add_column("Post", no_wrap=True)
    table.add_column("Should be", justify="right")
    table.add_column("Read", justify="right")
    table.add_column("Harm")
    table.add_column("Evidence, or what was not counted", ratio=1, style="dim")
    for one in mistakes:
        table.add_row(
            Text(one.label.id),
            _answer(one.label.stated, sorted(one.label.accept)),
            _answer(one.read.stated, [one.read.min_years]),
            one.harm(max_years) or ("" if one.verbatim else "evidence not in the text"),
            Text(one.read.evidence or _rejected(one.read)),
        )
    return table


def _answer(stated: bool, numbers: list[int]) -> str:
    return ("" if stated else "– ") + "/".join(map(str, numbers))


def _rejected(read: Experience) -> str:
    return "; ".join(f"{one.years}: {in_words(one.reason)}" for one in read.rejected[:4])


def _mistake(one: Scored, max_years: int) -> dict[str, Any]:
    return {
        "id": one.label.id,
        "min_years": one.read.min_years,
        "stated": one.read.stated,
        "accept": sorted(one.label.accept),
        "label_stated": one.label.stated,
        "harm": one.harm(max_years) or None,
        "verbatim": one.verbatim,
        "evidence": one.read.evidence,
        "source": one.read.source,
        "rejected": [asdict(other) for other in one.read.rejected],
    }
