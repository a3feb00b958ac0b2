"""What may be reported on a channel, and what is wrong with the reading: the input of a digest."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator
from dataclasses import replace
from functools import lru_cache
from sys import intern
from typing import Any

from jpt.models.digests import (
    DEFAULT,
    RULES,
    Channel,
    DeadTask,
    FailingPage,
    HealthReport,
    News,
    PartialPage,
    text_mark,
)
from jpt.models.pages import Cut, Partial
from jpt.models.places import JobPlace, places_from
from jpt.store.connection import Repository
from jpt.store.rows import MOST_URL, count, line, moment, stored_job, stored_key, stored_partial, unpacked
from jpt.store.tasks import GONE
from jpt.text.clean import clean_line

_MOST_TITLE = 200
_MOST_QUOTE = 400
_MOST_DEAD = 8
PARTIALS_REPORTED = 3
"""Reads in a row that found a part of a list only before a digest says so."""


class Unreported(Repository):
    """Jobs that were not reported on a channel, and the state of the reading."""

    def jobs(self, channel: Channel, most_years: int) -> Iterator[News]:
        """Return the open jobs not yet reported on *channel* that ask for at most *most_years*, oldest first.

        A channel begins with what was not reported to its person by another way before.
        """
        named = [channel.profile, channel.name]
        since = self._db.value("SELECT since_ts_ms FROM jpt_channels WHERE profile = ? AND channel = ?", named)
        rows = self._db.rows(
            f"""{_OPEN}
                 AND NOT EXISTS (SELECT 1 FROM jpt_digest_items i
                                 WHERE i.profile = :profile AND i.channel = :channel
                                   AND i.site = d.site AND i.url = d.url)
                 AND NOT EXISTS (SELECT 1 FROM jpt_digest_items i JOIN jpt_digests g ON g.digest_id = i.digest_id
                                 WHERE i.profile = :profile AND i.channel <> :channel
                                   AND i.site = d.site AND i.url = d.url AND g.accepted_ts_ms < :since)
                 AND (NOT :mailed OR (d.emailed_ts_ms IS NULL AND d.digest_id IS NULL))
                 AND (NOT :notified OR d.emailed_ts_ms IS NULL OR d.emailed_ts_ms >= :since)
               ORDER BY d.created_ts_ms, d.id""",
            {
                "most": most_years,
                "profile": channel.profile,
                "channel": channel.name,
                "since": self._db.now() if since is None else since,
                "mailed": channel.is_default_mail,
                "notified": channel.profile == DEFAULT and not channel.is_mail,
            },
        )
        return self._open_and_unmarked(rows)

    def with_texts(self, jobs: Iterable[News]) -> list[News]:
        """Add the fingerprints of their posts' texts."""
        return [replace(job, text_mark=self._text_mark(job)) for job in jobs]

    def _text_mark(self, job: News) -> str:
        packed = self._db.value(
            """SELECT x.text_zlib FROM job_details d JOIN jpt_post_texts x ON x.job_id = d.id
               WHERE d.site = ? AND d.url = ?""",
            [job.site, job.url],
        )
        return text_mark(unpacked(packed))

    def _open_and_unmarked(self, rows: Iterable[sqlite3.Row]) -> Iterator[News]:
        marked = set(self._db.tuples("SELECT url_key FROM jpt_marks WHERE mark NOT IN ('', 'interested')"))
        closed = set(self._db.tuples("SELECT site, link_key FROM jpt_links WHERE closed_ts_ms IS NOT NULL"))
        for row in rows:
            key = stored_key(row["url"])
            if (key,) not in marked and (row["site"], key) not in closed and not (job := news(row)).unopened:
                yield job

    def matching(self, most_years: int, limit: int) -> Iterator[News]:
        """Return the open jobs, reported or not, newest first; at most *limit* rows are looked at."""
        rows = self._db.rows(
            f"{_OPEN} ORDER BY d.created_ts_ms DESC, d.id DESC LIMIT :limit", {"most": most_years, "limit": limit}
        )
        return self._open_and_unmarked(rows)

    def asking_more(self, most_years: int, since_ts_ms: int) -> int:
        """Count the jobs found since a time that ask for more than *most_years*."""
        query = "SELECT count(*) FROM job_details WHERE min_years > ? AND created_ts_ms > ?"
        return int(self._db.value(query, [most_years, since_ts_ms]))

    def job(self, site: str, url: str) -> News | None:
        """Return one stored job."""
        row = self._db.row("SELECT * FROM job_details WHERE site = ? AND url = ?", [site, url])
        return news(row) if row else None

    def titled(self, site: str, title: str) -> list[News]:
        """Return the open jobs of a site with a title, whatever its case."""
        rows = self._db.rows(
            """SELECT d.*
               FROM job_details d
               LEFT JOIN jpt_links l ON l.site = d.site AND l.link_key = canonical(CAST(d.url AS BLOB))
               WHERE d.site = ? AND d.job_title = ? COLLATE NOCASE AND l.closed_ts_ms IS NULL
               ORDER BY d.id""",
            [site, title],
        )
        return [news(row) for row in rows]

    def refresh(self, verdicts: Iterable[tuple[News, str | None]], max_years: int | None) -> None:
        """Bring `include_job` and `exclude_reason` of jobs that were not mailed up to the present rules.

        With *max_years* all jobs that ask for more are marked as well.
        """
        now = self._db.now()
        changed = [
            (reason is None, reason, now, job.site, job.url, reason is None, reason) for job, reason in verdicts
        ]

        def act(raw: sqlite3.Connection) -> None:
            if max_years is not None:
                reason = f"min_years_gte_{max_years + 1}"
                raw.execute(
                    f"""UPDATE job_details AS d
                       SET include_job = 0, exclude_reason = ?, updated_ts_ms = ?
                       WHERE emailed_ts_ms IS NULL AND min_years > ? AND exclude_reason IS NOT ?
                         AND (include_job = 1 OR {RULED_OUT})""",
                    [reason, now, max_years, reason],
                )
            raw.executemany(
                """UPDATE job_details
                   SET include_job = ?, exclude_reason = ?, updated_ts_ms = ?
                   WHERE site = ? AND url = ? AND emailed_ts_ms IS NULL
                     AND (include_job <> ? OR exclude_reason IS NOT ?)""",
                changed,
            )

        self._db.write(act)

    def open_jobs(self) -> dict[str, int]:
        """Count the jobs that each site shows."""
        rows = self._db.tuples("SELECT site, sum(jobs) FROM jpt_pages GROUP BY site")
        return {site: count(jobs) for site, jobs in rows}

    def health(self, channel: Channel) -> HealthReport:
        """Return what does not work; posts given up count from the channel's last digest on."""
        last = self._db.value(
            "SELECT max(created_ts_ms) FROM jpt_digests WHERE profile = ? AND channel = ?",
            [channel.profile, channel.name],
        )
        pages = self._db.rows("SELECT * FROM jpt_pages ORDER BY failing_since_ts_ms, site")
        dead = self._db.rows(
            """SELECT t.site, t.url, t.last_error FROM job_tasks t
               WHERE t.status = 'FAILED' AND t.updated_ts_ms > ?
               ORDER BY t.updated_ts_ms DESC LIMIT ?""",
            [last or 0, _MOST_DEAD],
        )
        return HealthReport(
            pages=len(pages),
            failing=tuple(
                FailingPage(
                    line(row["site"]),
                    line(row["url"], MOST_URL),
                    line(row["status"]),
                    line(row["reason"]),
                    moment(row["failing_since_ts_ms"]) or 0,
                    count(row["failures"]),
                )
                for row in pages
                if row["failing_since_ts_ms"] is not None
            ),
            partial=tuple(
                PartialPage(line(row["site"]), line(row["url"], MOST_URL), partial, count(row["partials"]))
                for row in pages
                if row["failing_since_ts_ms"] is None and (partial := _partial(row)) is not None
            ),
            dead=self._db.value("SELECT count(*) FROM job_tasks WHERE status = 'FAILED'"),
            newly_dead=tuple(
                DeadTask(line(row["site"]), line(row["url"], MOST_URL), line(row["last_error"])) for row in dead
            ),
        )


def _partial(row: sqlite3.Row) -> Partial | None:
    """Return how much of a page's list was read if it is to be reported; one bad day of a further page is not."""
    partial = stored_partial(row["partial_json"])
    if partial is not None and partial.is_sure:
        return partial if count(row["partials"]) >= PARTIALS_REPORTED else None
    found, advertised = count(row["jobs"]), count(row["advertised_total"])
    return Partial(found, advertised, Cut("count")) if advertised > found else None


_NAMES = ", ".join(f"'{rule}'" for rule in RULES)
RULED_OUT = f"""coalesce(d.exclude_reason GLOB 'min_years_gte_*'
  OR substr(d.exclude_reason, 1, instr(d.exclude_reason, ': ') - 1) IN ({_NAMES}), 0)"""
"""SQL: a rule excludes the job *d*, which may change; anything else was excluded by hand."""
_OPEN = f"""
SELECT d.*
FROM job_details d
LEFT JOIN job_tasks t ON t.site = d.site AND t.url = d.url
WHERE (d.min_years <= :most OR typeof(d.min_years) <> 'integer') AND NOT {GONE}
  AND NOT (d.include_job = 0 AND NOT {RULED_OUT})
"""


def news(row: sqlite3.Row) -> News:
    """Read a row of job_details."""
    found = stored_job(row)
    raw = found.facts
    site, url = found.key or (found.site, found.url)
    return News(
        site=intern(site),
        url=url,
        title=line(found.title, _MOST_TITLE),
        experience=replace(
            found.experience, evidence=line(found.experience.evidence, _MOST_QUOTE) or None, rejected=()
        ),
        found_ts_ms=found.created_ts_ms,
        location=intern("; ".join(filter(None, map(_line, (raw.get("location"), raw.get("listed_location")))))),
        places=_shared((*places_from(raw.get("places")), *places_from(raw.get("listed_places")))),
        remote=intern(_line(raw.get("remote"))),
        salary=salary_line(raw.get("salary")),
        pay=_pay(raw.get("pay") or raw.get("salary")),
        posted=intern(_line(raw.get("posted"))),
        employer=intern(_line(raw.get("company"))),
        requisition=_line(raw.get("requisition_id")),
        final_url=url if (final := _line(raw.get("final_url"), 2_000)) == url else final,
        yearly_pay=_yearly_pay(raw.get("salary")),
        unread=found.unread,
        unopened=raw.get("unopened") is True,
        newly_visible=raw.get("newly_visible") is True,
        first_read=raw.get("first_read") is True,
        flood=raw.get("flood") is True,
    )


@lru_cache(maxsize=2_000)
def _shared(places: tuple[JobPlace, ...]) -> tuple[JobPlace, ...]:
    """Return one value for equal ones: thousands of jobs are in the same few places."""
    return places


def _pay(value: Any) -> dict[str, Any] | None:
    """Return a stored pay if all of it is known: the currency, the unit of time and a number."""
    if not isinstance(value, dict) or not isinstance(value.get("currency"), str) or value.get("per") not in _PERS:
        return None
    found = {name: value.get(name) for name in ("min", "max")}
    if any(isinstance(number, bool) or not isinstance(number, int | float | None) for number in found.values()):
        return None
    named = {"currency": value["currency"], "per": value["per"]}
    return {**found, **named} if any(number is not None for number in found.values()) else None


_PERS = frozenset({"hour", "day", "week", "month", "year"})


def salary_line(value: Any) -> str:
    """Return a stored salary as people write it: `60,000 to 80,000 EUR a year`."""
    if isinstance(value, str):
        return clean_line(value, 80)
    if not isinstance(value, dict):
        return ""
    low, high = (value.get(name) for name in ("min", "max"))
    numbers = [f"{number:,.0f}" if number == int(number) else f"{number:,.2f}" for number in _numbers(low, high)]
    if not numbers:
        return ""
    if len(numbers) == 1:
        amount = f"from {numbers[0]}" if high is None else f"up to {numbers[0]}"
    else:
        amount = numbers[0] if low == high else f"{numbers[0]} to {numbers[1]}"
    unit = _line(value.get("per"), 10)
    return " ".join(
        part
        for part in (
            amount,
            _line(value.get("currency"), 8),
            f"{'an' if unit == 'hour' else 'a'} {unit}" if unit else "",
        )
        if part
    )


_A_YEAR = {"hour": 2_080, "day": 260, "week": 52, "month": 12, "year": 1}
"""How often a year has each, at 40 hours a week."""


def _yearly_pay(value: Any) -> float:
    if not isinstance(value, dict):
        return 0.0
    numbers = _numbers(value.get("min"), value.get("max"))
    per = value.get("per")
    return float(numbers[0] * _A_YEAR.get(per if isinstance(per, str) else "", 1)) if numbers else 0.0


def _numbers(*values: Any) -> list[float]:
    known = (value for value in values if isinstance(value, int | float) and not isinstance(value, bool))
    return [value for value in known if abs(value) < 1e12]


def _line(value: Any, limit: int = 120) -> str:
    if isinstance(value, list):
        return clean_line(", ".join(item for item in value if isinstance(item, str)), limit)
    return clean_line(value, limit) if isinstance(value, str) else ""
