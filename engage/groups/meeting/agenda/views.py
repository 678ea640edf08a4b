"""The agenda of a meeting: members feed it, whoever sets it orders it, everybody may have it on paper."""

from __future__ import annotations

from flask import Blueprint, Response, flash, redirect, url_for
from flask.typing import ResponseReturnValue

from engage.accounts.session import me, owner
from engage.core import pdf
from engage.core.db import db
from engage.core.guard import require
from engage.core.i18n import gettext as _
from engage.core.i18n import language
from engage.core.render import render
from engage.groups import permissions as may_group
from engage.groups import registry
from engage.groups.meeting import queries as meetings
from engage.groups.meeting.agenda import actions, paper, queries
from engage.groups.meeting.agenda import permissions as may
from engage.groups.meeting.agenda.forms import WishForm
from engage.groups.meeting.models import Meeting

bp = Blueprint("agendas", __name__, url_prefix="/groupes/reunions")


def _listed(meeting: Meeting) -> ResponseReturnValue:
    return redirect(url_for("agendas.propose", code=meeting.code))


@bp.route("/<code>/ordre-du-jour", methods=["GET", "POST"])
def propose(code: str) -> ResponseReturnValue:
    """Every member reads it here, also when nothing can be added any more."""
    meeting = meetings.get(me(), code)
    require(may_group.see_private(me(), meeting.group))
    form = WishForm()
    subjects = (
        registry.subjects(meeting.group) if form.is_submitted() else registry.subjects_now(meeting.group)
    )
    form.offer(subjects)
    if form.is_submitted():
        require(may.propose(me(), meeting))
    if form.validate_on_submit():
        item = actions.propose(meeting, **form.values, by=owner())
        db.session.commit()
        kept, wished = _("It is on the agenda."), _("Your wish is noted. Whoever sets the agenda sees it.")
        flash(kept if item.is_kept else wished, "success")
        return _listed(meeting)
    page = render(
        "meeting/agenda.html",
        form=form,
        meeting=meeting,
        items=queries.items(meeting),
        links={(one.kind, one.ref): one for one in subjects},
        may=may,
    )
    return page, 422 if form.errors else 200


@bp.route("/ordre-du-jour/<code>/garde", methods=["POST"])
def keep(code: str) -> ResponseReturnValue:
    item, meeting = queries.get(me(), code)
    require(may.keep(me(), meeting))
    actions.keep(meeting, item, by=owner())
    db.session.commit()
    return _listed(meeting)


@bp.route("/ordre-du-jour/<code>/attente", methods=["POST"])
def set_aside(code: str) -> ResponseReturnValue:
    item, meeting = queries.get(me(), code)
    require(may.set_aside(me(), meeting))
    actions.set_aside(meeting, item, by=owner())
    db.session.commit()
    return _listed(meeting)


@bp.route("/ordre-du-jour/<code>/montee", methods=["POST"])
def move_up(code: str) -> ResponseReturnValue:
    item, meeting = queries.get(me(), code)
    require(may.move_up(me(), meeting))
    actions.move_up(meeting, item, by=owner())
    db.session.commit()
    return _listed(meeting)


@bp.route("/ordre-du-jour/<code>/retrait", methods=["POST"])
def drop(code: str) -> ResponseReturnValue:
    item, meeting = queries.get(me(), code)
    require(may.drop(me(), meeting, item))
    actions.drop(meeting, item, by=owner())
    db.session.commit()
    flash(_("The point is taken off."), "success")
    return _listed(meeting)


@bp.route("/<code>/ordre-du-jour/fermeture", methods=["POST"])
def close(code: str) -> ResponseReturnValue:
    meeting = meetings.get(me(), code)
    require(may.close(me(), meeting))
    actions.close(meeting, by=owner())
    db.session.commit()
    flash(_("The agenda is closed. It is ready to be printed and posted."), "success")
    return _listed(meeting)


@bp.route("/<code>/ordre-du-jour/reouverture", methods=["POST"])
def reopen(code: str) -> ResponseReturnValue:
    meeting = meetings.get(me(), code)
    require(may.reopen(me(), meeting))
    actions.reopen(meeting, by=owner())
    db.session.commit()
    flash(_("Members can add to the agenda again."), "success")
    return _listed(meeting)


@bp.route("/<code>/ordre-du-jour.pdf")
def sheet(code: str) -> ResponseReturnValue:
    meeting = meetings.get(me(), code)
    require(may_group.see_private(me(), meeting.group))
    printed = pdf.render("group_papers", paper.data(meeting, queries.items(meeting)), lang=language())
    headers = {
        "Content-Disposition": f'inline; filename="ordre-du-jour-{code}.pdf"',
        "Cache-Control": "no-store",
    }
    return Response(printed, mimetype="application/pdf", headers=headers)
