"""Search that does not mind accents or endings, on SQLite (FTS5) and PostgreSQL (tsvector)."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import DDL, Index, Select, TextClause, bindparam, delete, event, false, select, text
from sqlalchemy.orm import Mapped, mapped_column

from engage.core.db import Model, db
from engage.core.words import terms


class FulltextEntry(Model):
    """The terms of one thing (`kind`, `ref`); the engine's own index stands beside."""

    __tablename__ = "fulltext_entry"
    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[str]
    ref: Mapped[str]
    terms: Mapped[str]
    __table_args__ = (
        Index("uq_fulltext_entry_kind_ref", "kind", "ref", unique=True),
        Index(None, "kind", "id"),
    )


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
# Stored: weighing a row must not mean reading its words again.
POSTGRES_INDEX = [
    "ALTER TABLE fulltext_entry ADD COLUMN fulltext_index tsvector"
    " GENERATED ALWAYS AS (to_tsvector('simple', terms)) STORED",
    "CREATE INDEX ix_fulltext_entry_terms ON fulltext_entry USING gin (fulltext_index)",
]
for dialect, statements in (("sqlite", SQLITE_INDEX), ("postgresql", POSTGRES_INDEX)):
    for statement in statements:
        event.listen(FulltextEntry.__table__, "after_create", DDL(statement).execute_if(dialect=dialect))  # type: ignore[no-untyped-call]
GONE = DDL("DROP TABLE IF EXISTS fulltext_index").execute_if(dialect="sqlite")  # type: ignore[no-untyped-call]
event.listen(FulltextEntry.__table__, "after_drop", GONE)


PUT = text(
    "INSERT INTO fulltext_entry (kind, ref, terms) VALUES (:kind, :ref, :terms)"
    " ON CONFLICT (kind, ref) DO UPDATE SET terms = excluded.terms"
)
# By engine: which rows match `words`, which of them match best, and which are the newest.
MATCHING = {
    "sqlite": "SELECT rowid AS id FROM fulltext_index WHERE fulltext_index MATCH :words",
    "postgresql": "SELECT id FROM fulltext_entry WHERE fulltext_index @@ to_tsquery('simple', :words)",
}
NEAREST = {
    "sqlite": text(
        "SELECT e.ref, e.terms FROM fulltext_index i JOIN fulltext_entry e ON e.id = i.rowid"
        " WHERE fulltext_index MATCH :words AND e.kind = :kind ORDER BY i.rank LIMIT :limit"
    ),
    "postgresql": text(
        "SELECT ref, terms FROM fulltext_entry, to_tsquery('simple', :words) asked"
        " WHERE kind = :kind AND fulltext_index @@ asked"
        " ORDER BY ts_rank(fulltext_index, asked) DESC, id LIMIT :limit"
    ),
}
NEWEST = {
    "sqlite": text(
        "SELECT e.ref, e.terms FROM fulltext_index i JOIN fulltext_entry e ON e.id = i.rowid"
        " WHERE fulltext_index MATCH :words AND e.kind = :kind ORDER BY i.rowid DESC LIMIT :limit"
    ),
    "postgresql": text(
        "SELECT ref, terms FROM fulltext_entry"
        " WHERE kind = :kind AND fulltext_index @@ to_tsquery('simple', :words)"
        " ORDER BY id DESC LIMIT :limit"
    ),
}
BEST = {
    "sqlite": text(
        "SELECT e.kind, e.ref, e.terms FROM fulltext_index i JOIN fulltext_entry e ON e.id = i.rowid"
        " WHERE fulltext_index MATCH :words AND e.kind IN :kinds ORDER BY i.rank LIMIT :limit"
    ).bindparams(bindparam("kinds", expanding=True)),
    "postgresql": text(
        "SELECT kind, ref, terms FROM fulltext_entry, to_tsquery('simple', :words) asked"
        " WHERE kind IN :kinds AND fulltext_index @@ asked"
        " ORDER BY ts_rank(fulltext_index, asked) DESC, id LIMIT :limit"
    ).bindparams(bindparam("kinds", expanding=True)),
}
AND = {"sqlite": " ", "postgresql": " & "}
OR = {"sqlite": " OR ", "postgresql": " | "}


def _engine() -> str:
    return db.engine.dialect.name


def put(kind: str, ref: str, words: str) -> None:
    """Make the thing `ref` findable by `words`, replacing what was said of it before."""
    db.session.connection().execute(PUT, {"kind": kind, "ref": ref, "terms": terms(words)})


def drop(kind: str, ref: str) -> None:
    db.session.execute(delete(FulltextEntry).filter_by(kind=kind, ref=ref))


def _query(words: str, joined_by: dict[str, str]) -> str:
    """The terms of `words` as the engine's own query; each is quoted, so none is read as an operator."""
    quote = '"' if _engine() == "sqlite" else "'"
    return joined_by[_engine()].join(f"{quote}{term}{quote}" for term in terms(words).split())


def matching(kind: str, query: str) -> Select[str]:
    """The refs of the things that hold every word of `query`, whatever accents and endings; a subquery."""
    refs = select(FulltextEntry.ref).where(FulltextEntry.kind == kind)
    wanted = _query(query, AND)
    if not wanted:
        return refs.where(false())
    found = text(MATCHING[_engine()]).bindparams(words=wanted).columns(id=FulltextEntry.id.type)
    return refs.where(FulltextEntry.id.in_(select(found.subquery().c.id)))


def nearest(kind: str, words: str, limit: int) -> list[tuple[str, str]]:
    """(ref, terms) of the things that share most words with `words`, best first."""
    return _rows(NEAREST, kind, words, limit)


def sharing(kind: str, words: str, limit: int) -> list[tuple[str, str]]:
    """(ref, terms) of the newest things that share a word with `words`: cheap, for who weighs them after."""
    return _rows(NEWEST, kind, words, limit)


def _rows(asked: dict[str, TextClause], kind: str, words: str, limit: int) -> list[tuple[str, str]]:
    wanted = _query(words, OR)
    if not wanted:
        return []
    found = db.session.execute(asked[_engine()], {"words": wanted, "kind": kind, "limit": limit}).all()
    return [(ref, said) for ref, said in found]


def best(kinds: Sequence[str], words: str, limit: int) -> list[tuple[str, str, str]]:
    """(kind, ref, terms) of the things of these kinds that share most words with `words`, best first."""
    wanted = _query(words, OR)
    if not wanted:
        return []
    asked = {"words": wanted, "kinds": list(kinds), "limit": limit}
    found = db.session.execute(BEST[_engine()], asked).all()
    return [(kind, ref, said) for kind, ref, said in found]


def vocabulary(kinds: Sequence[str]) -> frozenset[str]:
    """Every term by which a thing of these kinds is found."""
    rows = db.session.scalars(select(FulltextEntry.terms).where(FulltextEntry.kind.in_(kinds)))
    return frozenset(term for said in rows for term in said.split())
