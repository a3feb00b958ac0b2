"""`inputs/filters.toml`: read, checked, every fault named with its line."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from difflib import get_close_matches
from pathlib import Path
from typing import Any

from jpt.digest.rules import Profile, Rules, Term, Words
from jpt.errors import SettingError
from jpt.files import refuse_endless
from jpt.models.digests import DEFAULT
from jpt.text.mailboxes import address_fault

_WORD_TABLES = ("title", "location", "company")
_MOST_FAULTS = 10


def read_profiles(path: Path) -> tuple[Profile, ...]:
    """Read the rules: the default profile first, then the others in their order.

    A missing file means no rules. Raises SettingError with a sentence for each fault.
    """
    try:
        text = refuse_endless(path).read_text(encoding="utf-8-sig")
    except FileNotFoundError:
        return (Profile(DEFAULT, Rules()),)
    except (OSError, UnicodeDecodeError) as exc:
        raise SettingError(f"{path} cannot be read: {exc}. Correct it, or move it away.") from exc
    return parse_profiles(text, str(path))


MOST_CHARS = 1_000_000
MOST_PARTS = 50
"""Parts of a dotted name: the parser needs their square in time."""


def parse_profiles(text: str, source: str) -> tuple[Profile, ...]:
    """Read the rules in *text*, which stands in the file *source*; raises SettingError."""
    _refuse_bombs(text, source)
    try:
        loaded = tomllib.loads(text)
    except tomllib.TOMLDecodeError as exc:
        raise SettingError(f"{source} is not valid TOML: {_plainly(exc)}. Correct that line.") from None
    except ValueError:
        # The parser hands on what Python says of a number of thousands of digits.
        raise SettingError(f"{source} has a number that is far too long. Correct it.") from None
    except RecursionError:
        raise SettingError(f"{source} is nested too deeply. Its lists hold words, nothing else.") from None
    check = _Check(source, _lines(text))
    people = loaded.pop("profile", {})
    check.take_tags(loaded.pop("tags", {}))
    profiles = [check.profile(DEFAULT, loaded, ())]
    if not isinstance(people, dict):
        check.fault(("profile",), "profiles are tables: [profile.anna]")
        people = {}
    for name, table in people.items():
        if name == DEFAULT:
            check.fault(("profile", name), "the default profile's rules belong at the top of the file")
        elif not isinstance(table, dict):
            check.fault(("profile", name), f"a profile is a table: [profile.{name}]")
        else:
            profiles.append(check.person(name, table))
    if check.faults:
        more = len(check.faults) - _MOST_FAULTS
        shown = check.faults[:_MOST_FAULTS] + ([f"And {more} more."] if more > 0 else [])
        raise SettingError(" ".join(shown))
    return tuple(profiles)


@dataclass(eq=False, slots=True)
class _Check:
    """Turns tables into rules and notes what is wrong with them."""

    source: str
    lines: dict[tuple[str, ...], int]
    faults: list[str] = field(default_factory=list)
    tags: dict[str, tuple[Term, ...]] = field(default_factory=dict)
    """The companies that have each tag."""

    def fault(self, at: tuple[str, ...], what: str) -> None:
        line = self.line(at)
        where = f"{self.source}, line {line}" if line else self.source
        self.faults.append(f"{where}: {what}{'' if what.endswith('?') else '.'}")

    def line(self, at: tuple[str, ...]) -> int:
        while at and at not in self.lines:
            at = at[:-1]
        return self.lines.get(at, 0)

    def take_tags(self, table: Any) -> None:
        if not isinstance(table, dict):
            self.fault(("tags",), 'tags are a table: [tags] with lists of companies, such as dream = ["Acme"]')
            return
        for name, companies in table.items():
            at = ("tags", name)
            self.tags[name] = tuple(Term(text, self.line(at)) for text in self.strings(companies, at))

    def tagged(self, table: dict[str, Any], at: tuple[str, ...]) -> tuple[Term, ...] | None:
        """Return the companies with one of the tags of a person; None where the person names no tag."""
        names = self.strings(table.pop("tags", []), (*at, "tags"))
        self.known(dict.fromkeys(names), (*at, "tags"), tuple(self.tags), extra=())
        return tuple(term for name in names for term in self.tags.get(name, ())) if names else None

    def person(self, name: str, table: dict[str, Any]) -> Profile:
        at = ("profile", name)
        if not re.fullmatch(r"[a-z0-9][a-z0-9_-]{0,40}", name):
            self.fault(at, f"{name!r} is no name for a profile: use small letters, digits, - and _")
        to = self.strings(table.pop("to", []), (*at, "to"))
        for address in to:
            if wrong := address_fault(address):
                self.fault((*at, "to"), wrong)
        notify = self.strings(table.pop("notify", []), (*at, "notify"))
        for number, url in enumerate(notify, 1):
            if "://" not in url:
                self.fault((*at, "notify"), f"address {number} is no Apprise URL (like ntfy://host/topic)")
        if not to and not notify:
            self.fault(at, f'nothing would be sent: give {name!r} a list `to = ["name@example.org"]` or `notify`')
        tagged = self.tagged(table, at)
        return replace(self.profile(name, table, at), to=tuple(to), notify=tuple(notify), tagged=tagged)

    def profile(self, name: str, table: dict[str, Any], at: tuple[str, ...]) -> Profile:
        company = table.get("company")
        special = company.pop("rules", {}) if isinstance(company, dict) else {}
        companies = []
        if not isinstance(special, dict):
            self.fault((*at, "company", "rules"), 'rules for one company are a table: [company.rules."Acme"]')
            special = {}
        for who, inner in special.items():
            place = (*at, "company", "rules", who)
            if isinstance(inner, dict):
                companies.append((Term(who, self.line(place)), self.rules(inner, place, nested=True)))
            else:
                self.fault(place, f'rules for one company are a table: [company.rules."{who}"]')
        tags = tuple(self.tags.items())
        return Profile(name, self.rules(table, at), tuple(companies), source=self.source, tags=tags)

    def rules(self, table: dict[str, Any], at: tuple[str, ...], *, nested: bool = False) -> Rules:
        tables = tuple(name for name in _WORD_TABLES if not (nested and name == "company"))
        self.known(table, at, (*tables, "years"), extra=() if at and not nested else ("profile",))
        found = {name: self.table(table, name, at) for name in (*tables, "years")}
        place, years = found["location"] or {}, found["years"] or {}
        for name in tables:
            more = ("remote", "unstated") if name == "location" else ()
            self.known(found[name] or {}, (*at, name), ("include", "exclude", *more), extra=())
        self.known(years, (*at, "years"), ("max", "unstated"), extra=())
        return Rules(
            **{name: self.words(found[name], (*at, name)) for name in tables},
            remote=self.one_of(place, "remote", ("any", "only", "no"), (*at, "location")),
            remote_line=self.line((*at, "location", "remote")),
            unstated_location=self.one_of(place, "unstated", ("keep", "drop"), (*at, "location")),
            max_years=self.number(years, (*at, "years", "max")),
            max_years_line=self.line((*at, "years", "max")),
            unstated_years=self.one_of(years, "unstated", ("keep", "drop"), (*at, "years")),
            unstated_years_line=self.line((*at, "years", "unstated")),
        )

    def known(
        self, table: dict[str, Any], at: tuple[str, ...], names: tuple[str, ...], *, extra: tuple[str, ...]
    ) -> None:
        for name in table:
            if name not in (*names, *extra):
                near = get_close_matches(name, names, n=1, cutoff=0.5)
                hint = f"did you mean {near[0]!r}?" if near else f"known here: {', '.join(names)}"
                self.fault((*at, name), f"{name!r} is not known; {hint}")

    def table(self, table: dict[str, Any], name: str, at: tuple[str, ...]) -> dict[str, Any] | None:
        value = table.get(name)
        if value is None or isinstance(value, dict):
            return value
        self.fault(
            (*at, name), f"{name!r} is a table: [{'.'.join((*at, name))}] with include and exclude below it"
        )
        return None

    def words(self, table: dict[str, Any] | None, at: tuple[str, ...]) -> Words | None:
        if table is None or not {"include", "exclude"} & set(table):
            return None
        include, exclude = (
            tuple(Term(text, self.line((*at, name))) for text in self.strings(table.get(name, []), (*at, name)))
            for name in ("include", "exclude")
        )
        return Words(include, exclude, self.line((*at, "include")))

    def strings(self, value: Any, at: tuple[str, ...]) -> list[str]:
        if isinstance(value, str):
            value = [value]
        if not isinstance(value, list) or not all(isinstance(text, str) for text in value):
            self.fault(at, f'{at[-1]!r} is a list of texts: {at[-1]} = ["one", "two"]')
            return []
        for text in value:
            if not text.strip(" *"):
                self.fault(at, f"{at[-1]!r} has an empty text, which would match everything")
        return [text.strip() for text in value if text.strip(" *")]

    def one_of(self, table: dict[str, Any], name: str, allowed: tuple[str, ...], at: tuple[str, ...]) -> Any:
        value = table.get(name)
        if value is None or value in allowed:
            return value
        self.fault((*at, name), f"{name!r} is {value!r}: it should be one of {', '.join(allowed)}")
        return None

    def number(self, table: dict[str, Any], at: tuple[str, ...]) -> int | None:
        value = table.get(at[-1])
        if value is None:
            return None
        if isinstance(value, bool) or not isinstance(value, int) or not 0 <= value <= 60:
            self.fault(at, f"{at[-1]!r} is {value!r}: it should be a whole number of years from 0 to 60")
            return None
        return value


def _refuse_bombs(text: str, source: str) -> None:
    """Raise SettingError for what would keep the parser busy for minutes."""
    if len(text) > MOST_CHARS:
        raise SettingError(f"{source} has {len(text):,} characters; {MOST_CHARS:,} are the most.")
    for number, line in enumerate(text.splitlines(), 1):
        if line.partition("=")[0].count(".") > MOST_PARTS:
            raise SettingError(f"{source}, line {number}: a name has more than {MOST_PARTS} parts. Correct it.")


def _plainly(exc: tomllib.TOMLDecodeError) -> str:
    """Return the parser's words with the line in front."""
    found = re.fullmatch(r"(.*) \(at (?:line (\d+), column \d+|end of document)\)", str(exc))
    if found is None:
        return str(exc)
    return f"line {found[2]}: {found[1]}" if found[2] else f"{found[1]} at its end"


_HEADER = re.compile(r"\s*\[\[?\s*(.+?)\s*\]\]?\s*(?:#.*)?$")
_KEY = re.compile(r"""\s*((?:[\w-]+|"[^"]*"|'[^']*')(?:\s*\.\s*(?:[\w-]+|"[^"]*"|'[^']*'))*)\s*=""")
_PART = re.compile(r"""[\w-]+|"([^"]*)"|'([^']*)'""")


def _lines(text: str) -> dict[tuple[str, ...], int]:
    """Find the line of each key and table: the parser keeps none."""
    table: tuple[str, ...] = ()
    lines: dict[tuple[str, ...], int] = {}
    for number, line in enumerate(text.splitlines(), 1):
        if header := _HEADER.match(line):
            table = tuple(_parts(header[1]))
            lines.setdefault(table, number)
        elif key := _KEY.match(line):
            path = (*table, *_parts(key[1]))
            for end in range(len(table) + 1, len(path) + 1):
                lines.setdefault(path[:end], number)
    return lines


def _parts(dotted: str) -> Iterator[str]:
    for part in _PART.finditer(dotted):
        yield part[1] if part[1] is not None else part[2] if part[2] is not None else part[0]
