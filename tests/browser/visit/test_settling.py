"""When a page is taken to be at rest: time in which its thread could not work is no rest."""

from __future__ import annotations

from collections.abc import Callable

import anyio
import pytest

from jpt.browser.chromium.find import Chromium
from jpt.browser.pool.pool import BrowserPool
from jpt.settings import Settings
from tests.career_sites.server import Reply, Request, Server

pytestmark = pytest.mark.xdist_group("saved")

ABOUT = "<p>" + "We weave cloth in a town by a river, and have done so for long. " * 8 + "</p>"
LINKS = "".join(f"<a href=/about/{n}>About us {n}</a>" for n in range(5))
KEPT_BUSY = """<script>
const busy = (ms) => { const end = performance.now() + ms; while (performance.now() < end); };
const show = (text) => { document.querySelector("main").append(text); };
let left = 6;
const work = () => { busy(250); if (left-- > 0) setTimeout(work, 5); };
addEventListener("load", () => setTimeout(() => {
  fetch("/api").then((answer) => answer.text()).then((text) => setTimeout(show, 80, text));
  setTimeout(work, 10);
}));
</script>"""


def _answer(request: Request) -> Reply:
    if request.path == "/api":
        return Reply(b"At least 2 years of experience.", kind="text/plain", delay_s=0.05)
    return Reply(
        f"<html lang=en><title>Weaver</title><main><h1>Weaver</h1>{ABOUT}{LINKS}</main>{KEPT_BUSY}".encode()
    )


def test_an_answer_that_a_busy_page_learns_of_late_is_waited_for(
    chromium: Chromium, settings: Callable[..., Settings]
) -> None:
    async def main(base: str) -> list[str]:
        async with BrowserPool.open(settings(allow_private=True), chromium) as pool, pool.slot() as slot:
            return [(await slot.read(f"{base}/{number}")).text for number in range(3)]

    with Server(_answer) as server:
        texts = anyio.run(main, f"http://127.0.0.1:{server.port}")

    assert ["At least 2 years" in text for text in texts] == [True] * 3
