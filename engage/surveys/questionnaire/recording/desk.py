"""Recorded voices: the words of a question, read aloud by somebody of the centre."""

from __future__ import annotations

from flask import Blueprint, abort, redirect, url_for
from flask.typing import ResponseReturnValue

from engage.accounts.session import me, owner
from engage.core.db import db
from engage.core.guard import require
from engage.core.render import render
from engage.surveys.questionnaire import actions, queries
from engage.surveys.questionnaire import permissions as may
from engage.surveys.questionnaire.document import words
from engage.surveys.questionnaire.recording.forms import recording_form
from engage.uploads import queries as files

bp = Blueprint(
    "questionnaire_recording", __name__, url_prefix="/equipe/questionnaires/<code>/<int:number>/voix/<key>"
)


@bp.route("", methods=["GET", "POST"])
def record(code: str, number: int, key: str) -> ResponseReturnValue:
    require(may.record(me()))
    version = queries.get(code, number)
    question = queries.document(version).question(key) or abort(404)
    form = recording_form(question, version.revision)
    if form.is_submitted() and form.validate():
        actions.record(version, key, form.changes, revision=form.revision.data or 0, by=owner())
        db.session.commit()
        return redirect(url_for("questionnaires_desk.show", code=code, number=number, _anchor=key))
    page = render(
        "questionnaire_desk/record.html", version=version, question=question, form=form, words=words,
        heard=queries.recordings(version).get(key, {}),
    )  # fmt: skip
    return page, 422 if form.errors else 200


@bp.route("/<language>/<variant>")
def listen(code: str, number: int, key: str, language: str, variant: str) -> ResponseReturnValue:
    require(may.record(me()))
    heard = queries.recordings(queries.get(code, number)).get(key, {})
    return files.response(heard.get((language, variant)) or abort(404))
