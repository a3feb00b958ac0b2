"""What systemd wants to hear from a service, over the socket that it names; silence where there is none."""

from __future__ import annotations

import socket
from contextlib import suppress
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Notifier:
    """Speaks to the service manager that started us."""

    address: str | None
    """A path, or an abstract name that begins with `@`; None: nobody listens."""

    def say(self, *lines: str) -> None:
        """Send *lines* such as `READY=1`, `STATUS=…`, `WATCHDOG=1`."""
        if not self.address or not hasattr(socket, "AF_UNIX"):
            return
        name = "\0" + self.address[1:] if self.address.startswith("@") else self.address
        # Nobody waits for the answer, and a manager that went away is no reason to stop.
        with suppress(OSError), socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as sender:
            sender.setblocking(False)
            sender.sendto("\n".join(lines).encode(), name)
