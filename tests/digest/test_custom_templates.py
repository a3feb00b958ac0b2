"""Subjects and messages in the user's own words, and companies with tags."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import UTC, datetime
from email import message_from_bytes, policy
from pathlib import Path

import pytest

from jpt.digest.custom_templates import read
from jpt.digest.extras import DigestExtras
from jpt.digest.filters import parse_profiles
from jpt.digest.rules import Kept, KeptOut
from jpt.digest.transports import transports
from jpt.doctor import inputs
from jpt.errors import SettingError
from jpt.models.digests import DigestEntry, HealthReport, News
from jpt.models.jobs import Experience
from jpt.settings import Settings

NOW = datetime(2026, 11, 30, 8, tzinfo=UTC)
YEARS = Experience(2, stated=True, evidence="two years", confidence="high")


def job(site: str = "Acme", title: str = "Baker {{ 7 * 7 }}") -> News:
    return News(site, f"https://{site.lower()}.example/jobs/7", title, YEARS, 0, location="Ulm")


def frozen(made: Settings, way: int = 0) -> bytes:
    return (
        transports(made)
        .transports[way]
        .freeze([DigestEntry(job())], HealthReport(0, ()), DigestExtras(), NOW)
        .content
    )


@pytest.fixture
def made(settings: Callable[..., Settings], tmp_path: Path) -> Settings:
    (tmp_path / "templates").mkdir()
    return settings(
        filters=tmp_path / "filters.toml",
        smtp_host="smtp.example.org",
        email_to="me@example.org",
        email_from="jpt@example.org",
        notify="json://127.0.0.1/x",
    )


def test_mails_and_messages_say_what_the_templates_say(made: Settings, tmp_path: Path) -> None:
    (tmp_path / "templates/subject.txt").write_text("{{ jobs | length }} for me:\n{{ jobs[0].company }}")
    (tmp_path / "templates/message.txt").write_text(
        "{% for job in jobs %}\n* {{ job.title }} in {{ job.place }}\n{% endfor %}"
    )

    mail = message_from_bytes(frozen(made), policy=policy.default)
    message = json.loads(frozen(made, 1))

    assert mail["Subject"] == "1 for me: Acme"
    assert message == {"title": "1 for me: Acme", "body": "* Baker {{ 7 * 7 }} in Ulm"}


def test_without_templates_the_words_are_ours(made: Settings) -> None:
    assert json.loads(frozen(made, 1))["title"] == "1 new job · Acme"
    assert list(inputs.templates(made)) == []


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("{{ jobs", "line 1"),
        ("\n{% for job in jobs %}", "line 2"),
        ("{{ jbos }}", "'jbos' is undefined"),
        ("{{ jobs[0].titel }}", "titel"),
        ("{{ ().__class__.__mro__[1].__subclasses__() }}", "unsafe"),
        ("{% for x in range(10 ** 9) %}{% endfor %}", "Range too big"),
        ("{% include '/etc/passwd' %}", "message.txt"),
        ("{{ 1 / 0 }}", "division by zero"),
    ],
)
def test_what_is_wrong_with_a_template_is_said_before_anything_is_sent(
    made: Settings, tmp_path: Path, text: str, words: str
) -> None:
    (tmp_path / "templates/message.txt").write_text(text)

    with pytest.raises(SettingError) as caught:
        transports(made)
    (finding,) = inputs.templates(made)

    assert words in caught.value.sentence
    assert finding.state == "fail"


def test_one_that_fails_on_certain_jobs_gives_way_to_our_words(made: Settings, tmp_path: Path) -> None:
    (tmp_path / "templates/subject.txt").write_text("{{ jobs[0].title.index('Data') }}")

    assert json.loads(frozen(made, 1))["title"] == "1 new job · Acme"
    assert read(tmp_path / "templates").message is None


TAGS = """
[tags]
dream = ["Acme", "Globex*"]
near = ["Initech"]

[profile.anna]
to = ["anna@example.org"]
tags = ["dream"]
"""


def test_a_profile_with_tags_is_told_of_their_companies_alone() -> None:
    default, anna = parse_profiles(TAGS, "filters.toml")

    said = [anna.verdict(job(site), 3) for site in ("Acme", "Globex", "Initech")]

    assert isinstance(default.verdict(job("Initech"), 3), Kept)
    assert [isinstance(one, Kept) for one in said] == [True, True, False]
    assert isinstance(said[2], KeptOut)
    assert "has none of the tags" in said[2].sentence


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (('tags = ["dream"]', 'tags = ["draem"]'), "did you mean 'dream'?"),
        (('dream = ["Acme", "Globex*"]', "dream = 7"), "list of texts"),
        (("[tags]", "tags = 1\n[other]"), "tags are a table"),
    ],
)
def test_what_is_wrong_with_tags_is_named(change: tuple[str, str], words: str) -> None:
    with pytest.raises(SettingError, match=r"filters\.toml") as caught:
        parse_profiles(TAGS.replace(*change), "filters.toml")

    assert words in caught.value.sentence


def test_a_template_may_name_the_tags_of_a_company(made: Settings, tmp_path: Path) -> None:
    made.filters.write_text('[tags]\ndream = ["acme"]\nfar = ["Globex"]\n')
    (tmp_path / "templates/subject.txt").write_text(
        "{% for job in jobs %}{% if 'dream' in job.tags %}★ {% endif %}{{ job.company }} {{ job.tags }}{% endfor %}"
    )

    assert message_from_bytes(frozen(made), policy=policy.default)["Subject"] == "★ Acme ['dream']"
