"""Rules of the rules file: what fits whom, which rule keeps a job out, and how faults are told."""

from __future__ import annotations

from pathlib import Path
from time import process_time

import pytest

from jpt.digest.filters import parse_profiles, read_profiles
from jpt.digest.rules import Kept, KeptOut, Profile
from jpt.digest.select import choose, same_keys, sort
from jpt.errors import SettingError
from jpt.models.digests import News, text_mark
from jpt.models.jobs import Experience
from tests.table import each_row

ASKS = Experience(2, stated=True, evidence="2+ years", confidence="high")
NOTHING = Experience(0, stated=False, evidence=None, confidence="high")


def job(title: str = "Software Engineer", **facts: object) -> News:
    values: dict[str, object] = {
        "site": "Acme",
        "url": "https://acme.example/jobs/1",
        "experience": ASKS,
        "found_ts_ms": 1,
    }
    return News(title=title, **{**values, **facts})  # type: ignore[arg-type]


def only(text: str) -> Profile:
    return parse_profiles(text, "filters.toml")[0]


def rule(text: str, one: News, max_years: int = 3) -> str | None:
    verdict = only(text).verdict(one, max_years)
    return verdict.rule if isinstance(verdict, KeptOut) else None


def test_a_missing_file_means_no_rules(tmp_path: Path) -> None:
    (profile,) = read_profiles(tmp_path / "filters.toml")

    assert isinstance(profile.verdict(job(), 3), Kept)


def test_years_count_by_the_setting_in_force_now() -> None:
    assert rule("", job(), 2) is None
    assert rule("", job(), 1) == "years"
    assert only("").verdict(job(), 1).exclude_reason == "min_years_gte_2"  # type: ignore[union-attr]
    assert rule("[years]\nmax = 1", job(), 9) == "years"
    assert rule('[years]\nunstated = "drop"', job(experience=NOTHING)) == "years.unstated"


def test_titles_match_whole_words_whatever_their_case_and_accents() -> None:
    no_java = '[title]\nexclude = ["java", "sénior", "intern*", "C++"]'

    assert rule(no_java, job("JavaScript Developer")) is None
    assert rule(no_java, job("Java Developer")) == "title.exclude"
    assert rule(no_java, job("SENIOR Developer")) == "title.exclude"
    assert rule(no_java, job("Summer Internship")) == "title.exclude"
    assert rule(no_java, job("C++ Developer")) == "title.exclude"
    assert rule('[title]\nexclude = ["C"]', job("C++ Developer")) is None
    assert rule('[title]\ninclude = ["エンジニア"]', job("ソフトウェアエンジニア")) is None
    assert rule('[title]\ninclude = ["data engineer"]', job("Data   Engineer")) is None
    assert rule('[title]\ninclude = ["data engineer"]', job("Engineer, Data")) == "title.include"


def test_places_and_remote_work() -> None:
    berlin = '[location]\ninclude = ["Berlin", "remote"]\nremote = "any"'

    assert rule(berlin, job(location="Berlin, Germany")) is None
    assert rule(berlin, job(location="Paris")) == "location.include"
    assert rule(berlin, job(location="Paris", remote="remote")) is None
    assert rule(berlin, job()) is None
    assert rule(berlin + '\nunstated = "drop"', job()) == "location.unstated"
    assert rule('[location]\nremote = "only"', job(remote="onsite")) == "location.remote"
    assert rule('[location]\nremote = "no"', job(location="Remote, US")) == "location.remote"


def test_a_company_may_have_rules_of_its_own() -> None:
    rules = """
        [title]
        exclude = ["manager"]
        [company]
        exclude = ["Initech"]
        [company.rules."Globex"]
        title.exclude = []
        years.max = 6
    """
    six = Experience(6, stated=True, evidence="6 years", confidence="high")

    assert rule(rules, job("Manager")) == "title.exclude"
    assert rule(rules, job("Manager", site="Globex")) is None
    assert rule(rules, job(site="Globex", experience=six)) is None
    assert rule(rules, job(site="Initech")) == "company.exclude"
    assert only(rules).most_years(3) == 6


def test_people_have_rules_and_addresses_of_their_own() -> None:
    default, anna = parse_profiles(
        '[title]\nexclude = ["x"]\n[profile.anna]\nto = ["anna@example.org"]\nyears.max = 9', "filters.toml"
    )

    assert default.to == ()
    assert anna.to == ("anna@example.org",)
    assert isinstance(anna.verdict(job("x"), 0), Kept)


def test_the_rule_is_named_with_its_line() -> None:
    verdict = only('# mine\n[title]\nexclude = [\n  "senior"]').verdict(job("Senior Cook"), 3)

    assert isinstance(verdict, KeptOut)
    assert verdict.sentence == "its title has “senior”: title.exclude (filters.toml, line 3)"
    assert verdict.exclude_reason == "title.exclude: senior"


@each_row(
    ("text", "said"),
    [
        ("[title]\n\ninclud = []", "filters.toml, line 3: 'includ' is not known; did you mean 'include'?."),
        ("[title]\nexclude = 3", "line 2: 'exclude' is a list of texts"),
        ("[titel]\nexclude = []", "line 1: 'titel' is not known; did you mean 'title'?"),
        ("title = 3", "line 1: 'title' is a table"),
        ('[location]\nremote = "yes"', "line 2: 'remote' is 'yes': it should be one of any, only, no"),
        ("[years]\nmax = 99", "line 2: 'max' is 99: it should be a whole number of years from 0 to 60"),
        ("[years]\nmax = true", "line 2: 'max' is True"),
        ('[title]\nexclude = [" "]', "line 2: 'exclude' has an empty text"),
        ('[profile.anna]\nto = ["anna"]', "line 2: 'anna' is no mail address"),
        ("[profile.anna]\nyears.max = 2", "line 1: nothing would be sent"),
        ("[profile.default]\nto = []", "line 1: the default profile's rules belong at the top"),
        ("[title\nexclude = 1", "filters.toml is not valid TOML: line 1:"),
        ("[title]\nexclude = [", "at its end"),
        ("[years]\nmax = " + "9" * 5_000, "a number that is far too long"),
    ],
)
def test_faults_are_told_with_their_line(text: str, said: str) -> None:
    with pytest.raises(SettingError, match="filters") as caught:
        parse_profiles(text, "filters.toml")

    assert said.removesuffix(".") in caught.value.sentence


@pytest.mark.parametrize(
    "text", ["a=" + "[" * 100_000, "a" + ".a" * 50_000 + "=1", "[" + ".".join("a" * 20_000) + "]", "#" * 2_000_000]
)
def test_a_file_made_to_keep_the_parser_busy_is_refused_at_once(text: str) -> None:
    begun = process_time()

    with pytest.raises(SettingError, match="filters"):
        parse_profiles(text, "filters.toml")

    assert process_time() - begun < 5


def test_every_fault_is_told_at_once() -> None:
    with pytest.raises(SettingError) as caught:
        parse_profiles("[title]\nincl = []\n[location]\nremote = 3\n", "f.toml")

    assert "line 2" in caught.value.sentence
    assert "line 4" in caught.value.sentence


LONG = "You will build and run the services that our customers rely on every day. " * 5


def test_the_same_job_on_two_sites_is_one_entry() -> None:
    mark = text_mark(LONG)
    one = job(url="https://acme.example/jobs/1", employer="Acme Inc.", text_mark=mark)
    other = job(site="Board", url="https://board.example/acme-1", employer="ACME", text_mark=mark)
    elsewhere = job(url="https://acme.example/jobs/2", employer="Acme", text_mark=mark, location="Paris")

    choice, keys = choose([one, other, elsewhere], {})

    assert [(entry.news.url, [copy.url for copy in entry.copies]) for entry in choice.entries] == [
        (one.url, [other.url]),
        (elsewhere.url, []),
    ]
    assert set(keys.values()) == {one.url, elsewhere.url}


def test_a_repost_of_a_told_job_is_not_told_again() -> None:
    before = job(url="https://acme.example/jobs/1", text_mark=text_mark(LONG))
    again = job(url="https://acme.example/jobs/77", text_mark=text_mark("Posted 3 days ago. " + LONG))
    told = dict.fromkeys(same_keys(before), ("d1", before.url))

    choice, _ = choose([again], told)

    assert choice.entries == ()
    assert choice.repeats == ((again, "d1", before.url),)


def test_doubtful_likeness_keeps_two_jobs() -> None:
    mark = text_mark(LONG)
    three = Experience(3, stated=True, evidence="3", confidence="high")
    jobs = [
        job("Engineer II", url="https://a.example/1", text_mark=mark),
        job("Engineer III", url="https://a.example/2", text_mark=mark),
        job("Engineer II", url="https://a.example/3", text_mark=mark, experience=three),
        job("Engineer II", url="https://a.example/4"),
        job("Engineer II", url="https://a.example/5"),
    ]

    choice, _ = choose(jobs, {})

    assert len(choice.entries) == 5


def test_sorting_keeps_the_order_and_the_reasons() -> None:
    jobs = [job("Cook"), job("Senior Cook"), job("Baker")]

    sorted_ = sort(jobs, only('[title]\nexclude = ["senior"]'), 3)

    assert [one.title for one in sorted_.fitting] == ["Cook", "Baker"]
    assert [(one.title, out.rule) for one, out in sorted_.kept_out] == [("Senior Cook", "title.exclude")]
