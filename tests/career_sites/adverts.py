"""Job adverts whose true answer is known: the text of a post, the years it requires, how it is served."""

import re
import tomllib
from dataclasses import dataclass, replace
from functools import cache
from html import escape
from pathlib import Path
from typing import Literal

PostKind = Literal["static", "scripted", "gone", "removed", "closed", "redirect", "pdf", "paper", "login", "hang"]
"""How a post answers.

static: the text is in the HTML. scripted: it arrives from an API. gone: 404. removed: 410.
closed: 200 and "no longer available". redirect: to the list. pdf: a document with a title only. paper: a whole post as a PDF, at an address that does not say so. login: a sign-in page.
hang: never answers.
"""

TEXTS = Path(__file__).with_name("adverts.toml")


@dataclass(frozen=True, slots=True)
class JobAd:
    """One advert of a site, and what is true of it."""

    id: str
    """Names it within its site."""
    title: str
    team: str
    town: str
    body: str
    """Paragraphs; `## ` starts a heading, `- ` a bullet; `{company}` is the site's name."""
    min_years: int
    stated: bool
    proof: str | None = None
    """The words of the body that bear the number, or say that none is asked; None where there are none."""
    similar: tuple[str, ...] = ()
    """Lines of a "similar jobs" box, which speak of other jobs."""
    page: PostKind = "static"
    fails_first: int = 0
    """How many times its page answers with 500 before it works."""

    @property
    def slug(self) -> str:
        """What its address ends in."""
        words = re.sub(r"[^a-z0-9]+", "-", self.title.lower()).strip("-")
        return f"{self.id}-{words}.pdf" if self.page == "pdf" else f"{self.id}-{words}"

    @property
    def readable(self) -> bool:
        """Whether its page ends up showing the advert."""
        return self.page in {"static", "scripted"}

    def text(self, company: str) -> str:
        """Give the words of the body as a page of *company* shows them, one block a line."""
        return "\n".join(words for _, words in _blocks(self.body.replace("{company}", company)))

    def html(self, company: str) -> str:
        """Give the body as HTML."""
        blocks = _blocks(self.body.replace("{company}", company))
        parts = [f"<{tag}>{escape(words, quote=False)}</{tag}>" for tag, words in blocks]
        return re.sub(r"((?:<li>[^<]*</li>\n?)+)", r"<ul>\n\1</ul>\n", "\n".join(parts) + "\n")


def adverts(count: int = 24, page: PostKind = "static", *, first: int = 0) -> tuple[JobAd, ...]:
    """Give *count* different adverts from the *first* on, the texts coming round again after the 24th."""
    texts = _texts()
    chosen = range(first, first + count)
    return tuple(replace(texts[place % len(texts)], id=str(101 + place), page=page) for place in chosen)


def advert(title: str, *, years: int | None = None, ad_id: str = "7", page: PostKind = "static") -> JobAd:
    """Make a short advert that requires *years*, or states none."""
    proof = None if years is None else f"{years}+ years of professional experience"
    wanted = "A good eye for detail" if proof is None else f"{proof} in a similar role"
    body = (
        "At {company} you work in a team of nine, on things of daily use, with people who like it.\n\n"
        "## What you will do\n- Plan, build and look after what we offer\n- Talk with those who use it\n\n"
        f"## Requirements\n- {wanted}\n- Clear written English\n\n"
        "## What we offer\n- 30 days of holiday\n- Work from home on two days a week\n"
    )
    stated = years is not None
    return JobAd(ad_id, title, "Engineering", "Port Ellery", body, years or 0, stated, proof, page=page)


@cache
def _texts() -> tuple[JobAd, ...]:
    rows = tomllib.loads(TEXTS.read_text(encoding="utf-8"))["advert"]
    return tuple(
        JobAd(
            id=str(101 + place),
            title=row["title"],
            team=row["team"],
            town=row["town"],
            body=row["body"],
            min_years=row["min_years"],
            stated=row.get("stated", "proof" in row),
            proof=row.get("proof"),
            similar=tuple(row.get("similar", ())),
        )
        for place, row in enumerate(rows)
    )


def _blocks(body: str) -> list[tuple[str, str]]:
    """Split a body into (tag, words)."""
    tags = {"##": "h2", "- ": "li"}
    lines = [line.strip() for line in body.splitlines() if line.strip()]
    return [(tags[line[:2]], line[2:].strip()) if line[:2] in tags else ("p", line) for line in lines]
