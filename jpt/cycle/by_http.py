"""Lists that are as they were, known by their server's own document: no browser is needed to see that.

A browser read proves that the document holds all jobs of the list: then, and for a day at most, the document is
asked for by HTTP and compared in what names jobs (addresses and texts of its links, the number of jobs that it
states). The same means that the list is unchanged. Anything else, and any doubt, is for the browser, in the same
cycle. Where a browser read shows that an unchanged document had lied, the page has to prove itself three times.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from urllib.parse import urljoin

from jpt import __version__
from jpt.cycle.guarded import apply, ends_here
from jpt.cycle.sources import NOT_GIVEN, Sources
from jpt.cycle.way import Way
from jpt.errors import NotYet
from jpt.extract.health import barred
from jpt.extract.links import advertised_total
from jpt.extract.listing import wanted
from jpt.identity.urls import canonical, host_of
from jpt.models.pages import Company, Link, ListRead, PageRead
from jpt.net.http import Answer
from jpt.store.cheap import Proof
from jpt.store.feeds import FeedState
from jpt.text.decoding import decoded, format_of
from jpt.text.html import document

HOLDS_MS = 24 * 3600 * 1000
"""How long a browser read vouches for a document."""
AFTER_A_LIE = 3
"""Browser reads that must agree with a document which was wrong once."""
METHOD = "http"


@dataclass(frozen=True, slots=True)
class Document:
    """What a server's own document says of a list."""

    page: PageRead
    keys: frozenset[str]
    """The canonical addresses of its links."""
    fingerprint: str


@dataclass(eq=False, slots=True)
class HttpReader:
    """Tells unchanged lists by their documents."""

    sources: Sources

    async def read(self, company: Company, state: FeedState) -> Way | None:
        """Give the stored list where its document shows that it is the present one; None: the browser reads it.

        Raises NotYet when the host is to be left alone.
        """
        sources = self.sources
        proof: Proof = await sources.db(sources.store.cheap.proof, company)
        if not is_proven(proof, sources.clock()) or state.absences:
            return None
        found = await self._document(company.url)
        if found is None or found.fingerprint != proof.fingerprint:
            return None
        links: Sequence[Link] = await sources.db(sources.store.feeds.last_links, company)
        if not {canonical(link.url) for link in links if link.is_job is True} <= found.keys:
            return None
        before = await sources.db(sources.store.sites.state, company)
        total = before.advertised_total if before is not None else None
        read = ListRead(replace(found.page, text="", method=METHOD), "ok", "", tuple(links), total)
        return Way(read, state)

    async def prove(self, company: Company, read: ListRead) -> None:
        """Note whether the document of a page holds what the browser has just read of it."""
        sources = self.sources
        before: Proof = await sources.db(sources.store.cheap.proof, company)
        found = None
        with suppress(NotYet):
            found = await self._document(company.url) if _can_be_proven(read) else None
        stored = await sources.db(sources.store.feeds.last_links, company)
        proof = await apply(next_proof, before, found, read, stored)
        if proof != before or proof.fingerprint:
            await sources.db(sources.store.cheap.keep, company, proof)

    async def _document(self, url: str) -> Document | None:
        try:
            with ends_here():
                answer = await self.sources.http.get(url, accept="text/html,application/xhtml+xml")
                return await apply(read_document, url, answer)
        except NotYet:
            raise
        except NOT_GIVEN:
            return None


def is_proven(proof: Proof, now_ms: int) -> bool:
    """Tell whether a document may stand for its list now."""
    is_fresh = 0 <= now_ms - proof.read_ts_ms < HOLDS_MS and proof.version == __version__
    return bool(proof.fingerprint) and proof.is_stored and is_fresh and proof.proofs >= proof.needed


def next_proof(before: Proof, found: Document | None, read: ListRead, stored: Sequence[Link]) -> Proof:
    """Give what a browser *read* proves of the document, which was *found* beside it. Pure.

    One that is as it was, though the list is not what is *stored*, has lied.
    """
    jobs = {canonical(link.url) for link in read.links if link.is_job is True}
    if found is None or not jobs or not jobs <= found.keys:
        return Proof(version=__version__, needed=before.needed)
    if found.fingerprint == before.fingerprint and before.is_stored and _differ(read.links, stored):
        return Proof(found.fingerprint, __version__, 0, AFTER_A_LIE)
    return Proof(found.fingerprint, __version__, before.proofs + 1, before.needed)


def read_document(url: str, answer: Answer) -> Document | None:
    """Read an answer as the document of the list at *url*; None where it stands for something else. Pure."""
    if answer.status != 200 or host_of(answer.url) != host_of(url) or "html" not in answer.kind:
        return None
    html = document(decoded(answer.body, format_of(answer.kind, answer.body), answer.charset))
    base = urljoin(answer.url, html.base)
    page = PageRead(url, answer.url, answer.status, html.title, html.text, headings=html.headings)
    if barred(page) is not None:
        return None
    links = sorted({(canonical(urljoin(base, address)) or "", text) for address, text in html.links})
    parts = [f"{key}\t{text}" for key, text in links if key]
    parts.append(str(advertised_total(html.text)))
    digest = hashlib.sha256("\n".join(parts).encode("utf-8", "replace")).hexdigest()
    return Document(page, frozenset(key for key, _ in links if key), digest)


def _differ(shown: Sequence[Link], stored: Sequence[Link]) -> bool:
    """Tell whether a job is on one side alone."""
    now, then = {canonical(link.url) for link in shown}, {canonical(link.url) for link in stored}
    came = any(link.is_job is not False and canonical(link.url) not in then for link in shown)
    return came or any(link.is_job is True and canonical(link.url) not in now for link in stored)


def _can_be_proven(read: ListRead) -> bool:
    """Tell whether a read shows a list whole, on its one page, so that its document could hold all of it."""
    return read.status == "ok" and read.partial is None and bool(wanted(read)) and read.page.method == "browser"
