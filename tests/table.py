"""Tests of a table: one test for all of its rows, which names each row that is wrong."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Iterable, Sequence
from functools import partial
from typing import Any

import pytest

Test = Callable[..., None]
_FAULTS = (Exception, pytest.fail.Exception)


def each_row(
    names: str | Sequence[str], values: Iterable[Any], ids: Callable[[Any], object] = repr
) -> Callable[[Test], Test]:
    """Call a test with each of *values*, as pytest.mark.parametrize does, but as one test.

    Thousands of tests cost more than what they call: 6 ms of CPU each, to be collected by each worker and reported.
    What is left of the test's arguments are further `each_row`s, or fixtures that all rows share. Raises AssertionError
    with all rows that fail, behind the traceback of the first one.
    """
    names = [each.strip() for each in names.split(",")] if isinstance(names, str) else list(names)
    table = list(values)
    assert table, "a table without rows proves nothing"

    def made(test: Test) -> Test:
        def test_rows(**others: Any) -> None:
            faults = [
                (row, fault)
                for row in table
                if (fault := _fault(partial(test, **others, **_arguments(names, row)))) is not None
            ]
            if faults:
                said = [f"{_named(row, ids)}: {fault}" for row, fault in faults]
                raise AssertionError("\n\n".join([f"{len(faults)} of {len(table)} rows are wrong", *said])) from (
                    faults[0][1]
                )

        signature = inspect.signature(test)
        left = [each for each in signature.parameters.values() if each.name not in names]
        test_rows.__signature__ = signature.replace(parameters=left)  # type: ignore[attr-defined]
        for name in ("__name__", "__qualname__", "__module__", "__doc__"):
            setattr(test_rows, name, getattr(test, name))
        return test_rows

    return made


def _arguments(names: list[str], row: Any) -> dict[str, Any]:
    return {names[0]: row} if len(names) == 1 else dict(zip(names, row, strict=True))


def _fault(call: Callable[[], None]) -> BaseException | None:
    try:
        call()
    except _FAULTS as fault:
        return fault
    return None


def _named(row: Any, ids: Callable[[Any], object]) -> str:
    said = ids(row)
    return str(said) if said is not None else repr(row)
