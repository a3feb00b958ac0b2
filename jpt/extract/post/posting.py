"""What a schema.org JobPosting says, believed only where it has the right shape. Pure.

Source: schema.org/JobPosting and the search engines' guides to it.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from html import unescape
from typing import Any

from jpt.extract.post.days import last_day, posted_day
from jpt.extract.post.pay import salary
from jpt.text.clean import clean_line
from jpt.text.html import html_text
from jpt.text.json_ld import Node
from jpt.text.late import late
from jpt.text.numbers import decimal


@dataclass(frozen=True, slots=True)
class JobPosting:
    """A JobPosting, read."""

    title: str
    text: str
    """Description, responsibilities, qualifications: as text, each on lines of its own."""
    company: str | None = None
    location: str | None = None
    homes: str = ""
    """Where those who work from home must live, in words."""
    posted: str | None = None
    months_of_experience: int | None = None
    facts: dict[str, Any] = field(default_factory=dict)


def posting(node: Node) -> JobPosting:
    """Read the JobPosting *node*."""
    company = _name(node.get("hiringOrganization"))
    return JobPosting(
        title=line(node.get("title") or node.get("name")),
        text=_text(node),
        company=company or None,
        location=_location(node.get("jobLocation")) or None,
        homes=_countries_asked(node),
        posted=posted_day(line(node.get("datePosted"))),
        months_of_experience=_months(node.get("experienceRequirements")),
        facts=_facts(node, company),
    )


def line(value: Any) -> str:
    """Return a plain value as one clean line; empty for what is no string or number."""
    if isinstance(value, list) and len(value) == 1:
        value = value[0]
    if isinstance(value, bool) or not isinstance(value, str | int | float):
        return ""
    text = unescape(unescape(str(value)[:5_000]))
    return clean_line(_TAG.sub(" ", text))


def _all(value: Any) -> list[Any]:
    """Return the values of a property, of which schema.org allows one or a list."""
    return value if isinstance(value, list) else [value]


def _text(node: Node) -> str:
    parts: list[str] = []
    for key in ("description", "responsibilities", "qualifications", "experienceRequirements", "skills"):
        value = node.get(key)
        for item in _all(value):
            words = html_text(item) if isinstance(item, str) else ""
            if words and not any(words in part for part in parts):
                parts.append(words)
    return "\n".join(parts)


def _facts(node: Node, company: str) -> dict[str, Any]:
    found = {
        "employment_type": _employment(node.get("employmentType")),
        "salary": salary(node.get("baseSalary")) or salary(node.get("estimatedSalary")),
        **last_day(line(node.get("validThrough"))),
        "remote": "remote" if "TELECOMMUTE" in str(node.get("jobLocationType"))[:200].upper() else None,
        "requisition_id": _identifier(node.get("identifier"), company),
    }
    return {name: value for name, value in found.items() if value}


def _countries_asked(node: Node) -> str:
    """Return where those who work from home must live."""
    asked = _all(node.get("applicantLocationRequirements"))
    return "; ".join(filter(None, map(_name, asked[:30])))


def _employment(value: Any) -> str:
    return ", ".join(dict.fromkeys(filter(None, map(line, _all(value)[:5]))))


def _identifier(value: Any, company: str) -> str:
    value = next(iter(_all(value)), None)
    found = line(value.get("value")) if isinstance(value, dict) else line(value)
    return "" if found == company or len(found) > 80 else found


def _name(value: Any) -> str:
    value = next(iter(_all(value)), None)
    return line(value.get("name") or value.get("legalName")) if isinstance(value, dict) else line(value)


def _location(value: Any) -> str:
    named = dict.fromkeys(filter(None, map(_place, _all(value)[:20])))
    return clean_line("; ".join(list(named)[:20]), 600)


def _place(place: Any) -> str:
    if not isinstance(place, dict):
        return line(place)
    address = next(iter(_all(place.get("address"))), None)
    if not isinstance(address, dict):
        return line(address) or line(place.get("name"))
    parts = (address.get(key) for key in ("addressLocality", "addressRegion", "addressCountry"))
    words = [_name(part) for part in parts]
    return ", ".join(dict.fromkeys(word for word in words if word and word.lower() not in _NOWHERE))


def _months(value: Any) -> int | None:
    """Return monthsOfExperience, from 0 to 600; some write it as a string."""
    described = next((item for item in _all(value) if isinstance(item, dict)), {})
    months = decimal(line(described.get("monthsOfExperience")), high=600)
    return None if months is None else int(months)


_NOWHERE = frozenset({"null", "undefined", "none", "n/a", "-", "unspecified"})
_TAG = late(r"</?[a-zA-Z][^<>]{0,200}>")
