"""A relay looks after those they signed up: who comes, changed or cancelled when they say so."""

from __future__ import annotations

from flask import Blueprint, abort, flash, redirect, request, url_for
from flask.typing import ResponseReturnValue

from engage.accounts.session import me, owner
from engage.core.db import db
from engage.core.guard import require
from engage.core.i18n import gettext as _
from engage.core.i18n import ngettext
from engage.core.render import render
from engage.events import queries as found
from engage.events.after import actions as after
from engage.events.agenda import queries as agenda
from engage.events.agenda import words
from engage.events.agenda.bringing import queries
from engage.events.agenda.forms import PartyForm, typed_before
from engage.events.agenda.group.forms import typed_before as kept_before
from engage.events.agenda.queries import Question
from engage.events.joining import actions as joining
from engage.events.joining import changing, excusing
from engage.events.joining import permissions as may_join
from engage.events.joining.models import Member
from engage.events.kinds import ACTIVE, Cause
from engage.events.programme import actions as programme
from engage.events.programme import queries as programmes
from engage.events.signing import actions
from engage.events.signing import permissions as may
from engage.events.signing.models import SignUp
from engage.events.words import STATES

bp = Blueprint("bringing", __name__, url_prefix="/evenements/inscription/pour-quelqu-un")


@bp.route("")
def index() -> ResponseReturnValue:
    require(may.sign_up(me()))
    brought = {"sign_ups": queries.brought(owner()), "members": queries.members(owner())}
    return render("events/bringing/index.html", active=ACTIVE, words=words, states=STATES, **brought)


def _mine(code: str) -> SignUp:
    require(may.sign_up(me()))
    return queries.get(code, owner())


def _back(sentence: str) -> ResponseReturnValue:
    db.session.commit()
    flash(sentence, "success")
    return redirect(url_for("bringing.index"))


@bp.route("/<code>/changement", methods=["GET", "POST"])
def change(code: str) -> ResponseReturnValue:
    sign_up = _mine(code)
    require(may.change(me(), sign_up))
    form = _form(sign_up)
    if not form.validate_on_submit():
        page = render("events/bringing/change.html", form=form, sign_up=sign_up)
        return page, 422 if form.errors else 200
    actions.change(sign_up, cause=Cause.TEAM, by=owner(), **form.party)
    if form.chosen is not None:
        programme.choose(sign_up, form.chosen)
    after.agree_to_photos(sign_up, form.photos.data)
    return _back(_("Your change is noted. The person is being told."))


def _form(sign_up: SignUp) -> PartyForm:
    shown = agenda.find(sign_up.occurrence.code) or abort(404)
    held = [slot.id for slot in programmes.chosen(sign_up)]
    typed = typed_before(sign_up) | {"slots": held}
    return PartyForm(data=typed, questions=shown.questions, slots=shown.to_choose, held=held)


@bp.route("/<code>/annulation", methods=["GET", "POST"])
def cancel(code: str) -> ResponseReturnValue:
    sign_up = _mine(code)
    require(may.cancel(me(), sign_up))
    if request.method == "GET":
        return render("events/bringing/cancel.html", sign_up=sign_up)
    actions.cancel(sign_up, cause=Cause.TEAM, by=owner())
    return _back(_("The sign-up is cancelled. The person is being told."))


def _member(code: str) -> Member:
    require(may_join.join(me()))
    return queries.member(code, owner())


@bp.route("/groupe/<code>")
def show_member(code: str) -> ResponseReturnValue:
    """Each coming date of the group, to be missed by one tap."""
    member = _member(code)
    dates = queries.coming(member)
    return render("events/bringing/member.html", member=member, dates=dates, words=words, states=STATES)


def _noted(code: str, sentence: str) -> ResponseReturnValue:
    db.session.commit()
    flash(sentence, "success")
    return redirect(url_for("bringing.show_member", code=code))


@bp.post("/groupe/<code>/<date>/absence")
def excuse(code: str, date: str) -> ResponseReturnValue:
    member = _member(code)
    require(may_join.excuse(me(), member))
    excusing.excuse(queries.on(member, date), by=owner())
    return _noted(code, _("It is noted for this date. The person is being told."))


@bp.post("/groupe/<code>/<date>/retour")
def come_back(code: str, date: str) -> ResponseReturnValue:
    member = _member(code)
    require(may_join.come_back(me(), member))
    excusing.come_back(queries.on(member, date), by=owner())
    return _noted(code, _("It is noted for this date. The person is being told."))


@bp.route("/groupe/<code>/changement", methods=["GET", "POST"])
def change_member(code: str) -> ResponseReturnValue:
    """On all the coming dates of a group; each that has no room for more people keeps those it had."""
    member = _member(code)
    require(may_join.change(me(), member))
    asked = [Question(one.text, one.is_required) for one in found.questions(member.event)]
    form = PartyForm(data=kept_before(member), questions=asked)
    if not form.validate_on_submit():
        page = render("events/bringing/change_member.html", form=form, member=member)
        return page, 422 if form.errors else 200
    behind = changing.change(member, by=owner(), **form.party)
    changing.agree_to_photos(member, form.photos.data)
    if behind:
        return _back(_without_room(len(behind)))
    return _back(_("Your change is noted. The person is being told."))


def _without_room(dates: int) -> str:
    return ngettext(
        "Your change is noted. On %(num)s date there is no room for more people.",
        "Your change is noted. On %(num)s dates there is no room for more people.",
        dates,
    )


@bp.route("/groupe/<code>/depart", methods=["GET", "POST"])
def leave(code: str) -> ResponseReturnValue:
    member = _member(code)
    require(may_join.leave(me(), member))
    if request.method == "GET":
        return render("events/bringing/leave.html", member=member)
    joining.leave(member, by=owner())
    return _back(_("This person is no longer in the group. They are being told."))
