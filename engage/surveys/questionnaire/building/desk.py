"""The builder: add, move, change and remove the questions of a draft."""

from __future__ import annotations

from dataclasses import replace

from flask import Blueprint, abort, flash, redirect, request, url_for
from flask.typing import ResponseReturnValue

from engage.accounts.session import me, owner
from engage.core.db import db
from engage.core.guard import require
from engage.core.i18n import gettext as _
from engage.core.i18n import language
from engage.core.render import render
from engage.reading import measure
from engage.surveys.questionnaire import actions, bank, editing, queries, scales, telling
from engage.surveys.questionnaire import permissions as may
from engage.surveys.questionnaire.building import typed
from engage.surveys.questionnaire.building.conditionform import LINES, condition_form, is_flat, known_facts
from engage.surveys.questionnaire.building.forms import (
    NewQuestionForm,
    frame_form,
    page_form,
    question_form,
    rows_of,
)
from engage.surveys.questionnaire.document import Document, Question, words
from engage.surveys.questionnaire.forms import OFFERED, RevisionForm
from engage.surveys.questionnaire.kinds import Type
from engage.surveys.questionnaire.models import Version
from engage.surveys.questionnaire.names import THEMES, TYPES

bp = Blueprint("questionnaire_building", __name__, url_prefix="/equipe/questionnaires/<code>/<int:number>")


def _opened(code: str, number: int) -> tuple[Version, Document]:
    require(may.edit(me()))
    version = queries.get(code, number)
    return version, queries.document(version)


def _revision() -> int:
    form = RevisionForm()
    return form.revision.data if form.validate() and form.revision.data is not None else abort(400)


def _back(version: Version, place: str = "") -> ResponseReturnValue:
    code = version.questionnaire.code
    return redirect(
        url_for("questionnaires_desk.show", code=code, number=version.number, _anchor=place or None)
    )


def _question(document: Document, key: str) -> Question:
    return document.question(key) or abort(404)


def _changed(version: Version, document: Document, place: str = "") -> ResponseReturnValue:
    actions.edit(version, document, revision=_revision(), by=owner())
    db.session.commit()
    return _back(version, place)


@bp.post("/questions/<key>/place")
def move(code: str, number: int, key: str) -> ResponseReturnValue:
    version, document = _opened(code, number)
    _question(document, key)
    up = request.form.get("way") == "up"
    return _changed(version, editing.move(document, key, up=up), key)


@bp.post("/questions/<key>/retrait")
def remove(code: str, number: int, key: str) -> ResponseReturnValue:
    version, document = _opened(code, number)
    _question(document, key)
    return _changed(version, editing.remove(document, key))


@bp.route("/banque")
def choose(code: str, number: int) -> ResponseReturnValue:
    """The questions of one theme of the bank, to add."""
    version, document = _opened(code, number)
    themes = bank.themes()
    theme = request.args.get("theme", "")
    theme = theme if theme in themes else next(iter(THEMES))
    return render(
        "questionnaire_desk/choose.html",
        version=version,
        document=document,
        theme=theme,
        questions=themes.get(theme, ()),
        themes=THEMES,
        types=TYPES,
        words=words,
    )


@bp.post("/banque")
def add_from_bank(code: str, number: int) -> ResponseReturnValue:
    version, document = _opened(code, number)
    found = bank.question(request.form.get("key", "")) or abort(400)
    fitted = bank.fitted(found, document.languages)
    flash(_("The question stands at the end."))
    return _changed(version, editing.add(document, fitted))


@bp.route("/questions", methods=["GET", "POST"])
def add(code: str, number: int) -> ResponseReturnValue:
    version, document = _opened(code, number)
    form = NewQuestionForm()
    if form.is_submitted() and form.validate():
        kind, spoken = Type(form.type.data), document.languages[0]
        text = {spoken: {"standard": form.text.data or ""}}
        key = editing.free_key(document, "q1")
        ready = scales.choices(kind, {}, text)
        fresh = Question(key=key, concept=key, type=kind, text=text, choices=ready)
        actions.edit(version, editing.add(document, fresh), revision=form.revision.data or 0, by=owner())
        db.session.commit()
        return redirect(url_for("questionnaire_building.change", code=code, number=number, key=key))
    form.revision.data = version.revision
    page = render("questionnaire_desk/add.html", version=version, document=document, form=form, words=words)
    return page, 422 if form.errors else 200


@bp.route("/questions/<key>", methods=["GET", "POST"])
def change(code: str, number: int, key: str) -> ResponseReturnValue:
    """One question: its words in every language with how hard they read, its choices, its settings."""
    version, document = _opened(code, number)
    question = _question(document, key)
    form = question_form(question, document.languages, version.revision)
    if form.is_submitted() and form.validate():
        said = typed.question(question, form)
        actions.edit(
            version, editing.change(document, key, said), revision=form.revision.data or 0, by=owner()
        )
        db.session.commit()
        return _back(version, key)
    page = render(
        "questionnaire_desk/change.html", version=version, document=document, question=question, form=form,
        rows=rows_of(question), readings=_readings(question), types=TYPES, words=words,
    )  # fmt: skip
    return page, 422 if form.errors else 200


def _readings(question: Question) -> dict[str, object]:
    """How hard each text of the question is to read, by the name of its field."""
    return {
        f"text__{spoken}__{variant}": measure(body, spoken)
        for spoken, held in question.text.items()
        for variant, body in held.items()
    }


@bp.route("/questions/<key>/condition", methods=["GET", "POST"])
def condition(code: str, number: int, key: str) -> ResponseReturnValue:
    version, document = _opened(code, number)
    question = _question(document, key)
    form = condition_form(document, key, language(), version.revision)
    if form.is_submitted() and form.validate():
        said = replace(question, show_if=form.condition(known_facts(document, key)))
        actions.edit(
            version, editing.change(document, key, said), revision=form.revision.data or 0, by=owner()
        )
        db.session.commit()
        return _back(version, key)
    told = telling.tell(question.show_if, document, language()) if question.show_if else ""
    page = render(
        "questionnaire_desk/condition.html", version=version, document=document, question=question, form=form,
        told=told, is_flat=is_flat(question.show_if), lines=range(LINES), words=words,
    )  # fmt: skip
    return page, 422 if form.errors else 200


@bp.post("/pages")
def add_page(code: str, number: int) -> ResponseReturnValue:
    version, document = _opened(code, number)
    return _changed(version, editing.add_page(document, {}))


@bp.route("/pages/<key>", methods=["GET", "POST"])
def retitle(code: str, number: int, key: str) -> ResponseReturnValue:
    """The title of a page, in each language one after the other (`langue`)."""
    version, document = _opened(code, number)
    page = next((one for one in document.pages if one.key == key), None) or abort(404)
    asked = request.args.get("langue", "")
    spoken = asked if asked in document.languages else document.languages[0]
    form = page_form(page, spoken, version.revision)
    if form.is_submitted() and form.validate():
        title = {**page.title, spoken: typed.title(form)}
        pages = tuple(replace(one, title=title) if one.key == key else one for one in document.pages)
        return _changed(version, document.with_pages(pages))
    shown = render(
        "questionnaire_desk/retitle.html", version=version, document=document, page=page, form=form,
        spoken=spoken, offered=OFFERED,
    )  # fmt: skip
    return shown, 422 if form.errors else 200


@bp.route("/cadre", methods=["GET", "POST"])
def frame(code: str, number: int) -> ResponseReturnValue:
    version, document = _opened(code, number)
    form = frame_form(document, version.revision)
    if form.is_submitted() and form.validate():
        return _changed(version, typed.frame(document, form))
    page = render("questionnaire_desk/frame.html", version=version, document=document, form=form)
    return page, 422 if form.errors else 200
