"""The files beside the database, and files that are replaced as a whole."""

from __future__ import annotations

import errno
import os
import stat
import tempfile
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO


def temporary_folder() -> Path:
    """Give the temporary folder; where none can be written to, the usual one: who writes there learns why."""
    try:
        return Path(tempfile.gettempdir())
    except FileNotFoundError:
        return Path(os.environ.get("TMPDIR") or "/tmp")  # noqa: S108 - nothing is made here


@dataclass(frozen=True, slots=True)
class Files:
    """Where everything is that belongs to one database."""

    db: Path
    emailed_csv_at: Path | None = None

    @property
    def emailed_csv(self) -> Path:
        """The list of all jobs that were mailed."""
        return self.emailed_csv_at or self.db.parent / "emailed_jobs.csv"

    @property
    def sent_record(self) -> Path:
        """The append-only record of sent digests, outside the database."""
        return self.db.resolve().parent / "sent.jsonl"

    @property
    def feed(self) -> Path:
        """The Atom feed."""
        return self.db.parent / "feed.xml"

    @property
    def corrections(self) -> Path:
        """Posts whose years the user has put right, as labelled posts."""
        return self.db.parent / "corrections.jsonl"

    @property
    def web_token(self) -> Path:
        """The token of `jpt web`."""
        return self.db.parent / "web-token"

    @property
    def browser_cache(self) -> Path:
        """Which Chromium was seen to render."""
        return self.db.parent / "browser.json"

    @property
    def log(self) -> Path:
        """The log of all commands that work."""
        return self.db.parent / "jpt.log"

    @property
    def run_lock(self) -> Path:
        """The kernel lock of the run that writes to the database."""
        return self._beside(".lock")

    @property
    def mail_lock(self) -> Path:
        """The kernel lock of the process that sends digests."""
        return self._beside(".mail.lock")

    @property
    def watch_lock(self) -> Path:
        """The kernel lock of the one `jpt watch` on the database."""
        return self._beside(".watch.lock")

    @property
    def watch_status(self) -> Path:
        """What `jpt watch` reports about itself."""
        return self._beside(".watch.json")

    def _beside(self, suffix: str) -> Path:
        # Two names of one database must be one lock.
        path = self.db.resolve()
        return path.with_name(path.name + suffix)


Stamp = tuple[int, int, int]
"""What differs once a file has been written or replaced: time of change in ns, bytes, inode."""


def stamp(path: Path) -> Stamp | None:
    """Give the stamp of the file at *path*; None where there is none that may be looked at."""
    try:
        found = path.stat()
    except OSError:
        return None
    return found.st_mtime_ns, found.st_size, found.st_ino


def refuse_pipe(path: Path) -> Path:
    """Give *path*; raises OSError where a pipe is in the place of a file: opening it would wait for ever."""
    with suppress(FileNotFoundError):
        if stat.S_ISFIFO(mode := path.stat().st_mode) or stat.S_ISSOCK(mode):
            raise OSError(errno.EINVAL, "it is a pipe, not a file", str(path))
    return path


def refuse_endless(path: Path) -> Path:
    """Give *path*, to be read; raises OSError where a pipe or a device is in its place: it may have no end.

    The device that swallows everything is none of them: it is empty.
    """
    with suppress(FileNotFoundError):
        found = refuse_pipe(path).stat()
        if stat.S_ISCHR(found.st_mode) and found.st_rdev != Path(os.devnull).stat().st_rdev:
            raise OSError(errno.EINVAL, "it is a device, not a file", str(path))
    return path


def read_bounded(file: BinaryIO, most: int) -> bytes:
    """Read *file* to its end; raises OSError where it has more than *most* bytes, or no end at all."""
    content = file.read(most + 1)
    if len(content) > most:
        raise OSError(errno.EFBIG, f"it has more than {most // 10**6} MB")
    return content


def write_whole(path: Path, content: bytes, mode: int = 0o600, *, lasting: bool = True) -> None:
    """Write *content* to *path*, in a folder that is there; raises OSError and leaves the file as it was.

    Of a link, what it leads to is written. With *lasting* it is on the disk afterwards, whatever happens.
    """
    place = path.resolve()
    if place.exists() and not place.is_file():
        # A device stays one: what is written goes into it.
        refuse_pipe(place).write_bytes(content)
        return
    handle, name = tempfile.mkstemp(dir=place.parent, prefix=f".{place.name}.")
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
            file.flush()
            if lasting:
                os.fsync(file.fileno())
        Path(name).chmod(mode)
        Path(name).replace(place)
    except BaseException:
        with suppress(OSError):
            Path(name).unlink()
        raise
