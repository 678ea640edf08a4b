"""What the database itself refuses: to promise less than was promised, or to ask something else."""

from __future__ import annotations

from sqlalchemy import DDL, FromClause, event

REFUSED = "a wave keeps what it promised"
LOOSENED = "old.anonymity = 'strict' AND new.anonymity <> 'strict' OR new.version_id <> old.version_id"
SQLITE = [
    f"CREATE TRIGGER survey_wave_kept BEFORE UPDATE ON survey_wave WHEN {LOOSENED}"
    f" BEGIN SELECT RAISE(ABORT, '{REFUSED}'); END"
]
POSTGRESQL = [
    "CREATE FUNCTION survey_wave_refuse() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN"
    f" IF {LOOSENED} THEN RAISE EXCEPTION '{REFUSED}'; END IF; RETURN new; END $$",
    "CREATE TRIGGER survey_wave_kept BEFORE UPDATE ON survey_wave"
    " FOR EACH ROW EXECUTE FUNCTION survey_wave_refuse()",
]


def listen(table: FromClause) -> None:
    """Run the guards when the table is made straight from its model."""
    for dialect, statements in (("sqlite", SQLITE), ("postgresql", POSTGRESQL)):
        for statement in statements:
            guard = DDL(statement).execute_if(dialect=dialect)  # type: ignore[no-untyped-call]
            event.listen(table, "after_create", guard)
