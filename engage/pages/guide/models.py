"""The decision guide, as one tree that the team edits, and the trees that were published."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from engage.accounts.models import Account
from engage.core.db import Model


class GuideDraft(Model):
    """`tree` is the guide being edited in one language; `version` tells two writers apart."""

    __tablename__ = "guide_draft"
    language: Mapped[str] = mapped_column(primary_key=True)
    version: Mapped[int] = mapped_column()
    tree: Mapped[dict[str, Any]]
    edited_at: Mapped[datetime]
    edited_by_id: Mapped[int | None] = mapped_column(ForeignKey("account.id", ondelete="SET NULL"))
    edited_by: Mapped[Account | None] = relationship()
    __mapper_args__ = {"version_id_col": version}


class GuideVersion(Model):
    """A tree that was checked and published; readers see the last one."""

    __tablename__ = "guide_version"
    __table_args__ = (UniqueConstraint("language", "number"),)
    id: Mapped[int] = mapped_column(primary_key=True)
    language: Mapped[str]
    number: Mapped[int]
    tree: Mapped[dict[str, Any]]
    author: Mapped[str]
    published_at: Mapped[datetime]
