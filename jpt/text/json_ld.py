"""The schema.org JobPostings among a page's JSON-LD scripts, however they were written. Pure."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from typing import Any

from jpt.text.late import late
from jpt.text.lenient_json import values_in

Node = dict[str, Any]

_MOST_NODES = 20_000
_MOST_POSTINGS = 200


def postings(scripts: Iterable[str]) -> list[Node]:
    """Return every JobPosting of *scripts*, in order: bare, in lists, in @graph or as a part of something."""
    found: list[Node] = []
    for script in scripts:
        nodes = list(_nodes(values_in(script)))
        found += [node for node in nodes if "jobposting" in types(node)]
        if not nodes and (salvaged := _salvaged(script)):
            found.append(salvaged)
    return found[:_MOST_POSTINGS]


def kinds(scripts: Iterable[str]) -> set[str]:
    """Return the types, lower case, of all that *scripts* describe."""
    return {name for node in described(scripts) for name in types(node)}


def described(scripts: Iterable[str]) -> Iterator[Node]:
    """Return all objects that *scripts* describe, in order; what a JobPosting contains is its own."""
    for script in scripts:
        yield from _nodes(values_in(script))


def types(node: Node) -> set[str]:
    """Return the types of *node*, lower case and without the vocabulary's address."""
    named = node.get("@type", node.get("type"))
    names = named if isinstance(named, list) else [named]
    return {re.split(r"[/#:]", name)[-1].lower() for name in names if isinstance(name, str)}


def _nodes(value: Any) -> Iterator[Node]:
    """Walk all objects in *value*, in order; what a JobPosting contains is its own."""
    waiting = [value]
    for _ in range(_MOST_NODES):
        if not waiting:
            return
        at = waiting.pop()
        if isinstance(at, dict):
            yield at
            if "jobposting" not in types(at):
                waiting.extend(reversed(list(at.values())))
        elif isinstance(at, list):
            waiting.extend(reversed(at))


def _salvaged(script: str) -> Node | None:
    """Return the plain strings of a JobPosting whose script cannot be parsed."""
    if not _IS_POSTING.search(script):
        return None
    found: Node = {"@type": "JobPosting"}
    for field in _FIELD.finditer(script):
        found.setdefault(field[1], _unquoted(field[2]))
    return found if "title" in found else None


def _unquoted(text: str) -> str:
    try:
        return str(json.loads(f'"{text}"', strict=False))
    except ValueError:
        return text.replace('\\"', '"')


_IS_POSTING = late(r'"@type"\s*+:\s*+(?:\[\s*+)?"(?:https?://schema\.org/)?JobPosting"')
_FIELD = late(r'"(title|description|datePosted|validThrough|employmentType)"\s*:\s*"((?:[^"\\]|\\.){1,100000})"')
