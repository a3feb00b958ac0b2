"""All that is known of one link, for `jpt why`."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from typing import Any

from jpt.identity.diff import without
from jpt.store.connection import Repository
from jpt.store.history import JobEvent, job_event
from jpt.store.rows import MOST_URL, count, line, moment, number, stored_job, stored_key, urls_of


@dataclass(frozen=True, slots=True)
class Reporting:
    """A digest that a job is in."""

    digest_id: str
    profile: str
    channel: str
    state: str
    accepted_ts_ms: int | None


@dataclass(frozen=True, slots=True)
class SiteLink:
    """A link as one site showed it."""

    site: str
    url: str
    """As it is stored and opened."""
    text: str
    is_job: bool | None
    score: float | None
    why: tuple[str, ...]
    first_seen_ts_ms: int | None
    baseline: bool
    """It was there when the site was first recorded, and is no news."""
    found_as: str
    closed_ts_ms: int | None
    pages: tuple[str, ...]
    """The site's pages whose last good read lists it."""
    task: dict[str, Any] | None
    """status, attempts, last_error, times of its task."""
    job: dict[str, Any] | None
    """What was read of the post: title, years with their proof, facts."""
    events: tuple[JobEvent, ...]
    digests: tuple[Reporting, ...]
    same: tuple[str, ...]
    """Further addresses that were taken for the same opening."""
    same_as: str
    """The address of the opening that it was taken for; empty where it has its own row."""
    mark: str | None
    """`hidden` or `applied`, where the user said so."""


class LinkHistory(Repository):
    """The story of a link."""

    def of(self, url: str) -> list[SiteLink]:
        """Return what is known of *url*, however it is spelled: once for each site that showed it."""
        key = stored_key(url)
        spellings = (key, _other_www(key))
        finds = (find(one) for find in (self._sites, self._sites_but_for_noise) for one in spellings)
        return [self._seen(site, stored, key) for site, stored in next(filter(None, finds), [])]

    def at(self, site: str, key: str) -> SiteLink:
        """Return what is known of the link of one site whose identity is *key*."""
        return self._seen(site, key, key)

    def _sites(self, key: str) -> list[tuple[str, str]]:
        rows = self._db.rows(
            """SELECT site, link_key AS key FROM jpt_links WHERE link_key = :key
               UNION SELECT site, canonical(CAST(url AS BLOB)) AS key FROM job_tasks WHERE key = :key
               UNION SELECT site, canonical(CAST(url AS BLOB)) AS key FROM job_details WHERE key = :key
               UNION SELECT site, canonical(CAST(url AS BLOB)) FROM job_details
                     WHERE CASE WHEN json_valid(raw_json)
                                THEN canonical(CAST(json_extract(raw_json, '$.final_url') AS BLOB)) END = :key""",
            {"key": key},
        )
        return [(row["site"], row["key"]) for row in rows]

    def _sites_but_for_noise(self, key: str) -> list[tuple[str, str]]:
        found = []
        noise: dict[str, set[str]] = {}
        for row in self._db.rows("SELECT site, name FROM jpt_noise"):
            noise.setdefault(row["site"], set()).add(row["name"])
        for site, names in noise.items():
            rest = without(key, frozenset(names))
            for row in self._db.rows("SELECT link_key FROM jpt_links WHERE site = ?", [site]):
                if without(row["link_key"], frozenset(names)) == rest:
                    found.append((site, row["link_key"]))
                    break
        return found

    def _seen(self, site: str, stored: str, key: str) -> SiteLink:
        link = self._db.row("SELECT * FROM jpt_links WHERE site = ? AND link_key = ?", [site, stored])
        task = self._last("job_tasks", site, stored)
        job = self._last("job_details", site, stored)
        url = next((row["url"] for row in (job, task, link) if row is not None), stored)
        keys = {stored, key}
        return SiteLink(
            site=line(site),
            url=line(url, MOST_URL),
            text=line(link["text"]) if link else "",
            is_job=None if link is None or link["is_job"] is None else bool(link["is_job"]),
            score=number(link["score"]) if link else None,
            why=tuple(line(link["why"], 2_000).split("; ")) if link and link["why"] else (),
            first_seen_ts_ms=moment(link["first_seen_ts_ms"]) if link else None,
            baseline=bool(link["baseline"]) if link else False,
            found_as=line(link["found_as"]) if link else "new",
            closed_ts_ms=moment(link["closed_ts_ms"]) if link else None,
            pages=tuple(self._pages(site, keys)),
            task=_task(task),
            job=_job(job),
            events=tuple(self._events(site, stored)),
            digests=tuple(self._digests(site, url)),
            same=tuple(self._same(site, url)),
            same_as=self._same_as(site, url),
            mark=self._mark(stored),
        )

    def _same(self, site: str, url: str) -> Iterable[str]:
        rows = self._db.rows(
            """SELECT t.url FROM jpt_task_ends e JOIN job_tasks t ON t.id = e.task_id
               WHERE e.same_url = ? AND t.site = ? AND t.status = 'DONE' ORDER BY t.id""",
            [url, site],
        )
        return (line(row["url"], MOST_URL) for row in rows)

    def _same_as(self, site: str, url: str) -> str:
        found = self._db.value(
            """SELECT e.same_url FROM jpt_task_ends e JOIN job_tasks t ON t.id = e.task_id
               WHERE t.url = ? AND t.site = ? AND t.status = 'DONE' AND e.same_url IS NOT NULL""",
            [url, site],
        )
        return line(found, MOST_URL)

    def _last(self, table: str, site: str, key: str) -> sqlite3.Row | None:
        return self._db.row(
            f"SELECT * FROM {table} WHERE site = ? AND canonical(CAST(url AS BLOB)) = ? ORDER BY id DESC LIMIT 1",
            [site, key],
        )

    def _pages(self, site: str, keys: set[str]) -> Iterable[str]:
        for row in self._db.rows("SELECT url, links_json FROM jpt_pages WHERE site = ? ORDER BY url", [site]):
            if any(stored_key(url) in keys for url in urls_of(row["links_json"])):
                yield line(row["url"], MOST_URL)

    def _events(self, site: str, key: str) -> Iterable[JobEvent]:
        rows = self._db.rows(
            "SELECT * FROM jpt_job_events WHERE site = ? AND link_key = ? ORDER BY ts_ms, id", [site, key]
        )
        return map(job_event, rows)

    def _digests(self, site: str, url: str) -> Iterable[Reporting]:
        rows = self._db.rows(
            """SELECT i.digest_id, i.profile, i.channel, d.state, d.accepted_ts_ms
               FROM jpt_digest_items i
               LEFT JOIN jpt_digests d ON d.digest_id = i.digest_id
               WHERE i.site = ? AND i.url = ?""",
            [site, url],
        )
        for row in rows:
            yield Reporting(
                row["digest_id"], row["profile"], row["channel"], row["state"] or "", row["accepted_ts_ms"]
            )

    def _mark(self, key: str) -> str | None:
        return self._db.value("SELECT mark FROM jpt_marks WHERE url_key = ?", [key]) or None


def _other_www(key: str) -> str:
    scheme, _, rest = key.partition("://")
    return f"{scheme}://{rest.removeprefix('www.') if rest.startswith('www.') else 'www.' + rest}"


def _task(row: sqlite3.Row | None) -> dict[str, Any] | None:
    if row is None:
        return None
    return {
        "status": line(row["status"]),
        "attempts": count(row["attempts"]),
        "last_error": line(row["last_error"], 2_000) or None,
        **{name: moment(row[name]) for name in ("created_ts_ms", "updated_ts_ms", "backoff_until_ms")},
    }


def _job(row: sqlite3.Row | None) -> dict[str, Any] | None:
    if row is None:
        return None
    found = stored_job(row)
    return {
        **found.facts,
        **asdict(found.experience),
        "unread": found.unread,
        "job_title": found.title,
        "include_job": row["include_job"],
        "exclude_reason": found.exclude_reason,
        "created_ts_ms": found.created_ts_ms,
        "updated_ts_ms": moment(row["updated_ts_ms"]),
        "emailed_ts_ms": moment(row["emailed_ts_ms"]),
        "digest_id": line(row["digest_id"]) or None,
    }
