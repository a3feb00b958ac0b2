"""Is this page an open job post? Pure.

A missed job is the worst fault: what stays in doubt is a job.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from urllib.parse import parse_qsl, unquote, urlsplit

from jpt.extract.health import barred
from jpt.extract.links import judge_url
from jpt.extract.links.entries import is_general_application
from jpt.extract.links.roles import has_gender_marker, names_job
from jpt.extract.links.subjects import names_guidance
from jpt.extract.post import about
from jpt.extract.post.closed import is_marked_over, line_of, says_closed_beside, says_ended, says_missing
from jpt.extract.post.inline import PART
from jpt.extract.post.naming import is_list_name, key, segments
from jpt.extract.post.post_signs import Signs
from jpt.models.pages import Anchor, PageRead
from jpt.text.clean import clean_line
from jpt.text.json_ld import kinds
from jpt.text.late import late

_TOP_LINES = 30
_SHORT = 1_500
_LONG = 800
_BRIEF = 300
_MUCH = 0.4
_POSTS_IN_A_ROW = 3
_ENOUGH = 1.4
"""Points from which a page counts as a job post."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """Whether a page is an open job post, and why not."""

    is_job: bool
    reason: str = ""
    gone: bool = False


@dataclass(frozen=True, slots=True)
class PostEvidence:
    """What was read of a page, for judging it."""

    page: PageRead
    title: str
    """Empty where no text on the page reads like the title of a job."""
    signs: Signs
    declared: int
    """How many JobPostings it declares; those about another job than the page's count too."""
    declares_it: bool
    """One of them is this page's job."""
    anchor_text: str = ""
    """The text of the link that led here."""


def verdict(found: PostEvidence) -> Verdict:
    """Judge what was *found* on a page."""
    if gone := _gone(found):
        return Verdict(is_job=False, reason=gone, gone=True)
    reason = _barred(found) or _another_kind(found)
    return Verdict(is_job=not reason, reason=reason)


def _gone(found: PostEvidence) -> str:
    """Return the words for a post that is over; empty when it is open, or never was one."""
    page, signs = found.page, found.signs
    status = page.http_status or 0
    if status in {404, 410} and not (signs.strong_parts >= 2 and signs.length > _SHORT):
        return f"HTTP {status}"
    lines = [line.strip() for line in page.text.splitlines() if line.strip()]
    others = {anchor.text for anchor in page.anchors if anchor.text != found.title and _leads_to_job(anchor)}
    if ended := says_ended(lines, others):
        number, words = ended
        # Above the title a menu may take any number of lines.
        at = line_of(lines, found.title) or 0
        if number < _TOP_LINES or at <= number < at + _TOP_LINES or signs.strong_parts == 0:
            return f"the page says: {words}"
    if is_marked_over(found.title):
        return f"its title says: {found.title}"
    if bare := says_closed_beside(lines, found.title, others):
        return f"the page says: {bare}"
    if signs.strong_parts == 0 and not found.declares_it:
        tops = lines[:12] if signs.length < _SHORT else []
        if missing := says_missing((page.title, *page.headings[:3], *tops)):
            return f"the page says: {missing}"
    return _redirected(found)


def _leads_to_job(anchor: Anchor) -> bool:
    return names_job(anchor.text) or judge_url(anchor.url).is_job is True


def _redirected(found: PostEvidence) -> str:
    """Return the reason if a redirect led to a list that has nothing of the job's address; else empty."""
    page, signs = found.page, found.signs
    asked, came = urlsplit(page.url), urlsplit(page.final_url)
    if _place(page.url) == _place(page.final_url) or found.declares_it or signs.strong_parts >= 2:
        return ""
    address = unquote(page.final_url).lower()
    if any(mark in address for mark in _marks(page.url)):
        return ""
    above = asked.hostname == came.hostname and asked.path.startswith(came.path.rstrip("/") + "/")
    if above or came.path in {"", "/"} or signs.other_jobs >= 3 or _is_list_named(found):
        return f"the link now leads to another page: {clean_line(page.title, 80) or page.final_url}"
    return ""


def _place(url: str) -> tuple[str, str, str]:
    parts = urlsplit(url)
    return (parts.hostname or "").removeprefix("www."), parts.path.rstrip("/"), parts.query


def _marks(url: str) -> set[str]:
    """Return what tells this job's address from its neighbours': its last names and its ids, lower case."""
    parts = urlsplit(url)
    segments = [unquote(part).lower() for part in parts.path.split("/") if part]
    values = [value.lower() for _, value in parse_qsl(parts.query)]
    fragment = [part for part in re.split(r"[/=&?]", parts.fragment.lower()) if part]
    ids = {
        part for part in (*segments, *values, *fragment) if len(part) > 3 and any(char.isdigit() for char in part)
    }
    numbers = {number for part in ids for number in re.findall(r"\d{4,}", part)}
    return {part for part in segments[-1:] if len(part) > 3 and part not in _COMMON} | ids | numbers


def _barred(found: PostEvidence) -> str:
    # What declares its job or has the parts of a post may well be about maintenance, logins or captchas.
    if found.declares_it or found.signs.strong_parts >= 2:
        return ""
    door = barred(found.page)
    return door[1] if door else ""


def _another_kind(found: PostEvidence) -> str:
    """Return what else the page is; empty for a job post, and in doubt."""
    page, signs = found.page, found.signs
    lists = signs.is_list_address and _is_list_named(found)
    if found.declares_it and not (lists and not (names_job(found.title) and _is_shown(found))):
        return ""
    if is_general_application(found.title) and not _TALENT_STAFF.search(found.title):
        return "a talent pool or an unsolicited application"
    if found.declared > 1 and signs.strong_parts < 2:
        return f"a list of {found.declared} jobs"
    if signs.strong_parts < 2 and about.is_form(page, found.title):
        return "a form, or a thank-you page"
    if about.describes_profession(page) and not (signs.applies or signs.asks_for_cv):
        return "a description of a profession"
    if about.names_notice(found.title) or (about.is_notice(page, found.title) and not names_job(found.title)):
        return "a notice, not a post"
    if signs.embedded or not (signs.length or page.headings):
        return ""  # the post is in a frame, or nothing came: whether it is a job, nobody can tell
    of_work = about.is_of_work(page, found.title, signs, announced=_is_linked_by_title(found)) or _stands_alone(
        found
    )
    if of_work and _points(found) >= _ENOUGH and not _says_nothing(found):
        return ""
    return _kind_of_page(found)


def _stands_alone(found: PostEvidence) -> bool:
    """Return whether nothing speaks against a page at a job's address that takes applications: it stays."""
    return found.signs.address is True and found.signs.applies and not _points_against(found)


def _is_shown(found: PostEvidence) -> bool:
    """Return whether the page says its title anywhere."""
    page = found.page
    return any(key(found.title) in key(text) for text in (*page.headings, page.title, page.text))


def _points(found: PostEvidence) -> float:
    """Add up the points for and against a job post; tuned on captured careers pages."""
    signs = found.signs
    points = 0.9 * min(signs.strong_parts, 4) + 0.8 * signs.applies + 0.3 * signs.forms
    points += max(1.0 * signs.prose, 0.5 * signs.speaks_to_you)
    points += 0.8 * names_job(found.title) + 0.4 * bool(found.title) + 0.3 * min(signs.labels, 3)
    points += 0.3 * (signs.length > _LONG) + 0.6 * signs.leads_on + 0.6 * (signs.sections >= 2)
    points += 0.4 * (signs.asks_for_cv and signs.address is not False)
    # Who marks a title for all genders has written an advert, wherever it stands.
    marked = has_gender_marker(found.title)
    points += {True: 1.6, False: 0.0 if marked else -1.2, None: 0.0}[signs.address] + 0.8 * marked
    points += 0.8 * (signs.address is not False and _is_linked_by_title(found))
    points += 0.8 * about.seeks_staff(found.page, found.title)
    return points - _points_against(found)


def _points_against(found: PostEvidence) -> float:
    signs = found.signs
    lists = not _is_its_only_job(found)
    points = 1.3 * (not found.title) + 1.4 * (lists and _is_list_named(found)) + _short_of_text(signs)
    points += 1.2 * (lists and signs.is_list_address) + 0.8 * (signs.link_share > _MUCH)
    if _are_in_a_row(found):
        # Several posts one below the other have the parts of a post several times; they make no post of the page.
        points += 2.2 + 0.9 * max(0, min(signs.strong_parts, 4) - 1)
    points += 1.2 * (signs.forms and not signs.strong_parts)
    if about.tells_a_story(found.page, found.title) or (
        kinds(found.page.json_ld) & _STORIES and not signs.applies
    ):
        told = signs.applies or signs.address or about.seeks_staff(found.page, found.title)
        # A system that publishes everything as an article does so with jobs, too.
        listed = (
            signs.address is True and names_job(found.title) and not about.tells_a_story(found.page, found.title)
        )
        points += 0.5 if (signs.strong_parts >= 2 and told) or listed else 2.0
    points += 1.0 * about.says_little_of_work(found.page, signs) + 2.0 * _is_home(found.page)
    if signs.other_jobs >= 3:
        alone = signs.strong_parts >= 2
        points += (0.5 if alone else 1.5) + (0.8 if alone else 1.5) * (signs.other_jobs >= 8)
    return points


def _is_its_only_job(found: PostEvidence) -> bool:
    """Return whether a page that is called a list has one whole post and nothing else: its company's only job."""
    signs = found.signs
    alone = signs.titles <= 1 and signs.repeats < _POSTS_IN_A_ROW - 1 and not signs.other_jobs
    whole = signs.strong_parts >= 3 or len(signs.named) == 1
    return alone and whole and signs.applies and not is_list_name(found.title)


def _is_home(page: PageRead) -> bool:
    parts = urlsplit(page.final_url)
    return (
        page.meta != PART
        and parts.netloc != ""
        and parts.path in {"", "/"}
        and not (parts.query or parts.fragment)
    )


def _are_in_a_row(found: PostEvidence) -> bool:
    """Return whether several posts stand one below the other; where the address is a list's, two are enough."""
    signs, few = found.signs, _POSTS_IN_A_ROW - 1
    if signs.strong_parts >= 2 and signs.repeats < few and _is_called(found):
        return False  # the other titles are those of a list beside it
    if signs.is_list_address and signs.repeats >= few and (signs.titles >= few or _is_list_named(found)):
        return True
    if signs.titles >= few and not signs.strong_parts and _is_list_named(found):
        return True
    return signs.repeats >= _POSTS_IN_A_ROW or signs.titles >= _POSTS_IN_A_ROW


def _is_called(found: PostEvidence) -> bool:
    """Return whether the page's name and its address are both the title of this one job."""
    own = key(found.title)
    slug = unquote(urlsplit(found.page.final_url).path).rstrip("/").rpartition("/")[2]
    return bool(own) and own == key(segments(found.page.title)[0][0]) and own in key(slug)


def _short_of_text(signs: Signs) -> float:
    """Count against a text of few words, the less the more of it is a post's."""
    one = 0.6 if signs.applies else 1.0
    return (1.0, one, 0.0)[min(signs.strong_parts, 2)] * (signs.length < _BRIEF)


def _says_nothing(found: PostEvidence) -> bool:
    """Return whether nothing in the text itself is a post's: the address and the title do not make one."""
    signs = found.signs
    told = signs.parts or signs.prose or signs.applies or signs.forms or signs.labels
    # In a script whose words are hardly known here a long text that its link announced may say it all the same; so
    # may one below the name of an occupation at the address of a job, in any words.
    announced = _is_linked_by_title(found) and not _is_latin(found.page.text)
    named = signs.address is True and names_job(found.title) and not names_guidance(found.title)
    strange = signs.length > _LONG and (announced or named)
    return not (told or signs.leads_on or signs.sections >= 2 or strange)


def _is_latin(text: str) -> bool:
    letters = [char for char in text[:2_000] if char.isalpha()]
    return sum(char < "\u0250" for char in letters) * 2 >= len(letters)


def _is_linked_by_title(found: PostEvidence) -> bool:
    return bool(found.title) and key(found.title) == key(found.anchor_text)


def _is_list_named(found: PostEvidence) -> bool:
    return any(map(is_list_name, (*about.called(found.page), found.title)))


def _kind_of_page(found: PostEvidence) -> str:
    signs = found.signs
    if _are_in_a_row(found):
        return "several jobs on one page"
    if signs.other_jobs >= 3:
        return f"a list with {signs.other_jobs} links to jobs"
    if _is_list_named(found):
        return "a list of jobs or a careers page"
    if kinds(found.page.json_ld) & _STORIES:
        return "an article"
    if signs.length < _BRIEF:
        return "too little text for a job post"
    return "no requirements, no duties and no way to apply on the page"


_TALENT_STAFF = late(
    r"\b(?:pool|community|network|database|hub|applications?) (?:\w+ )?(?:manager|lead|specialist"
    r"|coordinator|director|partner"
    r"|officer|associate|administrator|analyst|engineer|developer|consultant|head)\b",
    re.IGNORECASE,
)
"""Who works for a talent community is no member of it."""
_STORIES = frozenset(
    {"article", "blogposting", "newsarticle", "techarticle", "report", "event", "podcastepisode", "product"}
)
_COMMON = frozenset(
    {"jobs", "job", "careers", "career", "apply", "index.html", "view", "details", "detail", "show"}
)
