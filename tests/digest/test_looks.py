"""How a digest looks and reads: valid, right in mail programs, readable in both modes, harmless with hostile texts."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from email import message_from_bytes, policy
from email.headerregistry import Address
from xml.etree import ElementTree as ET

import html5lib
import pytest
import tinycss2
from hypothesis import given, settings
from hypothesis import strategies as st

from jpt.digest import message as freeze
from jpt.digest.atom import atom
from jpt.digest.compose import letter, row
from jpt.digest.extras import DigestExtras
from jpt.digest.render import html, text
from jpt.models.digests import DigestEntry, HealthReport, News
from jpt.models.jobs import Experience
from jpt.store.unreported import salary_line
from jpt.text.clean import spreadsheet_text
from tests.mailing.sample import HEALTH, JOBS, NOW, NOW_MS, asks, sample
from tests.table import each_row

DIGEST = html(sample())
HEALTH_ONLY = html(sample(()))
XHTML = "{http://www.w3.org/1999/xhtml}"


def tree(page: str) -> ET.Element:
    """Parse a page strictly: any fault in it raises."""
    root = html5lib.HTMLParser(strict=True).parse(page)
    assert isinstance(root, ET.Element)
    return root


@pytest.mark.parametrize("page", [DIGEST, HEALTH_ONLY])
def test_the_page_is_valid(page: str) -> None:
    assert tree(page).find(f"{XHTML}body") is not None


SAFE = {
    "background-color",
    "border",
    "border-collapse",
    "border-left",
    "border-top",
    "color",
    "display",
    "font",
    "font-size",
    "font-weight",
    "height",
    "line-height",
    "margin",
    "max-height",
    "max-width",
    "padding",
    "text-align",
    "text-decoration",
    "vertical-align",
    "width",
}
"""What Gmail, Outlook (Word's engine too), Apple Mail and Yahoo all do with tables and text, or may leave out unharmed."""


def test_elements_carry_only_styles_that_mail_programs_know() -> None:
    used = set()
    for element in tree(DIGEST).iter():
        for declaration in tinycss2.parse_declaration_list(element.get("style", ""), skip_whitespace=True):
            assert declaration.type == "declaration", declaration
            used.add(declaration.name)
            assert "calc(" not in declaration.serialize()
            assert not declaration.serialize().count("rem")

    assert used <= SAFE
    assert used


def test_the_style_sheet_that_stays_is_small_and_simple() -> None:
    (style,) = tree(DIGEST).iter(f"{XHTML}style")
    sheet = style.text or ""

    assert len(sheet) < 8_000  # Gmail drops longer ones
    assert not re.search(r"url\(|@import|expression|::|:not", sheet)
    assert "prefers-color-scheme: dark" in sheet


def test_nothing_is_fetched_and_no_script_runs() -> None:
    tags = {str(element.tag).removeprefix(XHTML) for element in tree(DIGEST).iter()}

    assert not tags & {"script", "img", "iframe", "link", "form", "object", "svg", "video"}


# --- Contrast ----------------------------------------------------------------------------------------------

Rules = list[tuple[list[str], dict[str, str]]]


def dark_rules() -> Rules:
    """The rules of the dark mode, as pairs of selector parts and declarations."""
    (style,) = tree(DIGEST).iter(f"{XHTML}style")
    found: Rules = []
    for rule in tinycss2.parse_stylesheet(style.text or "", skip_comments=True, skip_whitespace=True):
        if rule.type == "at-rule" and "dark" in tinycss2.serialize(rule.prelude):
            for inner in tinycss2.parse_rule_list(rule.content, skip_whitespace=True):
                said = {
                    one.name: tinycss2.serialize(one.value).strip()
                    for one in tinycss2.parse_declaration_list(inner.content, skip_whitespace=True)
                }
                for selector in tinycss2.serialize(inner.prelude).split(","):
                    found.append((selector.split(), said))
    return found


def matches(parts: list[str], chain: list[ET.Element]) -> bool:
    """Whether a selector of tags and classes fits the last element of *chain*."""

    def one(part: str, element: ET.Element) -> bool:
        if part.startswith("."):
            return part[1:] in element.get("class", "").split()
        return element.tag == XHTML + part

    if not one(parts[-1], chain[-1]):
        return False
    rest = chain[:-1]
    for part in reversed(parts[:-1]):
        while rest and not one(part, rest[-1]):
            rest = rest[:-1]
        if not rest:
            return False
        rest = rest[:-1]
    return True


def texts(page: str, rules: Rules) -> Iterator[tuple[str, str, str]]:
    """Give every text that shows, with its colour and the colour behind it."""

    def walk(chain: list[ET.Element], colour: str, behind: str) -> Iterator[tuple[str, str, str]]:
        element = chain[-1]
        style = {
            one.name: tinycss2.serialize(one.value).strip()
            for one in tinycss2.parse_declaration_list(element.get("style", ""), skip_whitespace=True)
        }
        if style.get("display") == "none" or element.tag in {XHTML + "style", XHTML + "title"}:
            return
        for parts, said in rules:
            if matches(parts, chain):
                style |= said
        colour, behind = style.get("color", colour), style.get("background-color", behind)
        if (element.text or "").strip():
            yield element.text or "", colour, behind
        for child in element:
            if isinstance(child.tag, str):
                yield from walk([*chain, child], colour, behind)
            if (child.tail or "").strip():
                yield child.tail or "", colour, behind

    body = tree(page).find(f"{XHTML}body")
    assert body is not None
    yield from walk([body], "#000000", "#ffffff")


def luminance(colour: str) -> float:
    assert re.fullmatch(r"#[0-9a-f]{6}", colour), colour
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    dark, light = sorted((luminance(one), luminance(other)))
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("page", [DIGEST, HEALTH_ONLY])
@pytest.mark.parametrize("mode", ["light", "dark"])
def test_every_text_stands_out_from_what_is_behind_it(page: str, mode: str) -> None:
    found = list(texts(page, dark_rules() if mode == "dark" else []))
    poor = [(words, contrast(colour, behind)) for words, colour, behind in found if contrast(colour, behind) < 4.5]

    assert len(found) > 10
    assert poor == []
    behinds = {behind for _, _, behind in found}
    assert all((luminance(behind) < 0.1) == (mode == "dark") for behind in behinds)


# --- Words ---------------------------------------------------------------------------------------------------


def test_the_plain_text_reads_well() -> None:
    plain = text(sample())

    assert plain.startswith("5 new jobs that fit\n===================\n2 entry level · from 4 companies")
    assert "Data Platform Engineer\n    3? years (please check)\n    Austin, TX · on site" in plain
    assert "\n\n\n\n" not in plain
    assert "Also on Vehicle Jobs: https://board.example/acme-207" in plain
    assert max(len(line) for line in plain.splitlines() if "://" not in line) <= 120


def test_an_update_of_the_files_does_not_change_the_digests_of_a_watch_that_runs(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    before = html(sample()), text(sample())
    monkeypatch.setattr("jinja2.loaders.os.path.isfile", lambda _: False)  # they are being replaced

    assert (html(sample()), text(sample())) == before


def test_commands_are_code_in_the_page_and_quoted_in_the_text() -> None:
    said = letter([DigestEntry(JOBS[0])], HEALTH, DigestExtras(over_years=2), NOW)

    assert "(`jpt jobs --all`)" in text(said)
    assert re.search(r"\(<code[^>]*>jpt jobs --all</code>\)", html(said))


def test_subjects_say_what_matters() -> None:
    def subject(*jobs: News, health: HealthReport = HEALTH) -> str:
        return letter([DigestEntry(job) for job in jobs], health, DigestExtras(), NOW).subject

    one, visible, unread = JOBS[0], JOBS[-2], JOBS[-1]
    assert subject(*JOBS) == "5 new jobs, 2 entry level · Globex, Initech +2"
    assert subject(one) == "1 new job, 1 entry level · Globex"
    assert subject(visible) == "1 job visible only now · Hooli"
    assert subject(unread) == "1 new job that could not be read · Stark"
    assert subject() == "1 of 38 careers pages cannot be read · Soylent"
    assert subject(health=HealthReport()) == "Nothing new"


def test_unusually_many_at_once_are_marked() -> None:
    said = letter(
        [DigestEntry(replace(job, flood=True)) for job in JOBS[2:4]], HealthReport(), DigestExtras(), NOW
    )

    assert "Unusual: 2 at once" in text(said)
    assert "Unusual: 2 at once" in html(said)


def test_no_number_is_guessed() -> None:
    nothing, none = JOBS[4], JOBS[2]

    assert (row(DigestEntry(nothing), NOW).years, row(DigestEntry(nothing), NOW).unit) == ("–", "not stated")
    assert (row(DigestEntry(none), NOW).years, row(DigestEntry(none), NOW).unit) == ("none", "asked")
    assert not nothing.entry_level
    assert none.entry_level


@each_row(
    ("stored", "said"),
    [
        ({"min": 60_000, "max": 80_000, "currency": "EUR", "per": "year"}, "60,000 to 80,000 EUR a year"),
        ({"min": 20.5, "max": 20.5, "currency": "USD", "per": "hour"}, "20.50 USD an hour"),
        ({"min": 50_000, "max": None, "currency": "GBP"}, "from 50,000 GBP"),
        ({"min": None, "max": 9}, "up to 9"),
        ({"min": None, "max": None}, ""),
        ("about  40k", "about 40k"),
        (7, ""),
    ],
)
def test_salaries_as_people_write_them(stored: object, said: str) -> None:
    assert salary_line(stored) == said


# --- Row C13, M12: hostile texts ------------------------------------------------------------------------------

HOSTILE = [
    '=HYPERLINK("http://evil.example","x")',
    "+cmd|' /C calc'!A0",
    "@SUM(1)",
    "\tx",
    "\rx",
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "{{ 7*7 }}{% raw %}",
    "| a | b |",
    "Engineer\n    https://evil.example/forged\n\nForged job",
    "a\r\nBcc: eve@example.org",
    "\x1b]8;;http://evil.example\x07x\x1b]8;;\x07",
    "\x00NUL",
    "\u202egnp.exe",
    "zero\u200bwidth",
    "half \ud800 pair",
    "👩\u200d🚀 pilot",
    "</title></style></a></td></table>",
    "x" * 1_000_000,
    "é" * 100_000,
    "",
]


def hostile_news(words: str, address: str = "https://acme.example/1") -> News:
    from jpt.text.clean import clean_line

    said = clean_line(words, 200)
    return News(
        site=words if "\ud800" not in words else "x",
        url=address,
        title=said or address,
        experience=asks(2, clean_line(words, 400) or None),
        found_ts_ms=NOW_MS,
        location=said,
        salary=said,
        posted=said,
        unread=None,
    )


def check_harmless(job: News) -> None:
    said = letter(
        [DigestEntry(job, (job,)), DigestEntry(replace(job, unread=job.title))], HEALTH, DigestExtras(), NOW
    )
    page = tree(html(said))
    tags = {str(element.tag) for element in page.iter()}
    assert not tags & {XHTML + name for name in ("script", "img", "svg")}
    links = {element.get("href", "") for element in page.iter(f"{XHTML}a")}
    assert all(re.match(r"https?://", link) for link in links)
    assert len(page.findall(f".//{XHTML}td[@class='job']")) == 2

    plain = text(said)
    assert not re.search(r"[\x00-\x09\x0b-\x1f\x7f\u202a-\u202e\u2066-\u2069]", plain)
    starts = [line for line in plain.splitlines() if re.match(r" {4}https?://", line)]
    assert all(line.strip() in {job.url, row(DigestEntry(job), NOW).href} for line in starts)

    frozen = freeze.mail(
        freeze.Envelope(Address("", "j", "example.org"), (Address("", "a", "example.org"),)),
        [DigestEntry(job)],
        HEALTH,
        DigestExtras(),
        NOW,
    )
    message = message_from_bytes(frozen.content, policy=policy.default)
    assert message["Bcc"] is None
    assert "\n" not in message["Subject"]

    feed = ET.fromstring(atom([DigestEntry(job)], "db"))
    assert len(feed.findall("{http://www.w3.org/2005/Atom}entry")) == 1

    line = io.StringIO()
    csv.writer(line).writerow([spreadsheet_text(job.title)])
    (back,) = csv.reader([line.getvalue()])
    assert not back[0].startswith(("=", "+", "-", "@", "\t", "\r"))


@pytest.mark.parametrize("words", HOSTILE, ids=range(len(HOSTILE)))
def test_hostile_texts_are_harmless_everywhere(words: str) -> None:
    check_harmless(hostile_news(words))


@settings(max_examples=25, deadline=None)
@given(st.text(max_size=80))
def test_any_text_is_harmless_everywhere(words: str) -> None:
    check_harmless(hostile_news(words))


@each_row(
    "address",
    ["javascript:alert(1)", "data:text/html,x", "file:///etc/passwd", "https://a.example/\"onclick='x'", " x",
     "https://user:pw@a.example/"],
)  # fmt: skip
def test_only_web_addresses_become_links(address: str) -> None:
    job = hostile_news("Engineer", address)
    page = tree(html(letter([DigestEntry(job)], HealthReport(), DigestExtras(), NOW)))
    links = [element.get("href", "") for element in page.iter(f"{XHTML}a")]

    assert all(re.fullmatch(r'https?://[^\s"<>@]+', link) for link in links)


# --- The feed --------------------------------------------------------------------------------------------------


def test_the_feed_is_valid_atom_with_stable_names() -> None:
    entries = [DigestEntry(job) for job in JOBS]
    once, again = atom(entries, "db"), atom(entries[::-1], "db")

    feed = ET.fromstring(once)
    atom_ns = "{http://www.w3.org/2005/Atom}"
    for element in (feed, *feed.findall(f"{atom_ns}entry")):
        for name in ("id", "title", "updated"):
            assert len(element.findall(atom_ns + name)) == 1
        identity = element.findtext(f"{atom_ns}id") or ""
        assert re.fullmatch(r"urn:uuid:[0-9a-f-]{36}", identity)
        datetime.strptime(element.findtext(f"{atom_ns}updated") or "", "%Y-%m-%dT%H:%M:%SZ").replace(tzinfo=UTC)
        assert element.find(f"{atom_ns}author/{atom_ns}name") is not None
    ids = [element.text for element in feed.iter(f"{atom_ns}id")]
    assert len(set(ids)) == len(ids) == len(JOBS) + 1
    assert sorted(ids, key=str) == sorted((e.text for e in ET.fromstring(again).iter(f"{atom_ns}id")), key=str)


def test_doubt_is_in_the_feed() -> None:
    assert "3? years (please check)" in atom([DigestEntry(JOBS[1])], "db")
    assert "No years stated" in atom(
        [DigestEntry(replace(JOBS[4], experience=Experience(0, stated=False, evidence=None, confidence="high")))],
        "db",
    )
