"""JSON-LD as pages really write it."""

from __future__ import annotations

from functools import partial

import pytest

from jpt.text.json_ld import kinds, postings
from tests.linear import is_linear
from tests.table import each_row

POST = (
    '{"@type":"JobPosting","title":"Baker","description":"<p>Loaves &amp; more</p>","url":"https://a.example/1//x",'
    '"jobLocation":{"address":{"addressLocality":"Ulm"}},"experienceRequirements":{"monthsOfExperience":24}}'
)

FORMS = {
    "plain": POST,
    "a byte order mark": "\ufeff" + POST,
    "CDATA in a comment": f"/*<![CDATA[*/ {POST} /*]]>*/",
    "CDATA behind slashes": f"//<![CDATA[\n{POST}\n//]]>",
    "CDATA bare": f"<![CDATA[{POST}]]>",
    "hidden from old browsers": f"<!-- {POST} -->",
    "hidden from old browsers, as a script": f"<!--\n{POST}\n//-->",
    "a comment first": f"// the job\n{POST}",
    "a long comment first": f"/* the {{job}} */\n{POST}",
    "a comment inside": POST.replace('"title"', '/* title */ "title"'),
    "a line comment inside": POST.replace('"title"', '// "title"\n"title"'),
    "a variable": f"var job = {POST};",
    "a property": f"window.job = window.job || {POST}",
    "a semicolon": f"{POST};",
    "a trailing comma": POST.replace("}}}", "},},}"),
    "single quotes": POST.replace('"', "'"),
    "names without quotes": POST.replace('"title"', "title"),
    "a quote without escape": POST.replace("Loaves", '"Loaves"').replace('"Loaves"', '<b class="x">Loaves</b>'),
    "a raw line break": POST.replace("Loaves", "Loaves\n\t"),
    "an escape of JavaScript": POST.replace("Loaves", "Loaves\\'\\x26"),
    "escaped as text": POST.replace('"', "&quot;"),
    "undefined": POST.replace("24", "24,nothing:undefined"),
    "a list": f"[{POST}]",
    "a graph": f'{{"@graph":[{{"@type":"Organization"}},{POST}]}}',
    "behind another object": f'{{"@type":"WebSite"}}{POST}',
    "behind another object and a semicolon": f'{{"@type":"WebSite"}};\n{POST};',
    "before another object": f'{POST}\n{{"@type":"WebSite"}}',
}  # fmt: skip


@each_row("form", FORMS)
def test_a_posting_is_read_whole_in_whichever_form(form: str) -> None:
    (found,) = postings([FORMS[form]])

    assert found["title"] == "Baker"
    assert "Loaves" in found["description"] and found["description"].endswith("more</p>")
    assert found["url"] == "https://a.example/1//x"
    assert found["jobLocation"] == {"address": {"addressLocality": "Ulm"}}
    assert found["experienceRequirements"]["monthsOfExperience"] == 24


def test_of_a_script_that_is_cut_the_plain_texts_are_read() -> None:
    (found,) = postings([POST[:-30]])

    assert (found["title"], found["description"]) == ("Baker", "<p>Loaves &amp; more</p>")


def test_all_objects_of_a_script_are_read() -> None:
    assert [job["title"] for job in postings([POST + POST.replace("Baker", "Cook")])] == ["Baker", "Cook"]
    assert kinds(['{"@type":"WebSite"}\n{"@type":["Thing","BlogPosting"]}']) == {"website", "thing", "blogposting"}


@each_row("script", ["", "null", "7", '"JobPosting"', "function () {}", "{", "[" * 100_000, "\ud800"])
def test_what_is_no_json_gives_nothing(script: str) -> None:
    assert postings([script]) == []


PIECES = (
    ["{", "[", '"', '{"a', "/*", "//", "\\", 'x" ', "'", '{"a":', "{'a':'b'},", '{"a":1}', ",", "1", "}{", ": ", " ", ";",
     '{"@type":"JobPosting","title":"x', "<!--", "]]>", "&quot;", '"@type":"JobPosting"', "var x = "]
)  # fmt: skip


@pytest.mark.parametrize("lead", ["", '{"a":"'])
def test_hostile_scripts_take_time_by_their_length(lead: str) -> None:
    def read(piece: str, chars: int) -> None:
        postings([lead + piece * (chars // len(piece))])

    assert [piece for piece in PIECES if not is_linear(partial(read, piece))] == []
