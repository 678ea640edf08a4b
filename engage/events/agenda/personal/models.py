"""The secret address under which a program reads somebody's own dates."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column, relationship

from engage.accounts.models import Account
from engage.core.db import Model


class CalendarKey(Model):
    """One a person; only the digest of what stands in the address is kept."""

    __tablename__ = "calendar_key"
    account_id: Mapped[int] = mapped_column(ForeignKey("account.id", ondelete="CASCADE"), primary_key=True)
    digest: Mapped[str] = mapped_column(unique=True)
    created_at: Mapped[datetime]
    account: Mapped[Account] = relationship()
