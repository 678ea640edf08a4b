"""Tables as plain data: what is shown as JSON anyone may read, what was counted beside it."""

from __future__ import annotations

from typing import Any

from engage.surveys.results.disclosure.tables import Mark, Release, Released, Table

Plain = dict[str, Any]


def plain_table(table: Table) -> Plain:
    return {"rows": table.rows, "columns": table.columns, "counts": table.counts}


def table(plain: Plain) -> Table:
    counts = tuple(tuple(row) for row in plain["counts"])
    return Table(tuple(plain["rows"]), tuple(plain["columns"]), counts)


def plain_released(shown: Released) -> Plain:
    """Numbers as numbers; what is not said as the word for it."""
    return {"rows": shown.rows, "columns": shown.columns, "grid": shown.grid}


def released(plain: Plain) -> Released:
    grid = tuple(
        tuple(Mark(value) if isinstance(value, str) else value for value in row) for row in plain["grid"]
    )
    return Released(tuple(plain["rows"]), tuple(plain["columns"]), grid)


def pairs(counted: dict[str, Plain], shown: dict[str, Plain]) -> dict[str, Release]:
    """By name: what was counted and what was shown of it."""
    return {name: Release(table(plain), released(shown[name])) for name, plain in counted.items()}
