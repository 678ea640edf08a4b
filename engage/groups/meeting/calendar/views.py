"""The meetings of a group in the calendar of my phone: a secret address that I can make anew."""

from __future__ import annotations

from flask import Blueprint, Response, abort, flash, redirect, url_for
from flask.typing import ResponseReturnValue

from engage.accounts.session import me, owner
from engage.core.db import db
from engage.core.guard import public, require
from engage.core.i18n import gettext as _
from engage.core.render import link, render
from engage.groups import queries as groups
from engage.groups.meeting import ical
from engage.groups.meeting.calendar import actions, queries
from engage.groups.meeting.calendar import permissions as may

bp = Blueprint("group_calendar", __name__, url_prefix="/groupes")


@bp.route("/<code>/agenda")
def show(code: str) -> ResponseReturnValue:
    group = groups.get(me(), code)
    membership = groups.membership(me(), group) or abort(403)
    wish = queries.wish(membership)
    address = link("group_calendar.feed", token=queries.token(membership, wish.feed if wish else 0))
    return render("meeting/calendar.html", group=group, address=address)


@bp.route("/<code>/agenda/renouvellement", methods=["POST"])
def renew(code: str) -> ResponseReturnValue:
    group = groups.get(me(), code)
    require(may.renew(me(), group))
    actions.renew(groups.membership(me(), group) or abort(403), by=owner())
    db.session.commit()
    flash(_("Here is another address. The old one opens nothing any more."), "success")
    return redirect(url_for("group_calendar.show", code=group.code))


@bp.route("/agenda/<token>.ics")
@public
def feed(token: str) -> ResponseReturnValue:
    """Read by a program, which cannot sign in."""
    group = queries.owner(token).group
    content = ical.written(queries.meetings(group), name=group.name)
    return Response(content, mimetype=ical.MIMETYPE, headers={"Cache-Control": "no-store"})
