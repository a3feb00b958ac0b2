"""How long `jpt --help` takes beside an empty Typer app with as many commands."""

import subprocess
import sys
import tempfile
import time
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from statistics import median

import typer

_HEAD = "import typer\n\napp = typer.Typer(no_args_is_help=True)\n"
_MAIN = "from empty_app import app\n\napp()\n"


@dataclass(frozen=True, slots=True)
class Tree:
    """How many commands an app has itself, and its groups."""

    commands: int
    groups: tuple["Tree", ...] = ()

    @property
    def total(self) -> int:
        """All commands, those of groups included."""
        return self.commands + sum(group.total for group in self.groups)


def tree(app: typer.Typer) -> Tree:
    """Count the commands of *app*."""
    groups = tuple(tree(group.typer_instance) for group in app.registered_groups if group.typer_instance)
    return Tree(len(app.registered_commands), groups)


def help_times(environ: Mapping[str, str], shape: Tree, runs: int) -> tuple[float, float]:
    """Give the median seconds of `--help` of jpt and of an empty app, taken in turn *runs* times."""
    with tempfile.TemporaryDirectory(prefix="jpt-bench-") as name:
        folder = Path(name)
        _write_empty_app(folder / "empty_app", shape)
        for module in ("jpt", "empty_app"):
            _seconds(module, folder, environ)  # The first run of each compiles its bytecode.
        pairs = [(_seconds("jpt", folder, environ), _seconds("empty_app", folder, environ)) for _ in range(runs)]
    return median(ours for ours, _ in pairs), median(empty for _, empty in pairs)


def _seconds(module: str, folder: Path, environ: Mapping[str, str]) -> float:
    begun = time.perf_counter()
    subprocess.run(
        [sys.executable, "-m", module, "--help"], cwd=folder, env=environ, capture_output=True, check=True
    )
    return time.perf_counter() - begun


def _write_empty_app(folder: Path, shape: Tree) -> None:
    folder.mkdir()
    (folder / "__init__.py").write_text(_HEAD + "\n".join(_lines(shape, "app")), encoding="utf-8")
    (folder / "__main__.py").write_text(_MAIN, encoding="utf-8")


def _lines(shape: Tree, app: str) -> list[str]:
    lines = [
        f'@{app}.command("{app}-{number}")\ndef {app}_{number}() -> None:\n    """Do nothing."""\n'
        for number in range(shape.commands)
    ]
    for number, group in enumerate(shape.groups):
        name = f"{app}_group{number}"
        lines.append(f'{name} = typer.Typer(no_args_is_help=True)\n{app}.add_typer({name}, name="{name}")\n')
        lines += _lines(group, name)
    return lines
