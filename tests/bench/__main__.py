"""Measure and print: `python -m tests.bench --posts 60 --latency 100 --pages 4 --repeats 3`."""

import argparse
import os
from pathlib import Path
from statistics import median

import anyio

import jpt
from jpt.browser.chromium.find import Chromium
from jpt.browser.chromium.install import ensure
from jpt.cli.app import app
from jpt.settings import environment, load
from tests.bench.pages import Bench, jpt_rate, place, plain_rate
from tests.bench.start import help_times, tree

LEAST_RATE = 0.65
"""Posts a second of `jpt run`, as a part of a plain loop's."""
MOST_HELP = 1.3
"""Time of `jpt --help`, in times of an empty app's."""


def main() -> None:
    """Measure both and print a table of the figures with their limits."""
    options = _options()
    bench = made(options.posts, options.pages)
    print(f"{bench.chromium}, {bench.posts} posts, {options.latency:g} ms a request, {bench.pages} at once")
    print_rates(bench, options.latency, options.repeats)
    if options.help_runs:
        print_help(bench, options.help_runs)


def print_rates(bench: Bench, latency_ms: float, repeats: int) -> None:
    """Measure the posts a second in turn, and print each pair and the median of their ratios."""
    print(f"\n{'posts a second':<22}{'plain':>9}{'jpt':>9}{'ratio':>9}")
    ratios = []
    with place(bench, latency_ms) as site:
        for number in range(1, repeats + 1):
            plain, ours = plain_rate(bench, site), jpt_rate(bench, site)
            ratios.append(ours / plain)
            print(f"{f'  pair {number}':<22}{plain:>9.2f}{ours:>9.2f}{ratios[-1]:>9.2f}", flush=True)
    print(f"{'  median':<40}{median(ratios):>9.2f}   wanted: at least {LEAST_RATE}")


def print_help(bench: Bench, runs: int) -> None:
    """Measure the seconds that --help takes, and print them with their ratio."""
    shape = tree(app)
    ours, empty = help_times(bench.environ, shape, runs)
    print(f"\n{f'--help, {shape.total} commands':<22}{'empty':>9}{'jpt':>9}{'ratio':>9}")
    print(f"{f'  median of {runs}, ms':<22}{empty * 1000:>9.0f}{ours * 1000:>9.0f}{ours / empty:>9.2f}", end="")
    print(f"   wanted: at most {MOST_HELP}")


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.bench", description=__doc__)
    parser.add_argument("--posts", type=int, default=60, help="posts on the list")
    parser.add_argument("--latency", type=float, default=100, help="ms before each answer of the site")
    parser.add_argument("--pages", type=int, default=4, help="pages open at once")
    parser.add_argument("--repeats", type=int, default=3, help="pairs of runs")
    parser.add_argument("--help-runs", type=int, default=15, help="runs of --help; 0 leaves it out")
    return parser.parse_args()


def made(posts: int, pages: int) -> Bench:
    """Find a Chromium and make the bench with it."""
    settings, _ = load()

    async def found() -> Chromium:
        return await ensure(settings.chromium, sandbox=settings.sandbox, say=print, environ=environment())

    # The processes run elsewhere, and must find the jpt and the tests that this one has.
    roots = [Path(jpt.__file__).parents[1], Path(__file__).parents[2]]
    environ = dict(environment(), PYTHONPATH=os.pathsep.join(map(str, roots)))
    # An installed jpt has its modules compiled; what is compiled at each start would be measured along.
    environ.pop("PYTHONDONTWRITEBYTECODE", None)
    return Bench(anyio.run(found).path, settings.sandbox, environ, posts, pages)


if __name__ == "__main__":
    main()
