"""What both sides promise each other, in numbered versions, and who agreed to which."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, UniqueConstraint, false
from sqlalchemy.orm import Mapped, mapped_column, relationship

from engage.core.db import Model
from engage.core.guards import listen
from engage.groups.charter import guards


class Charter(Model):
    """One version; published, it does not change any more. Before that it is the draft of the next one."""

    __tablename__ = "charter"
    __table_args__ = (UniqueConstraint("group_id", "number"),)
    id: Mapped[int] = mapped_column(primary_key=True)
    version: Mapped[int] = mapped_column()
    group_id: Mapped[int] = mapped_column(ForeignKey("users_group.id", ondelete="CASCADE"))
    number: Mapped[int]
    we_promise: Mapped[str]
    you_promise: Mapped[str]
    confidentiality: Mapped[str]
    image_rights: Mapped[str]
    expenses: Mapped[str]
    published_at: Mapped[datetime | None]
    published_by_id: Mapped[int | None] = mapped_column(ForeignKey("account.id", ondelete="SET NULL"))
    __mapper_args__ = {"version_id_col": version}


class CharterAgreement(Model):
    """A member read this version and agreed; `on_paper`: signed by hand, noted by the team."""

    __tablename__ = "charter_agreement"
    charter_id: Mapped[int] = mapped_column(ForeignKey("charter.id", ondelete="CASCADE"), primary_key=True)
    membership_id: Mapped[int] = mapped_column(
        ForeignKey("membership.id", ondelete="CASCADE"), primary_key=True, index=True
    )
    agreed_at: Mapped[datetime]
    on_paper: Mapped[bool] = mapped_column(default=False, server_default=false())
    noted_by_id: Mapped[int | None] = mapped_column(ForeignKey("account.id", ondelete="SET NULL"))
    charter: Mapped[Charter] = relationship()


listen(Charter.__table__, sqlite=guards.SQLITE, postgresql=guards.POSTGRESQL)
