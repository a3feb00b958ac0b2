"""A career site as a value: its name, how its list is built, what is wrong with it, its adverts. Pure."""

import re
from dataclasses import dataclass
from typing import Literal, get_args

from tests.career_sites.adverts import JobAd

Layout = Literal[
    "static", "scripted", "late", "shadow", "hash", "base", "tracking", "busy-loop", "dialogs", "polling"
]
"""How a list is built.

static: server HTML. scripted: fetched and rendered by a script. late: the same, *seconds* after a spinner.
shadow: rendered into an open shadow root. hash: a single-page application whose posts are `#/job/7`.
base: relative links under a `<base href>`. tracking: hrefs with parameters that change on each read, in
another order. busy-loop: a script that never ends. dialogs: alerts and popups. polling: fetches for ever.
"""

Mode = Literal[
    "ok", "failing", "down", "blocked", "interstitial", "not-found", "hang", "drip", "redirect-loop", "slow",
    "none", "empty", "shrunk", "api-failing", "api-hang",
]  # fmt: skip
"""What is wrong with a site at the moment.

The whole site: failing: 500. down: closes the connection. blocked: 403 with a captcha. interstitial: 200 and
"just a moment". not-found: 404. hang: never answers. drip: a body without an end. redirect-loop. slow: each
answer takes *seconds*. Its list only: none: says that nothing is open. empty: a page without anything.
shrunk: shows its first job only. Its API only: api-failing: 500. api-hang: never answers.
"""

Kind = Literal[Layout, Mode]

LAYOUTS: tuple[Layout, ...] = get_args(Layout)
MODES: tuple[Mode, ...] = get_args(Mode)


@dataclass(frozen=True, slots=True)
class Site:
    """One company's career site. A *kind* that is a mode means a static list in that mode from the start."""

    name: str
    kind: Kind = "static"
    jobs: tuple[JobAd, ...] | list[JobAd] = ()
    seconds: float = 1.5
    """How long `slow` takes for each answer, and `late` for its list."""

    @property
    def slug(self) -> str:
        """The first part of each of its paths."""
        return re.sub(r"[^a-z0-9]+", "-", self.name.lower()).strip("-") or self.name.encode().hex()

    @property
    def layout(self) -> Layout:
        """How its list is built."""
        return next((layout for layout in LAYOUTS if layout == self.kind), "static")

    @property
    def first_mode(self) -> Mode:
        """What is wrong with it from the start."""
        return next((mode for mode in MODES if mode == self.kind), "ok")

    @property
    def careers(self) -> str:
        """The path of its list."""
        return f"/{self.slug}/careers"

    def job_path(self, ad: JobAd) -> str:
        """Give the path of a post, with the fragment where posts are routes."""
        return f"{self.careers}#/job/{ad.id}" if self.layout == "hash" else f"/{self.slug}/jobs/{ad.slug}"


COMPANIES = (
    "Harbour Robotics", "Kelp & Lantern", "Northmark Ferries", "Blue Anvil Software",
    "Tern Analytics", "Ostler Rail", "Fennick Instruments", "Marrow Foods",
    "Quayside Health", "Slate Pensions", "Copper Gull", "Thornwick Energy",
    "Pale Moon Games", "Ellery Parcels", "Saltmarsh Biotech", "Juniper Tills",
    "Lower Quay Council", "Ninth Wave Audio", "Brindle Textiles", "Osprey Maps",
    "Candle & Pike", "Rookery Press", "Weir Waterworks", "Yarrow Insurance",
)  # fmt: skip
"""Names of companies that do not exist, for tests with many sites."""
