"""Statements given to the driver of PostgreSQL as they are, several in one way there and back.

What stands around a statement costs more than a short one itself: where all who want one place wait for each
other, nobody should wait for that.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from sqlalchemy import ClauseElement, Connection, Dialect
from sqlalchemy.exc import DBAPIError

Row = tuple[Any, ...]
Way = Callable[[Any], Any]


class Straight:
    """A statement written down once; what is `said` each time goes through the types of its columns."""

    def __init__(self, statement: ClauseElement, dialect: Dialect, *said: str) -> None:
        written: Any = statement.compile(dialect=dialect)
        whole = written.construct_expanded_state(dict.fromkeys(said))
        self.words: str = whole.statement
        types = {name: one.type.dialect_impl(dialect) for name, one in written.binds.items()}
        ways = {name: type_.bind_processor(dialect) for name, type_ in types.items()}
        self.ways: dict[str, Way] = {name: way for name, way in ways.items() if way} | dict(whole.processors)
        self.given = self._bound({name: one for name, one in whole.parameters.items() if name not in said})

    def values(self, said: dict[str, Any]) -> dict[str, Any]:
        """What the driver is given."""
        return self.given | self._bound(said)

    def _bound(self, said: dict[str, Any]) -> dict[str, Any]:
        ways = self.ways
        return {name: ways[name](value) if name in ways else value for name, value in said.items()}


def at_once(connection: Connection, *asked: tuple[Straight, dict[str, Any]]) -> list[Sequence[Row]]:
    """The rows of each, in their order: PostgreSQL begins one when the one before it has ended.

    Who listens to what SQLAlchemy asks hears of them. Raises what SQLAlchemy raises.
    """
    driver: Any = connection.connection.driver_connection
    fault_of = connection.dialect.loaded_dbapi.Error
    said = [(driver.cursor(), one.words, one.values(values)) for one, values in asked]
    told = [_told(connection, *one) for one in said]
    try:
        with driver.pipeline():
            for cursor, words, values in told:
                cursor.execute(words, values)
            return [cursor.fetchall() for cursor, _words, _values in told]
    except fault_of as fault:
        all_words = "; ".join(words for _cursor, words, _values in told)
        raise DBAPIError.instance(all_words, None, fault, fault_of, dialect=connection.dialect) from fault


def _told(connection: Connection, cursor: Any, words: str, values: dict[str, Any]) -> tuple[Any, str, Any]:
    for listener in connection.dispatch.before_cursor_execute:
        words, values = listener(connection, cursor, words, values, None, False)
    return cursor, words, values
