"""The rules are made ready before the first post comes, once, and a fault in that ends nothing."""

from __future__ import annotations

import subprocess
import sys

from jpt.extract import warming

SCRIPT = """
import re, sys
from jpt.extract.warming import warm_up

compiled = []
compile_ = re.compile
re.compile = lambda *words: compiled.append(words) or compile_(*words)
assert warm_up() is warm_up()
warm_up().join()
early = len(compiled)
from jpt.extract.finding import Finding, read_post
from jpt.extract.markup import page_of

post = "<h1>Cook (m/w/d)</h1><p>Hamburg</p><h2>Requirements</h2><ul><li>2 years of experience as a cook</li></ul>"
found = read_post(page_of(post + "<a href='/apply'>Apply now</a>", "https://acme.example/jobs/1-cook"), "Cook", 3)
assert isinstance(found, Finding) and found.experience.min_years == 2
print(early, len(compiled) - early)
"""


def test_the_first_post_finds_nearly_all_patterns_compiled() -> None:
    done = subprocess.run([sys.executable, "-c", SCRIPT], capture_output=True, text=True, check=False, timeout=120)

    assert done.returncode == 0, done.stderr
    early, later = map(int, done.stdout.split())
    assert early > 5 * later


def test_what_fails_early_is_left_to_whoever_needs_it(monkeypatch, caplog) -> None:  # type: ignore[no-untyped-def]
    def failing(*_words: object) -> None:
        raise ValueError("this rule is broken")

    monkeypatch.setattr(warming, "read_post", failing)

    warming.warm_up.cache_clear()
    with caplog.at_level("INFO"):
        warming.warm_up().join()
    warming.warm_up.cache_clear()  # the next one is made without this fault

    assert "this rule is broken" in caplog.text
