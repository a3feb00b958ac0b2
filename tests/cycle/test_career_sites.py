"""The career sites that other tests run on do what they say: sites, faults, counting."""

import csv
import http.client
import json
import re
import socket
import threading
import urllib.error
import urllib.request
from dataclasses import replace
from pathlib import Path

import pytest

from tests.career_sites import COMPANIES, MODES, CareerSites, JobAd, Layout, Mode, Site, advert, adverts
from tests.table import each_row

TERN = "Tern Analytics"
ADS = adverts(3)


def fetched(url: str) -> tuple[int, str]:
    """Give status and text of what is at *url*, redirects followed."""
    try:
        with urllib.request.urlopen(url, timeout=10) as answer:
            return answer.status, answer.read().decode("utf-8", "replace")
    except urllib.error.HTTPError as error:
        with error:
            return error.code, error.read().decode("utf-8", "replace")


def hrefs(html: str) -> list[str]:
    """Give the targets of a page's openings, in order."""
    return re.findall(r'<li class="opening"><h3><a href="([^"]+)"', html)


def unanswered(career_sites: CareerSites, url: str) -> bool:
    """Ask for *url*; tell whether the request came in and nothing came back."""
    before = len(career_sites.hits)
    with socket.create_connection(("127.0.0.1", int(url.split(":")[2].partition("/")[0]))) as client:
        client.sendall(f"GET /{url.split('/', 3)[3]} HTTP/1.1\r\nHost: careers\r\n\r\n".encode())
        client.settimeout(0.3)
        with pytest.raises(TimeoutError):
            client.recv(1)
    return len(career_sites.hits) == before + 1


def test_a_static_list_links_every_post_and_every_post_opens() -> None:
    with CareerSites([Site(TERN, "static", ADS)]) as career_sites:
        _, html = fetched(career_sites.careers(TERN))
        posts = [fetched(career_sites.url(href)) for href in hrefs(html)]

    assert [status for status, _ in posts] == [200, 200, 200]
    assert all(f"<h1>{ad.title}</h1>" in post for ad, (_, post) in zip(ADS, posts, strict=True))


def test_a_scripted_list_has_its_openings_in_its_api_only() -> None:
    with CareerSites([Site(TERN, "scripted", ADS)]) as career_sites:
        _, html = fetched(career_sites.careers(TERN))
        _, answer = fetched(career_sites.url("/tern-analytics/api/jobs"))

    assert ADS[0].title not in html
    assert [row["title"] for row in json.loads(answer)["openings"]] == [ad.title for ad in ADS]


def test_a_tracking_list_shows_the_same_posts_under_other_addresses_at_each_read() -> None:
    with CareerSites([Site(TERN, "tracking", adverts(12))]) as career_sites:
        first, second = (hrefs(fetched(career_sites.careers(TERN))[1]) for _ in range(2))

    assert set(first).isdisjoint(second)
    assert [href.partition("?")[0] for href in first] != [href.partition("?")[0] for href in second]
    assert {href.partition("?")[0] for href in first} == {href.partition("?")[0] for href in second}


@pytest.mark.parametrize("layout", ["static", "base", "busy-loop", "dialogs", "polling"])
def test_a_layout_with_server_html_has_all_openings_in_it(layout: Layout) -> None:
    with CareerSites([Site(TERN, layout, ADS)]) as career_sites:
        _, html = fetched(career_sites.careers(TERN))

    assert len(hrefs(html)) == len(ADS)


@each_row(
    ("mode", "status", "words"),
    [
        ("failing", 500, "Internal Server Error"),
        ("blocked", 403, "Are you a human?"),
        ("interstitial", 200, "Just a moment"),
        ("not-found", 404, "could not find"),
        ("none", 200, "no open positions"),
        ("empty", 200, "<body></body>"),
        ("shrunk", 200, "1 open position<"),
    ],
)
def test_a_broken_site_answers_as_its_mode_says_and_can_be_mended(mode: Mode, status: int, words: str) -> None:
    with CareerSites([Site(TERN, mode, ADS)]) as career_sites:
        broken = fetched(career_sites.careers(TERN))
        career_sites.set_mode(TERN, "ok")
        mended = fetched(career_sites.careers(TERN))

    assert broken[0] == status
    assert words in broken[1]
    assert mended[0] == 200
    assert len(hrefs(mended[1])) == len(ADS)


def test_a_hanging_site_takes_the_request_and_says_nothing() -> None:
    with CareerSites([Site(TERN, "hang", ADS)]) as career_sites:
        assert unanswered(career_sites, career_sites.careers(TERN))


def test_a_site_that_is_down_closes_the_connection() -> None:
    with CareerSites([Site(TERN, "down", ADS)]) as career_sites, pytest.raises(http.client.RemoteDisconnected):
        fetched(career_sites.careers(TERN))


def test_a_dripping_body_comes_in_pieces_and_does_not_end() -> None:
    with (
        CareerSites([Site(TERN, "drip", ADS)]) as career_sites,
        urllib.request.urlopen(career_sites.careers(TERN)) as answer,
    ):
        pieces = [answer.read1(), answer.read1(), answer.read1()]

    assert all(pieces)
    assert answer.length is None


def test_a_redirect_loop_never_arrives() -> None:
    with CareerSites([Site(TERN, "redirect-loop", ADS)]) as career_sites:
        status, _ = fetched(career_sites.careers(TERN))
        asked = career_sites.count("/tern-analytics/careers")

    assert status == 302
    assert asked > 3


def test_an_api_fails_alone() -> None:
    with CareerSites([Site(TERN, "scripted", ADS)]) as career_sites:
        career_sites.set_mode(TERN, "api-failing")

        assert fetched(career_sites.careers(TERN))[0] == 200
        assert fetched(career_sites.url("/tern-analytics/api/jobs"))[0] == 500


def test_a_list_follows_what_is_added_and_removed() -> None:
    cook = advert("Cook", years=2)
    with CareerSites([Site(TERN, "static", ADS)]) as career_sites:
        career_sites.add_job(TERN, cook)
        career_sites.remove_job(TERN, ADS[0])
        _, html = fetched(career_sites.careers(TERN))
        gone, _ = fetched(career_sites.job_url(TERN, ADS[0]))

    assert [href.rpartition("/")[2] for href in hrefs(html)] == [ADS[1].slug, ADS[2].slug, cook.slug]
    assert gone == 404


@each_row(
    ("ad", "status", "words"),
    [
        (advert("Cook", page="gone"), 404, "not here any more"),
        (advert("Cook", page="removed"), 410, "not here any more"),
        (advert("Cook", page="closed"), 200, "no longer available"),
        (advert("Cook", page="redirect"), 200, "Current openings"),
        (advert("Cook", page="login"), 200, "Sign in"),
        (advert("Cook", page="pdf"), 200, "%PDF-1.4"),
        (advert("Cook", page="scripted"), 200, 'data-job="7"'),
    ],
    ids=lambda value: value.page if isinstance(value, JobAd) else "",
)
def test_a_post_answers_as_its_kind_says(ad: JobAd, status: int, words: str) -> None:
    with CareerSites([Site(TERN, "static", [ad])]) as career_sites:
        answer = fetched(career_sites.job_url(TERN, ad))

    assert answer[0] == status
    assert words in answer[1]


def test_a_post_that_never_answers_says_nothing() -> None:
    cook = advert("Cook", page="hang")
    with CareerSites([Site(TERN, "static", [cook])]) as career_sites:
        assert unanswered(career_sites, career_sites.job_url(TERN, cook))


def test_a_flaky_post_works_after_its_failures() -> None:
    cook = replace(advert("Cook"), fails_first=2)
    with CareerSites([Site(TERN, "static", [cook])]) as career_sites:
        statuses = [fetched(career_sites.job_url(TERN, cook))[0] for _ in range(4)]

    assert statuses == [500, 500, 200, 200]


def test_a_scripted_post_has_its_text_in_its_api_only() -> None:
    cook = advert("Cook", years=2, page="scripted")
    with CareerSites([Site(TERN, "static", [cook])]) as career_sites:
        _, html = fetched(career_sites.job_url(TERN, cook))
        _, answer = fetched(career_sites.url("/tern-analytics/api/jobs/7"))

    assert cook.proof and cook.proof not in html
    assert cook.proof in json.loads(answer)["html"]


def test_every_request_is_counted_with_its_time() -> None:
    with CareerSites([Site(TERN, "static", ADS)]) as career_sites:
        fetched(career_sites.careers(TERN) + "?team=Platform")
        fetched(career_sites.careers(TERN))
        hits, count = career_sites.hits, career_sites.count("/tern-analytics/careers")
        career_sites.forget()
        after = career_sites.hits

    assert [path for path, _ in hits] == ["/tern-analytics/careers?team=Platform", "/tern-analytics/careers"]
    assert hits[0].time < hits[1].time
    assert count == 2
    assert after == []


def test_requests_in_flight_at_once_are_counted() -> None:
    with CareerSites([Site(TERN, "static", ADS), Site("Ostler Rail", "static", ADS)]) as career_sites:
        career_sites.latency_ms = 300
        askers = [threading.Thread(target=fetched, args=(career_sites.careers(TERN),)) for _ in range(3)]
        askers.append(threading.Thread(target=fetched, args=(career_sites.careers("Ostler Rail"),)))
        for asker in askers:
            asker.start()
        for asker in askers:
            asker.join()

        assert career_sites.peak_pages == 4
        assert career_sites.peak_of(TERN) == 3
        assert career_sites.peak_of("Ostler Rail") == 1


def test_an_answer_waits_for_the_latency() -> None:
    with CareerSites([Site(TERN, "static", ADS)], latency_ms=120) as career_sites:
        fetched(career_sites.careers(TERN))
        begun = career_sites.requests[0].time
        fetched(career_sites.careers(TERN))

        assert career_sites.requests[1].time - begun >= 0.12


def test_one_connection_carries_many_requests() -> None:
    with CareerSites([Site(TERN, "static", ADS)]) as career_sites:
        connection = http.client.HTTPConnection(career_sites.url("").removeprefix("http://"))
        bodies = []
        for path in ("/tern-analytics/careers", "/tern-analytics/blog", "/nowhere"):
            connection.request("GET", path)
            bodies.append(connection.getresponse().read())
            assert connection.sock is not None
        connection.close()

    assert len(set(bodies)) == 3


def test_leaving_the_sites_ends_hanging_requests_and_its_thread() -> None:
    with CareerSites([Site(TERN, "hang", ADS)]) as career_sites:
        port = int(career_sites.url("").rpartition(":")[2])
        client = socket.create_connection(("127.0.0.1", port))
        client.sendall(b"GET /tern-analytics/careers HTTP/1.1\r\n\r\n")
    with client:
        try:
            answer = client.recv(1)
        except ConnectionResetError:
            answer = b""

    assert answer == b""
    assert all(thread.name != "career sites" for thread in threading.enumerate())


def test_the_companies_file_names_each_site_and_its_list(tmp_path: Path) -> None:
    with CareerSites([Site("Kelp & Lantern"), Site(TERN), Site('Ostler, "Rail"')]) as career_sites:
        path = career_sites.companies_csv(tmp_path / "companies.csv", ["Kelp & Lantern", 'Ostler, "Rail"'])
        rows = list(csv.reader(path.read_text(encoding="utf-8").splitlines()))

        assert rows[0] == ["company", "url"]
        assert rows[1:] == [[name, career_sites.careers(name)] for name in ("Kelp & Lantern", 'Ostler, "Rail"')]


def test_every_advert_proves_its_years() -> None:
    for ad in adverts():
        assert ad.proof is not None or not ad.stated
        assert ad.proof is None or ad.proof.lower() in ad.text("Tern").lower()
        assert ad.stated or ad.min_years == 0


def test_adverts_and_companies_are_all_different() -> None:
    many = adverts(60)

    assert len({ad.slug for ad in many}) == 60
    assert len({ad.title for ad in adverts()}) == 24
    assert len({Site(name).slug for name in COMPANIES}) == 24


def test_a_name_without_any_letter_of_ours_has_a_path_of_its_own() -> None:
    with CareerSites([Site("株式会社", "static", ADS), Site("⚙", "static", ADS[:1])]) as career_sites:
        assert len(hrefs(fetched(career_sites.careers("株式会社"))[1])) == 3
        assert len(hrefs(fetched(career_sites.careers("⚙"))[1])) == 1


def test_two_sites_of_one_path_are_refused() -> None:
    with pytest.raises(ValueError, match="same path"):
        CareerSites([Site("Kelp & Lantern"), Site("Kelp Lantern")])


def test_no_mode_is_mistaken_for_a_layout() -> None:
    assert [Site("x", mode).first_mode for mode in MODES] == list(MODES)
    assert {Site("x", mode).layout for mode in MODES} == {"static"}
