"""Bytes as text, in whichever encoding they came."""

from __future__ import annotations

import gzip
from time import process_time

import pytest

from jpt.text.decoding import UndecodableError, decoded, format_of, unzipped
from tests.table import each_row

WORDS = "Ingénieur qualité – Größe"
CYRILLIC = "Требуется опытный инженер по качеству с опытом работы от трёх лет"
JAPANESE = "品質エンジニアを募集しています。経験三年以上が必要です。"


def xml(declared: str, words: str = WORDS) -> str:
    return f"<?xml version='1.0' encoding='{declared}'?>\n<rss><title>{words}</title></rss>"


def html(declared: str, words: str = WORDS) -> str:
    return f'<!doctype html><html><head><meta charset="{declared}"><title>{words}</title>'


@each_row(
    ("content", "header"),
    [
        (xml("ISO-8859-1").encode("cp1252"), ""),
        (xml("windows-1252").encode("cp1252"), ""),
        (xml("ISO-8859-1").encode("cp1252"), "ISO-8859-1"),
        (xml("utf-8").encode(), ""),
        (xml("utf-8").encode("utf-8-sig"), "iso-8859-1"),
        (xml("utf-8").encode("utf-16"), ""),
        (xml("utf-16").encode("utf-16-le"), ""),
        (xml("utf-16").encode("utf-16-be"), "utf-16be"),
        (xml("utf-8").encode("utf-32"), ""),
        (xml("utf-16").encode(), ""),  # a declaration that can be read byte by byte is not in UTF-16
        (xml("no-such-thing").encode(), ""),
        (xml("utf-8").encode("cp1252"), "windows-1252"),  # the header comes before the declaration
        (xml("iso-8859-1").encode(), ""),  # and what the bytes prove before a Latin label
        (xml("iso-8859-1").encode(), "iso-8859-1"),
    ],
)
def test_xml_is_read_by_mark_header_and_declaration(content: bytes, header: str) -> None:
    assert WORDS in decoded(content, "xml", header)


@each_row(
    ("content", "header", "words"),
    [
        (html("latin1").encode("cp1252"), "", WORDS),
        (html("utf-8").encode(), "", WORDS),
        (html("windows-1251", CYRILLIC).encode("cp1251"), "", CYRILLIC),
        (html("utf-8", CYRILLIC).encode("koi8-r"), "koi8-r", CYRILLIC),
        (html("shift_jis", JAPANESE).encode("shift_jis"), "", JAPANESE),
        (html("gbk", "质量工程师").encode("gb18030"), "", "质量工程师"),
        (f"<meta http-equiv=Content-Type content='text/html; charset=iso-8859-2'>{'żółć'}".encode("iso-8859-2"), "", "żółć"),
        (f"<html><p>{WORDS * 20}".encode(), "", WORDS),
        (f"<html><p>{CYRILLIC * 20}".encode("cp1251"), "", CYRILLIC),
        (f"<html><p>{JAPANESE * 20}".encode("euc-jp"), "", JAPANESE),
    ],
)  # fmt: skip
def test_html_is_read_by_header_meta_and_what_it_looks_like(content: bytes, header: str, words: str) -> None:
    assert words in decoded(content, "html", header)


@each_row("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32"])
def test_json_is_read_in_every_unicode(encoding: str) -> None:
    assert decoded(f'{{"title": "{WORDS}"}}'.encode(encoding), "json") == f'{{"title": "{WORDS}"}}'


@pytest.mark.parametrize("format_", ["xml", "html", "json", "text"])
def test_a_character_in_two_halves_is_put_together(format_: str) -> None:
    assert decoded(b'{"a": "Cook \xed\xa0\xbd\xed\xb8\x89"}', format_) == '{"a": "Cook \U0001f609"}'  # type: ignore[arg-type]


def test_a_few_bytes_beyond_ascii_are_windows_1252() -> None:
    assert decoded(xml("utf-8", "Ingénieur “qualité”").encode("cp1252"), "xml").count("é") == 2


def test_json_with_a_label_is_read_by_it() -> None:
    assert decoded('{"a": "é"}'.encode("cp1252"), "json", "iso-8859-1") == '{"a": "é"}'


@pytest.mark.parametrize(
    ("content", "format_", "header"),
    [
        ('{"a": "é"}'.encode("cp1252"), "json", ""),
        (b"<?xml version='1.0' encoding='utf-8'?><rss>" + bytes(range(128, 256)) * 20, "xml", "euc-kr"),
        (b"\xff\xfe<\x00r\x00\x00\xd8x\x00", "xml", ""),
        (xml("utf-8").encode() + b"\xff", "xml", ""),
        (html("utf-8", CYRILLIC).encode() + b"\xd0", "html", ""),
    ],
)
def test_what_fits_no_encoding_is_no_text(content: bytes, format_: str, header: str) -> None:
    with pytest.raises(UndecodableError):
        decoded(content, format_, header)  # type: ignore[arg-type]  # a plain text in this table


@each_row(
    ("media_type", "content", "format_"),
    [
        ("application/rss+xml", b"<rss>", "xml"),
        ("text/xml", b"<!DOCTYPE html><html>", "html"),
        ("text/html", b"\xef\xbb\xbf<?xml version='1.0'?><rss>", "xml"),
        ("text/plain", b' {"a": 1}', "json"),
        ("application/json", b"<html>", "html"),
        ("application/octet-stream", b"<\x00?\x00x\x00m\x00l\x00", "xml"),
        ("text/plain", b"Baker wanted", "text"),
    ],
)
def test_the_format_is_known_by_type_and_first_bytes(media_type: str, content: bytes, format_: str) -> None:
    assert format_of(media_type, content) == format_


def test_a_packed_file_is_unpacked_within_bounds() -> None:
    packed = gzip.compress(b"<urlset>" * 1000)

    assert unzipped(packed, 8_000) == b"<urlset>" * 1000
    for broken, why in ((packed[:40], "middle"), (packed[:10] + b"\xff" * 40, "broken")):
        with pytest.raises(ValueError, match=why):
            unzipped(broken, 8_000)
    with pytest.raises(ValueError, match="more than 0 MB"):
        unzipped(packed, 7_999)


@each_row("piece", [b"<meta ", b"<?xml ", b"\xff", b"\xc3", b"\x00", b"\x81\x8d", b"<meta charset", b"\xd8"])
def test_hostile_bytes_take_time_by_their_length(piece: bytes) -> None:
    begun = process_time()
    for format_ in ("xml", "html", "text"):
        try:
            decoded(piece * (300_000 // len(piece)), format_)
        except UndecodableError:
            continue

    assert process_time() - begun < 4
