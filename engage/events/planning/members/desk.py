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
from engage.events.joining import actions, queries
from engage.events.joining import permissions as may
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
    page = render(
        "joining/members.html", event=event, members=members, replies=REPLIES, roles=ROLES, needs=NEEDS
    )
    db.session.commit()
    return page


@bp.route("/<code>/groupe/nouveau", methods=["GET", "POST"])
def join(code: str) -> ResponseReturnValue:
    """On somebody's behalf; the code they follow it with is shown on the page that answers, once."""
    require(may.see(me()) and may.join(me()))
    event, form = found.get_event(code), JoinForm()
    if not form.validate_on_submit():
        return render("joining/enter.html", form=form, event=event), 422 if form.errors else 200
    member, follow_code = actions.join(event, by=owner(), **form.wanted)
    db.session.commit()
    return render("joining/entered.html", event=event, member=member, follow_code=follow_code)


@bp.post("/groupe/<code>/retrait")
def leave(code: str) -> ResponseReturnValue:
    member = queries.by_code(code)
    require(may.leave(me(), member) and may.see(me()))
    actions.leave(member, by=owner())
    db.session.commit()
    flash(_("This person is no longer in the group. They are being told."), "success")
    return redirect(url_for("groups_desk.show", code=member.event.code))
