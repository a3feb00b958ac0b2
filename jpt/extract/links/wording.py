"""What the words on and above a link say of it. Pure."""

from __future__ import annotations

from functools import lru_cache

from jpt.extract.links import buttons, decoys, entries, headings, subjects
from jpt.extract.links.non_job_words import meets_people, names_notice, names_programme, non_job_kind_named
from jpt.extract.links.roles import has_gender_marker, has_role, names_job
from jpt.extract.links.structure import MOST_CARD, MOST_TITLE, Candidate, is_in_list
from jpt.extract.links.url_shape import Points
from jpt.models.pages import Anchor
from jpt.text.late import late

_WORDS = late(r"[\W_]+")
_MAIN = late(r"nav[^<]*<.*\bmain\b")
_SOMEBODY = late(r"^([^\W\d_]{2,20}), (?=[a-zà-ÿ])")
"""`Amira, structural engineer`: a name before an occupation in small letters."""


def points_of(candidate: Candidate) -> list[Points]:
    """Return the points, with reasons, of texts, headings and places of *candidate*."""
    return [
        *_form(candidate),
        *_title(candidate),
        *_echo(candidate),
        *_buttons(candidate),
        *_sections(candidate),
        *_place(candidate),
    ]


@lru_cache(maxsize=4_096)
def title_points(title: str, *, certain: bool = False) -> list[Points]:
    """Return the points of a title; *certain* when the address needs no help from it."""
    text = title[:MOST_TITLE]
    if entries.is_general_application(text):
        return [(-7.0, "a general application, not a vacancy")]
    if decoys.names_account(title):
        return [(-1.0 if certain else -4.0, "its text names an account, an alert or help")]
    if entries.leads_elsewhere(title):
        return [(-1.0 if certain else -4.0, "its text names a part of the site")]
    if not has_gender_marker(text) and (why := _non_job(text)):
        return [(-1.0 if certain else -4.0, why)]
    if subjects.names_people(title):
        return [(-3.0, "speaks to a group of people")]
    found = [*_kind_of_text(title, text), *_occupation(text, certain=certain)]
    if names_programme(text) and not certain:
        found.append((-1.5, "a programme"))
    if len(title) > MOST_TITLE and not found:
        found.append((-0.7, "a long text"))
    return found


def _kind_of_text(title: str, text: str) -> list[Points]:
    found: list[Points] = []
    if subjects.names_guidance(text) and not has_gender_marker(text):
        found.append((-5.0, "for people in a trade, not a post"))
    elif subjects.names_reading(title):
        found.append((-2.5, "something to read"))
    if subjects.names_other_offer(text):
        found.append((-3.5, "an offer of something else"))
    if subjects.reads_like_story(text) or (subjects.holds_a_story_word(text) and not has_role(text)):
        found.append((-2.5, "reads like a story"))
    if buttons.begins_as_advert(title):
        found.append((2.5, "advertised as a job"))
    elif buttons.names_an_advert(title):
        found.append((1.0, "called a job advert"))
    elif entries.invites_or_lists(title) and not has_gender_marker(text):
        found.append((-3.0, "an invitation or a list"))
    return found


def _occupation(text: str, *, certain: bool) -> list[Points]:
    if has_gender_marker(text):
        return [(2.8, "the gender marker of a job title")]
    if has_role(text):
        return [(1.8, "reads like a job title")]
    return [(-0.4, "a single word")] if len(text.split()) == 1 and text.isascii() and not certain else []


def _non_job(text: str) -> str:
    """Name what a text is about beside posts; empty for what may be a title."""
    if meets_people(text) or ((known := _SOMEBODY.match(text)) and not has_role(known[1]) and has_role(text)):
        return "introduces people"
    if names_notice(text):
        return "a notice or a form"
    if not has_role(text) and (kind := non_job_kind_named(text)):
        return f"a part of the site: {kind}"
    return ""


def _title(candidate: Candidate) -> list[Points]:
    if candidate.title:
        return [*title_points(candidate.title, certain=_is_certain(candidate)), *_list_named(candidate)]
    context = next((anchor.context for anchor in candidate.anchors if 0 < len(anchor.context) < MOST_CARD), "")
    if names_job(context):
        return [(1.0, "a job title beside it")]
    return [] if any(anchor.text for anchor in candidate.anchors) else [(-0.8, "no text")]


def _is_certain(candidate: Candidate) -> bool:
    """Return whether the address needs no help from words: an id under a jobs path."""
    return candidate.shape.in_job_path and candidate.address.has_id


def _list_named(candidate: Candidate) -> list[Points]:
    texts = {candidate.title, *(anchor.text for anchor in candidate.anchors)}
    is_list = not candidate.address.has_id and any(map(entries.names_a_list, texts))
    return [(-6.0, "the name of a list, without an id")] if is_list else []


def _form(candidate: Candidate) -> list[Points]:
    """Count for a form that stands under the title of one job: a small company's post may be nothing else."""
    address = candidate.address
    own = candidate.heading or (candidate.title if not buttons.is_generic(candidate.title) else "")
    if not own or not decoys.is_form(address.host, address.path):
        return []
    if names_job(own):
        return [(3.8, "a form under the title of a job")]
    in_list = any(map(is_in_list, candidate.anchors)) and any(map(headings.says_open, candidate.sections))
    return [(3.8, "a form in a list of jobs")] if in_list and not entries.leads_elsewhere(own) else []


def _echo(candidate: Candidate) -> list[Points]:
    """Compare the slug with the title: a page with a slug of its own is a thing, not a topic."""
    words = [word for word in _WORDS.split(candidate.address.slug) if len(word) > 2 and not word.isdigit()]
    if len(words) < 2 or not candidate.shape.in_job_path:
        return []
    title = set(_WORDS.split(candidate.title.lower()))
    is_repeated = sum(word in title for word in words) * 3 >= len(words) * 2
    return [(0.6, "the address repeats the title")] if is_repeated else []


def _buttons(candidate: Candidate) -> list[Points]:
    texts = [anchor.text for anchor in candidate.anchors]
    if any(buttons.is_generic_job(text) for text in texts):
        return [(1.0, "a button of a job")]
    if len(candidate.anchors) > 1 and any(buttons.is_generic(text) for text in texts) and candidate.title:
        return [(0.7, "title and button")]
    if len({text for text in texts if text}) > 1 and not any(
        anchor.region in {"nav", "footer"} for anchor in candidate.anchors
    ):
        return [(0.4, "several links of one card")]
    return []


def _sections(candidate: Candidate) -> list[Points]:
    found: list[Points] = []
    heads = candidate.heads - {candidate.title, candidate.heading, ""}
    if any(headings.says_closed(head) for head in heads):
        found.append((-7.0, "among closed posts"))
    elif any(headings.says_open(head) for head in heads):
        found.append((1.2, "under a heading of open jobs"))
    elif heads and not _is_certain(candidate) and all(headings.says_other(head) for head in heads):
        found.append((-0.7 if candidate.shape.in_job_path else -1.5, "under a heading of other things"))
    if any(entries.is_general_application(head) for head in heads):
        found.append((-1.0, "under a general application"))
    if any(headings.card_says_closed(anchor.context) for anchor in candidate.anchors):
        found.append((-5.0, "marked as closed"))
    return found


def _place(candidate: Candidate) -> list[Points]:
    regions = {anchor.region for anchor in candidate.anchors}
    if regions <= {"nav", "footer"}:
        if candidate.shape.in_job_path and all(map(is_in_text, candidate.anchors)):
            return [(-1.2, "in a list within the page's text that is marked up as a menu")]
        return [(-5.0, "in the menu or the footer")]
    if regions & {"nav", "footer"} and not candidate.address.has_id:
        return [(-1.5, "also in the menu or the footer")]
    if regions == {"aside"} and not candidate.address.has_id:
        return [(-1.5, "beside the page's own text")]
    if regions == {"header"} and not candidate.heading:
        return [(-1.2, "in the header")]
    return []


def is_in_text(anchor: Anchor) -> bool:
    """Return whether a menu stands within the page's own text, under a heading that announces jobs."""
    return bool(_MAIN.search(anchor.shape)) and headings.says_open(anchor.heading)
