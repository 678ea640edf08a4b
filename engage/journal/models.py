"""What staff did: rows that are added and never changed, even when the person is erased."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from sqlalchemy import DDL, event
from sqlalchemy.orm import Mapped, mapped_column

from engage.core.db import Model


class Entry(Model):
    """`actor` is the random id of an account, without foreign key: it outlives the account."""

    __tablename__ = "journal_entry"
    id: Mapped[int] = mapped_column(primary_key=True)
    at: Mapped[datetime] = mapped_column(index=True)
    actor: Mapped[UUID | None]
    actor_role: Mapped[str]
    verb: Mapped[str]
    subject_kind: Mapped[str]
    subject_ref: Mapped[str]
    note: Mapped[str] = mapped_column(default="")


SQLITE_GUARDS = [
    f"CREATE TRIGGER journal_entry_no_{verb} BEFORE {verb.upper()} ON journal_entry"
    " BEGIN SELECT RAISE(ABORT, 'the journal is append-only'); END"
    for verb in ("update", "delete")
]
POSTGRES_GUARDS = [
    "CREATE FUNCTION journal_entry_refuse() RETURNS trigger LANGUAGE plpgsql AS"
    " $$ BEGIN RAISE EXCEPTION 'the journal is append-only'; END $$",
    "CREATE TRIGGER journal_entry_append_only BEFORE UPDATE OR DELETE ON journal_entry"
    " FOR EACH ROW EXECUTE FUNCTION journal_entry_refuse()",
]
for dialect, statements in (("sqlite", SQLITE_GUARDS), ("postgresql", POSTGRES_GUARDS)):
    for statement in statements:
        guard = DDL(statement).execute_if(dialect=dialect)  # type: ignore[no-untyped-call]
        event.listen(Entry.__table__, "after_create", guard)
