"""`jpt why`: the history of one link."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict
from typing import Any
from urllib.parse import urlsplit

from rich.text import Text

from jpt.catalogue.view import JobsView
from jpt.cli import session
from jpt.cli.choose import chosen
from jpt.cli.exit_codes import UNKNOWN
from jpt.digest.explanation import Explanation, explanations
from jpt.errors import UsageError
from jpt.extract.experience import in_words
from jpt.extract.links import judge_url
from jpt.identity.urls import canonical, openable, why_not_openable
from jpt.settings import Settings
from jpt.store import Store
from jpt.store.link_history import SiteLink
from jpt.text.clock import local_time


def show_why(reference: str, settings: Settings | None = None, *, as_json: bool) -> int:
    """Show everything known about a link, in any spelling, or about a job by its id or words of its title.

    Returns the exit code, UNKNOWN if nothing is known. Raises UsageError for what is neither address nor job.
    """
    settings = settings or session.settings()
    address = _address(reference, settings)
    found: list[SiteLink] = []
    known: list[list[Explanation]] = []
    if settings.db.exists():
        with Store.open(settings.db) as store:
            found = store.link_history.of(address)
            known = [explanations(store, settings, seen.site, seen.url) for seen in found]
    if as_json:
        session.print_json(_row(address, found, known))
        return 0 if found else UNKNOWN
    stories = zip(found, known, strict=True)
    lines = (
        [line for seen, explanation in stories for line in _lines(seen, explanation)]
        if found
        else _unknown(address)
    )
    for line in lines:
        session.show(line)
    if not found:
        session.note("`jpt sites` lists the pages that are read, `jpt jobs --all --urls` their jobs.", "dim")
    return 0 if found else UNKNOWN


def _address(reference: str, settings: Settings) -> str:
    address = openable(reference if "://" in reference else f"https://{reference}")
    if address is not None and ("://" in reference or "." in urlsplit(address).netloc):
        return address
    if "://" in reference or not settings.db.exists():
        raise UsageError(why_not_openable(reference))
    with Store.open(settings.db) as store:
        return chosen(JobsView.of(store, settings).postings(), reference).news.url


def _row(url: str, found: list[SiteLink], known: list[list[Explanation]]) -> dict[str, Any]:
    judged = judge_url(url)
    return {
        "url": url,
        "key": canonical(url),
        "known": bool(found),
        "sites": [
            {**asdict(seen), "telling": [one.sentence for one in explanation]}
            for seen, explanation in zip(found, known, strict=True)
        ],
        "by_address_alone": {"is_job": judged.is_job, "score": judged.score, "why": list(judged.why)},
    }


def _unknown(url: str) -> Iterator[Text]:
    yield Text(f"{url}: not found on any page that jpt reads.", "yellow")
    judged = judge_url(url)
    yield Text(
        f"Judged by its address alone: {_verdict(judged.is_job)} ({judged.score:.2f}): {'; '.join(judged.why)}."
    )


def _lines(seen: SiteLink, explanation: list[Explanation]) -> Iterator[Text]:
    yield Text(f"{seen.text or seen.url} ({seen.site})", "bold")
    yield Text(seen.url, "dim")
    if seen.first_seen_ts_ms is not None:
        how = (
            "already there when the site was first recorded, so it was never new"
            if seen.baseline
            else _FOUND[seen.found_as]
        )
        yield Text(f"First seen {_time(seen.first_seen_ts_ms)}: {how}.")
    yield Text(f"Listed now on {', '.join(seen.pages)}." if seen.pages else "Not listed at the last good read.")
    if seen.score is not None:
        yield Text(f"Judged as a link: {_verdict(seen.is_job)} ({seen.score:.2f}): {'; '.join(seen.why)}.")
    yield from _task(seen)
    yield from _job(seen)
    for other in seen.same:
        yield Text(f"The same job is taken to be at {other}; `jpt retry --url {other}` makes it a job of its own.")
    if seen.same_as:
        yield Text(f"`jpt retry --url {seen.url}` makes it a job of its own.")
    for event in seen.events:
        detail = ", ".join(f"{name}: {value}" for name, value in event.detail.items())
        times = f", {event.times} times" if event.times > 1 else ""
        yield Text(f"{event.kind.capitalize()} {_time(event.ts_ms)}{times}{f' ({detail})' if detail else ''}.")
    if seen.closed_ts_ms is not None:
        yield Text(f"Closed since {_time(seen.closed_ts_ms)}.", "yellow")
    for one in explanation:
        yield Text(one.sentence, "yellow" if one.kind in {"kept_out", "marked"} else "default")
    if seen.job is not None and seen.job["digest_id"] and not seen.digests:
        yield Text(f"Sent in digest {seen.job['digest_id']} of the old system.")


_STATUSES = {"PENDING": "queued", "IN_PROGRESS": "being read", "DONE": "read", "FAILED": "failed"}


def _task(seen: SiteLink) -> Iterator[Text]:
    if seen.task is None:
        yield Text("Its post was not queued." if seen.job is None else "It has no task.")
        return
    task = seen.task
    tries = f", tried {task['attempts']} times" if task["attempts"] > 1 else ""
    reason = f": {task['last_error'].rstrip('.')}" if task["last_error"] else ""
    status = _STATUSES.get(task["status"], task["status"])
    yield Text(f"Its post: {status}{tries}, {_time(task['updated_ts_ms'])}{reason}.")


def _job(seen: SiteLink) -> Iterator[Text]:
    job = seen.job
    if job is None:
        return
    yield Text(f"Title: {job['job_title'] or '(none)'}")
    if job.get("unread"):
        yield Text(f"The post could not be read: {job['unread']}", "yellow")
    elif job.get("stated", job["min_years"] > 0):
        said = f": “{' '.join(job['evidence'].split())}”" if job.get("evidence") else ""
        check = ", please check" if job.get("confidence", "low") == "low" else ""
        yield Text(f"Years: {job['min_years']}+ ({job.get('confidence', 'low')} confidence{check}){said}", "green")
    else:
        quote = " ".join((job.get("evidence") or "").split())
        yield Text(f"Years: none asked: “{quote}”" if quote else "Years: – (none stated)")
    if job.get("doubt"):
        yield Text(f"  doubtful: {job['doubt']}", "yellow")
    for other in job.get("rejected") or ():
        quote = " ".join(other["quote"].split())
        yield Text(f"  not counted, {in_words(other['reason'])}: {other['years']} in “{quote}”", "dim")


_FOUND = {
    "new": "new on its page",
    "first_read": "open when its site was read for the first time",
    "newly_visible": "perhaps older: the way of reading had changed, or the site was paused",
    "flood": "one of many that appeared at once, as after a relaunch of the site",
}


def _verdict(is_job: bool | None) -> str:
    return {True: "a job", False: "not a job", None: "undecided until its page is read"}[is_job]


def _time(ts_ms: int) -> str:
    return local_time(ts_ms).strftime("%Y-%m-%d %H:%M")
