"""Words that were looked for and not found."""

from __future__ import annotations

from datetime import date

from sqlalchemy.orm import Mapped, mapped_column

from engage.core.db import Model


class EmptySearch(Model):
    """`words` as folded terms, never a whole sentence and never who asked."""

    __tablename__ = "empty_search"
    words: Mapped[str] = mapped_column(primary_key=True)
    times: Mapped[int]
    last_on: Mapped[date]
