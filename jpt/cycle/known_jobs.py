"""A read compared with what is known: jobs keep their addresses, and missing ones stay open at first."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from jpt.cycle.guarded import apply
from jpt.cycle.sources import Sources
from jpt.cycle.way import Way, asked_anew
from jpt.extract.health import shrunk
from jpt.extract.listing import possible_jobs
from jpt.feeds.absent import absent
from jpt.feeds.known_address import moved
from jpt.feeds.protocol import Board
from jpt.feeds.stored_post import board_from, fingerprint, packed
from jpt.identity.diff import diff
from jpt.identity.urls import key_of
from jpt.models.pages import Company, FeedJob, ListRead


async def with_known_addresses(sources: Sources, company: Company, read: ListRead, *, keep: bool) -> ListRead:
    """Give each known job its known address; with *keep*, store the posts of new jobs."""
    known = await sources.known(company)
    jobs = {job.url: job for job in read.page.jobs}
    strange = [link for link in read.links if not known.has(link.url)]
    if not strange:
        await _note_edits(sources, company, read, jobs, {})
        return read
    shown = [link.url for link in read.links]
    addresses = await apply(moved, strange, jobs, known.jobs, shown)
    fresh = [jobs[link.url] for link in strange if link.url in jobs and link.url not in addresses]
    board = board_from(read.page.board) if fresh and keep else None
    if board is not None:
        posts = await apply(_packed, {key_of(job.url): job for job in fresh}, board)
        await sources.db(sources.store.feeds.keep, company, posts)
    await _note_edits(sources, company, read, jobs, addresses)
    links = [replace(link, url=addresses.get(link.url, link.url)) for link in read.links]
    once = {key_of(link.url): link for link in reversed(links)}
    return replace(read, links=tuple(reversed(once.values())))


async def _note_edits(
    sources: Sources, company: Company, read: ListRead, jobs: Mapping[str, FeedJob], addresses: Mapping[str, str]
) -> None:
    """Let known posts that were edited in the feed be read again, from the feed."""
    board = board_from(read.page.board) if jobs else None
    if board is None:
        return
    posts = {key_of(addresses.get(link.url, link.url)): job for link in read.links if (job := jobs.get(link.url))}
    marks = await apply(lambda: {key: fingerprint(job) for key, job in posts.items()})
    edited = await sources.db(sources.store.feeds.edited, company, marks)
    kept = await apply(_packed, {key: posts[key] for key in edited}, board)
    await sources.db(sources.store.feeds.note_posts, company, marks, kept)


async def with_missing(sources: Sources, company: Company, way: Way) -> Way:
    """Keep known jobs open that a read lacks, unless it proves that they are gone."""
    read = way.read
    if read.partial is not None and read.partial.is_sure:
        return await _with_unread_part(sources, company, way)
    is_whole = way.is_whole and read.partial is None
    known = () if is_whole else await sources.db(sources.store.feeds.open_jobs, company)
    if is_whole or (way.is_whole and shrunk(len(known), len(possible_jobs(read)))):
        # A page that lost most of its jobs is doubted as a whole before it is stored.
        return replace(way, state=replace(way.state, absences=()))
    found = await apply(absent, known, read.links, way.state.absences, sources.store.clock())
    state = replace(way.state, absences=found.absences)
    if found.absences:
        # "Nothing has changed" would give back a list that nobody has confirmed.
        state = asked_anew(state)
    if not found.kept:
        return replace(way, state=state)
    return Way(replace(read, status="ok", reason="", links=(*read.links, *found.kept)), state, way.is_whole)


async def _with_unread_part(sources: Sources, company: Company, way: Way) -> Way:
    """Keep known jobs open that a partly read list lacks: only a whole read can miss them."""
    known = await sources.db(sources.store.feeds.open_jobs, company)
    shown = [link.url for link in way.read.links]
    gone = set((await apply(diff, [link.url for link in known], shown)).gone)
    kept = [link for link in known if link.url in gone]
    return Way(replace(way.read, links=(*way.read.links, *kept)), asked_anew(way.state), is_whole=False)


def _packed(posts: Mapping[str, FeedJob], board: Board) -> list[tuple[str, bytes]]:
    return [(key, packed(job, board)) for key, job in posts.items()]
