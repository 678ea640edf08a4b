"""The buttons of one idea: each does one thing, and comes back to its page."""

from __future__ import annotations

from flask import Blueprint, flash, redirect, url_for
from flask.typing import ResponseReturnValue

from engage.accounts.session import me, owner
from engage.core.db import db
from engage.core.guard import require
from engage.core.i18n import gettext as _
from engage.ideas.moderation import actions, queries
from engage.ideas.moderation import permissions as may
from engage.ideas.moderation.forms import AssignForm, VersionForm
from engage.ideas.moderation.merging import actions as merging
from engage.ideas.moderation.merging import permissions as may_merge
from engage.ideas.moderation.page import page
from engage.ideas.moderation.progress import actions as progress
from engage.ideas.moderation.progress import permissions as may_progress
from engage.ideas.moderation.progress.forms import answer_form, move_form
from engage.ideas.moderation.publication import actions as publication
from engage.ideas.moderation.publication import permissions as may_publication
from engage.ideas.moderation.publication.forms import AskForm, PrecisionForm, RefuseForm, reading_form

bp = Blueprint("deeds_desk", __name__, url_prefix="/equipe/idees/<code>")


def _done(code: str, said: str) -> ResponseReturnValue:
    db.session.commit()
    flash(said, "success")
    return redirect(url_for("ideas_desk.show", code=code))


@bp.route("/publication", methods=["POST"])
def publish(code: str) -> ResponseReturnValue:
    require(may_publication.publish(me()))
    idea = queries.to_change(code)
    form = reading_form(idea)
    if not form.validate_on_submit():
        return page(idea, form), 422
    publication.publish(idea, **form.values, by=owner())
    return _done(code, _("The idea is published. Whoever asked is told."))


@bp.route("/equipe-seule", methods=["POST"])
def keep_to_team(code: str) -> ResponseReturnValue:
    require(may_publication.keep_to_team(me()))
    idea = queries.to_change(code)
    form = reading_form(idea)
    if not form.validate_on_submit():
        return page(idea, form), 422
    publication.keep_to_team(idea, **form.values, by=owner())
    return _done(code, _("The idea stays with the team. Its author is told."))


@bp.route("/mots", methods=["POST"])
def edit(code: str) -> ResponseReturnValue:
    require(may_publication.edit(me()))
    idea = queries.to_change(code)
    form = reading_form(idea)
    if not form.validate_on_submit():
        return page(idea, form), 422
    publication.edit(idea, **form.values, by=owner())
    return _done(code, _("The words are kept."))


@bp.route("/refus", methods=["POST"])
def refuse(code: str) -> ResponseReturnValue:
    require(may_publication.refuse(me()))
    idea = queries.to_change(code)
    form = RefuseForm.of(idea)
    if not form.validate_on_submit():
        return page(idea, form), 422
    publication.refuse(idea, **form.values, by=owner())
    return _done(code, _("The idea is refused. Its author reads why."))


@bp.route("/question", methods=["POST"])
def ask(code: str) -> ResponseReturnValue:
    require(may_publication.ask(me()))
    idea = queries.to_change(code)
    form = AskForm.of(idea)
    if not form.validate_on_submit():
        return page(idea, form), 422
    publication.ask(idea, **form.values, by=owner())
    return _done(code, _("The question is sent."))


@bp.route("/precision", methods=["POST"])
def show_precision(code: str) -> ResponseReturnValue:
    require(may_publication.show_precision(me()))
    idea = queries.to_change(code)
    form = PrecisionForm.of(idea)
    if not form.validate_on_submit():
        return page(idea, form), 422
    publication.show_precision(idea, **form.values, by=owner())
    return _done(code, _("Noted for this precision."))


@bp.route("/avancement", methods=["POST"])
def move(code: str) -> ResponseReturnValue:
    require(may_progress.move(me()))
    idea = queries.to_change(code)
    form = move_form(idea)
    if not form.validate_on_submit():
        return page(idea, form), 422
    progress.move(idea, **form.values, by=owner())
    return _done(code, _("The new stage is on the page. Whoever asked is told."))


@bp.route("/brouillon", methods=["POST"])
def draft(code: str) -> ResponseReturnValue:
    require(may_progress.draft(me()))
    idea = queries.to_change(code)
    form = answer_form(idea)
    if not form.validate_on_submit():
        return page(idea, form), 422
    progress.draft(idea, **form.values, by=owner())
    return _done(code, _("The draft is kept. Only the team sees it."))


@bp.route("/reponse", methods=["POST"])
def answer(code: str) -> ResponseReturnValue:
    """What the helper doubts is shown first; “publish anyway” is always there."""
    require(may_progress.answer(me()))
    idea = queries.to_change(code)
    form = answer_form(idea)
    if not form.validate_on_submit():
        return page(idea, form), 422
    if form.doubts:
        return page(idea, form, doubts=form.doubts), 422
    progress.answer(idea, **form.values, by=owner())
    return _done(code, _("The answer is published. Whoever asked is told."))


@bp.route("/attribution", methods=["POST"])
def assign(code: str) -> ResponseReturnValue:
    require(may.assign(me()))
    idea = queries.to_change(code)
    form = AssignForm.of(idea)
    if not form.validate_on_submit():
        return page(idea, form), 422
    actions.assign(idea, **form.values, by=owner())
    return _done(code, _("Noted: who answers, and by when."))


@bp.route("/detresse", methods=["POST"])
def read_distress(code: str) -> ResponseReturnValue:
    require(may.read_distress(me()))
    idea = queries.to_change(code)
    actions.read_distress(idea, by=owner())
    return _done(code, _("Noted: you have read this message."))


@bp.route("/lu", methods=["POST"])
def mark_read(code: str) -> ResponseReturnValue:
    require(may.mark_read(me()))
    idea = queries.to_change(code)
    actions.mark_read(idea, by=owner())
    return _done(code, _("Noted: read."))


@bp.route("/separation", methods=["POST"])
def unmerge(code: str) -> ResponseReturnValue:
    require(may_merge.unmerge(me()))
    idea = queries.get(code)
    form = VersionForm.of(idea)
    require(form.validate_on_submit())
    merging.unmerge(idea, **form.values, by=owner())
    return _done(code, _("The ideas stand apart again. Whoever asked is told."))
