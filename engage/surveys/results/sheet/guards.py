"""What the database itself refuses: to change what a published sheet says."""

from __future__ import annotations

REFUSED = "a published sheet is frozen"
KEPT = ("number", "heard", "promised", "published_at")
_CHANGED = " OR ".join(f"new.{name} <> old.{name}" for name in KEPT)
_LISTS = ("figures", "quotes", "shown")


def _when(as_text: str) -> str:
    lists = " OR ".join(f"new.{name}{as_text} <> old.{name}{as_text}" for name in _LISTS)
    return f"old.state <> 'draft' AND ({_CHANGED} OR {lists} OR new.state = 'draft')"


SQLITE = [
    f"CREATE TRIGGER survey_result_sheet_frozen BEFORE UPDATE ON survey_result_sheet WHEN {_when('')}"
    f" BEGIN SELECT RAISE(ABORT, '{REFUSED}'); END"
]
POSTGRESQL = [
    "CREATE FUNCTION survey_result_sheet_refuse() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN"
    f" IF {_when('::text')} THEN RAISE EXCEPTION '{REFUSED}'; END IF; RETURN new; END $$",
    "CREATE TRIGGER survey_result_sheet_frozen BEFORE UPDATE ON survey_result_sheet"
    " FOR EACH ROW EXECUTE FUNCTION survey_result_sheet_refuse()",
]
