"""The wheel, installed outside of the checkout: it holds all that its commands need."""

from __future__ import annotations

import importlib.util
import os
import subprocess
import sys
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
