"""PDFs made by hand, small and honest, or bombs."""

from __future__ import annotations

import re
import zlib
from collections.abc import Sequence


def pdf(lines: Sequence[str], *, pages: int = 1) -> bytes:
    """Make a PDF of *pages* equal pages that says *lines*."""
    said = b" T* ".join(
        b"(" + re.sub(rb"([()\\])", rb"\\\1", line.encode("latin-1", "replace")) + b") Tj" for line in lines
    )
    return built(b"BT /F1 11 Tf 14 TL 72 760 Td " + said + b" ET", pages)


def bomb(megabytes: int) -> bytes:
    """Make a PDF of a few kilobytes whose one page is *megabytes* long when it is unpacked."""
    packer = zlib.compressobj(9)
    part = b"BT (a) Tj ET " * 80_000
    # Whole in itself, behind the two bytes that every stream begins with: to repeat it is to pack it again.
    packed = packer.compress(part) + packer.flush(zlib.Z_FULL_FLUSH)
    check = 1
    for _ in range(megabytes):
        check = zlib.adler32(part, check)
    packed += packed[2:] * (megabytes - 1) + b"\x03\x00" + check.to_bytes(4)
    return built(packed, 1, b"/Filter /FlateDecode ")


def built(stream: bytes, pages: int, how: bytes = b"") -> bytes:
    """Put *pages* pages of one content stream together."""
    kids = b" ".join(b"%d 0 R" % (4 + page) for page in range(pages))
    parts = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [" + kids + b"] /Count %d >>" % pages,
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>",
        *[
            b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents %d 0 R"
            b" /Resources << /Font << /F1 3 0 R >> >> >>" % (4 + pages)
        ]
        * pages,
        b"<< " + how + b"/Length %d >>\nstream\n%s\nendstream" % (len(stream), stream),
    ]
    body, places = b"%PDF-1.4\n", []
    for number, part in enumerate(parts, 1):
        places.append(b"%010d 00000 n \n" % len(body))
        body += b"%d 0 obj\n%s\nendobj\n" % (number, part)
    size = len(parts) + 1
    table = b"xref\n0 %d\n0000000000 65535 f \n" % size + b"".join(places)
    trailer = b"trailer\n<< /Root 1 0 R /Size %d >>\nstartxref\n%d\n%%%%EOF\n" % (size, len(body))
    return body + table + trailer
