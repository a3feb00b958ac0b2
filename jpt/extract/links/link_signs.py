"""The signs of a link as numbers, for the second opinion: what address, words and place show. Pure."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from jpt.extract.links import buttons, decoys, entries, headings, subjects
from jpt.extract.links.link_address import PAGING, tokens
from jpt.extract.links.non_job_words import (
    meets_people,
    names_notice,
    names_programme,
    non_job_kind,
    non_job_kind_named,
)
from jpt.extract.links.relation import ListedPage
from jpt.extract.links.roles import has_gender_marker, has_role
from jpt.extract.links.structure import MOST_TITLE, Candidate, by_name, is_in_list
from jpt.extract.links.url_shape import is_jobs_host
from jpt.text.late import late

Row = list[float]

_FOLD = late(r"[\W_]+")
_REGIONS = ("nav", "header", "footer", "aside", "main")


def signs_of(candidates: Sequence[Candidate], here: ListedPage) -> list[Row]:
    """Return the signs of each candidate, always in the same order."""
    groups = Counter(name for candidate in candidates for name in _groups(candidate))
    folders = Counter(candidate.address.folder for candidate in candidates)
    return [_row(candidate, here, groups, folders) for candidate in candidates]


def places_of(candidates: Sequence[Candidate]) -> dict[str, list[int]]:
    """Return the groups of candidates that stand alike: the same shape and folder, by their numbers."""
    places = [f"{one.anchors[0].shape} {one.address.folder}" for one in candidates]
    return by_name(range(len(places)), lambda number: [places[number]])


def _groups(candidate: Candidate) -> set[str]:
    return {anchor.group for anchor in candidate.anchors if is_in_list(anchor)}


def _row(candidate: Candidate, here: ListedPage, groups: Counter[str], folders: Counter[str]) -> Row:
    return [
        *_address(candidate, folders),
        *_relation(candidate, here),
        *_words(candidate),
        *_place(candidate, groups),
        *_post(candidate),
        float(here.is_about_jobs),
        float(here.is_foreign),
    ]


def _address(candidate: Candidate, folders: Counter[str]) -> Row:
    shape = candidate.shape
    address = shape.address
    last = address.names[-1] if address.names else ""
    before = address.names[:-1]
    words = tokens(address.slug)
    return [
        float(address.has_id),
        float(address.query_kind == "id"),
        float(address.query_kind == "weak id"),
        float(address.query_kind == "filter"),
        float(shape.in_job_path),
        float(shape.in_named_jobs_path),
        float(address.reads_like_title),
        float(address.is_list),
        float(address.is_document),
        float(address.is_dated),
        float(is_jobs_host(address.host)),
        min(len(address.names), 8) / 8,
        min(len(address.tail), 5) / 5,
        min(len(words), 10) / 10,
        float(any(char.isdigit() for char in last)),
        float(any(decoys.is_story_segment(name) for name in before)),
        float(decoys.is_story_segment(last)),
        float(last in decoys.SUBPAGES),
        float(last in decoys.WIDE_SUBPAGES),
        float(non_job_kind(last) is not None),
        float(any(non_job_kind(name) is not None for name in before)),
        float(decoys.names_a_topic(last)),
        float(bool(PAGING.match(last))),
        min(folders[address.folder], 20) / 20,
    ]


def _relation(candidate: Candidate, here: ListedPage) -> Row:
    path = here.path_of(candidate.url)
    own = here.path
    is_below = path is not None and len(path) > len(own) and path[: len(own)] == own
    return [
        float(path is not None),
        float(is_below and bool(own)),
        float(path == own),
        float(path is not None and len(path) < len(own) and path == own[: len(path)]),
        float(path is not None and bool(path) and bool(own) and path[0] == own[0]),
    ]


def _words(candidate: Candidate) -> Row:
    title = candidate.title
    text = title[:MOST_TITLE]
    words = text.split()
    slug = _FOLD.sub("", candidate.address.slug)
    return [
        min(len(words), 15) / 15,
        float(len(words) == 1),
        float(not title),
        float(len(title) > MOST_TITLE),
        float(has_role(text)),
        float(has_gender_marker(text)),
        float(entries.leads_elsewhere(title)),
        float(entries.is_general_application(text)),
        float(subjects.names_reading(title)),
        float(subjects.reads_like_story(text)),
        float(entries.invites_or_lists(title)),
        float(subjects.names_people(title)),
        float(subjects.names_guidance(text) or subjects.names_other_offer(text)),
        float(meets_people(text) or non_job_kind_named(text) is not None),
        float(names_notice(text) or names_programme(text)),
        float(decoys.names_account(text)),
        float(text[-1:] in "?!." if text else 0),
        float(len(slug) > 3 and slug in _FOLD.sub("", text.lower())),
        float(any(buttons.is_generic_job(anchor.text) for anchor in candidate.anchors)),
        float(any(buttons.is_generic(anchor.text) for anchor in candidate.anchors)),
    ]


def _place(candidate: Candidate, groups: Counter[str]) -> Row:
    regions = {anchor.region for anchor in candidate.anchors}
    heads = candidate.heads - {candidate.title, ""}
    size = max((groups[name] for name in _groups(candidate)), default=0)
    context = max(len(anchor.context) for anchor in candidate.anchors)
    return [
        *(float(region in regions) for region in _REGIONS),
        float(regions <= {"nav", "footer", "header"}),
        min(size, 20) / 20,
        float(size == 0),
        min(len(candidate.anchors), 4) / 4,
        float(bool(candidate.heading)),
        float(any(headings.says_open(head) for head in heads)),
        float(any(headings.says_closed(head) for head in heads)),
        float(bool(heads) and all(headings.says_other(head) for head in heads)),
        min(max(0, context - len(candidate.title)), 300) / 300,
        float(candidate.is_titled),
        float(candidate.is_item),
    ]


def _post(candidate: Candidate) -> Row:
    """Return what is mostly a post's own."""
    shape = candidate.shape
    return [
        float(shape.is_firm),
        float(shape.is_known_post),
        float(any(anchor.location for anchor in candidate.anchors)),
        float(shape.address.has_id and shape.in_job_path),
        float(shape.address.ends_in_locale),
    ]
