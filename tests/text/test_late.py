"""Patterns that are compiled when they are first used."""

import re
import subprocess
import sys

import pytest

from jpt.text.late import is_pattern, late


def test_a_late_pattern_is_used_as_any_other() -> None:
    assert late(r"(?P<n>\d+) years", re.IGNORECASE).sub(r"\g<n> Jahre", "3 YEARS") == "3 Jahre"
    assert late(r"a|b").fullmatch("b")
    assert dict(late(r"(?P<n>a)").groupindex) == {"n": 1}
    assert late("a").flags == re.compile("a").flags
    assert late("a") == late("a") != late("a", re.IGNORECASE)
    assert len({late("a"), late("a"), late("b")}) == 2
    assert is_pattern(late("a"))
    assert is_pattern(re.compile("a"))
    assert not is_pattern("a")


def test_a_wrong_pattern_fails_where_it_is_used() -> None:
    wrong = late("(")

    with pytest.raises(re.error):
        wrong.search("a")


def test_importing_the_rules_compiles_hardly_any() -> None:
    compiled = "import re, sre_parse\nn = 0\nreal = re._compiler.compile\ndef counting(*a):\n    global n\n    n += 1\n    return real(*a)\n"
    script = f"{compiled}re._compiler.compile = counting\nfrom jpt import read_post\nprint(n)"

    done = subprocess.run(
        [sys.executable, "-W", "ignore", "-c", script], capture_output=True, text=True, check=True
    )

    assert int(done.stdout) < 150
