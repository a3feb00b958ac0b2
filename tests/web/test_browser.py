"""The screens in a real browser: keys, search as one types, no script, narrow and wide."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import pytest
from playwright.sync_api import Error, Page, Route, expect, sync_playwright

from jpt.browser.chromium.find import Chromium
from jpt.settings import Settings
from jpt.store import Store
from tests.catalogue.stock import Post, stock
from tests.web.conftest import Pages, served
from tests.web.screens.test_screens import SCREENS, ids


@contextmanager
def opened(chromium: Chromium, pages: Pages, **options: object) -> Iterator[tuple[Page, list[str]]]:
    said: list[str] = []
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=str(chromium.path), args=["--no-sandbox"])
        page = browser.new_context(**options).new_page()  # type: ignore[arg-type]
        page.set_default_timeout(30_000)
        page.on("console", lambda message: said.append(message.text))
        page.on("pageerror", lambda fault: said.append(str(fault)))
        page.goto(pages.address)
        yield page, said
        browser.close()


def test_jobs_are_triaged_with_keys_alone(chromium: Chromium, pages: Pages) -> None:
    with Store.open(pages.folder / "jpt.sqlite3") as store:
        store.catalogue.index()
    with opened(chromium, pages) as (page, said):
        titles = page.locator(".job a.title").all_text_contents()
        page.keyboard.press("j")
        page.keyboard.press("h")
        page.get_by_text(f"Hid {titles[0]}.").wait_for()
        page.keyboard.press("a")
        page.get_by_text(f"Applied for {titles[1]}.").wait_for()
        assert page.locator(".job a.title").all_text_contents() == titles[2:]
        page.keyboard.press("u")
        expect(page.locator(".job")).to_have_count(len(titles) - 1)
        assert titles[1] in page.locator(".job a.title").all_text_contents()

        page.keyboard.press("/")
        page.keyboard.type("kaf")
        expect(page.locator(".job")).to_have_count(1)
        expect(page).to_have_url(re.compile("q=kaf"))
        assert page.evaluate("document.activeElement.id") == "q"
        page.keyboard.press("Escape")
        page.keyboard.press("?")
        page.get_by_role("heading", name="Keys").wait_for()
        page.keyboard.press("Escape")
        page.keyboard.press("j")
        page.keyboard.press("Enter")
        page.get_by_role("heading", name="Text").wait_for()
        assert page.locator("mark.counts").text_content() == "at least 2 years of experience"
        page.go_back()
        page.locator(".job").first.wait_for()

    assert not said


def test_what_is_typed_while_an_answer_is_late_is_neither_lost_nor_taken_for_commands(
    chromium: Chromium, pages: Pages
) -> None:
    with Store.open(pages.folder / "jpt.sqlite3") as store:
        store.catalogue.index()
    with opened(chromium, pages) as (page, said):
        late: list[Route] = []

        def holding(route: Route) -> None:
            if "q=kaf" in route.request.url:
                route.continue_()
            else:
                late.append(route)

        for first, path in (("a", "**/marks"), ("u", "**/?*")):
            page.goto(pages.base)
            page.locator(".job").first.wait_for()
            everything = page.locator(".job").count()
            page.route(path, holding)
            with page.expect_request(path):
                page.keyboard.press("j")
                page.keyboard.press(first)
            page.keyboard.press("/")
            page.keyboard.type("kaf")
            expect(page.locator(".job")).to_have_count(1)
            for route in late:
                with suppress(Error):  # a question that has become void is taken back
                    route.continue_()
            late.clear()
            page.unroute(path)
            page.get_by_role("status").filter(has_text=re.compile("Applied for|Undone")).wait_for()

            expect(page.locator(".job")).to_have_count(1)
            expect(page.locator("#q")).to_have_value("kaf")
            assert page.evaluate("document.activeElement.id") == "q"
        page.goto(pages.base)
        expect(page.locator(".job")).to_have_count(everything + 1)

    assert not said


def test_keys_typed_ahead_act_one_after_the_other(chromium: Chromium, pages: Pages) -> None:
    with opened(chromium, pages) as (page, said):
        titles = page.locator(".job a.title").all_text_contents()
        page.keyboard.type("jhaju")
        expect(page.get_by_role("status")).to_contain_text(f"Undone: {titles[1]}.")
        expect(page.locator(".job")).to_have_count(len(titles) - 1)
        assert titles[0] not in page.locator(".job a.title").all_text_contents()

    assert not said


@pytest.mark.slow
def test_thirty_new_jobs_are_decided_with_at_most_45_keys(
    chromium: Chromium, tmp_path: Path, settings: Callable[..., Settings]
) -> None:
    made = settings(filters=tmp_path / "filters.toml")
    stock(made.db, *(Post(f"Baker {number:02}", 1, "Berlin", number=number) for number in range(1, 31)))
    keys = "j" + "hia" * 10
    with served(made, tmp_path) as pages, opened(chromium, pages) as (page, said):
        page.keyboard.type(keys)
        expect(page.locator(".job")).to_have_count(10)
        stages = [one["stage"] or "" for one in pages.get("/api/jobs.json?list=all&limit=100").json["jobs"]]

    assert not said
    assert sorted(stages) == sorted(["hidden", "interested", "applied"] * 10)
    assert len(keys) <= 45


def test_without_script_every_form_works(chromium: Chromium, pages: Pages) -> None:
    with opened(chromium, pages, java_script_enabled=False) as (page, _):
        page.get_by_role("button", name="Applied for Nurse").click()
        page.get_by_text("Applied for Nurse.").wait_for()
        page.get_by_role("link", name="Follow-ups").click()
        expect(page.get_by_role("link", name="Nurse").first).to_be_visible()
        page.go_back()
        page.get_by_role("button", name="Undo the last mark").click()
        page.get_by_text("Undone: Nurse.").wait_for()
    assert "Nurse" in ids(pages)


@pytest.mark.parametrize(("width", "scheme"), [(360, "dark"), (1280, "light")])
def test_every_screen_fits_its_window_and_complains_of_nothing(
    chromium: Chromium, pages: Pages, width: int, scheme: str
) -> None:
    job = ids(pages)["Baker"]
    with opened(chromium, pages, viewport={"width": width, "height": 800}, color_scheme=scheme) as (page, said):
        for path in (*SCREENS, f"/jobs/{job[1:]}"):
            page.goto(pages.base + path)
            wider = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
            assert wider <= 0, path
            assert page.get_by_role("heading", level=1).count() == 1, path

    assert not said
