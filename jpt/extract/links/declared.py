"""The jobs that a page lists in its own data (schema.org JSON-LD), beside its links or instead of them. Pure.

A list is an ItemList or several JobPostings with addresses of their own; one JobPosting alone is the page itself.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from jpt.extract.links.headings import says_open
from jpt.extract.links.link_address import joined
from jpt.extract.links.relation import ListedPage
from jpt.identity.urls import key_of
from jpt.models.pages import Link, PageRead
from jpt.text.clean import clean_line
from jpt.text.html import html_text
from jpt.text.json_ld import described, postings, types

_FEWEST = 2
_MOST = 500
_LIKELY = 0.6
"""Score of an item of a list that is called one of jobs and does not say what its items are."""
_TITLE = 300


def with_declared(page: PageRead, links: Sequence[Link]) -> tuple[Link, ...]:
    """Return *links* with what the data of *page* says of them; then the jobs that only its data lists."""
    sure, likely = _postings(page), _items(page)
    likely = {key: item for key, item in likely.items() if key not in sure}
    known = {key_of(link.url) for link in links}
    found = [_with_data(link, sure, likely) for link in links]
    found += [_of_data(item, is_sure=True) for key, item in sure.items() if key not in known]
    found += [_of_data(item, is_sure=False) for key, item in likely.items() if key not in known]
    return tuple(found)


_Item = tuple[str, str]
"""Address and title."""


def _with_data(link: Link, sure: dict[str, _Item], likely: dict[str, _Item]) -> Link:
    key = key_of(link.url)
    if key in sure:
        why = (*link.why, "the page's data calls it a job")
        return Link(link.url, link.text or sure[key][1], is_job=True, score=max(link.score, 0.99), why=why)
    if key in likely and link.is_job is False:
        why = (*link.why, "in a list of jobs of the page's data")
        return Link(link.url, link.text or likely[key][1], is_job=None, score=_LIKELY, why=why)
    return link


def _of_data(item: _Item, *, is_sure: bool) -> Link:
    url, title = item
    why = ("the page's data calls it a job",) if is_sure else ("in a list of jobs of the page's data",)
    return Link(url, title, is_job=True if is_sure else None, score=0.99 if is_sure else _LIKELY, why=why)


def _postings(page: PageRead) -> dict[str, _Item]:
    found = dict(_addressed(page, postings(page.json_ld)))
    return found if len(found) >= _FEWEST or _lists_postings(page) else {}


def _lists_postings(page: PageRead) -> bool:
    lists = (node for node in described(page.json_ld) if "itemlist" in types(node))
    return any("jobposting" in types(one) for node in lists for one in _elements(node))


def _items(page: PageRead) -> dict[str, _Item]:
    """Return the bare items of lists that are called ones of jobs, or stand on a page that is."""
    found: dict[str, _Item] = {}
    for node in described(page.json_ld):
        if "itemlist" not in types(node) or types(node) & {"breadcrumblist", "offercatalog"}:
            continue
        name = node.get("name")
        is_called = (
            says_open(name[:_TITLE]) if isinstance(name, str) and name else ListedPage.of(page).is_called_jobs
        )
        bare = [one for one in _elements(node) if not types(one) - {"listitem", "thing", "webpage"}]
        items = dict(_addressed(page, bare))
        if is_called and len(items) >= _FEWEST:
            found |= items
    return found


def _elements(node: dict[str, Any]) -> list[dict[str, Any]]:
    """Return what a list holds: its elements, or the item that each of them holds."""
    held = node.get("itemListElement")
    elements = held if isinstance(held, list) else [held]
    found = []
    for element in elements[:_MOST]:
        item = element.get("item") if isinstance(element, dict) else None
        if isinstance(item, dict):
            found.append(item)
        elif isinstance(element, dict):
            found.append(element if not isinstance(item, str) else {**element, "url": item})
        elif isinstance(element, str):
            found.append({"url": element})
    return found


def _addressed(page: PageRead, nodes: Iterable[dict[str, Any]]) -> Iterator[tuple[str, _Item]]:
    """Yield each node that has an address of the web other than the page's, by the key of the address."""
    own = {key_of(page.url), key_of(page.final_url)}
    for node in nodes:
        title = next((node[name] for name in ("title", "name") if isinstance(node.get(name), str)), "")
        for name in ("url", "@id"):
            address = node.get(name)
            url = joined(page.final_url, address) if isinstance(address, str) else ""
            if url.startswith(("http://", "https://")) and "#" not in url and (key := key_of(url)) not in own:
                yield key, (url, clean_line(html_text(title), _TITLE))
                break
