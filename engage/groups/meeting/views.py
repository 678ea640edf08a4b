"""The meetings of a group: what everybody may know, what members share; planning them."""

from __future__ import annotations

from flask import Blueprint, Response, abort, flash, redirect, request, url_for
from flask.typing import ResponseReturnValue

from engage.accounts.session import me, owner
from engage.core.db import db
from engage.core.guard import public, require
from engage.core.i18n import gettext as _
from engage.core.i18n import ngettext
from engage.core.pager import Pages
from engage.core.render import render
from engage.groups import permissions as may_group
from engage.groups import queries as groups
from engage.groups import registry
from engage.groups.meeting import actions, ending, ical, mailed, queries, shown, telling, words
from engage.groups.meeting import permissions as may
from engage.groups.meeting.forms import CancelForm, ChangeForm, PlanForm
from engage.groups.meeting.models import Meeting
from engage.outbox import attached

registry.stops_with(ending.stop)
bp = Blueprint("meetings", __name__, url_prefix="/groupes")
attached.with_mails_about(telling.KIND, mailed.calendar)


@bp.route("/<code>/reunions")
@public
def index(code: str) -> ResponseReturnValue:
    group = groups.get(me(), code)
    past = queries.past(group, request.args.get("page", 1, type=int))
    return render(
        "meeting/index.html",
        group=group,
        upcoming=queries.upcoming(group),
        past=past.meetings,
        page=Pages(past.number, past.pages, "meetings.index", code=code),
        is_member=groups.membership(me(), group) is not None,
        may_plan=may.plan(me(), group),
        words=words,
    )


@bp.route("/<code>/reunions/nouvelle", methods=["GET", "POST"])
def plan(code: str) -> ResponseReturnValue:
    group = groups.get(me(), code)
    require(may.plan(me(), group))
    form = PlanForm(data={"place": group.place, "repeat": "once"})
    if not form.validate_on_submit():
        return render("meeting/plan.html", form=form, group=group), 422 if form.errors else 200
    said, first = form.values, form.code_to_give
    if form.is_first():
        actions.plan(group, **said, first=first, by=owner())
        db.session.commit()
    dates = ngettext("%(num)s meeting is planned.", "%(num)s meetings are planned.", said["count"])
    flash(dates + " " + _("Members are being told."), "success")
    return redirect(url_for("meetings.show", code=first))


def _shown(meeting: Meeting) -> ResponseReturnValue:
    return redirect(url_for("meetings.show", code=meeting.code))


@bp.route("/reunions/<code>")
@public
def show(code: str) -> ResponseReturnValue:
    """The link to join from afar, the agenda and who comes are for those inside."""
    meeting = queries.get(me(), code)
    inside = may_group.see_private(me(), meeting.group)
    facts = shown.inside(me(), meeting) if inside else shown.outside(me(), meeting)
    return render("meeting/show.html", meeting=meeting, is_inside=inside, may=may, words=words, **facts)


@bp.route("/reunions/<code>/a-distance")
def join(code: str) -> ResponseReturnValue:
    """No page of ours names another host: this address leads there, and asks first who goes."""
    meeting = queries.get(me(), code)
    require(may_group.see_private(me(), meeting.group))
    return redirect(meeting.remote_link or abort(404))


@bp.route("/reunions/<code>/modification", methods=["GET", "POST"])
def change(code: str) -> ResponseReturnValue:
    meeting = queries.get(me(), code)
    require(may.change(me(), meeting))
    form = ChangeForm.of(meeting)
    if form.validate_on_submit():
        told = actions.change(meeting, **form.values, by=owner())
        db.session.commit()
        flash(_("The change is kept.") + (" " + _("Members are being told.") if told else ""), "success")
        return _shown(meeting)
    return render("meeting/change.html", form=form, meeting=meeting), 422 if form.errors else 200


@bp.route("/reunions/<code>/annulation", methods=["GET", "POST"])
def cancel(code: str) -> ResponseReturnValue:
    meeting = queries.get(me(), code)
    require(may.cancel(me(), meeting))
    form = CancelForm()
    if form.validate_on_submit():
        actions.cancel(meeting, **form.values, by=owner())
        db.session.commit()
        flash(_("The meeting is cancelled.") + " " + _("Members are being told."), "success")
        return _shown(meeting)
    return render("meeting/cancel.html", form=form, meeting=meeting), 422 if form.errors else 200


@bp.route("/reunions/<code>.ics")
@public
def file(code: str) -> ResponseReturnValue:
    """One meeting for a calendar."""
    meeting = queries.get(me(), code)
    headers = {"Content-Disposition": f'attachment; filename="{code}.ics"'}
    content = ical.written([meeting], name=words.title(meeting))
    return Response(content, mimetype=ical.MIMETYPE, headers=headers)
