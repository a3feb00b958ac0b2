"""Settings: precedence, bounds, and names that are not known."""

from pathlib import Path

import pytest

from jpt.errors import SettingError
from jpt.settings import load


@pytest.fixture(autouse=True)
def _fresh_place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    for name in ("JPT_DB", "JPT_MAX_YEARS", "PPT_MAX_PAGES", "JPT_CHROMIUM"):
        monkeypatch.delenv(name, raising=False)


def test_an_option_beats_the_environment_which_beats_the_files(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "state").mkdir()
    (tmp_path / "state/secrets.env").write_text("JPT_MAX_YEARS=1\nPPT_MAX_PAGES=2\nJPT_LANGUAGE=de")
    (tmp_path / ".env").write_text("JPT_MAX_YEARS=2\nPPT_MAX_PAGES=3")
    monkeypatch.setenv("JPT_MAX_YEARS", "5")

    settings, _ = load(max_pages=7)

    assert (settings.max_pages, settings.max_years, settings.language) == (7, 5, "de")


def test_the_working_folders_file_beats_the_state_folders(tmp_path: Path) -> None:
    (tmp_path / "state").mkdir()
    (tmp_path / "state/secrets.env").write_text("JPT_MAX_YEARS=1")
    (tmp_path / ".env").write_text("JPT_MAX_YEARS=2")

    assert load()[0].max_years == 2


@pytest.mark.parametrize(
    ("name", "value"),
    [("PPT_MAX_PAGES", "0"), ("PPT_MAX_PAGES", "many"), ("JPT_MAX_YEARS", "-1"), ("JPT_USER_AGENT", "a\nb")],
)
def test_a_bad_value_is_named_with_its_variable(name: str, value: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(name, value)

    with pytest.raises(SettingError) as caught:
        load()

    assert name in caught.value.sentence
    assert repr(value) in caught.value.sentence.replace("\\\\", "\\") or value in caught.value.sentence


def test_an_empty_value_means_the_default(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("JPT_MAX_YEARS", "")

    assert load()[0].max_years == 3


def test_an_unknown_name_gets_a_warning_with_the_nearest_known_one(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("JPT_MAX_YEAR", "2")

    _, warnings = load()

    assert any("JPT_MAX_YEAR " in warning and "JPT_MAX_YEARS" in warning for warning in warnings)


def test_an_unknown_name_in_a_file_gets_a_warning_too(tmp_path: Path) -> None:
    (tmp_path / ".env").write_text("JPT_CHROMIUMM=/x\nHOME=/y")

    _, warnings = load()

    assert len([warning for warning in warnings if "JPT_CHROMIUMM" in warning]) == 1
    assert not any("HOME" in warning for warning in warnings)
