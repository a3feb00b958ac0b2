"""The files beside the database that say what was sent: the append-only record, and the list of mailed jobs."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from jpt.digest import sent_record
from jpt.errors import CannotCreate
from jpt.files import refuse_endless
from jpt.models.digests import Digest, SentLine
from jpt.settings import Settings
from jpt.store import Store
from jpt.text.numbers import whole


@dataclass(frozen=True, slots=True)
class Ledger:
    """The record of one database."""

    settings: Settings
    store: Store
    say: Callable[[str], None]

    def record(self, digest: Digest, recipients: tuple[str, ...]) -> None:
        """Note that *recipients* took a digest; a full disk is said and does not undo what was sent."""
        line = SentLine(
            database=self.store.notes.get("database") or "",
            digest_id=digest.digest_id,
            message_id=digest.message_id,
            profile=digest.channel.profile,
            channel=digest.channel.name,
            sent_ts_ms=self.store.clock(),
            sha256=digest.sha256,
            recipients=recipients,
            jobs=tuple((site, url) for site, url, _ in self.store.reported.items(digest.digest_id)),
        )
        path = self.settings.files.sent_record
        try:
            sent_record.append(path, line)
        except OSError as exc:
            self.say(f"{path} cannot be written ({exc.strerror}): free some space, or correct its permissions.")

    def catch_up(self) -> None:
        """Import what the record says was sent and the database does not know: it is an older copy then."""
        path, known = self.settings.files.sent_record, whole(self.store.notes.get("record_bytes")) or 0
        try:
            size = sent_record.size(path)
            if size == known:
                return
            start = known if known < size else 0
            lines = list(sent_record.lines(path, start, self.store.notes.get("database") or ""))
        except OSError as exc:
            self.say(f"{path} cannot be read ({exc.strerror}): correct its permissions.")
            return
        taken = self.store.reported.import_sent(lines)
        self.store.notes.put("record_bytes", str(size))
        if taken:
            self.say(
                f"{self.settings.db} did not know {taken} of the digests that {path.name} says were sent: it was"
                " restored from an older copy, or a run was killed. Their jobs are not sent again."
            )

    def write_mailed(self) -> None:
        """Write the list of mailed jobs anew, from what was really sent."""
        path = self.settings.files.emailed_csv
        try:
            sent_record.write_mailed(path, self.store.reported.mailed(), self.store.reported.knows)
        except OSError as exc:
            self.say(f"{path} cannot be written ({exc.strerror}): free some space, or correct its permissions.")


def write_feed(path: Path, text: str) -> bool:
    """Write the Atom feed if it changed; returns whether it did. Raises CannotCreate."""
    try:
        if path.exists() and refuse_endless(path).read_text(encoding="utf-8", errors="replace") == text:
            return False
        sent_record.write_text(path, text)
    except OSError as exc:
        raise CannotCreate(f"{path} cannot be written: {exc.strerror}. Give another place with --out.") from exc
    return True
