"""My own page: what is kept of me, correcting it, going down a rung, a pause, and erasing all of it."""

from __future__ import annotations

import json

from flask import Blueprint, Response, abort, flash, redirect, request, session, url_for
from flask.typing import ResponseReturnValue

from engage.accounts.session import me
from engage.core.db import db
from engage.core.forms import Form
from engage.core.guard import public
from engage.core.i18n import gettext as _
from engage.core.limits import limited
from engage.core.render import render
from engage.intake import registry
from engage.involvement import actions, own, queries, sealed
from engage.involvement.cards import ACTS, ICONS
from engage.involvement.forms import CorrectForm, EraseForm, PauseForm
from engage.involvement.mine import actions as mine
from engage.involvement.models import Person
from engage.involvement.telling import KIND
from engage.involvement.words import HOW_LONG, REACHED, RUNGS, WHENS
from engage.themes import queries as themes

bp = Blueprint("participation", __name__, url_prefix="/participer/ma-page")
registry.shows(KIND, "participation.show")


@bp.route("")
@public
def follow() -> ResponseReturnValue:
    """The way in: my page, else the place where one begins."""
    person = own.here()
    if person is not None:
        return redirect(url_for("participation.show", code=person.code))
    return redirect(url_for("involvement.index") if me() else url_for("intake.follow"))


@bp.route("/<code>/ouvrir/<given>", methods=["GET", "POST"])
@public
@limited("follow")
def arrive(code: str, given: str) -> ResponseReturnValue:
    """The address of a mail. Scanners open it too: only its button lets somebody in."""
    person = queries.get(code)
    if not sealed.is_ours(person, given):
        abort(404)
    if request.method == "GET":
        return render("involvement/arrive.html")
    own.follow(person)
    return redirect(url_for("participation.show", code=code))


@bp.route("/<code>")
@public
def show(code: str) -> ResponseReturnValue:
    person = own.get(code)
    named = {theme.id: themes.name(theme) for theme in themes.everything()}
    return render(
        "involvement/mine.html",
        person=person,
        acts=[ACTS[act] for act in person.acts if act in ACTS],
        themes=[named[number] for number in person.themes if number in named],
        whens=[WHENS[when] for when in person.whens if when in WHENS],
        how_long=HOW_LONG.get(person.how_long),
        reached=REACHED[person.reply],
        rungs=RUNGS,
        history=queries.history(person),
        notes=queries.notes(person),
        step=queries.open_step(person),
        is_paused=queries.is_paused(person),
        below=queries.below(person.stage),
    )


@bp.route("/<code>/copie")
@public
def copy(code: str) -> ResponseReturnValue:
    """All that is kept, to take away."""
    text = json.dumps(queries.record(own.get(code)), ensure_ascii=False, indent=2)
    headers = {"Content-Disposition": 'attachment; filename="ma-participation.json"'}
    return Response(text, mimetype="application/json", headers=headers)


def _form_page(name: str, form: Form, person: Person) -> ResponseReturnValue:
    page = render(f"involvement/{name}.html", form=form, person=person, act_icons=ICONS)
    return page, 422 if form.errors else 200


def _back(person: Person, sentence: str) -> ResponseReturnValue:
    db.session.commit()
    flash(sentence, "success")
    return redirect(url_for("participation.show", code=person.code))


@bp.route("/<code>/correction", methods=["GET", "POST"])
@public
@limited("interest")
def correct(code: str) -> ResponseReturnValue:
    person = own.get(code)
    form = CorrectForm.of(person)
    if form.validate_on_submit():
        actions.correct(person, **form.reached, **form.wishes, seen=form.version.data)
        return _back(person, _("It is corrected."))
    return _form_page("correct", form, person)


@bp.route("/<code>/descendre", methods=["POST"])
@public
@limited("interest")
def step_down(code: str) -> ResponseReturnValue:
    """In one press, without a reason."""
    person = own.get(code)
    actions.step_down(person, seen=request.form.get("stage", ""))
    return _back(person, _("It is noted. You go at your own pace."))


@bp.route("/<code>/pause", methods=["GET", "POST"])
@public
@limited("interest")
def pause(code: str) -> ResponseReturnValue:
    person = own.get(code)
    form = PauseForm()
    if form.validate_on_submit() and form.until.data:
        actions.pause(person, form.until.data)
        return _back(person, _("Your pause begins now. You receive nothing from us."))
    return _form_page("pause", form, person)


@bp.route("/<code>/retour", methods=["POST"])
@public
@limited("interest")
def resume(code: str) -> ResponseReturnValue:
    person = own.get(code)
    actions.resume(person)
    return _back(person, _("Welcome back!"))


@bp.route("/<code>/pas-maintenant", methods=["POST"])
@public
@limited("interest")
def decline(code: str) -> ResponseReturnValue:
    person = own.get(code)
    actions.decline(person)
    return _back(person, _("It is noted: not now. We do not ask you again."))


@bp.route("/<code>/note/<int:note_id>/retrait", methods=["POST"])
@public
@limited("interest")
def erase_note(code: str, note_id: int) -> ResponseReturnValue:
    """One that is gone already is gone: twice is once, here and below."""
    person = own.get(code)
    if note := next((one for one, _by in queries.notes(person) if one.id == note_id), None):
        mine.erase_note(person, note)
    return _back(person, _("It is taken away."))


@bp.route("/<code>/prochain-pas/<int:step_id>/retrait", methods=["POST"])
@public
@limited("interest")
def erase_step(code: str, step_id: int) -> ResponseReturnValue:
    """The one they read, never another one that was planned meanwhile."""
    person = own.get(code)
    if (step := queries.open_step(person)) and step.id == step_id:
        mine.erase_step(person, step)
    return _back(person, _("It is taken away."))


@bp.route("/<code>/mots/<int:change_id>/retrait", methods=["POST"])
@public
@limited("interest")
def erase_words(code: str, change_id: int) -> ResponseReturnValue:
    person = own.get(code)
    if change := next(
        (one for one, _by in queries.history(person) if one.id == change_id and one.words), None
    ):
        mine.erase_words(person, change)
    return _back(person, _("It is taken away."))


@bp.route("/<code>/effacement", methods=["GET", "POST"])
@public
@limited("interest")
def erase(code: str) -> ResponseReturnValue:
    person = own.get(code)
    form = EraseForm()
    if form.validate_on_submit():
        actions.erase(person)
        db.session.commit()
        session.pop("follow", None)
        session.pop("interest", None)
        flash(_("Everything about you is erased here. Thank you for the time you gave."), "success")
        return redirect(url_for("involvement.index"))
    return _form_page("erase", form, person)
