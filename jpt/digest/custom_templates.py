"""The user's own words for subjects and messages: `inputs/templates/`, Jinja2 in a sandbox."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from typing import Any

from jinja2 import StrictUndefined, Template, TemplateError
from jinja2.sandbox import SandboxedEnvironment

from jpt.digest.compose import Letter, letter, row
from jpt.digest.extras import DigestExtras
from jpt.errors import SettingError
from jpt.files import refuse_pipe
from jpt.models.digests import DigestEntry, HealthReport, News
from jpt.models.jobs import Experience
from jpt.text.clean import clean_line, clean_text

SUBJECT, MESSAGE = "subject.txt", "message.txt"
"""The subject of mails and title of messages; the body of messages to channels other than mail."""
_MOST_SUBJECT = 200
_MOST_MESSAGE = 40_000
_MOST_BYTES = 100_000


@dataclass(frozen=True, slots=True)
class CustomTemplates:
    """The templates that there are."""

    subject: Template | None = None
    message: Template | None = None
    tags_of: Callable[[str], Sequence[str]] = lambda _: ()
    """Names the tags that a company has."""

    def subject_of(self, said: Letter, entries: Sequence[DigestEntry], now: datetime) -> str:
        """Return the subject: the user's, or ours where there is none or it fails on these jobs."""
        return clean_line(self._rendered(self.subject, said, entries, now), _MOST_SUBJECT) or said.subject

    def message_of(self, said: Letter, entries: Sequence[DigestEntry], now: datetime) -> str:
        """Return the body of a message; empty where ours is to be taken."""
        return clean_text(self._rendered(self.message, said, entries, now), _MOST_MESSAGE)

    def _rendered(
        self, template: Template | None, said: Letter, entries: Sequence[DigestEntry], now: datetime
    ) -> str:
        if template is None:
            return ""
        try:
            return template.render(_values(said, entries, now, self.tags_of))
        except (TemplateError, ArithmeticError, TypeError, ValueError, LookupError, AttributeError):
            return ""


OURS = CustomTemplates()


def read(folder: Path) -> CustomTemplates:
    """Read the templates of a folder, and try each; raises SettingError with file and line."""
    return CustomTemplates(_read(folder / SUBJECT), _read(folder / MESSAGE))


def _read(path: Path) -> Template | None:
    try:
        text = refuse_pipe(path).read_text(encoding="utf-8-sig")
    except FileNotFoundError:
        return None
    except (OSError, UnicodeDecodeError) as exc:
        raise SettingError(f"{path} cannot be read: {exc}. Correct it, or move it away.") from exc
    if len(text) > _MOST_BYTES:
        raise SettingError(f"{path} has {len(text):,} characters; {_MOST_BYTES:,} are the most.")
    try:
        template = _environment().from_string(text)
        template.render(_example())
    except (TemplateError, ArithmeticError, TypeError, ValueError, LookupError, AttributeError) as exc:
        line = getattr(exc, "lineno", None)
        where = f"{path}, line {line}" if line else f"{path}"
        said = clean_line(str(exc), 200).rstrip(".")
        raise SettingError(f"{where}: {said}. Known: {', '.join(_example())}.") from None
    return template


@cache
def _environment() -> SandboxedEnvironment:
    # Plain text: an escape would be read as it stands.
    return SandboxedEnvironment(undefined=StrictUndefined, autoescape=False, trim_blocks=True, lstrip_blocks=True)


def _values(
    said: Letter, entries: Sequence[DigestEntry], now: datetime, tags_of: Callable[[str], Sequence[str]]
) -> Mapping[str, Any]:
    """Return what templates may use: plain values, no object of ours."""
    jobs = []
    for entry in entries:
        job, shown = entry.news, row(entry, now)
        fields = {**asdict(shown), "meta": shown.meta, "url": shown.url, "company": job.company}
        more = {"place": job.location, "work": job.remote, "pay": job.salary, "tags": list(tags_of(job.site))}
        jobs.append({**fields, **more})
    lines = {
        name: [f"{line.name} {line.text}" for line in part]
        for name, part in (("changes", said.changes), ("reminders", said.reminders), ("broken", said.health))
    }
    return {"jobs": jobs, "subject": said.subject, "heading": said.heading, **lines, "day": f"{now:%Y-%m-%d}"}


@cache
def _example() -> Mapping[str, Any]:
    years = Experience(2, stated=True, evidence="two years of experience", confidence="high")
    job = News("Acme", "https://acme.example/jobs/7", "Data Engineer", years, 0, location="Berlin")
    now, entries = datetime(2026, 1, 5, 8, tzinfo=UTC), (DigestEntry(job),)
    return _values(letter(entries, HealthReport(0, ()), DigestExtras(), now), entries, now, lambda _: ["dream"])
