"""Write docker/seccomp.json: all system calls of the kernel's headers but those in denied.txt."""

from __future__ import annotations

import json
import re
from pathlib import Path

HERE = Path(__file__).parent
HEADERS = (
    Path("/usr/include/x86_64-linux-gnu/asm/unistd_64.h"),
    Path("/usr/include/asm-generic/unistd.h"),
)
"""Of x86-64, and of arm64: from the package linux-libc-dev."""
NUMBER = re.compile(r"#define __NR(?:3264)?_(\w+)\s")


def main() -> None:
    """Write the profile."""
    words = (line.partition("#")[0].split() for line in (HERE / "denied.txt").read_text().splitlines())
    denied = {word for line in words for word in line}
    known = {name for header in HEADERS for name in NUMBER.findall(header.read_text())}
    allowed = sorted(
        name for name in known - denied if not name.startswith("arch_specific") and name != "syscalls"
    )
    profile = {
        "defaultAction": "SCMP_ACT_ERRNO",
        "defaultErrnoRet": 38,
        "archMap": [
            {"architecture": "SCMP_ARCH_X86_64", "subArchitectures": []},
            {"architecture": "SCMP_ARCH_AARCH64", "subArchitectures": []},
        ],
        "syscalls": [{"names": allowed, "action": "SCMP_ACT_ALLOW"}],
    }
    (HERE / "seccomp.json").write_text(json.dumps(profile, indent=1) + "\n")
    print(f"{len(allowed)} allowed, {len(known & denied)} of {len(denied)} denied ones are known here")


if __name__ == "__main__":
    main()
