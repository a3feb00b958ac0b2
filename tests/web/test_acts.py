"""Links in mails that act: signed, used once, harmless when a scanner fetches them."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from contextlib import closing
from datetime import UTC, datetime, timedelta
from email import message_from_bytes, policy
from email.message import EmailMessage
from functools import partial
from pathlib import Path

import pytest

from jpt.digest.extras import DigestExtras
from jpt.digest.signed_actions import ACTIONS, GOOD_FOR_S, WORDS, Signer
from jpt.digest.transports import transports
from jpt.models.digests import DigestEntry, HealthReport, News
from jpt.models.jobs import Experience
from jpt.settings import Settings
from jpt.store import Store
from jpt.store.used_links import KEPT_S
from tests.catalogue.stock import Post, stock
from tests.web.conftest import POSTS, Pages

NOW = datetime.now(UTC)


def news(number: int = 0) -> News:
    post = POSTS[number]
    return News(
        post.site, post.url, post.title, Experience(2, stated=True, evidence="2 years", confidence="high"), 0
    )


def link(pages: Pages, word: str, made: datetime = NOW) -> str:
    """The path of the link of a mail."""
    links = dict(Signer.of("", pages.token).links(news(), made))
    return links[word]


def stage(pages: Pages) -> str | None:
    with Store.open(next(pages.folder.rglob("*.sqlite3"))) as store:
        return store.marks.of(POSTS[0].url).stage


def test_opening_a_link_shows_one_button_and_changes_nothing(pages: Pages) -> None:
    path = link(pages, "hide")

    shown = [pages.ask("GET", path, None, {}) for _ in range(2)]
    head = pages.ask("HEAD", path, None, {})

    assert [one.code for one in (*shown, head)] == [200] * 3
    assert shown[1].text.count("<button") == 1
    assert "Hide this job" in shown[1].text
    assert "Data Engineer" in shown[1].text
    assert "token" not in shown[1].text
    assert stage(pages) is None


def test_its_button_acts_once_and_only_from_its_own_page(pages: Pages) -> None:
    path, own = link(pages, "applied"), {"Origin": pages.base}

    strange = pages.ask("POST", path, b"", {"Origin": "https://evil.example"})
    silent = pages.ask("POST", path, b"", {})
    before = stage(pages)
    done = pages.ask("POST", path, b"", own)
    again = pages.ask("POST", path, b"", own)

    assert (strange.code, silent.code, before) == (403, 403, None)
    assert (done.code, stage(pages)) == (200, "applied")
    assert (again.code, "used already" in again.text) == (409, True)
    assert "used already" in pages.ask("GET", path, None, {}).text


@pytest.mark.parametrize(("typed", "shown"), [("5", 5), ("", None)])
def test_wrong_years_are_corrected(pages: Pages, typed: str, shown: int | None) -> None:
    path = link(pages, "wrong years")

    assert 'name="years"' in pages.ask("GET", path, None, {}).text
    form = {"Origin": pages.base, "Content-Type": "application/x-www-form-urlencoded"}
    refused = pages.ask("POST", path, b"years=three", form)
    pages.ask("POST", path, f"years={typed}".encode(), form)

    assert (refused.code, "is not a number" in refused.text) == (400, True)
    job = next(one for one in pages.get("/api/jobs.json?list=all").json["jobs"] if one["url"] == POSTS[0].url)
    assert job["min_years"] == shown


def test_what_is_forged_old_or_of_another_jpt_is_not_found(pages: Pages) -> None:
    path = link(pages, "hide")
    alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"
    flipped = [path[:-1] + letter for letter in alphabet if letter != path[-1]]
    half = (
        path[: path.rindex("/") + 1]
        + ("B" if path[path.rindex("/") + 1] != "B" else "C")
        + path[path.rindex("/") + 2 :]
    )
    others = (
        *flipped[:4], *(one for one in flipped if alphabet.index(one[-1]) // 4 == alphabet.index(path[-1]) // 4), half, path + "A", "/act/", "/act/" + "A" * 31, "/act/%00", "/act/é", link(pages, "hide", NOW - timedelta(days=70)),
        dict(Signer.of("", "another token").links(news(), NOW))["hide"],
    )  # fmt: skip

    codes = [pages.ask(method, one.replace("é", "%C3%A9"), b"" if method == "POST" else None, {"Origin": pages.base})
             .code for one in others for method in ("GET", "POST")]  # fmt: skip

    assert set(codes) <= {404, 405}
    assert stage(pages) is None
    assert pages.ask("GET", "/act/../sites", None, {}).code in {401, 404}


def test_mails_have_them_only_where_jpt_web_is_set_up(settings: Callable[..., Settings]) -> None:
    mail = {"smtp_host": "smtp.example.org", "email_to": "me@example.org", "email_from": "jpt@example.org"}

    def page(**more: str) -> str:
        made = settings(**mail, **more)
        stock(made.db, POSTS[0])
        frozen = (
            transports(made).transports[0].freeze([DigestEntry(news())], HealthReport(0, ()), DigestExtras(), NOW)
        )
        body = message_from_bytes(frozen.content, _class=EmailMessage, policy=policy.default).get_body(("html",))
        assert body is not None
        return str(body.get_content())

    with_links, without = page(web_url="http://127.0.0.1:8778/"), page()

    assert all(f">{WORDS[action]}</a>" in with_links for action in ACTIONS)
    assert with_links.count("http://127.0.0.1:8778/act/") == 3
    assert "/act/" not in without


def test_a_link_acts_on_all_adverts_of_an_opening_and_names_their_places(pages: Pages) -> None:
    (database,) = pages.folder.rglob("*.sqlite3")
    ulm = Post("Data Engineer", 2, "Ulm", number=9)
    stock(database, POSTS[0], POSTS[1], ulm)
    own = {"Origin": pages.base}

    shown = pages.ask("GET", link(pages, "hide"), None, {})
    pages.ask("POST", link(pages, "hide"), b"", own)

    assert "Berlin" in shown.text
    assert "Ulm" in shown.text
    with Store.open(database) as store:
        hidden = [store.marks.of(post.url).stage for post in (POSTS[0], ulm, POSTS[1])]
        store.marks.undo(POSTS[0].url, also=[ulm.url])
        undone = [store.marks.of(post.url).stage for post in (POSTS[0], ulm)]
    assert hidden == ["hidden", "hidden", None]
    assert undone == [None, None]


def test_a_used_link_is_forgotten_when_it_is_too_old(tmp_path: Path) -> None:
    now_s = 2_000_000_000
    with Store.open(tmp_path / "jpt.sqlite3", clock=lambda: now_s * 1000) as store:
        assert [store.used_links.use("a"), store.used_links.use("b")] == [True, True]
    for later_s, kept in ((KEPT_S, True), (KEPT_S + 1, False)):
        with Store.open(tmp_path / "jpt.sqlite3", clock=partial(int, (now_s + later_s) * 1000)) as store:
            store.maintenance.thin(30)  # as each day's first run does

            assert ("a" in store.used_links) is kept
    assert KEPT_S > GOOD_FOR_S + 86_400


def test_links_that_an_earlier_jpt_noted_as_used_stay_so(tmp_path: Path) -> None:
    path = tmp_path / "jpt.sqlite3"
    with Store.open(path) as store:
        store.notes.put("act:oldest", "used")
        store.notes.put("act:old", str(int(NOW.timestamp())))
        store.notes.put("database", "x")
    with closing(sqlite3.connect(path)) as raw, raw:
        raw.execute("DELETE FROM _sqlite_migrations WHERE name = 'm703_used_links'")
        raw.execute("DROP TABLE jpt_used_links")

    with Store.open(path) as store:
        assert [store.used_links.use(code) for code in ("oldest", "old", "new")] == [False, False, True]
        assert (store.notes.get("act:old"), store.notes.get("database")) == (None, "x")
