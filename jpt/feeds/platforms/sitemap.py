"""Sitemaps (sitemaps.org): the addresses of posts; what stands behind them is declared there, or rendered."""

from __future__ import annotations

import re
from urllib.parse import unquote, urlsplit
from xml.etree import ElementTree as ET

from jpt.errors import FeedFault
from jpt.feeds.declared import WithPages
from jpt.feeds.protocol import Address, Batch, Board, FeedClient, merged
from jpt.feeds.shape import day, parsed_xml
from jpt.models.pages import FeedJob

MOST_PARTS = 30
_JOBS = re.compile(
    r"/(?:[\w-]*jobs?|[\w-]*careers?|vacanc(?:y|ies)|positions?|openings?|postings?|stellen\w*|offres?|emplois?"
    r"|vacatures?|vagas?|ofertas?|opportunit(?:y|ies)|p|o)/[^/?#]{3,}",
    re.IGNORECASE,
)
_FILE = re.compile(r"[\w.-]*sitemap[\w.-]*\.xml|sitemal\.xml", re.IGNORECASE)


class Sitemap(WithPages):
    """Any site's sitemap, where the watched address is one."""

    name = "sitemap"
    title = "the sitemap"

    def board(self, address: Address) -> Board | None:
        """Recognise a sitemap by its file name."""
        if not address.path or not _FILE.fullmatch(address.path[-1]):
            return None
        return Board(self.name, address.host, address.url, address.origin)

    def parse(self, board: Board, text: str) -> Batch:
        """Read the addresses of posts."""
        root = parsed_xml(text, self.title)
        if _local(root) not in {"urlset", "sitemapindex"}:
            raise FeedFault(f"{self.title} is <{_local(root)[:40]}> and no sitemap")
        jobs = []
        for entry in root:
            found = {_local(child): (child.text or "").strip() for child in entry}
            url = found.get("loc", "")
            if _local(entry) == "url" and self._is_post(board, url):
                jobs.append(self._job(url, day(found.get("lastmod"))))
        return Batch(tuple(jobs), further=self._parts(root))

    async def read(self, board: Board, client: FeedClient) -> tuple[FeedJob, ...]:
        """Request the sitemap, and the parts that an index names."""
        first = self.parse(board, await client.get(self._where(board), accept="application/xml, text/xml"))
        jobs = first.jobs
        parts = first.further.split()
        if len(parts) > MOST_PARTS:
            raise FeedFault(f"{self.title} has {len(parts)} parts, which are too many to ask for")
        for part in parts:
            if urlsplit(part).netloc != urlsplit(self._where(board)).netloc:
                raise FeedFault(f"{self.title} has a part at another host: {part}")
            batch = self.parse(board, await client.get(part, accept="application/xml, text/xml"))
            jobs += batch.jobs
        if not jobs:
            raise FeedFault(f"{self.title} names no post")
        return merged(jobs)

    def _where(self, board: Board) -> str:
        return board.site

    def _is_post(self, board: Board, url: str) -> bool:
        return _JOBS.search(urlsplit(url).path) is not None

    def _job(self, url: str, posted: str) -> FeedJob:
        return FeedJob(url=url, title=_named(url), keys=self.keys(url), posted=posted, detail=url)

    @staticmethod
    def _parts(root: ET.Element) -> str:
        found = (child.text or "" for entry in root for child in entry if _local(child) == "loc")
        return " ".join(map(str.strip, found)) if _local(root) == "sitemapindex" else ""


class HostSitemap(Sitemap):
    """A platform whose boards are best read by the sitemap of their host."""

    hosts = ""
    """Pattern of the platform's own hosts."""
    posts = ""
    """Pattern of the path of a post; its first group names the post."""
    lists = ""
    """Pattern of the paths that list all jobs."""
    file = "sitemap.xml"

    def board(self, address: Address) -> Board | None:
        """Recognise a board by its host."""
        if not self.hosts or not re.fullmatch(self.hosts, address.host):
            return None
        path = "/" + "/".join(address.path)
        further = [f"{key}={value}" for key, value in address.query if value and key not in _IDLE]
        further += [] if re.fullmatch(self.lists, path, re.IGNORECASE) else [path]
        return Board(self.name, address.host, origin=address.origin, unclear=tuple(further))

    def key(self, address: Address) -> str | None:
        """Know a post by its host and number."""
        if not self.hosts or not re.fullmatch(self.hosts, address.host):
            return None
        found = re.search(self.posts, "/" + "/".join(address.path), re.IGNORECASE)
        return f"{self.name}:{address.host}/{found[1]}".lower() if found else None

    def _where(self, board: Board) -> str:
        return f"https://{board.token}/{self.file}"

    def _is_post(self, board: Board, url: str) -> bool:
        parts = urlsplit(url)
        return (
            parts.hostname == board.token and re.search(self.posts, unquote(parts.path), re.IGNORECASE) is not None
        )


def _local(element: ET.Element) -> str:
    return element.tag.rpartition("}")[2]


def _named(url: str) -> str:
    """Give the words of an address for a title, until its page tells the real one."""
    steps = [unquote(step) for step in urlsplit(url).path.split("/") if step]
    telling = [step for step in steps if re.search(r"[a-z]{3}[-_+ ]", step, re.IGNORECASE)]
    return re.sub(r"[-_+]+", " ", (telling or steps or [""])[-1]).strip()


_IDLE = frozenset(
    {"ss", "in_iframe", "mobile", "width", "height", "bga", "needsRedirect", "hashed", "locale", "lang"}
)
