"""Groups and an idea: who takes care of it, and their answers in their own name."""

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
from engage.ideas.models import Idea
from engage.ideas.outcomes.subjects import actions, queries
from engage.ideas.outcomes.subjects import permissions as may
from engage.ideas.outcomes.subjects.forms import AnswerForm, TakeUpForm
from engage.ideas.timeline import queries as timeline

bp = Blueprint("idea_groups", __name__, url_prefix="/idees/<code>/groupes")
registry.brings_subjects(queries.of_group)


@bp.get("")
def index(code: str) -> ResponseReturnValue:
    idea = queries.get(me(), code)
    return _page(idea, TakeUpForm(formdata=None))


def _page(idea: Idea, form: TakeUpForm, sent: AnswerForm | None = None) -> str:
    """Only for who speaks for a group, or for the team."""
    mine = spoken_for(me())
    require(bool(mine) or owner().is_staff)
    carriers = timeline.carriers(idea)
    held = {one.group_id for one in carriers}
    form.offer([group for group in mine if group.id not in held])
    forms = {one.group.code: AnswerForm(formdata=None, prefix=one.group.code) for one in carriers}
    return render(
        "idea_groups/index.html",
        idea=idea,
        carriers=carriers,
        form=form,
        sent=sent,
        answers=forms | ({sent._prefix.rstrip("-"): sent} if sent else {}),
        may=may,
    )


def _back(idea: Idea, said: str) -> ResponseReturnValue:
    db.session.commit()
    flash(said, "success")
    return redirect(url_for("idea_groups.index", code=idea.code))


@bp.post("")
def take_up(code: str) -> ResponseReturnValue:
    idea, form = queries.get(me(), code), TakeUpForm()
    form.offer(spoken_for(me()))
    if not form.validate_on_submit():
        return _page(idea, form), 422
    group = queries.group(form.group.data)
    require(may.take_up(me(), group))
    actions.take_up(idea, group, by=owner())
    return _back(idea, _("The group takes care of this idea. Whoever asked is told."))


@bp.post("/<group>/retrait")
def let_go(code: str, group: str) -> ResponseReturnValue:
    idea, held = queries.get(me(), code), queries.group(group)
    require(may.let_go(me(), held))
    actions.let_go(idea, held, by=owner())
    return _back(idea, _("The group takes care of this idea no longer."))


@bp.post("/<group>/reponse")
def answer(code: str, group: str) -> ResponseReturnValue:
    idea, held = queries.get(me(), code), queries.group(group)
    require(may.answer(me(), held))
    form = AnswerForm(prefix=group)
    if not form.validate_on_submit():
        return _page(idea, TakeUpForm(formdata=None), form), 422
    actions.answer(idea, held, **form.values, by=owner())
    return _back(idea, _("The answer is published in the name of the group. Whoever asked is told."))
