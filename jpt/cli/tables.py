"""Values as tables and lines, for people. Texts from the web never act as markup here."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from rich.console import Console
from rich.style import Style
from rich.table import Table
from rich.text import Text

from jpt.extract.experience import in_words
from jpt.extract.listing import rejected
from jpt.models import events
from jpt.models.changes import Change
from jpt.models.digests import Outcome
from jpt.models.jobs import Experience, JobPost
from jpt.models.pages import GOOD, Link, ListRead
from jpt.models.words import (
    change_words,
    cut_words,
    doubt_words,
    looked_words,
    partial_words,
    proof_words,
    way_words,
)
from jpt.observers.lines import sentence_of, shortfall, skipped
from jpt.observers.tally import Tally
from jpt.store.queue import Unread
from jpt.store.sites import PageState
from jpt.text.clock import local_time
from jpt.text.counts import counted


def failures_table(failures: Iterable[Unread]) -> Table:
    """Show the posts that could not be read: title, company, number of tries, reason."""
    table = Table(box=None, pad_edge=False, expand=True, header_style="bold")
    table.add_column("Job", ratio=3)
    table.add_column("Company", ratio=2)
    table.add_column("Tries", justify="right", no_wrap=True)
    table.add_column("Why", ratio=5, style="dim")
    for failure in failures:
        name = Text(failure.text or failure.url, Style(link=failure.url, color="cyan"))
        again = "" if failure.given_up else " (the next run tries again)"
        words = failure.reason + again
        table.add_row(name, Text(failure.site), str(failure.attempts), Text(f"{words}\n{failure.url}"))
    return table


def plain_failures(console: Console, failures: Iterable[Unread]) -> None:
    """Show an unread post a line, tabs between: company, text of its link, address, tries, reason."""
    for one in failures:
        tabbed(console, (one.site, one.text, one.url, str(one.attempts), one.reason))


def tabbed(console: Console, cells: Iterable[str]) -> None:
    """Print *cells* on a line, tabs between."""
    # Rich would turn tabs into blanks.
    print("\t".join(cell.replace("\t", " ") for cell in cells), file=console.file)


def why(state: PageState, now_ms: int) -> str:
    """Describe what is wrong with a page, and since when; empty when nothing is."""
    parts = ["paused: `jpt sites resume` resumes it"] if state.is_paused else []
    if state.failing_since_ts_ms is not None:
        tries = "once," if state.failures <= 1 else f"{state.failures} times, first"
        parts.append(f"failed {tries} {ago(state.failing_since_ts_ms, now_ms)}: {state.reason}")
    elif state.reason:
        parts.append(state.reason)
    way = way_words(state.why, state.unsure)
    if state.method.startswith("feed:"):
        parts.append(f"read by {state.method}{f' ({way})' if way else ''}")
    elif state.method == "http":
        seen = f"{proof_words(state.proof)}, as the browser saw {ago(state.proof.read_ts_ms, now_ms)}"
        known = "; ".join(filter(None, [seen if state.proof.url else "", way]))
        parts.append(f"unchanged, by HTTP{f' ({known})' if known else ''}")
    elif way:
        parts.append(f"read in the browser: {way}")
    if state.partial is not None:
        parts.append(partial_words(state.partial))
    if doubt := doubt_words(state.proof):
        parts.append(doubt)
    return "; ".join(parts)


def ago(ts_ms: int | None, now_ms: int) -> str:
    """Return a time for people: `3 min ago`, or the date when that is days back."""
    if ts_ms is None:
        return "never"
    minutes = max(0, now_ms - ts_ms) // 60_000
    if minutes < 1:
        return "just now"
    if minutes < 60:
        return f"{minutes} min ago"
    if minutes < 48 * 60:
        return f"{minutes // 60} h ago"
    return local_time(ts_ms).strftime("%Y-%m-%d")


def summary(tally: Tally, fitting: int, max_years: int, *, stopped: bool, baseline: bool) -> Iterator[Text]:
    """Summarise a run in a line, after a line for each thing to know before."""
    if tally.no_network is not None:
        lost = tally.no_network
        rest = "nothing was changed" if lost.sites >= len(tally.pages) else "everything read is kept"
        yield Text(
            f"No network: {lost.what}. Check the connection and run again. No failure counts against "
            f"{counted(lost.sites, 'page')}, and {rest}. (For example: {lost.example})",
            "red",
        )
        if lost.sites >= len(tally.pages):
            return
    yield from change_lines(tally.changes)
    for job in tally.unread:
        yield Text(f"Not read: {job.title} ({job.site}): {job.unread} ({job.url})", "yellow")
    sites = tally.sites()
    good = sites["ok"] + sites["none"]
    bad = sum(sites.values()) - good
    recorded = sum(page.jobs for page in tally.pages.values())
    fits = (
        f"{counted(recorded, 'job')} recorded as known"
        if baseline
        else f"{counted(fitting, 'new job fits', 'new jobs fit')}"
        f" (at most {counted(max_years, 'year')}) of {counted(len(tally.jobs), 'post')} read"
    )
    parts = [fits, f"{counted(good, 'site')} read" + (f", {bad} failed" if bad else "")]
    if unread := len(tally.unread) + tally.failed:
        parts.append(f"{counted(unread, 'post')} could not be read")
    if tally.waiting:
        parts.append(f"{counted(tally.waiting, 'post')} queued for the next run")
    if tally.model is not None:
        asked, known = tally.model.asked, tally.model.remembered
        parts.append(
            f"model: {counted(asked, 'request')}, {known:,} from memory, {counted(tally.model.tokens, 'token')}"
        )
    parts.append(f"{tally.seconds:.0f} s")
    lead = "Interrupted; the next run continues from here. " if stopped else ""
    yield Text(lead + " · ".join(parts), "yellow" if bad or tally.failures or stopped else "green")
    yield from _extras(tally)
    if bad:
        yield Text("`jpt sites` shows which sites failed, and why.", "dim")
    if tally.failures and len(tally.failures) > bad:
        yield Text("`jpt jobs --failed` shows which posts could not be read, and why.", "dim")
    if tally.digest is not None:
        yield from outcome_lines(tally.digest)


MOST_CHANGES = 10


def change_lines(changes: Sequence[Change]) -> Iterator[Text]:
    """Yield changes of known jobs: a line for each edit, one for all changes of each other kind."""
    edited = [one for one in changes if one.kind == "edited"]
    for one in edited[:MOST_CHANGES]:
        yield Text(f"Changed: {one.title} ({one.site}): {change_words(one)}. {one.url}")
    if len(edited) > MOST_CHANGES:
        yield Text(f"Changed: {counted(len(edited) - MOST_CHANGES, 'more job')}.")
    for kind, word in (("closed", "Closed"), ("reopened", "Open again"), ("moved", "New address")):
        found = sorted((one for one in changes if one.kind == kind), key=lambda one: not one.is_followed)
        names = ", ".join(f"{one.title} ({one.site}{', which you follow' * one.is_followed})" for one in found[:3])
        more = f" and {len(found) - 3:,} more" if len(found) > 3 else ""
        if found:
            yield Text(f"{word}: {names}{more}.", "dim" if kind == "moved" else "")


def _extras(tally: Tally) -> Iterator[Text]:
    """Yield what is no failure, but worth knowing."""
    for part in tally.partial:
        yield Text(f"Read in part: {part.site}: {shortfall(part.partial)} ({part.url}).", "yellow")
    for page in tally.left:
        yield Text(f"Left for later: {page.site}: {skipped(page)} ({page.url}).", "yellow")
    if tally.browsers_died:
        yield Text(sentence_of(events.BrowsersDied(tally.browsers_died)), "dim")


def outcome_lines(outcome: Outcome) -> Iterator[Text]:
    """Summarise a delivery of digests."""
    for digest in outcome.sent:
        took = [one.address for one in digest.recipients if one.state == "ACCEPTED"]
        yield Text(f"Sent to {', '.join(took)}: {digest.subject}", "green")
    for note in outcome.notes:
        yield Text(note, "yellow")
    for digest in outcome.unsent:
        if digest.accepted_ts_ms is None:
            state = DIGEST_STATES[digest.state]
            yield Text(f"Not sent ({digest.digest_id[:8]}, {state}): {digest.last_error}", "red")
    if outcome.held_back:
        yield Text(f"No digest now: {outcome.held_back}.", "dim")
    elif outcome.waiting:
        yield Text(f"{counted(outcome.waiting, 'more job')} for the next digest.", "dim")


DIGEST_STATES = {
    "READY": "the next run tries again",
    "SENDING": "another jpt is sending it",
    "UNKNOWN": "it may or may not have arrived",
    "SENT": "sent",
    "FAILED": "refused; the next run tries again",
    "HELD": "waits for your decision",
    "SPLIT": "sent in parts",
}


def listing_lines(read: ListRead, *, verbose: bool) -> Iterator[Text]:
    """Show a careers page: its status, its jobs, and its other links, or without *verbose* how many."""
    jobs = [link for link in read.links if link.is_job is not False]
    others = [link for link in read.links if link.is_job is False]
    state = Text(f"{read.page.final_url}: {read.status}", "green" if read.status in GOOD else "red")
    how = f" Read with {read.page.method}."
    unsure = sum(link.is_job is None for link in jobs)
    maybe = f" and {counted(unsure, 'link')} that may be {'a job' if unsure == 1 else 'jobs'}" if unsure else ""
    found = f"{counted(len(jobs) - unsure, 'job')}{maybe}"
    yield state.append(f"{': ' + read.reason.rstrip('.') if read.reason else ''}. {found}.{how}", "default")
    if read.advertised_total is not None and len(jobs) < read.advertised_total:
        yield Text(
            f"{len(jobs):,} of {read.advertised_total:,}, incomplete: the page advertises more.", "bold red"
        )
    elif read.advertised_total is not None:
        yield Text(f"The page advertises {read.advertised_total:,}.", "dim")
    if read.looked is not None:
        yield Text(f"{looked_words(read.looked)}.", "dim")
    for cut in not_read(read):
        yield Text(f"Not everything was read: {cut}.", "yellow")
    for row in read.bad_rows:
        yield Text(f"A row cannot be used ({row.title or row.url or 'without a title'}): {row.why}", "yellow")
    for link in jobs:
        yield _link_line(link, verbose=verbose)
    if verbose:
        yield Text(f"{counted(len(others), 'other link')}:", "dim")
        for link in others:
            yield _link_line(link, verbose=verbose)
    elif others:
        for reason, links in rejected(read).items():
            yield Text(f"  {counted(len(links), 'not a job', 'not jobs')}: {reason} (e.g. {links[0].url})", "dim")
        yield Text("-v lists each of them, and why.", "dim")


def not_read(read: ListRead) -> list[str]:
    """Return what was cut off a page and its list, in words."""
    part = read.partial
    unturned = [part.cut] if part is not None and part.cut.reason == "unturned" else []
    return [*read.page.truncated, *map(cut_words, [*read.page.cuts, *unturned])]


def _link_line(link: Link, *, verbose: bool) -> Text:
    mark = {True: "  job  ", None: "  job? ", False: "  -    "}[link.is_job]
    line = Text(mark, "dim" if link.is_job is False else "green")
    line.append(link.text or "(no text)", Style(link=link.url, color="default")).append(f"  {link.url}", "dim")
    if verbose:
        line.append(f"  {link.score:.2f}: {'; '.join(link.why)}", "dim")
    return line


def post_lines(post: JobPost, experience: Experience, *, verbose: bool) -> Iterator[Text]:
    """Show a job post: title, years, proof, and with *verbose* what did not decide."""
    if post.title:
        yield Text(post.title, "bold")
    if not post.is_job:
        yield Text(f"This is not an open job post: {post.reason.rstrip('.')}.", "yellow")
        return
    asks = f"{experience.shown} years"
    if not experience.stated:
        asks = "None asked" if experience.asks_none else "No years stated"
    check = ": please check" if experience.confidence == "low" else ""
    yield Text(f"{asks}{check} ({experience.confidence} confidence, from {experience.source}).")
    if experience.doubt:
        yield Text(f"{experience.doubt[0].upper()}{experience.doubt[1:]}.", "yellow")
    if experience.evidence:
        yield Text(f"“{' '.join(experience.evidence.split())}”", "green")
    if verbose:
        for other in experience.rejected:
            number = counted(other.years, "year")
            quote = " ".join(other.quote.split())
            yield Text(f"not counted, {in_words(other.reason)}: {number} in “{quote}”", "dim")
    elif experience.rejected:
        others = counted(len(experience.rejected), "other statement")
        yield Text(f"{others} did not count; -v lists all, and why.", "dim")
