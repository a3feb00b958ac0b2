"""Digests on their way: each job told once, whatever the mail server and the machine do."""

from __future__ import annotations

import csv
import json
import re
import shutil
import sqlite3
import threading
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from pathlib import Path
from typing import Any

import pytest

from jpt.digest.delivery import Delivery
from jpt.digest.explanation import Explanation, explanations
from jpt.errors import Locked
from jpt.identity.urls import canonical
from jpt.models.postings import Mark
from jpt.store import Store
from tests.mailing import DigestSender, Scripted
from tests.mailing.digest_sender import HOUR
from tests.mailing.scripted import Mail
from tests.waiting import until

ANN, BOB = "ann@example.org", "bob@example.org"


@pytest.fixture
def server() -> Iterator[Scripted]:
    with Scripted() as running:
        yield running


@pytest.fixture
def sender(tmp_path: Path, server: Scripted) -> DigestSender:
    return DigestSender(tmp_path, server.port)


def url(number: int) -> str:
    return f"https://acme.example/jobs/{number}"


def told(mail: Mail) -> list[str]:
    """The jobs that a mail tells."""
    plain = parsed(mail).get_body(("plain",))
    assert plain is not None
    return re.findall(r"^    (https://\S+)\s*$", plain.get_content(), re.MULTILINE)


def parsed(mail: Mail) -> EmailMessage:
    return message_from_bytes(mail.content, policy=default)


def test_a_job_is_told_once(sender: DigestSender, server: Scripted) -> None:
    sender.add(url(1))

    first, second = sender.deliver(), sender.deliver()

    assert [told(mail) for mail in server.mails] == [[url(1)]]
    assert (first.reported, second.reported) == (1, 0)
    assert not first.failed
    assert sender.mailed() == {url(1): True}
    assert sender.states() == ["SENT"]


def test_a_mail_can_be_recognised_and_says_what_matters(sender: DigestSender, server: Scripted) -> None:
    sender.add(url(1), years=0)
    sender.add("https://globex.example/1", site="Globex")

    sender.deliver()

    mail = parsed(server.mails[0])
    assert mail["Subject"] == "2 new jobs, 1 entry level · Acme, Globex"
    assert re.fullmatch(r"<[0-9a-f]{32}\.jpt@example\.org>", mail["Message-ID"])
    assert mail["Date"].datetime is not None
    assert mail["Auto-Submitted"] == "auto-generated"
    assert "default.digest.jpt.example.org" in mail["List-Id"]
    ((digest_id, stored),) = sender.rows("SELECT digest_id, content FROM jpt_digests")
    assert mail["X-JPT-Digest"] == digest_id
    assert stored == server.mails[0].content
    assert {row[0] for row in sender.rows("SELECT digest_id FROM job_details")} == {digest_id}


def test_only_what_fits_now_is_told_and_the_marks_follow(sender: DigestSender, server: Scripted) -> None:
    sender.add(url(1), years=2)
    sender.add(url(2), years=5)
    sender.add(url(3), "Senior Engineer", years=1)
    (sender.folder / "filters.toml").write_text('[title]\nexclude = ["senior"]\n')

    sender.deliver(max_years=1)
    assert server.mails == []
    sender.deliver(max_years=5)

    assert told(server.mails[0]) == [url(1), url(2)]
    marks = dict(sender.rows("SELECT url, exclude_reason FROM job_details"))
    assert marks == {url(1): None, url(2): None, url(3): "title.exclude: senior"}
    assert "1 new job that your filters keep out" in server.mails[0].content.decode().replace("=\r\n", "")


def test_marked_closed_and_hand_picked_jobs_are_left_out(sender: DigestSender, server: Scripted) -> None:
    for number in range(5):
        sender.add(url(number))
    sender.rows("UPDATE job_details SET include_job = 0, exclude_reason = 'not for me' WHERE url = ?", url(0))
    sender.rows("INSERT INTO job_tasks (site, url, status, last_error, created_ts_ms, updated_ts_ms)"
              " VALUES ('Acme', ?, 'DONE', 'it is away', 1, 1)", url(1))  # fmt: skip
    sender.rows("INSERT INTO jpt_task_ends (task_id, ending) SELECT id, 'gone' FROM job_tasks")
    sender.rows("INSERT INTO jpt_links (site, link_key, url, text, score, first_seen_ts_ms, closed_ts_ms)"
              " VALUES ('Acme', 'acme.example/jobs/2', ?, '', 1, 1, 2)", url(2))  # fmt: skip
    with Store.open(sender.db, sender.clock) as store:
        key = sender.rows("SELECT 1")  # the store is open beside a reader
        assert key
        store.marks.put(url(3), Mark("applied"))
        from jpt.identity.urls import canonical

        sender.rows("UPDATE jpt_links SET link_key = ?", canonical(url(2)))

    sender.deliver()

    assert told(server.mails[0]) == [url(4)]


def test_an_address_that_stands_there_twice_gets_the_digest_once(sender: DigestSender, server: Scripted) -> None:
    sender.add(url(1))

    outcome = sender.deliver(
        email_to="ann@example.org, Ann Lee <Ann@Example.ORG>; bob@example.org,ANN@example.org"
    )

    assert len(outcome.sent) == 1
    assert server.mails[0].recipients == ["ann@example.org", "bob@example.org"]


def test_what_the_old_system_mailed_is_not_mailed_again(sender: DigestSender, server: Scripted) -> None:
    sender.add(url(1))
    sender.rows("UPDATE job_details SET emailed_ts_ms = 5, digest_id = 'abc'")

    sender.deliver()

    assert server.mails == []


def test_reposts_and_the_same_job_elsewhere_are_told_once(sender: DigestSender, server: Scripted) -> None:
    text = "You will run the services that our customers rely on, and mend them when they break. " * 4
    sender.add(url(1), text=text, company="Acme")
    sender.add("https://board.example/9", site="Board", text=text, company="ACME Inc.")
    sender.deliver()
    sender.clock.now += HOUR
    sender.add(url(77), text="Posted today. " + text, company="Acme")
    outcome = sender.deliver()

    assert [told(mail) for mail in server.mails] == [[url(1)]]
    assert outcome.reported == 0
    assert "https://board.example/9" in server.mails[0].content.decode()
    assert len(sender.rows("SELECT DISTINCT digest_id FROM job_details")) == 1
    assert set(sender.mailed().values()) == {True}


def test_where_many_posts_end_the_place_tells_them_apart(sender: DigestSender, server: Scripted) -> None:
    sender.add(url(1), "Cook", location="Leith", final_url="https://acme.example/careers")
    sender.deliver()
    sender.clock.now += HOUR
    sender.add(url(2), "Cook", location="Perth", final_url="https://acme.example/careers")
    sender.add(url(3), "Baker", location="Leith", final_url="https://acme.example/jobs/baker-77001")
    sender.add(url(4), "Baker", location="Leith, UK", final_url="https://acme.example/jobs/baker-77001")
    sender.deliver()

    assert [sorted(told(mail)) for mail in server.mails] == [[url(1)], [url(2), url(3)]]


def test_people_have_their_own_digests(sender: DigestSender, server: Scripted) -> None:
    sender.add(url(1), "Cook")
    sender.add(url(2), "Baker")
    (sender.folder / "filters.toml").write_text(
        f'[title]\ninclude = ["cook"]\n[profile.bob]\nto = ["{BOB}"]\ntitle.include = ["baker"]\n'
    )

    sender.deliver()
    sender.deliver()

    assert [(mail.recipients, told(mail)) for mail in server.mails] == [([ANN], [url(1)]), ([BOB], [url(2)])]
    assert sender.mailed() == {url(1): True, url(2): False}


def test_as_many_as_wanted_the_latest_first_none_dropped(sender: DigestSender, server: Scripted) -> None:
    for number in range(7):
        sender.add(url(number), found=1000 + number)

    outcome = sender.deliver(digest_rows=3)

    assert [told(mail) for mail in server.mails] == [
        [url(6), url(5), url(4)],
        [url(3), url(2), url(1)],
        [url(0)],
    ]
    assert "4 more jobs follow in the next digest" in server.mails[0].content.decode()
    assert outcome.reported == 7


def test_a_limit_carries_the_rest_over(sender: DigestSender, server: Scripted) -> None:
    for number in range(3):
        sender.add(url(number), found=1000 + number)

    assert sender.deliver(limit=2).waiting == 1
    sender.deliver()

    assert [told(mail) for mail in server.mails] == [[url(2), url(1)], [url(0)]]


def test_the_most_fitting_come_first_and_what_waited_for_a_week_before_them(
    sender: DigestSender, server: Scripted
) -> None:
    (sender.folder / "filters.toml").write_text(
        '[title]\ninclude = ["cook", "baker", "engineer"]\n[location]\ninclude = ["Oslo", "remote"]\n'
    )
    sender.add(url(1), years=3, location="Oslo")
    sender.add(url(2), years=1, location="Oslo")
    sender.add(url(3), years=1)
    sender.add(url(4), "Cook and Baker", years=1, location="Oslo")
    sender.add(url(5), years=0, stated=False, evidence=None, location="Oslo", found=sender.clock.now + 1)
    sender.add(url(6), years=3, found=sender.clock.now - 8 * 24 * HOUR)

    sender.deliver()

    assert told(server.mails[0]) == [url(number) for number in (6, 4, 5, 2, 3, 1)]


def test_a_days_digest_is_one_mail_of_eighty_that_no_mail_program_cuts(
    sender: DigestSender, server: Scripted
) -> None:
    for number in range(200):
        sender.add(
            f"{url(number)}?{'q' * 150}",
            f"Engineer {number} of {'very long titles ' * 8}",
            evidence="At least two years of experience with everything " * 6,
            location="Oslo, Bergen, Trondheim " * 4,
            site=f"Acme {number % 40}",
        )
    sender.clock.now += 24 * HOUR

    sender.deliver(scheduled=True, digest_at="08:00")
    sender.clock.now += HOUR
    later = sender.deliver(scheduled=True, digest_at="08:00")
    sender.clock.now += 24 * HOUR
    sender.deliver(scheduled=True, digest_at="08:00")

    assert len(server.mails) == 2
    assert "08:00" in later.held_back
    for mail in server.mails:
        parts = message_from_bytes(mail.content, policy=default)
        page = parts.get_body(("html",))
        assert page is not None
        assert 60_000 < len(page.get_content().encode()) <= 98_000
        assert 40 <= len(told(mail)) <= 80
        assert "more jobs follow in the next digest" in page.get_content()
    for _ in range(4):
        sender.clock.now += 24 * HOUR
        sender.deliver(scheduled=True, digest_at="08:00")
    assert sorted(address.partition("?")[0] for mail in server.mails for address in told(mail)) == sorted(
        url(number) for number in range(200)
    ), "each once, and none is lost"


def test_now_sends_what_is_found_at_once(sender: DigestSender, server: Scripted) -> None:
    for number in range(2):
        sender.add(url(number))
        sender.deliver(scheduled=True, digest_at="now")

    assert [told(mail) for mail in server.mails] == [[url(0)], [url(1)]]


# --- Rows G1, G2, M7, M8: what fails before the message is handed over ---------------------------------

BEFORE = {
    "greeting 421": {"GREETING": "421 busy"},
    "greeting 554": {"GREETING": "554 go away"},
    "nonsense": {"GREETING": "hello?"},
    "hung up": {"EHLO": ""},
    "sender later": {"MAIL": "451 greylisted"},
    "sender never": {"MAIL": "550 who are you"},
    "recipient later": {"RCPT": "451 greylisted"},
    "data later": {"DATA": "451 later"},
    "after the dot, later": {"DOT": "451 greylisted"},
    "login": {"AUTH": "535 5.7.8 no"},
    "login later": {"AUTH": "454 later"},
}


@pytest.mark.parametrize("fault", BEFORE)
def test_what_was_certainly_not_taken_goes_out_again_with_the_same_bytes(
    sender: DigestSender, server: Scripted, fault: str
) -> None:
    sender.add(url(1))
    server.extensions = ("AUTH PLAIN LOGIN",)
    server.script = dict(BEFORE[fault])
    login: dict[str, Any] = {"smtp_user": "ann", "smtp_pass": "hunter-zwei"}
    failed = sender.deliver(**login)
    (before,) = sender.rows("SELECT content FROM jpt_digests")
    assert failed.failed
    assert failed.misconfigured == (fault in {"login", "sender never"})
    assert sender.states() == ["READY"]
    assert sender.mailed() == {url(1): False}
    assert "127.0.0.1" in str(failed.unsent[0].last_error)

    sender.add(url(2))
    server.script = {}
    sender.clock.now += HOUR
    mended = sender.deliver(**login)

    assert not mended.failed
    assert [told(mail) for mail in server.mails] == [[url(1)], [url(2)]]
    assert (server.mails[0].content,) == before


def test_a_week_without_mail_ends_in_few_digests_in_order(sender: DigestSender, server: Scripted) -> None:
    server.script = {"MAIL": "451 down"}
    for day in range(7):
        sender.clock.now += 24 * HOUR
        sender.add(url(day))
        sender.deliver()
    server.script = {}

    sender.deliver()

    assert [told(mail) for mail in server.mails] == [[url(0)], [url(n) for n in range(6, 0, -1)]]


def test_a_server_that_cannot_be_reached_is_named(sender: DigestSender) -> None:
    sender.add(url(1))

    refused = sender.deliver(smtp_port=1)
    unknown = sender.deliver(smtp_host="nowhere.invalid", smtp_port=465)

    assert "127.0.0.1:1 cannot be reached" in str(refused.unsent[0].last_error)
    assert "nowhere.invalid:465 cannot be reached (its name is not known)" in str(unknown.unsent[0].last_error)


@pytest.mark.parametrize("step", ["GREETING", "EHLO", "MAIL", "RCPT", "DATA"])
def test_a_server_that_stalls_is_given_up(sender: DigestSender, server: Scripted, step: str) -> None:
    sender.add(url(1))
    server.script = {step: None}

    outcome = sender.deliver(smtp_timeout_s=0.2)

    assert outcome.failed
    assert sender.states() == ["READY"]


def test_patience_waits_out_the_pause_after_a_failure(sender: DigestSender, server: Scripted) -> None:
    sender.add(url(1))
    server.script = {"MAIL": "451 later"}
    sender.deliver()
    server.script = {}

    sender.deliver(patient=True)
    assert server.mails == []
    sender.clock.now += HOUR
    sender.deliver(patient=True)

    assert len(server.mails) == 1


# --- Rows G3, M6: several recipients -------------------------------------------------------------------


def test_a_refused_recipient_does_not_cost_the_others(sender: DigestSender, server: Scripted) -> None:
    sender.add(url(1))
    server.script = {"RCPT": lambda words: "550 no such user" if BOB in words else "250 fine"}

    outcome = sender.deliver(email_to=f"{BOB}, {ANN}")
    sender.deliver(email_to=f"{BOB}, {ANN}")

    assert [mail.recipients for mail in server.mails] == [[ANN]]
    assert sender.states() == ["SENT"]
    assert any(BOB in note and "no such user" in note for note in outcome.notes)
    assert sender.rows("SELECT state FROM jpt_digest_rcpts WHERE address = ?", BOB) == [("REFUSED",)]


def test_only_those_who_were_asked_to_wait_get_it_again(sender: DigestSender, server: Scripted) -> None:
    sender.add(url(1))
    server.script = {"RCPT": lambda words: "450 wait" if BOB in words else "250 fine"}
    both: dict[str, Any] = {"email_to": f"{ANN}, {BOB}"}
    sender.deliver(**both)
    assert sender.mailed() == {url(1): True}
    sender.deliver(**both)
    server.script = {}
    sender.deliver(**both)

    assert [mail.recipients for mail in server.mails] == [[ANN], [BOB]]
    assert server.mails[0].content == server.mails[1].content
    assert sender.states() == ["SENT"]


def test_who_is_only_ever_asked_to_wait_is_given_up_after_days(sender: DigestSender, server: Scripted) -> None:
    sender.add(url(1))
    server.script = {"RCPT": lambda words: "450 wait" if BOB in words else "250 fine"}
    both: dict[str, Any] = {"email_to": f"{ANN}, {BOB}"}
    sender.deliver(**both)
    sender.clock.now += 6 * 24 * HOUR

    sender.deliver(**both)

    assert sender.states() == ["SENT"]
    assert len(server.mails) == 1


def test_when_no_recipient_is_taken_nothing_counts_as_sent(sender: DigestSender, server: Scripted) -> None:
    sender.add(url(1))
    server.script = {"RCPT": "550 no"}
    assert sender.deliver().failed
    assert sender.mailed() == {url(1): False}
    server.script = {}
    sender.deliver()

    assert [told(mail) for mail in server.mails] == [[url(1)]]


# --- Rows G4, M5, M9: a message that is refused --------------------------------------------------------


def test_a_poison_row_is_put_aside_and_the_rest_is_delivered(sender: DigestSender, server: Scripted) -> None:
    for number in range(9):
        sender.add(url(number), "Poison" if number == 4 else f"Job {number}", found=1000 + number)
    server.script = {"DOT": lambda content: "554 refused" if "Poison" in content else "250 fine"}

    outcome = sender.deliver()

    assert sorted(job for mail in server.mails for job in told(mail)) == sorted(url(n) for n in range(9) if n != 4)
    assert sender.mailed() == {url(n): n != 4 for n in range(9)}
    assert [one.state for one in outcome.unsent] == ["HELD"]
    assert "put aside" in str(outcome.unsent[0].last_error)
    sender.add(url(10), found=2000)
    assert not sender.deliver().failed
    assert told(server.mails[-1]) == [url(10)]


def test_a_mail_that_is_too_big_is_split(sender: DigestSender, server: Scripted) -> None:
    for number in range(8):
        sender.add(url(number), found=1000 + number)
    server.extensions = ("SIZE 9500",)

    sender.deliver()

    assert sorted(job for mail in server.mails for job in told(mail)) == sorted(url(n) for n in range(8))
    assert len(server.mails) > 1
    assert set(sender.states()) == {"SPLIT", "SENT"}
    assert set(sender.mailed().values()) == {True}


def test_a_server_that_refuses_everything_parks_nothing(sender: DigestSender, server: Scripted) -> None:
    for number in range(20):
        sender.add(url(number), found=1000 + number)
    server.script = {"DOT": "554 5.7.1 spam"}
    sender.deliver()
    assert "HELD" not in sender.states()
    assert len([step for step in server.steps if step == "DOT"]) < 20
    server.script = {}
    sender.deliver()

    assert sorted(job for mail in server.mails for job in told(mail)) == sorted(url(n) for n in range(20))


# --- Rows G5, A15: nobody knows ------------------------------------------------------------------------


@pytest.mark.parametrize("fate", ["", "what?", "399 hm"])
def test_without_an_answer_the_same_bytes_go_out_again(sender: DigestSender, server: Scripted, fate: str) -> None:
    sender.add(url(1))
    server.script = {"DOT": fate}
    outcome = sender.deliver()
    assert outcome.failed
    assert sender.states() == ["UNKNOWN"]
    assert sender.mailed() == {url(1): False}
    server.script = {}
    taken = len(server.mails)
    sender.deliver()

    assert len(server.mails) == taken + 1
    assert len({mail.content for mail in server.mails}) == 1
    assert sender.states() == ["SENT"]


def test_a_stall_after_the_dot_is_unknown(sender: DigestSender, server: Scripted) -> None:
    sender.add(url(1))
    server.script = {"DOT": None}

    outcome = sender.deliver(smtp_final_timeout_s=0.2)

    assert [one.state for one in outcome.unsent] == ["UNKNOWN"]


def test_on_hold_the_user_decides(sender: DigestSender, server: Scripted) -> None:
    sender.add(url(1))
    server.script = {"DOT": ""}
    outcome = sender.deliver(on_unknown="hold")
    server.script = {}
    sender.deliver(on_unknown="hold")
    assert len(server.mails) == 1
    assert "jpt digest resolve" in str(outcome.unsent[0].last_error)
    with Store.open(sender.db, sender.clock) as store:
        store.outbox.resolve(outcome.unsent[0], sent=False)

    sender.deliver(on_unknown="hold")

    assert len({mail.content for mail in server.mails}) == 1
    assert sender.states() == ["SENT"]


def test_no_server_causes_copies_for_ever(sender: DigestSender, server: Scripted) -> None:
    sender.add(url(1))
    server.script = {"DOT": ""}

    for _ in range(6):
        sender.deliver()

    assert len(server.mails) == 3
    assert sender.states() == ["HELD"]


def test_stopping_waits_for_the_answer_to_what_was_handed_over(sender: DigestSender, server: Scripted) -> None:
    sender.add(url(1))
    server.script = {"DOT": None}
    with Store.open(sender.db, sender.clock) as store:
        delivery = Delivery(sender.settings(smtp_final_timeout_s=1), store, sender.said.append)
        thread = threading.Thread(target=delivery.run)
        thread.start()
        server.stalled.wait(10)
        assert delivery.cannot_stop_now
        delivery.stop()
        thread.join(20)

    assert sender.states() == ["UNKNOWN"]


def test_stopping_before_the_dot_sends_nothing(sender: DigestSender, server: Scripted) -> None:
    sender.add(url(1))
    server.script = {"RCPT": None}
    with Store.open(sender.db, sender.clock) as store:
        delivery = Delivery(sender.settings(smtp_timeout_s=60), store, sender.said.append)
        thread = threading.Thread(target=delivery.run)
        thread.start()
        server.stalled.wait(10)
        delivery.stop()
        thread.join(20)

    assert not thread.is_alive()
    assert sender.states() == ["READY"]
    assert server.mails == []


# --- Rows A8, M2: two at once ----------------------------------------------------------------------------


def test_two_senders_at_once_send_one_mail(sender: DigestSender, server: Scripted) -> None:
    sender.add(url(1))
    go_on = threading.Event()
    server.script = {"MAIL": lambda _: "250 fine" if go_on.wait(20) else "451 no"}
    thread = threading.Thread(target=sender.deliver)
    thread.start()
    until(lambda: "MAIL" in server.steps or "EHLO" in server.steps)

    with pytest.raises(Locked, match="Another jpt is sending the digests"):
        sender.deliver()
    go_on.set()
    thread.join(20)
    sender.deliver()

    assert len(server.mails) == 1


def test_a_job_cannot_be_put_into_two_digests(sender: DigestSender, server: Scripted) -> None:
    sender.add(url(1))
    sender.deliver()

    with pytest.raises(sqlite3.IntegrityError):
        sender.rows(
            "INSERT INTO jpt_digest_items VALUES ('default', 'mail', 'Acme', ?, 'x', 0, NULL, '', 0)", url(1)
        )


# --- Row E8: a database of yesterday ---------------------------------------------------------------------


def test_a_database_of_yesterday_tells_nothing_again(sender: DigestSender, server: Scripted) -> None:
    sender.add(url(1))
    sender.deliver()
    shutil.copy(sender.db, sender.folder / "yesterday")
    sender.add(url(2))
    sender.deliver()
    for name in ("jpt.sqlite3", "jpt.sqlite3-wal", "jpt.sqlite3-shm"):
        (sender.folder / name).unlink(missing_ok=True)
    shutil.copy(sender.folder / "yesterday", sender.db)
    sender.add(url(2))
    sender.add(url(3))

    sender.deliver()

    assert [told(mail) for mail in server.mails] == [[url(1)], [url(2)], [url(3)]]
    assert any("restored from an older copy" in sentence for sentence in sender.said)
    assert sender.mailed() == {url(1): True, url(2): True, url(3): True}


def test_the_record_survives_a_torn_line_and_other_databases(sender: DigestSender, server: Scripted) -> None:
    sender.add(url(1))
    sender.deliver()
    record = sender.folder / "sent.jsonl"
    with record.open("a") as file:
        file.write('{"database": "another", "digest_id": "x"}\n{"torn')
    sender.add(url(2))
    sender.deliver()

    lines = record.read_text().splitlines()
    assert json.loads(lines[-1])["jobs"] == [["Acme", url(2)]]
    assert record.stat().st_mode & 0o77 == 0
    sender.deliver()
    assert sender.said == []


# --- Rows M4, M12: the list of mailed jobs ----------------------------------------------------------------


def test_the_list_of_mailed_jobs_says_what_was_really_sent(sender: DigestSender, server: Scripted) -> None:
    path = sender.folder / "emailed_jobs.csv"
    path.write_text(
        "emailed_date,emailed_time,site,url,job_title,min_years\n"
        f"2020-01-01,00:00:00,Acme,{url(1)},never sent,1\n2020-01-01,00:00:00,Old,https://old.example/1,kept,1\n"
    )
    sender.add(url(1), "=HYPERLINK(1)", site="@Acme")
    server.script = {"DOT": "451 later"}
    sender.deliver()
    sender.deliver()
    server.script = {}
    sender.deliver()

    with path.open() as file:
        rows = list(csv.DictReader(file))
    assert [(row["site"], row["url"], row["job_title"], row["min_years"]) for row in rows] == [
        ("Old", "https://old.example/1", "kept", "1"),
        ("'@Acme", url(1), "'=HYPERLINK(1)", "2"),
    ]
    assert re.fullmatch(r"\d{4}-\d\d-\d\d", rows[1]["emailed_date"])
    assert re.fullmatch(r"\d\d:\d\d:\d\d", rows[1]["emailed_time"])


def test_columns_that_the_user_added_to_the_list_of_mailed_jobs_stay(
    sender: DigestSender, server: Scripted
) -> None:
    path = sender.folder / "emailed_jobs.csv"
    sender.add(url(1), "Cook")
    sender.deliver()
    lines = path.read_text().splitlines()
    path.write_text(
        f'{lines[0]},my notes\n{lines[1]},"called, twice"\n2020-01-01,00:00:00,Old,https://o.example/1,x,1,kept\n'
    )
    sender.add(url(2), "Baker")
    sender.deliver()

    with path.open() as file:
        noted = {row["job_title"]: row["my notes"] for row in csv.DictReader(file)}
    assert noted == {"Cook": "called, twice", "x": "kept", "Baker": ""}


# --- Row M14: health ---------------------------------------------------------------------------------------


def failing(sender: DigestSender, site: str, since: int, status: str = "blocked") -> None:
    sender.rows(
        "INSERT INTO jpt_pages (site, page_key, url, status, reason, read_ts_ms, failures, failing_since_ts_ms)"
        " VALUES (?, ?, ?, ?, 'HTTP 403', ?, 4, ?)",
        site, site, f"https://{site.lower()}.example", status, since, since,
    )  # fmt: skip


def healthy(sender: DigestSender, site: str, jobs: int, advertised: int) -> None:
    sender.rows(
        "INSERT INTO jpt_pages (site, page_key, url, status, read_ts_ms, good_ts_ms, jobs, advertised_total)"
        " VALUES (?, ?, ?, 'ok', 1, 1, ?, ?)",
        site, site, f"https://{site.lower()}.example", jobs, advertised,
    )  # fmt: skip


def test_a_digest_says_what_does_not_work(sender: DigestSender, server: Scripted) -> None:
    sender.add(url(1))
    failing(sender, "Globex", sender.clock.now - 50 * HOUR)
    healthy(sender, "Initech", 20, 143)
    sender.rows("INSERT INTO job_tasks (site, url, status, last_error, created_ts_ms, updated_ts_ms)"
              " VALUES ('Hooli', 'https://hooli.example/1', 'FAILED', 'did not settle', 1, 5)")  # fmt: skip

    sender.deliver()

    plain = parsed(server.mails[0]).get_body(("plain",))
    assert plain is not None
    text = plain.get_content()
    assert re.search(r"Globex cannot be read since \d+ \w+ 2026 \(4 tries\): HTTP 403", text)
    assert "Initech is incomplete: 20 of 143 jobs were found" in text
    assert "Hooli did not settle" in text
    assert "1 of 2 careers pages cannot be read, 1 list incomplete" in text


def test_much_that_is_broken_is_mailed_alone_but_not_every_day(sender: DigestSender, server: Scripted) -> None:
    with Store.open(sender.db, sender.clock):
        pass
    failing(sender, "Globex", sender.clock.now)
    failing(sender, "Initech", sender.clock.now)

    for _ in range(5):
        sender.deliver()
        sender.clock.now += 24 * HOUR

    assert [parsed(mail)["Subject"] for mail in server.mails] == [
        "2 of 2 careers pages cannot be read · Globex, Initech"
    ] * 2


def test_little_that_is_broken_is_mailed_after_days_without_news(sender: DigestSender, server: Scripted) -> None:
    with Store.open(sender.db, sender.clock):
        pass
    failing(sender, "Globex", sender.clock.now)
    for name in ("One", "Two"):
        healthy(sender, name, 1, 1)
    sender.deliver()
    assert server.mails == []

    sender.clock.now += 73 * HOUR
    sender.deliver()

    assert len(server.mails) == 1


# --- When ------------------------------------------------------------------------------------------------


def test_times_of_the_day_collect_what_is_found_between(sender: DigestSender, server: Scripted) -> None:
    sender.clock.now = 1_790_000_000_000 // (24 * HOUR) * 24 * HOUR + 9 * HOUR
    sender.add(url(1))
    times: dict[str, Any] = {"digest_at": "08:00,18:00"}

    early = sender.deliver(scheduled=True, **times)
    assert server.mails == []
    assert "18:00" in early.held_back
    sender.clock.now += 9 * HOUR
    sender.deliver(scheduled=True, quiet_hours="17:00-19:00", **times)
    assert server.mails == []
    sender.clock.now += HOUR
    sender.deliver(scheduled=True, quiet_hours="17:00-19:00", **times)

    assert len(server.mails) == 1


def test_what_was_found_before_the_clock_was_set_back_is_told_now(sender: DigestSender, server: Scripted) -> None:
    true = sender.clock.now
    sender.clock.now += 3 * 365 * 24 * HOUR
    sender.add(url(1))
    sender.clock.now = true

    sender.deliver(scheduled=True, digest_at="08:00")

    assert [told(mail) for mail in server.mails] == [[url(1)]]


def test_a_pause_noted_before_the_clock_was_set_back_is_over(sender: DigestSender, server: Scripted) -> None:
    true = sender.clock.now
    sender.clock.now += 3 * 365 * 24 * HOUR
    sender.add(url(1))
    server.script = {"MAIL": "451 later"}
    sender.deliver()
    server.script = {}
    sender.clock.now = true

    sender.deliver(patient=True)

    assert [told(mail) for mail in server.mails] == [[url(1)]]


def test_an_explicit_digest_heeds_no_clock(sender: DigestSender, server: Scripted) -> None:
    sender.add(url(1))

    sender.deliver(digest_at="08:00", quiet_hours="00:00-23:59")

    assert len(server.mails) == 1


# --- What has changed --------------------------------------------------------------------------------------


def happened(sender: DigestSender, kind: str, number: int, detail: dict[str, Any] | None = None) -> None:
    sender.rows("INSERT INTO jpt_job_events (site, link_key, url, kind, first_ts_ms, ts_ms, detail_json)"
              " VALUES ('Acme', ?, ?, ?, ?, ?, ?)", canonical(url(number)), url(number), kind, sender.clock.now,
              sender.clock.now, json.dumps(detail or {}))  # fmt: skip


def test_a_digest_says_what_became_of_the_jobs_of_earlier_ones_once(
    sender: DigestSender, server: Scripted
) -> None:
    for number in range(4):
        sender.add(url(number), f"Baker {number}")
    sender.deliver()
    sender.clock.now += HOUR
    happened(sender, "edited", 0, {"years": [2, 8], "pay": [None, "50,000 EUR a year"]})
    happened(sender, "closed", 1)
    happened(sender, "reopened", 2)
    happened(sender, "moved", 3, {"from": "https://acme.example/old"})
    sender.add(url(9), "Cook")
    happened(sender, "edited", 9, {"title": ["Chef", "Cook"]})

    sender.deliver()
    sender.clock.now += HOUR
    sender.add(url(10), "Waiter")
    sender.deliver()

    assert len(server.mails) == 3
    said = plain(server.mails[1])
    assert "What has changed" in said
    assert "* Baker 0 (Acme) asks 8 years now, was 2; pay added: 50,000 EUR a year" in said
    assert "* Baker 1 (Acme) is closed" in said and "* Baker 2 (Acme) is open again" in said
    assert "Baker 3" not in said and "Chef" not in said
    assert "What has changed" not in plain(server.mails[2])


def test_that_a_followed_job_closes_is_worth_a_digest_and_others_are_not(
    sender: DigestSender, server: Scripted
) -> None:
    for number in range(2):
        sender.add(url(number), f"Baker {number}")
    sender.deliver()
    sender.clock.now += 24 * HOUR
    happened(sender, "closed", 1)
    sender.deliver()
    assert len(server.mails) == 1
    with Store.open(sender.db, sender.clock) as store:
        store.marks.put(url(0), Mark("applied"))
    happened(sender, "closed", 0)

    sender.deliver(scheduled=True, digest_at="08:00")
    sender.deliver(scheduled=True, digest_at="08:00")

    assert len(server.mails) == 2
    assert "* Baker 0 (Acme), which you follow, is closed" in plain(server.mails[1])
    assert message_from_bytes(server.mails[1].content, policy=default)["Subject"].startswith("2 changes in jobs")


def test_what_is_due_is_said_in_the_digest_and_is_worth_one_on_its_day(
    sender: DigestSender, server: Scripted
) -> None:
    for number in range(3):
        sender.add(url(number), f"Baker {number}")
    sender.deliver()
    today = datetime.fromtimestamp(sender.clock.now / 1000, UTC).date()
    with Store.open(sender.db, sender.clock) as store:
        store.marks.put(url(0), Mark("applied", "call Ms Kay", (today + timedelta(days=2)).isoformat()))
        store.marks.put(url(1), Mark("hidden", "", today.isoformat()))
    mails = []
    for _ in range(4):
        sender.clock.now += 24 * HOUR
        sender.deliver()
        mails.append(len(server.mails))
    happened(sender, "closed", 0)
    sender.add(url(10), "Waiter")
    sender.deliver()

    assert mails == [1, 2, 2, 2]
    assert "* Baker 0 (Acme) is due today: applied, “call Ms Kay”" in plain(server.mails[1])
    assert message_from_bytes(server.mails[1].content, policy=default)["Subject"] == "1 follow-up due · Acme"
    assert "* Baker 0 (Acme) was due 2 days ago: applied, “call Ms Kay”" in plain(server.mails[2])
    assert "Baker 1" not in plain(server.mails[2])


def test_the_first_read_of_a_site_is_one_folded_section(sender: DigestSender, server: Scripted) -> None:
    for number in range(12):
        sender.add(url(number), f"Baker {number}", first_read=True)
    sender.rows("INSERT INTO jpt_pages (site, page_key, url, status, read_ts_ms, jobs)"
              " VALUES ('Acme', 'k', 'https://acme.example/', 'ok', 1, 46)")  # fmt: skip

    sender.deliver()

    subject = message_from_bytes(server.mails[0].content, policy=default)["Subject"]
    assert subject == "Acme: 46 open jobs, 12 fit"
    assert "Read for the first time. Acme: 46 open jobs, 12 fit." in plain(server.mails[0])
    assert sorted(told(server.mails[0])) == sorted(url(number) for number in range(12))
    assert "found today" not in plain(server.mails[0]), "a line a job, and no news of each"


def test_a_token_in_a_watched_address_is_in_no_mail(sender: DigestSender, server: Scripted) -> None:
    sender.add(url(1))
    page = "https://ann:geheim@acme.example/jobs?token=s3cr3t-s3cr3t"
    sender.rows("INSERT INTO jpt_pages (site, page_key, url, status, reason, read_ts_ms, failing_since_ts_ms, failures)"
              " VALUES ('Acme', 'k', ?, 'error', ?, 1, 1, 3)", page, f"{page} answered HTTP 500")  # fmt: skip

    sender.deliver()

    assert "answered HTTP 500" in plain(server.mails[0])
    content = server.mails[0].content.decode().replace("=\r\n", "")
    assert "s3cr3t" not in content and "geheim" not in content


def plain(mail: Mail) -> str:
    body = message_from_bytes(mail.content, policy=default).get_body(("plain",))
    assert body is not None
    return str(body.get_content()).replace("\r\n", "\n")


# --- Why ---------------------------------------------------------------------------------------------------


def test_why_names_the_rule_and_the_digest(sender: DigestSender, server: Scripted) -> None:
    rules = sender.folder / "filters.toml"
    sender.add(url(1))
    sender.add(url(2), "Senior Cook")
    rules.write_text('[title]\nexclude = ["senior"]\n')
    with Store.open(sender.db, sender.clock) as store:
        settings = sender.settings()
        before = explanations(store, settings, "Acme", url(1))
        Delivery(settings, store, sender.said.append).run()
        after = explanations(store, settings, "Acme", url(1))
        kept_out = explanations(store, settings, "Acme", url(2))

    digest_id = sender.rows("SELECT digest_id FROM jpt_digests")[0][0]
    assert before == [Explanation("due", "It fits; the next digest reports it.")]
    assert after == [Explanation("in_digest", f"It was sent in digest {digest_id[:8]}.")]
    assert [one.kind for one in kept_out] == ["kept_out"]
    assert kept_out[0].sentence == (
        f"Kept out of digests: its title has “senior”: title.exclude ({rules}, line 2)."
    )


@pytest.mark.parametrize(("reads", "is_told"), [(2, False), (3, True)])
def test_a_list_that_is_read_in_part_three_times_running_is_in_the_digest(
    sender: DigestSender, server: Scripted, reads: int, is_told: bool
) -> None:
    sender.add(url(1))
    healthy(sender, "Initech", 40, 40)
    partial = '{"found": 30, "of": 40, "cut": {"reason": "page", "limit": null, "page": 4, "status": 500}}'
    sender.rows("UPDATE jpt_pages SET partial_json = ?, partials = ?", partial, reads)

    sender.deliver()

    plain = parsed(server.mails[0]).get_body(("plain",))
    assert plain is not None
    assert ("30 of 40: page 4 gave HTTP 500" in " ".join(plain.get_content().split())) is is_told
