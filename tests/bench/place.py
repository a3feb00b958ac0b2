"""A career site of realistic weight, in a process of its own: `python -m tests.bench.place --help`.

A list of script-rendered posts. Each page loads 75 kB of CSS, 200 kB of script, 6 images of 30 kB and makes one
API call (DESIGN.md, part 6). All bytes are made beforehand. `/~seen` tells when the posts were asked for.
"""

import argparse
import json
import random
import sys
from dataclasses import dataclass
from pathlib import Path

from tests.career_sites import Site, adverts
from tests.career_sites.frame import page
from tests.career_sites.lists import list_page
from tests.career_sites.posts import post_html
from tests.career_sites.server import Reply, Request, Server

CSS_BYTES = 75_000
SCRIPT_BYTES = 200_000
IMAGE_BYTES = 30_000
IMAGES = 6

APP = Path(__file__).with_name("app.js")

_CACHED = (("Cache-Control", "max-age=3600"),)


@dataclass(slots=True)
class Place:
    """Answers from memory, and remembers when posts were asked for."""

    replies: dict[str, Reply]
    first_s: float = 0.0
    """Seconds since the epoch of the first post asked for since it was told to forget; 0 before."""
    posts: int = 0

    def __call__(self, request: Request) -> Reply:
        """Answer one request."""
        if request.path == "/~seen":
            return Reply(
                json.dumps({"first_s": self.first_s, "posts": self.posts}).encode(), kind="application/json"
            )
        if request.path == "/~forget":
            self.first_s, self.posts = 0.0, 0
            return Reply(b"{}", kind="application/json")
        if "/jobs/" in request.path and "/api/" not in request.path:
            self.first_s = self.first_s or request.time
            self.posts += 1
        return self.replies.get(request.path) or Reply(b"<h1>Not found</h1>", 404)


def replies(posts: int) -> dict[str, Reply]:
    """Make all that is served, by path."""
    site = Site("Saltmarsh Biotech", jobs=adverts(posts, "scripted"))
    made = {
        f"/assets/{number}.bmp": Reply(_image(number), kind="image/bmp", headers=_CACHED)
        for number in range(IMAGES)
    }
    made["/assets/style.css"] = Reply(_css(), kind="text/css", headers=_CACHED)
    made["/assets/app.js"] = Reply(_script(), kind="text/javascript", headers=_CACHED)
    made["/careers"] = list_page(site, site.jobs, 1)
    for ad in site.jobs:
        facts = {"title": ad.title, "html": post_html(site, ad)}
        made[site.job_path(ad)] = _shell(site, ad.id)
        made[f"/{site.slug}/api/jobs/{ad.id}"] = Reply(json.dumps(facts).encode(), kind="application/json")
    return made


def _shell(site: Site, job: str) -> Reply:
    images = "".join(
        f'<img src="/assets/{number}.bmp" alt="" width="90" height="110">' for number in range(IMAGES)
    )
    app = f'<div id="app" data-base="/{site.slug}" data-job="{job}"></div>{images}'
    head = '<link rel="stylesheet" href="/assets/style.css">'
    return page(site, site.name, app, head=head, scripts='<script src="/assets/app.js"></script>')


def _css() -> bytes:
    """Make rules of which a few match something, as on most sites."""
    rule = (
        ".c{0} .t{0}:hover, .c{0} > li:nth-child({1}) {{ margin: {1}px; color: #{2:06x}; border-radius: {1}px }}\n"
    )
    matching = "article h2 { margin-top: 2rem } article li { line-height: 1.6 } .facts span { color: #555 }\n"
    rules = (rule.format(number, number % 30 + 1, number * 7919 % 0xFFFFFF) for number in range(2_000))
    return (matching + "".join(rules)).encode()[:CSS_BYTES].rpartition(b"\n")[0].ljust(CSS_BYTES)


def _script() -> bytes:
    """Make many small functions, each of which runs once, and at their end what renders the post."""
    own = APP.read_text(encoding="utf-8")
    parts: list[str] = []
    size = len(own)
    while size < SCRIPT_BYTES - 200:
        number = len(parts)
        parts.append(
            f"function step{number}(table, word) {{ const key = word + {number}; table[key] = (table[key] || 0) + "
            f"{number % 17}; return Object.keys(table).length % 3 ? word : word.slice(1) + word[0]; }}\n"
            f"window.turned = step{number}(window.table ||= {{}}, window.turned || 'saltmarsh');\n"
        )
        size += len(parts[-1])
    return ("".join(parts) + own).encode().ljust(SCRIPT_BYTES)


def _image(number: int) -> bytes:
    """Make a bitmap of 90 x 110 random dots in 24 bits, filled up to the wanted size."""
    dots = random.Random(number).randbytes((90 * 3 + 2) * 110)
    head = b"BM" + (54 + len(dots)).to_bytes(4, "little") + bytes(4) + (54).to_bytes(4, "little")
    form = (40).to_bytes(4, "little") + (90).to_bytes(4, "little") + (110).to_bytes(4, "little")
    form += (1).to_bytes(2, "little") + (24).to_bytes(2, "little") + bytes(24)
    return (head + form + dots).ljust(IMAGE_BYTES, b"\0")


def main() -> None:
    """Serve until stdin ends; the first line on stdout is the port."""
    parser = argparse.ArgumentParser(description=main.__doc__)
    parser.add_argument("--posts", type=int, default=60)
    parser.add_argument("--latency", type=float, default=100, help="ms before each answer")
    options = parser.parse_args()
    with Server(Place(replies(options.posts)), options.latency) as server:
        print(server.port, flush=True)
        sys.stdin.read()


if __name__ == "__main__":
    main()
