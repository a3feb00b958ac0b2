"""Saved pages and texts that a user gives, in whichever encoding they were saved."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from jpt.errors import InputError
from jpt.inputs.input_documents import from_argument, from_jsonl

PAGE = "<!doctype html><meta charset={}><h1>Ingénieur qualité</h1>"


@pytest.mark.parametrize(
    ("label", "encoding"), [("iso-8859-1", "cp1252"), ("utf-8", "utf-8"), ("utf-8", "utf-16")]
)
def test_a_saved_page_is_given_to_the_browser_in_utf_8(tmp_path: Path, label: str, encoding: str) -> None:
    path = tmp_path / "page.html"
    path.write_bytes(PAGE.format(label).encode(encoding))

    source = from_argument(str(path), None)

    assert source.body is not None and "Ingénieur qualité" in source.body.decode()


def test_a_text_is_read_in_its_own_encoding_and_other_bytes_are_refused(tmp_path: Path) -> None:
    text, other = tmp_path / "post.txt", tmp_path / "picture.png"
    text.write_bytes(
        "Größe zählt nicht, wohl aber drei Jahre Erfahrung in der Qualitätssicherung.".encode("cp1252")
    )
    other.write_bytes(b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR" + bytes(range(256)) * 40)

    assert "Größe zählt nicht" in (from_argument(str(text), None).text or "")
    with pytest.raises(InputError, match="is not text"):
        from_argument(str(other), None)


def test_a_line_that_is_nested_without_end_is_a_fault_of_that_line(tmp_path: Path) -> None:
    path = tmp_path / "posts.jsonl"
    path.write_text("[" * 100_000 + "\n" + json.dumps({"text": "Baker wanted"}) + "\n", "utf-8")

    broken, read = list(from_jsonl(path))

    assert "line 1" in (broken.fault or "")
    assert read.text == "Baker wanted"


@pytest.mark.parametrize("argument", ["", ".", "/", "nowhere/file", "acme.example/jobs"])
def test_what_is_no_file_is_refused_with_what_to_give(argument: str) -> None:
    with pytest.raises(InputError, match="cannot be read") as told:
        from_argument(argument, None)

    assert ("https://acme.example/jobs" in told.value.sentence) == (argument == "acme.example/jobs")
