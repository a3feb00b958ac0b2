"""Mail addresses as people write them: `Ann Lee <ann@example.org>, bob@example.org`. Pure."""

from __future__ import annotations

from email.errors import MessageError
from email.headerregistry import Address

import idna

from jpt.text.late import late

_MOST_CHARS = 254


def addresses(text: str) -> tuple[Address, ...]:
    """Read a list of addresses, each once in any case; raises ValueError, saying which one is none and why."""
    if any(ord(char) < 32 or ord(char) == 127 for char in text):
        raise ValueError("must be one line")
    found: dict[str, Address] = {}
    for piece in filter(None, (part.strip() for part in _BETWEEN.split(text))):
        named = _NAMED.fullmatch(piece)
        name, address = (named[1].strip().strip('"').strip(), named[2].strip()) if named else ("", piece)
        if wrong := address_fault(address):
            raise ValueError(wrong)
        local, _, domain = address.rpartition("@")
        one = Address(name, local, _ascii(domain))
        # By RFC 5321 case may count before the @; no server of today tells two people apart by it.
        found.setdefault(one.addr_spec.casefold(), one)
    return tuple(found.values())


_BETWEEN = late(r"""[,;](?=(?:[^"]*"[^"]*")*[^"]*$)""")
_NAMED = late(r"([^<>]*)<([^<>]*)>")


def address_fault(address: str) -> str:
    """Return why *address* is no plain mail address; empty when it is one."""
    local, at, domain = address.rpartition("@")
    has_blank = any(char.isspace() or ord(char) < 32 for char in address)
    is_whole = at and local and domain and not has_blank and len(address) <= _MOST_CHARS
    if not is_whole or any(char in local for char in '<>()[],;:\\"'):
        return f"{address!r} is no mail address (like name@example.org)"
    try:
        Address(username=local, domain=_ascii(domain))
    except (ValueError, MessageError, IndexError):
        return f"{address!r} is no mail address: {domain!r} cannot be a domain"
    return ""


def _ascii(domain: str) -> str:
    if domain.isascii():
        labels = domain.rstrip(".").split(".")
        if not all(label and len(label) <= 63 and label.strip("-") == label for label in labels):
            raise ValueError(f"{domain!r} cannot be a domain")
        return domain.lower().rstrip(".")
    return idna.encode(domain, uts46=True).decode("ascii")
