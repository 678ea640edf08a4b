"""Going with somebody: their stage, the next step, notes, and what they ask us to do for them."""

from __future__ import annotations

from flask import Blueprint, abort, flash, redirect, url_for
from flask.typing import ResponseReturnValue

from engage.accounts.session import me, owner
from engage.core.db import db
from engage.core.forms import Form
from engage.core.guard import require
from engage.core.i18n import gettext as _
from engage.core.render import render
from engage.involvement import actions as people
from engage.involvement import permissions as may_people
from engage.involvement import queries as found
from engage.involvement.cards import ICONS
from engage.involvement.forms import EraseForm, PauseForm
from engage.involvement.models import Person, Stage
from engage.involvement.pathway import actions, health
from engage.involvement.pathway import permissions as may
from engage.involvement.pathway.desk import opened
from engage.involvement.pathway.forms import MoveForm, NoteForm, PersonForm, PlanForm, ReplanForm

bp = Blueprint("pathway_deeds", __name__, url_prefix="/equipe/parcours")


def _done(person: Person, sentence: str) -> ResponseReturnValue:
    db.session.commit()
    flash(sentence, "success")
    return redirect(url_for("pathway_desk.show", code=person.code))


def _page(name: str, form: Form, person: Person) -> tuple[str, int]:
    page = render(f"involvement_desk/{name}.html", form=form, person=person, act_icons=ICONS)
    db.session.commit()  # the look
    return page, 422 if form.errors else 200


@bp.route("/<code>/etape", methods=["GET", "POST"])
def move(code: str) -> ResponseReturnValue:
    require(may_people.move(me()))
    person = opened(code)
    form = MoveForm(data={"stage": person.stage.value, "version": person.version})
    if form.validate_on_submit():
        stage, words = Stage(form.stage.data), form.words.data or ""
        people.move(person, stage, by=owner(), words=words, seen=form.version.data)
        return _done(person, _("The stage is noted."))
    return _page("move", form, person)


@bp.route("/<code>/prochain-pas", methods=["GET", "POST"])
def plan(code: str) -> ResponseReturnValue:
    """One thing at a time: what is open is done first."""
    require(may.plan(me()))
    person = opened(code)
    form = PlanForm(data={"owner_id": owner().id})
    if form.validate_on_submit():
        actions.plan(person, **form.values, by=owner())
        return _done(person, _("The next step is planned."))
    return _page("plan", form, person)


@bp.route("/<code>/prochain-pas/changement", methods=["GET", "POST"])
def replan(code: str) -> ResponseReturnValue:
    """The step that is open; when somebody has just done it, there is another one to plan."""
    require(may.replan(me()))
    person = opened(code)
    step = found.open_step(person)
    if step is None:
        return redirect(url_for("pathway_deeds.plan", code=code))
    form = ReplanForm(obj=step, data={"version": person.version})
    if form.validate_on_submit():
        said = form.values
        actions.replan(step, seen=said.pop("version"), **said, by=owner(), person=person)
        return _done(person, _("The next step is changed."))
    return _page("replan", form, person)


@bp.post("/<code>/prochain-pas/fait")
def finish(code: str) -> ResponseReturnValue:
    """And then the next one."""
    require(may.finish(me()))
    person = opened(code)
    if step := found.open_step(person):
        actions.finish(step, by=owner(), person=person)
    _done(person, _("Done, well done. And next?"))
    return redirect(url_for("pathway_deeds.plan", code=code))


@bp.route("/<code>/note", methods=["GET", "POST"])
def note(code: str) -> ResponseReturnValue:
    """Health words are shown: taken away by one button, or kept with a reason."""
    require(may.note(me()))
    person = opened(code)
    form = NoteForm()
    if not form.validate_on_submit():
        return _page("note", form, person)
    words = form.words.data or ""
    if form.remove.data:
        words, form.reason.data = health.without(words), ""
    elif form.marked and not form.reason.data:
        return _page("note", form, person)[0], 422
    if form.is_first():
        actions.note(person, words=words, reason=form.reason.data or "", by=owner())
    return _done(person, _("The note is kept. The person can read it on their page."))


@bp.post("/<code>/note/<int:note_id>/retrait")
def take_back(code: str, note_id: int) -> ResponseReturnValue:
    require(may.take_back(me()))
    person = opened(code)
    row = next((row for row, _by in found.notes(person) if row.id == note_id), None) or abort(404)
    actions.take_back(row, by=owner(), person=person)
    return _done(person, _("The note is taken away."))


@bp.route("/<code>/correction", methods=["GET", "POST"])
def correct(code: str) -> ResponseReturnValue:
    require(may_people.correct(me()))
    person = opened(code)
    form = PersonForm(person)
    if form.validate_on_submit():
        people.correct(person, **form.reached, **form.wishes, by=owner(), seen=form.version.data)
        return _done(person, _("It is corrected."))
    return _page("correct", form, person)


@bp.route("/<code>/pause", methods=["GET", "POST"])
def pause(code: str) -> ResponseReturnValue:
    require(may_people.pause(me()))
    person = opened(code)
    form = PauseForm()
    if form.validate_on_submit() and form.until.data:
        people.pause(person, form.until.data, by=owner())
        return _done(person, _("The pause is noted. Nothing leaves for this person."))
    return _page("pause", form, person)


@bp.post("/<code>/retour")
def resume(code: str) -> ResponseReturnValue:
    require(may_people.resume(me()))
    person = opened(code)
    people.resume(person, by=owner())
    return _done(person, _("This person is back."))


@bp.post("/<code>/pas-maintenant")
def decline(code: str) -> ResponseReturnValue:
    require(may_people.decline(me()))
    person = opened(code)
    people.decline(person, by=owner())
    return _done(person, _("Noted: not now. Nobody asks this person again."))


@bp.post("/<code>/numero")
def give_code(code: str) -> ResponseReturnValue:
    """Shown on the page that answers, this once."""
    require(may_people.give_code(me()))
    person = opened(code)
    given = people.give_code(person, by=owner())
    page = render("involvement_desk/code.html", person=person, given=given)
    db.session.commit()
    return page


@bp.route("/<code>/effacement", methods=["GET", "POST"])
def erase(code: str) -> ResponseReturnValue:
    require(may_people.erase(me()))
    person = opened(code)
    form = EraseForm()
    form.sure.label.text = _("Yes, this person asked that everything be erased.")
    if form.validate_on_submit():
        people.erase(person, by=owner())
        db.session.commit()
        flash(_("Everything about this person is erased here."), "success")
        return redirect(url_for("pathway_desk.index"))
    return _page("erase", form, person)
