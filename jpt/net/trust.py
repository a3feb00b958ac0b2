"""TLS contexts with the certificate authorities of this machine, each made once."""

from __future__ import annotations

import ssl
from functools import lru_cache
from pathlib import Path
from typing import Literal

from jpt.files import stamp

Use = Literal["web", "model", "mail"]
"""Who connects. The libraries of each set its protocols (ALPN) on the context before every connection."""


def context(use: Use) -> ssl.SSLContext:
    """Give the context of *use*, with the authorities that the machine trusts now.

    Reading them takes 20 ms of CPU, as long as 40 requests. So it is done again only where SSL_CERT_FILE,
    SSL_CERT_DIR, or the file or folder that they name have changed.
    """
    paths = ssl.get_default_verify_paths()
    return _made(use, paths, *(stamp(Path(path)) for path in (paths.cafile, paths.capath) if path))


@lru_cache(maxsize=6)
def _made(*_seen: object) -> ssl.SSLContext:
    return ssl.create_default_context()
