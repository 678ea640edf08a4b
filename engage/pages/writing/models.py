"""Plain words that writers took instead of jargon."""

from __future__ import annotations

from sqlalchemy.orm import Mapped, mapped_column

from engage.core.db import Model


class PlainWord(Model):
    """`replacement` was taken `times` times instead of `words`; the assistant proposes it once it is used."""

    __tablename__ = "plain_word"
    words: Mapped[str] = mapped_column(primary_key=True)
    replacement: Mapped[str] = mapped_column(primary_key=True)
    times: Mapped[int]
