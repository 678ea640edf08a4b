"""What a whole form says: each question in its state, ready to be stored, or what is wrong and where."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from uuid import UUID

from sqlalchemy import select

from engage.core.cache import remember
from engage.core.db import db
from engage.core.errors import Refused
from engage.core.i18n import gettext as _
from engage.surveys.answering.given import Given
from engage.surveys.answering.kinds import Answered
from engage.surveys.answering.taking import (
    ILLEGIBLE,
    OTHER,
    PREFER_NOT,
    SKIPPED,
    Raw,
    Taken,
    Wrong,
    said,
    take,
)
from engage.surveys.questionnaire import queries as questionnaires
from engage.surveys.questionnaire.conditions import Value, holds
from engage.surveys.questionnaire.document import Document, Question
from engage.surveys.questionnaire.kinds import Type
from engage.surveys.questionnaire.models import Choice, Version
from engage.surveys.questionnaire.models import Question as Row

IDS_SECONDS = 600
Ids = dict[str, tuple[UUID, dict[str, UUID]]]


@dataclass(frozen=True)
class Filled:
    """`taken`: the questions that are shown, in order; `wrong`: a sentence for those that cannot stand."""

    taken: dict[str, Taken] = field(default_factory=dict)
    wrong: dict[str, str] = field(default_factory=dict)


class Misfilled(Refused):
    """Some answers cannot stand: `wrong` says why, by the key of the question."""

    def __init__(self, wrong: Mapping[str, str]) -> None:
        super().__init__(next(iter(wrong.values())))
        self.wrong = wrong


def filled(document: Document, raw: Raw, *, on_paper: bool = False) -> Filled:
    """Everything that is shown with these answers. What is answered but not shown counts for nothing.

    On paper nobody can be asked again: what is missing was skipped, and what nobody can read is ILLEGIBLE.
    Raises Refused for the key of a question that is not asked here.
    """
    known = {question.key for question in document.questions}
    if any(key.removesuffix(OTHER) not in known for key in raw):
        raise Refused(_("These answers do not fit this questionnaire. Please open it again."))
    found = Filled()
    values: dict[str, Value] = {}
    for question in document.questions:
        if not holds(question.show_if, values):
            continue
        taken = _taken(question, raw, found.wrong, on_paper=on_paper)
        found.taken[question.key] = taken
        if taken.value is not None:
            values[question.key] = taken.value
    return found


def _taken(question: Question, raw: Raw, wrong: dict[str, str], *, on_paper: bool) -> Taken:
    if on_paper and ILLEGIBLE in said(raw, question.key):
        return Taken(Answered.ILLEGIBLE)
    try:
        taken = take(question, raw)
    except Wrong as fault:
        wrong[question.key] = str(fault)
        return SKIPPED
    if not on_paper and taken is SKIPPED and (missing := missing_sentence(question, raw)):
        wrong[question.key] = missing
    return taken


def missing_sentence(question: Question, raw: Raw) -> str:
    """What to say to who left out a question that needs an answer; nothing when all is well."""
    if not question.required or question.type is Type.INFORMATION:
        return ""
    if not question.prefer_not:
        return _("This question needs an answer.")
    if PREFER_NOT in said(raw, question.key):
        return ""
    return _("Answer, or choose “I would rather not say”.")


def fill(version: Version, raw: Raw, *, on_paper: bool = False) -> list[Given]:
    """What `actions.send` takes: an answer for each question of the version. Raises Misfilled, Refused."""
    document = questionnaires.document(version)
    found = filled(document, raw, on_paper=on_paper)
    if found.wrong:
        raise Misfilled(found.wrong)
    return given(version.id, document, found)


def given(version_id: UUID, document: Document, found: Filled) -> list[Given]:
    """Codes become ids. What only informs asks nothing: it counts as not shown."""
    ids = remember(("question ids", version_id), lambda: _ids(version_id), seconds=IDS_SECONDS)
    rows = []
    for question in document.questions:
        taken = found.taken.get(question.key)
        question_id, choices = ids[question.key]
        if taken is None or question.type is Type.INFORMATION:
            rows.append(Given(question_id, Answered.NOT_SHOWN))
            continue
        chosen = tuple(choices[code] for code in taken.codes)
        rows.append(Given(question_id, taken.state, chosen, taken.number, taken.month, taken.words))
    return rows


def _ids(version_id: UUID) -> Ids:
    asked = (
        select(Row.key, Row.id, Choice.code, Choice.id)
        .outerjoin(Choice, (Choice.version_id == Row.version_id) & (Choice.question_id == Row.id))
        .where(Row.version_id == version_id)
    )
    found: Ids = {}
    for key, question_id, code, choice_id in db.session.execute(asked):
        found.setdefault(key, (question_id, {}))[1].update({code: choice_id} if code else {})
    return found
