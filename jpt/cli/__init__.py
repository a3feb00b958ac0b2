"""The command line: what is typed, in groups. Each command imports what it needs when it runs."""

from jpt.cli.app import main as main
