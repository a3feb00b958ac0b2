"""Making sure that a Chromium is there: real programs and a real Chromium, fake ones as shell scripts."""

from __future__ import annotations

import json
import os
import resource
import shutil
import subprocess
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from time import monotonic

import anyio
import psutil
import pytest

from jpt.browser.chromium.find import NAMES, Chromium, RejectedCandidate, candidates, find, playwright_folder
from jpt.browser.chromium.install import Fetching, ensure
from jpt.errors import BrowserUnusable, CannotCreate
from jpt.settings import environment

SANDBOX = not (hasattr(os, "geteuid") and os.geteuid() == 0)
SNAP_STUB = """
echo >&2
echo "Command '$0' requires the chromium snap to be installed." >&2
echo "Please install it with:" >&2
echo >&2
echo "snap install chromium" >&2
exit 10
"""
HANGS = "echo begun; trap '' TERM; /bin/sleep 987 & /bin/sleep 987"
LEAVES_ITS_SESSION = """
case "$1" in --version) echo 1.2.3; exit;; esac
( /usr/bin/setsid /bin/sh -c 'echo begun; kill -STOP $$' "$@" & )
/bin/sleep 987
"""
"""A process of a session and a parent of its own, which is known by its command line only."""
NO_SANDBOX = """
case "$1" in --version) echo 1.2.3; exit;; esac
echo '[7:7:0102/030405.6:ERROR:dbus/bus.cc:405] Failed to connect to the bus' >&2
echo '[7:7:0102/030405.6:FATAL:content/zygote.cc:128] No usable sandbox! Read the page about it.' >&2
kill -TRAP $$
"""


@dataclass
class Machine:
    """A machine of its own: a PATH of one folder, a home, Playwright's folder, and what was said."""

    folder: Path
    real: Path
    said: list[str] = field(default_factory=list)

    @property
    def bin(self) -> Path:
        return self.folder / "bin"

    @property
    def browsers(self) -> Path:
        return self.folder / "browsers"

    @property
    def log(self) -> Path:
        return self.folder / "log"

    @property
    def cache(self) -> Path:
        return self.folder / "state/browser.json"

    @property
    def environ(self) -> dict[str, str]:
        return {
            "PATH": str(self.bin),
            "HOME": str(self.folder),
            "PLAYWRIGHT_BROWSERS_PATH": str(self.browsers),
            "MARK": str(self.folder),
        }

    @property
    def shell(self) -> Path:
        return self.browsers / "chromium_headless_shell-1255/chrome-headless-shell-linux64/chrome-headless-shell"

    @property
    def brings_shell(self) -> str:
        """What a download does that works, in a script."""
        return f"/bin/mkdir -p {self.shell.parent}; /bin/cp {self.wrapper('spare')} {self.shell}\n"

    def script(self, name: str | Path, body: str) -> Path:
        path = self.bin / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(f"#!/bin/sh\n{body}\n")
        path.chmod(0o755)
        return path

    def wrapper(self, name: str | Path) -> Path:
        """A script round the real Chromium that does not exec it, and notes each rendering."""
        noting = f'case "$*" in *--dump-dom*) echo rendered >> {self.log};; esac'
        return self.script(self.folder / name, f'{noting}\n"{self.real}" "$@"')

    def note(self, unused: RejectedCandidate) -> None:
        self.said.append(unused.sentence)

    def find(self, explicit: Path | None = None, *, cache: bool = False, limit_s: float = 30) -> Chromium | None:
        async def found() -> Chromium | None:
            return await find(
                explicit,
                sandbox=SANDBOX,
                note=self.note,
                environ=self.environ,
                cache=self.cache if cache else None,
                limit_s=limit_s,
            )

        return anyio.run(found)

    def ensure(self, how: Fetching, explicit: Path | None = None, *, patience_s: float = 60) -> Chromium | None:
        async def ensured() -> Chromium | None:
            with anyio.move_on_after(patience_s):
                return await ensure(explicit, sandbox=SANDBOX, say=self.said.append, environ=self.environ, how=how)
            return None

        return anyio.run(ensured)

    @property
    def rendered(self) -> int:
        return len(self.log.read_text().splitlines()) if self.log.exists() else 0

    @property
    def running(self) -> list[str]:
        """What still runs of all that was started with this machine's environment."""
        found = []
        for process in psutil.process_iter():
            try:
                if process.environ().get("MARK") == str(self.folder) and process.status() != psutil.STATUS_ZOMBIE:
                    found.append(" ".join(process.cmdline()))
            except psutil.Error:
                continue
        return found


@pytest.fixture(scope="session")
def real() -> Path:
    """The program of a Chromium that renders here."""

    async def found() -> Chromium | None:
        return await find(None, sandbox=SANDBOX, note=lambda _: None, environ=environment())

    chromium = anyio.run(found)
    if chromium is None and not any(map(shutil.which, NAMES)):
        pytest.skip("there is no Chromium here")
    assert chromium is not None
    return chromium.path


@pytest.fixture
def machine(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Machine]:
    """A bare machine without a Chromium, on which nothing may be left running or lying about."""
    made = Machine(tmp_path, Path("/nowhere"))
    made.bin.mkdir()
    temp = tmp_path / "temp"
    temp.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(temp))

    yield made

    assert made.running == []
    assert list(temp.iterdir()) == []


@pytest.fixture
def equipped(machine: Machine, real: Path) -> Machine:
    """The bare machine, with a real Chromium lying somewhere off the PATH."""
    machine.real = real
    return machine


def test_a_wrapper_script_that_does_not_exec_is_found_and_leaves_no_process(equipped: Machine) -> None:
    path = equipped.wrapper("bin/chromium")

    found = equipped.find()

    assert found is not None
    assert (found.path, found.origin) == (path, "PATH")
    assert found.version.count(".") == 3
    assert equipped.running == []


def test_what_a_chromium_is_shows_in_how_it_behaves_not_in_its_name(equipped: Machine) -> None:
    called_otherwise = equipped.wrapper("bin/google-chrome")

    found = equipped.find(called_otherwise)

    assert found is not None
    assert found.is_headless_shell == ("headless" in equipped.real.name)


@pytest.mark.parametrize(
    ("body", "reason"),
    [
        (SNAP_STUB, "snap install chromium"),
        ("printf 'x\\033[31m\\001gar\\000bage\\n' >&2; exit 1", "it ended with code 1 (xgarbage)"),
        ("echo Chromium 1.2.3", "it does not render a page (Chromium 1.2.3)"),
        ("echo 'echo jpt-42'", "it does not render a page"),
        ("exit 0", "saying nothing"),
        ("kill -SEGV $$", "SIGSEGV"),
        (
            "echo 'x: error while loading shared libraries: libnss3.so: cannot open' >&2; exit 127",
            "error while loading shared libraries: libnss3.so: cannot open",
        ),
    ],
)
def test_what_does_not_render_is_skipped_and_said_why(machine: Machine, body: str, reason: str) -> None:
    path = machine.script("chromium-headless-shell", body)

    found = machine.find()

    assert found is None
    assert len(machine.said) == 1
    assert machine.said[0].startswith(f"{path} is not used: ")
    assert reason in machine.said[0]
    assert machine.said[0].isprintable()


def test_what_does_not_even_tell_its_version_is_not_made_to_render(machine: Machine) -> None:
    machine.script("chromium", f'echo "$*" >> {machine.log}; exit 1')

    machine.find()

    assert machine.log.read_text() == "--version\n"


def test_what_a_candidate_leaves_in_its_temporary_folder_is_removed(machine: Machine) -> None:
    machine.script("chromium", f'echo left > "$TMPDIR/left"; echo "$TMPDIR" > {machine.log}; echo 1.2.3')

    machine.find()

    left = Path(machine.log.read_text().strip())
    assert left.parent.parent == machine.folder / "temp"
    assert not left.exists()


def test_a_stub_does_not_hide_the_real_one_behind_it_on_the_path(equipped: Machine) -> None:
    equipped.script("chromium", SNAP_STUB)
    behind = equipped.wrapper("other/chromium")
    environ = {**equipped.environ, "PATH": f"{equipped.bin}::{behind.parent}"}

    async def found() -> Chromium | None:
        return await find(None, sandbox=SANDBOX, note=equipped.note, environ=environ)

    chromium = anyio.run(found)

    assert chromium is not None
    assert chromium.path == behind
    assert len(equipped.said) == 1


@pytest.mark.parametrize("body", [HANGS, LEAVES_ITS_SESSION])
def test_what_hangs_is_given_up_and_ended_with_all_that_it_started(machine: Machine, body: str) -> None:
    machine.script("chromium", body)
    begun = monotonic()

    found = machine.find(limit_s=0.5)

    assert found is None
    assert "it took longer than 0.5 s" in machine.said[0]
    assert machine.running == []
    assert monotonic() - begun < 60


def test_what_a_program_leaves_running_when_it_ends_is_ended(machine: Machine) -> None:
    machine.script("chromium", "/bin/sleep 987 & exit 0")

    assert machine.find() is None
    assert machine.running == []


@pytest.mark.parametrize("words", ["too many open files", "fork: Resource temporarily unavailable"])
def test_a_machine_that_is_used_up_is_no_reason_to_fetch_another_chromium(machine: Machine, words: str) -> None:
    machine.script("chromium", f"echo '{words}' >&2; exit 1")

    with pytest.raises(BrowserUnusable, match=words):
        machine.ensure(fetching(machine, f"echo > {machine.folder}/fetched"))

    assert not (machine.folder / "fetched").exists()


@pytest.mark.parametrize(
    ("make", "reason"),
    [
        (lambda path: None, "No such file"),
        (lambda path: path.symlink_to("nowhere"), "No such file"),
        (Path.mkdir, "Permission denied"),
        (lambda path: path.write_text("#!/bin/sh\n"), "Permission denied"),
        (lambda path: (path.write_bytes(b"\x7fELF\x02\x01\x01" + bytes(99)), path.chmod(0o755)), "Exec format"),
        (lambda path: (path.write_text("#!/no/such/shell\n"), path.chmod(0o755)), "No such file"),
        (lambda path: (path.write_text("#!/bin/sh\nexit 3\n"), path.chmod(0o755)), "it ended with code 3"),
        (lambda path: (path.write_text(f"#!/bin/sh\n{HANGS}\n"), path.chmod(0o755)), "longer than 1 s"),
    ],
)
def test_a_named_chromium_that_is_unusable_ends_it_though_another_is_there(
    equipped: Machine, make: Callable[[Path], object], reason: str
) -> None:
    equipped.wrapper("bin/chromium-headless-shell")
    named = equipped.folder / "named"
    make(named)

    with pytest.raises(BrowserUnusable) as caught:
        equipped.find(named, limit_s=1)

    assert caught.value.sentence.startswith(f"JPT_CHROMIUM is {named}, but ")
    assert reason in caught.value.sentence
    assert "unset it to have one found" in caught.value.sentence
    assert equipped.rendered == 0


def test_a_named_chromium_is_taken_before_all_others(equipped: Machine) -> None:
    equipped.wrapper("bin/chromium-headless-shell")
    named = equipped.wrapper("named")

    found = equipped.find(named)

    assert found is not None
    assert (found.path, found.origin) == (named, "JPT_CHROMIUM")


def test_a_sandbox_that_does_not_start_is_named_as_the_reason(machine: Machine) -> None:
    named = machine.script("chromium", NO_SANDBOX)

    with pytest.raises(BrowserUnusable, match="No usable sandbox! Read the page about it") as caught:
        machine.find(named)

    assert "PPT_DISABLE_SANDBOX=1" in caught.value.sentence
    assert "dbus" not in caught.value.sentence


@pytest.mark.skipif(SANDBOX, reason="the real sandbox refuses to start for root only")
def test_the_real_sandbox_refusing_root_is_told(equipped: Machine) -> None:
    async def found() -> Chromium | None:
        return await find(equipped.real, sandbox=True, note=equipped.note, environ=equipped.environ)

    with pytest.raises(BrowserUnusable, match="root without --no-sandbox") as caught:
        anyio.run(found)

    assert "PPT_DISABLE_SANDBOX=1" in caught.value.sentence


def test_a_headless_shell_comes_first_wherever_it_is_and_each_program_once(machine: Machine) -> None:
    for name in ("chromium-headless-shell", "google-chrome", "chromium"):
        machine.script(name, "")
    (machine.bin / "google-chrome-stable").symlink_to("google-chrome")
    inside = [
        machine.script(machine.browsers / place, "")
        for place in (
            "chromium-1300/chrome-linux64/chrome",
            "chromium_headless_shell-999/chrome-linux/headless_shell",
            "chromium_headless_shell-1255/chrome-headless-shell-linux64/chrome-headless-shell",
            "firefox-1500/firefox/chrome",
        )
    ]

    found = [path for path, _ in candidates(machine.environ)]

    assert found[0] == machine.bin / "chromium-headless-shell"
    assert found[1:3] == [inside[2], inside[1]]
    assert found[3:5] == [machine.bin / "chromium", machine.bin / "google-chrome"]
    assert found[5:6] == [inside[0]]
    assert inside[3] not in found


def test_a_machine_with_nothing_at_all_has_no_candidates(machine: Machine) -> None:
    assert list(candidates({"PATH": "", "HOME": str(machine.folder)})) == []


def test_a_folder_of_the_path_that_cannot_be_looked_into_is_passed_by(equipped: Machine) -> None:
    unlookable = equipped.folder / ("x" * 300)
    equipped.wrapper("bin/chromium")
    environ = equipped.environ | {"PATH": f"{unlookable}{os.pathsep}{equipped.bin}"}

    assert [origin for _, origin in candidates(environ)] == ["PATH"]


@pytest.mark.parametrize(
    "named",
    [
        {},
        pytest.param({"XDG_CACHE_HOME": "cache"}, marks=pytest.mark.slow),
        {"PLAYWRIGHT_BROWSERS_PATH": "named"},
        pytest.param({"PLAYWRIGHT_BROWSERS_PATH": "0"}, marks=pytest.mark.slow),
    ],
)
def test_playwright_itself_downloads_into_the_folder_that_is_searched(
    machine: Machine, named: dict[str, str]
) -> None:
    places = {name: value if value == "0" else str(machine.folder / value) for name, value in named.items()}
    environ = {"PATH": os.environ["PATH"], "HOME": str(machine.folder), **places}
    words = list(Fetching().download)
    words.insert(words.index("install") + 1, "--dry-run")

    told = subprocess.run(words, env=environ, capture_output=True, text=True, timeout=30, check=False)

    assert told.returncode == 0
    assert "headless shell" in told.stdout.lower()
    assert f"{playwright_folder(environ)}{os.sep}chromium_headless_shell-" in told.stdout


def test_a_proof_is_remembered_until_the_program_changes(equipped: Machine) -> None:
    path = equipped.wrapper("bin/chromium")
    first = equipped.find(cache=True)

    again = equipped.find(cache=True)
    after_two = equipped.rendered
    path.write_text(path.read_text() + "# changed\n")
    equipped.find(cache=True)

    assert first == again
    assert after_two == 1
    assert equipped.rendered == 2


def test_a_remembered_wrapper_whose_program_is_gone_is_not_used(equipped: Machine) -> None:
    program = equipped.folder / "program"
    program.symlink_to(equipped.real)
    equipped.real = program
    equipped.wrapper("bin/chromium")
    assert equipped.find(cache=True) is not None

    program.unlink()

    assert equipped.find(cache=True) is None
    assert "it ended with code 127" in equipped.said[0]


@pytest.mark.parametrize(
    "content",
    [b"", b"\xff\xfe\x00", b"{}", b'[1, null, {"path": []}]', b"[" * 100_000],
    ids=["empty", "bytes", "an object", "strangers", "deep"],
)
def test_a_broken_cache_costs_one_proof_and_is_mended(equipped: Machine, content: bytes) -> None:
    equipped.wrapper("bin/chromium")
    equipped.cache.parent.mkdir()
    equipped.cache.write_bytes(content)

    first, again = equipped.find(cache=True), equipped.find(cache=True)

    assert first is not None
    assert first == again
    assert equipped.rendered == 1


def test_a_cache_that_cannot_be_written_does_not_matter(equipped: Machine) -> None:
    equipped.wrapper("bin/chromium")
    (equipped.folder / "state").write_text("a file, not a folder")

    assert equipped.find(cache=True) is not None


def test_proofs_at_the_same_time_leave_one_whole_cache(equipped: Machine) -> None:
    paths = [equipped.wrapper(f"named-{number}") for number in range(3)]

    async def prove_all() -> None:
        async with anyio.create_task_group() as tasks:
            for path in paths:
                tasks.start_soon(prove_one, path)

    async def prove_one(path: Path) -> None:
        await find(path, sandbox=SANDBOX, note=equipped.note, environ=equipped.environ, cache=equipped.cache)

    anyio.run(prove_all)

    assert set(json.loads(equipped.cache.read_text())) <= set(map(str, paths))
    assert [path.name for path in equipped.cache.parent.iterdir()] == ["browser.json"]


def test_no_room_for_a_profile_is_told(machine: Machine, monkeypatch: pytest.MonkeyPatch) -> None:
    machine.script("chromium", "")
    monkeypatch.setattr(tempfile, "tempdir", str(machine.folder / "missing"))

    with pytest.raises(CannotCreate, match="TMPDIR"):
        machine.find()


# Fetching


def fetching(machine: Machine, download: str, apt: str | None = None, limit_s: float = 20) -> Fetching:
    """Fetch by scripts, with limits of this test's size."""
    return Fetching(
        download=(str(machine.script("download", download)),),
        apt=str(machine.script("fake-apt", apt)) if apt is not None else str(machine.folder / "no-apt"),
        limit_s=limit_s,
        grace_s=0.2,
    )


def test_a_machine_without_a_chromium_downloads_one_and_says_so(equipped: Machine) -> None:
    found = equipped.ensure(fetching(equipped, equipped.brings_shell))

    assert found is not None
    assert (found.path, found.origin) == (equipped.shell, "downloaded by Playwright")
    assert len(equipped.said) == 1
    assert "downloading the headless shell with Playwright (about 110 MB)" in equipped.said[0]


def test_a_machine_with_a_chromium_fetches_nothing(equipped: Machine) -> None:
    equipped.wrapper("bin/chromium")

    found = equipped.ensure(fetching(equipped, f"echo fetched >> {equipped.folder}/fetched"))

    assert found is not None
    assert found.origin == "PATH"
    assert not (equipped.folder / "fetched").exists()


def test_a_download_that_fails_after_the_shell_has_come_is_good_enough(equipped: Machine) -> None:
    found = equipped.ensure(fetching(equipped, f"{equipped.brings_shell} echo 'Error: no ffmpeg' >&2; exit 1"))

    assert found is not None
    assert found.path == equipped.shell


@pytest.mark.parametrize("body", [HANGS, "trap '' TERM; while :; do echo trying again; /bin/sleep 0.1; done"])
def test_a_download_that_takes_too_long_is_ended(machine: Machine, body: str) -> None:
    begun = monotonic()

    with pytest.raises(BrowserUnusable, match=r"it took longer than 0\.8 s"):
        machine.ensure(fetching(machine, body, limit_s=0.8))

    assert machine.running == []
    assert monotonic() - begun < 60


def test_playwright_gives_up_a_download_that_stalls(machine: Machine) -> None:
    told = 'echo "Error: $PLAYWRIGHT_DOWNLOAD_CONNECTION_TIMEOUT ms" >&2; exit 1'

    with pytest.raises(BrowserUnusable, match="12000 ms"):
        machine.ensure(fetching(machine, told))


def test_a_cancelled_download_leaves_nothing(machine: Machine) -> None:
    how = fetching(machine, HANGS, limit_s=50)

    found = machine.ensure(how, patience_s=0.5)

    assert found is None
    assert machine.running == []


def test_a_named_chromium_that_is_unusable_is_not_replaced_by_a_download(machine: Machine) -> None:
    with pytest.raises(BrowserUnusable, match="JPT_CHROMIUM is /nowhere/chromium"):
        machine.ensure(fetching(machine, f"echo > {machine.folder}/fetched"), Path("/nowhere/chromium"))

    assert not (machine.folder / "fetched").exists()


def apt_script(machine: Machine, packages: str, installs: Path) -> str:
    """An apt-get without a network for its lists, that has only *packages*."""
    return f"""
    while [ "$1" = -o ]; do shift 2; done
    echo "$DEBIAN_FRONTEND $*" >> {machine.folder}/apt.log
    case "$*" in
    update) echo 'E: Failed to fetch the lists' >&2; exit 100;;
    *" {packages}") /bin/cp {installs} {machine.bin}/chromium;;
    *) echo "E: Unable to locate package" >&2; exit 100;;
    esac
    """


def test_after_a_failed_download_the_distributions_packages_are_tried_in_order(equipped: Machine) -> None:
    apt = apt_script(equipped, "chromium", equipped.wrapper("spare"))

    found = equipped.ensure(fetching(equipped, "echo 'Error: getaddrinfo ENOTFOUND' >&2; exit 1", apt))

    assert found is not None
    assert (found.path, found.origin) == (equipped.bin / "chromium", "apt-get")
    assert (equipped.folder / "apt.log").read_text().splitlines() == [
        "noninteractive update",
        "noninteractive install -y --no-install-recommends chromium-headless-shell",
        "noninteractive install -y --no-install-recommends chromium",
    ]
    assert equipped.said[1:] == [
        "Playwright's download failed: it ended with code 1 (getaddrinfo ENOTFOUND).",
        "Installing chromium-headless-shell with apt-get…",
        "Installing chromium-headless-shell with apt-get failed: it ended with code 100 (Failed to fetch the lists).",
        "Installing chromium with apt-get…",
    ]


def test_another_package_manager_is_waited_for(equipped: Machine) -> None:
    waits = f"""
    case "$*" in *DPkg::Lock::Timeout=*) ;; *) echo 'E: Could not get lock' >&2; exit 100;; esac
    {apt_script(equipped, "chromium-headless-shell", equipped.wrapper("spare"))}
    """

    found = equipped.ensure(fetching(equipped, "exit 1", waits))

    assert found is not None
    assert found.origin == "apt-get"


def test_an_apt_get_that_hangs_is_warned_and_then_ended(machine: Machine) -> None:
    warned = machine.folder / "warned"
    stubborn = f"trap 'echo > {warned}' TERM; while :; do /bin/sleep 9; done"

    with pytest.raises(BrowserUnusable):
        machine.ensure(fetching(machine, "exit 1", stubborn, limit_s=1.5))

    assert warned.exists()
    assert machine.running == []


@pytest.mark.parametrize(
    ("manager", "typed"),
    [
        ("dnf", "dnf install chromium-headless`"),
        ("pacman", "pacman -S chromium`"),
        ("nothing-known", "-m playwright install --only-shell chromium`"),
    ],
)
def test_when_all_fails_one_sentence_names_what_to_type(machine: Machine, manager: str, typed: str) -> None:
    machine.script(manager, "")

    with pytest.raises(BrowserUnusable) as caught:
        machine.ensure(fetching(machine, "echo 'Error: no network' >&2; echo 'Error: so it failed'; exit 1"))

    assert caught.value.exit_code == 69
    assert typed in caught.value.sentence
    assert "(no network)" in caught.value.sentence
    assert "JPT_CHROMIUM" in caught.value.sentence


def test_a_download_without_its_libraries_is_told_from_one_that_failed(machine: Machine) -> None:
    machine.script("apt-get", "")
    machine.script(machine.shell, "echo 'x: error while loading shared libraries: libnss3.so' >&2; exit 127")

    with pytest.raises(BrowserUnusable, match="-m playwright install-deps chromium-headless-shell"):
        machine.ensure(fetching(machine, "exit 0"))

    assert len([sentence for sentence in machine.said if "libnss3.so" in sentence]) == 1


def test_a_sandbox_that_does_not_start_needs_no_package(machine: Machine) -> None:
    machine.script("chromium", NO_SANDBOX)

    with pytest.raises(BrowserUnusable, match="set PPT_DISABLE_SANDBOX=1"):
        machine.ensure(fetching(machine, "exit 0"))


@pytest.mark.parametrize(("kind", "words"), [("RLIMIT_NPROC", "ulimit -u"), ("RLIMIT_AS", "ulimit -v")])
def test_under_a_limit_that_no_chromium_can_stand_none_is_fetched(
    kind: str, words: str, machine: Machine, monkeypatch: pytest.MonkeyPatch
) -> None:
    true, number = resource.getrlimit, getattr(resource, kind)
    monkeypatch.setattr(resource, "getrlimit", lambda asked: (20, 20) if asked == number else true(asked))
    monkeypatch.setattr(os, "getuid", lambda: 65534)

    with pytest.raises(BrowserUnusable, match=words) as refused:
        machine.ensure(fetching(machine, f"echo fetched >> {machine.folder}/fetched"))

    assert "Raise that limit" in str(refused.value) or "remove that limit" in str(refused.value)
    assert not (machine.folder / "fetched").exists()
