"""What processes that jpt starts inherit."""

from __future__ import annotations

import ast
import json
import os
import sys
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path

import anyio
import psutil
import pytest

import jpt
from jpt.browser.chromium.find import Chromium
from jpt.browser.pool.pool import BrowserPool
from jpt.cli.stopping import until_stopped
from jpt.errors import NotAPage
from jpt.extract.pdf import pdf_page
from jpt.service import cron
from jpt.settings import Settings, environment, needed, without_secrets
from tests.career_sites.server import Reply, Server
from tests.figures import parsed

Make = Callable[..., Settings]

SECRETS = {
    "SMTP_PASS": "sesame-1",
    "OPENAI_API_KEY": "sesame-2",
    "JPT_NOTIFY": "tgram://sesame-3/1",
    "AWS_SECRET_ACCESS_KEY": "sesame-4",
    "GITHUB_PAT": "sesame-5",
    "HTTPS_PROXY": "http://me:sesame-6@proxy.example:1",
    "DATABASE_URL": "postgres://me:sesame-7@db.example/x",
    "XDG_TOKEN": "sesame-8",
    "LC_MESSAGES": "http://me:sesame-9@a.example",
}
STARTERS = {"run", "Popen", "check_output", "check_call", "call", "run_process", "open_process", "popen"}


@pytest.fixture
def secrets(monkeypatch: pytest.MonkeyPatch) -> None:
    for name, value in SECRETS.items():
        monkeypatch.setenv(name, value)


def test_a_program_gets_what_it_needs_and_no_secret() -> None:
    plain = {
        "PATH": "/bin",
        "HOME": "/h",
        "LC_ALL": "C",
        "TMPDIR": "/t",
        "SystemRoot": "C:\\W",
        "ProgramFiles(x86)": "C:\\P",
    }

    assert needed({**plain, **SECRETS, "JPT_DB": "x", "SMTP_HOST": "y"}) == plain


def test_an_installer_gets_the_proxy_too() -> None:
    given = needed({**SECRETS, "PATH": "/bin", "NODE_EXTRA_CA_CERTS": "/ca"}, installer=True)

    assert given.keys() == {"PATH", "HTTPS_PROXY", "NODE_EXTRA_CA_CERTS"}


@pytest.mark.usefixtures("secrets")
def test_secrets_put_aside_are_there_for_jpt_and_come_back() -> None:
    with without_secrets():
        with without_secrets():
            assert not {"SMTP_PASS", "OPENAI_API_KEY"} & os.environ.keys()
        assert "SMTP_PASS" not in os.environ
        assert environment().items() >= SECRETS.items()

    assert os.environ.items() >= SECRETS.items()


def _starts() -> Iterator[tuple[str, ast.Call]]:
    for path in Path(jpt.__path__[0]).rglob("*.py"):
        text = path.read_text(encoding="utf-8")
        # Most files start nothing, and to parse them all takes a second.
        if not any(f".{name}(" in text for name in STARTERS - {"run"}) and "subprocess" not in text:
            continue
        for node in ast.walk(parsed(path)[1]):
            if not isinstance(node, ast.Call) or not isinstance(node.func, ast.Attribute):
                continue
            owner = node.func.value
            if (
                isinstance(owner, ast.Name)
                and owner.id in {"subprocess", "anyio", "asyncio", "os"}
                and node.func.attr in STARTERS
            ) and (owner.id, node.func.attr) != ("anyio", "run"):
                yield f"{path.name}:{node.lineno}", node


@pytest.mark.xdist_group("code")
def test_every_start_of_a_process_says_what_it_inherits() -> None:
    starts = dict(_starts())

    assert len(starts) >= 8
    assert [place for place, call in starts.items() if "env" not in {word.arg for word in call.keywords}] == []


@pytest.mark.usefixtures("secrets")
def test_the_reader_of_pdfs_gets_no_secret(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    seen = _telling(tmp_path / "python")
    monkeypatch.setattr(sys, "executable", str(seen))

    with pytest.raises(NotAPage):
        # More than a pipe holds: the program ends without having read it.
        anyio.run(pdf_page, "https://a.example/1.pdf", "https://a.example/1.pdf", b"%PDF" + b"x" * 1_000_000)

    assert "PYTHONPATH" in _told(seen)
    assert "sesame" not in _told(seen)


@pytest.mark.usefixtures("secrets")
def test_the_programs_of_a_service_get_no_secret(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    seen = _telling(tmp_path / "crontab")
    monkeypatch.setenv("PATH", f"{tmp_path}{os.pathsep}{os.environ['PATH']}")

    cron.CronEntry(tmp_path, ("jpt",), tmp_path / "log").is_installed()

    assert "HOME" in _told(seen)
    assert "sesame" not in _told(seen)


def _telling(path: Path) -> Path:
    path.write_text(f"#!/bin/sh\nenv > {path}.env\nexit 1\n")
    path.chmod(0o700)
    return path


def _told(path: Path) -> str:
    return Path(f"{path}.env").read_text()


@pytest.mark.usefixtures("secrets")
def test_browser_driver_and_watchdog_get_no_secret(settings: Make, chromium: Chromium) -> None:
    found: dict[str, str] = {}

    async def main() -> None:
        with Server(lambda request: Reply(b"<h1>Jobs</h1>")) as server:
            await look(f"http://127.0.0.1:{server.port}/")

    async def look(url: str) -> None:
        async with BrowserPool.open(settings(no_proxy="127.0.0.1"), chromium) as pool, pool.slot() as slot:
            await slot.read(url)
            for child in psutil.Process().children(recursive=True):
                with suppress(psutil.Error):  # it ends just now
                    found[f"{child.pid} {' '.join(child.cmdline())[:200]}"] = json.dumps(child.environ())

    anyio.run(lambda: until_stopped(main))

    assert [name for name in found if "watchdog_process" in name]
    assert [name for name in found if "run-driver" in name]
    assert len(found) > 4
    for name, environ in found.items():
        # The driver takes all that there is: what nobody can tell for a secret, and proxies, stay in it.
        open_ones = {"HTTPS_PROXY", "GITHUB_PAT"} if "run-driver" in name else set()
        assert {variable for variable in SECRETS if SECRETS[variable] in environ} == open_ones, name
