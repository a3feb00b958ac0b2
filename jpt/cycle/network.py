"""Whether bad reads are the fault of the network, and whether a page led to a strange site. Pure."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from jpt.identity.urls import host_of, site_of

FEWEST_HOSTS = 3
"""Least number of hosts of which most must fail at once to blame the network."""


@dataclass(frozen=True, slots=True)
class Missed:
    """A page that could not be read, perhaps for no fault of its own."""

    url: str
    reason: str
    landed_on: str = ""
    """The host that answered in its place; empty when none did."""
    is_outage: bool = False
    """It is known that the page is not at fault."""
    is_unconnected: bool = False
    """No connection was made."""


def network_fault(asked: Iterable[str], missed: Sequence[Missed]) -> str:
    """Give what is wrong with the network if most hosts of the *asked* pages were *missed*; empty if nothing is.

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
