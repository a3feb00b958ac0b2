"""The wheel, installed outside of the checkout: it holds all that its commands need."""

from __future__ import annotations

import importlib.util
import os
import shutil
import subprocess
import sys
import venv
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]


@pytest.fixture
def wheel(tmp_path: Path) -> Path:
    """Build the wheel, with the build system that is there or with one that pip fetches."""
    if importlib.util.find_spec("pip") is None:
        pytest.skip("no pip here")
    isolated = [] if importlib.util.find_spec("hatchling") is None else ["--no-build-isolation"]
    build = [
        sys.executable,
        "-m",
        "pip",
        "wheel",
        "--quiet",
        "--no-deps",
        *isolated,
        "-w",
        str(tmp_path),
        str(ROOT),
    ]
    subprocess.run(build, check=True)
    return next(tmp_path.glob("*.whl"))


@pytest.mark.slow
def test_the_wheel_works_in_any_folder(wheel: Path, tmp_path: Path) -> None:
    home, installed, empty = tmp_path / "home", tmp_path / "installed", tmp_path / "empty"
    for folder in (home, installed, empty):
        folder.mkdir()
    zipfile.ZipFile(wheel).extractall(installed)
    paths = os.pathsep.join([str(installed), *(path for path in sys.path if path and Path(path) != ROOT)])
    env = {**os.environ, "PYTHONPATH": paths, "PYTHONSAFEPATH": "1", "HOME": str(home), "XDG_DATA_HOME": str(home)}
    env.pop("JPT_HOME", None)

    def jpt(*words: str) -> subprocess.CompletedProcess[str]:
        command = [sys.executable, "-m", "jpt", *words]
        return subprocess.run(
            command, cwd=empty, env=env, capture_output=True, text=True, check=False, timeout=120
        )

    origin = subprocess.run(
        [sys.executable, "-c", "import jpt; print(jpt.__file__)"],
        cwd=empty, env=env, capture_output=True, text=True, check=True,
    )  # fmt: skip
    version, tour, missing = jpt("--version"), jpt("demo"), jpt("run")

    assert Path(origin.stdout.strip()).is_relative_to(installed)
    assert version.stdout.startswith("jpt ")
    assert tour.returncode == 0, tour.stderr
    assert (missing.returncode, str(empty / "inputs/companies.csv") in missing.stderr) == (65, True)
    assert list(empty.iterdir()) == []


@pytest.mark.slow
@pytest.mark.parametrize("tool", ["pip", "pipx", "uv"])
def test_the_wheel_is_installed_by_what_people_use_and_its_command_runs_elsewhere(
    wheel: Path, tmp_path: Path, tool: str
) -> None:
    home, empty = tmp_path / "home", tmp_path / "empty"
    home.mkdir()
    empty.mkdir()
    env = {name: value for name, value in os.environ.items() if not name.startswith(("JPT_", "PYTHON"))}
    env |= {"HOME": str(home), "XDG_DATA_HOME": str(home), "COLUMNS": "80", "TMPDIR": str(home)}
    jpt = _installed(tool, wheel, tmp_path, env)

    def ran(*words: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run([jpt, *words], cwd=empty, env=env, capture_output=True, text=True, check=False)

    where = ran("doctor")
    tour, jobs, version = ran("demo", "--help"), ran("jobs"), ran("--version")

    # Nothing of the checkout; what the test itself has made may lie within it.
    assert str(ROOT) not in (where.stdout + where.stderr).replace(str(tmp_path), "")
    assert (version.returncode, version.stdout.startswith("jpt ")) == (0, True), version.stderr
    assert (tour.returncode, "tour" in tour.stdout) == (0, True), tour.stderr
    assert (jobs.returncode, "jpt run" in jobs.stderr) == (0, True), jobs.stderr
    assert list(empty.iterdir()) == []


def _installed(tool: str, wheel: Path, folder: Path, env: dict[str, str]) -> Path:
    """Install *wheel* under *folder*; gives its command. Skips where the tool, or a registry for it, is missing."""
    if tool == "pip":
        # What jpt needs is taken from here; jpt itself is the wheel alone.
        venv.create(folder / "venv", with_pip=True)
        python = folder / "venv/bin/python"
        pip = [str(python), "-m", "pip", "install", "--quiet", "--no-index", "--no-deps", str(wheel)]
        subprocess.run(pip, check=True, env=env, cwd=folder)
        (site,) = (folder / "venv").glob("lib/python*/site-packages")
        here = sorted({Path(path) for path in sys.path if Path(path).name == "site-packages"})
        (site / "here.pth").write_text("".join(f"{path}\n" for path in here), encoding="utf-8")
        return folder / "venv/bin/jpt"
    if shutil.which(tool) is None:
        pytest.skip(f"no {tool} here")
    env |= {"PIPX_HOME": f"{folder}/px", "PIPX_BIN_DIR": f"{folder}/bin"}
    env |= {"UV_TOOL_DIR": f"{folder}/uv", "UV_TOOL_BIN_DIR": f"{folder}/bin", "UV_CACHE_DIR": f"{folder}/cache"}
    command = ["pipx", "install"] if tool == "pipx" else ["uv", "tool", "install"]
    command += [str(wheel)]
    done = subprocess.run(command, env=env, cwd=folder, capture_output=True, text=True, check=False)
    if done.returncode and any(
        words in done.stderr for words in ("Connection", "connect", "No matching", "resolve")
    ):
        pytest.skip(f"{tool} reaches no registry")
    assert done.returncode == 0, done.stderr
    return folder / "bin/jpt"
