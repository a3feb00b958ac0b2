"""The log: JSON lines, the run in each, no secret in any."""

from __future__ import annotations

import io
import json
import logging
import sys
from pathlib import Path

import pytest
from rich.console import Console

from jpt.cli import ending as cli
from jpt.cli import session
from jpt.cli.options import common
from jpt.models.events import Notice, OutageBegan, SiteDone
from jpt.observers import journal
from jpt.observers.journal import Journal
from jpt.observers.live import Log
from jpt.settings import load, secret_values
from jpt.text.secrets import Hiding
from tests.table import each_row


def written(secrets: list[str], *events: object) -> list[dict[str, object]]:
    stream = io.StringIO()
    handler = journal.to_stream(stream, Hiding(secrets), "run1")
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


@each_row("secret", ["true", "null", "event", "WARNING", "4711", "run1"])
def test_a_secret_that_is_a_word_of_the_log_itself_breaks_no_line(secret: str) -> None:
    (line,) = written([secret], SiteDone("Acme", "https://acme.example", "error", f"it says {secret}", links=4711))

    assert (line["event"], line["links"], line["reason"]) == ("site_done", 4711, "it says [hidden]")


@pytest.mark.parametrize(
    ("setting", "told"),
    [
        ("slack://T00000001/B00000002/XxXxXxXxXxXx", "https://hooks.example/services/T00000001/XxXxXxXxXxXx: 404"),
        ("tgram://12345678:AAbb-CC_dd/9876", "https://api.example/bot12345678:AAbb-CC_dd/sendMessage: 401"),
        ("ntfy://me:open%20sesame@ntfy.example/jobs", "the login of me with 'open sesame' was refused"),
        ("p@ss/word", "https://mail.example/?p=p%40ss%2Fword"),
    ],
)
def test_what_is_secret_in_an_address_stands_in_no_other_form_either(setting: str, told: str) -> None:
    shown = Hiding([setting])(told)

    for secret in ("T00000001", "XxXxXxXxXxXx", "AAbb-CC_dd", "open sesame", "p%40ss"):
        assert secret not in shown
    assert "example" in shown or "refused" in shown


def test_a_token_in_an_address_is_hidden_and_what_finds_a_job_is_not() -> None:
    shown = Hiding()("https://jobs.example/post?gh_jid=12&access_token=abcdef&page=2")

    assert shown == "https://jobs.example/post?gh_jid=12&access_token=[hidden]&page=2"


def test_a_secret_that_changes_while_it_runs_is_hidden_from_then_on_and_so_is_the_old_one() -> None:
    hiding = Hiding(["first-password"])
    hiding.learn(["second-password"])

    assert hiding("first-password second-password") == "[hidden] [hidden]"


def test_only_our_own_secrets_may_be_short_words(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("TOKENIZERS_PARALLELISM", "false")
    monkeypatch.setenv("SMTP_PASS", "fish")
    monkeypatch.setenv("HTTPS_PROXY", "http://me:sesame@proxy.example:3128")

    values = secret_values()

    assert "false" not in values
    assert {"fish", "sesame"} <= set(values)


def test_a_short_secret_is_no_syllable_of_other_words() -> None:
    hiding = Hiding(["fish", "tok", "hunter22"])

    assert hiding("fishing for fish, token xhunter22x") == "fishing for [hidden], token x[hidden]x"


def test_the_last_words_of_a_crash_tell_no_secret(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def crash() -> None:
        raise RuntimeError("the login with hunter22 broke")

    monkeypatch.setenv("SMTP_PASS", "hunter22")
    monkeypatch.setattr(sys, "argv", ["jpt", "run"])
    monkeypatch.setattr(sys, "excepthook", sys.excepthook)
    monkeypatch.setattr(cli, "app", crash)
    with pytest.raises(SystemExit) as ended:
        cli.main()
    plain = capsys.readouterr().err
    monkeypatch.setattr(common, "verbose", True)
    with pytest.raises(RuntimeError) as crashed:
        cli.main()
    sys.excepthook(crashed.type, crashed.value, crashed.tb)
    verbose = capsys.readouterr().err

    assert ended.value.code == 1
    assert ("Traceback" in plain, "Traceback" in verbose) == (False, True)
    assert "the login with [hidden] broke" in plain
    assert "the login with [hidden] broke" in verbose


def test_lines_for_people_tell_no_secret_either() -> None:
    screen = Console(file=io.StringIO(), width=200)
    Log(screen, Hiding(["hunter22"]))(OutageBegan("mail", "login with hunter22 refused"))

    assert isinstance(screen.file, io.StringIO)
    assert "login with [hidden] refused" in screen.file.getvalue()


def test_a_bug_is_in_the_log_with_its_traceback_and_without_secrets(tmp_path: Path) -> None:
    session.hiding.learn(["a-secret-of-this-test"])
    settings = load(db=tmp_path / "jpt.sqlite3")[0]
    with pytest.raises(KeyError), session.logged(settings, "run1"):
        raise KeyError("a-secret-of-this-test")

    (line,) = map(json.loads, (tmp_path / "jpt.log").read_text().splitlines())
    assert line["run"] == "run1"
    assert "KeyError" in line["exc_info"]
    assert "a-secret" not in str(line)


def test_two_processes_that_log_to_one_file_follow_each_other_when_it_rotates(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(journal, "MAX_BYTES", 2_000)
    path = tmp_path / "jpt.log"
    first, second = (journal.to_file(path, Hiding(), name) for name in ("run1", "run2"))
    for number in range(60):
        Journal()(Notice(f"line {number} " + "x" * 100))
    for handler in (first, second):
        journal.detach(handler)

    newest = [
        json.loads(line) for file in sorted(tmp_path.iterdir())[:2] for line in file.read_text().splitlines()
    ]
    assert {line["run"] for line in newest} == {"run1", "run2"}
    assert sum(file.stat().st_size for file in tmp_path.iterdir()) < 2_500 * (journal.KEPT + 1)


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="there is no disk that is always full")
def test_a_full_disk_ends_no_work_and_stands_in_no_screen(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "jpt.log").symlink_to("/dev/full")
    handler = journal.to_file(tmp_path / "jpt.log", Hiding(), "run1")

    Journal()(Notice("one"))
    (tmp_path / "jpt.log").unlink()
    Journal()(Notice("two"))
    journal.detach(handler)

    assert capsys.readouterr().err == ""
    said = [json.loads(line)["message"] for line in (tmp_path / "jpt.log").read_text().splitlines()]
    assert said == ["two", "1 line of this log could not be written"]


def test_passwords_in_addresses_are_taken_out_without_being_known() -> None:
    (line,) = written([], Notice("proxy http://me:open-sesame@proxy.example:3128 refused"))

    assert "open-sesame" not in json.dumps(line)


def test_the_file_is_private_and_rotates(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(journal, "MAX_BYTES", 2_000)
    path = tmp_path / "state/jpt.log"
    handler = journal.to_file(path, Hiding(), "run1")
    for number in range(100):
        Journal()(Notice(f"line {number} " + "x" * 100))
    journal.detach(handler)

    assert path.stat().st_mode & 0o077 == 0
    assert len(list(path.parent.iterdir())) == journal.KEPT + 1
    assert sum(file.stat().st_size for file in path.parent.iterdir()) < 2_500 * (journal.KEPT + 1)


def test_what_the_library_logs_is_in_it_as_well() -> None:
    stream = io.StringIO()
    handler = journal.to_stream(stream, Hiding(), "run1")
    logging.getLogger("jpt.browser.pool.engines").warning("%s is replaced", "chromium")
    journal.detach(handler)

    assert json.loads(stream.getvalue())["message"] == "chromium is replaced"
