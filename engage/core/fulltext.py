"""Search that does not mind accents or endings, on SQLite (FTS5) and PostgreSQL (tsvector)."""

from __future__ import annotations

from sqlalchemy import DDL, Index, Select, delete, event, func, select, text, type_coerce
from sqlalchemy.orm import Mapped, mapped_column
from sqlalchemy.types import Text

from engage.core.db import Model, db
from engage.core.words import terms


class FulltextEntry(Model):
    """The terms of one thing (`kind`, `ref`); the engine's own index stands beside."""

    __tablename__ = "fulltext_entry"
    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[str]
    ref: Mapped[str]
    terms: Mapped[str]
    __table_args__ = (Index("uq_fulltext_entry_kind_ref", "kind", "ref", unique=True),)


SQLITE_INDEX = [
    "CREATE VIRTUAL TABLE fulltext_index USING fts5(terms, content='fulltext_entry', content_rowid='id')",
    "CREATE TRIGGER fulltext_entry_insert AFTER INSERT ON fulltext_entry BEGIN"
    " INSERT INTO fulltext_index(rowid, terms) VALUES (new.id, new.terms); END",
    "CREATE TRIGGER fulltext_entry_delete AFTER DELETE ON fulltext_entry BEGIN"
    " INSERT INTO fulltext_index(fulltext_index, rowid, terms) VALUES ('delete', old.id, old.terms); END",
    "CREATE TRIGGER fulltext_entry_update AFTER UPDATE ON fulltext_entry BEGIN"
    " INSERT INTO fulltext_index(fulltext_index, rowid, terms) VALUES ('delete', old.id, old.terms);"
    " INSERT INTO fulltext_index(rowid, terms) VALUES (new.id, new.terms); END",
]
POSTGRES_INDEX = [
    "CREATE INDEX ix_fulltext_entry_terms ON fulltext_entry USING gin (to_tsvector('simple', terms))",
]
for dialect, statements in (("sqlite", SQLITE_INDEX), ("postgresql", POSTGRES_INDEX)):
    for statement in statements:
        event.listen(FulltextEntry.__table__, "after_create", DDL(statement).execute_if(dialect=dialect))  # type: ignore[no-untyped-call]
GONE = DDL("DROP TABLE IF EXISTS fulltext_index").execute_if(dialect="sqlite")  # type: ignore[no-untyped-call]
event.listen(FulltextEntry.__table__, "after_drop", GONE)


def _is_sqlite() -> bool:
    return db.engine.dialect.name == "sqlite"


def put(kind: str, ref: str, words: str) -> None:
    """Make the thing `ref` findable by `words`, replacing what was said of it before."""
    entry = db.session.scalars(select(FulltextEntry).filter_by(kind=kind, ref=ref)).one_or_none()
    if entry is None:
        db.session.add(FulltextEntry(kind=kind, ref=ref, terms=terms(words)))
    else:
        entry.terms = terms(words)


def drop(kind: str, ref: str) -> None:
    db.session.execute(delete(FulltextEntry).filter_by(kind=kind, ref=ref))


def _quoted(words: str, joined_by: str) -> str:
    return joined_by.join(f'"{term}"' for term in words.split())


def matching(kind: str, query: str) -> Select[str]:
    """The refs of the things that hold every word of `query`, whatever accents and endings; a subquery."""
    wanted = terms(query)
    refs = select(FulltextEntry.ref).where(FulltextEntry.kind == kind)
    if not wanted:
        return refs.where(text("1 = 0"))
    if _is_sqlite():
        found = text("SELECT rowid FROM fulltext_index WHERE fulltext_index MATCH :words")
        rows = found.bindparams(words=_quoted(wanted, " ")).columns(rowid=FulltextEntry.id.type)
        return refs.where(FulltextEntry.id.in_(select(rows.subquery().c.rowid)))
    vector = func.to_tsvector(text("'simple'"), FulltextEntry.terms)
    return refs.where(vector.op("@@")(func.plainto_tsquery(text("'simple'"), wanted)))


def nearest(kind: str, words: str, limit: int) -> list[tuple[str, str]]:
    """(ref, terms) of the things that share most words with `words`, best first."""
    wanted = terms(words)
    if not wanted:
        return []
    if _is_sqlite():
        ranked = text(
            "SELECT e.ref, e.terms FROM fulltext_index i JOIN fulltext_entry e ON e.id = i.rowid"
            " WHERE fulltext_index MATCH :words AND e.kind = :kind ORDER BY i.rank LIMIT :limit"
        ).bindparams(words=_quoted(wanted, " OR "), kind=kind, limit=limit)
        return [(row.ref, row.terms) for row in db.session.execute(ranked)]
    asked = func.to_tsquery(text("'simple'"), type_coerce(_quoted(wanted, " | ").replace('"', "'"), Text))
    vector = func.to_tsvector(text("'simple'"), FulltextEntry.terms)
    statement = (
        select(FulltextEntry.ref, FulltextEntry.terms)
        .where(FulltextEntry.kind == kind, vector.op("@@")(asked))
        .order_by(func.ts_rank(vector, asked).desc(), FulltextEntry.id)
        .limit(limit)
    )
    return [(row.ref, row.terms) for row in db.session.execute(statement)]


def sharing(kind: str, words: str, limit: int) -> list[tuple[str, str]]:
    """(ref, terms) of the newest things that share a word with `words`: cheap, for who weighs them after."""
    wanted = terms(words)
    if not wanted:
        return []
    if _is_sqlite():
        newest = text(
            "SELECT e.ref, e.terms FROM fulltext_index i JOIN fulltext_entry e ON e.id = i.rowid"
            " WHERE fulltext_index MATCH :words AND e.kind = :kind ORDER BY i.rowid DESC LIMIT :limit"
        )
        found = {"words": _quoted(wanted, " OR "), "kind": kind, "limit": limit}
        return [(row.ref, row.terms) for row in db.session.execute(newest, found)]
    asked = func.to_tsquery(text("'simple'"), type_coerce(_quoted(wanted, " | ").replace('"', "'"), Text))
    vector = func.to_tsvector(text("'simple'"), FulltextEntry.terms)
    rows = select(FulltextEntry.ref, FulltextEntry.terms).where(FulltextEntry.kind == kind)
    rows = rows.where(vector.op("@@")(asked)).order_by(FulltextEntry.id.desc()).limit(limit)
    return [(row.ref, row.terms) for row in db.session.execute(rows)]
