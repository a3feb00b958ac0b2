"""Sites that gather other companies' jobs and let no program read them: what jpt can and cannot do there. Pure."""

from __future__ import annotations

from itertools import pairwise
from urllib.parse import unquote, urlsplit

from jpt.identity.urls import host_of, site_of

_GATHERERS = {
    "linkedin": "LinkedIn",
    "indeed": "Indeed",
    "glassdoor": "Glassdoor",
    "ziprecruiter": "ZipRecruiter",
    "monster": "Monster",
    "stepstone": "StepStone",
    "xing": "XING",
    "naukri": "Naukri",
}
"""By the part of the domain that is their name, in whatever country."""
_FOLDERS = frozenset({"company", "companies", "cmp", "pages", "firmen"})
"""What stands before a company's name in their addresses."""


def aggregator(url: str) -> str:
    """Return the name of the site that gathers jobs at *url*; empty where it is none."""
    labels = site_of(url).partition(":")[0].split(".")
    return _GATHERERS.get(labels[0], "") if len(labels) > 1 and not host_of(url)[:1].isdigit() else ""


def cannot_read(url: str) -> str:
    """Return what jpt can and cannot read at *url*, and why; empty where it is no site that gathers jobs."""
    name = aggregator(url)
    if not name:
        return ""
    whose = _company(url) or "the company"
    return (
        f"{name} is not read: it shows its lists to people who are logged in, its terms forbid programs, and it "
        "blocks them; jpt logs in nowhere and gets round nothing. "
        f"Add {whose}'s own site instead (a home page will do), or the board that its “Apply” button leads to. "
        f"Of jobs that {whose} posts on {name} alone, only {name}'s own alerts tell."
    )


def _company(url: str) -> str:
    names = [unquote(part) for part in urlsplit(url).path.split("/") if part]
    after = [name for before, name in pairwise(names) if before.lower() in _FOLDERS]
    return after[0].replace("-", " ").replace("_", " ").title()[:60] if after else ""
