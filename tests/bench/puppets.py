"""Workers without a browser, for the simulation: `python -m tests.bench.puppets PORT WORKERS PAGES MS`.

Each answers a page MS milliseconds after it was asked: a list of twelve jobs, or a post of some 3,000 characters.
"""

from __future__ import annotations

import sys
from contextlib import suppress
from functools import cache, partial

import anyio
from anyio.abc import TaskGroup

from jpt import __version__
from jpt.cluster.messages import WIRE, Join, KeepAlive, Message, PageRequest, PageResult
from jpt.cluster.peer_connection import ConnectionLost, PeerConnection, dialled
from jpt.models.pages import Anchor, PageRead

JOBS = 12
DUTIES = "You will plan, build and look after what our customers use every day, together with a small team. "
POST = "{title}\nAbout the role\n{duties}\nRequirements\n- 2+ years of professional experience in a similar role\n{duties}\nApply now"


def page(url: str) -> PageRead:
    """Give what stands at an address of the simulation."""
    if url.endswith("/careers"):
        return _list(url)
    title = url.rpartition("/")[2].partition("-")[2].replace("-", " ").title()
    text = POST.format(title=title, duties=DUTIES * 15)
    return PageRead(url, url, 200, title, text, headings=(title,), controls=("Apply now",), agent="puppet")


@cache
def _aside() -> tuple[tuple[str, str], ...]:
    return tuple((f"/about/{n}", f"About us {n}") for n in range(30))


def _list(url: str) -> PageRead:
    base = url.removesuffix("/careers")
    jobs = tuple(
        Anchor(
            f"{base}/jobs/{n}-loom-engineer-{n}", f"Loom Engineer {n}", shape="ul>li>a", group="1", region="main"
        )
        for n in range(101, 101 + JOBS)
    )
    aside = tuple(Anchor(base + path, text, region="footer", shape="footer>a") for path, text in _aside())
    text = "\n".join(["Current openings", *(one.text for one in (*jobs, *aside))])
    return PageRead(url, url, 200, "Careers", text, (*jobs, *aside), agent="puppet")


async def _work(port: int, name: str, pages: int, render_s: float, tg: TaskGroup) -> None:
    async with dialled("127.0.0.1", port, None) as line:
        await line.say(Join(__version__, WIRE, name, pages))
        await line.receive()

        def handle(message: Message) -> None:
            if isinstance(message, PageRequest):
                tg.start_soon(_answer, line, message, render_s)

        with suppress(ConnectionLost):
            await line.run(handle, KeepAlive)


async def _answer(line: PeerConnection, ask: PageRequest, render_s: float) -> None:
    await anyio.sleep(render_s)
    line.send(PageResult(ask.number, page(ask.url)))


async def _all(port: int, workers: int, pages: int, render_s: float) -> None:
    async with anyio.create_task_group() as tg:
        for number in range(workers):
            tg.start_soon(partial(_work, port, f"p{number}", pages, render_s, tg))


if __name__ == "__main__":
    anyio.run(_all, int(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3]), float(sys.argv[4]) / 1000)
