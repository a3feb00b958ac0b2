"""The checks of this project: `nox` runs lint, types and tests; `nox -s bench` measures."""

import nox

nox.options.sessions = ["lint", "types", "tests"]
nox.options.reuse_existing_virtualenvs = True
nox.options.default_venv_backend = "venv"

GROUPS = nox.project.load_toml("pyproject.toml")["dependency-groups"]


@nox.session
def lint(session: nox.Session) -> None:
    """Style, unused things, import directions."""
    session.install("--quiet", ".", *GROUPS["lint"])
    session.run("ruff", "check", ".")
    session.run("ruff", "format", "--check", ".")
    session.run("lint-imports", "--no-cache")


@nox.session
def types(session: nox.Session) -> None:
    """All of it, strictly."""
    session.install("--quiet", ".", *GROUPS["types"], *GROUPS["tests"])
    session.run("mypy")


@nox.session
def tests(session: nox.Session) -> None:
    """The test suite, on a real browser that is fetched here if the machine has none."""
    session.install("--quiet", ".", *GROUPS["tests"])
    session.run("jpt", "browser", "install")
    # Most tests wait for a page: three at a time keep two cores busy.
    session.run("pytest", "-n", "3", "--dist", "worksteal", *session.posargs)


@nox.session
def faults(session: nox.Session) -> None:
    """The slow half of the tests: browsers that stop, long runs, storms of cancelled pages."""
    session.install("--quiet", ".", *GROUPS["tests"])
    session.run("jpt", "browser", "install")
    session.run("pytest", "-m", "slow", "-n", "2", *session.posargs)


@nox.session
def bench(session: nox.Session) -> None:
    """Ratios against a plain Playwright loop and an empty command line, in one run."""
    session.install("--quiet", ".", *GROUPS["tests"])
    session.run("jpt", "browser", "install")
    session.run("python", "-m", "tests.bench", *session.posargs)
