"""The shape of a database, as plain data that two databases can be compared by, on both engines."""

from __future__ import annotations

import re
from typing import Any

from sqlalchemy import Engine, inspect, text
from sqlalchemy.engine.interfaces import ReflectedForeignKeyConstraint

OWN = re.compile(r"fulltext_index_|sqlite_|alembic_version")
Shape = dict[str, Any]


def _plain(sql: str) -> str:
    """A check or a trigger, whatever its spaces, quotes and casts."""
    return re.sub(r"[\s\"()]+|::\w+( varying)?(\[\])?", " ", sql).strip().lower()


def _kept(engine: Engine, name: str, key: ReflectedForeignKeyConstraint) -> str:
    """What becomes of the row with the one it points to. In SQLite a pragma tells it of added columns too."""
    if engine.dialect.name != "sqlite":
        return str(key["options"].get("ondelete", ""))
    found: dict[int, tuple[list[str], str]] = {}
    with engine.connect() as connection:
        for row in connection.exec_driver_sql(f"PRAGMA foreign_key_list({name})").mappings():
            found.setdefault(row["id"], ([], row["on_delete"]))[0].append(row["from"])
    return next(kept for columns, kept in found.values() if columns == key["constrained_columns"])


def _table(engine: Engine, name: str) -> Shape:
    see = inspect(engine)
    keys = [
        (*k["constrained_columns"], k["referred_table"], _kept(engine, name, k))
        for k in see.get_foreign_keys(name)
    ]
    return {
        "columns": {c["name"]: (str(c["type"]), c["nullable"], c["default"]) for c in see.get_columns(name)},
        "primary key": see.get_pk_constraint(name),
        "foreign keys": sorted(keys),
        "unique": sorted((str(u["name"]), *u["column_names"]) for u in see.get_unique_constraints(name)),
        "checks": sorted((str(c["name"]), _plain(c["sqltext"])) for c in see.get_check_constraints(name)),
        "indexes": sorted(
            (str(i["name"]), str(i["column_names"]), i["unique"]) for i in see.get_indexes(name)
        ),
    }


TRIGGERS = {
    "sqlite": "SELECT name, sql FROM sqlite_master WHERE type = 'trigger' OR sql LIKE 'CREATE VIRTUAL%'",
    "postgresql": "SELECT tgname, pg_get_triggerdef(oid) FROM pg_trigger WHERE NOT tgisinternal"
    " UNION SELECT proname, pg_get_functiondef(oid) FROM pg_proc"
    " WHERE pronamespace = current_schema()::regnamespace"
    " UNION SELECT indexname, indexdef FROM pg_indexes WHERE schemaname = current_schema()",
}


def triggers(engine: Engine) -> dict[str, str]:
    with engine.connect() as connection:
        rows = connection.execute(text(TRIGGERS[engine.dialect.name])).all()
    return {name: _plain(sql) for name, sql in rows if not OWN.match(name)}


def shape(engine: Engine) -> Shape:
    """Tables, columns, keys, checks, indexes, triggers and functions; not what the engine keeps."""
    names = [name for name in inspect(engine).get_table_names() if not OWN.match(name)]
    return {name: _table(engine, name) for name in names} | {"triggers": triggers(engine)}


def counts(engine: Engine) -> dict[str, int]:
    """How many rows each table holds."""
    names = [name for name in inspect(engine).get_table_names() if not OWN.match(name)]
    with engine.connect() as connection:
        return {name: connection.scalar(text(f'SELECT count(*) FROM "{name}"')) or 0 for name in names}
