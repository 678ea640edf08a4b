"""Files people sent, under random names: pictures drawn again, PDFs written again, sounds of the team."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy.orm import Mapped, mapped_column

from engage.core.db import Model
from engage.core.keys import random_code


class Upload(Model):
    """A file in the files folder, as `name`; whoever owns the row decides who may have it.

    `width` and `height` are those of a picture, in pixels; others have none.
    """

    __tablename__ = "upload"
    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(unique=True, default=lambda: random_code(26).lower())
    media_type: Mapped[str]
    size: Mapped[int]
    width: Mapped[int]
    height: Mapped[int]
    alt: Mapped[str] = mapped_column(default="")
    created_at: Mapped[datetime]
