"""`jpt sites`: what it shows on a narrow terminal, and verbs before the first run."""

from __future__ import annotations

import io
from dataclasses import replace
from pathlib import Path

from rich.cells import cell_len
from rich.console import Console

from jpt.cli.sites_table import site_lines, ways
from jpt.store import Store
from jpt.store.sites import PageState
from jpt.text.secrets import Hiding
from tests.conftest import Jpt
from tests.store.test_store import ACME, job, listed

MINUTE = 60_000


def states(tmp_path: Path) -> list[PageState]:
    with Store.open(tmp_path / "jpt.sqlite3") as store:
        store.sites.record(ACME, listed(job(1)), queue=True)
        (state,) = store.sites.states()
    failing = {
        "status": "blocked",
        "reason": "HTTP 403",
        "failures": 3,
        "failing_since_ts_ms": 0,
        "good_ts_ms": None,
    }
    return [
        replace(state, jobs=12, advertised_total=143, due_ts_ms=12 * MINUTE, good_ts_ms=0),
        replace(
            state,
            site="株式会社エヌ・ティ・ティ・データ先端技術 Deutschland",
            method="feed:greenhouse",
            good_ts_ms=0,
        ),
        replace(state, site="Globex", url="https://globex.example/jobs?token=s3cr3t-t0ken", **failing),  # type: ignore[arg-type]
    ]


def lines(tmp_path: Path, width: int) -> list[str]:
    screen = Console(width=width, file=io.StringIO(), force_terminal=False)
    for line in site_lines(states(tmp_path), 5 * MINUTE, width, Hiding()):
        screen.print(line)
    assert isinstance(screen.file, io.StringIO)
    return [line.rstrip() for line in screen.file.getvalue().splitlines()]


def test_a_narrow_terminal_shows_address_jobs_way_and_next_read(tmp_path: Path) -> None:
    shown = lines(tmp_path, 80)

    acme = next(line for line in shown if line.startswith("Acme"))
    assert "12 of 143" in acme and "browser" in acme and "5 min ago" in acme and "in 7m" in acme
    assert any(line.strip() == ACME.url for line in shown)
    assert any("greenhouse" in line for line in shown)
    assert max(map(cell_len, shown)) <= 80


def test_failing_pages_come_first_and_tokens_in_addresses_are_hidden(tmp_path: Path) -> None:
    shown = lines(tmp_path, 120)

    assert shown[1].startswith("Globex")
    assert "HTTP 403" in "".join(shown[2:4])
    assert "s3cr3t-t0ken" not in "".join(shown)


def test_verbose_shows_how_posts_are_read_and_what_proved_it(tmp_path: Path) -> None:
    with Store.open(tmp_path / "jpt.sqlite3", lambda: 0) as store:
        for _ in range(4):
            store.post_shapes.agreed("Acme", "acme.example/jobs/*", "1", "", 900)
        store.post_shapes.read("Acme", "acme.example/jobs/*", "1", 7)
        store.post_shapes.agreed("Globex", "globex.example/*?id", "1", "", 900)
        store.post_shapes.disagreed("Acme", "acme.example/de/*", "1")
        store.post_shapes.agreed("Acme", "acme.example/old/*", "0", "", 900)
        shapes = store.post_shapes.all("1")
    shown = [
        words for state in states(tmp_path) if state.site in shapes for words in ways(state, 3 * MINUTE, shapes)
    ]

    assert shown == [
        "posts at acme.example/de/*: in the browser (HTTP gave something else, 1 time)",
        "posts at acme.example/jobs/*: by HTTP (4 in a row were the same both ways, the last 3 min ago; 1 post since)",
        "posts at globex.example/*?id: in the browser (1 in a row were the same both ways, the last 3 min ago; 3 are needed)",
    ]
    assert list(ways(states(tmp_path)[0], 0, None)) == []


def test_a_site_may_be_paused_and_renamed_before_the_first_run(bare_jpt: Jpt) -> None:
    (bare_jpt.folder / "inputs").mkdir()
    path = bare_jpt.folder / "inputs/companies.csv"
    path.write_text("company,url\nAcme,https://acme.example/careers\n")

    renamed = bare_jpt("sites", "rename", "acme", "Acme Robotics")
    paused = bare_jpt("sites", "pause", "Acme Robotics")
    shown = bare_jpt("sites")

    assert (renamed.code, paused.code, shown.code) == (0, 0, 0), renamed.err + paused.err
    assert "Acme Robotics,https://acme.example/careers" in path.read_text()
    assert "Paused before the first read: 1 site (Acme Robotics)" in shown.err
