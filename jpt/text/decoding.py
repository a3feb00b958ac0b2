"""Bytes as text, in the order that each format names: mark, header, declaration, and what the bytes prove. Pure.

XML   byte order mark, HTTP header, XML declaration, UTF-8 (RFC 7303, 3)
HTML  byte order mark, HTTP header, `<meta charset>`, what the bytes look like (HTML standard, 13.2.3.2)
JSON  byte order mark, HTTP header, UTF-8, UTF-16 or -32 by its zeros (RFC 8259, 8.1)

Labels mean what browsers take them for (Encoding Standard): "latin1" is Windows-1252. Servers put a label of their
own before files that they have not read; so a Latin label gives way to UTF-8 where every byte fits it.
"""

from __future__ import annotations

import re
import zlib
from typing import Literal

import webencodings

Format = Literal["xml", "html", "json", "text"]

GZIP = b"\x1f\x8b\x08"
"""How packed files begin: sitemaps often are (sitemaps.org)."""
_SAMPLE = 100_000
"""Bytes from which an encoding is guessed."""
_HEAD = 4_096
_MARKS = (
    (b"\xef\xbb\xbf", "utf-8-sig"),
    (b"\xff\xfe\x00\x00", "utf-32"),
    (b"\x00\x00\xfe\xff", "utf-32"),
    (b"\xff\xfe", "utf-16"),
    (b"\xfe\xff", "utf-16"),
)
_XML = re.compile(rb"""\s{0,99}<\?xml\b[^>]{0,200}?\bencoding\s{0,9}=\s{0,9}["']([A-Za-z0-9._:-]{1,40})["']""")
_META = re.compile(
    rb"""<meta\b[^>]{0,500}?\bcharset\s{0,9}=\s{0,9}["']?\s{0,9}([A-Za-z0-9._:-]{1,40})""", re.IGNORECASE
)


_ASCII = bytes(range(128))
_LETTER = re.compile(rb"[\xc2-\xdf][\x80-\xbf]|[\xe0-\xef][\x80-\xbf]{2}|[\xf0-\xf4][\x80-\xbf]{3}")


class UndecodableError(ValueError):
    """No encoding that was named or that suggests itself fits the bytes: the message is one clause."""


def decoded(content: bytes, format_: Format = "text", header: str = "") -> str:
    """Return the text of *content*; *header* is the charset that HTTP named.

    Raises UndecodableError: a text with holes is none.
    """
    named = _named(content, format_, header)
    if named and _is_latin(named) and not content.isascii() and (text := _decoded(content, "utf-8")) is not None:
        return text
    for encoding in dict.fromkeys(filter(None, (named, encoding_of(content[:_HEAD]), "utf-8"))):
        if (text := _decoded(content, encoding)) is not None:
            return text.removeprefix("\ufeff")
    if (text := _halves_joined(content)) is not None:
        return text
    guess = "" if format_ == "json" or _is_damaged(content) else _guessed(content)
    if guess and (text := _decoded(content, guess)) is not None:
        return text
    raise UndecodableError(
        f"its text is not the {named or 'UTF-8'} that it should be, nor anything else that is known"
    )


def format_of(media_type: str, content: bytes) -> Format:
    """Return the format whose rules name the encoding of *content*."""
    start = content[:_HEAD].lstrip(b"\xef\xbb\xbf \t\r\n").replace(b"\0", b"")[:20].lower()
    if start.startswith((b"<!doctype html", b"<html")):
        return "html"
    if media_type.endswith(("/xml", "+xml")) or start.startswith((b"<?xml", b"<rss", b"<feed", b"<urlset")):
        return "xml"
    if "json" in media_type or start.startswith((b"{", b"[")):
        return "json"
    return "html" if "html" in media_type or start.startswith(b"<") else "text"


def encoding_of(start: bytes) -> str:
    """Name the encoding of a file from its first bytes; UTF-8 where nothing speaks for another."""
    if mark := _mark(start):
        return mark
    # Without a mark: of the bytes of Latin text in UTF-16, every second one is zero.
    even, odd = start[0::2], start[1::2]
    if odd.count(0) > len(odd) * 0.7 and even.count(0) < len(even) * 0.1:
        return "utf-16-le"
    if even.count(0) > len(even) * 0.7 and odd.count(0) < len(odd) * 0.1:
        return "utf-16-be"
    return "utf-8-sig"


def unzipped(content: bytes, most: int) -> bytes:
    """Return *content* unpacked; raises ValueError where it is broken, cut or more than *most* bytes."""
    unpacking = zlib.decompressobj(wbits=31)
    try:
        body = unpacking.decompress(content, most)
    except zlib.error:
        raise ValueError("it is packed (gzip) and broken") from None
    if unpacking.unconsumed_tail:
        raise ValueError(f"it has more than {most // 10**6} MB, unpacked")
    if not unpacking.eof:
        raise ValueError("it is packed (gzip) and ends in the middle")
    return body


def _mark(start: bytes) -> str:
    return next((encoding for mark, encoding in _MARKS if start.startswith(mark)), "")


def _named(content: bytes, format_: Format, header: str) -> str:
    """Return the encoding that is named first, by Python's name; empty when none or an unknown one is named."""
    if mark := _mark(content[:4]):
        return mark
    pattern = {"xml": _XML, "html": _META}.get(format_)
    found = pattern.search(content[:_HEAD]) if pattern and b"\0" not in content[:64] else None
    declared = found[1].decode("ascii") if found else ""
    for label in (header.strip().strip("\"'"), declared):
        encoding = webencodings.lookup(label) if label else None
        if encoding is None:
            continue
        if label == declared and encoding.name.startswith("utf-16"):
            return "utf-8"  # whatever it says: it could be read byte by byte
        return str(encoding.codec_info.name)
    return ""


def _is_latin(encoding: str) -> bool:
    return encoding.startswith(("cp125", "iso8859", "koi8", "mac")) or encoding == "x-user-defined"


def _decoded(content: bytes, encoding: str) -> str | None:
    try:
        return content.decode(encoding)
    except (UnicodeDecodeError, LookupError):
        return None


def _halves_joined(content: bytes) -> str | None:
    """Read UTF-8 in which characters beyond U+FFFF were written as two halves (CESU-8)."""
    try:
        text = content.decode("utf-8", "surrogatepass")
        return text.encode("utf-16", "surrogatepass").decode("utf-16")
    except UnicodeDecodeError:
        return None


def _is_damaged(content: bytes) -> bool:
    """Return whether nearly all letters beyond ASCII are UTF-8: then it is that, and broken."""
    beyond = len(content.translate(None, _ASCII))
    return sum(map(len, _LETTER.findall(content))) * 10 > beyond * 9


def _guessed(content: bytes) -> str:
    """Return what the bytes look like; Windows-1252 where few are not ASCII: few tell nothing."""
    content = content[:_SAMPLE]
    if len(content.translate(None, _ASCII)) * 10 < len(content):
        return "cp1252"
    from charset_normalizer import from_bytes  # it takes a moment to load, and few pages need it

    best = from_bytes(content).best()
    return best.encoding if best else ""
