"""Where a job is. Pure."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict, dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class JobPlace:
    """One place of work, as far as it is known."""

    city: str | None = None
    """As the post writes it."""
    region: str | None = None
    """A state, province or county, where it is named."""
    country: str | None = None
    """ISO 3166-1 alpha-2."""
    remote: bool = False
    """It can be done from home, within the place where one is named."""
    area: str | None = None
    """Several countries, like EMEA, where nothing narrower is named."""

    @property
    def is_shown(self) -> bool:
        """Whether other programs get to see it: it says more than an area."""
        return self.remote or bool(self.city or self.region or self.country)


def as_rows(places: Iterable[JobPlace]) -> list[dict[str, Any]]:
    """Return *places* as JSON-able values; the area only where there is one."""
    return [{name: value for name, value in asdict(place).items() if name != "area" or value} for place in places]


def places_from(rows: Any) -> tuple[JobPlace, ...]:
    """Read what `as_rows` wrote; what is no place is left out."""
    if not isinstance(rows, list):
        return ()
    found = (_place(row) for row in rows if isinstance(row, dict))
    return tuple(place for place in found if place != JobPlace())


def _place(row: dict[str, Any]) -> JobPlace:
    city, region, country, area = (
        value if isinstance(value := row.get(name), str) and value else None
        for name in ("city", "region", "country", "area")
    )
    return JobPlace(city, region, country, row.get("remote") is True, area)
