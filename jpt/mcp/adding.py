"""The tool that adds a page to the list: looked at first, by `jpt add` as a process of its own."""

from __future__ import annotations

import json
import sys
from typing import Any

import anyio

from jpt.catalogue.backend import Backend
from jpt.errors import UsageError
from jpt.identity.urls import openable, why_not_openable
from jpt.mcp.arguments import Argument
from jpt.mcp.jobs import UNTRUSTED
from jpt.settings.children import environment
from jpt.text.clean import clean_line

LONGEST_S = 300.0
ADDING = {
    "url": Argument(str, "a careers or home page", required=True),
    "name": Argument(str, "the company"),
    "confirm": Argument(bool, "add it; without, it is only looked at"),
}
_SHOWN = ("url", "name", "status", "reason", "jobs", "advertised_total", "method", "feed", "known", "written")


async def add_site(backend: Backend, given: dict[str, Any]) -> dict[str, Any]:
    """Look at a page as `jpt add` does, and add it once that is confirmed and it can be read."""
    typed = given["url"].strip()
    address = openable(typed if "://" in typed else f"https://{typed}")
    if address is None or typed.startswith("-"):
        raise UsageError(why_not_openable(typed[:500]))
    name = clean_line(given.get("name", ""), 120)
    # A program has named the address, and what it read may have told it to: nothing private is reached for it.
    words = ["add", address, "--json", "--strange", "--yes" if given.get("confirm") else "--dry-run"]
    words += [f"--name={name}"] if name else []
    command = [sys.executable, "-m", "jpt", *words, "--db", str(backend.settings.db)]
    with anyio.move_on_after(LONGEST_S) as scope:
        ended = await anyio.run_process(command, check=False, stdin=None, env=environment())
    if scope.cancelled_caught:
        raise UsageError(f"{address} was not read within {LONGEST_S:.0f} s; nothing was added.")
    try:
        found = json.loads(ended.stdout)
    except ValueError:
        last = ended.stderr.decode("utf-8", "replace").strip().rpartition("\n")[2]
        raise UsageError(clean_line(last, 500) or "`jpt add` gave no answer; nothing was added.") from None
    samples = [link["text"] for link in found.get("samples", ())]
    return {"note": UNTRUSTED, **{key: found.get(key) for key in _SHOWN}, "samples": samples}
