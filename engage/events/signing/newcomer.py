"""All that is written of a newcomer: at once on PostgreSQL, row by row on SQLite.

What PostgreSQL is asked goes there and back, and all who want a place wait for each of these ways.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import cache
from typing import Any

from sqlalchemy import BindParameter, Connection, Select, bindparam, insert, select, update
from sqlalchemy.dialects import postgresql, sqlite

from engage.core.db import db, stored
from engage.events.models import Occurrence
from engage.events.signing.models import SignUp, SignUpChange
from engage.intake.models import FollowUp

Values = dict[str, Any]
Rows = dict[str, Values]
TABLES: dict[str, Any] = {
    "sign_up": SignUp.__table__,
    "change": SignUpChange.__table__,
    "follow_up": FollowUp.__table__,
}
DATES: Any = Occurrence.__table__
COUNT = update(DATES).where(DATES.c.id == bindparam("date")).values(taken=bindparam("seats"))


def write(rows: Rows, taken: int) -> SignUp | None:
    """The sign-up, its first change, its follow-up code, and how many places of its date are `taken` with it.

    None, and nothing written but that figure, when there is such a sign-up already.
    """
    connection, date = db.session.connection(), rows["sign_up"]["occurrence_id"]
    made = WRITERS[connection.dialect.name](connection, rows, {"date": date, "seats": taken})
    return None if made is None else stored(SignUp, id=made, **rows["sign_up"])


def _in_turn(connection: Connection, rows: Rows, counted: Values) -> int | None:
    made: int | None = connection.execute(ALONE, rows["sign_up"]).scalar_one_or_none()
    if made is not None:
        connection.execute(CHANGE, rows["change"] | {"sign_up_id": made})
        connection.execute(FOLLOW_UP, rows["follow_up"])
        connection.execute(COUNT, counted)
    return made


ALONE = sqlite.insert(TABLES["sign_up"]).on_conflict_do_nothing().returning(TABLES["sign_up"].c.id)
CHANGE, FOLLOW_UP = (insert(TABLES[row]).inline() for row in ("change", "follow_up"))


def _at_once(connection: Connection, rows: Rows, counted: Values) -> int | None:
    asked = _statement(*((row, *values) for row, values in rows.items()))
    said = {f"{row}_{name}": value for row, values in rows.items() for name, value in values.items()}
    return connection.execute(asked, said | counted).scalar_one_or_none()


@cache
def _statement(*rows: tuple[str, ...]) -> Select[int]:
    """For these columns of these rows, which no default of a model completes; built once."""
    (_sign_up, *columns), (_change, *noted), (_follow_up, *opened) = rows
    sign_up = postgresql.insert(TABLES["sign_up"]).values(_named("sign_up", columns))
    made = sign_up.on_conflict_do_nothing().returning(TABLES["sign_up"].c.id).cte("made")
    change = select(made.c.id, *_named("change", noted).values())
    follow_up = select(*_named("follow_up", opened).values()).select_from(made)
    return select(made.c.id).add_cte(
        insert(TABLES["change"]).from_select(["sign_up_id", *noted], change).cte("noted"),
        insert(TABLES["follow_up"]).from_select(opened, follow_up).cte("opened"),
        COUNT.cte("counted"),
    )


def _named(row: str, names: Iterable[str]) -> dict[str, BindParameter[Any]]:
    return {name: bindparam(f"{row}_{name}", type_=TABLES[row].c[name].type) for name in names}


WRITERS: dict[str, Callable[[Connection, Rows, Values], int | None]] = {
    "sqlite": _in_turn,
    "postgresql": _at_once,
}
