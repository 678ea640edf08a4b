"""All that is written of a newcomer: at once on PostgreSQL, row by row on SQLite.

What PostgreSQL is asked goes there and back, and all who want a place wait for each of these ways.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import lru_cache
from typing import Any

from sqlalchemy import BindParameter, ClauseElement, Dialect, bindparam, insert, select, update
from sqlalchemy.dialects import postgresql, sqlite

from engage.core.db import db, stored
from engage.core.straight import Straight, at_once
from engage.events.models import Occurrence
from engage.events.signing.models import SignUp, SignUpChange
from engage.intake.models import FollowUp

Rows = dict[str, dict[str, Any]]
Columns = tuple[str, ...]
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
    said = {f"{row}_{name}": value for row, values in rows.items() for name, value in values.items()}
    said |= {"date": rows["sign_up"]["occurrence_id"], "seats": taken}
    connection = db.session.connection()
    first, *rest = asked(connection.dialect, *map(tuple, rows.values()))
    (made,) = at_once(connection, (first, said))
    if not made:
        return None
    said["sign_up"] = made[0][0]
    for one in rest:
        at_once(connection, (one, said))
    return stored(SignUp, id=said["sign_up"], **rows["sign_up"])


@lru_cache(maxsize=8)
def asked(dialect: Dialect, sign_up: Columns, change: Columns, follow_up: Columns) -> list[Straight]:
    """For these columns of these rows, which no default of a model completes; built once.

    The first one answers with the number of the sign-up; those after it, if any, are told that number.
    """
    columns = {"sign_up": sign_up, "change": change, "follow_up": follow_up}
    names = ["date", "seats", *(f"{row}_{name}" for row, named in columns.items() for name in named)]
    return [Straight(one, dialect, *names, "sign_up") for one in WAYS[dialect.name](columns)]


def _in_turn(columns: dict[str, Columns]) -> list[ClauseElement]:
    theirs = {"sign_up_id": bindparam("sign_up"), **_named("change", columns["change"])}
    return [
        _sign_up(sqlite.insert, columns["sign_up"]),
        insert(TABLES["change"]).values(theirs),
        insert(TABLES["follow_up"]).values(_named("follow_up", columns["follow_up"])),
        COUNT,
    ]


def _at_once(columns: dict[str, Columns]) -> list[ClauseElement]:
    made = _sign_up(postgresql.insert, columns["sign_up"]).cte("made")
    noted, opened = columns["change"], columns["follow_up"]
    change = select(made.c.id, *_named("change", noted).values())
    follow_up = select(*_named("follow_up", opened).values()).select_from(made)
    whole = select(made.c.id).add_cte(
        insert(TABLES["change"]).from_select(["sign_up_id", *noted], change).cte("noted"),
        insert(TABLES["follow_up"]).from_select(list(opened), follow_up).cte("opened"),
        COUNT.cte("counted"),
    )
    return [whole]


def _sign_up(insert_into: Callable[[Any], Any], names: Columns) -> Any:
    row = insert_into(TABLES["sign_up"]).values(_named("sign_up", names))
    return row.on_conflict_do_nothing().returning(TABLES["sign_up"].c.id)


def _named(row: str, names: Iterable[str]) -> dict[str, BindParameter[Any]]:
    return {name: bindparam(f"{row}_{name}", type_=TABLES[row].c[name].type) for name in names}


WAYS: dict[str, Callable[[dict[str, Columns]], list[ClauseElement]]] = {
    "sqlite": _in_turn,
    "postgresql": _at_once,
}
