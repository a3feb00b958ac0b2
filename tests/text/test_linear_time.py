"""Foreign text is read in linear time: each pattern of jpt meets texts made against it, in doubling lengths.

A text is made from the pattern's own tree: what it repeats without a bound is repeated, behind what leads there,
and ends with something that does not fit.
"""

from __future__ import annotations

import ast
import importlib
import pkgutil
import re
import signal
import sys
from collections.abc import Callable, Iterator
from dataclasses import fields, is_dataclass
from functools import cache
from pathlib import Path
from re import _constants as codes  # type: ignore[attr-defined]  # there is no public tree of a pattern
from re import _parser  # type: ignore[attr-defined]
from time import process_time
from typing import Any

import pytest

import jpt
from jpt.text.late import is_pattern
from tests.figures import parsed

SCREENED = 1_500
"""Length at which a pattern is tried first, and at four times it; one that takes long or grows there is doubled."""
LONG_S = 0.02
GROWN = 6.0
"""Times the time for four times the text: 4 is linear, 16 is quadratic."""
SHORT_S = 0.002
"""Below it a clock says nothing about growth."""
DOUBLED = (25_000, 50_000, 100_000, 200_000, 400_000)
RATIO = 2.5
EARLY = 4.4
"""Four times the text took so little more: what a square would add is too little for RATIO at the longest lengths."""
LIMIT_S = 2.0

pytestmark = pytest.mark.xdist_group("code")  # what looks at all of jpt's code shares it, parsed

METHODS = {"match", "fullmatch", "search", "finditer", "findall", "sub", "subn", "split"}
BOUNDED = {
    # What the user writes is no foreign text.
    "jpt.digest.apprise_channels:_SEPARATOR": 0,
    "jpt.digest.filters:_HEADER": 0,
    "jpt.digest.filters:_KEY": 0,
    "jpt.text.durations:_PART": 0,
    "jpt.text.mailboxes:_BETWEEN": 0,
    "jpt.text.mailboxes:_NAMED": 0,
    "jpt.text.secrets:_BETWEEN": 0,
    # Lines and addresses are cut to such lengths before.
    "jpt.extract.links.platforms:_BOARD_POSTS": 600,
    "jpt.cli.page_look:_PARTS": 300,
    "jpt.store.old_words:_WHYS": 1_000,
    "jpt.extract.links.wording:_MAIN": 1_000,
    "jpt.extract.links.non_job_words:_NOTICE": 1_000,
    "jpt.extract.post.sections:_PARTS": 90,
    "jpt.extract.post.closed:_ENDED": 300,
    "jpt.extract.links.platforms:PLATFORMS": 2_000,
    "jpt.feeds.platforms.successfactors:_HOST": 253,
    "jpt.feeds.platforms.sitemap:_FILE": 2_000,
}
"""The most characters that a pattern meets, where something before it sees to that."""
IN_WINDOWS, WINDOW, WINDOW_S = "jpt.extract.experience", 400, 0.1
"""Its patterns meet windows of some hundred characters around a number, never a whole text."""
FIELDS = {"jpt.places": 400}
"""Rooms whose patterns meet a field of so many characters at most (`parsing.MOST`), never a whole text."""
PROBES = " a1-.<>/\"'&;,:@=\n\tA0_(){}[]|+%#*é一\x00"


@cache
def modules() -> list[Any]:
    names = [each.name for each in pkgutil.walk_packages(jpt.__path__, "jpt.")]
    return [importlib.import_module(name) for name in names if not name.endswith("__main__")]


def patterns_in(value: Any, depth: int = 0) -> Iterator[re.Pattern[str]]:
    if is_pattern(value):
        yield value
    elif depth < 4:
        inner: list[Any] = []
        if isinstance(value, dict):
            inner = [*value, *value.values()]
        elif isinstance(value, list | tuple | set | frozenset):
            inner = list(value)
        elif is_dataclass(value) and not isinstance(value, type):
            inner = [getattr(value, each.name) for each in fields(value)]
        for each in inner:
            yield from patterns_in(each, depth + 1)


@cache
def uses() -> dict[tuple[str, str], set[str]]:
    """How each name of a module is used as a pattern."""
    found: dict[tuple[str, str], set[str]] = {}
    root = Path(jpt.__file__).parent
    for path in root.rglob("*.py"):
        module = "jpt." + ".".join(path.relative_to(root).with_suffix("").parts)
        for node in ast.walk(parsed(path)[1]):
            if isinstance(node, ast.Attribute) and node.attr in METHODS:
                named = {each.id for each in ast.walk(node.value) if isinstance(each, ast.Name)}
                for name in named:
                    found.setdefault((module, name), set()).add(node.attr)
    return found


def calls(module: str, name: str, pattern: re.Pattern[str]) -> list[Callable[[str], object]]:
    """The ways in which a pattern is used, the costliest of a kind for all of that kind."""
    everywhere = {use for (_, used), each in uses().items() if used == name for use in each}
    methods = uses().get((module, name)) or (set() if name.startswith("_") else everywhere) or {"search"}
    if methods & {"finditer", "findall", "sub", "subn", "split"}:
        every = pattern.finditer
        return [lambda text: [None for _ in every(text)]]
    if "search" in methods:
        return [pattern.search]
    return [getattr(pattern, each) for each in methods]


def written_in_place(module: Any) -> Iterator[tuple[int, Callable[[str], object], re.Pattern[str]]]:
    """The patterns that stand in calls such as `re.sub("…", …)`, each with its line."""
    for node in ast.walk(parsed(Path(module.__file__))[1]):
        match node:
            case ast.Call(
                func=ast.Attribute(value=ast.Name(id="re"), attr=method), args=[ast.Constant(value=str(text)), *_]
            ) if method in METHODS:
                flags = re.IGNORECASE if "IGNORECASE" in ast.unparse(node) else re.NOFLAG
                pattern = re.compile(text, flags)
                alone = method in {"match", "fullmatch", "search"}
                yield node.lineno, getattr(pattern, method) if alone else pattern.findall, pattern


# Texts against a pattern


def fitting(members: Any) -> list[str]:
    """Some characters of different kinds that a set of characters has."""
    kinds: dict[Any, Callable[[str], bool]] = {
        codes.CATEGORY_DIGIT: str.isdigit,
        codes.CATEGORY_SPACE: str.isspace,
        codes.CATEGORY_WORD: lambda one: one.isalnum() or one == "_",
        codes.CATEGORY_NOT_DIGIT: lambda one: not one.isdigit(),
        codes.CATEGORY_NOT_SPACE: lambda one: not one.isspace(),
        codes.CATEGORY_NOT_WORD: lambda one: not (one.isalnum() or one == "_"),
    }

    def has(one: str) -> bool:
        negated = hit = False
        for code, value in members:
            negated = negated or code is codes.NEGATE
            hit = hit or (code is codes.LITERAL and value == ord(one))
            hit = hit or (code is codes.RANGE and value[0] <= ord(one) <= value[1])
            hit = hit or (code is codes.CATEGORY and kinds[value](one))
        return hit != negated

    found = [one for one in PROBES if has(one)]
    others = [chr(value if code is codes.LITERAL else value[0]) for code, value in members
              if code in {codes.LITERAL, codes.RANGE}]  # fmt: skip
    return (found or others or ["a"])[:3]


REPEATS = {codes.MAX_REPEAT, codes.MIN_REPEAT, codes.POSSESSIVE_REPEAT}


def sample(items: Any) -> str:
    """A short text that fits."""
    found = []
    for code, value in items:
        if code is codes.LITERAL:
            found.append(chr(value))
        elif code is codes.NOT_LITERAL:
            found.append("x" if value != ord("x") else "y")
        elif code is codes.ANY:
            found.append("x")
        elif code is codes.IN:
            found.append(fitting(value)[0])
        elif code in REPEATS:
            found.append(sample(value[2]) * min(value[0], 60))
        elif code in {codes.SUBPATTERN, codes.ATOMIC_GROUP}:
            found.append(sample(value[-1] if code is codes.SUBPATTERN else value))
        elif code is codes.BRANCH:
            found.append(sample(value[1][0]))
    return "".join(found)


def repeated(items: Any, before: str = "") -> Iterator[tuple[str, str]]:
    """What stands before each part that may be long, and what it repeats."""
    for at, (code, value) in enumerate(items):
        here = before + sample(items[:at])
        if code in REPEATS:
            if value[1] is codes.MAXREPEAT or value[1] > 30:
                body = value[2]
                single = len(body) == 1 and body[0][0] is codes.IN
                for unit in fitting(body[0][1]) if single else [sample(body) or "x"]:
                    yield here, unit
            yield from repeated(value[2], here)
        elif code is codes.SUBPATTERN:
            yield from repeated(value[-1], here)
        elif code is codes.ATOMIC_GROUP:
            yield from repeated(value, here)
        elif code is codes.BRANCH:
            for branch in value[1]:
                yield from repeated(branch, here)
        elif code in {codes.ASSERT, codes.ASSERT_NOT}:
            yield from repeated(value[1], here)


def against(pattern: re.Pattern[str]) -> Iterator[tuple[str, str]]:
    """What begins a text and what it repeats."""
    tree = _parser.parse(pattern.pattern, pattern.flags & ~re.DEBUG)
    found = dict.fromkeys([("", sample(tree)), *((before[-200:], unit[:200]) for before, unit in repeated(tree))])
    for before, unit in list(found)[:30]:
        if unit:
            yield before, unit
        if unit and before:
            yield "", before + unit
            yield "", f"{before}{unit * 30}\x00"


def made(text: tuple[str, str], size: int) -> str:
    """A text of *size* characters, the last of which fits nothing."""
    before, unit = text
    return (before + unit * (size // len(unit) + 1))[: size - 1] + "\x00"


def seconds(call: Callable[[str], object], text: str) -> float:
    """CPU time of a call; LIMIT_S where it takes longer."""

    def late(*_: object) -> None:
        raise TimeoutError

    before = signal.signal(signal.SIGALRM, late)
    signal.setitimer(signal.ITIMER_REAL, LIMIT_S * 2)
    begun = process_time()
    try:
        call(text)
    except TimeoutError:
        return LIMIT_S
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)
    return process_time() - begun


def is_linear(call: Callable[[str], object], text: tuple[str, str]) -> bool:
    """Whether twice the text takes less than RATIO times the time, at the longest lengths that it comes to.

    On a busy machine one time of three may be off: two lengths that keep to it are enough.
    """
    times = []
    for size in DOUBLED:
        times.append(min(seconds(call, made(text, size)) for _ in range(2)))
        if times[-1] >= LIMIT_S:
            return False
        if len(times) == 3 and times[2] < EARLY * times[0]:
            return True
    return times[-1] < LONG_S or times[-1] < RATIO * times[-2] or times[-1] < RATIO**2 * times[-3]


def has_grown(call: Callable[[str], object], text: tuple[str, str], took: float) -> bool:
    """Whether four times the text takes more than GROWN times the time: a fast machine hides a square at one length."""
    if took < SHORT_S / 64:  # even a cube takes less than SHORT_S at four times the length
        return False
    long = made(text, 4 * SCREENED)
    least = max(SHORT_S, GROWN * took)
    return seconds(call, long) > least and seconds(call, long) > least


def room_of(module: Any) -> str:
    """The room of a module; the largest one in its parts, so that several workers share it."""
    parts = module.__name__.split(".")[1:]
    return ".".join(parts[: 2 if parts[:1] == ["extract"] else 1])


ROOMS = sorted(set(filter(None, map(room_of, modules()))))


@pytest.mark.parametrize("room", ROOMS)
def test_each_pattern_takes_twice_the_time_for_twice_the_text(room: str) -> None:
    slow = []
    seen = set()
    for module in modules():
        if room_of(module) != room:
            continue
        others = WINDOW if module.__name__.startswith(IN_WINDOWS) else FIELDS.get(f"jpt.{room}", SCREENED)
        for name, value in vars(module).items():
            for pattern in patterns_in(value):
                if (pattern.pattern, pattern.flags, name) in seen:
                    continue
                seen.add((pattern.pattern, pattern.flags, name))
                most = BOUNDED.get(f"{module.__name__}:{name}", others)
                for call in calls(module.__name__, name, pattern) if most else ():
                    slow += slowest(f"{module.__name__}:{name}", call, pattern, most)
        for line, call, pattern in written_in_place(module):
            slow += slowest(f"{module.__name__}:{line}", call, pattern, others)

    assert not slow, "\n".join(slow)


def slowest(name: str, call: Callable[[str], object], pattern: re.Pattern[str], most: int) -> list[str]:
    """The first text that takes more than its share, in words."""
    for text in against(pattern):
        took = seconds(call, made(text, most))
        if most != SCREENED:
            limit = WINDOW_S if most == WINDOW else LONG_S
            slow = took > limit and all(seconds(call, made(text, most)) > limit for _ in range(2))
        else:
            slow = (took > LONG_S or has_grown(call, text, took)) and not is_linear(call, text)
        if slow:
            return [f"{name} takes {took:.3f} s for {made(text, most)[:60]!r}"]
    return []


def test_a_pattern_that_takes_the_square_of_the_length_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys.modules[__name__], "is_linear", lambda *_: False)  # the longest texts take seconds
    planted = {text: re.compile(text, re.DOTALL) for text in (r"\s+$", r"<!--.*?-->", r"\bjob\b")}

    found = [text for text, pattern in planted.items() if slowest(text, pattern.search, pattern, SCREENED)]

    assert found == list(planted)[:-1]
