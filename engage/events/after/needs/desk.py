"""What is prepared for a date: ticked on the list of who comes."""

from __future__ import annotations

from flask import Blueprint, flash, redirect, request, url_for
from flask.typing import ResponseReturnValue

from engage.accounts.session import me, owner
from engage.core.db import db
from engage.core.guard import require
from engage.core.i18n import gettext as _
from engage.events import queries as found
from engage.events.after import permissions as may
from engage.events.after.needs import actions

bp = Blueprint("event_needs", __name__, url_prefix="/equipe/evenements/dates")


@bp.post("/<code>/besoins")
def prepare(code: str) -> ResponseReturnValue:
    require(may.prepare(me()))
    date, typed = found.any_occurrence(code), request.form
    actions.prepare(date, ready=typed.getlist("ready"), was_ready=typed.getlist("was_ready"), by=owner())
    db.session.commit()
    flash(_("What is ready is noted."), "success")
    return redirect(url_for("event_guests.show", code=code))
