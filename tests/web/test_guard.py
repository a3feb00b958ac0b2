"""Who may ask, and what a page can do: each attack is one that works without the guard."""

from __future__ import annotations

import html5lib
import pytest

from tests.web.conftest import Pages


def test_only_the_holder_of_the_token_gets_in(pages: Pages) -> None:
    assert pages.get("/", Accept="*/*").code == 401
    assert pages.get("/api/jobs.json", Authorization="Bearer wrong").code == 401
    assert pages.get("/static/app.js", Accept="*/*").code == 401

    entry = pages.get(f"/?token={pages.token}&q=baker", Accept="*/*")
    cookie = entry.headers["set-cookie"]

    assert entry.code == 303
    assert entry.headers["location"] == "/?q=baker"
    assert pages.token not in cookie
    assert {"httponly", "samesite=strict"} <= set(cookie.lower().split("; "))
    assert f"jpt-{pages.port}=" in cookie
    assert pages.get("/", Cookie=cookie.partition(";")[0]).code == 200


@pytest.mark.parametrize("host", ["evil.example:{port}", "127.0.0.1", "127.0.0.1:1", "[::1]:{port}", ""])
def test_a_name_that_leads_here_is_no_way_in(pages: Pages, host: str) -> None:
    refused = pages.get("/", Host=host.format(port=pages.port), Authorization=f"Bearer {pages.token}")

    assert refused.code in {400, 421}
    assert "Baker" not in refused.text


@pytest.mark.parametrize(
    "sent",
    [
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site"},
        {"Sec-Fetch-Site": "none"},
        {"Origin": "http://evil.example"},
        {"Origin": "null"},
        {"Origin": "http://127.0.0.1:1"},
        {},
    ],
    ids=str,
)
def test_a_page_of_somebody_else_changes_nothing(pages: Pages, sent: dict[str, str]) -> None:
    cookie = pages.get(f"/?token={pages.token}", Accept="*/*").headers["set-cookie"].partition(";")[0]
    form = {"job": pages.get("/api/jobs.json").json["jobs"][0]["id"], "stage": "hidden"}

    assert pages.post("/marks", form, Cookie=cookie, **sent).code == 403
    assert pages.get("/api/jobs.json").json["total"] == 4
    assert pages.post("/marks", form, Cookie=cookie, **{"Sec-Fetch-Site": "same-origin"}).code == 303
    assert pages.get("/api/jobs.json").json["total"] == 3


@pytest.mark.parametrize("path", ["/marks", "/marks/undo", "/sites/do", "/sites/add", "/views", "/runs/retry"])
def test_nothing_is_changed_by_opening_an_address(pages: Pages, path: str) -> None:
    assert pages.get(path).code == 405


def test_tokens_cannot_be_guessed_for_long(pages: Pages) -> None:
    cookie = pages.get(f"/?token={pages.token}", Accept="*/*").headers["set-cookie"].partition(";")[0]
    for number in range(10):
        assert pages.get(f"/?token=guess{number}", Accept="*/*").code == 401

    assert pages.get(f"/?token={pages.token}", Accept="*/*").code == 401
    assert pages.get("/", Cookie=cookie).code == 200


@pytest.mark.parametrize("path", ["/", "/?list=all", "/sites", "/rules", "/follow-ups", "/trends", "/nowhere"])
def test_titles_of_pages_are_text_and_nothing_runs(pages: Pages, path: str) -> None:
    shown = pages.get(path)
    policy = shown.headers["content-security-policy"]

    found = list(html5lib.parse(shown.text, namespaceHTMLElements=False).iter())
    assert not {"img", "style", "iframe"} & {str(one.tag) for one in found}
    assert all((one.get("src") or "").startswith("/static/") for one in found if one.tag == "script")
    assert not [name for one in found for name in one.attrib if str(name).startswith("on") or name == "style"]
    assert not [one for one in found if (one.get("href") or "").startswith(("javascript:", "data:"))]
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    assert shown.headers["x-content-type-options"] == "nosniff"
    assert shown.headers["cache-control"] == "no-store"


@pytest.mark.parametrize(
    "back", ["//evil.example", "https://evil.example/", "/\\evil.example", "javascript:alert(1)"]
)
def test_a_form_leads_back_to_our_own_pages_only(pages: Pages, back: str) -> None:
    answer = pages.post("/marks", {"stage": "hidden", "next": back})

    assert answer.code == 303
    assert answer.headers["location"].startswith("/?said=")


def test_the_token_file_is_its_owners_alone(pages: Pages) -> None:
    path = pages.folder / "web-token"

    assert path.stat().st_mode & 0o777 == 0o600
    assert pages.token not in pages.get("/").text
