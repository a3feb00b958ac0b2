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

from tests.figures import OF_LIBRARIES

ROOMS = ("browser", "cli", "cycle", "digest", "doctor", "feeds", "files", "net", "observers", "store", "watch")
"""Rooms that word something for people. What pages say is known to `extract` and `text`: that is data."""
WITHOUT = {"jpt.store.old_schema"}
"""Columns of tables, written as two words."""
_SENTENCE = re.compile(r"[A-Za-z,'’-]{2,}[:;,]? [a-z]{2,}")
_OTHER = re.compile(r"[\\<>{}=|*\n]|\b[A-Z]{4,}\b|https?:|^(?:--|\.|#)")


def reworded(text: str) -> str:
    """Write the words of a sentence backwards; anything else stays as it is."""
    if text in OF_LIBRARIES or not _SENTENCE.search(text) or _OTHER.search(text):
        return text
    return re.sub(r"(?<![\w/.-])[a-z]{2,}(?![\w/(-]|\.\w)", lambda word: word[0][::-1], text)


class _Rewording(ast.NodeTransformer):
    """Rewords literals, but not docstrings, which nobody prints, and the literals that options are declared with."""

    count = 0

    def visit_Expr(self, node: ast.Expr) -> ast.AST:
        return node if isinstance(node.value, ast.Constant) else self.generic_visit(node)

    def visit_Constant(self, node: ast.Constant) -> ast.AST:
        if not isinstance(node.value, str):
            return node
        text = reworded(node.value)
        self.count += text != node.value
        return ast.copy_location(ast.Constant(text), node)


class _Loader(importlib.machinery.SourceFileLoader):
    def get_code(self, fullname: str) -> CodeType:
        tree = ast.parse(self.get_data(self.path))
        transformer = _Rewording()
        code = compile(ast.fix_missing_locations(transformer.visit(tree)), self.path, "exec", dont_inherit=True)
        Rewords.sentences += transformer.count
        return code


class Rewords(importlib.abc.MetaPathFinder):
    """Finds the modules of the rooms and rewords them."""

    sentences = 0

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
