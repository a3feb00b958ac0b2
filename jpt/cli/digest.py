"""`jpt digest` and `jpt feed`: sends, shows or lists digests."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import Any

import anyio
from rich.text import Text

from jpt.cli import session
from jpt.cli.exit_codes import MISCONFIGURED, PARTLY_FAILED
from jpt.cli.opening import open_file
from jpt.cli.options import common
from jpt.cli.stopping import until_stopped
from jpt.cli.tables import DIGEST_STATES, outcome_lines
from jpt.digest import message, render, smtp
from jpt.digest.background import run_delivery
from jpt.digest.delivery import Delivery, mail_lock
from jpt.digest.filters import read_profiles
from jpt.digest.ledger import Ledger, write_feed
from jpt.digest.planning import Preview, feed, preview
from jpt.digest.submission import Call
from jpt.digest.transports import envelope, mail_server, transports
from jpt.errors import SettingError, UsageError
from jpt.models.digests import DEFAULT, Digest, Outcome
from jpt.settings import Settings
from jpt.store import Store
from jpt.text.clock import local_time


def send(*, limit: int | None, as_json: bool) -> int:
    """Send what is due; returns the exit code. Without mail it shows what would be sent."""
    settings = session.existing()
    found = transports(settings)
    with Store.open(settings.db) as store:
        if not found.transports:
            session.warn(f"{found.missing} This is what would be sent:")
            _show_previews(_previews(store, settings, limit), as_json=as_json)
            return 0
        if found.missing:
            session.warn(found.missing)
        outcome, stopped = _deliver(settings, store, limit=limit)
    if as_json:
        session.print_json(outcome.as_json())
    else:
        lines = list(outcome_lines(outcome)) or [Text("Nothing is due.", "dim")]
        for line in lines:
            (session.err if common.quiet else session.out).say(line)
    if stopped:
        return stopped
    return MISCONFIGURED if outcome.misconfigured else PARTLY_FAILED if outcome.failed else 0


def _deliver(settings: Settings, store: Store, *, limit: int | None) -> tuple[Outcome, int]:
    delivery = Delivery(settings, store, session.warn, limit=limit)
    outcome = [Outcome()]

    async def work() -> None:
        outcome[0] = await run_delivery(delivery)

    stopped = anyio.run(partial(until_stopped, work, busy=lambda: delivery.cannot_stop_now))
    return outcome[0], stopped


def show(*, limit: int | None, as_page: bool, as_json: bool) -> None:
    """Show what would be sent: as text, or *as_page* in the browser. Sends and changes nothing."""
    settings = session.existing()
    with Store.open(settings.db) as store:
        previews = _previews(store, settings, limit)
    if not as_page:
        _show_previews(previews, as_json=as_json)
        return
    path = settings.db.parent / "digest-preview.html"
    for other in previews[1:]:
        write_feed(path.with_stem(f"digest-preview-{other.profile}"), render.html(other.letter))
    _open_page(path, previews[0])


def show_page(settings: Settings, path: Path) -> None:
    """Write what would be sent to the file at *path*, open it where there is a screen, and print its name."""
    with Store.open(settings.db) as store:
        _open_page(path, _previews(store, settings, None)[0])


def _open_page(path: Path, page: Preview) -> None:
    write_feed(path, render.html(page.letter))
    if open_file(path):
        session.note("Opened in the browser.", "dim")
    print(path.resolve())


def _previews(store: Store, settings: Settings, limit: int | None) -> list[Preview]:
    return [preview(store, settings, profile, limit=limit) for profile in read_profiles(settings.filters)]


def _show_previews(previews: Iterable[Preview], *, as_json: bool) -> None:
    previews = list(previews)
    if as_json:
        session.print_json([_preview_json(one) for one in previews])
        return
    for number, one in enumerate(previews):
        head = "" if one.profile == DEFAULT else f"For {one.profile}: "
        session.show(f"{head}Subject: {one.letter.subject}", "bold")
        session.show(render.text(one.letter))
        if number < len(previews) - 1:
            session.out.print()


def _preview_json(one: Preview) -> dict[str, Any]:
    rows = [row for group in one.letter.groups for row in group.rows]
    sections = {"new": rows, "visible": one.letter.visible, "unread": one.letter.unread}
    return {
        "profile": one.profile,
        "subject": one.letter.subject,
        "jobs": one.jobs,
        "waiting": one.later,
        **{name: [{"title": row.title, "url": row.url} for row in found] for name, found in sections.items()},
        "health": [asdict(line) for line in one.letter.health],
        "left_out": list(one.letter.footer),
    }


def show_list(*, as_json: bool) -> None:
    """List the digests that are not sent, and the latest of the others."""
    settings = session.existing()
    with Store.open(settings.db) as store:
        found = store.outbox.listed()
    if as_json:
        session.print_json([_digest_json(digest) for digest in found])
    elif not found:
        session.note("There is no digest yet: `jpt digest` makes one of the jobs that are due.", "dim")
    for digest in [] if as_json else found:
        when = local_time(digest.created_ts_ms)
        line = Text(f"{digest.digest_id[:8]}  {when:%Y-%m-%d %H:%M}  ", "dim")
        line.append(f"{digest.state:<8}", "green" if digest.state == "SENT" else "yellow")
        who = "" if digest.channel.profile == DEFAULT else f"{digest.channel.profile}: "
        line.append(f"  {who}{', '.join(one.address for one in digest.recipients)}  {digest.subject}", "default")
        if digest.last_error:
            line.append(f"\n          {digest.last_error}", "dim")
        session.show(line)


def _digest_json(digest: Digest) -> dict[str, Any]:
    fields = asdict(digest)
    channel = fields.pop("channel")
    for unwanted in ("content", "owner"):
        fields.pop(unwanted)
    return {**fields, "profile": channel["profile"], "channel": channel["name"]}


def resolve_digest(digest_id: str, *, sent: bool, resend: bool) -> None:
    """Carry out the user's decision about an unsent digest; raises UsageError."""
    if sent == resend:
        raise UsageError("Use one of --sent (it arrived, or is no longer wanted) and --resend.")
    settings = session.existing()
    with Store.open(settings.db) as store, mail_lock(settings):
        found = store.outbox.find(digest_id)
        if len(found) != 1:
            what = "no digest" if not found else f"{len(found)} digests"
            raise UsageError(f"{digest_id!r} matches {what}; `jpt digest --list` lists them.")
        if found[0].state in {"SENT", "SPLIT", "SENDING"}:
            raise UsageError(
                f"Digest {found[0].digest_id[:8]} is {DIGEST_STATES[found[0].state]}: nothing to resolve."
            )
        store.outbox.resolve(found[0], sent=sent)
        if sent:
            Ledger(settings, store, session.warn).record(found[0], found[0].pending)
    words = "counts as sent" if sent else "is sent again, unchanged, by the next `jpt digest` or run"
    session.note(f"Digest {found[0].digest_id[:8]} {words}.")


def send_test() -> int:
    """Send a test mail; returns the exit code."""
    settings = session.settings()
    server, to = mail_server(settings), envelope(settings)
    if server is None or to is None:
        raise SettingError(f"{transports(settings).missing or 'EMAIL_TO is not set.'} Set it to send a test.")
    frozen = message.test_mail(to, datetime.now().astimezone())
    came = smtp.submit(server, to.sender.addr_spec, frozen.recipients, frozen.content, lambda: True, Call())
    for one in came.answers:
        if one.state != "ACCEPTED":
            session.warn(f"{one.address} was refused: {one.text}")
    if came.kind != "accepted":
        session.complain(f"The test mail was not sent: {came.text}")
        return MISCONFIGURED if came.kind == "misconfigured" else PARTLY_FAILED
    took = [one.address for one in came.answers if one.state == "ACCEPTED"]
    session.note(f"{server.place} accepted a test mail for {', '.join(took)}.", "green")
    return 0 if len(took) == len(frozen.recipients) else PARTLY_FAILED


def write_atom(*, out: Path | None, profile: str) -> None:
    """Write the Atom feed of the jobs that fit; raises CannotCreate or UsageError."""
    settings = session.existing()
    profiles = {one.name: one for one in read_profiles(settings.filters)}
    if profile not in profiles:
        raise UsageError(f"--profile {profile!r}: not in {settings.filters}, which has {', '.join(profiles)}.")
    with Store.open(settings.db) as store:
        text = feed(store, settings, profiles[profile])
    if out is not None and str(out) == "-":
        print(text, end="")
        return
    path = out or settings.files.feed
    write_feed(path, text)
    session.note(f"Wrote {path}.", "dim")
