"""Score links and the judge of the page behind on small sites that were written before anybody looked at the rules.

`python -m tests.accuracy.score_sites` reads `sites/SET/NN.txt`: one site a file, in blocks that begin with `>>`. `site`
has the head of every page, `foot` its foot, `list PATH NAME` the list, `more PATH` a further page of it, `template` a
post, `posts` a line a job: address, title and, after further bars, `more` (on a further page), `away` (on another
host), `> PATH` (sent on to); `inline` the same for jobs of the page itself, `other PATH` a page that is no post.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from html import escape
from pathlib import Path
from urllib.parse import urljoin

from jpt import find_links, read_post_html

FOLDER = Path(__file__).with_name("sites")
_TAG = re.compile(r"<[^>]+>")
_HEADING = re.compile(r"<h[12][^>]*>(.*?)</h[12]>")


@dataclass(slots=True)
class SmallSite:
    """A site as its file tells it."""

    url: str
    """Of its list."""
    listed: str = ""
    jobs: dict[str, str] = field(default_factory=dict)
    """Titles by the addresses that the list has."""
    posts: dict[str, tuple[str, str]] = field(default_factory=dict)
    """Title and HTML by address."""
    others: dict[str, str] = field(default_factory=dict)


@dataclass(slots=True)
class Sums:
    """What a set gave: links that are right, false and missed, of each site."""

    sites: list[tuple[int, int, int]] = field(default_factory=list)
    looked_behind: list[tuple[int, int, int]] = field(default_factory=list)
    """The same where the page behind an unsure link tells."""
    posts: list[bool] = field(default_factory=list)
    titles: list[bool] = field(default_factory=list)
    others: list[bool] = field(default_factory=list)


def blocks(file: Path) -> Iterator[tuple[str, str, str]]:
    """Give each block of *file*: its word, what follows on the line, and its text."""
    for block in f"\n{file.read_text('utf-8')}".split("\n>> ")[1:]:
        first, _, text = block.partition("\n")
        word, _, rest = first.partition(" ")
        yield word, rest, text.strip()


def read(file: Path) -> SmallSite:
    """Read a site."""
    found = list(blocks(file))
    words = {word: text for word, _, text in found}
    lang = next(rest for word, rest, _ in found if word == "site").partition("lang=")[2].split()[0]
    root = f"https://site{file.stem}.example"
    name = _TAG.sub("", words["site"].partition("</a>")[0]).strip()

    def framed(title: str, main: str) -> str:
        head = f'<!doctype html><html lang="{lang}"><head><meta charset="utf-8"><title>{title} | {name}</title></head>'
        return f"{head}<body>{words['site']}<main>{main}</main>{words['foot']}</body></html>"

    site = SmallSite(root)
    for word, rest, text in found:
        if word == "list":
            path, _, title = rest.partition(" ")
            site.url, site.listed = f"{root}{path}", framed(title, text)
        elif word == "other":
            heading = _HEADING.search(text)
            site.others[f"{root}{rest}"] = framed(heading[1] if heading else "", text)
        elif word in {"posts", "inline"}:
            for line in text.splitlines():
                address, title, *more = (part.strip() for part in line.split(" | "))
                if "more" not in more:
                    site.jobs[urljoin(f"{site.url}", address)] = title
                if word == "posts" and "away" not in more:
                    at = next((part[2:] for part in more if part.startswith("> ")), address)
                    main = words["template"].replace("{title}", escape(title, quote=False))
                    site.posts[f"{root}{at}"] = (title, framed(title, main))
    return site


def add(sums: Sums, site: SmallSite) -> None:
    """Score one site."""
    links = find_links(site.listed, site.url)
    wanted, sure = set(site.jobs), {link.url for link in links if link.is_job}
    unsure = {link.url for link in links if link.is_job is None}
    sums.sites.append((len(sure & wanted), len(sure - wanted), len(wanted - sure)))
    behind = sure | (unsure & wanted)
    sums.looked_behind.append((len(behind & wanted), len(behind - wanted), len(wanted - behind)))
    for url, (title, html) in site.posts.items():
        post = read_post_html(html, url)
        sums.posts.append(bool(post.is_job))
        sums.titles.append(post.title == title)
    sums.others += [bool(read_post_html(html, url).is_job) for url, html in site.others.items()]


def told(rows: Sequence[tuple[int, int, int]]) -> str:
    """Give precision and recall of the links, of all and as means of sites with jobs, and false links a site without."""
    right, false, missed = (sum(row[at] for row in rows) for at in range(3))
    some = [row for row in rows if row[0] + row[2]]
    none = [row for row in rows if not row[0] + row[2]]
    precision = sum(row[0] / max(1, row[0] + row[1]) for row in some) / max(1, len(some))
    recall = sum(row[0] / (row[0] + row[2]) for row in some) / max(1, len(some))
    return (
        f"{right / max(1, right + false):.3f} / {right / max(1, right + missed):.3f}, sites {precision:.3f} / {recall:.3f},"
        f" false {sum(row[1] for row in none) / max(1, len(none)):.2f}"
    )


def main() -> None:
    for folder in sorted(FOLDER.iterdir()):
        sums = Sums()
        for file in sorted(folder.glob("*.txt")):
            add(sums, read(file))
        print(f"{folder.name}: links {told(sums.sites)}; unsure ones decided {told(sums.looked_behind)}")
        print(f"  posts taken {sum(sums.posts)} of {len(sums.posts)}, titles {sum(sums.titles)}, "
              f"others taken {sum(sums.others)} of {len(sums.others)}")  # fmt: skip


if __name__ == "__main__":
    main()
