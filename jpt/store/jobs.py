"""Results: one row a job, with the proof of its years."""

from __future__ import annotations

import sqlite3
import zlib
from dataclasses import dataclass, fields, replace
from typing import Any

from jpt.identity.requisition import ComparedPost, is_same_opening, may_be_translated
from jpt.models.jobs import Ending, Experience, Finding, Job, Rejected, Task
from jpt.models.places import as_rows, places_from
from jpt.places.parsing import read_places
from jpt.places.within import within
from jpt.store.connection import Repository
from jpt.store.corrections import correct
from jpt.store.history import note_event, reopen_read
from jpt.store.rows import StoredJob, facts_json, line, loaded_dict, stored_job, unpacked
from jpt.store.tasks import end, forget_link, settle
from jpt.store.unreported import news, salary_line

_EXPERIENCE = tuple(field.name for field in fields(Experience) if field.name != "left_over")
_REJECTED = tuple(field.name for field in fields(Rejected))

_LEVEL = 3
"""How hard texts are packed: on labelled posts 4 % larger than zlib's usual 6, in a quarter of its time."""


@dataclass(frozen=True, slots=True)
class SameOpening:
    """A task whose opening has its row under another address already."""

    url: str

    @property
    def reason(self) -> str:
        """Why it ended without a row."""
        return f"the same job as {self.url}"


class Jobs(Repository):
    """The jobs read so far."""

    def finish(self, task: Task, finding: Finding, *, failed: bool = False) -> Job | SameOpening | None:
        """Store the finding and end the task, in one transaction.

        A *failed* task is one whose page could not be read: its row stands for the link.
        An opening that has a row under another address ends without one. None, and no change, when the lease
        was lost.
        """
        now = self._db.now()

        def act(raw: sqlite3.Connection) -> Job | SameOpening | None:
            before = raw.execute(
                "SELECT * FROM job_details WHERE site = ? AND url = ?", [task.site, task.url]
            ).fetchone()
            was_unopened = before is not None and stored_job(before).facts.get("unopened") is True
            if (before is None or was_unopened) and (other := _known_opening(raw, task, finding)):
                if not end(raw, task, Ending.SAME, other.reason, now, other.url):
                    return None
                forget_link(raw, task)
                _add_place(raw, task.site, other.url, finding.facts.get("location"), now)
                return other
            known = before is not None and not (was := job_of(before)).unread and not was_unopened
            if known and finding.unread:
                # What was read once is worth more than a link.
                return replace(was, is_new=False) if end(raw, task, Ending.JOB, finding.unread, now) else None
            link = raw.execute(
                "SELECT * FROM jpt_links WHERE site = ? AND link_key = canonical(?)", [task.site, task.url]
            ).fetchone()
            marked = finding if link is None else _with_marks(link, finding)
            ended = (
                settle(raw, task, "FAILED", finding.unread, now)
                if failed
                else end(raw, task, Ending.UNOPENED if _is_unopened(finding) else Ending.JOB, None, now)
            )
            if not ended:
                return None
            row = _upsert(raw, task, marked, now)
            job = job_of(row)
            if link is not None and link["closed_ts_ms"] is not None:
                reopen_read(raw, task.site, task.url, now)
            if known and (edits := _edits(stored_job(before), stored_job(row))):
                note_event(raw, task.site, task.url, "edited", now, edits)
            return replace(job, is_new=not (known or _is_unopened(finding)), news=news(row))

        return self._db.write(act)

    def sites(self) -> set[str]:
        """Return the names of the companies that have jobs."""
        return {line(row["site"]) for row in self._db.rows("SELECT DISTINCT site FROM job_details")}


def _is_unopened(finding: Finding) -> bool:
    return finding.facts.get("unopened") is True


def _known_opening(raw: sqlite3.Connection, task: Task, finding: Finding) -> SameOpening | None:
    """Return the address under which the site's same opening has its row, if it is open and has one."""
    if finding.unread or _is_unopened(finding) or _is_kept_apart(raw, task):
        return None
    post = ComparedPost.of(task.url, finding.title, finding.facts, finding.text)
    rows = raw.execute(
        """SELECT d.url, d.job_title, d.raw_json, x.text_zlib
           FROM job_details d
           LEFT JOIN jpt_post_texts x ON x.job_id = d.id
           LEFT JOIN jpt_links l ON l.site = d.site AND l.link_key = canonical(CAST(d.url AS BLOB))
           WHERE d.site = ? AND l.closed_ts_ms IS NULL
             AND (d.job_title = ?
                  OR CASE WHEN json_valid(d.raw_json) THEN json_extract(d.raw_json, '$.requisition_id') END = ?)
           ORDER BY d.id""",
        [task.site, finding.title, (post.requisition or None) if may_be_translated(task.url) else None],
    )
    for row in rows:
        facts = loaded_dict(row["raw_json"])
        other = ComparedPost.of(
            row["url"], row["job_title"], facts, unpacked(row["text_zlib"]) if row["text_zlib"] else ""
        )
        if facts.get("unread") or facts.get("unopened") or not is_same_opening(post, other):
            continue
        if other.title != post.title:
            return SameOpening(row["url"])  # its translation
        # A number that posts of other titles carry, too, is no requisition: some sites put their own there.
        if not _names_others(raw, task.site, post) or is_same_opening(replace(post, requisition=""), other):
            return SameOpening(row["url"])
    return None


def _is_kept_apart(raw: sqlite3.Connection, task: Task) -> bool:
    """Return whether the user said that a post is an opening of its own."""
    row = raw.execute("SELECT 1 FROM jpt_apart WHERE site = ? AND url = ?", [task.site, task.url]).fetchone()
    return row is not None


def _names_others(raw: sqlite3.Connection, site: str, post: ComparedPost) -> bool:
    """Return whether a post of another title has the same requisition."""
    if not post.requisition:
        return False
    rows = raw.execute(
        """SELECT 1 FROM job_details
           WHERE site = ? AND job_title <> ?
             AND CASE WHEN json_valid(raw_json) THEN json_extract(raw_json, '$.requisition_id') END = ?
           LIMIT 1""",
        [site, post.title, post.requisition],
    )
    return rows.fetchone() is not None


def _add_place(raw: sqlite3.Connection, site: str, url: str, place: Any, now: int) -> None:
    """Add the place of an opening's other post to its row: whoever looks there must find it, too."""
    row = raw.execute("SELECT id, raw_json FROM job_details WHERE site = ? AND url = ?", [site, url]).fetchone()
    facts = loaded_dict(row["raw_json"])
    before = facts.get("location")
    if not isinstance(place, str) or not place or not isinstance(before, str):
        return
    if place.casefold() not in before.casefold():
        facts["location"] = f"{before}; {place}" if before else place
        put = "UPDATE job_details SET raw_json = ?, updated_ts_ms = ? WHERE id = ?"
        raw.execute(put, [facts_json(facts), now, row["id"]])


def _with_marks(link: sqlite3.Row, finding: Finding) -> Finding:
    """Add how its *link* was first reported, unless as new, and the place that its list shows."""
    marks = {} if link["found_as"] == "new" else {link["found_as"]: True}
    return replace(finding, facts={**finding.facts, **marks, **_listed_place(finding, line(link["place"]))})


def _listed_place(finding: Finding, words: str) -> dict[str, Any]:
    """Return the place of the list where the post names none; beside the post's, where the two disagree."""
    listed = [one.place for one in read_places(words)] if words else []
    own = places_from(finding.facts.get("places"))
    if not listed:
        return {}
    if not own:
        return {"location": finding.facts.get("location") or words, "places": as_rows(listed)}
    agree = all(
        any(within(one, other) is not False or within(other, one) is not False for one in own) for other in listed
    )
    return {} if agree else {"listed_location": words, "listed_places": as_rows(listed)}


def _upsert(raw: sqlite3.Connection, task: Task, finding: Finding, now: int) -> sqlite3.Row:
    years, reason = finding.experience.min_years, finding.exclude_reason
    row: sqlite3.Row = raw.execute(
        """INSERT INTO job_details (site, url, job_title, min_years, include_job, exclude_reason, raw_json,
                                    created_ts_ms, updated_ts_ms)
           VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
           ON CONFLICT (site, url) DO UPDATE
           SET job_title = excluded.job_title,
               min_years = excluded.min_years,
               include_job = excluded.include_job,
               exclude_reason = excluded.exclude_reason,
               raw_json = excluded.raw_json,
               updated_ts_ms = excluded.updated_ts_ms
           RETURNING *""",
        [task.site, task.url, finding.title, years, reason is None, reason, _raw_json(finding), now, now],
    ).fetchone()
    if finding.text:
        raw.execute(
            "INSERT OR REPLACE INTO jpt_post_texts (job_id, text_zlib) VALUES (?, ?)",
            [row["id"], zlib.compress(finding.text.encode("utf-8", "replace"), _LEVEL)],
        )
    correct(raw, row["id"], now)
    kept: sqlite3.Row = raw.execute("SELECT * FROM job_details WHERE id = ?", [row["id"]]).fetchone()
    return kept


def _edits(before: StoredJob, after: StoredJob) -> dict[str, list[Any]]:
    """Return what a post says now and did not say when it was last read."""
    said, says = ({"title": job.title, **_said(job)} for job in (before, after))
    edits = {name: [said[name], now] for name, now in says.items() if said[name] != now}
    # Not every way of reading gives the pay: that it is missing says nothing.
    return {name: pair for name, pair in edits.items() if name != "pay" or pair[1]}


def _said(job: StoredJob) -> dict[str, Any]:
    years = job.experience.min_years if job.experience.stated else None
    pay = salary_line(job.facts.get("salary")) or None
    return {"years": years, "location": _place(job), "pay": pay}


def _place(job: StoredJob) -> str | None:
    place = job.facts.get("location")
    return line(", ".join(filter(None, map(line, place))) if isinstance(place, list) else place) or None


def _raw_json(finding: Finding) -> str:
    raw: dict[str, Any] = {"job_title": finding.title, **_shallow(finding.experience), **finding.facts}
    if finding.unread:
        raw["unread"] = finding.unread
    return facts_json(raw)


def _shallow(experience: Experience) -> dict[str, Any]:
    """What asdict() gives, without its copies of what cannot change: this is done for every post."""
    raw = {name: getattr(experience, name) for name in _EXPERIENCE}
    raw["rejected"] = [{name: getattr(one, name) for name in _REJECTED} for one in experience.rejected]
    return raw


def job_of(row: sqlite3.Row) -> Job:
    """Read a row of job_details as a listing shows it."""
    found = stored_job(row)
    return Job(
        site=found.site,
        url=found.url,
        title=found.title,
        experience=found.experience,
        created_ts_ms=found.created_ts_ms,
        include=found.include,
        exclude_reason=found.exclude_reason,
        location=_place(found),
        unread=found.unread,
        unopened=found.facts.get("unopened") is True,
    )
