"""`jpt jobs`: the jobs in the database."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import asdict, replace
from difflib import get_close_matches

from rich.text import Text

from jpt.catalogue.as_json import posting_json
from jpt.catalogue.query import Query, SearchResult, answer
from jpt.catalogue.typed import since_ms
from jpt.catalogue.view import JobsView
from jpt.cli import session
from jpt.cli.jobs_table import jobs_table, plain_jobs, with_addresses
from jpt.cli.pager import StyledPager
from jpt.cli.tables import failures_table, plain_failures
from jpt.errors import UsageError
from jpt.settings import Settings, environment
from jpt.store import Store
from jpt.store.queue import Unread
from jpt.text.clock import wall_clock
from jpt.text.counts import counted


def show_jobs(
    query: Query, *, since: str | None, max_years: int | None, failed: bool, urls: bool, as_json: bool
) -> None:
    """Show the stored jobs, or with *failed* the posts that could not be read."""
    settings = session.settings(max_years=max_years)
    query = replace(query, since_ms=found_since(since))
    if not settings.db.exists():
        nothing_yet(settings, as_json=as_json)
        return
    if failed:
        with Store.open(settings.db) as store:
            check_known(store, query.site)
            _show_failed(store.queue.unread(query.site), as_json=as_json)
        return
    found = jobs_for(settings, query, max_years)
    shown = found.jobs[: query.limit]
    if as_json:
        session.print_json([posting_json(one) for one in found.postings])
    elif not found.postings:
        session.note(_nothing(query, found), "dim")
    elif session.out.is_terminal:
        with _paged(len(shown)):
            title = _title(settings, query, found)
            show = with_addresses if urls else jobs_table
            session.out.print(show(shown, title, width=session.out.width), crop=False)
            if found.jobs_do_not_fit:
                session.out.print(Text(f"{_others(found).strip()}", "dim"))
    else:
        plain_jobs(session.out, found.postings)


def found_since(since: str | None) -> int:
    """Return the time that --since means, in ms, in the time zone of the settings; raises UsageError."""
    return since_ms(since, wall_clock()) if since else 0


def jobs_for(settings: Settings, query: Query, max_years: int | None) -> SearchResult:
    """Return the jobs that match *query*, by --max-years where it is given; raises UsageError and SettingError."""
    if not settings.db.exists():
        return SearchResult((), 0)
    with Store.open(settings.db) as store:
        check_known(store, query.site)
        ranks = store.catalogue.search(query.text) if query.text else None
        if query.text and ranks is None:
            raise UsageError(f"{query.text!r} has no letter or digit to search for.")
        return answer(JobsView.of(store, settings, max_years).postings(), query, ranks)


def _title(settings: Settings, query: Query, found: SearchResult) -> str:
    """Say what the table shows; a job that is open in several places is one row."""
    total = len(found.jobs)
    part = f"{query.limit:,} of " if query.limit is not None and query.limit < total else ""
    unread = sum(one.first.news.unread is not None for one in found.jobs)
    but = f", {unread:,} of them not read" if unread else ""
    return f"{part}{counted(total, 'job')}{_about(settings, query, one=total == 1)}{but}"


def _about(settings: Settings, query: Query, *, one: bool) -> str:
    if query.every or query.stages:
        return ""
    fit, are = ("fits", "is") if one else ("fit", "are")
    years = counted(settings.max_years, "year")
    return f" that {fit}{f' and {are} closed' if query.closed else ''} (at most {years})"


def _nothing(query: Query, found: SearchResult) -> str:
    """Return why the list is empty, and what to do next."""
    if query != Query(order=query.order, limit=query.limit):
        return f"No jobs match.{_others(found)}"
    return f"No open job fits yet.{_others(found) or ' `jpt sites` shows which pages were read.'}"


def _others(found: SearchResult) -> str:
    if not found.jobs_do_not_fit:
        return ""
    more = counted(found.jobs_do_not_fit, "more does not fit", "more do not fit")
    return f" {more}: `jpt jobs --all` says why."


@contextmanager
def _paged(rows: int) -> Iterator[None]:
    """Show a long list in the user's pager."""
    if rows * 2 <= session.out.height:
        yield
        return
    pager = StyledPager(environment())
    with session.out.pager(pager, styles=pager.shows_styles, links=pager.shows_styles):
        yield


def _show_failed(found: list[Unread], *, as_json: bool) -> None:
    if as_json:
        session.print_json([asdict(one) for one in found])
    elif not found:
        session.note("Every post was read.", "dim")
    elif session.out.is_terminal:
        session.out.print(failures_table(found))
    else:
        plain_failures(session.out, found)


def check_known(store: Store, site: str | None) -> None:
    """Raise UsageError if *site* is not None and the database has nothing of it."""
    if site is not None:
        check_site(site, {state.site for state in store.sites.states()} | store.jobs.sites())


def check_site(site: str, names: Iterable[str]) -> None:
    """Raise UsageError if *site* is none of *names*, with the one that is most alike."""
    known = sorted(set(names))
    if site.casefold() not in map(str.casefold, known):
        near = get_close_matches(site, known, n=1, cutoff=0.4)
        near += [name for name in known if site.casefold() in name.casefold()]
        hint = f"did you mean {near[0]!r}?" if near else "`jpt sites` lists the companies."
        raise UsageError(f"--site {site!r}: there is no such company; {hint}")


def nothing_yet(settings: Settings, *, as_json: bool) -> None:
    """Say which database is missing."""
    if as_json:
        session.print_json([])
    session.note(session.no_database(settings.db), "dim")
