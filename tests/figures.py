"""The figures of the house, each with its limit: `python -m tests.figures` prints them and fails where one is passed."""

from __future__ import annotations

import ast
import re
import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from statistics import quantiles

ROOT = Path(__file__).parents[1]
LINES_BEFORE = 37_154
"""Lines of `jpt/` before it had rooms; what has been added since is counted apart."""
FOREIGN = {"extract", "feeds"}
"""Rooms that compare words of pages and feeds, which are none of ours."""
OF_LIBRARIES = {"Download is starting", "Input should be ", "database is locked"}
"""Words of Playwright, pydantic and SQLite, which have no value for what they mean."""
OURS = re.compile(r"[a-z]{2,}[ ,;:]+[a-z]{2,}[ ,;:]+[a-z]{2,}", re.IGNORECASE)
"""Three words in a row: a sentence, or a part of one."""
PRIVATE = re.compile(r"_(?!_)\w+")
PATCHED = re.compile(r"\bjpt\.[\w.]*\._(?!_)\w+")
"""A private name behind the dots of its module, in a text."""
TESTS_OF_TEXT = {"startswith", "endswith", "removeprefix", "removesuffix", "partition", "rpartition", "split", "rsplit",
                 "index", "find", "count", "replace"}  # fmt: skip
PATTERNS = {"match", "search", "fullmatch", "sub", "split", "findall", "finditer"}
FLOOR = {"text", "files", "errors"}
FOR_PEOPLE = {"sentence", "reason", "unread", "last_error"}
"""Names of texts that are made for people."""
IN_SQL = re.compile(
    rf"\b({'|'.join(sorted(FOR_PEOPLE))})\s*(?:=|==|!=|<>|(?:NOT\s+)?(?:LIKE|GLOB|IN))\s*\(?\s*'[^']",
    re.IGNORECASE,
)
"""A column of theirs that decides."""
BEFORE_VALUES = {"jpt.store.old_words", "jpt.store.schema.queue"}
"""What brings files of earlier versions up to date, which stored words where values are now."""

Function = ast.FunctionDef | ast.AsyncFunctionDef


@dataclass(frozen=True, slots=True)
class Module:
    """A file of `jpt/` and what stands in it."""

    path: Path
    text: str
    tree: ast.Module

    @property
    def name(self) -> str:
        """Its dotted name."""
        return ".".join(self.path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__")

    @property
    def room(self) -> str:
        """The folder of `jpt/` that it stands in; empty for a loose one."""
        parts = self.path.relative_to(ROOT / "jpt").parts
        return parts[0] if len(parts) > 1 else ""

    @property
    def length(self) -> int:
        """Its lines."""
        return self.text.count("\n")


@dataclass(frozen=True, slots=True)
class Figure:
    """One measure of the whole."""

    name: str
    value: float
    most: float | None = None
    where: tuple[str, ...] = ()
    """What makes it so, a place each."""

    @property
    def is_kept(self) -> bool:
        """Whether it is within its limit."""
        return self.most is None or self.value <= self.most

    def __str__(self) -> str:
        limit = "" if self.most is None else f"   at most {self.most:g}{'' if self.is_kept else '   PASSED'}"
        return f"{self.name:<44}{self.value:>10,.6g}{limit}"


@cache
def parsed(path: Path) -> tuple[str, ast.Module]:
    """Read and parse a file of Python."""
    text = path.read_text(encoding="utf-8")
    return text, ast.parse(text)


def modules() -> list[Module]:
    """Give all modules of `jpt/`, parsed."""
    return [Module(path, *parsed(path)) for path in sorted((ROOT / "jpt").rglob("*.py"))]


def figures(house: list[Module]) -> list[Figure]:
    """Measure the house."""
    loose = tuple(one.name for one in house if not one.room and one.path.stem not in {"__init__", "__main__"})
    functions = sorted(_functions(house))
    sizes = [size for size, _ in functions]
    long = tuple(f"{one.name}: {one.length} lines" for one in house if one.length > 400)
    excepts, lines = tuple(_broad_excepts(house)), sum(one.length for one in house)
    circles, inside, compared = tuple(_circles(house)), tuple(_inner_imports(house)), tuple(_compared(house))
    twice = tuple(_defined_twice(house))
    return [
        Figure("loose modules", len(loose), 3, loose),
        Figure("import circles", len(circles), 0, circles),
        Figure("functions, p90 of lines", quantiles(sizes, n=10)[-1], 22),
        Figure("functions, most lines", sizes[-1], 60, tuple(name for size, name in functions if size > 60)),
        Figure("modules over 400 lines", len(long), 4, long),
        Figure("own imports inside functions, not in cli", len(inside), 0, inside),
        Figure("broad excepts per 1,000 lines", 1_000 * len(excepts) / lines, 0.3, excepts),
        Figure("sentences compared in code", len(compared), 0, compared),
        Figure("class names defined twice in jpt", len(twice), 0, twice),
        Figure(f"lines of jpt/ (before: {LINES_BEFORE:,})", lines),
    ]


def _defined_twice(house: list[Module]) -> Iterator[str]:
    """Give the names of classes, private ones too, that several modules define, with those modules."""
    where: dict[str, list[str]] = {}
    for one in house:
        for node in one.tree.body:
            if isinstance(node, ast.ClassDef):
                where.setdefault(node.name, []).append(one.name)
    yield from (f"{name}: {', '.join(found)}" for name, found in sorted(where.items()) if len(found) > 1)


def _functions(house: list[Module]) -> Iterator[tuple[int, str]]:
    for one in house:
        for node in ast.walk(one.tree):
            if isinstance(node, Function):
                yield (node.end_lineno or node.lineno) - node.lineno + 1, f"{one.name}:{node.lineno} {node.name}"


def _broad_excepts(house: list[Module]) -> Iterator[str]:
    for one in house:
        for node in ast.walk(one.tree):
            if isinstance(node, ast.ExceptHandler) and _is_broad(node.type):
                yield f"{one.name}:{node.lineno}"


def _is_broad(caught: ast.expr | None) -> bool:
    names = caught.elts if isinstance(caught, ast.Tuple) else [caught]
    return any(name is None or getattr(name, "id", "") in {"Exception", "BaseException"} for name in names)


def _inner_imports(house: list[Module]) -> Iterator[str]:
    for one in house:
        if one.room == "cli":
            continue
        for function in (node for node in ast.walk(one.tree) if isinstance(node, Function)):
            for node in ast.walk(function):
                if isinstance(node, ast.ImportFrom) and (node.module or "").split(".")[0] == "jpt":
                    yield f"{one.name}:{node.lineno} {node.module}"


def _circles(house: list[Module]) -> Iterator[str]:
    """Give the groups of modules that import each other, those for type checkers included (Tarjan's algorithm)."""
    names = {one.name for one in house}
    arrows = {one.name: set(_imports(one, names)) - {one.name} for one in house}
    index: dict[str, int] = {}
    low: dict[str, int] = {}
    stack: list[str] = []

    def visit(name: str) -> Iterator[str]:
        index[name] = low[name] = len(index)
        stack.append(name)
        for other in arrows[name]:
            if other not in index:
                yield from visit(other)
                low[name] = min(low[name], low[other])
            elif other in stack:
                low[name] = min(low[name], index[other])
        if low[name] == index[name]:
            at = stack.index(name)
            group = stack[at:]
            del stack[at:]
            if len(group) > 1:
                yield " <> ".join(sorted(group))

    for name in sorted(arrows):
        if name not in index:
            yield from visit(name)


def arrows(house: list[Module]) -> dict[str, set[str]]:
    """Give which room imports which, without what follows from the others; `floor` is what every room may import."""
    names, all_of = {one.name for one in house}, dict[str, set[str]]()
    for one in house:
        if one.room not in {"", "text"}:
            below = {name.split(".")[1] for name in _imports(one, names) if name != "jpt"} - {one.room}
            all_of.setdefault(one.room, set()).update("floor" if room in FLOOR else room for room in below)
    return {
        room: {other for other in below if not any(other in _below(each, all_of) for each in below - {other})}
        for room, below in all_of.items()
    }


def _below(room: str, arrows_of: dict[str, set[str]]) -> set[str]:
    found = set(arrows_of.get(room, ()))
    return found.union(*(_below(each, arrows_of) for each in found))


def _imports(one: Module, names: set[str]) -> Iterator[str]:
    for node in ast.walk(one.tree):
        if isinstance(node, ast.ImportFrom) and node.module:
            below = {f"{node.module}.{alias.name}" for alias in node.names} & names
            yield from below or {node.module} & names
        elif isinstance(node, ast.Import):
            yield from {alias.name for alias in node.names} & names


def _compared(house: list[Module]) -> Iterator[str]:
    """Give the places where a sentence decides: compared, looked for, or cut off."""
    for one in house:
        if one.room in FOREIGN or one.name in BEFORE_VALUES:
            continue
        for node in ast.walk(one.tree):
            for place, what in _decides(node):
                yield f"{one.name}:{place} {what}"


def _decides(node: ast.AST) -> Iterator[tuple[int, str]]:
    """Give the lines where *node* decides by a sentence, and what it does there."""
    for constant in deciding(node):
        text = str(constant.value)
        if OURS.search(text) and text not in OF_LIBRARIES:
            yield constant.lineno, repr(text)
    if isinstance(node, ast.Compare) and _compares_words(node):
        yield node.lineno, f"{ast.unparse(node)[:60]}: compared"
    elif isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.args:
        # Without an argument `split` only evens out white space.
        if node.func.attr in TESTS_OF_TEXT and _is_for_people(node.func.value):
            yield node.lineno, f"{ast.unparse(node)[:60]}: taken apart"
        if node.func.attr in PATTERNS and _is_for_people(*node.args):
            yield node.lineno, f"{ast.unparse(node)[:60]}: met with a pattern"
    elif isinstance(node, ast.Constant) and isinstance(node.value, str) and (found := _asked_in_sql(node.value)):
        yield node.lineno, f"{found!r} in SQL"


def _asked_in_sql(text: str) -> str:
    """Give the question after a text for people; what UPDATE sets is none."""
    asked = text.partition("WHERE")[2] if text.lstrip().startswith("UPDATE") else text
    found = IN_SQL.search(asked)
    return found[0] if found else ""


def _compares_words(node: ast.Compare) -> bool:
    """Whether it asks for words in a text for people; a single word that is the whole of it is a value."""
    if not _is_for_people(node.left, *node.comparators):
        return False
    looks_inside = isinstance(node.ops[0], ast.In | ast.NotIn) and _is_for_people(node.comparators[0])
    return any(looks_inside or " " in str(one.value) for one in deciding(node))


def _is_for_people(*nodes: ast.expr) -> bool:
    return any((getattr(one, "attr", "") or getattr(one, "id", "")) in FOR_PEOPLE for one in nodes)


def deciding(node: ast.AST) -> list[ast.Constant]:
    """Give the constant texts that *node* compares with, looks for, or cuts off."""
    found: list[ast.expr] = []
    if isinstance(node, ast.Compare):
        operands = [node.left, *node.comparators]
        found = [*operands, *(one for each in operands for one in getattr(each, "elts", []))]
    elif isinstance(node, ast.MatchValue):
        found = [node.value]
    elif isinstance(node, ast.Call) and getattr(node.func, "attr", "") in TESTS_OF_TEXT:
        found = node.args
    return [one for one in found if isinstance(one, ast.Constant) and isinstance(one.value, str)]


def private_reads(house: list[Module]) -> Figure:
    """Count the places where tests use what is private to jpt: by attribute, import, or name in a text to be patched."""
    where = tuple(_private_reads(house))
    return Figure("private names of jpt in tests", len(where), 0, where)


def _private_reads(house: list[Module]) -> Iterator[str]:
    private = {name for one in house for name in _private_names(ast.walk(one.tree))}
    for path in sorted((ROOT / "tests").rglob("*.py")):
        nodes = list(ast.walk(parsed(path)[1]))
        if not any(name.startswith(("jpt", "tests")) for name in _imported(nodes)):
            continue
        # What a test calls so in classes of its own is its own, unless it says where it has it from.
        foreign = private - set(_private_names(nodes))
        for node in nodes:
            for name in _private_uses(node, foreign):
                yield f"{path.relative_to(ROOT)}:{node.lineno} {name}"  # type: ignore[attr-defined]  # they have lines


def _imported(nodes: Iterable[ast.AST]) -> Iterator[str]:
    for node in nodes:
        if isinstance(node, ast.ImportFrom):
            yield node.module or ""
        elif isinstance(node, ast.Import):
            yield from (one.name for one in node.names)


def _private_names(nodes: Iterable[ast.AST]) -> Iterator[str]:
    for node in nodes:
        if isinstance(node, Function | ast.ClassDef):
            found = node.name
        elif isinstance(node, ast.Attribute) and isinstance(node.ctx, ast.Store) and _is_own(node.value):
            found = node.attr
        elif isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store):
            found = node.id
        else:
            continue
        if PRIVATE.fullmatch(found):
            yield found


def _is_own(owner: ast.expr) -> bool:
    return isinstance(owner, ast.Name) and owner.id in {"self", "cls"}


def _private_uses(node: ast.AST, private: set[str]) -> Iterator[str]:
    match node:
        case ast.Attribute(attr=name, value=owner) if name in private and not _is_own(owner):
            yield name
        case ast.ImportFrom(module=str(module), names=names) if module.split(".")[0] == "jpt":
            yield from (one.name for one in names if PRIVATE.fullmatch(one.name))
        case ast.Constant(value=str(text)):
            yield from (found[0] for found in PATCHED.finditer(text))
        case ast.Call(func=ast.Attribute(attr="setattr" | "delattr"), args=[_, ast.Constant(value=str(name)), *_]):
            yield from {name} & private


def main() -> None:
    """Print the figures, and the places of those that are over their limit."""
    house = modules()
    measured = [*figures(house), private_reads(house)]
    for one in measured:
        print(one)
    for one in measured:
        if not one.is_kept:
            print(f"\n{one.name}:", *one.where, sep="\n  ")
    sys.exit(any(not one.is_kept for one in measured))


if __name__ == "__main__":
    main()
