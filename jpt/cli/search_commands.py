"""`jpt jobs`, `job`, `mark`, `hide`, `applied`, `filters`: their options; parse, call, exit."""

from typing import Annotated

import typer

from jpt.cli.options import Json, MaxYears, Since, Site, command, working
from jpt.errors import UsageError

WHICH = "Its id (a3f), its address, or words of its title."
Job = Annotated[list[str], typer.Argument(metavar="JOB", help=WHICH, show_default=False)]
Undo = Annotated[bool, typer.Option("--undo", help="Undo the last change.")]


@command
def jobs(
    query: Annotated[
        list[str] | None, typer.Argument(help='Words in title, company, place or text; "…" is a phrase.')
    ] = None,
    max_years: MaxYears = None,
    company: Annotated[str, typer.Option("--company", metavar="NAME", help="A part of the company's name.")] = "",
    place: Annotated[str, typer.Option("--place", metavar="PLACE", help="A part of the place.")] = "",
    site: Site = None,
    since: Since = None,
    sort: Annotated[
        str | None,
        typer.Option(
            "--sort",
            metavar="ORDER",
            help="found, years, pay, company, place or match (default: found; words: match).",
        ),
    ] = None,
    limit: Annotated[int | None, typer.Option("--limit", min=1, metavar="N", help="At most N jobs.")] = None,
    every: Annotated[bool, typer.Option("--all", help="Include jobs that do not fit, with the reason.")] = False,
    closed: Annotated[bool, typer.Option("--closed", help="List the closed jobs instead.")] = False,
    interested: Annotated[bool, typer.Option("--interested", help="List jobs marked as interesting.")] = False,
    applied: Annotated[bool, typer.Option("--applied", help="List jobs that you applied for.")] = False,
    interview: Annotated[bool, typer.Option("--interview", help="List jobs with an interview.")] = False,
    offer: Annotated[bool, typer.Option("--offer", help="List jobs with an offer.")] = False,
    rejected: Annotated[bool, typer.Option("--rejected", help="List jobs that you were rejected for.")] = False,
    hidden: Annotated[bool, typer.Option("--hidden", help="List hidden jobs.")] = False,
    failed: Annotated[
        bool, typer.Option("--failed", help="List the posts that could not be read, and why.")
    ] = False,
    urls: Annotated[bool, typer.Option("--urls", help="Show each job's address.")] = False,
    as_json: Json = False,
) -> None:
    """List the open jobs that fit, each with the years it requires and the sentence that says so.

    Example: jpt jobs data engineer --place Berlin --since 7d
    """
    from jpt.catalogue.query import ORDERS, Query
    from jpt.cli.jobs import show_jobs
    from jpt.models.postings import STAGES

    order = next((one for one in ORDERS if one == sort), None)
    if sort is not None and order is None:
        raise UsageError(f"--sort {sort!r}: expected one of {', '.join(ORDERS)}.")
    flags = (interested, applied, interview, offer, rejected, hidden)
    wanted = Query(
        text=" ".join(query or ()),
        site=site,
        company=company,
        place=place,
        stages=frozenset(stage for stage, on in zip(STAGES, flags, strict=True) if on),
        every=every,
        closed=closed,
        order=order,
        limit=limit,
    )
    show_jobs(wanted, since=since, max_years=max_years, failed=failed, urls=urls, as_json=as_json)


@command
def job(job: Job, as_json: Json = False) -> None:
    """Show one job: facts, the quote in its paragraph, numbers that did not count, its history, your notes.

    Example: jpt job a3f
    """
    from jpt.cli.job import show_job

    show_job(" ".join(job), as_json=as_json)


@command
def mark(
    job: Annotated[
        str | None,
        typer.Argument(metavar="JOB", help=WHICH, show_default=False),
    ] = None,
    stage: Annotated[
        str | None,
        typer.Argument(help="interested, applied, interview, offer, rejected or hidden.", show_default=False),
    ] = None,
    note: Annotated[str | None, typer.Option("--note", metavar="TEXT", help='A note; "" removes it.')] = None,
    due: Annotated[
        str | None, typer.Option("--due", metavar="DAY", help="A day to be reminded: 2026-12-24, +7d, none.")
    ] = None,
    undo: Undo = False,
) -> None:
    """Record how far you are with a job; add a note, or a date to be reminded.

    Jobs that you applied for or hid are left out of digests and of `jpt jobs`; `jpt jobs --applied` lists them.

    Example: jpt mark a3f interview --due 2026-12-04 --note "call Ms Weber"
    """
    from jpt.catalogue.marking import stage_of
    from jpt.cli.marks import mark_job

    mark_job(job, None if stage is None else stage_of(stage), note=note, due=due, undo=undo)


@command
def hide(job: Job, undo: Undo = False) -> None:
    """Hide a job from digests and lists: short for `jpt mark JOB hidden`.

    Example: jpt hide a3f
    """
    from jpt.cli.marks import mark_job

    mark_job(" ".join(job), "hidden", undo=undo)


@command
def applied(job: Job, undo: Undo = False) -> None:
    """Record that you applied for a job: short for `jpt mark JOB applied`.

    Example: jpt applied a3f
    """
    from jpt.cli.marks import mark_job

    mark_job(" ".join(job), "applied", undo=undo)


@command
def filters(as_json: Json = False) -> None:
    """Show what your filters and JPT_MAX_YEARS keep and drop of the open jobs stored. Sends nothing.

    Example: jpt filters
    """
    from jpt.cli.filters import show_filters

    show_filters(as_json=as_json)


Allow = Annotated[
    list[str] | None,
    typer.Option(
        "--allow",
        metavar="WHAT",
        help="What assistants may change: mark (your marks), add (the list); both: mark,add.",
    ),
]


@command
@working
def mcp(
    read_only: Annotated[bool, typer.Option("--read-only", help="Let it change nothing (the default).")] = False,
    allow: Allow = None,
) -> int:
    """Serve the jobs as tools to an assistant that starts this command (Model Context Protocol).

    Example: jpt mcp --allow mark
    """
    from jpt.cli.mcp import serve_tools

    if read_only and allow:
        raise UsageError("--read-only and --allow contradict each other.")
    return serve_tools(allow or ())


@command
@working
def web(
    port: Annotated[
        int, typer.Option("--port", metavar="PORT", min=0, max=65535, help="The port; 0: any free one.")
    ] = 8778,
    host: Annotated[str, typer.Option("--host", metavar="ADDRESS", help="The address to serve on.")] = "127.0.0.1",
    open_browser: Annotated[bool, typer.Option("--open", help="Open the browser.")] = False,
    allow: Allow = None,
) -> int:
    """Show the jobs as pages in your browser, on this machine only. Ctrl-C ends it.

    Example: jpt web --open
    """
    from jpt.cli.web import serve_pages

    return serve_pages(host=host, port=port, open_browser=open_browser, allow=allow or ())
