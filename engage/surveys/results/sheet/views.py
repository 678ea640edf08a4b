"""The results of a survey for everyone: one page, on screen and on paper."""

from __future__ import annotations

from flask import Blueprint, abort
from flask.typing import ResponseReturnValue

from engage.accounts.session import me
from engage.core.guard import public
from engage.core.render import render
from engage.groups.deciding.permissions import spoken_for
from engage.surveys.results.sheet import paper, queries, telling

bp = Blueprint("survey_sheet", __name__, url_prefix="/questionnaires")


@bp.route("/<code>/resultats")
@public
def show(code: str) -> ResponseReturnValue:
    wave = queries.wave(code)
    sheet = queries.newest_of(wave)
    if sheet is None or not sheet.is_published:
        return render("survey_sheet/not_here.html", wave=wave, sheet=sheet)
    told = queries.told(sheet)
    speaks = bool(spoken_for(me()))
    return render(
        "survey_sheet/show.html", sheet=sheet, told=told, telling=telling, is_preview=False, speaks=speaks
    )


@bp.route("/<code>/resultats.pdf")
@public
def pdf(code: str) -> ResponseReturnValue:
    sheet = queries.newest_of(queries.wave(code))
    if sheet is None or not sheet.is_published:
        abort(404)
    return paper.response(queries.told(sheet))
