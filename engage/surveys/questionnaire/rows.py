"""A version's rows as a document, and a document as the rows of a draft."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import delete, insert, select

from engage.core.db import db
from engage.core.spot import whole
from engage.surveys.questionnaire import document as plain
from engage.surveys.questionnaire.conditions import asked
from engage.surveys.questionnaire.document import Document, Texts
from engage.surveys.questionnaire.kinds import Part, Variant
from engage.surveys.questionnaire.models import Choice, Dependence, Page, Question, Text, Version
from engage.surveys.questionnaire.parsing import condition_of
from engage.surveys.questionnaire.writing import plain_condition

Row = dict[str, Any]
Worded = dict[tuple[UUID, Part], Texts]
Triple = tuple[Page, Question | None, Choice | None]


def read(version: Version) -> Document:
    """All that this version asks: two queries, whatever its length."""
    worded = _texts(version)
    return Document(
        code=version.questionnaire.code,
        name=_standard(worded.get((version.id, Part.NAME), {})),
        aim=_standard(worded.get((version.id, Part.AIM), {})),
        languages=tuple(version.languages),
        pages=_pages(_structure(version), worded),
        licence=version.licence,
        instrument=version.instrument,
    )


def _texts(version: Version) -> Worded:
    held: dict[tuple[UUID, Part], dict[str, dict[str, str]]] = defaultdict(lambda: defaultdict(dict))
    asked_for = select(Text.owner_id, Text.part, Text.language, Text.variant, Text.body)
    for owner, part, language, variant, body in db.session.execute(
        asked_for.filter_by(version_id=version.id)
    ):
        held[owner, part][language][str(variant)] = body
    order = [*version.languages, *sorted({name for texts in held.values() for name in texts})]
    return {
        key: {name: dict(texts[name]) for name in dict.fromkeys(order) if name in texts}
        for key, texts in held.items()
    }


def _standard(texts: Texts) -> dict[str, str]:
    return {language: held[Variant.STANDARD] for language, held in texts.items()}


def _structure(version: Version) -> Sequence[Triple]:
    """Each choice with its question and page; a question without choices, or an empty page, once."""
    whole_version = (
        select(Page, Question, Choice)
        .outerjoin(Question, (Question.version_id == Page.version_id) & (Question.page_id == Page.id))
        .outerjoin(Choice, (Choice.version_id == Question.version_id) & (Choice.question_id == Question.id))
        .where(Page.version_id == version.id)
        .order_by(Page.position, Question.position, Choice.position)
    )
    rows = db.session.execute(whole_version.execution_options(populate_existing=True))
    return [(page, question, choice) for page, question, choice in rows]


def _pages(triples: Sequence[Triple], worded: Worded) -> tuple[plain.Page, ...]:
    choices: dict[UUID, list[plain.Choice]] = defaultdict(list)
    questions: dict[UUID, dict[UUID, Question]] = defaultdict(dict)
    pages: dict[UUID, Page] = {}
    for page, question, choice in triples:
        pages[page.id] = page
        if question is not None:
            questions[page.id][question.id] = question
        if choice is not None:
            choices[choice.question_id].append(_choice(choice, worded))
    return tuple(
        plain.Page(
            page.key,
            worded.get((page.id, Part.TITLE), {}),
            tuple(_question(one, tuple(choices[one.id]), worded) for one in questions[page.id].values()),
        )
        for page in pages.values()
    )


def _choice(row: Choice, worded: Worded) -> plain.Choice:
    score = None if row.score is None else whole(row.score)
    return plain.Choice(row.code, worded.get((row.id, Part.TEXT), {}), score, row.kind)


def _question(row: Question, choices: tuple[plain.Choice, ...], worded: Worded) -> plain.Question:
    return plain.Question(
        key=row.key,
        concept=row.concept,
        type=row.type,
        text=worded.get((row.id, Part.TEXT), {}),
        required=row.required,
        prefer_not=row.prefer_not,
        show_if=condition_of(row.condition),
        settings=row.settings,
        help=worded.get((row.id, Part.HELP), {}),
        choices=choices,
    )


class _Sheet:
    """The rows of one document, gathered before they are written."""

    def __init__(self, version: Version) -> None:
        self.version = version.id
        self.rows: dict[type[Any], list[Row]] = defaultdict(list)

    def add(self, model: type[Any], **values: Any) -> UUID:
        row_id = uuid4()
        self.rows[model].append({"version_id": self.version, "id": row_id, **values})
        return row_id

    def texts(self, part: Part, texts: Texts, **owner: UUID) -> None:
        about = {"page_id": None, "question_id": None, "choice_id": None, **owner}
        owner_id = next(iter(owner.values()), self.version)
        for language, held in texts.items():
            for variant, body in held.items():
                what = {"part": part, "language": language, "variant": Variant(variant), "body": body}
                self.rows[Text].append({"version_id": self.version, "owner_id": owner_id, **about, **what})


def clear(version: Version) -> None:
    """Take away all that a draft asks."""
    for model in (Dependence, Text, Choice, Question, Page):
        db.session.execute(delete(model).where(model.version_id == version.id))


def write(version: Version, document: Document) -> None:
    """Make this the content of a draft: its earlier rows go, new ones come, all in this transaction."""
    recorded = _recorded(version)
    clear(version)
    sheet = _Sheet(version)
    sheet.texts(Part.NAME, {language: {"standard": body} for language, body in document.name.items()})
    sheet.texts(Part.AIM, {language: {"standard": body} for language, body in document.aim.items()})
    ids = _add_pages(sheet, document.pages)
    _add_dependences(sheet, document, ids)
    for row in sheet.rows[Text]:
        row["audio_id"] = recorded.get((row["language"], row["variant"], row["body"]))
    for model in (Page, Question, Choice, Text, Dependence):
        if sheet.rows[model]:
            db.session.execute(insert(model), sheet.rows[model])
    version.languages = list(document.languages)
    version.licence = document.licence
    version.instrument = dict(document.instrument) if document.instrument else None


def _recorded(version: Version) -> dict[tuple[str, Variant, str], int]:
    """Recorded words keep their recording as long as the words are the same."""
    rows = select(Text).where(
        Text.version_id.in_([version.id, version.parent_id]), Text.audio_id.is_not(None)
    )
    found = db.session.scalars(rows)
    return {(one.language, one.variant, one.body): one.audio_id for one in found if one.audio_id is not None}


def _add_pages(sheet: _Sheet, pages: Iterable[plain.Page]) -> dict[str, UUID]:
    """The ids of the questions by their keys."""
    ids: dict[str, UUID] = {}
    for position, page in enumerate(pages):
        page_id = sheet.add(Page, key=page.key, position=position)
        sheet.texts(Part.TITLE, page.title, page_id=page_id)
        for question in page.questions:
            ids[question.key] = _add_question(sheet, question, page_id, len(ids))
    return ids


def _add_question(sheet: _Sheet, question: plain.Question, page_id: UUID, position: int) -> UUID:
    condition = plain_condition(question.show_if) if question.show_if else None
    question_id = sheet.add(
        Question,
        page_id=page_id,
        key=question.key,
        concept=question.concept,
        type=question.type,
        position=position,
        required=question.required,
        prefer_not=question.prefer_not,
        condition=condition,
        settings=dict(question.settings),
    )
    sheet.texts(Part.TEXT, question.text, question_id=question_id)
    sheet.texts(Part.HELP, question.help, question_id=question_id)
    for place, choice in enumerate(question.choices):
        facts = {"code": choice.code, "score": choice.score, "kind": choice.kind, "position": place}
        choice_id = sheet.add(Choice, question_id=question_id, **facts)
        sheet.texts(Part.TEXT, choice.text, choice_id=choice_id)
    return question_id


def _add_dependences(sheet: _Sheet, document: Document, ids: dict[str, UUID]) -> None:
    """A condition on a question that was taken away waits for freezing to refuse it."""
    for question in document.questions:
        for key in asked(question.show_if):
            if key in ids:
                pair = {"question_id": ids[question.key], "asked_id": ids[key]}
                sheet.rows[Dependence].append({"version_id": sheet.version, **pair})
