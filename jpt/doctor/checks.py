"""All checks, one after the other."""

from __future__ import annotations

from collections.abc import AsyncIterator, Sequence
from pathlib import Path

from jpt.doctor import browsers, database, inputs, machine, services
from jpt.doctor.diagnosis import Diagnosis
from jpt.settings import Settings


async def examined(
    settings: Settings, warnings: Sequence[str], csv: Path, *, fix: bool
) -> AsyncIterator[Diagnosis]:
    """Run all checks; with *fix* repair what is safe. Yields the diagnoses as they are made."""
    if little := tuple(machine.too_little_memory()):
        for diagnosis in (*machine.python(), *little):
            yield diagnosis
        return
    newest_ms = database.newest_ms(settings)
    for part in (
        machine.python(),
        inputs.settings(settings, warnings),
        inputs.companies(csv),
        inputs.filters(settings),
        inputs.templates(settings),
        database.sqlite(),
        database.database(settings, fix=fix),
        machine.clock(newest_ms),
        machine.disk(settings),
        machine.memory(settings),
        machine.leftovers(fix=fix),
    ):
        for diagnosis in part:
            yield diagnosis
    for later in (
        browsers.browser(settings, fix=fix),
        services.mail(settings),
        services.telegram(settings),
        services.model(settings),
    ):
        async for diagnosis in later:
            yield diagnosis
