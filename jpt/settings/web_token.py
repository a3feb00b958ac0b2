"""The token of `jpt web`: whoever has it may read and change everything; links in mails are signed with it."""

from __future__ import annotations

import secrets
from pathlib import Path

from jpt.errors import writing
from jpt.files import write_whole
from jpt.settings.settings import Settings


def token_of(settings: Settings) -> str:
    """Return the token of this database's pages: made once, and kept beside it, readable by its owner only."""
    path = settings.files.web_token
    found = _kept(path)
    if found:
        return found
    made = secrets.token_urlsafe(24)
    with writing(path):
        path.parent.mkdir(parents=True, exist_ok=True)
        write_whole(path, made.encode(), mode=0o600)
    return made


def _kept(path: Path) -> str:
    try:
        owner_only = path.stat().st_mode & 0o077 == 0
        text = path.read_text(encoding="ascii").strip() if owner_only and path.is_file() else ""
    except (OSError, UnicodeDecodeError):
        return ""
    return text if len(text) >= 24 and text.isprintable() else ""
