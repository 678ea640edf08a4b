"""Plan a wave, change what may still be changed, close it early, take it back."""

from __future__ import annotations

from flask import Blueprint, flash, redirect, url_for
from flask.typing import ResponseReturnValue

from engage.accounts.session import me, owner
from engage.core.db import db
from engage.core.guard import require
from engage.core.i18n import gettext as _
from engage.core.render import render
from engage.surveys.answering import actions as answering
from engage.surveys.answering import permissions as may
from engage.surveys.answering import queries
from engage.surveys.answering.models import Wave
from engage.surveys.answering.planning import actions
from engage.surveys.answering.planning.forms import EditForm, WaveForm
from engage.surveys.answering.stages import stage
from engage.surveys.questionnaire import queries as questionnaires

bp = Blueprint("wave_planning", __name__, url_prefix="/equipe/enquetes")


def _shown(wave: Wave) -> ResponseReturnValue:
    return redirect(url_for("waves_desk.show", code=wave.code))


@bp.route("/nouvelle", methods=["GET", "POST"])
def open_wave() -> ResponseReturnValue:
    require(may.open_wave(me()))
    form = WaveForm.blank(questionnaires.askable())
    if not form.validate_on_submit():
        return render("waves_desk/open.html", form=form), 422 if form.errors else 200
    wave = answering.open_wave(questionnaires.by_id(form.version_id.data), **form.values, by=owner())
    db.session.commit()
    flash(_("The wave is ready. Now print what it needs."), "success")
    return _shown(wave)


@bp.route("/<code>/modification", methods=["GET", "POST"])
def edit(code: str) -> ResponseReturnValue:
    require(may.edit(me()))
    wave = queries.wave_by_code(code)
    form = EditForm.of(wave, queries.channels(wave))
    if not form.validate_on_submit():
        page = render("waves_desk/edit.html", form=form, wave=wave, present=stage(wave))
        return page, 422 if form.errors else 200
    actions.edit(wave, **form.values, by=owner())
    db.session.commit()
    flash(_("The wave is changed."), "success")
    return _shown(wave)


@bp.post("/<code>/fermeture")
def close_wave(code: str) -> ResponseReturnValue:
    require(may.close_wave(me()))
    wave = queries.wave_by_code(code)
    actions.close_wave(wave, by=owner())
    db.session.commit()
    flash(_("The wave is closed. Who had begun still has 15 minutes."), "success")
    return _shown(wave)


@bp.post("/<code>/retrait")
def withdraw(code: str) -> ResponseReturnValue:
    require(may.withdraw(me()))
    wave = queries.wave_by_code(code)
    actions.withdraw(wave, by=owner())
    db.session.commit()
    flash(_("The wave is taken back. Nobody had been asked."), "success")
    return redirect(url_for("waves_desk.index"))
