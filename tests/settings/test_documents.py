"""The settings described: the page in docs/ is the one that the settings give."""

from __future__ import annotations

from pathlib import Path

from jpt.settings import documented, example, known_names
from jpt.settings.documents import settings_page

DOCS = Path(__file__).parents[2] / "docs"


def test_the_page_of_settings_is_what_the_settings_say() -> None:
    assert (DOCS / "settings.md").read_text(encoding="utf-8") == settings_page(), (
        "python -m jpt.settings > docs/settings.md"
    )


def test_every_setting_is_described_once_and_in_the_example() -> None:
    described = [variable for _, variable, meaning in documented() if meaning]

    assert sorted(described) == sorted(known_names())
    assert all(f"\n#{variable}=" in example() for variable in described)
