"""What the database itself refuses: to take back or to change what was released."""

from __future__ import annotations

from sqlalchemy import DDL, FromClause, event

REFUSED = "what was released is written down for good"
# The true counts may be wiped once no later release can come; what was shown stays as it was.
CHANGED = "CAST(new.shown AS TEXT) <> CAST(old.shown AS TEXT) OR new.counted IS NOT NULL"
TABLES = ("survey_release", "survey_crossing")
SQLITE = [
    f"CREATE TRIGGER {table}_kept BEFORE UPDATE ON {table} WHEN {CHANGED}"
    f" BEGIN SELECT RAISE(ABORT, '{REFUSED}'); END"
    for table in TABLES
]
POSTGRESQL = [
    "CREATE FUNCTION survey_release_refuse() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN"
    f" IF {CHANGED} THEN RAISE EXCEPTION '{REFUSED}'; END IF; RETURN new; END $$",
    *(
        f"CREATE TRIGGER {table}_kept BEFORE UPDATE ON {table}"
        " FOR EACH ROW EXECUTE FUNCTION survey_release_refuse()"
        for table in TABLES
    ),
]


def listen(table: FromClause) -> None:
    """Run the guards when the last table is made straight from its model."""
    for dialect, statements in (("sqlite", SQLITE), ("postgresql", POSTGRESQL)):
        for statement in statements:
            guard = DDL(statement).execute_if(dialect=dialect)  # type: ignore[no-untyped-call]
            event.listen(table, "after_create", guard)
