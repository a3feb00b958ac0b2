"""When a bad or odd read is the network's doing, and when a good one is too odd to believe at once. Pure."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from jpt.identity.urls import host_of, site_of

FEWEST_HOSTS = 3
"""From so many hosts on, most of them failing at once is the network."""


@dataclass(frozen=True, slots=True)
class Missed:
    """A page that gave nothing of its own, and may not be to blame."""

    url: str
    reason: str
    landed_on: str = ""
    """The host that answered in its place; empty when none did."""
    is_outage: bool = False
    """That it is not the page's fault is known already."""
    is_unconnected: bool = False
    """No connection was made."""


def network_fault(asked: Iterable[str], missed: Sequence[Missed]) -> str:
    """Say what is wrong with the network when most of *asked* pages' hosts were *missed*; empty when nothing is.

    All of several hosts, or most of at least three: no connection was made, or one host that is none of theirs
    answered for them (the sign-in page of a hotel's or a train's network).
    """
    hosts = {host_of(url) for url in asked}
    unconnected = {host_of(one.url) for one in missed if one.is_unconnected}
    outages = {host_of(one.url) for one in missed if one.is_outage}
    if len(hosts) > 1 and outages == hosts:
        return f"none of the {len(hosts)} hosts can be reached"
    if len(hosts) >= FEWEST_HOSTS and len(unconnected) * 2 > len(hosts):
        return f"{len(unconnected)} of {len(hosts)} hosts refuse connections"
    led_to = Counter(
        landed for landed, _ in {(one.landed_on, host_of(one.url)) for one in missed if one.landed_on}
    )
    if led_to and len(hosts) >= FEWEST_HOSTS:
        host, times = led_to.most_common(1)[0]
        if times * 2 > len(hosts) and times >= FEWEST_HOSTS:
            return f"{times} of {len(hosts)} hosts lead to {host}, a sign-in page of the network it seems"
    return ""


def strays(asked: str, final: str, usual_host: str | None) -> bool:
    """Tell whether a page ended on a site that is neither its own nor where it usually ends."""
    return site_of(final) not in {site_of(asked), site_of(f"https://{usual_host}/") if usual_host else ""}
