"""What the database itself refuses: to edit a membership, which only begins and ends."""

from __future__ import annotations

REFUSED = "a membership begins and ends, it is never edited"
KEPT = ("group_id", "side", "kind", "begun_at", "mandate_ends_on", "code")
# A person may be erased from it, nobody else may take their place; an end is written once.
EDITED = " OR ".join(
    [
        *(f"new.{column} IS DISTINCT FROM old.{column}" for column in KEPT),
        "(new.account_id IS NOT NULL AND new.account_id IS DISTINCT FROM old.account_id)",
        "(old.ended_at IS NOT NULL AND new.ended_at IS DISTINCT FROM old.ended_at)",
    ]
)
SQLITE = [
    f"CREATE TRIGGER membership_kept BEFORE UPDATE ON membership WHEN {EDITED}"
    f" BEGIN SELECT RAISE(ABORT, '{REFUSED}'); END"
]
POSTGRESQL = [
    "CREATE FUNCTION membership_refuse() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN"
    f" IF {EDITED} THEN RAISE EXCEPTION '{REFUSED}'; END IF; RETURN new; END $$",
    "CREATE TRIGGER membership_kept BEFORE UPDATE ON membership"
    " FOR EACH ROW EXECUTE FUNCTION membership_refuse()",
]
