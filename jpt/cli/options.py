"""Options that many commands share."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

Db = Annotated[Path | None, typer.Option("--db", help="The database file (default: state/snapshots.sqlite3).")]
Verbose = Annotated[bool, typer.Option("--verbose", "-v", help="Say more; show tracebacks of bugs.")]
Quiet = Annotated[bool, typer.Option("--quiet", "-q", help="Say nothing while working.")]
Json = Annotated[bool, typer.Option("--json", help="Print JSON on stdout and nothing else there.")]
Csv = Annotated[Path | None, typer.Option("--csv", help="The list of companies (default: inputs/companies.csv).")]
Yes = Annotated[bool, typer.Option("--yes", help="Do not ask.")]
Site = Annotated[str | None, typer.Option("--site", help="Only this company.")]
Wait = Annotated[bool, typer.Option("--wait", help="Wait for another run on the database to end.")]
