"""The figures of the house find what they count."""

from __future__ import annotations

import ast

from tests.figures import ROOT, Figure, Module, figures
from tests.table import each_row


def compared(code: str, path: str = "jpt/cycle/planted.py") -> Figure:
    planted = Module(ROOT / path, code, ast.parse(code))
    return next(one for one in figures([planted, *_TWO]) if one.name == "sentences compared in code")


_CODE = "def one() -> int:\n    return 1\n\n\ndef two() -> int:\n    return 2\n"
_TWO = [Module(ROOT / f"jpt/text/{name}.py", _CODE, ast.parse(_CODE)) for name in ("first", "second")]


@each_row(
    "code",
    [
        "if why == 'the page lists no job': pass",
        "if why in {'the page lists no job', 'it is gone'}: pass",
        "if task.reason == 'timed out': pass",
        "if 'gone' in task.last_error: pass",
        "if 'refused' not in sentence: pass",
        "if task.last_error.startswith('gone:'): pass",
        "words = fault.sentence.removesuffix('.')",
        "words = reason.replace('gone: ', '')",
        "if re.match('gone', reason): pass",
        "if _GONE.search(job.unread): pass",
        "match why:\n    case 'the page lists no job': pass",
        "rows('SELECT * FROM job_tasks WHERE last_error LIKE \\'gone:%\\'')",
        "rows(\"UPDATE job_tasks SET status = 'DONE' WHERE last_error = 'the run ended'\")",
    ],
)
def test_a_sentence_that_decides_is_found(code: str) -> None:
    assert compared(code).value >= 1


@each_row(
    "code",
    [
        "if part.cut.reason == 'count': pass",
        "if state.reason is Reason.DOUBTED: pass",
        "if event.sentence not in said: pass",
        "if 'database is locked' in str(exc): pass",
        "words = reason.split()",
        "if status == 'ok': pass",
        "write(\"UPDATE job_tasks SET last_error = 'the run that read it ended' WHERE id = ?\")",
    ],
)
def test_a_value_that_decides_is_none(code: str) -> None:
    assert compared(code).value == 0


def test_words_of_pages_and_of_earlier_versions_are_compared() -> None:
    code = "if sentence.startswith('this position has been'): pass"

    assert compared(code, "jpt/extract/planted.py").value == compared(code, "jpt/store/old_words.py").value == 0
    assert compared(code, "jpt/store/planted.py").value >= 1


@each_row("name", ["Place", "_Refused"])
def test_a_class_name_defined_twice_is_found(name: str) -> None:
    code = f"class {name}:\n    pass\n\n\n{_CODE}"
    planted = [Module(ROOT / f"jpt/{room}/planted.py", code, ast.parse(code)) for room in ("cycle", "store")]
    twice = next(one for one in figures([*planted, *_TWO]) if one.name == "class names defined twice in jpt")

    assert twice.where == (f"{name}: jpt.cycle.planted, jpt.store.planted",)
    assert not twice.is_kept


def test_each_room_has_tests_of_its_own() -> None:
    rooms = {path.parent.relative_to(ROOT / "jpt") for path in (ROOT / "jpt").glob("*/**/__init__.py")}
    tested = {
        room
        for path in (ROOT / "tests").glob("*/**/test_*.py")
        for room in path.relative_to(ROOT / "tests").parents
    }

    assert rooms - tested == set()
