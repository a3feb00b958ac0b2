"""Career sites, served over real HTTP and changed while it runs."""

import csv
import threading
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import replace
from pathlib import Path
from types import TracebackType
from typing import NamedTuple, Self

from tests.career_sites.adverts import JobAd
from tests.career_sites.faults import api_fault, fault
from tests.career_sites.frame import prose
from tests.career_sites.lists import list_api, list_page, nothing_open
from tests.career_sites.posts import login_page, post, post_api
from tests.career_sites.server import Answer, Reply, Request, Server, Silence
from tests.career_sites.site import Mode, Site

SCRIPTS = {path.name: path.read_bytes() for path in sorted(Path(__file__).with_name("scripts").glob("*.js"))}


class Hit(NamedTuple):
    """One request that came in."""

    path: str
    """With its query."""
    time: float
    """Seconds since the epoch."""


class CareerSites:
    """Serves *sites* on one port of 127.0.0.1 from entering to leaving the block.

    A site's list is at `/<slug>/careers`, its posts at `/<slug>/jobs/<id>-<title>`. *latency_ms* is waited
    before each answer. All methods may be called from any thread while it serves.
    """

    def __init__(self, sites: Iterable[Site], latency_ms: float = 0.0) -> None:
        opened = tuple(sites)
        self._sites = {site.slug: site for site in opened}
        if len(self._sites) < len(opened):
            raise ValueError("two sites have names that give the same path")
        self._modes: dict[str, Mode] = {slug: site.first_mode for slug, site in self._sites.items()}
        self._reads: Counter[str] = Counter()
        self._fails: Counter[tuple[str, str]] = Counter()
        self._requests: list[Request] = []
        self._lock = threading.Lock()
        self._server = Server(self._answer, latency_ms, self._labels)

    def __enter__(self) -> Self:
        self._server.__enter__()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._server.__exit__(kind, error, trace)

    # Where things are

    def url(self, path: str) -> str:
        """Give the address of *path*."""
        return f"http://127.0.0.1:{self._server.port}{path}"

    def careers(self, site: Site | str) -> str:
        """Give the address of a site's list."""
        return self.url(self.site(site).careers)

    def job_url(self, site: Site | str, ad: JobAd) -> str:
        """Give the address of a post, as the site's list has it (without what `tracking` adds)."""
        return self.url(self.site(site).job_path(ad))

    def site(self, site: Site | str) -> Site:
        """Give a site as it stands now, by its name or by what it was. Raises KeyError."""
        name = site if isinstance(site, str) else site.name
        return self._sites[Site(name).slug]

    def companies_csv(self, path: Path, names: Sequence[str] | None = None) -> Path:
        """Write the input file for the sites named (all of them without *names*) and give its path."""
        wanted = [site.name for site in self._sites.values()] if names is None else names
        with path.open("w", newline="", encoding="utf-8") as file:
            csv.writer(file).writerows([("company", "url"), *((name, self.careers(name)) for name in wanted)])
        return path

    # Changes at run time

    @property
    def latency_ms(self) -> float:
        """What is waited before each answer."""
        return self._server.latency_ms

    @latency_ms.setter
    def latency_ms(self, value: float) -> None:
        self._server.latency_ms = value

    def add_site(self, site: Site) -> None:
        """Open one more site, or replace the one of that name."""
        with self._lock:
            self._sites[site.slug] = site
            self._modes[site.slug] = site.first_mode

    def add_job(self, site: Site | str, *ads: JobAd) -> None:
        """Put adverts at the end of a site's list."""
        with self._lock:
            now = self.site(site)
            self._sites[now.slug] = replace(now, jobs=(*now.jobs, *ads))

    def remove_job(self, site: Site | str, *ads: JobAd) -> None:
        """Take adverts off a site's list; their pages answer with 404 from then on."""
        ids = {ad.id for ad in ads}
        with self._lock:
            now = self.site(site)
            self._sites[now.slug] = replace(now, jobs=tuple(ad for ad in now.jobs if ad.id not in ids))

    def set_mode(self, site: Site | str, mode: Mode) -> None:
        """Break a site, or mend it with "ok"."""
        with self._lock:
            self._modes[self.site(site).slug] = mode

    # What was seen

    @property
    def requests(self) -> list[Request]:
        """All requests so far, with their headers, in the order in which they came."""
        with self._lock:
            return list(self._requests)

    @property
    def hits(self) -> list[Hit]:
        """All requests so far: path and time."""
        return [Hit(request.target, request.time) for request in self.requests]

    def count(self, path: str) -> int:
        """Tell how often *path* was asked for, whatever its query and fragment."""
        wanted = path.partition("#")[0].partition("?")[0]
        return sum(request.path == wanted for request in self.requests)

    def forget(self) -> None:
        """Start counting anew."""
        with self._lock:
            self._requests.clear()
            self._server.gauge.peak.clear()

    @property
    def peak_requests(self) -> int:
        """Most requests in flight at once."""
        return self._server.gauge.peak["requests"]

    @property
    def peak_pages(self) -> int:
        """Most lists and posts in flight at once: what was navigated to, not what that loaded."""
        return self._server.gauge.peak["pages"]

    def peak_of(self, site: Site | str) -> int:
        """Most lists and posts of one site in flight at once."""
        return self._server.gauge.peak[self.site(site).slug]

    # What is served

    def _labels(self, request: Request) -> list[str]:
        slug, _, rest = request.path.lstrip("/").partition("/")
        return ["requests", "pages", slug] if rest == "careers" or rest.startswith("jobs/") else ["requests"]

    def _answer(self, request: Request) -> Answer:
        with self._lock:
            self._requests.append(request)
            slug, _, rest = request.path.lstrip("/").partition("/")
            if slug == "~scripts":
                return _script(rest)
            site = self._sites.get(slug)
            return self._of_site(site, rest, request) if site else Reply(b"<h1>Not found</h1>", 404)

    def _of_site(self, site: Site, rest: str, request: Request) -> Answer:
        mode = self._modes[site.slug]
        broken = fault(site, mode, request)
        if broken is None and rest.startswith("api/"):
            broken = api_fault(mode)
        answer = broken or self._healthy(site, mode, rest)
        if mode == "slow" and isinstance(answer, Reply):
            return replace(answer, delay_s=site.seconds)
        return answer

    def _healthy(self, site: Site, mode: Mode, rest: str) -> Answer:
        jobs = site.jobs[:1] if mode == "shrunk" else site.jobs
        if rest == "careers":
            return self._careers(site, mode, jobs)
        if rest == "api/jobs":
            return list_api(site, () if mode == "none" else jobs)
        if rest == "api/events":
            return Silence()
        if rest.startswith(("jobs/", "api/jobs/")):
            return self._post(site, rest)
        return login_page(site) if rest == "login" else prose(site, rest)

    def _careers(self, site: Site, mode: Mode, jobs: Sequence[JobAd]) -> Reply:
        self._reads[site.slug] += 1
        if mode == "empty":
            return Reply(b"<!doctype html><html><head><title></title></head><body></body></html>")
        if mode == "none":
            return nothing_open(site)
        return list_page(site, jobs, self._reads[site.slug])

    def _post(self, site: Site, rest: str) -> Answer:
        name = rest.rpartition("/")[2]
        by_api = rest.startswith("api/")
        ad = next((ad for ad in site.jobs if name == (ad.id if by_api else ad.slug)), None)
        if ad is None:
            return replace(prose(site, "page not found"), status=404)
        # A route of a single-page application has no page of its own that could fail.
        if by_api == (site.layout == "hash") and self._still_fails(site, ad):
            return Reply(b"<h1>Internal Server Error</h1>", 500)
        return post_api(site, ad) if by_api else post(site, ad)

    def _still_fails(self, site: Site, ad: JobAd) -> bool:
        self._fails[site.slug, ad.id] += 1
        return self._fails[site.slug, ad.id] <= ad.fails_first


def _script(name: str) -> Reply:
    body = SCRIPTS.get(name)
    return Reply(body, kind="text/javascript") if body else Reply(status=404)
