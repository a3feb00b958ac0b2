"""What a watch that begins takes up from earlier: how each page stands."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from jpt.models import events
from jpt.models.pages import Company
from jpt.models.words import partial_words
from jpt.store import Store
from jpt.store.sites import PageState


def pages_known(store: Store, companies: Iterable[Company]) -> list[events.PageKnown]:
    """Return how each page of the list stands."""
    states = {(state.site, state.url): state for state in store.sites.states()}
    new = store.sites.new_since(_midnight_ms())
    keys = ((company.name, company.url) for company in companies)
    return [_page_known(*key, states.get(key), new.get(key, 0)) for key in keys]


def _midnight_ms() -> int:
    # Naive on the way: on the day on which the clock changes, midnight has another offset than now.
    midnight = datetime.now().replace(hour=0, minute=0, second=0, microsecond=0).astimezone()
    return int(midnight.timestamp() * 1000)


def _page_known(site: str, url: str, state: PageState | None, new_today: int) -> events.PageKnown:
    if state is None:
        return events.PageKnown(site, url, None)
    return events.PageKnown(
        site,
        url,
        state.status,
        reason=state.reason or (partial_words(state.partial) if state.partial else ""),
        method=state.method,
        read_ms=state.read_ts_ms,
        good_ms=state.good_ts_ms,
        links=state.links,
        jobs=state.jobs,
        failures=state.failures,
        failing_since_ms=state.failing_since_ts_ms,
        new_today=new_today,
    )
