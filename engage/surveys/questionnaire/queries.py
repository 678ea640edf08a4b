"""Questionnaires and their versions, as the team sees them and as waves ask them."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from uuid import UUID

from flask import abort
from sqlalchemy import select

from engage.core.cache import remember
from engage.core.db import db
from engage.surveys.questionnaire import rows
from engage.surveys.questionnaire.document import Document
from engage.surveys.questionnaire.kinds import Part, State, Variant
from engage.surveys.questionnaire.models import Question, Questionnaire, Text, Version
from engage.uploads.models import Upload

MOST = 500
Wording = tuple[str, str]
"""A language, and a variant of its words."""


@dataclass(frozen=True)
class Listed:
    """A version and its name in the first of its languages."""

    version: Version
    name: str

    @property
    def code(self) -> str:
        return self.version.questionnaire.code


def everything() -> list[Listed]:
    """Every version, the newest of each questionnaire first."""
    return _listed()


def askable() -> list[Listed]:
    """Frozen versions: what a new wave may ask."""
    return [one for one in _listed() if one.version.is_frozen]


def _listed() -> list[Listed]:
    versions = select(Version).join(Version.questionnaire)
    found = db.session.scalars(versions.order_by(Questionnaire.code, Version.number.desc()).limit(MOST)).all()
    texts = select(Text.version_id, Text.language, Text.body).where(
        Text.part == Part.NAME, Text.variant == Variant.STANDARD
    )
    names = {(version, language): body for version, language, body in db.session.execute(texts)}
    return [
        Listed(one, names.get((one.id, next(iter(one.languages), "")), one.questionnaire.code))
        for one in found
    ]


def get(code: str, number: int) -> Version:
    """Aborts with 404."""
    rows_found = select(Version).join(Version.questionnaire)
    found = rows_found.where(Questionnaire.code == code, Version.number == number)
    return db.session.scalars(found).one_or_none() or abort(404)


def by_id(version_id: UUID) -> Version:
    return db.session.get_one(Version, version_id)


def parent(version: Version) -> Version | None:
    return db.session.get(Version, version.parent_id) if version.parent_id else None


def document(version: Version) -> Document:
    """All that it asks; what is frozen is read from the database once in a while."""
    if version.is_draft:
        return rows.read(version)
    return remember(("questionnaire", version.id), lambda: rows.read(version), seconds=600)


def recordings(version: Version) -> dict[str, dict[Wording, Upload]]:
    """Where words of a question were read aloud: by its key, then by language and variant."""
    rows = select(Question.key, Text.language, Text.variant, Upload).join(Upload, Upload.id == Text.audio_id)
    rows = rows.join(Question, (Question.version_id == Text.version_id) & (Question.id == Text.owner_id))
    found: dict[str, dict[Wording, Upload]] = {}
    for key, language, variant, upload in db.session.execute(rows.where(Text.version_id == version.id)):
        found.setdefault(key, {})[language, str(variant)] = upload
    return found


def wordings(version: Version, key: str) -> dict[Wording, Text]:
    """The rows of the words of one question, by language and variant."""
    rows = select(Text).join(
        Question, (Question.version_id == Text.version_id) & (Question.id == Text.owner_id)
    )
    rows = rows.where(Text.version_id == version.id, Text.part == Part.TEXT, Question.key == key)
    return {(text.language, str(text.variant)): text for text in db.session.scalars(rows)}


def recorded(version: Version) -> set[int]:
    """The ids of the recordings that this version holds."""
    rows = select(Text.audio_id).where(Text.version_id == version.id, Text.audio_id.is_not(None))
    return {found for found in db.session.scalars(rows) if found is not None}


def unheard(ids: Collection[int]) -> Sequence[Upload]:
    """Those of these recordings that no words hold any more."""
    held = select(Text.audio_id).where(Text.audio_id.is_not(None))
    return db.session.scalars(select(Upload).where(Upload.id.in_(ids), Upload.id.not_in(held))).all()


def versions(questionnaire: Questionnaire) -> Sequence[Version]:
    """The newest first."""
    found = select(Version).filter_by(questionnaire_id=questionnaire.id)
    return db.session.scalars(found.order_by(Version.number.desc())).all()


def by_code(code: str) -> Questionnaire | None:
    return db.session.scalars(select(Questionnaire).filter_by(code=code)).one_or_none()


def draft(questionnaire: Questionnaire) -> Version | None:
    """The one that is being written, if any."""
    return next((one for one in versions(questionnaire) if one.state is State.DRAFT), None)
