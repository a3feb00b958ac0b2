"""The signs of a post that a link, or similar links, must show to count as a job without its page. Pure.

A path of jobs and a heading of jobs say what a part of a site is about; benefits, steps of an application and
employers stand there, too. Without a sign of a post only the page behind can tell.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from collections.abc import Set as AbstractSet

from jpt.extract.links import buttons, decoys
from jpt.extract.links.families import MOST, CandidateScore
from jpt.extract.links.link_address import tokens
from jpt.extract.links.relation import ListedPage
from jpt.extract.links.roles import has_gender_marker
from jpt.extract.links.rows import is_announced
from jpt.extract.links.structure import MOST_CARD, MOST_TITLE, Candidate, by_name
from jpt.extract.links.url_shape import is_jobs_host, is_numbered_job
from jpt.extract.links.vocabulary import listed
from jpt.extract.links.wording import is_in_text
from jpt.text.late import late

_SHARE = 3
"""Similar rows are shown to be posts if one in so many is."""
_LEAST = -1.0
"""Points above which a row is likely one of the list, not of what the page sets alike beside it."""
_FEWEST_POSTS = 2
_MENUS = frozenset({"nav", "footer"})
_OPENINGS = listed("openings")
"""Words of a path for openings, one by one: under a word for careers anything may stand."""
_TERMS = late(
    r"\b(?:full|part)[- ]?time\b|\bpermanent\b|\bfixed[- ]term\b|\btemporary\b|\bfreelance\b|\bremote\b"
    r"|\bhybrid\b|\b(?:voll|teil)zeit|\bminijob\b|\b(?:un)?befristet|\btemps (?:plein|partiel)\b|\bCDI\b"
    r"|\bCDD\b|\balternance\b|\bjornada (?:completa|parcial)\b|\btiempo (?:completo|parcial)\b"
    r"|\btempo (?:pieno|parziale|integral|parcial|indeterminato|determinato)\b|\befetivo\b|\bCLT\b"
    r"|\b(?:vol|deel)tijds?\b|\bfulltime\b|\bparttime\b|\bhel?tid\b|\bdeltid\b|\bkokoaika|\bosa-aika"
    r"|\b(?:pełny|pół) etat|\bna pełen etat|\bumowa o pracę\b|\bplný úvazek|\bhlavní pracovní poměr"
    r"|\bteljes munkaidő|\bnormă întreagă|\bpuno radno vrijeme|\btam zamanlı|\byarı zamanlı"
    r"|полная занятость|полный день|повна зайнятість|пълно работно време|πλήρης απασχόληση|toàn thời gian"
    r"|bán thời gian|penuh waktu|paruh waktu|正社員|契約社員|アルバイト|パート|全职|兼职|全職|兼職|정규직|계약직"
    r"|دوام كامل|משרה מלאה"
    r"|\b(?:apply by|closing date|closes on|deadline|bewerbungsfrist|bewerbungsschluss|date limite"
    r"|fecha l[íi]mite|inscri[çc]ões até|scadenza|ansökningsfrist|søknadsfrist|ansøgningsfrist|hakuaika"
    r"|termin składania|uzávěrka|hạn nộp|срок подачи)\b",
    re.IGNORECASE,
)
"""Kinds of employment, and the day until which one applies: rows of other things show neither."""


def unproven(opinions: Sequence[CandidateScore], here: ListedPage, numbered: frozenset[str]) -> frozenset[str]:
    """Return the addresses that nothing shows to be posts: neither they, nor similar links, nor the page.

    Being *numbered* like similar links shows it, too.
    """
    shown = {opinion.candidate.url for opinion in opinions if _shows_post(opinion.candidate)} | numbered
    told = {url for least in (_LEAST, -MOST) for url in _similar(opinions, shown, least)}
    among = _places_of_posts(opinions)
    is_told_by_page = here.has_strange_titles and here.is_called_jobs
    return frozenset(
        candidate.url
        for candidate in (opinion.candidate for opinion in opinions)
        if not candidate.shape.is_firm
        and not candidate.is_item
        and (
            not (candidate.url in told or candidate.url in shown or is_told_by_page)
            or _is_elsewhere(candidate, here)
            or _is_of_menu(candidate)
            or _is_beside(candidate, among)
        )
    )


def _similar(opinions: Sequence[CandidateScore], shown: AbstractSet[str], least: float) -> set[str]:
    """Return the addresses of rows above *least* points in groups of which enough are *shown*."""
    likely = (opinion.candidate for opinion in opinions if opinion.points > least)
    groups = by_name(likely, lambda candidate: (*candidate.places, *candidate.lists))
    return {
        row.url
        for rows in groups.values()
        if sum(row.url in shown for row in rows) * _SHARE >= len(rows)
        for row in rows
    }


def _shows_post(candidate: Candidate) -> bool:
    """Return whether the link itself shows a sign of one post: an occupation, an id, a button to apply."""
    address = candidate.address
    return (
        candidate.is_titled
        or address.has_id
        or address.query_kind in {"id", "weak id", "number"}
        or address.reads_like_title
        or address.is_document
        or is_numbered_job(address)
        or (address.start is not None and not _OPENINGS.isdisjoint(tokens(address.names[address.start])))
        or decoys.is_form(address.host, address.path)
        or _is_applied_for(candidate)
        or any(len(anchor.context) < MOST_CARD and _TERMS.search(anchor.context) for anchor in candidate.anchors)
    )


def _is_applied_for(candidate: Candidate) -> bool:
    return any(buttons.is_generic_job(anchor.text) for anchor in candidate.anchors)


def _is_elsewhere(candidate: Candidate, here: ListedPage) -> bool:
    """Return whether neither the page is called one of jobs, nor a heading above the link, nor its own address."""
    if here.is_called_jobs or here.is_foreign or _is_plain(candidate):
        return False
    if here.is_about_jobs and candidate.is_titled and _is_applied_for(candidate):
        return False
    return not is_announced(candidate)


def _is_of_menu(candidate: Candidate) -> bool:
    """Return whether it is also in a menu, and only its words are signs of a job."""
    in_menu = any(anchor.region in _MENUS and not is_in_text(anchor) for anchor in candidate.anchors)
    return in_menu and not _is_plain(candidate) and not candidate.address.is_document


def _places_of_posts(opinions: Sequence[CandidateScore]) -> frozenset[str]:
    """Return the places and lists of what is a post by its address and its title, where there are several."""
    posts = [
        opinion.candidate
        for opinion in opinions
        if opinion.points > 1
        and opinion.candidate.is_titled
        and (
            _is_plain(opinion.candidate)
            or opinion.candidate.shape.is_firm
            or opinion.candidate.address.is_document
        )
        and not any(anchor.region in _MENUS for anchor in opinion.candidate.anchors)
    ]
    found = frozenset(name for post in posts for name in (*post.places, *post.lists))
    return found if len(posts) >= _FEWEST_POSTS else frozenset()


def _is_beside(candidate: Candidate, among: frozenset[str]) -> bool:
    """Return whether the page's posts are elsewhere, and only its words suggest a job: a product, a person."""
    address = candidate.address
    is_signed = (
        _is_plain(candidate)
        or address.has_id
        or address.is_document
        or decoys.is_form(address.host, address.path)
        or _is_applied_for(candidate)
    )
    is_told = candidate.is_titled and address.reads_like_title and is_announced(candidate)
    is_apart = among.isdisjoint((*candidate.places, *candidate.lists))
    return bool(among) and is_apart and not is_signed and not is_told


def _is_plain(candidate: Candidate) -> bool:
    """Return whether its address, or the mark of a job title, is a sign that pages of other things do not have."""
    shape = candidate.shape
    return (
        shape.in_named_jobs_path
        or is_jobs_host(shape.address.host)
        or (shape.address.has_id and shape.in_job_path)
        or has_gender_marker(candidate.title[:MOST_TITLE])
    )
