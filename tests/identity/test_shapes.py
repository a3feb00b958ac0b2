"""What addresses of one kind have in common."""

from __future__ import annotations

import pytest

from jpt.identity.shapes import shape_of


@pytest.mark.parametrize(
    ("url", "shape"),
    [
        ("https://acme.example/jobs/12-cook", "acme.example/jobs/*"),
        ("https://acme.example/jobs/cook", "acme.example/jobs/*"),
        ("https://acme.example/en/jobs/2026/12-cook/?ref=a&Id=7", "acme.example/en/jobs/*/*?id&ref"),
        ("https://acme.example/job?id=7", "acme.example/*?id"),
        ("https://acme.example/", "acme.example"),
        ("http://[acme/jobs/7", "http://[acme/jobs/7"),
    ],
)
def test_addresses_have_shapes(url: str, shape: str) -> None:
    assert shape_of(url) == shape
