"""A page, the draft somebody writes, and its versions, which never change once frozen."""

from __future__ import annotations

from datetime import date, datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint, false
from sqlalchemy.orm import Mapped, mapped_column, relationship

from engage.accounts.models import Account
from engage.core.db import Model
from engage.core.guards import listen
from engage.pages import guards
from engage.uploads.models import Upload


class Shelf(StrEnum):
    """Where a page stands in /comprendre."""

    HERE = "here"
    REACH = "reach"
    PATH = "path"
    RIGHTS = "rights"
    WORDS = "words"


class Body(StrEnum):
    """The two texts of a page: for everyone, and the short one, a sentence a line."""

    SIMPLE = "simple"
    SHORT = "short"


class Page(Model):
    """What its languages and versions share. `icon` names a pictogram of ui/icon.html.

    `is_action` : the page asks its reader to do something. `review_on` is the day on which somebody reads it
    again; `reminded_on` the day on which the owner was told so. A withdrawn page has no public address.
    """

    __tablename__ = "page"
    id: Mapped[int] = mapped_column(primary_key=True)
    slug: Mapped[str] = mapped_column(unique=True)
    shelf: Mapped[Shelf]
    position: Mapped[int] = mapped_column(default=0)
    icon: Mapped[str]
    is_action: Mapped[bool] = mapped_column(default=False, server_default=false())
    owner_id: Mapped[int | None] = mapped_column(ForeignKey("account.id", ondelete="SET NULL"))
    review_on: Mapped[date | None] = mapped_column(index=True)
    reminded_on: Mapped[date | None]
    withdrawn_at: Mapped[datetime | None]
    created_at: Mapped[datetime]
    owner: Mapped[Account | None] = relationship()


class PageDraft(Model):
    """What is being written in one language; `version` tells two writers apart.

    `message` is the main message, two sentences at most; `simple` and `short` are Markdown with our blocks;
    `sources` a list of lines. `source_id` is the version in the first language that this translates.
    `checklist` holds the answers to the twenty questions by key, `kept` the findings kept with a reason:
    {"rule", "text", "reason"} each.
    """

    __tablename__ = "page_draft"
    __table_args__ = (UniqueConstraint("page_id", "language"),)
    id: Mapped[int] = mapped_column(primary_key=True)
    page_id: Mapped[int] = mapped_column(ForeignKey("page.id", ondelete="CASCADE"))
    language: Mapped[str]
    version: Mapped[int] = mapped_column()
    title: Mapped[str]
    message: Mapped[str] = mapped_column(default="")
    summary: Mapped[str] = mapped_column(default="")
    simple: Mapped[str] = mapped_column(default="")
    short: Mapped[str] = mapped_column(default="")
    sources: Mapped[list[Any]] = mapped_column(default=list)
    source_id: Mapped[int | None] = mapped_column(ForeignKey("page_version.id", ondelete="SET NULL"))
    checklist: Mapped[dict[str, Any]] = mapped_column(default=dict)
    kept: Mapped[list[Any]] = mapped_column(default=list)
    edited_at: Mapped[datetime]
    edited_by_id: Mapped[int | None] = mapped_column(ForeignKey("account.id", ondelete="SET NULL"))
    page: Mapped[Page] = relationship(Page)
    edited_by: Mapped[Account | None] = relationship()
    __mapper_args__ = {"version_id_col": version}


class PageVersion(Model):
    """A frozen text in one language; readers see the last one that was published.

    Fields are those of the draft. `author` is the name shown under the page. A version may be frozen without
    being published, so that a panel reads it first; `published_at` is written once.
    """

    __tablename__ = "page_version"
    __table_args__ = (
        UniqueConstraint("page_id", "language", "number"),
        CheckConstraint("number > 0", name="numbered"),
        Index("ix_page_version_published", "page_id", "language", "published_at"),
    )
    id: Mapped[int] = mapped_column(primary_key=True)
    page_id: Mapped[int] = mapped_column(ForeignKey("page.id", ondelete="CASCADE"))
    language: Mapped[str]
    number: Mapped[int]
    title: Mapped[str]
    message: Mapped[str]
    summary: Mapped[str]
    simple: Mapped[str]
    short: Mapped[str]
    sources: Mapped[list[Any]]
    source_id: Mapped[int | None] = mapped_column(ForeignKey("page_version.id"))
    checklist: Mapped[dict[str, Any]]
    kept: Mapped[list[Any]]
    author: Mapped[str]
    frozen_at: Mapped[datetime]
    published_at: Mapped[datetime | None]
    page: Mapped[Page] = relationship(Page)


class PagePicture(Model):
    """A picture that the texts of a page show as `![what it shows](image:name)`."""

    __tablename__ = "page_picture"
    __table_args__ = (UniqueConstraint("page_id", "name"),)
    id: Mapped[int] = mapped_column(primary_key=True)
    page_id: Mapped[int] = mapped_column(ForeignKey("page.id", ondelete="CASCADE"))
    name: Mapped[str]
    upload_id: Mapped[int] = mapped_column(ForeignKey("upload.id", ondelete="RESTRICT"))
    upload: Mapped[Upload] = relationship()


listen(PageVersion.__table__, sqlite=guards.SQLITE, postgresql=guards.POSTGRESQL)
