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
    """Give a plain value as one clean line; empty for what is no string or number."""
    if isinstance(value, list) and len(value) == 1:
        value = value[0]
    if isinstance(value, bool) or not isinstance(value, str | int | float):
        return ""
    text = unescape(unescape(str(value)[:5_000]))
    return clean_line(_TAG.sub(" ", text))


def _text(node: Node) -> str:
    parts: list[str] = []
    for key in ("description", "responsibilities", "qualifications", "experienceRequirements", "skills"):
        value = node.get(key)
        for item in value if isinstance(value, list) else [value]:
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
    """Give where those who work from home must live."""
    asked = node.get("applicantLocationRequirements")
    return "; ".join(filter(None, (_name(one) for one in (asked if isinstance(asked, list) else [asked])[:30])))


def _employment(value: Any) -> str:
    items = value if isinstance(value, list) else [value]
    return ", ".join(dict.fromkeys(words for item in items[:5] if (words := line(item))))


def _identifier(value: Any, company: str) -> str:
    if isinstance(value, list):
        value = next(iter(value), None)
    found = line(value.get("value")) if isinstance(value, dict) else line(value)
    return "" if found == company or len(found) > 80 else found


def _name(value: Any) -> str:
    if isinstance(value, list):
        value = next(iter(value), None)
    return line(value.get("name") or value.get("legalName")) if isinstance(value, dict) else line(value)


def _location(value: Any) -> str:
    places = value if isinstance(value, list) else [value]
    named = dict.fromkeys(words for place in places[:20] if (words := _place(place)))
    return clean_line("; ".join(list(named)[:20]), 600)


def _place(place: Any) -> str:
    if not isinstance(place, dict):
        return line(place)
    address = place.get("address")
    if isinstance(address, list):
        address = next(iter(address), None)
    if not isinstance(address, dict):
        return line(address) or line(place.get("name"))
    parts = (address.get(key) for key in ("addressLocality", "addressRegion", "addressCountry"))
    words = [_name(part) for part in parts]
    return ", ".join(dict.fromkeys(word for word in words if word and word.lower() not in _NOWHERE))


def _months(value: Any) -> int | None:
    """Give monthsOfExperience, from 0 to 600; some write it as a string."""
    if isinstance(value, list):
        value = next((item for item in value if isinstance(item, dict)), None)
    digits = line(value.get("monthsOfExperience")) if isinstance(value, dict) else ""
    months = decimal(digits, high=600)
    return None if months is None else int(months)


_NOWHERE = frozenset({"null", "undefined", "none", "n/a", "-", "unspecified"})
_TAG = late(r"</?[a-zA-Z][^<>]{0,200}>")
