"""Where the file lies: on a network file system SQLite's locks and its log are not to be trusted."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

import psutil

_NETWORK = frozenset(
    {"nfs", "nfs4", "cifs", "smb3", "smbfs", "9p", "afpfs", "webdav", "davfs", "ncpfs", "ceph", "glusterfs",
     "lustre", "afs", "osxfs", "grpcfuse", "fakeowner", "fuse.sshfs", "fuse.rclone", "fuse.s3fs", "fuse.glusterfs"}
)  # fmt: skip
"""File systems that several kernels share, or that a kernel of another machine serves."""


def network_file_system(path: Path) -> str | None:
    """Name the network file system that *path* lies on; None when it is on a disk of this machine."""
    return network_of(path.resolve(), ((one.mountpoint, one.fstype) for one in psutil.disk_partitions(all=True)))


def network_of(path: Path, mounts: Iterable[tuple[str, str]]) -> str | None:
    """Find the mount that *path* lies on among *mounts* (folder, file system)."""
    over = [(folder, kind) for folder, kind in mounts if path.is_relative_to(folder)]
    if not over:
        return None
    kind = max(over, key=lambda mount: len(mount[0]))[1].lower()
    return kind if kind in _NETWORK else None
