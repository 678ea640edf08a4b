"""Statements given to the driver as they are; on PostgreSQL several in one way there and back.

What stands around a statement costs more than a short one itself: where all who want one place wait for each
other, nobody should wait for that.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from contextlib import AbstractContextManager, nullcontext
from typing import Any

from sqlalchemy import ClauseElement, Connection, Dialect
from sqlalchemy.exc import DBAPIError

Row = tuple[Any, ...]
Way = Callable[[Any], Any]
Given = dict[str, Any] | tuple[Any, ...]


class Straight:
    """A statement written down once; what is `said` each time goes through the types of its columns."""

    def __init__(self, statement: ClauseElement, dialect: Dialect, *said: str) -> None:
        written: Any = statement.compile(dialect=dialect)
        whole = written.construct_expanded_state(dict.fromkeys(said))
        self.words: str = whole.statement
        self.places: Sequence[str] | None = whole.positiontup
        types = {name: one.type.dialect_impl(dialect) for name, one in written.binds.items()}
        ways = {name: type_.bind_processor(dialect) for name, type_ in types.items()}
        self.ways: dict[str, Way] = {name: way for name, way in ways.items() if way} | dict(whole.processors)
        self.given = self._bound(whole.parameters, [name for name in whole.parameters if name not in said])
        self.said = [name for name in written.binds if name in said]

    def values(self, said: dict[str, Any]) -> Given:
        """What the driver is given: by name, or by place where it knows no names; the rest is left out."""
        named = self.given | self._bound(said, self.said)
        return named if self.places is None else tuple([named[name] for name in self.places])

    def _bound(self, values: dict[str, Any], names: Iterable[str]) -> dict[str, Any]:
        ways = self.ways
        return {name: ways[name](values[name]) if name in ways else values[name] for name in names}


def at_once(connection: Connection, *asked: tuple[Straight, dict[str, Any]]) -> list[Sequence[Row]]:
    """The rows of each, in their order: one begins when the one before it has ended.

    Rows are as the driver gives them. Who listens to what SQLAlchemy asks hears of them. Raises what
    SQLAlchemy raises.
    """
    driver: Any = connection.connection.driver_connection
    fault_of = connection.dialect.loaded_dbapi.Error
    said = [(driver.cursor(), one.words, one.values(values)) for one, values in asked]
    told = [_told(connection, *one) for one in said]
    try:
        with _way(driver, len(told)):
            for cursor, words, values in told:
                cursor.execute(words, values)
            return [cursor.fetchall() for cursor, _words, _values in told]
    except fault_of as fault:
        all_words = "; ".join(words for _cursor, words, _values in told)
        raise DBAPIError.instance(all_words, None, fault, fault_of, dialect=connection.dialect) from fault


def _way(driver: Any, statements: int) -> AbstractContextManager[object]:
    """Only PostgreSQL is far enough away for several to go together."""
    if statements > 1 and hasattr(driver, "pipeline"):
        way: AbstractContextManager[object] = driver.pipeline()
        return way
    return nullcontext()


def _told(connection: Connection, cursor: Any, words: str, values: Given) -> tuple[Any, str, Given]:
    for listener in connection.dispatch.before_cursor_execute:
        words, values = listener(connection, cursor, words, values, None, False)
    return cursor, words, values
