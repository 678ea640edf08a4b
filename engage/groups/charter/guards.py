"""What the database itself refuses: to change a charter that was published."""

from __future__ import annotations

REFUSED = "a published charter is frozen"
FROZEN = (
    "group_id",
    "number",
    "we_promise",
    "you_promise",
    "confidentiality",
    "image_rights",
    "expenses",
    "published_at",
)
CHANGED = "old.published_at IS NOT NULL AND ({})".format(
    " OR ".join(f"new.{column} IS DISTINCT FROM old.{column}" for column in FROZEN)
)
SQLITE = [
    f"CREATE TRIGGER charter_frozen BEFORE UPDATE ON charter WHEN {CHANGED}"
    f" BEGIN SELECT RAISE(ABORT, '{REFUSED}'); END"
]
POSTGRESQL = [
    "CREATE FUNCTION charter_refuse() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN"
    f" IF {CHANGED} THEN RAISE EXCEPTION '{REFUSED}'; END IF; RETURN new; END $$",
    "CREATE TRIGGER charter_frozen BEFORE UPDATE ON charter FOR EACH ROW EXECUTE FUNCTION charter_refuse()",
]
