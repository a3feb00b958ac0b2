"""Which addresses are the same job: a board's own names for it, and long numbers that only it has. Pure."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

from jpt.feeds.registry import post_key
from jpt.identity.ids import UUID, may_be_one
from jpt.identity.urls import canonical, key_of
from jpt.models.pages import FeedJob, Link

_LONG = re.compile(rf"(?<![0-9a-f])(?:[0-9]{{7,}}|{UUID})(?![0-9a-f])", re.IGNORECASE)
"""Numbers of seven digits or more, and UUIDs: a company's own page often has the board's in its address."""


class Names:
    """An index of addresses by the names of their posts."""

    def __init__(self, urls: Iterable[str]) -> None:
        self._urls: dict[str, str | None] = {}
        for url in urls:
            for name in names_of(url):
                # A name of several, such as the company's own number, identifies none of them.
                same = self._urls.get(name, url)
                self._urls[name] = url if same is not None and canonical(same) == canonical(url) else None

    def find(self, names: Iterable[str]) -> str | None:
        """Give the address that has one of *names*."""
        return next((url for name in names if (url := self._urls.get(name))), None)


def names_of(url: str) -> list[str]:
    """Give what names the post at *url*, the surest first."""
    found = [canonical(url), post_key(url), *(f"#{number.lower()}" for number in _LONG.findall(url))]
    return list(dict.fromkeys(name for name in found if name))


def names_of_job(job: FeedJob) -> list[str]:
    """Give what names *job*, the surest first."""
    ends = (key.rpartition(":")[2].rpartition("/")[2].lower() for key in job.keys)
    numbers = [f"#{end}" for end in ends if _LONG.fullmatch(end)]
    return list(dict.fromkeys([*names_of(job.url), *job.keys, *numbers]))


def moved(
    links: Sequence[Link], jobs: Mapping[str, FeedJob], known: Sequence[str], shown: Iterable[str] = ()
) -> dict[str, str]:
    """Give for each of *links* that is known under another address that address; *jobs* are those of a feed.

    A number in an address may be an office's or a company's: it moves no link to a job that is *shown* as well,
    to one that another link would move to, or to one from which other numbers tell it apart.
    """
    names, taken = Names(known), {key_of(url) for url in shown}
    sure: dict[str, str] = {}
    likely: dict[str, str] = {}
    for link in links:
        job = jobs.get(link.url)
        if job is None and link.is_job is False:
            continue
        if (url := names.find(_own_names(link.url, job))) is not None:
            sure[link.url] = url
        elif (url := names.find(names_of(link.url))) is not None and may_be_one(link.url, url, digits=7):
            likely[link.url] = url
    times = Counter([*sure.values(), *likely.values()])
    fit = {link: url for link, url in likely.items() if times[url] == 1 and key_of(url) not in taken}
    return sure | fit


def _own_names(url: str, job: FeedJob | None) -> list[str]:
    """Give the names that only this post has: no number that merely stands in its address."""
    numbers = {name for name in names_of(url) if name.startswith("#")}
    keys = {f"#{key.rpartition(':')[2].rpartition('/')[2].lower()}" for key in job.keys} if job else set()
    return [name for name in (names_of_job(job) if job else names_of(url)) if name not in numbers - keys]
