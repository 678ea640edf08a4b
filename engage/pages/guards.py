"""What the database itself refuses: to change a version of a page that was frozen."""

from __future__ import annotations

REFUSED = "a version of a page is frozen"
# A version frozen for a reading may still be published, once.
FROZEN = (
    "page_id",
    "language",
    "number",
    "title",
    "message",
    "summary",
    "simple",
    "short",
    "sources",
    "source_id",
    "checklist",
    "kept",
    "frozen_at",
)
CHANGED = " OR ".join(
    [
        *(f"CAST(new.{column} AS TEXT) IS DISTINCT FROM CAST(old.{column} AS TEXT)" for column in FROZEN),
        "(old.published_at IS NOT NULL AND new.published_at IS DISTINCT FROM old.published_at)",
    ]
)
SQLITE = [
    f"CREATE TRIGGER page_version_frozen BEFORE UPDATE ON page_version WHEN {CHANGED}"
    f" BEGIN SELECT RAISE(ABORT, '{REFUSED}'); END"
]
POSTGRESQL = [
    "CREATE FUNCTION page_version_refuse() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN"
    f" IF {CHANGED} THEN RAISE EXCEPTION '{REFUSED}'; END IF; RETURN new; END $$",
    "CREATE TRIGGER page_version_frozen BEFORE UPDATE ON page_version"
    " FOR EACH ROW EXECUTE FUNCTION page_version_refuse()",
]
