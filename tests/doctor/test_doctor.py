"""`jpt doctor`, `jpt init` and `jpt status`: what they see, and what they say to do."""

from __future__ import annotations

import json
import os
import sqlite3
import stat
import time
from collections.abc import Callable
from contextlib import closing
from functools import partial
from pathlib import Path
from typing import Any

import anyio
import pytest

from jpt.browser.chromium.find import Chromium
from jpt.browser.chromium.scratch import work_folder
from jpt.doctor.browsers import browser
from jpt.doctor.diagnosis import Diagnosis
from jpt.settings import Settings, known_names
from jpt.store import Store
from tests.conftest import Ended, Jpt
from tests.model_server import fails, model_server, text
from tests.telegram import CHAT, TOKEN, Telegram

LIST = "company,url\nAcme,https://acme.example/careers\n"


@pytest.fixture
def ready(bare_jpt: Jpt) -> Jpt:
    """Jpt in a folder with a list, and a browser that is none: looking for a real one takes seconds."""
    (bare_jpt.folder / "inputs").mkdir()
    (bare_jpt.folder / "inputs/companies.csv").write_text(LIST)
    return Jpt(bare_jpt.folder, {**bare_jpt.env, "JPT_CHROMIUM": "/bin/false"})


def found(ended: Ended) -> dict[str, dict[str, str]]:
    rank = ["ok", "warn", "fail"]
    worst: dict[str, dict[str, str]] = {}
    for row in ended.json:
        before = worst.get(row["check"])
        if before is None or rank.index(row["state"]) > rank.index(before["state"]):
            worst[row["check"]] = row
    return worst


def test_each_check_has_a_state_and_what_is_not_well_a_next_step(ready: Jpt) -> None:
    ended = ready("doctor", "--json")

    seen = found(ended)
    assert ended.code == 1
    assert seen["browser"]["state"] == "fail"
    assert {
        "settings",
        "companies",
        "filters",
        "database",
        "sqlite",
        "clock",
        "disk",
        "memory",
        "leftovers",
        "mail",
    } <= set(seen)
    assert all(row["step"] for row in ended.json if row["state"] != "ok")
    assert seen["companies"]["state"] == "ok"
    assert not (ready.folder / "state").exists()


def test_what_is_wrong_is_named(ready: Jpt) -> None:
    (ready.folder / "inputs/companies.csv").write_text(LIST + "nonsense\n")
    (ready.folder / "inputs/filters.toml").write_text("this is no toml")
    (ready.folder / "state").mkdir()
    (ready.folder / "state/snapshots.sqlite3").write_text("no database " * 100)

    seen = found(ready("doctor", "--json", JPT_MAX_YEAR="3"))

    assert "JPT_MAX_YEARS" in seen["settings"]["words"]
    assert "line 3" in seen["companies"]["words"]
    assert seen["filters"]["state"] == "fail"
    assert "not an SQLite database" in seen["database"]["words"]


def test_a_setting_that_cannot_be_used_is_the_only_line(ready: Jpt) -> None:
    ended = ready("doctor", "--json", PPT_MAX_PAGES="many")

    assert ended.code == 1
    assert [row["check"] for row in ended.json] == ["settings"]


def test_a_clock_that_was_set_back_shows_in_the_database(ready: Jpt) -> None:
    db = ready.folder / "state/snapshots.sqlite3"
    with Store.open(db):
        pass
    with closing(sqlite3.connect(db)) as raw, raw:
        ahead = int(time.time() * 1000) + 7_200_000
        raw.execute(
            "INSERT INTO job_details (site, url, created_ts_ms, updated_ts_ms) VALUES ('a', 'b', ?, ?)",
            [ahead, ahead],
        )

    assert "2.0 h in the future" in found(ready("doctor", "--json"))["clock"]["words"]


@pytest.mark.skipif(os.name != "posix", reason="modes are those of POSIX")
def test_fix_does_what_is_safe(ready: Jpt, tmp_path: Path) -> None:
    temporary = tmp_path / "tmp"
    left = work_folder(temporary) / "run-dead"
    left.mkdir(parents=True)
    (left / "run.lock").touch()
    db = ready.folder / "state/snapshots.sqlite3"
    with Store.open(db):
        pass
    db.chmod(0o644)
    db.parent.chmod(0o755)
    before = found(ready("doctor", "--json", TMPDIR=str(temporary)))
    after = found(ready("doctor", "--fix", "--json", TMPDIR=str(temporary)))

    assert (before["privacy"]["state"], before["leftovers"]["state"]) == ("warn", "warn")
    assert (after["privacy"]["state"], after["leftovers"]["state"]) == ("ok", "ok")
    assert not left.exists()
    assert stat.S_IMODE(db.stat().st_mode) == 0o600


@pytest.mark.skipif(os.name != "posix", reason="modes are those of POSIX")
def test_fix_closes_no_folder_that_is_there_for_other_things(ready: Jpt) -> None:
    with Store.open(ready.folder / "jobs.sqlite3"):
        pass
    ready.folder.chmod(0o755)

    ready("doctor", "--fix", "--db", "jobs.sqlite3")

    assert stat.S_IMODE(ready.folder.stat().st_mode) == 0o755


def test_a_browser_whose_sandbox_does_not_start_is_told_from_a_broken_one(
    chromium: Chromium, settings: Callable[..., Settings], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As where user namespaces are forbidden: Chromium says so and ends, unless it is told to do without."""
    wrapped = tmp_path / "chromium"
    wrapped.write_text(
        f"""#!/bin/sh
case " $* " in *" --no-sandbox "*|*" --version "*) exec {chromium.path} --no-sandbox "$@" ;; esac
echo "[1:1:0101/000000.000000:FATAL:zygote_host_impl_linux.cc(1)] No usable sandbox! Allow user namespaces." >&2
exit 1
"""
    )
    wrapped.chmod(0o755)
    monkeypatch.setattr(os, "geteuid", lambda: 1000)

    async def seen() -> dict[str, Diagnosis]:
        return {one.check: one async for one in browser(settings(chromium=wrapped), fix=False)}

    lines = anyio.run(seen)

    assert lines["browser"].state == "ok"
    assert lines["sandbox"].state == "fail"
    assert "No usable sandbox" in lines["sandbox"].words
    assert "user namespaces" in lines["sandbox"].step


def test_part_of_a_line_that_is_not_used_is_named_too(ready: Jpt) -> None:
    (ready.folder / "inputs/companies.csv").write_text(
        "company,url,every\nAcme,https://acme.example/careers,soon\n"
    )

    line = found(ready("doctor", "--json"))["companies"]

    assert (line["state"], "'soon'" in line["words"]) == ("warn", True)


def test_wrong_filters_are_no_fault_of_the_mail(ready: Jpt) -> None:
    (ready.folder / "inputs/filters.toml").write_text('[title]\nexclud = ["x"]\n')

    seen = found(
        ready("doctor", "--json", SMTP_HOST="127.0.0.1", EMAIL_TO="a@b.example", EMAIL_FROM="a@b.example")
    )

    assert (seen["filters"]["state"], seen["mail"]["state"]) == ("fail", "warn")
    assert seen["filters"]["words"].endswith("did you mean 'exclude'?")
    assert ".env" not in seen["mail"]["step"]


def test_a_real_browser_is_seen_to_render(jpt: Jpt) -> None:
    (jpt.folder / "inputs").mkdir()
    (jpt.folder / "inputs/companies.csv").write_text(LIST)

    ended = jpt("doctor")

    assert ended.code == 0, ended.out
    assert "it renders pages" in ended.out
    assert "jpt can work" in ended.out


def test_init_makes_what_is_missing_and_overwrites_nothing(bare_jpt: Jpt) -> None:
    (bare_jpt.folder / ".env.example").write_text("mine")
    first, second = bare_jpt("init"), bare_jpt("init")

    assert (first.code, second.code) == (0, 0)
    assert (bare_jpt.folder / ".env.example").read_text() == "mine"
    assert (bare_jpt.folder / "inputs/companies.csv").read_text().count("company,url,every") == 1
    assert stat.S_IMODE((bare_jpt.folder / "state").stat().st_mode) == 0o700


def test_the_example_of_settings_explains_every_one_and_can_be_used_as_it_is(bare_jpt: Jpt) -> None:
    bare_jpt("init")
    text = (bare_jpt.folder / ".env.example").read_text()
    (bare_jpt.folder / "inputs/companies.csv").write_text(LIST)
    lines = [line.removeprefix("#") if "=" in line and line[1:2] != " " else line for line in text.splitlines()]
    (bare_jpt.folder / ".env").write_text("\n".join(lines))
    (bare_jpt.folder / ".env").chmod(0o600)

    assert all(f"#{name}=" in text for name in known_names())
    ended = bare_jpt("doctor", "--json", JPT_CHROMIUM="/bin/false")
    assert found(ended)["settings"]["state"] == "ok"


def test_without_a_watch_the_status_is_not_healthy_and_says_how_to_start_one(bare_jpt: Jpt) -> None:
    ended, plain = bare_jpt("status", "--json"), bare_jpt("status")

    assert (ended.code, plain.code) == (1, 1)
    assert ended.json["alive"] is False
    assert "jpt watch" in plain.out


def test_before_the_first_read_the_status_counts_nothing(bare_jpt: Jpt) -> None:
    assert "No page has been read yet" in bare_jpt("status").out


@pytest.mark.parametrize(("pid", "age_s", "faults"), [(1, 0, 0), (1, 300, 1), (2**22 + 5, 0, 1)])
def test_a_watch_that_died_or_hangs_is_told_from_one_that_lives(
    bare_jpt: Jpt, pid: int, age_s: int, faults: int
) -> None:
    (bare_jpt.folder / "state").mkdir()
    now = int(time.time() * 1000)
    told = {"pid": pid, "beat_ts_ms": now - age_s * 1000, "started_ts_ms": now, "stage": "waiting", "problems": []}
    (bare_jpt.folder / "state/snapshots.sqlite3.watch.json").write_text(json.dumps(told))

    ended = bare_jpt("status", "--json")

    assert ended.json["alive"] is not bool(faults)
    assert len(ended.json["problems"]) == faults


def test_a_model_that_is_to_be_asked_is_asked_once(ready: Jpt) -> None:
    with model_server() as server:
        server.does(text('{"ok": true}'))
        good = ready("doctor", "--json", JPT_EXTRACTOR="auto", OPENAI_BASE_URL=server.url)
        server.does(fails(401))
        bad = ready("doctor", "--json", JPT_EXTRACTOR="auto", OPENAI_BASE_URL=server.url, OPENAI_API_KEY="k")

    assert found(good)["model"]["state"] == "ok"
    assert found(bad)["model"]["state"] == "fail"


def test_the_models_tokens_are_told_and_past_the_months_cap_it_is_not_asked(ready: Jpt) -> None:
    with Store.open(ready.folder / "state/snapshots.sqlite3") as store:
        store.answers.spend("m", (900, 100))
    with model_server() as server:
        server.does(text('{"ok": true}', tokens=(40, 10)))
        env = {"JPT_EXTRACTOR": "auto", "OPENAI_BASE_URL": server.url}
        below = Jpt(ready.folder, {**ready.env, **env, "JPT_LLM_MONTHLY_TOKENS": "1050"})("doctor", "--json")
        past = Jpt(ready.folder, {**ready.env, **env, "JPT_LLM_MONTHLY_TOKENS": "1050"})("doctor", "--json")
        asked = len(server.asked)

    assert "1,050 of 1,050 this month" in json.dumps(found(below)["model"])
    assert found(past)["model"]["state"] == "warn"
    assert asked == 1


def test_the_mail_server_is_logged_in_to_and_nothing_is_sent(ready: Jpt) -> None:
    ended = ready(
        "doctor", "--json", SMTP_HOST="127.0.0.1", SMTP_PORT="1", EMAIL_FROM="a@x.example", EMAIL_TO="b@x.example"
    )

    assert found(ended)["mail"]["state"] == "fail"
    assert "127.0.0.1" in found(ended)["mail"]["words"]


def test_status_misses_no_watch_where_runs_are_started_regularly(bare_jpt: Jpt) -> None:
    (bare_jpt.folder / "state").mkdir()
    hour, now = 3_600_000, int(time.time() * 1000)

    def runs(*ages: int) -> None:
        for age in ages:
            with Store.open(bare_jpt.folder / "state/snapshots.sqlite3", partial(int, now - age)) as store:
                store.history.end(store.history.begin("jpt run"), "done", {})

    runs(26 * hour, 25 * hour)
    twice = bare_jpt("status")
    runs(24 * hour)
    overdue = bare_jpt("status")
    runs(2 * hour, 1 * hour, 0)
    regular = bare_jpt("status", "--json")

    assert (twice.code, overdue.code, regular.code) == (1, 1, 0)
    assert (regular.json["healthy"], regular.json["alive"]) == (True, False)


def test_every_warning_has_something_to_do(ready: Jpt) -> None:
    lines = found(ready("doctor", "--json"))

    assert lines["sqlite"]["state"] == "ok"
    assert all(line["step"] for line in lines.values() if line["state"] == "warn")


def test_mail_is_not_missed_where_another_channel_tells(ready: Jpt) -> None:
    assert found(ready("doctor", "--json", JPT_NOTIFY="json://127.0.0.1:9/x"))["mail"]["state"] == "ok"


def test_settings_are_shown_as_they_are_written(ready: Jpt) -> None:
    shown = ready("doctor", "-v", JPT_LLM_MONTHLY_TOKENS="50000").out

    assert "  JPT_EVERY = 15m\n" in shown
    assert "  SMTP_HOST is not set\n" in shown
    assert "  JPT_ROBOTS = 0\n" in shown
    assert "* JPT_LLM_MONTHLY_TOKENS = 50000\n" in shown
    assert "None" not in shown
    assert "[hidden]" not in shown


def test_no_password_of_a_proxy_is_shown(ready: Jpt) -> None:
    ended = ready("doctor", "-v", HTTPS_PROXY="http://me:geheim-wort@127.0.0.1:9")

    assert "HTTPS_PROXY = http://" in ended.out
    assert "geheim-wort" not in ended.out + ended.err


def test_the_bot_is_asked_who_it_is_and_its_token_is_not_shown(ready: Jpt) -> None:
    with Telegram() as server:
        bot: dict[str, Any] = {"JPT_TELEGRAM_API": server.api, "JPT_TELEGRAM_CHAT": str(CHAT)}
        well = ready("doctor", "--json", JPT_TELEGRAM_TOKEN=TOKEN, **bot)
        wrong = ready("doctor", "--json", JPT_TELEGRAM_TOKEN="9:another-token", **bot)
        asked = [name for name, _ in server.asked]
    none = ready("doctor", "--json")

    assert found(well)["telegram"]["state"] == "ok"
    assert "my_bot" in found(well)["telegram"]["words"]
    assert found(wrong)["telegram"]["state"] == "fail"
    assert "Unauthorized" in found(wrong)["telegram"]["words"]
    assert "another-token" not in wrong.out + wrong.err
    assert TOKEN not in well.out + well.err
    assert asked == ["getMe"]
    assert "telegram" not in found(none)
