"""Names and titles that mean harm: what they can do to the screen while it is resized, and to the metrics."""

from __future__ import annotations

import random
import unicodedata
from dataclasses import replace

import pytest
from prometheus_client import CollectorRegistry, generate_latest
from prometheus_client.parser import text_string_to_metric_families
from rich.cells import cell_len

from jpt.models import events
from jpt.observers.metrics import MetricsReader
from jpt.observers.watch_state import WatchState
from jpt.text.clean import clean_line
from tests.observers.screen.test_screen import LISTED, NOW, seated, shown, watch_state
from tests.table import each_row

HOSTILE = [
    "\x1b[2J\x1b]0;owned\x07Cook\x1b[31m",
    "Cook \u202egnikaB\u202c\u2066",
    "[bold red]Cook[/] [link=file:///etc/passwd]here[/link]",
    "Cook\r\n\n 42 fit · all is well",
    "👩\u200d👩\u200d👧\u200d👦" * 30,
    "e" + "\u0301" * 300,
    "デ" * 200,
    "a" * 5_000,
    "\u200b\u2060\ufeff",
]


@pytest.mark.parametrize("keys", ["", "s", "/cook"])
def test_a_storm_of_sizes_with_hostile_titles_breaks_no_line(keys: str) -> None:
    drawn = random.Random(7)
    listed = tuple(
        replace(LISTED[number % len(LISTED)], title=clean_line(text, 300), company=clean_line(text, 100))
        for number, text in enumerate(HOSTILE * 4)
    )
    for _ in range(60):
        width, height = drawn.randint(1, 300), drawn.randint(1, 80)
        lines = shown(watch_state(12), width, height, navigation=seated(*keys, listed=listed))

        assert len(lines) <= height
        for line in lines:
            assert cell_len(line) <= width, (width, height, line)
            assert not any(unicodedata.category(char) == "Cc" or char in "\u202e\u2066" for char in line), line


@each_row("name", ['Evil"} 1\n# HELP jpt_up 0', "back\\slash\\", "\\n", "x\r\ny", "ünï 🍪", '{a="b"}', ""])
def test_metrics_are_read_as_they_were_meant_whatever_a_site_is_called(name: str) -> None:
    made = WatchState(clock=lambda: NOW)
    url = "https://acme.example/jobs?q=1"
    made(events.PagesAre(((name, url), ("Acme", f"{url}&token=fXk29QmZp81LwT77aaQ"))))
    registry = CollectorRegistry()
    registry.register(MetricsReader(made, lambda: None))

    text = generate_latest(registry).decode()

    families = {family.name: family for family in text_string_to_metric_families(text)}
    assert [sample.value for sample in families["jpt_up"].samples] == [1]
    sites = {sample.labels["site"]: sample.labels["url"] for sample in families["jpt_site_failures"].samples}
    assert set(sites) == {name, "Acme"}
    assert sites[name] == url
    assert "fXk29QmZp81LwT77aaQ" not in text
