"""A home for the run in one process that a cluster's run is compared with."""

from __future__ import annotations

from pathlib import Path

import pytest

from jpt.browser.chromium.find import Chromium
from tests.conftest import Jpt, with_browser


@pytest.fixture
def alone(tmp_path: Path, chromium: Chromium, proof: Path) -> Jpt:
    (folder := tmp_path / "alone").mkdir()
    return with_browser(folder, chromium, proof)
