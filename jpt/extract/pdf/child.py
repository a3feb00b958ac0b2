"""The process that reads one PDF: bytes on stdin, JSON on stdout; it limits itself before it looks at a byte.

    python -m jpt.extract.pdf.child < post.pdf

It answers {"title", "text", "pages"} or {"fault"}: a clause that says what is wrong with the file.
"""

from __future__ import annotations

import json
import logging
import sys
from io import BytesIO
from typing import Any

from jpt.extract.pdf.page import SECONDS
from jpt.settings.limited_process import limit

MOST_PAGES = 20
MOST_TEXT = 200_000
"""Characters; a post has 10,000."""
LEAST_TEXT = 150
"""Characters: fewer are a title, or a scan of which nothing can be read."""


def main() -> None:
    """Read the PDF on stdin."""
    limit(SECONDS)
    logging.disable()
    sys.stdout.write(json.dumps(_answer(sys.stdin.buffer.read())))


def _answer(body: bytes) -> dict[str, Any]:
    from pypdf import PdfReader
    from pypdf.errors import PyPdfError

    try:
        reader = PdfReader(BytesIO(body))
        if reader.is_encrypted and not reader.decrypt(""):
            return {"fault": "it is locked with a password"}
        parts: list[str] = []
        for page in reader.pages[:MOST_PAGES]:
            parts.append(page.extract_text()[:MOST_TEXT])
            if sum(map(len, parts)) >= MOST_TEXT:
                break
        title = str(reader.metadata.title or "") if reader.metadata else ""
    except MemoryError:
        return {"fault": "it needs too much memory"}
    except (PyPdfError, ValueError, KeyError, TypeError, AttributeError, IndexError, OSError, ArithmeticError,
            RecursionError, AssertionError, NotImplementedError):  # fmt: skip
        return {"fault": "it is broken"}  # what a library raises on files that are made to break it
    text = "\n".join(parts)[:MOST_TEXT].encode("utf-8", "replace").decode()
    if len(text.strip()) < LEAST_TEXT:
        return {"fault": "it has hardly any text; it may be a scan"}
    return {"title": title[:300].encode("utf-8", "replace").decode(), "text": text, "pages": len(parts)}


if __name__ == "__main__":
    main()
