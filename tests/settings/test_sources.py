"""Settings: precedence, limits, unknown names, and files that are none."""

import os
import shutil
from pathlib import Path

import pytest

from jpt.errors import SettingError
from jpt.settings import list_to_edit, list_to_read, load

SHIPPED = Path(__file__).parents[2] / "inputs/companies.csv"


@pytest.fixture(autouse=True)
def _fresh_place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    for name in ("JPT_HOME", "JPT_DB", "JPT_MAX_YEARS", "PPT_MAX_PAGES", "JPT_CHROMIUM"):
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


def test_a_huge_value_is_shown_by_its_beginning(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("JPT_DIGEST_AT", "25:99," + "08:00," * 20_000)

    with pytest.raises(SettingError) as caught:
        load()

    assert "25:99" in caught.value.sentence
    assert len(caught.value.sentence) < 1_000


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


def test_a_line_that_is_no_setting_is_named_once_with_its_file(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    (tmp_path / ".env").write_text("JPT_MAX_YEARS=2\n\nthis is 'no setting\nJPT_LANGUAGE=de\n")

    settings, warnings = load()

    assert (settings.max_years, settings.language) == (2, "de")
    assert [".env, line 3" in warning for warning in warnings] == [True]
    assert not caplog.records


@pytest.mark.parametrize("name", [".env", "state/secrets.env"])
def test_a_pipe_in_place_of_a_file_is_refused_and_not_waited_for(tmp_path: Path, name: str) -> None:
    (tmp_path / "state").mkdir()
    os.mkfifo(tmp_path / name)

    with pytest.raises(SettingError, match=name):
        load()


def test_values_that_refer_to_each_other_stay_as_they_are(tmp_path: Path) -> None:
    lines = ["A0=" + "a" * 100] + [f"A{number}=" + f"${{A{number - 1}}}" * 10 for number in range(1, 30)]
    (tmp_path / ".env").write_text("\n".join([*lines, "JPT_MODEL=${A29}"]))

    assert load()[0].model == "${A29}"


def test_a_huge_file_is_refused(tmp_path: Path) -> None:
    (tmp_path / ".env").write_text("JPT_MODEL=" + "m" * 2_000_000)

    with pytest.raises(SettingError, match=r"\.env"):
        load()


def test_jpt_works_where_its_files_are(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    data = tmp_path / "data"
    monkeypatch.setenv("XDG_DATA_HOME", str(data))
    monkeypatch.setenv("HOME", str(data))
    nowhere = load()[0].db, list_to_edit()
    (data / "jpt/inputs").mkdir(parents=True)
    elsewhere = load()[0].db
    (tmp_path / "inputs").mkdir()
    here = load()[0].db
    monkeypatch.setenv("JPT_HOME", str(tmp_path / "other"))

    assert nowhere == (tmp_path / "state/snapshots.sqlite3", data / "jpt/inputs/companies.csv")
    assert elsewhere == data / "jpt/state/snapshots.sqlite3"
    assert here == Path("state/snapshots.sqlite3")
    assert load()[0].db == tmp_path / "other/state/snapshots.sqlite3"


def test_the_shipped_list_is_read_until_there_is_one_of_ones_own_and_never_edited(tmp_path: Path) -> None:
    (tmp_path / "inputs").mkdir()
    nothing = list_to_edit()
    shutil.copy(SHIPPED, tmp_path / "inputs")
    example = list_to_read(), list_to_edit()
    list_to_edit().touch()

    assert nothing == Path("inputs/companies.csv")
    assert example == (Path("inputs/companies.csv"), Path("inputs/my-companies.csv"))
    assert list_to_read() == list_to_edit() == Path("inputs/my-companies.csv")
