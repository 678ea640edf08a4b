"""What the database itself refuses: to change minutes that were approved."""

from __future__ import annotations

REFUSED = "approved minutes are frozen"
FROZEN = ("state", "heard", "decided", "in_full", "approved_at", "shared_at")
# The words for others are apart: they may be published later, and taken back.
CHANGED = "old.state = 'approved' AND ({})".format(
    " OR ".join(f"new.{column} IS DISTINCT FROM old.{column}" for column in FROZEN)
)
SQLITE = [
    f"CREATE TRIGGER minutes_frozen BEFORE UPDATE ON minutes WHEN {CHANGED}"
    f" BEGIN SELECT RAISE(ABORT, '{REFUSED}'); END"
]
POSTGRESQL = [
    "CREATE FUNCTION minutes_refuse() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN"
    f" IF {CHANGED} THEN RAISE EXCEPTION '{REFUSED}'; END IF; RETURN new; END $$",
    "CREATE TRIGGER minutes_frozen BEFORE UPDATE ON minutes FOR EACH ROW EXECUTE FUNCTION minutes_refuse()",
]
