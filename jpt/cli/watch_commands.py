"""`jpt run`, `watch`, `add`, `seed` and `work`, with their options: parse, call, exit."""

from pathlib import Path
from typing import Annotated

import typer

from jpt.cli.options import Cluster, Csv, Json, Site, Wait, Yes, command, working

Limit = Annotated[
    int | None,
    typer.Option("--limit", metavar="N", min=1, help="Read at most N posts, shared fairly among the sites."),
]


@command
@working
def run(
    csv: Csv = None,
    site: Site = None,
    baseline: Annotated[bool, typer.Option("--baseline", help="Record what is open now; read no post.")] = False,
    no_digest: Annotated[bool, typer.Option("--no-digest", help="Leave new jobs for a later digest.")] = False,
    limit: Limit = None,
    cluster: Cluster = None,
    wait: Wait = False,
    as_json: Json = False,
) -> int:
    """Read every careers page once and every new job post on it, then send the digest.

    Exit code 0: every site was read; 3: some sites, posts or the digest failed (all others are done).

    Example: jpt run --limit 50
    """
    from jpt.cli.run import run_once

    return run_once(
        csv=csv,
        site=site,
        baseline=baseline,
        digest=not no_digest,
        limit=limit,
        cluster=cluster,
        wait=wait,
        as_json=as_json,
    )


@command
@working
def seed(
    csv: Csv = None,
    clear: Annotated[
        bool,
        typer.Option("--clear-current-snapshot-first", help="Start over: forget what earlier reads have shown."),
    ] = False,
    stop_on_error: Annotated[
        bool, typer.Option("--stop-on-error", help="Stop at the first page that fails.")
    ] = False,
    max_workers: Annotated[
        int | None,
        typer.Option(
            "--max-workers", metavar="N", min=1, max=64, help="Pages open at once (default: PPT_MAX_PAGES)."
        ),
    ] = None,
    wait: Wait = False,
    as_json: Json = False,
) -> int:
    """Record the jobs that every careers page lists now, so that only later ones are new. Reads no post.

    Example: jpt seed --csv inputs/companies.csv
    """
    from jpt.cli.run import seed_once

    return seed_once(
        csv=csv, clear=clear, stop_on_error=stop_on_error, max_workers=max_workers, wait=wait, as_json=as_json
    )


@command
@working
def watch(
    csv: Csv = None,
    every: Annotated[
        str | None,
        typer.Option(
            "--every", metavar="LENGTH", help="How often each page is read: 15m, 2h, 1d (default: JPT_EVERY, 15m)."
        ),
    ] = None,
    log_json: Annotated[
        bool, typer.Option("--log-json", help="Log events to stderr as JSON, one line each.")
    ] = False,
    metrics: Annotated[
        str | None,
        typer.Option(
            "--metrics",
            metavar="[ADDRESS:]PORT",
            help="Serve /metrics (Prometheus) and /healthz there (default address: 127.0.0.1).",
            show_default=False,
        ),
    ] = None,
    web: Annotated[bool, typer.Option("--web", help="Serve the pages of `jpt web`, too.")] = False,
    cluster: Cluster = None,
) -> int:
    """Keep watching: read each page whenever it is due, and every new job post on it.

    On a terminal there is a live screen: q quits, p pauses, r reads all pages now. Ctrl-C finishes the pages
    being read and quits; a second Ctrl-C quits at once.

    Example: jpt watch --every 30m
    """
    from jpt.cli.watch import watch_forever

    return watch_forever(csv=csv, every=every, log_json=log_json, metrics=metrics, web=web, cluster=cluster)


@command
@working
def work(
    max_jobs: Annotated[
        int | None,
        typer.Option(
            "--max-jobs", metavar="N", min=1, help="Read at most N posts, shared fairly among the sites."
        ),
    ] = None,
    as_json: Json = False,
) -> int:
    """Read the posts in the queue, but no careers page. Several processes may share the queue.

    It needs the database; `jpt worker` lends a browser to a run on another machine.

    Example: jpt work --max-jobs 100
    """
    from jpt.cli.work import work_once

    return work_once(limit=max_jobs, as_json=as_json)


@command
@working
def add(
    url: Annotated[
        str | None, typer.Argument(help="A careers page, or a company's home page.", show_default=False)
    ] = None,
    file: Annotated[
        Path | None,
        typer.Option(
            "--file",
            metavar="LIST",
            help="Add a list of companies: CSV, lines, bookmarks, OPML, Markdown.",
            show_default=False,
        ),
    ] = None,
    name: Annotated[
        str | None,
        typer.Option("--name", metavar="NAME", help="The company's name (default: the name on its site)."),
    ] = None,
    csv: Csv = None,
    yes: Yes = False,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Show what is found; add nothing.")] = False,
    as_json: Json = False,
    strange: Annotated[
        bool,
        typer.Option("--strange", hidden=True, help="A program names the address: reach nothing private for it."),
    ] = False,
) -> int:
    """Show which jobs a page lists and how it is read, then add it to the list of companies.

    Example: jpt add https://example.com/careers --name Example
    """
    from jpt.cli.add import AddOptions, add_pages

    return add_pages(url, file, name, AddOptions(csv, yes, dry_run, as_json, strange))
