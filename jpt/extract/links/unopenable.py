"""Rows of a list of jobs whose addresses no browser opens. Pure.

Menus and buttons are full of such addresses; a row is one only where it stands among jobs, as a job does.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from jpt.extract.links import buttons, entries, headings
from jpt.extract.links.roles import has_role, names_job
from jpt.extract.links.structure import MOST_TITLE, is_in_list
from jpt.identity.urls import openable, why_not_openable
from jpt.models.pages import Anchor, BadRow, Link, PageRead
from jpt.text.clean import clean_line
from jpt.text.late import late

_EMPTY_SCRIPT = late(r"javascript:\s{0,9}(?:(?:void|return|undefined|null)\b|[#;/]|$)", re.IGNORECASE)
_NAMED = late(r"[^\W\d_].*[^\W\d_]")
_OUTSIDE = frozenset({"nav", "footer", "header", "aside"})


def unopenable_rows(page: PageRead, links: Sequence[Link]) -> tuple[BadRow, ...]:
    """Return the rows that cannot be opened, and stand among the jobs of *links* or are named like jobs."""
    rows = [*_http_rows(page, links), *_other_rows(page, links), *_rows_to_page(page, links)]
    found = {row.url or row.title: row for row in rows if row.title}
    return tuple(found.values())


def _http_rows(page: PageRead, links: Sequence[Link]) -> list[BadRow]:
    strange = [anchor for anchor in page.anchors if openable(anchor.url) is None]
    if not strange:
        return []
    verdicts = {link.url: link.is_job for link in links}
    lists = _places(page, links)
    return [
        BadRow(clean_line(row.text), row.url, why_not_openable(row.url))
        for row in strange
        if verdicts.get(row.url) is True
        or ((row.shape, row.group) in lists and (verdicts.get(row.url) is not False or row.url.startswith("http")))
    ]


def _other_rows(page: PageRead, links: Sequence[Link]) -> list[BadRow]:
    """Return the rows with addresses that are not HTTP: `javascript:`, `mailto:`."""
    lists = _places(page, links) if page.strange else set()
    rows = [(row, title) for row in page.strange if (title := _title(row)) and _is_job_row(row, title, lists)]
    # One address of many rows names none of them.
    shared = Counter(row.url for row, _ in dict.fromkeys(rows))
    return [
        BadRow(
            title,
            "" if shared[row.url] > 1 or _EMPTY_SCRIPT.match(row.url.strip()) else row.url,
            why_not_openable(row.url),
        )
        for row, title in rows
    ]


def _rows_to_page(page: PageRead, links: Sequence[Link]) -> list[BadRow]:
    """Return the rows named like jobs whose links lead to the page itself (`href="#"`)."""
    rows = _links_to_page(page, links)
    return [BadRow(_title(row), "", "It leads nowhere but to the list itself.") for row in rows]


def _links_to_page(page: PageRead, links: Sequence[Link]) -> list[Anchor]:
    own = {page.url.partition("#")[0], page.final_url.partition("#")[0]}
    bare = [anchor for anchor in page.anchors if anchor.url.removesuffix("!").removesuffix("#") in own]
    if not bare:
        return []
    # What several of them are called is a button of each row.
    times = Counter(anchor.text for anchor in bare)
    jobs = {link.url for link in links if link.is_job is True}
    # Beside a link of its own card, and under the name of a job, it is a button.
    cards = {anchor.context for anchor in page.anchors if anchor.url in jobs}
    named = {anchor.text for anchor in page.anchors if anchor.url in jobs}
    lists = _places(page, links)
    return [
        row
        for row in bare
        if times[row.text] == 1
        and row.context not in cards
        and row.text not in named
        and (title := _title(row))
        and names_job(title)
        and _is_job_row(row, title, lists)
    ]


def unopenable_texts(page: PageRead, links: Sequence[Link]) -> frozenset[str]:
    """Return the texts, as the page has them, of the rows that a click may still open."""
    titles = {row.title for row in _other_rows(page, links)} if page.strange else set()
    strange = {row.text for row in page.strange if _title(row) in titles}
    return frozenset({*strange, *(row.text for row in _links_to_page(page, links))})


def _is_job_row(row: Anchor, title: str, lists: set[tuple[str, str]]) -> bool:
    if not row.visible or row.region in _OUTSIDE:
        return False
    is_beside = is_in_list(row) and any(group == row.group for _, group in lists)
    if any(shape == row.shape for shape, _ in lists):
        return is_beside or not is_in_list(row) or has_role(title)
    # Written otherwise than the jobs beside it, it must read like one.
    return is_beside and names_job(title)


def _title(row: Anchor) -> str:
    """Return what names a row; empty for a control."""
    said = (row.text, row.heading) if buttons.is_generic(row.text) else (row.text,)
    title = next((clean_line(text) for text in said if text and not _is_control(text)), "")
    return title if len(title) <= MOST_TITLE else clean_line(row.heading)


def _is_control(text: str) -> bool:
    return (
        _NAMED.search(text) is None
        or buttons.is_generic(text)
        or entries.leads_elsewhere(text)
        or entries.is_general_application(text)
        or headings.says_open(text)
        or (entries.invites_or_lists(text) and not has_role(text))
    )


def _places(page: PageRead, links: Sequence[Link]) -> set[tuple[str, str]]:
    """Return shape and group of the lists that jobs stand in."""
    jobs = {link.url for link in links if link.is_job is True}
    return {(anchor.shape, anchor.group) for anchor in page.anchors if anchor.url in jobs and anchor.group}
