"""Groups and what a survey found: taken up from its published results, let go."""

from __future__ import annotations

from flask import Blueprint, flash, redirect, url_for
from flask.typing import ResponseReturnValue

from engage.accounts.session import me, owner
from engage.core.db import db
from engage.core.guard import require
from engage.core.i18n import gettext as _
from engage.core.render import render
from engage.groups import registry
from engage.groups.deciding.permissions import spoken_for
from engage.surveys.answering.models import Wave
from engage.surveys.results.subjects import actions, queries
from engage.surveys.results.subjects import permissions as may
from engage.surveys.results.subjects.forms import TakeUpForm

bp = Blueprint("survey_findings", __name__, url_prefix="/questionnaires/<code>/constats")
registry.brings_subjects(queries.of_group)


@bp.get("")
def index(code: str) -> ResponseReturnValue:
    return _page(queries.told(code), TakeUpForm(formdata=None))


def _page(wave: Wave, form: TakeUpForm) -> str:
    """Only for who speaks for a group, or for the team."""
    mine = spoken_for(me())
    require(bool(mine) or owner().is_staff)
    form.offer(mine)
    return render("survey_findings/index.html", wave=wave, findings=queries.of_wave(wave), form=form, may=may)


def _back(wave: Wave, said: str) -> ResponseReturnValue:
    db.session.commit()
    flash(said, "success")
    return redirect(url_for("survey_findings.index", code=wave.code))


@bp.post("")
def take_up(code: str) -> ResponseReturnValue:
    wave, form = queries.told(code), TakeUpForm()
    form.offer(spoken_for(me()))
    if not form.validate_on_submit():
        return _page(wave, form), 422
    group = queries.group(form.group.data)
    require(may.take_up(me(), group))
    actions.take_up(wave, group, words=form.words.data or "", by=owner())
    return _back(wave, _("The group works on it: its page says so."))


@bp.post("/<finding>/retrait")
def let_go(code: str, finding: str) -> ResponseReturnValue:
    wave = queries.told(code)
    held, group = queries.get(wave, finding)
    require(may.let_go(me(), group))
    actions.let_go(wave, held, by=owner())
    return _back(wave, _("The group works on it no longer."))
