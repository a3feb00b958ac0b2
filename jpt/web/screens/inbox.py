"""The inbox: jobs that fit, newest first, searched and narrowed; marks on one or several at once."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from urllib.parse import parse_qsl, urlencode

from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from jpt.catalogue.marking import mark_all, undo_last
from jpt.catalogue.openings import Opening
from jpt.catalogue.query import ORDERS, Order, Query, SearchResult, answer
from jpt.models.postings import STAGES
from jpt.text.clock import wall_clock
from jpt.text.numbers import whole
from jpt.web.endpoints import Backend, answered, in_thread, of
from jpt.web.render import changed, local_path, page, redirect

AT_ONCE = 50
"""Jobs of one page."""
MOST_VALUES = 12
"""Values of a facet that are shown."""
NAMES = ("q", "company", "place", "years", "work", "found", "mark", "list", "sort")
"""What the address of a view may hold."""
_DAY_MS = 86_400_000
_FOUND = {"1": "last day", "3": "last 3 days", "7": "last week", "30": "last month"}


@dataclass(frozen=True, slots=True)
class Value:
    """One value of a facet."""

    name: str
    count: int
    target: str
    is_on: bool


@dataclass(frozen=True, slots=True)
class Facet:
    """One way to narrow the list."""

    name: str
    values: tuple[Value, ...]

    @property
    def is_open(self) -> bool:
        """Whether its values are shown at once: the usual ones, and those that narrow the list now."""
        return self.name in {"Company", "Place"} or any(value.is_on for value in self.values)


@dataclass(frozen=True, slots=True)
class InboxGroup:
    """Jobs under one heading."""

    name: str
    openings: tuple[Opening, ...]


def parsed_query(params: Mapping[str, str]) -> tuple[dict[str, str], Query]:
    """Return the known parameters of the address, and a query made of the valid ones among them."""
    said = {name: params[name].strip()[:200] for name in NAMES if params.get(name, "").strip()}
    days = whole(said.get("found", ""), low=1, high=3_650)
    shown = said.get("list", "")
    query = Query(
        text=said.get("q", ""),
        company=said.get("company", ""),
        place=said.get("place", ""),
        years=whole(said.get("years", ""), low=-1, high=100),
        work=said.get("work"),
        since_ms=wall_clock() - days * _DAY_MS if days else 0,
        stages=frozenset(stage for stage in STAGES if stage == said.get("mark")),
        every=shown == "all",
        closed=shown == "closed",
        order=next((order for order in ORDERS if order == said.get("sort")), None),
    )
    return said, query


def search(backend: Backend, query: Query) -> SearchResult:
    """Return all jobs that match *query*, counted; those of the last seconds may not be indexed yet."""
    ranks = backend.store.catalogue.ranks(query.text) if query.text else None
    return answer(backend.view.postings(), query, ranks, count=True)


@in_thread
def inbox(request: Request, backend: Backend) -> Response:
    """Show the list."""
    said, query = parsed_query(request.query_params)
    number = whole(request.query_params.get("page", "1"), low=1, high=10_000) or 1
    result = search(backend, query)
    shown = result.jobs[(number - 1) * AT_ONCE : number * AT_ONCE]
    saved = backend.store.saved_views.all()
    own = urlencode({name: said[name] for name in NAMES if name in said})
    return page(
        request,
        backend,
        "inbox.html",
        heading=_heading(said),
        number=number,
        query={name: said.get(name, "") for name in NAMES},
        orders=[("", "best match first" if query.text else "newest first"), *_orders(is_search=bool(query.text))],
        views=list(_views(own, saved)),
        own_view=next((name for name, target in saved.items() if target == own), ""),
        saved_query=own,
        facets=list(_facets(result, said)),
        groups=list(_groups(backend, shown, query)),
        total=len(result.jobs),
        others=result.jobs_do_not_fit,
        more=changed(said, page=str(number + 1)) if len(result.jobs) > number * AT_ONCE else "",
    )


_ORDERS: dict[Order, str] = {
    "found": "newest first",
    "years": "fewest years first",
    "pay": "best paid first",
    "company": "by company",
    "place": "by place",
}


def _orders(*, is_search: bool) -> list[tuple[Order, str]]:
    """Return the orders that can be chosen, with their names; the default is not among them."""
    return [(order, name) for order, name in _ORDERS.items() if is_search or order != "found"]


def _heading(said: Mapping[str, str]) -> str:
    if said.get("mark"):
        return f"Jobs: {said['mark']}"
    return {"all": "All jobs", "closed": "Closed jobs"}.get(said.get("list", ""), "Inbox")


def _views(own: str, saved: Mapping[str, str]) -> Iterator[tuple[str, str, bool]]:
    fixed = (("Fit", ""), ("Last day", "found=1"), ("Interested", "mark=interested"), ("Applied", "mark=applied"),
             ("All", "list=all"), ("Closed", "list=closed"))  # fmt: skip
    for name, query in (*fixed, *saved.items()):
        yield name, f"/?{query}" if query else "/", query == own


def _facets(result: SearchResult, said: Mapping[str, str]) -> Iterator[Facet]:
    counts = result.facets or {}
    for name, key in (("Company", "company"), ("Place", "place"), ("Years", "years"), ("Work", "work")):
        yield _facet(name, key, counts.get(key, Counter()), said)
    yield Facet("Found", tuple(_found_values(result.jobs, said)))
    yield _facet("Mark", "mark", counts.get("stage", Counter()), said)


def _facet(name: str, key: str, counts: Counter[str], said: Mapping[str, str]) -> Facet:
    def order(item: tuple[str, int]) -> tuple[int, str]:
        return (int(item[0]), "") if key == "years" else (-item[1], item[0])

    values = [
        _value(_years(value) if key == "years" else value, count, key, value, said)
        for value, count in sorted(counts.items(), key=order)
        if value
    ]
    return Facet(name, tuple(values[:MOST_VALUES]))


def _found_values(jobs: Sequence[Opening], said: Mapping[str, str]) -> Iterator[Value]:
    now = wall_clock()
    ages = Counter((now - one.first.news.found_ts_ms) // _DAY_MS for one in jobs)
    for days, name in _FOUND.items():
        count = sum(count for age, count in ages.items() if age < int(days))
        yield _value(name, count, "found", days, said)


def _value(name: str, count: int, key: str, value: str, said: Mapping[str, str]) -> Value:
    is_on = said.get(key) == value
    return Value(name, count, changed(said, **{key: None if is_on else value}), is_on)


def _years(value: str) -> str:
    return "none stated" if value == "-1" else f"{value}+ years"


def _groups(backend: Backend, shown: Sequence[Opening], query: Query) -> Iterator[InboxGroup]:
    if query.text or query.order not in {None, "found"}:
        if shown:
            yield InboxGroup("Jobs", tuple(shown))
        return
    days: dict[str, list[Opening]] = {}
    for one in shown:
        days.setdefault(f"{backend.local(one.first.news.found_ts_ms):%A, %d %B %Y}", []).append(one)
    for name, some in days.items():
        yield InboxGroup(name, tuple(some))


async def marks(request: Request) -> Response:
    """Mark jobs: `stage` with several `job`, or `one` = id and stage of the button of a row."""
    form = await request.form()
    one = str(form.get("one", "")).split()
    stage = one[1] if len(one) == 2 else str(form.get("stage", ""))
    ids = [one[0]] if len(one) == 2 else [str(value) for value in form.getlist("job")]
    backend = of(request)
    said, good = await answered(backend, partial(mark_all, backend, ids, stage))
    return _answered(request, said, good=good, back=str(form.get("next", "/")))


async def undo(request: Request) -> Response:
    """Take back the last change of a mark."""
    form = await request.form()
    backend = of(request)
    said, good = await answered(backend, partial(undo_last, backend))
    return _answered(request, said, good=good, back=str(form.get("next", "/")))


async def views(request: Request) -> Response:
    """Save a view under a name, or remove one."""
    form = await request.form()
    backend = of(request)
    query = urlencode([(name, value) for name, value in parse_qsl(str(form.get("query", ""))) if name in NAMES])
    if gone := str(form.get("remove", "")):
        await backend(backend.store.saved_views.remove, gone)
        return _answered(request, f"Removed the view “{gone}”.", good=True, back=f"/?{query}")
    name = " ".join(str(form.get("name", "")).split())[:40]
    if name:
        await backend(backend.store.saved_views.put, name, query)
    return _answered(
        request, f"Saved as “{name}”." if name else "Give the view a name.", good=bool(name), back=f"/?{query}"
    )


def _answered(request: Request, said: str, *, good: bool, back: str) -> Response:
    if "application/json" in request.headers.get("accept", ""):
        return JSONResponse({"said": said} if good else {"error": said}, 200 if good else 400)
    return redirect(local_path(back), said)
