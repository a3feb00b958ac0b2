"""Unchanged lists recognised by HTTP, without a browser.

A browser read proves which answer holds all jobs of the list: the page's own document, or what its scripts ask for
(`contents.py`). Then, and for a day at most, that answer is asked for by HTTP and compared. If it is the same, the
list is unchanged. Anything else, and any doubt, is for the browser, in the same cycle. Where a browser read shows
that an unchanged answer was wrong, the page has to prove itself three times.
"""

from __future__ import annotations

import logging
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass, replace

from jpt import __version__
from jpt.cycle.contents import (
    LONGEST,
    Contents,
    ListSource,
    answer_text,
    contents_of,
    digest,
    holds,
    over_at_ms,
    source_of,
    titles_of,
)
from jpt.cycle.guarded import apply
from jpt.cycle.sources import HTML, Sources, get_once
from jpt.cycle.way import Way
from jpt.errors import NotYet
from jpt.identity.urls import canonical, host_of
from jpt.models.pages import Company, Link, ListRead, PageRead
from jpt.models.ways import Proof, SourceKind
from jpt.net.http import Http, Response, Validators
from jpt.store.feeds import FeedState
from jpt.text.clock import is_within
from jpt.text.decoding import UndecodableError

log = logging.getLogger(__name__)

HOLDS_MS = 24 * 3600 * 1000
"""How long a browser read vouches for an answer."""
AFTER_A_LIE = 3
"""Browser reads that must agree with an answer which was wrong once."""
FUTILE_WHOLE = 2
"""Changes of an answer without one of its list after which only what names jobs is compared."""
FUTILE = 5
"""Useless answers after which a source is left alone for a day."""
MOVED = 2
"""Times that validators must have changed with an answer before "not modified" is believed."""
LIED = "what HTTP had shown of it was wrong: it is read in the browser until three reads agree"


@dataclass(frozen=True, slots=True)
class ProbedSource:
    """The answer of a source that was asked right after a browser read."""

    source: ListSource
    answer: Response
    said: Contents
    until_ts_ms: int


@dataclass(eq=False, slots=True)
class HttpReader:
    """Recognises unchanged lists by their sources."""

    sources: Sources

    async def read(self, company: Company, state: FeedState) -> Way | None:
        """Give the stored list if its source is unchanged; None: the browser has to read it.

        Raises NotYet when the host is to be left alone.
        """
        sources = self.sources
        proof = await sources.db(sources.store.list_sources.proof, company)
        if not is_proven(proof, sources.store.clock()) or state.absences or state.via != "browser":
            return None
        answer = await self._answer(proof, validators_of(proof))
        if answer is None or not await apply(is_same, proof, answer):
            return None
        links = await sources.db(sources.store.feeds.last_links, company)
        before = await sources.db(sources.store.sites.state, company)
        total = before.advertised_total if before is not None else None
        page = PageRead(company.url, company.url, 200, "", "", method="http")
        return Way(ListRead(page, "ok", "", tuple(links), total), state)

    async def prove(self, company: Company, read: ListRead) -> ListRead:
        """Store what a browser *read* proves of its source; gives the read, noting where that was wrong."""
        sources, now_ms = self.sources, self.sources.store.clock()
        before = await sources.db(sources.store.list_sources.proof, company)
        is_tried = is_worth_a_try(before, now_ms)
        found = await found_beside(sources.http, read, now_ms) if is_tried else None
        stored = await sources.db(sources.store.feeds.last_links, company)
        differs = await apply(_differ, read.links, stored)
        lied = read.status == "ok" and differs and await self._has_lied(before, found)
        proof = await apply(next_proof, before, found, read, differs)
        if lied:
            proof = replace(proof, proofs=0, needed=AFTER_A_LIE, lies=before.lies + 1, lied_ts_ms=now_ms)
        if proof != before or proof.raw:
            await sources.db(sources.store.list_sources.keep, company, proof)
        if proof.lies == before.lies:
            return read
        log.warning("%s: %s", company.url, LIED)
        return replace(read, reason="; ".join(filter(None, [read.reason, LIED])))

    async def _has_lied(self, before: Proof, found: ProbedSource | None) -> bool:
        """Tell whether the source is unchanged although the browser saw another list."""
        if not before.raw or not before.is_stored:
            return False
        if found is not None and found.source.url == before.url:
            return await apply(is_same, before, found.answer)
        with suppress(NotYet):
            answer = await self._answer(before, Validators())
            return answer is not None and await apply(is_same, before, answer)
        return False

    async def _answer(self, proof: Proof, validators: Validators) -> Response | None:
        return await _asked(self.sources.http, proof.url, proof.kind, proof.agent, validators)


async def found_beside(http: Http, read: ListRead, now_ms: int) -> ProbedSource | None:
    """Request what may hold the list that the browser *read*; None if nothing does, or it cannot be read now."""
    if not _can_be_proven(read) or (source := await apply(source_of, read)) is None:
        return None
    with suppress(NotYet):
        answer = await _asked(http, source.url, source.kind, read.page.agent, Validators())
        return None if answer is None else await apply(found_in, source, answer, read, now_ms)
    return None


async def _asked(http: Http, url: str, kind: SourceKind, agent: str, validators: Validators) -> Response | None:
    accept = HTML if kind == "document" else "*/*"
    return await get_once(http, url, validators, accept=accept, most=4 * LONGEST, agent=agent)


def is_proven(proof: Proof, now_ms: int) -> bool:
    """Tell whether an unchanged answer proves an unchanged list now."""
    is_fresh = is_within(proof.read_ts_ms, now_ms, HOLDS_MS) and proof.version == __version__
    is_over = 0 < proof.until_ts_ms <= now_ms
    return bool(proof.raw) and proof.is_stored and is_fresh and not is_over and proof.proofs >= proof.needed


def is_worth_a_try(before: Proof, now_ms: int) -> bool:
    """Tell whether to request a source after a browser read: not today if that was in vain several times."""
    is_old = not is_within(before.read_ts_ms, now_ms, HOLDS_MS)
    return before.futile < FUTILE or before.version != __version__ or is_old


def validators_of(proof: Proof) -> Validators:
    """Give the validators for a conditional request: none until they were seen to change with the answer."""
    return Validators(proof.etag, proof.last_modified) if proof.moves >= MOVED else Validators()


def is_same(proof: Proof, answer: Response) -> bool:
    """Tell whether an *answer* says what the browser confirmed. Pure."""
    if answer.unchanged:
        return validators_of(proof) != Validators()
    if answer.status != 200 or host_of(answer.url) != proof.host:
        return False
    if digest(answer.body) == proof.raw:
        return True
    try:
        said = contents_of(answer_text(answer), answer.url, proof.kind)
    except UndecodableError:
        return False
    return said is not None and _is_alike(proof, said)


def found_in(source: ListSource, answer: Response, read: ListRead, now_ms: int) -> ProbedSource | None:
    """Give what a *source* holds of the list that the browser *read*; None if it is not that list. Pure."""
    own = host_of(read.page.final_url) if source.kind == "document" else host_of(source.url)
    if answer.status != 200 or host_of(answer.url) != own:
        return None
    try:
        text = answer_text(answer)
    except UndecodableError:
        return None
    said = contents_of(text, answer.url, source.kind, titles_of(read))
    if said is None or not holds(said, read):
        return None
    if (
        source.contents is not None
        and source.contents.whole != said.whole
        and source.contents.naming != said.naming
    ):
        # The browser got another answer.
        return None
    return ProbedSource(source, answer, said, over_at_ms(text, now_ms))


def next_proof(before: Proof, found: ProbedSource | None, read: ListRead, differs: bool) -> Proof:
    """Give what a browser *read* proves of the source that was *found* beside it. Pure.

    *differs*: the list is not the stored one.
    """
    is_new = before.version != __version__
    futile = 0 if is_new else before.futile
    if found is None:
        # It stays at the limit: one try a day is enough.
        left = min(futile + 1, FUTILE) if _can_be_proven(read) else futile
        return Proof(
            version=__version__, needed=before.needed, futile=left, lies=before.lies, lied_ts_ms=before.lied_ts_ms
        )
    is_known = bool(before.raw) and before.is_stored and before.url == found.source.url
    raw = digest(found.answer.body)
    is_alike = raw == before.raw or (not is_new and _is_alike(before, found.said))
    return Proof(
        url=found.source.url,
        kind=found.source.kind,
        host=host_of(found.answer.url),
        raw=raw,
        whole=found.said.whole,
        naming=found.said.naming,
        version=__version__,
        proofs=before.proofs + 1,
        needed=before.needed,
        futile=min(futile + int(is_known and not is_alike and not differs), FUTILE),
        lies=before.lies,
        lied_ts_ms=before.lied_ts_ms,
        etag=found.answer.validators.etag,
        last_modified=found.answer.validators.last_modified,
        moves=_moves(before, found, raw),
        until_ts_ms=found.until_ts_ms,
        agent=read.page.agent,
    )


def _is_alike(proof: Proof, said: Contents) -> bool:
    if proof.futile < FUTILE_WHOLE:
        return said.whole == proof.whole
    return bool(said.naming) and said.naming == proof.naming


def _moves(before: Proof, found: ProbedSource, raw: str) -> int:
    """Count the times that validators changed with what they stand for; -1 once they did not."""
    given = found.answer.validators
    if before.url != found.source.url or before.moves < 0 or not (given.etag or given.last_modified):
        return before.moves if before.url == found.source.url else 0
    if raw == before.raw:
        return before.moves
    stayed = given.etag == before.etag if given.etag else given.last_modified == before.last_modified
    return -1 if stayed else before.moves + 1


def _differ(shown: Sequence[Link], stored: Sequence[Link]) -> bool:
    """Tell whether only one of the two lists has some job."""
    now, then = {canonical(link.url) for link in shown}, {canonical(link.url) for link in stored}
    came = any(link.is_job is not False and canonical(link.url) not in then for link in shown)
    return came or any(link.is_job is True and canonical(link.url) not in now for link in stored)


def _can_be_proven(read: ListRead) -> bool:
    """Tell whether a read shows a list whole, in the browser, so that an answer could hold all of it."""
    is_whole = read.status == "ok" and read.partial is None and not read.bad_rows
    return is_whole and read.page.method.startswith("browser") and any(link.is_job for link in read.links)
