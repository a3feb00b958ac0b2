"""jpt with each sentence for people worded otherwise: `python -m tests.reworded WORDS` is `jpt WORDS`.

As a module of jpt is imported, each word of its sentences is written backwards; what is no sentence (SQL, patterns,
markup, names, single words) stays. What jpt does and stores must be the same then, sentences aside.
"""

from __future__ import annotations

import ast
import importlib.abc
import importlib.machinery
import importlib.util
import re
import runpy
import sys
from collections.abc import Sequence
from types import CodeType, ModuleType
from typing import Any

from tests.figures import OF_LIBRARIES, deciding

ROOMS = ("browser", "catalogue", "cli", "cluster", "cycle", "digest", "doctor", "errors", "feeds", "files", "inputs",
         "mcp", "models", "net", "observers", "service", "settings", "store", "watch", "web")  # fmt: skip
"""Rooms that word something for people. What pages say is known to `extract` and `text`: that is data."""
WITHOUT = {"jpt.store.old_schema"}
"""Columns of tables, written as two words."""
_SENTENCE = re.compile(r"[A-Za-z,'’-]{2,}[:;,]? [a-z]{2,}")
_KEPT = "kept"
_OTHER = re.compile(r"[\\<>{}=|*\n]|\b[A-Z]{4,}\b|https?:|^(?:--|\.|#)")


def reworded(text: str) -> str:
    """Write the words of a sentence backwards; anything else stays as it is."""
    if text in OF_LIBRARIES or not _SENTENCE.search(text) or _OTHER.search(text):
        return text
    return re.sub(r"(?<![\w/.-])[a-z]{2,}(?![\w/(-]|\.\w)", lambda word: word[0][::-1], text)


class _Rewording(ast.NodeTransformer):
    """Rewords literals, but not docstrings, which nobody prints, and those that something is decided by.

    Where code compares a sentence that it has made, the two are no longer the same then, and what follows shows.
    """

    def visit(self, node: ast.AST) -> Any:
        for constant in deciding(node):
            constant.kind = _KEPT
        return super().visit(node)

    def visit_Expr(self, node: ast.Expr) -> ast.AST:
        return node if isinstance(node.value, ast.Constant) else self.generic_visit(node)

    def visit_Constant(self, node: ast.Constant) -> ast.AST:
        if not isinstance(node.value, str) or node.kind == _KEPT:
            return node
        return ast.copy_location(ast.Constant(reworded(node.value)), node)


def reworded_code(source: str | bytes, path: str) -> CodeType:
    """Compile a module with its sentences reworded."""
    tree: ast.Module = _Rewording().visit(ast.parse(source))
    return compile(ast.fix_missing_locations(tree), path, "exec", dont_inherit=True)


class _Loader(importlib.machinery.SourceFileLoader):
    def get_code(self, fullname: str) -> CodeType:
        return reworded_code(self.get_data(self.path), self.path)


class Rewords(importlib.abc.MetaPathFinder):
    """Finds the modules of the rooms and rewords them."""

    def find_spec(
        self, name: str, path: Sequence[str] | None, target: ModuleType | None = None
    ) -> importlib.machinery.ModuleSpec | None:
        if name in WITHOUT or not name.startswith(tuple(f"jpt.{room}" for room in ROOMS)):
            return None
        spec = importlib.machinery.PathFinder.find_spec(name, path, target)
        if spec is not None and isinstance(spec.loader, importlib.machinery.SourceFileLoader):
            spec.loader = _Loader(spec.loader.name, spec.loader.path)
        return spec


if __name__ == "__main__":
    sys.meta_path.insert(0, Rewords())
    sys.argv[0] = "jpt"
    runpy.run_module("jpt", run_name="__main__", alter_sys=True)
