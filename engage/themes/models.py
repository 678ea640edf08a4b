"""The code book: the themes that contributions are filed under."""

from __future__ import annotations

from sqlalchemy.orm import Mapped, mapped_column

from engage.core.db import Model


class Theme(Model):
    """`icon` names a pictogram of ui/icon.html; a hidden theme stays on what was filed under it."""

    __tablename__ = "theme"
    id: Mapped[int] = mapped_column(primary_key=True)
    code: Mapped[str] = mapped_column(unique=True)
    label: Mapped[str]
    label_en: Mapped[str] = mapped_column(default="")
    icon: Mapped[str]
    position: Mapped[int]
    is_hidden: Mapped[bool] = mapped_column(default=False)
