"""An entry of the directory of the territory."""

from __future__ import annotations

from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import CheckConstraint, ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from engage.core.db import Model
from engage.core.keys import public_code


class EntryKind(StrEnum):
    EMERGENCY = "emergency"
    TEAM = "team"
    CPTS = "cpts"
    DAC = "dac"
    CCAS = "ccas"
    CLS = "cls"
    PHARMACY = "pharmacy"
    HOSPITAL = "hospital"
    ASSOCIATION = "association"
    OTHER = "other"


class Entry(Model):
    """A person or a service. `does` is one plain sentence, `for_whom` another; `needs` are everyday words by
    which it is found ("j’ai besoin de…"), separated by commas.

    `phone` is a French number or a short one, `phone_hours` when it answers; `distance_km` is counted from
    the centre; `access` says how one gets there and in. An entry checked long ago says so.
    """

    __tablename__ = "directory_entry"
    __table_args__ = (
        CheckConstraint(
            "phone <> '' OR email <> '' OR website <> '' OR address <> ''", name="can_be_reached"
        ),
        CheckConstraint("distance_km >= 0", name="distance"),
    )
    id: Mapped[int] = mapped_column(primary_key=True)
    version: Mapped[int] = mapped_column()
    code: Mapped[str] = mapped_column(unique=True, default=public_code)
    kind: Mapped[EntryKind]
    name: Mapped[str]
    does: Mapped[str]
    for_whom: Mapped[str] = mapped_column(default="")
    needs: Mapped[str] = mapped_column(default="")
    phone: Mapped[str] = mapped_column(default="")
    phone_hours: Mapped[str] = mapped_column(default="")
    email: Mapped[str] = mapped_column(default="")
    website: Mapped[str] = mapped_column(default="")
    address: Mapped[str] = mapped_column(default="")
    opening: Mapped[str] = mapped_column(default="")
    distance_km: Mapped[float | None]
    access: Mapped[str] = mapped_column(default="")
    is_step_free: Mapped[bool | None]
    checked_on: Mapped[date | None]
    checked_by: Mapped[str] = mapped_column(default="")
    withdrawn_at: Mapped[datetime | None]
    changed_at: Mapped[datetime]
    changed_by_id: Mapped[int | None] = mapped_column(ForeignKey("account.id", ondelete="SET NULL"))
    __mapper_args__ = {"version_id_col": version}
