"""Papers of a group: each is given by this address alone, which asks who wants it."""

from __future__ import annotations

from flask import Blueprint, flash, redirect, request, url_for
from flask.typing import ResponseReturnValue

from engage.accounts.session import me, owner
from engage.core.db import db
from engage.core.guard import public, require
from engage.core.i18n import gettext as _
from engage.core.render import render
from engage.groups import permissions as may_group
from engage.groups import queries as groups
from engage.groups.meeting import queries as meetings
from engage.groups.meeting.models import Meeting
from engage.groups.meeting.papers import actions, queries
from engage.groups.meeting.papers import permissions as may
from engage.groups.meeting.papers.forms import PaperForm
from engage.groups.models import Group
from engage.uploads import queries as files

bp = Blueprint("group_papers", __name__, url_prefix="/groupes")


def _listed(group: Group) -> ResponseReturnValue:
    return redirect(url_for("group_papers.index", code=group.code))


@bp.route("/<code>/documents")
@public
def index(code: str) -> ResponseReturnValue:
    group = groups.get(me(), code)
    return render(
        "meeting/papers.html",
        group=group,
        documents=queries.of_group(me(), group),
        is_inside=may_group.see_private(me(), group),
        may=may,
    )


@bp.route("/<code>/documents/nouveau", methods=["GET", "POST"])
def add(code: str) -> ResponseReturnValue:
    group = groups.get(me(), code)
    require(may.add(me(), group))
    meeting = _meeting(group)
    form = PaperForm()
    if form.validate_on_submit() and form.file.data is not None:
        if form.is_first(form.file.data.data):
            actions.add(group, **form.values, meeting=meeting, by=owner())
        db.session.commit()
        flash(_("The paper is there. Only the group sees it."), "success")
        return redirect(url_for("meetings.show", code=meeting.code)) if meeting else _listed(group)
    page = render("meeting/add_paper.html", form=form, group=group, meeting=meeting)
    return page, 422 if form.errors else 200


def _meeting(group: Group) -> Meeting | None:
    """The meeting of this group that the address names."""
    wanted = request.args.get("reunion", "")
    meeting = meetings.get(me(), wanted) if wanted else None
    require(meeting is None or meeting.group_id == group.id)
    return meeting


@bp.route("/documents/<code>")
@public
def file(code: str) -> ResponseReturnValue:
    document, _group = queries.get(me(), code)
    return files.response(document.upload, name=document.title)


@bp.route("/documents/<code>/publication", methods=["POST"])
def publish(code: str) -> ResponseReturnValue:
    document, group = queries.get(me(), code)
    require(may.publish(me(), group, document))
    actions.publish(document, group, is_public=request.form.get("public") == "yes", by=owner())
    db.session.commit()
    shown, kept = _("Everybody can have this paper now."), _("Only the group has this paper now.")
    flash(shown if document.is_public else kept, "success")
    return _listed(group)


@bp.route("/documents/<code>/retrait", methods=["POST"])
def take_away(code: str) -> ResponseReturnValue:
    document, group = queries.get(me(), code)
    require(may.take_away(me(), group, document))
    actions.take_away(document, by=owner())
    db.session.commit()
    flash(_("The paper is taken away."), "success")
    return _listed(group)
