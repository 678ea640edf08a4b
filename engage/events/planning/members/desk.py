"""A group at the desk: how many belong to it, who, somebody joins on the phone, somebody leaves."""

from __future__ import annotations

from flask import Blueprint, abort, flash, redirect, url_for
from flask.typing import ResponseReturnValue

from engage.accounts.session import me, owner
from engage.core.db import db
from engage.core.guard import require
from engage.core.i18n import gettext as _
from engage.core.render import render
from engage.events import queries as found
from engage.events.joining import actions, changing, queries
from engage.events.joining import permissions as may
from engage.events.joining.models import Member
from engage.events.planning.guests.forms import GuestForm, typed_before
from engage.events.planning.guests.words import REPLIES
from engage.events.planning.members.forms import JoinForm
from engage.events.words import NEEDS, ROLES

bp = Blueprint("groups_desk", __name__, url_prefix="/equipe/evenements")


@bp.route("/<code>/groupe")
def show(code: str) -> ResponseReturnValue:
    """Figures without a name: the list itself is asked for."""
    require(may.see(me()))
    event = found.get_event(code)
    parties, people = queries.counts(event)
    if not (event.is_joined_once or parties):
        abort(404)
    return render("joining/desk.html", event=event, parties=parties, people=people)


@bp.post("/<code>/groupe/liste")
def read_members(code: str) -> ResponseReturnValue:
    """Shown on the page that answers: each look is noted."""
    require(may.read_members(me()))
    event = found.get_event(code)
    members = actions.read_members(event, by=owner())
    said = {"questions": found.questions(event), "replies": REPLIES, "roles": ROLES, "needs": NEEDS}
    page = render("joining/members.html", event=event, members=members, **said)
    db.session.commit()
    return page


@bp.route("/<code>/groupe/nouveau", methods=["GET", "POST"])
def join(code: str) -> ResponseReturnValue:
    """On somebody's behalf; the code they follow it with is shown on the page that answers, once."""
    require(may.see(me()) and may.join(me()))
    event = found.get_event(code)
    form = JoinForm.asking(found.questions(event))
    if not form.validate_on_submit():
        return render("joining/enter.html", form=form, event=event), 422 if form.errors else 200
    member, follow_code = actions.join(event, by=owner(), **form.wanted)
    db.session.commit()
    return render("joining/entered.html", event=event, member=member, follow_code=follow_code)


@bp.post("/groupe/<code>/ouvrir")
def read_member(code: str) -> ResponseReturnValue:
    """What this member said, to be changed: the look is noted."""
    member = queries.by_code(code)
    require(may.change(me(), member) and may.read_members(me()))
    actions.read_members(member.event, by=owner())
    page = render("joining/change_desk.html", form=_form(member), member=member)
    db.session.commit()
    return page


def _form(member: Member) -> GuestForm:
    typed = typed_before(member, member.beside)
    return GuestForm.asking(found.questions(member.event), typed=typed)


@bp.route("/groupe/<code>/changement", methods=["GET", "POST"])
def change(code: str) -> ResponseReturnValue:
    """They call to say that there are more of them now, on all dates to come."""
    member = queries.by_code(code)
    require(may.change(me(), member) and may.see(me()))
    form = _form(member)
    if not form.is_submitted():
        return redirect(url_for("groups_desk.show", code=member.event.code))
    if not form.validate():
        return render("joining/change_desk.html", form=form, member=member), 422
    behind = changing.change(member, by=owner(), **form.party)
    changing.agree_to_photos(member, form.photos.data)
    db.session.commit()
    return render("joining/changed.html", member=member, behind=behind)


@bp.post("/groupe/<code>/retrait")
def leave(code: str) -> ResponseReturnValue:
    member = queries.by_code(code)
    require(may.leave(me(), member) and may.see(me()))
    actions.leave(member, by=owner())
    db.session.commit()
    flash(_("This person is no longer in the group. They are being told."), "success")
    return redirect(url_for("groups_desk.show", code=member.event.code))
