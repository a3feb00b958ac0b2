"""What makes two links the same job, and what may be opened."""

from __future__ import annotations

from urllib.parse import urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jpt.identity.urls import MAX_CHARS, canonical, host_of, openable, site_of, why_not_openable
from tests.table import each_row

JOB = "https://careers.acme.example/jobs/7"


@each_row(
    ("url", "site"),
    [
        ("https://jobs.acme.co.uk/7", "acme.co.uk"),
        ("https://www.acme.com:8443/", "acme.com:8443"),
        ("https://karriere.stadt.bayern.de", "bayern.de"),
        ("https://acme.github.io/jobs", "acme.github.io"),
        ("https://a.acme.xn--p1ai/", "acme.xn--p1ai"),
        ("https://co.uk/", "co.uk"),
        ("http://127.0.0.1:8000/jobs", "127.0.0.1:8000"),
        ("http://[::1]:8000/jobs", "[::1]:8000"),
        ("http://localhost:8000/jobs", "localhost:8000"),
        ("javascript:x", ""),
    ],
)
def test_a_site_is_what_a_company_registers(url: str, site: str) -> None:
    assert site_of(url) == site


@each_row(
    "url",
    [
        "HTTPS://Careers.ACME.example/jobs/7",
        "http://careers.acme.example/jobs/7",
        "https://careers.acme.example:443/jobs/7",
        "http://careers.acme.example:80/jobs/7",
        "https://careers.acme.example./jobs/7",
        "https://reader:secret@careers.acme.example/jobs/7",
        "https://careers.acme.example/jobs/7/",
        "https://careers.acme.example/jobs/7?",
        "https://careers.acme.example/jobs/7#",
        "https://careers.acme.example/jobs/7#/",
        "https://careers.acme.example/jobs/%37",
        "https://careers.acme.example/jobs/old/../7",
        "https://careers.acme.example/jobs/7#apply",
        "https://careers.acme.example/jobs/7#how-to-apply",
        "https://careers.acme.example/jobs/7#main-content",
        "https://careers.acme.example/jobs/7#:~:text=five%20years",
        "https://careers.acme.example/jobs/7?utm_source=x&utm_Campaign=y&gclid=1&fbclid=2&msclkid=3&mc_cid=4",
        "https://careers.acme.example/jobs/7?gh_src=8fbf576f2&lever-source%5B%5D=board&lever-origin=applied&trk=a",
        "https://careers.acme.example/jobs/7?&amp;utm_source=x&?utm_medium=y",
        "https://careers.acme.example/jobs/7;jsessionid=0A1B2C3D",
        "https://careers.acme.example/jobs/7?jsessionid=0A1B2C3D",
        "https://careers.acme.example/jobs/7?PHPSESSID=q2w3e4r5t6",
        "https://careers.acme.example/jobs/7?sid=abc123def456",
        "https://careers.acme.example/jobs/7?sid=8358296818",
        "https://careers.acme.example/(S(lit3py55t21z5v55vlm25s55))/jobs/7",
        "https://careers.acme.example/jobs/7?ref=homepage&source=LinkedIn&src=",
    ],
)
def test_what_differs_between_two_reads_of_a_job_is_not_identity(url: str) -> None:
    assert canonical(url) == canonical(JOB)


@each_row(
    ("one", "other"),
    [
        ("https://acme.example/jobs?gh_jid=1", "https://acme.example/jobs?gh_jid=2"),
        ("https://acme.example/careers?pid=1", "https://acme.example/careers?pid=2"),
        ("https://acme.example/job?jobId=A", "https://acme.example/job?jobId=B"),
        ("https://acme.example/vacancy.aspx?ref=JR-1042", "https://acme.example/vacancy.aspx?ref=JR-1043"),
        ("https://acme.example/vacancy.aspx?ref=Cook", "https://acme.example/vacancy.aspx?ref=Waiter"),
        ("https://acme.example/job-details?ref=Cook", "https://acme.example/job-details?ref=Waiter"),
        ("https://acme.example/index.cgi?SID=" + "ab" * 80, "https://acme.example/index.cgi?SID=" + "ac" * 80),
        ("https://acme.example/jobs/x?sid=5015", "https://acme.example/jobs/x?sid=5016"),
        ("https://acme.example/#/job/7", "https://acme.example/#/job/8"),
        ("https://acme.example/#!/job/v60", "https://acme.example/#!/job/v61"),
        ("https://acme.example/search#job/3A69", "https://acme.example/search#job/3A70"),
        (
            "https://acme.example/home?siteid=9#jobDetails=704_5",
            "https://acme.example/home?siteid=9#jobDetails=705_5",
        ),
        ("https://acme.example/careers#4711", "https://acme.example/careers#4712"),
        ("https://acme.example/careers/2026#op-589327", "https://acme.example/careers/2026#op-589328"),
        ("https://acme.example/careers/#php-engineer", "https://acme.example/careers/#ruby-engineer"),
        ("https://acme.example/careers/#content-manager", "https://acme.example/careers/#content-writer"),
        ("https://acme.example/Org/1", "https://acme.example/org/1"),
        ("https://acme.example/a%2Fb", "https://acme.example/a/b"),
        ("https://acme.example/j?a=1%262", "https://acme.example/j?a=1&2"),
        ("https://acme.example:8443/jobs/1", "https://acme.example/jobs/1"),
        ("https://acme.example/jobs/index.html", "https://acme.example/jobs"),
    ],
)
def test_two_jobs_stay_two(one: str, other: str) -> None:
    assert canonical(one) is not None
    assert canonical(one) != canonical(other)


def test_the_order_of_parameters_is_not_identity() -> None:
    assert canonical("https://a.example/j?b=2&a=1&&") == canonical("https://a.example/j?a=1&b=2")


def test_the_parameters_of_a_route_are_cleaned_too() -> None:
    key = canonical("https://a.example/#/job/7/?source=Indeed&utm_medium=x")

    assert key == canonical("https://a.example/#/job/7")


def test_a_town_after_a_job_with_an_id_is_not_identity() -> None:
    assert canonical("https://a.example/jobs/1564/chef/job#UK-Leeds") == canonical(
        "https://a.example/jobs/1564/chef/job"
    )


def test_one_character_has_one_spelling() -> None:
    key = canonical("https://a.example/b%c3%bcro%2dleiter%28m%29?q=%e4%bd%a0")

    assert key == canonical("https://a.example/büro-leiter(m)?q=你")
    assert key == "https://a.example/b%C3%BCro-leiter(m)?q=%E4%BD%A0"


@each_row(
    "url",
    [
        "",
        "jobs/7",
        "//acme.example/jobs",
        "javascript:alert(1)",
        "data:text/html,<h1>Jobs</h1>",
        "file:///etc/passwd",
        "view-source:https://acme.example/",
        "chrome://settings",
        "blob:https://acme.example/1",
        "ftp://acme.example/",
        "mailto:jobs@acme.example",
        "http:\\\\acme.example",
        "https://acme.example\\@evil.example/",
        "https:///jobs",
        "https://?jobs",
        "https://:443/",
        "https://.",
        "https://...",
        "https://-acme.example/",
        "https://acme..example/",
        "https://acme_%65.example/",
        "https://acme.example:99999/",
        "https://acme.example:port/",
        "https://acme.example:25/",
        "https://acme.example:0/",
        "https://acme.example/a\x00b",
        "https://acme.example/a%00b",
        "https://acme.example/a\nb",
        "https://acme.example/a\x1b[31m",
        "https://acme.example/\ud800",
        "https://[::1/",
        "https://[fe80::1%25eth0]/",
        "https://1.2.3.4.5/",
        "https://999.1.1.1/",
        "https://" + "a" * 64 + ".example/",
        "https://acme.example/" + "a" * MAX_CHARS,
    ],
)
def test_what_is_no_address_of_a_page_has_neither_key_nor_form(url: str) -> None:
    assert canonical(url) is None
    assert openable(url) is None
    assert host_of(url) == ""


def test_an_address_that_is_too_long_once_written_out_is_not_opened() -> None:
    assert openable("https://acme.example/" + "ü" * (MAX_CHARS // 4)) is None


def test_the_stored_form_keeps_what_the_key_leaves_out() -> None:
    url = "http://acme.example/jobs/?utm_source=x&b=2&a=1#apply"

    assert openable(url) == url


def test_the_stored_form_has_no_credentials() -> None:
    assert openable("https://reader:secret@acme.example/jobs") == "https://acme.example/jobs"


def test_the_stored_form_is_written_as_a_browser_writes_it() -> None:
    assert openable("HTTPS://Bücher.Example:443/o/größe x?q=ä#ü") == (
        "https://xn--bcher-kva.example/o/gr%C3%B6%C3%9Fe%20x?q=%C3%A4#%C3%BC"
    )


def test_a_sharp_s_in_a_host_is_the_host_that_browsers_open() -> None:
    assert host_of("https://straße.example/") == "xn--strae-oqa.example"


@pytest.mark.parametrize("host", ["127.1", "2130706433", "0x7f.0.0.1", "0177.0.0.1", "127.0.0.1."])
def test_every_spelling_of_an_ipv4_address_is_the_one_that_browsers_open(host: str) -> None:
    assert host_of(f"http://{host}:8000/") == "127.0.0.1:8000"


def test_an_ipv6_address_has_one_spelling() -> None:
    assert host_of("http://[0:0:0:0:0:0:0:1]:8000/") == "[::1]:8000"


def test_the_host_has_a_port_only_where_it_is_not_the_default() -> None:
    assert host_of("https://Acme.example:443/jobs") == "acme.example"
    assert host_of("http://acme.example:443/jobs") == "acme.example:443"


ADDRESSES = st.builds(
    "{}://{}{}/{}{}{}".format,
    st.sampled_from(["http", "https"]),
    st.sampled_from(["acme.example", "a:b@Acme.example.", "127.1", "bücher.example", "[::1]"]),
    st.sampled_from(["", ":80", ":443", ":8080"]),
    st.text(st.sampled_from("abc/.;%2fFeEsid=()S-_ ü&'"), max_size=30),
    st.one_of(
        st.just(""),
        st.lists(
            st.builds(
                "{}{}{}".format,
                st.sampled_from(
                    ["id", "ref", "sid", "utm_x", "?utm_x", "jan1offset", "width", "source", "x%25", ""]
                ),
                st.sampled_from(["=", "", "=="]),
                st.text(st.sampled_from("ab1%20;/?+-#ß"), max_size=8),
            )
        ).map(lambda pairs: "?" + "&".join(pairs)),
    ),
    st.text(st.sampled_from("#!/ab-1=?&:~%2"), max_size=15).map(lambda text: "#" + text),
)


@given(st.one_of(ADDRESSES, st.text(), st.text().map(lambda rest: "https://acme.example/" + rest)))
def test_the_key_of_a_key_is_the_key(url: str) -> None:
    key = canonical(url)

    assert key is None or canonical(key) == key


@given(st.one_of(ADDRESSES, st.text().map(lambda rest: "http://acme.example" + rest)))
def test_the_stored_form_has_the_key_of_the_original(url: str) -> None:
    stored = openable(url)

    assert (stored is None) == (canonical(url) is None)
    if stored:
        assert openable(stored) == stored
        assert canonical(stored) == canonical(url)
        assert stored.isascii()
        assert urlsplit(stored).username is None


@given(st.integers(0, 10**9), st.integers(0, 10**9), st.sampled_from(["jobs/{}", "job?id={}", "#/job/{}", "x#{}"]))
def test_two_numbers_never_share_a_key(one: int, other: int, shape: str) -> None:
    first, second = (canonical("https://acme.example/" + shape.format(number)) for number in (one, other))

    assert (first == second) == (one == other)


@pytest.mark.parametrize(
    ("url", "reason"),
    [
        ("http://acme.example:25/jobs", "browsers refuse port 25"),
        ("https://" + "a" * MAX_CHARS, "is too long"),
        ("ftp://acme.example/jobs", "not an http"),
        ("https://[1:", "not an http"),
    ],
)
def test_what_cannot_be_opened_is_told_why(url: str, reason: str) -> None:
    assert openable(url) is None
    assert reason in why_not_openable(url)
