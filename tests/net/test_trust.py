"""TLS contexts are made once, and again when what this machine trusts has changed."""

from __future__ import annotations

from pathlib import Path

import pytest
import trustme

from jpt.net import trust


def test_a_new_authority_is_trusted_by_the_next_client(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "ca.pem"
    monkeypatch.setenv("SSL_CERT_FILE", str(path))
    trustme.CA().cert_pem.write_to_path(str(path))
    first = trust.context("web")

    trustme.CA().cert_pem.write_to_path(str(path), append=True)
    second = trust.context("web")

    assert [len(one.get_ca_certs()) for one in (first, second)] == [1, 2]
    assert trust.context("web") is second
