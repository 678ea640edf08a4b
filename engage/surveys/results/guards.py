"""What the database itself refuses: to take back or to change what was released."""

from __future__ import annotations

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
