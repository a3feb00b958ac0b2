"""Each target on a few fixed inputs; `nox -s fuzz` runs them for long on new ones."""

from __future__ import annotations

import pytest

from tests.fuzz.running import Target, run
from tests.fuzz.targets import TARGETS

EXAMPLES = {"http": 30, "smtp": 20, "rows": 20, "commands": 20}


@pytest.mark.parametrize("target", TARGETS, ids=lambda target: target.name)
def test_what_comes_from_outside_ends_nothing(target: Target) -> None:
    report = run(target, examples=EXAMPLES.get(target.name, 80))

    assert report.executions
    assert not report.findings, str(report)
