"""A table's one test fails for every row that is wrong, and names each."""

from __future__ import annotations

import inspect

import pytest

from tests.table import each_row


def test_every_wrong_row_is_named_and_every_row_is_tried() -> None:
    tried = []

    @each_row(("text", "number"), [("one", 1), ("two", 3), ("three", 3), ("x", 0)])
    def check(text: str, number: int) -> None:
        tried.append(text)
        assert {"one": 1, "two": 2, "three": 3}[text] == number

    with pytest.raises(AssertionError, match=r"2 of 4 rows are wrong") as caught:
        check()

    assert tried == ["one", "two", "three", "x"]
    assert "('two', 3): assert 2 == 3" in str(caught.value)
    assert "('x', 0): 'x'" in str(caught.value)
    assert isinstance(caught.value.__cause__, AssertionError)


def test_what_a_row_does_not_give_is_a_fixture_or_of_another_table() -> None:
    seen = []

    @each_row("name", ["a", "b"])
    @each_row("number", [1, 2], ids=lambda number: f"no. {number}")
    def check(name: str, number: int, shared: str) -> None:
        seen.append((name, number, shared))
        assert (name, number) != ("b", 2)

    assert list(inspect.signature(check).parameters) == ["shared"]
    with pytest.raises(AssertionError, match=r"'b': 1 of 2 rows are wrong\n\nno\. 2: "):
        check(shared="s")
    assert seen == [("a", 1, "s"), ("a", 2, "s"), ("b", 1, "s"), ("b", 2, "s")]


def test_a_table_without_rows_is_refused() -> None:
    with pytest.raises(AssertionError, match="proves nothing"):
        each_row("x", [])(lambda x: None)
