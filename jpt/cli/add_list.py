"""`jpt add --file`: the companies of a list looked at beside each other, shown as a table, added with one yes."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import asdict, dataclass, field
from functools import partial
from pathlib import Path
from typing import Any, Literal

import anyio
from rich.table import Table
from rich.text import Text

from jpt.cli import prompts, session
from jpt.cli.exit_codes import PARTLY_FAILED
from jpt.cli.page_look import look_json, name_of, scouting
from jpt.cli.stopping import until_stopped
from jpt.cli.tables import tabbed
from jpt.cycle.careers_page import CareersPage
from jpt.errors import writing
from jpt.extract.links import is_home
from jpt.feeds.registry import board_at
from jpt.identity.urls import key_of
from jpt.inputs.companies import read_companies
from jpt.inputs.listfile import add_row
from jpt.inputs.lists import ListedCompany, ParsedList
from jpt.models.pages import Company
from jpt.settings import Settings
from jpt.store import Store
from jpt.text.clean import clean_line
from jpt.text.clock import wall_clock
from jpt.text.counts import counted

Verdict = Literal["new", "known", "same", "no list", "elsewhere", "not read"]
"""To be added; in the list already, or the same as another of this one; no list of jobs found; not to be read."""
MOST_NAMED = 20
KEPT_S = 7 * 86_400.0
"""After so long a list that was stopped is looked at anew."""


@dataclass(frozen=True, slots=True)
class CompanyResult:
    """What became of one company of the list."""

    asked: str
    name: str
    url: str
    row: Mapping[str, Any]
    """As `jpt add --json` gives it."""
    board: str = ""
    """The board that holds its list, where it is one or shows one."""
    is_list: bool = False
    """It is a page that lists jobs, or says that there are none."""
    elsewhere: str = ""

    @property
    def is_read(self) -> bool:
        """Whether the page answered; another time it may."""
        return self.row["status"] not in {"error", "blocked"}

    @classmethod
    def of(cls, look: CareersPage, entry: ListedCompany) -> CompanyResult:
        """Sum up a look."""
        board = look.feed.board if look.feed is not None and look.feed.jobs is not None else ""
        at = board_at(look.url)
        says_none = look.read is not None and look.read.status == "none" and not is_home(look.url)
        return cls(
            asked=entry.url,
            name=clean_line(entry.name) or name_of(look),
            url=look.url,
            row=look_json(look),
            board=board or (at.whole.name if at is not None else ""),
            is_list=look.is_good and (bool(look.jobs) or says_none),
            elsewhere=look.elsewhere,
        )


@dataclass(eq=False, slots=True)
class Progress:
    """What was looked at so far of one list, kept in a file until its question is answered."""

    path: Path
    found: dict[str, CompanyResult] = field(default_factory=dict)

    @classmethod
    def of(cls, settings: Settings, listed: ParsedList) -> Progress:
        """Continue where the same list was stopped."""
        mark = hashlib.sha256("\n".join(entry.url for entry in listed.entries).encode()).hexdigest()[:12]
        progress = cls(settings.db.parent / f"adding-{mark}.jsonl")
        with suppress(OSError):
            if wall_clock() / 1000 - progress.path.stat().st_mtime > KEPT_S:
                progress.end()
            for line in progress.path.read_text("utf-8").splitlines():
                with suppress(ValueError, TypeError):  # its last line may be half
                    one = CompanyResult(**json.loads(line))
                    if one.is_read or one.elsewhere:
                        progress.found[one.asked] = one
        return progress

    def take(self, one: CompanyResult) -> None:
        """Note what was found, at once: the next moment may be the last."""
        self.found[one.asked] = one
        with writing(self.path):
            self.path.parent.mkdir(parents=True, exist_ok=True)
            with self.path.open("a", encoding="utf-8") as opened:
                opened.write(json.dumps(asdict(one)) + "\n")

    def end(self) -> None:
        """Forget it: its question was answered."""
        with suppress(OSError):
            self.path.unlink(missing_ok=True)


def add_list(listed: ParsedList, csv: Path, *, yes: bool, dry_run: bool, as_json: bool, named: bool) -> int:
    """Look at each company, show what was found, add what may be added if confirmed; returns the exit code."""
    settings = session.settings()
    progress = Progress.of(settings, listed)
    waiting = [entry for entry in listed.entries if entry.url not in progress.found]
    if before := len(listed.entries) - len(waiting):
        session.note(f"Continuing: {before} of {len(listed.entries)} were looked at before.")
    stopped = anyio.run(until_stopped, partial(_look_at_all, settings, waiting, progress, named)) if waiting else 0
    if stopped:
        session.note("Stopped. The same command continues from here.", "dim")
        return stopped
    found = [progress.found[entry.url] for entry in listed.entries]
    verdicts = verdicts_on(found, _known(settings, csv))
    new = [one for one in found if verdicts[one.asked][0] == "new"]
    if not as_json:
        _show(found, verdicts, listed.without)
    question = f"Add {counted(len(new), 'page')} to {csv}?"
    written = bool(new) and not dry_run and (yes or not as_json) and prompts.confirmed(question, yes=yes)
    for one in new if written else ():
        add_row(csv, one.name, one.url)
    if written or not new:
        progress.end()
    if as_json:
        session.print_json([_row(one, csv, verdicts[one.asked][0], written=written) for one in found])
    else:
        session.note(_outcome(len(new), csv, written=written))
    failed = any(verdict in {"no list", "not read"} for verdict, _ in verdicts.values())
    return PARTLY_FAILED if failed else 0


async def _look_at_all(
    settings: Settings, entries: Sequence[ListedCompany], progress: Progress, named: bool
) -> None:
    waiting, total = iter(entries), len(entries)
    done = 0
    async with scouting(settings, [entry.url for entry in entries] if named else (), lambda _: None) as scout:

        async def work() -> None:
            nonlocal done
            for entry in waiting:
                one = CompanyResult.of(await scout.find(entry.url), entry)
                progress.take(one)
                done += 1
                session.note(f"{done:>{len(str(total))}} of {total}  {one.name}: {_words(one)}", "dim")

        # More than pages may be open: some of them wait for their hosts, or read a feed.
        async with anyio.create_task_group() as tg:
            for _ in range(settings.max_pages + 2):
                tg.start_soon(work)


def _words(one: CompanyResult) -> str:
    if one.is_list:
        return counted(one.row["jobs"], "job")
    return str(one.row["reason"]) or "no list of jobs found"


@dataclass(frozen=True, slots=True)
class KnownCompanies:
    """What the list has already."""

    pages: Mapping[str, str]
    """Names by the identity of the address."""
    boards: Mapping[str, str]
    """Names by the board."""


def _known(settings: Settings, csv: Path) -> KnownCompanies:
    companies = read_companies(csv, may_be_empty=True).companies if csv.exists() else ()
    boards = {board.whole.name: one.name for one in companies if (board := board_at(one.url)) is not None}
    if settings.db.exists():
        with Store.open(settings.db) as store:
            for one in companies:
                if board_name := store.feeds.state(Company(one.name, one.url)).board:
                    boards.setdefault(board_name, one.name)
    return KnownCompanies({key_of(one.url): one.name for one in companies}, boards)


def verdicts_on(found: Iterable[CompanyResult], known: KnownCompanies) -> dict[str, tuple[Verdict, str]]:
    """Say of each what becomes of it, and why; the first of several that are one is the one."""
    pages, boards = dict(known.pages), dict(known.boards)
    seen = set(pages)
    verdicts: dict[str, tuple[Verdict, str]] = {}
    for one in found:
        key = key_of(one.url)
        if one.elsewhere and not one.is_list:
            verdicts[one.asked] = ("elsewhere", one.elsewhere)
        elif not one.is_list:
            verdicts[one.asked] = ("no list" if one.is_read else "not read", _words(one))
        elif key in pages:
            verdicts[one.asked] = ("known" if key in seen else "same", f"the page of {pages[key]}")
        elif one.board and one.board in boards:
            verdicts[one.asked] = ("same", f"the board of {boards[one.board]} ({one.board})")
        else:
            verdicts[one.asked] = ("new", "")
            pages[key] = one.name
            boards |= {one.board: one.name} if one.board else {}
    return verdicts


def _show(
    found: Sequence[CompanyResult], verdicts: Mapping[str, tuple[Verdict, str]], without: Sequence[str]
) -> None:
    if session.out.is_terminal:
        table = Table(box=None, pad_edge=False, header_style="bold")
        for column in ("Company", "Page", "Jobs", "", ""):
            table.add_column(column, overflow="fold", justify="right" if column == "Jobs" else "left")
        for one in found:
            verdict, why = verdicts[one.asked]
            style = {"new": "green", "known": "dim", "same": "dim"}.get(verdict, "yellow")
            table.add_row(one.name, one.url, _jobs(one), Text(verdict, style), Text(why, "dim"))
        session.out.print(table)
    else:
        for one in found:
            tabbed(session.out, (one.name, one.url, _jobs(one), *verdicts[one.asked]))
    if without:
        more = f" and {len(without) - MOST_NAMED} more" if len(without) > MOST_NAMED else ""
        session.warn(f"Without an address, so not looked at: {'; '.join(without[:MOST_NAMED])}{more}.")


def _jobs(one: CompanyResult) -> str:
    total = one.row["advertised_total"]
    return f"{one.row['jobs']}{f' of {total}' if total else ''}" if one.is_list else "–"


def _row(one: CompanyResult, csv: Path, verdict: Verdict, *, written: bool) -> dict[str, Any]:
    own = {"asked": one.asked, "name": one.name, "csv": str(csv), "board": one.board or None, "verdict": verdict}
    return {**one.row, **own, "written": written and verdict == "new", "known": verdict == "known"}


def _outcome(new: int, csv: Path, *, written: bool) -> str:
    if written:
        return f"Added {counted(new, 'page')} to {csv}. `jpt run` reads them; `jpt seed` records what is open now."
    if not new:
        return "There is nothing to add."
    return f"Nothing was added. With --yes {counted(new, 'page is', 'pages are')} added without asking."
