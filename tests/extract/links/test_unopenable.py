"""Rows of a list whose addresses no browser opens."""

from __future__ import annotations

from jpt.extract.listing import judged
from jpt.models.pages import Anchor, PageRead
from tests.table import each_row

URL = "https://acme.example/jobs"


def row(url: str, text: str) -> Anchor:
    return Anchor(url, text, heading="Open jobs", shape="ul>li>a", group="g")


@each_row(
    "url",
    [
        f"{URL[:20]}:6000/jobs/9-baker",
        "https://[::1/jobs/8",
        "https://[fe80::1%25eth0]/jobs/8",
        "https://acme.example:99999/jobs/8",
        f"{URL}/{'9' * 9_000}",
        f"{URL}/{'9' * 1_000_000}",
        "javascript:open(7)",
        "https://exa mple.org/jobs/8",
        "https://anna:s3cret-word@acme.example:6000/jobs/8",
    ],
)
def test_a_row_among_jobs_that_cannot_be_opened_is_a_row_with_the_reason(url: str) -> None:
    good = [row(f"{URL}/{n}-engineer-{n}", f"Engineer {n}") for n in range(5)]
    others = [Anchor("https://[::1/", "Imprint", shape="footer>a", group="f")]
    page = PageRead(URL, URL, 200, "Jobs", "Open jobs", anchors=(*good, row(url, "Baker"), *others))

    read = judged(page, URL)

    assert read.status == "ok"
    assert {link.text for link in read.links if link.is_job} == {f"Engineer {n}" for n in range(5)}
    assert [bad.title for bad in read.bad_rows] == ["Baker"]
    assert read.bad_rows[0].why
    assert len(read.bad_rows[0].why) < 9_000
    assert "s3cret-word" not in read.bad_rows[0].why
