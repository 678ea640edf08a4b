"""What the database itself refuses: on both engines, whoever asks, in whatever words."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from uuid import uuid4

import pytest
from sqlalchemy import select, text
from sqlalchemy.exc import DBAPIError

from engage.accounts.models import Role
from engage.core.db import db
from engage.surveys.questionnaire import actions, guards
from engage.surveys.questionnaire.models import Choice, Page, Question, Text, Version
from tests import make
from tests.surveys.questionnaire import sample


@pytest.fixture
def frozen(session: None) -> Version:
    version = actions.create(sample.document(), by=make.account("Chloé", Role.COORDINATOR))
    actions.freeze(version, revision=version.revision, by=make.account("Chloé", Role.COORDINATOR))
    db.session.commit()
    return version


@contextmanager
def refusing(words: str = guards.REFUSED) -> Iterator[None]:
    with pytest.raises(DBAPIError, match=words):
        yield
    db.session.rollback()


def columns(table: str) -> list[str]:
    return [column.name for column in Version.metadata.tables[table].columns]


@pytest.mark.parametrize("table", guards.PARTS)
def test_no_row_of_a_frozen_version_is_changed_added_or_deleted(frozen: Version, table: str) -> None:
    names = ", ".join(columns(table))
    with refusing():
        db.session.execute(text(f"UPDATE {table} SET version_id = version_id"))
    with refusing():
        db.session.execute(text(f"DELETE FROM {table}"))
    with refusing():
        db.session.execute(text(f"INSERT INTO {table} ({names}) SELECT {names} FROM {table}"))


def test_nothing_moves_from_a_draft_into_a_frozen_version(frozen: Version) -> None:
    draft = actions.renew(frozen, by=make.account("Chloé", Role.COORDINATOR))
    db.session.commit()
    with refusing():
        page = db.session.scalars(select(Page).filter_by(version_id=draft.id)).first()
        assert page is not None
        db.session.execute(
            text("UPDATE questionnaire_page SET version_id = :v, position = 99, key = 'x' WHERE id = :p"),
            {"v": frozen.id.hex if db.engine.dialect.name == "sqlite" else frozen.id,
             "p": page.id.hex if db.engine.dialect.name == "sqlite" else page.id},
        )  # fmt: skip


@pytest.mark.parametrize("change", ["licence = 'x'", "state = 'draft'", "content_hash = 'x'", "number = 9",
                                    "state = 'retired', licence = 'x'"])  # fmt: skip
def test_the_row_of_a_frozen_version_only_retires(frozen: Version, change: str) -> None:
    with refusing():
        db.session.execute(text(f"UPDATE questionnaire_version SET {change}"))
    with refusing():
        db.session.execute(text("DELETE FROM questionnaire_version"))
    db.session.execute(text("UPDATE questionnaire_version SET state = 'retired'"))
    db.session.commit()
    with refusing():
        db.session.execute(text("UPDATE questionnaire_version SET state = 'frozen'"))


def test_a_version_is_born_a_draft(frozen: Version) -> None:
    names = ", ".join(columns("questionnaire_version"))
    with refusing():
        db.session.execute(
            text(f"INSERT INTO questionnaire_version ({names}) SELECT {names} FROM questionnaire_version")
        )


def test_sqlite_replaces_nothing_frozen(frozen: Version, engine_name: str) -> None:
    """REPLACE deletes without a delete trigger: the insert triggers stop it."""
    if engine_name == "postgresql":
        return
    for table in (*guards.PARTS, guards.VERSION):
        with refusing():
            db.session.execute(text(f"INSERT OR REPLACE INTO {table} SELECT * FROM {table}"))


def test_a_choice_belongs_to_a_question_of_its_own_version(frozen: Version) -> None:
    draft = actions.renew(frozen, by=make.account("Chloé", Role.COORDINATOR))
    db.session.commit()
    other = db.session.scalars(select(Question).filter_by(version_id=frozen.id)).first()
    assert other is not None
    db.session.add(Choice(version_id=draft.id, question_id=other.id, code="x", position=99))
    with refusing("(?i)foreign key"):
        db.session.flush()


def test_words_belong_to_what_they_say_they_belong_to(frozen: Version) -> None:
    draft = actions.renew(frozen, by=make.account("Chloé", Role.COORDINATOR))
    db.session.commit()
    stray = {"part": "text", "language": "fr", "variant": "standard", "body": "x"}
    db.session.add(Text(version_id=draft.id, owner_id=uuid4(), **stray))
    with refusing("(?i)owner"):
        db.session.flush()
