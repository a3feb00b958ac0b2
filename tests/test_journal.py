"""The log: JSON lines, the run in each, no secret in any."""

from __future__ import annotations

import io
import json
import logging
from pathlib import Path

import pytest

from jpt import journal
from jpt.events import Notice, OutageBegan, SiteDone
from jpt.journal import Journal


def written(secrets: list[str], *events: object) -> list[dict[str, object]]:
    stream = io.StringIO()
    handler = journal.to_stream(stream, secrets, "run1")
    try:
        for event in events:
            Journal()(event)  # type: ignore[arg-type]
    finally:
        journal.detach(handler)
    return [json.loads(line) for line in stream.getvalue().splitlines()]


def test_each_line_has_time_level_run_and_what_happened() -> None:
    (line,) = written([], SiteDone("Acme", "https://acme.example", "blocked", "HTTP 403"))

    assert (line["level"], line["run"], line["event"], line["site"]) == ("WARNING", "run1", "site_done", "Acme")
    assert str(line["time"]).startswith("20")


@pytest.mark.parametrize("secret", ["hunter2!", 'with "quotes"', "back\\slash", "päßwörd"])
def test_a_secret_stands_in_no_line_however_it_is_escaped(secret: str) -> None:
    lines = written([secret], OutageBegan("mail", f"login with {secret} refused"))

    assert secret not in json.dumps(lines, ensure_ascii=False)
    assert "[hidden]" in str(lines[0]["message"])


def test_passwords_in_addresses_are_taken_out_without_being_known() -> None:
    (line,) = written([], Notice("proxy http://me:open-sesame@proxy.example:3128 refused"))

    assert "open-sesame" not in json.dumps(line)


def test_the_file_is_private_and_rotates(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(journal, "MAX_BYTES", 2_000)
    path = tmp_path / "state/jpt.log"
    handler = journal.to_file(path, [], "run1")
    for number in range(100):
        Journal()(Notice(f"line {number} " + "x" * 100))
    journal.detach(handler)

    assert path.stat().st_mode & 0o077 == 0
    assert len(list(path.parent.iterdir())) == journal.KEPT + 1
    assert sum(file.stat().st_size for file in path.parent.iterdir()) < 2_500 * (journal.KEPT + 1)


def test_what_the_library_logs_is_in_it_as_well() -> None:
    stream = io.StringIO()
    handler = journal.to_stream(stream, [], "run1")
    logging.getLogger("jpt.browser.engines").warning("%s is replaced", "chromium")
    journal.detach(handler)

    assert json.loads(stream.getvalue())["message"] == "chromium is replaced"
