"""Refusals that stand in the database itself, beside tables that are made straight from their models."""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy import DDL, FromClause, event


def listen(last: FromClause, *, sqlite: Iterable[str], postgresql: Iterable[str]) -> None:
    """Run these statements after the last of the tables that they speak of; migrations run the same ones."""
    for dialect, statements in (("sqlite", sqlite), ("postgresql", postgresql)):
        for statement in statements:
            guard = DDL(statement).execute_if(dialect=dialect)  # type: ignore[no-untyped-call]
            event.listen(last, "after_create", guard)
