"""I come, I do not come, my substitute comes; what I need; who was there."""

from __future__ import annotations

from flask import Blueprint, flash, redirect, request, url_for
from flask.typing import ResponseReturnValue

from engage.accounts.session import me, owner
from engage.core.db import db
from engage.core.forms import options
from engage.core.guard import require
from engage.core.i18n import gettext as _
from engage.core.render import render
from engage.groups import registry
from engage.groups.meeting import queries as meetings
from engage.groups.meeting.attending import actions, lasting, queries
from engage.groups.meeting.attending import permissions as may
from engage.groups.meeting.attending.forms import CameForm, NeedsForm
from engage.groups.meeting.models import Coming, Meeting

registry.moves_along(lasting.move)
bp = Blueprint("attending", __name__, url_prefix="/groupes/reunions/<code>")


def _shown(meeting: Meeting) -> ResponseReturnValue:
    return redirect(url_for("meetings.show", code=meeting.code))


@bp.route("/presence/<member>", methods=["POST"])
def say(code: str, member: str) -> ResponseReturnValue:
    """One tap: the button that was pressed says it all."""
    meeting = meetings.get(me(), code)
    membership = queries.member(meeting, member)
    require(may.say(me(), meeting, membership))
    instead = request.form.get("substitute", "")
    actions.say(
        meeting,
        membership,
        is_coming=request.form.get("coming") in ("there", "remote"),
        is_remote=request.form.get("coming") == "remote",
        substitute=queries.member(meeting, instead) if instead else None,
        by=owner(),
    )
    db.session.commit()
    flash(_("It is noted. You can change it until the meeting begins."), "success")
    return _shown(meeting)


@bp.route("/besoins/<member>", methods=["GET", "POST"])
def say_needs(code: str, member: str) -> ResponseReturnValue:
    meeting = meetings.get(me(), code)
    membership = queries.member(meeting, member)
    require(may.say_needs(me(), meeting, membership))
    form = NeedsForm(obj=queries.said(meeting, membership))
    if form.validate_on_submit():
        actions.say_needs(meeting, membership, **form.values, by=owner())
        db.session.commit()
        flash(_("It is noted. The team prepares the room with it."), "success")
        return _shown(meeting)
    page = render("meeting/needs.html", form=form, meeting=meeting, membership=membership)
    return page, 422 if form.errors else 200


@bp.route("/presents", methods=["GET", "POST"])
def note_who_came(code: str) -> ResponseReturnValue:
    meeting = meetings.get(me(), code)
    require(may.note_who_came(me(), meeting))
    seats = meetings.roster(meeting)
    form = CameForm(data={"came": [seat.membership.code for seat in _proposed(seats)]})
    form.came.choices = options((seat.membership.code, seat.name or _("Somebody")) for seat in seats)
    if form.validate_on_submit():
        actions.note_who_came(meeting, **form.values, by=owner())
        db.session.commit()
        flash(_("It is noted who was there. Their hours are counted."), "success")
        return _shown(meeting)
    return render("meeting/came.html", form=form, meeting=meeting), 422 if form.errors else 200


def _proposed(seats: list[meetings.Seat]) -> list[meetings.Seat]:
    """Who was noted already, else who said that they would come."""
    noted = [seat for seat in seats if seat.said and seat.said.coming is Coming.CAME]
    return queries.present(seats) if noted else queries.expected(seats)
