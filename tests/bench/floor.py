"""The floor: the bare DevTools protocol over a pipe, with nothing between it and the browser.

`python -m tests.bench.floor CHROMIUM PAGES URL…` reads all URLs, a context a page, PAGES at once.
"""

import asyncio
import itertools
import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

WAIT = Path(__file__).with_name("wait.js").read_text(encoding="utf-8")


class Pipe:
    """DevTools messages to and from one browser."""

    def __init__(self, write: int, reader: asyncio.StreamReader) -> None:
        self._write = write
        self._reader = reader
        self._numbers = itertools.count(1)
        self._waiting: dict[int, asyncio.Future[dict[str, Any]]] = {}

    async def listen(self) -> None:
        """Hand out the answers until the browser ends."""
        while True:
            message = json.loads((await self._reader.readuntil(b"\0"))[:-1])
            waiting = self._waiting.pop(message.get("id"), None)
            if waiting is not None and not waiting.done():
                waiting.set_result(message)

    async def send(self, method: str, session: str | None = None, **params: Any) -> dict[str, Any]:
        """Send one command and give its result; SystemExit when it failed."""
        number = next(self._numbers)
        answer = self._waiting[number] = asyncio.get_running_loop().create_future()
        message = {"id": number, "method": method, "params": params, **({"sessionId": session} if session else {})}
        os.write(self._write, json.dumps(message).encode() + b"\0")
        told = await answer
        if "error" in told:
            raise SystemExit(f"{method}: {told['error']}")
        result: dict[str, Any] = told["result"]
        return result


async def read(pipe: Pipe, url: str) -> str:
    """Read one page in a context of its own."""
    context = (await pipe.send("Target.createBrowserContext"))["browserContextId"]
    target = (await pipe.send("Target.createTarget", url="about:blank", browserContextId=context))["targetId"]
    session = (await pipe.send("Target.attachToTarget", targetId=target, flatten=True))["sessionId"]
    await pipe.send("Page.navigate", session, url=url)
    told = await pipe.send(
        "Runtime.evaluate", session, expression=f"({WAIT})()", awaitPromise=True, returnByValue=True
    )
    await pipe.send("Target.disposeBrowserContext", browserContextId=context)
    return str(told["result"]["value"])


async def main(chromium: str, pages: int, urls: list[str]) -> None:
    """Read *urls*, so many at once."""
    theirs_in, ours_out = os.pipe()
    ours_in, theirs_out = os.pipe()
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as profile:
        words = [
            chromium,
            "--remote-debugging-pipe",
            "--blink-settings=imagesEnabled=false",
            f"--user-data-dir={profile}",
            *([] if os.geteuid() else ["--no-sandbox"]),
        ]

        def wired() -> None:
            os.dup2(theirs_in, 13)
            os.dup2(theirs_out, 14)
            os.dup2(13, 3)
            os.dup2(14, 4)

        # The descriptors 3 and 4 are where Chromium looks for the pipe.
        process = subprocess.Popen(words, close_fds=False, preexec_fn=wired, stderr=subprocess.DEVNULL)  # noqa: PLW1509
        os.close(theirs_in)
        os.close(theirs_out)
        reader = asyncio.StreamReader(limit=64_000_000)
        await asyncio.get_running_loop().connect_read_pipe(
            lambda: asyncio.StreamReaderProtocol(reader), os.fdopen(ours_in, "rb")
        )
        pipe = Pipe(ours_out, reader)
        listening = asyncio.create_task(pipe.listen())

        async def worker() -> None:
            while urls:
                url = urls.pop(0)
                if "Apply now" not in await read(pipe, url):
                    raise SystemExit(f"{url} was read before it was there.")

        async with asyncio.TaskGroup() as group:
            for _ in range(pages):
                group.create_task(worker())
        await pipe.send("Browser.close")
        listening.cancel()
        process.wait()


if __name__ == "__main__":
    asyncio.run(main(sys.argv[1], int(sys.argv[2]), sys.argv[3:]))
