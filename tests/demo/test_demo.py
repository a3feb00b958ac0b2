"""The first thing that a newcomer tries."""

from __future__ import annotations

import re
from pathlib import Path

from tests.conftest import Jpt


def test_the_demo_finds_the_new_job_shows_it_and_leaves_only_its_page(jpt: Jpt, tmp_path: Path) -> None:
    temporary = tmp_path / "tmp"
    temporary.mkdir()
    before = sorted(path for path in jpt.folder.rglob("*") if "tmp" not in path.parts[len(jpt.folder.parts) :])

    ended = jpt("demo", TMPDIR=str(temporary), DISPLAY="", SMTP_HOST="mail.invalid", EMAIL_TO="me@example.org")

    assert ended.code == 0, ended.err
    assert "2 cycles: 5 of 6 pages read, 11 posts opened" in ended.out
    assert "Guarded Gate Bank could not be read" in ended.out
    assert "1+ years of experience with Python and geodata" in ended.out
    assert "Years       1+" in ended.out
    (preview,) = re.findall(r"^(/.*\.html)$", ended.out, re.MULTILINE)
    assert "Junior Geodata Engineer" in Path(preview).read_text(encoding="utf-8")
    assert list(temporary.iterdir()) == [Path(preview)]
    assert (
        sorted(path for path in jpt.folder.rglob("*") if "tmp" not in path.parts[len(jpt.folder.parts) :])
        == before
    )
