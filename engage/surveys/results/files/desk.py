"""Results as files: the tables for the whole team; answers one by one rarely, and never of a strict wave."""

from __future__ import annotations

from typing import IO

from flask import Blueprint, Response, abort
from flask.typing import ResponseReturnValue

from engage.accounts.session import me, owner
from engage.core import sheets
from engage.core.db import db
from engage.core.guard import require
from engage.core.render import render
from engage.surveys.answering import queries as answering
from engage.surveys.answering.models import Wave
from engage.surveys.questionnaire import queries as questionnaires
from engage.surveys.results import queries
from engage.surveys.results.files import actions, single, spss, writing
from engage.surveys.results.files import permissions as may
from engage.surveys.results.files.forms import AnswersForm
from engage.surveys.results.files.writing import Format

bp = Blueprint("survey_files_desk", __name__, url_prefix="/equipe/enquetes/<code>/resultats/fichiers")


def _page(wave: Wave, form: AnswersForm) -> ResponseReturnValue:
    page = render(
        "survey_files_desk/index.html",
        wave=wave,
        form=form,
        is_released=queries.last(wave) is not None,
        may_take_answers=may.take_out_answers(me()),
    )
    return page, 422 if form.errors else 200


@bp.route("")
def index(code: str) -> ResponseReturnValue:
    require(may.take_out_tables(me()))
    return _page(answering.wave_by_code(code), AnswersForm(formdata=None))


def _download(file: IO[bytes], media: str, name: str) -> Response:
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    response = Response(sheets.blocks(file), headers=headers, content_type=media)
    response.call_on_close(file.close)
    return response


@bp.route("/tableaux.<any(csv, xlsx, ods, json):kind>")
def tables(code: str, kind: str) -> ResponseReturnValue:
    """What was released and crossed, as it is shown on the desk."""
    require(may.take_out_tables(me()))
    wave = answering.wave_by_code(code)
    held = queries.shown(wave) or abort(404)
    file = writing.results(Format(kind), held, queries.all_crossed(wave, held))
    return _download(file, writing.MEDIA[Format(kind)], f"resultats-{code}.{kind}")


@bp.route("/lexique.csv")
def code_book(code: str) -> ResponseReturnValue:
    require(may.take_out_tables(me()))
    answering.wave_by_code(code)
    return _download(writing.code_book(), writing.MEDIA[Format.CSV], f"lexique-{code}.csv")


@bp.route("/lexique-reponses.csv")
def answers_book(code: str) -> ResponseReturnValue:
    """What the numbers mean in answers one by one."""
    require(may.take_out_answers(me()))
    document = questionnaires.document(answering.wave_by_code(code).version)
    return _download(single.book(document), writing.MEDIA[Format.CSV], f"lexique-reponses-{code}.csv")


@bp.post("/reponses")
def take_out_answers(code: str) -> ResponseReturnValue:
    require(may.take_out_answers(me()))
    wave = answering.wave_by_code(code)
    form = AnswersForm()
    if not form.validate():
        return _page(wave, form)
    if form.kind.data == "sav":
        spss.ensure_installed()
    actions.take_out_answers(wave, **form.values, by=owner())
    db.session.commit()
    kind = form.kind.data
    return _download(single.file(kind, wave), single.MEDIA[kind], f"reponses-{code}.{kind}")
