"""A PDF becomes a page as the browser would give it, read in a process with limits of time, memory and text."""

from __future__ import annotations

import json
import re
import subprocess
import tempfile
from typing import Any

import anyio

from jpt.errors import NotAPage
from jpt.files import temporary_folder
from jpt.models.pages import PageRead
from jpt.settings import needed
from jpt.settings.limited_process import started
from jpt.text.late import late

MOST_BYTES = 15_000_000
SECONDS = 30
"""Longest time for one file, the start of the process included."""
_HYPHENATED = late(r"(?<=[a-zäöüßéèáíóúñ])-\n(?=[a-zäöüßéèáíóúñ])")
_WRAPPED = late(
    r"(?<=[^\n.:;!?]{45})(?<![ \t])[ \t]*\n(?=[a-zäöüéèáíóúñ(])|(?<=\d\+)[ ]?\n(?=[a-z])|(?<=\d)[ ]?\n(?=[a-z])"
)
"""A line that goes on in the next one."""
_LONGEST_TITLE = 120


async def pdf_page(url: str, final_url: str, body: bytes, seconds: float = SECONDS) -> PageRead:
    """Read the PDF *body* of *url*; raises NotAPage with the reason if that is not possible."""
    if len(body) > MOST_BYTES:
        raise NotAPage(f"it is a PDF of more than {MOST_BYTES // 10**6} MB", page=url)
    answer = await _read_by_child(url, body, seconds)
    if fault := answer.get("fault"):
        raise NotAPage(f"it is a PDF, but {fault}", page=url)
    text = _WRAPPED.sub(" ", _HYPHENATED.sub("", str(answer["text"]).replace("\r\n", "\n").replace("\0", "")))
    return PageRead(url, final_url, 200, _title(str(answer["title"]), text), text, method="pdf")


async def _read_by_child(url: str, body: bytes, seconds: float) -> dict[str, Any]:
    try:
        with anyio.fail_after(seconds):
            printed = await _output_of_child(body)
    except TimeoutError:
        raise NotAPage(f"it is a PDF that takes more than {seconds:g} s", page=url) from None
    try:
        answer = json.loads(printed)
    except ValueError:
        raise NotAPage("it is a PDF on which its reader ended", page=url) from None
    assert isinstance(answer, dict)
    return answer


async def _output_of_child(body: bytes) -> bytes:
    # It reads a stranger's file: nothing of ours is within its reach.
    command, environ = started("jpt.extract.pdf.child", needed())
    # By a file: a program that ends before it has read a pipe leaves a broken one.
    with tempfile.TemporaryFile(dir=temporary_folder()) as given:
        given.write(body)
        given.seek(0)
        ended = await anyio.run_process(command, stdin=given, stderr=subprocess.DEVNULL, check=False, env=environ)
    return ended.stdout


def _title(title: str, text: str) -> str:
    """Return the file's title, or its first line where that is none: names of files and programs are none."""
    first = next((line.strip() for line in text.split("\n") if line.strip()), "")
    named = title.strip()
    if not named or re.search(
        r"\.(?:docx?|pdf|indd|odt|xlsx?)\b|^(?:microsoft word|untitled|document)", named.lower()
    ):
        return first[:_LONGEST_TITLE]
    return named
