"""What the database itself refuses: any change of a version that is not a draft."""

from __future__ import annotations

VERSION = "questionnaire_version"
PARTS = [f"questionnaire_{part}" for part in ("page", "question", "choice", "dependence", "text")]
KEPT = [
    "id", "questionnaire_id", "number", "parent_id", "content_hash", "change", "change_note", "languages",
    "licence", "instrument", "edited_at", "frozen_at",
]  # fmt: skip
REFUSED = "a frozen version cannot be changed"
ROWS = {"insert": ("new",), "update": ("old", "new"), "delete": ("old",)}


def _fixed(row: str) -> str:
    return f"EXISTS (SELECT 1 FROM {VERSION} v WHERE v.id = {row}.version_id AND v.state <> 'draft')"  # noqa: S608


def _sqlite(name: str, verb: str, table: str, fault: str) -> str:
    return (
        f"CREATE TRIGGER {name} BEFORE {verb.upper()} ON {table} WHEN {fault}"
        f" BEGIN SELECT RAISE(ABORT, '{REFUSED}'); END"
    )


def _same(unlike: str, columns: list[str]) -> str:
    return " OR ".join(f"new.{name} {unlike} old.{name}" for name in columns)


_NOT_BORN_A_DRAFT = (
    "new.state <> 'draft' OR EXISTS (SELECT 1 FROM questionnaire_version v WHERE v.state <> 'draft'"
    " AND (v.id = new.id OR v.questionnaire_id = new.questionnaire_id AND v.number = new.number))"
)
SQLITE = [
    *(
        _sqlite(f"{table}_frozen_{verb}", verb, table, " OR ".join(map(_fixed, rows)))
        for table in PARTS
        for verb, rows in ROWS.items()
    ),
    _sqlite(f"{VERSION}_frozen_insert", "insert", VERSION, _NOT_BORN_A_DRAFT),
    _sqlite(f"{VERSION}_frozen_delete", "delete", VERSION, "old.state <> 'draft'"),
    _sqlite(
        f"{VERSION}_frozen_update",
        "update",
        VERSION,
        "old.state = 'draft' AND new.state = 'retired' OR old.state = 'draft' AND new.id <> old.id"
        " OR old.state <> 'draft' AND (old.state <> 'frozen' OR new.state <> 'retired'"
        f" OR {_same('IS NOT', KEPT)})",
    ),
]

_JSON = {"languages", "instrument"}
_PLAIN = [f"{name}::text" if name in _JSON else name for name in KEPT]
POSTGRESQL = [
    "CREATE FUNCTION questionnaire_part_refuse() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN"
    f" IF TG_OP <> 'INSERT' AND {_fixed('old')} THEN RAISE EXCEPTION '{REFUSED}'; END IF;"
    " IF TG_OP = 'DELETE' THEN RETURN old; END IF;"
    f" IF {_fixed('new')} THEN RAISE EXCEPTION '{REFUSED}'; END IF;"
    " RETURN new; END $$",
    "CREATE FUNCTION questionnaire_version_refuse() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN"
    f" IF TG_OP = 'INSERT' AND new.state <> 'draft' THEN RAISE EXCEPTION '{REFUSED}'; END IF;"
    " IF TG_OP = 'INSERT' THEN RETURN new; END IF;"
    f" IF TG_OP = 'DELETE' AND old.state <> 'draft' THEN RAISE EXCEPTION '{REFUSED}'; END IF;"
    " IF TG_OP = 'DELETE' THEN RETURN old; END IF;"
    " IF old.state = 'draft' AND (new.state = 'retired' OR new.id <> old.id)"
    " OR old.state <> 'draft' AND (old.state <> 'frozen' OR new.state <> 'retired'"
    f" OR {_same('IS DISTINCT FROM', _PLAIN)}) THEN RAISE EXCEPTION '{REFUSED}'; END IF;"
    " RETURN new; END $$",
    *(
        f"CREATE TRIGGER {table}_frozen BEFORE INSERT OR UPDATE OR DELETE ON {table}"
        " FOR EACH ROW EXECUTE FUNCTION questionnaire_part_refuse()"
        for table in PARTS
    ),
    f"CREATE TRIGGER {VERSION}_frozen BEFORE INSERT OR UPDATE OR DELETE ON {VERSION}"
    " FOR EACH ROW EXECUTE FUNCTION questionnaire_version_refuse()",
]
