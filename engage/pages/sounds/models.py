"""The recording of one text of a page."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from engage.core.db import Model
from engage.pages.models import Body, Page
from engage.uploads.models import Upload


class Recording(Model):
    """`words_digest` is that of the text that was read: other words, and the recording is not offered."""

    __tablename__ = "page_recording"
    __table_args__ = (UniqueConstraint("page_id", "language", "body"),)
    id: Mapped[int] = mapped_column(primary_key=True)
    page_id: Mapped[int] = mapped_column(ForeignKey("page.id", ondelete="CASCADE"))
    language: Mapped[str]
    body: Mapped[Body]
    words_digest: Mapped[str]
    upload_id: Mapped[int] = mapped_column(ForeignKey("upload.id", ondelete="RESTRICT"))
    said_by: Mapped[str] = mapped_column(default="")
    recorded_at: Mapped[datetime]
    recorded_by_id: Mapped[int | None] = mapped_column(ForeignKey("account.id", ondelete="SET NULL"))
    page: Mapped[Page] = relationship(Page)
    upload: Mapped[Upload] = relationship()
