"""The place that a list shows beside a job: it counts where the post names none, and stays where the two disagree."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from jpt.models.digests import News
from jpt.models.jobs import Experience, Finding
from jpt.models.pages import Company, Link, ListRead, PageRead
from jpt.models.places import JobPlace, as_rows
from jpt.places.parsing import read_places
from jpt.store import Store

CAREERS = "https://acme.example/jobs"


def told(path: Path, listed: str, stated: str) -> News:
    """What is told of a job whose list shows *listed* and whose post says *stated*."""
    link = Link(f"{CAREERS}/1", "Builder", is_job=True, score=1.0, place=listed)
    places = as_rows(one.place for one in read_places(stated))
    facts: dict[str, Any] = {"location": stated, "places": places} if stated else {}
    with Store.open(path) as store, store.worker() as name:
        store.sites.record(
            Company("Acme", CAREERS),
            ListRead(PageRead(CAREERS, CAREERS, 200, "Jobs", "Jobs", seconds=1.0), "ok", "", (link,), None),
            queue=True,
        )
        waiting = store.queue.due("Acme")
        assert waiting is not None
        task = store.queue.lease(waiting, name)
        assert task is not None
        store.jobs.finish(
            task, Finding("Builder", Experience(2, True, "2 years", "high"), facts=facts, text="Text")
        )
        return store.catalogue.listing().jobs[0].news


@pytest.mark.parametrize(
    ("listed", "stated", "location", "places"),
    [
        ("Berlin", "", "Berlin", [JobPlace("Berlin", None, "DE")]),
        ("Munich", "München, DE", "München, DE", [JobPlace("München", None, "DE")]),
        ("Germany", "Ulm", "Ulm", [JobPlace("Ulm", None, "DE")]),
        ("Paris", "Berlin", "Berlin; Paris", [JobPlace("Berlin", None, "DE"), JobPlace("Paris", None, "FR")]),
        ("", "Berlin", "Berlin", [JobPlace("Berlin", None, "DE")]),
    ],
)
def test_list_and_post_are_put_together(
    tmp_path: Path, listed: str, stated: str, location: str, places: list[JobPlace]
) -> None:
    news = told(tmp_path / "jpt.sqlite3", listed, stated)

    assert (news.location, list(news.places)) == (location, places)
