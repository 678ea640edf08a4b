"""Words prepared"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None

TABLE, COLUMN = "event_need_done", "need"
NEEDS = ["step_free", "hearing", "sign_language", "interpreter", "large_print", "transport", "quiet"]


def _is_one_of(values: list[str]) -> str:
    return f"{COLUMN} IN ({', '.join(repr(value) for value in values)})"


def _alter_check(before: list[str], after: list[str]) -> None:
    """SQLite: the text of the check alone, as https://www.sqlite.org/lang_altertable.html (7) allows."""
    old, new = _is_one_of(before), _is_one_of(after)
    if op.get_bind().dialect.name == "postgresql":
        op.drop_constraint(op.f(f"ck_{TABLE}_{COLUMN}"), TABLE, type_="check")
        op.create_check_constraint(op.f(f"ck_{TABLE}_{COLUMN}"), TABLE, new)
        return
    version = op.get_bind().exec_driver_sql("PRAGMA schema_version").scalar_one()
    op.execute("PRAGMA writable_schema = ON")
    swap = sa.text(
        "UPDATE sqlite_master SET sql = replace(sql, :old, :new) WHERE type = 'table' AND name = :t"
    )
    op.get_bind().execute(swap, {"old": old, "new": new, "t": TABLE})
    op.execute(f"PRAGMA schema_version = {version + 1}")
    op.execute("PRAGMA writable_schema = OFF")


def upgrade() -> None:
    _alter_check(NEEDS, [*NEEDS, "words"])


def downgrade() -> None:
    op.execute(f"DELETE FROM {TABLE} WHERE {COLUMN} = 'words'")
    _alter_check([*NEEDS, "words"], NEEDS)
