"""The desk of commitments."""

from __future__ import annotations

from flask import Blueprint, flash, redirect, request, url_for
from flask.typing import ResponseReturnValue

from engage.accounts import queries as accounts
from engage.accounts.session import me
from engage.centre.queries import centre_today
from engage.commitments import actions as commitments
from engage.commitments import permissions as may
from engage.commitments import queries as found
from engage.commitments.forms import STATES, CommitmentForm, EditForm, MoveForm, StepForm
from engage.commitments.models import Commitment, State
from engage.commitments.subjects import of_group
from engage.core.db import db
from engage.core.forms import options
from engage.core.guard import require
from engage.core.i18n import gettext as _
from engage.core.render import render
from engage.groups import queries as groups
from engage.groups import registry
from engage.ideas.outcomes import actions, queries
from engage.ideas.outcomes import permissions as may_tie
from engage.themes import queries as themes

bp = Blueprint("commitments_desk", __name__, url_prefix="/equipe/engagements")
registry.brings_subjects(of_group)


def _offer(form: CommitmentForm) -> None:
    owners = [(account.id, account.full_name) for account in accounts.staff()]
    every = [(group.id, group.name) for group in groups.everything()]
    form.offer(owners, [(theme.id, theme.label) for theme in themes.shown()], every)


@bp.route("")
def index() -> ResponseReturnValue:
    require(may.see_desk(me()))
    wanted = request.args.get("etat", "")
    state = State(wanted) if wanted in set(State) else None
    return render(
        "commitments_desk/index.html", commitments=found.everything(state), state=state, today=centre_today()
    )


@bp.route("/nouveau", methods=["GET", "POST"])
def make() -> ResponseReturnValue:
    who = me()
    require(may_tie.commit(who))
    ideas = queries.candidates(request.values.getlist("idee"))
    form = CommitmentForm()
    _offer(form)
    if form.validate_on_submit() and who:
        commitment = actions.commit(ideas, **form.values, by=who)
        db.session.commit()
        flash(_("The commitment is public. The people who asked for it are being told."), "success")
        return redirect(url_for("commitments_desk.show", code=commitment.code))
    if ideas and not form.is_submitted():
        form.said.data, form.theme_id.data = ideas[0].shown_title, ideas[0].theme_id
    return render("commitments_desk/make.html", form=form, ideas=ideas), 422 if form.errors else 200


@bp.route("/<code>")
def show(code: str) -> ResponseReturnValue:
    require(may.see_desk(me()))
    return _page(found.get(code), MoveForm(), StepForm())


def _page(commitment: Commitment, move_form: MoveForm, step_form: StepForm) -> ResponseReturnValue:
    if not move_form.is_submitted():
        move_form.version.data = commitment.version
    following = commitments.NEXT[commitment.state]
    move_form.state.choices = options((code, words) for code, words in STATES if State(code) in following)
    page = render(
        "commitments_desk/show.html",
        commitment=commitment,
        steps=found.steps(commitment),
        changes=found.changes(commitment),
        ideas=queries.linked(commitment),
        form=move_form,
        step_form=step_form,
        may_make=may.make(me()),
        today=centre_today(),
    )
    return page, 422 if move_form.errors or step_form.errors else 200


@bp.route("/<code>/modification", methods=["GET", "POST"])
def edit(code: str) -> ResponseReturnValue:
    who, commitment = me(), found.get(code)
    require(may.edit(who))
    form = EditForm(obj=commitment)
    _offer(form)
    if form.validate_on_submit() and who:
        commitments.edit(commitment, **form.values, by=who)
        db.session.commit()
        flash(_("The commitment is up to date."), "success")
        return redirect(url_for("commitments_desk.show", code=code))
    return render("commitments_desk/edit.html", form=form, commitment=commitment), 422 if form.errors else 200


@bp.route("/<code>/avancement", methods=["POST"])
def move(code: str) -> ResponseReturnValue:
    who, commitment = me(), found.get(code)
    require(may_tie.move(who))
    form = MoveForm()
    if form.validate_on_submit() and who:
        actions.move(commitment, **form.values, by=who)
        db.session.commit()
        flash(_("It is said in public. The people who asked for it are being told."), "success")
        return redirect(url_for("commitments_desk.show", code=code))
    return _page(commitment, form, StepForm(formdata=None))


@bp.route("/<code>/etapes", methods=["POST"])
def add_step(code: str) -> ResponseReturnValue:
    who, commitment = me(), found.get(code)
    require(may.add_step(who))
    form = StepForm()
    if form.validate_on_submit() and who:
        commitments.add_step(commitment, **form.values, by=who)
        db.session.commit()
        flash(_("The step is added."), "success")
        return redirect(url_for("commitments_desk.show", code=code))
    return _page(commitment, MoveForm(formdata=None), form)


@bp.route("/<code>/etapes/<int:step_id>/fait", methods=["POST"])
def tick_step(code: str, step_id: int) -> ResponseReturnValue:
    who, commitment = me(), found.get(code)
    require(may.tick_step(who))
    step = found.step(commitment, step_id)
    if who:
        done = None if step.done_on else centre_today()
        commitments.tick_step(commitment, step, done_on=done, by=who)
        db.session.commit()
        flash(_("The step is done.") if done else _("The step is open again."), "success")
    return redirect(url_for("commitments_desk.show", code=code))


@bp.route("/<code>/etapes/<int:step_id>/retrait", methods=["POST"])
def remove_step(code: str, step_id: int) -> ResponseReturnValue:
    who, commitment = me(), found.get(code)
    require(may.remove_step(who))
    if who:
        commitments.remove_step(commitment, found.step(commitment, step_id), by=who)
        db.session.commit()
        flash(_("The step is removed."), "success")
    return redirect(url_for("commitments_desk.show", code=code))


@bp.route("/<code>/idees", methods=["POST"])
def link(code: str) -> ResponseReturnValue:
    who, commitment = me(), found.get(code)
    require(may_tie.link(who))
    ideas = queries.candidates([request.form.get("idee", "").strip().lower()])
    if ideas and who:
        actions.link(commitment, ideas[0], by=who)
        db.session.commit()
        flash(_("The idea is tied to this commitment. Its people are being told."), "success")
    else:
        flash(_("No public idea has this number."), "error")
    return redirect(url_for("commitments_desk.show", code=code))


@bp.route("/<code>/idees/<idea_code>/retrait", methods=["POST"])
def unlink(code: str, idea_code: str) -> ResponseReturnValue:
    who, commitment = me(), found.get(code)
    require(may_tie.unlink(who))
    ideas = [idea for idea in queries.linked(commitment) if idea.code == idea_code]
    if ideas and who:
        actions.unlink(commitment, ideas[0], by=who)
        db.session.commit()
        flash(_("The idea is no longer tied to this commitment."), "success")
    return redirect(url_for("commitments_desk.show", code=code))
