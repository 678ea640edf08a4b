"""A word or an acronym, and what it means."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from engage.core.db import Model


class Term(Model):
    """`expansion` is what an acronym stands for; `forms` are other writings of it (plurals, points).

    `folded` is the term without accents or case: a term is defined once in a language. `slug` stands in
    /mots/<slug>. `version` tells two writers apart.
    """

    __tablename__ = "glossary_term"
    __table_args__ = (UniqueConstraint("language", "folded"), UniqueConstraint("language", "slug"))
    id: Mapped[int] = mapped_column(primary_key=True)
    version: Mapped[int] = mapped_column()
    language: Mapped[str] = mapped_column(default="fr")
    slug: Mapped[str]
    term: Mapped[str]
    folded: Mapped[str]
    expansion: Mapped[str] = mapped_column(default="")
    definition: Mapped[str]
    forms: Mapped[list[Any]] = mapped_column(default=list)
    changed_at: Mapped[datetime]
    changed_by_id: Mapped[int | None] = mapped_column(ForeignKey("account.id", ondelete="SET NULL"))
    __mapper_args__ = {"version_id_col": version}
