"""Files people sent: only what we re-encoded ourselves, kept under random names."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy.orm import Mapped, mapped_column

from engage.core.db import Model
from engage.core.keys import random_code


class Upload(Model):
    """A picture in the files folder, as `name`; whoever owns the row decides who may see it."""

    __tablename__ = "upload"
    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(unique=True, default=lambda: random_code(26).lower())
    media_type: Mapped[str]
    size: Mapped[int]
    width: Mapped[int]
    height: Mapped[int]
    alt: Mapped[str] = mapped_column(default="")
    created_at: Mapped[datetime]
