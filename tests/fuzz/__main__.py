"""Fuzz each target, or those named: `python -m tests.fuzz feeds rows --minutes 10`."""

from __future__ import annotations

import argparse
import sys

from tests.fuzz.running import run
from tests.fuzz.targets import TARGETS


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.fuzz", description=__doc__)
    parser.add_argument("names", nargs="*", choices=[*(target.name for target in TARGETS), []], metavar="TARGET")
    parser.add_argument("--minutes", type=float, default=10.0, help="time for each target")
    options = parser.parse_args()
    findings = 0
    for target in TARGETS:
        if not options.names or target.name in options.names:
            report = run(target, seconds=options.minutes * 60)
            findings += len(report.findings)
            print(report, flush=True)
    return 1 if findings else 0


if __name__ == "__main__":
    sys.exit(main())
