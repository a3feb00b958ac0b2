"""All stored jobs, each with the rule that keeps it out: what lists, exports, feeds and pages show a part of."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from contextlib import suppress
from dataclasses import dataclass, field, replace
from pathlib import Path

from jpt.digest.filters import read_profiles
from jpt.digest.rules import Kept, KeptOut, Profile, Verdict
from jpt.digest.several import opening
from jpt.errors import JptError
from jpt.files import stamp
from jpt.models.digests import News, PlaceDoubt
from jpt.models.jobs import Job
from jpt.models.postings import Mark, StoredPosting
from jpt.settings import Settings
from jpt.store import Store
from jpt.store.catalogue import CatalogueState


@dataclass(frozen=True, slots=True)
class Posting:
    """A stored job, judged by somebody's rules."""

    stored: StoredPosting
    kept_out: KeptOut | None
    """The rule that keeps it out; None: it fits."""
    place_doubt: PlaceDoubt | None = None
    """Where the rules name places, it fits, and nobody can tell whether it is in one."""
    shared: Hashable | None = field(default=None, compare=False)
    """What it shares with the adverts of the same job in other places; None if it stands alone."""

    @property
    def fits(self) -> bool:
        """Whether it fits: the one meaning of the word, in lists, digests, feeds, exports and pages."""
        return self.kept_out is None

    @property
    def news(self) -> News:
        """What was read of it."""
        return self.stored.news

    @property
    def id(self) -> str:
        """Its short id."""
        return self.stored.id

    @property
    def mark(self) -> Mark:
        """What the user noted on it."""
        return self.stored.mark

    @property
    def is_open(self) -> bool:
        """Whether it was open when it was last looked at."""
        return self.stored.is_open


def posting_of(stored: StoredPosting, verdict: Verdict) -> Posting:
    """Return a stored job as *verdict* judges it."""
    shared = opening(stored.news)
    if isinstance(verdict, KeptOut):
        return Posting(stored, verdict, shared=shared)
    return Posting(stored, None, verdict.place_doubt, shared)


@dataclass(eq=False, slots=True)
class JobsView:
    """The jobs by the rules of the default profile, kept in memory until the file or the rules change."""

    store: Store
    filters: Path
    max_years: int
    most_years: int | None = None
    """Asked for instead of all that the rules say of years; None: by the rules."""
    _version: object = None
    _rules: object = None
    _profile: Profile | None = None
    _postings: tuple[Posting, ...] = ()
    _listing: CatalogueState | None = None

    @classmethod
    def of(cls, store: Store, settings: Settings, most_years: int | None = None) -> JobsView:
        """Make the view that *settings* ask for."""
        return cls(store, settings.filters, settings.max_years, most_years)

    def use(self, store: Store) -> None:
        """Read from *store* from now on; what was read is kept where it is the same there."""
        self.store, self._version = store, None

    def postings(self) -> tuple[Posting, ...]:
        """Return all jobs, newest first; raises SettingError when the rules are wrong."""
        rules = stamp(self.filters)
        if self._profile is None or rules != self._rules:
            self._profile, self._rules = self._read_rules(), rules
            self._version, self._postings = None, ()
        version = self.store.catalogue.version()
        if version != self._version:
            self._listing = self.store.catalogue.listing(self._listing)
            self._postings, self._version = self._judged(self._listing.jobs), version
        return self._postings

    def _read_rules(self) -> Profile:
        profile = read_profiles(self.filters)[0]
        if self.most_years is None:
            return profile
        rules = replace(profile.rules, max_years=None)
        companies = tuple((who, replace(one, max_years=None)) for who, one in profile.companies)
        return replace(profile, rules=rules, companies=companies)

    def _judged(self, stored: list[StoredPosting]) -> tuple[Posting, ...]:
        assert self._profile is not None
        setting = self.max_years if self.most_years is None else self.most_years
        before = {one.stored.number: one for one in self._postings}
        found = []
        for one in stored:
            known = before.get(one.number)
            if known is not None and known.stored is one:
                found.append(known)
            elif known is not None and known.stored.news is one.news:
                found.append(replace(known, stored=one))
            else:
                found.append(posting_of(one, self._profile.verdict(one.news, setting)))
        return tuple(found)


@dataclass(eq=False, slots=True)
class Judge:
    """The rules for one job after the other, read anew when they change."""

    settings: Callable[[], Settings]
    _rules: object = None
    _profiles: tuple[Profile, ...] = ()

    def __call__(self, job: Job) -> bool:
        """Whether a job that was just read fits the user; by its years alone while the rules cannot be used."""
        profiles, news = self._read(), job.news
        if not profiles or news is None:
            return job.include
        return isinstance(profiles[0].verdict(news, self.settings().max_years), Kept)

    def fits(self, job: News) -> bool:
        """Whether a stored job fits the user or somebody else who is told; yes while the rules cannot be used."""
        profiles, most = self._read(), self.settings().max_years
        return not profiles or any(isinstance(one.verdict(job, most), Kept) for one in profiles)

    def title_out(self, site: str, title: str) -> str | None:
        """Name the rule by which a title alone keeps a job from everybody; None if somebody may want it."""
        outs = [one.title_out(site, title) for one in self._read()]
        return outs[0].exclude_reason if outs and outs[0] and all(outs) else None

    def _read(self) -> tuple[Profile, ...]:
        path = self.settings().filters
        rules = (path, stamp(path))
        if rules != self._rules:
            self._rules = rules
            with suppress(JptError):
                self._profiles = read_profiles(path)
        return self._profiles
