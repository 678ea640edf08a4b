"""What partner patients gave in a year, for coordinators."""

from __future__ import annotations

from datetime import MAXYEAR

from flask import Blueprint, Response, request
from flask.typing import ResponseReturnValue

from engage.accounts.session import me, owner
from engage.centre.queries import centre_today
from engage.core import sheets
from engage.core.db import db
from engage.core.guard import require
from engage.core.render import render
from engage.events.after import permissions as may
from engage.events.after.hours import actions, queries
from engage.events.after.words import duration
from engage.groups.registry import brings_hours

YEARS = 5
brings_hours(queries.by_day)
bp = Blueprint("event_hours", __name__, url_prefix="/equipe/evenements")


def _year() -> int:
    """The one that is asked for, else this one."""
    asked = request.values.get("annee", type=int) or 0
    return asked if 1 <= asked <= MAXYEAR else centre_today().year


@bp.route("/heures")
def show() -> ResponseReturnValue:
    require(may.see_hours(me()))
    year, this = _year(), centre_today().year
    return render(
        "after_desk/hours.html",
        year=year,
        years=sorted({year, *range(this, this - YEARS, -1)}, reverse=True),
        given=queries.of_everybody(year),
        duration=duration,
    )


@bp.post("/heures.csv")
def take_out_hours() -> ResponseReturnValue:
    require(may.take_out_hours(me()))
    year = _year()
    content = "".join(sheets.csv_lines(*actions.take_out_hours(year, by=owner())))
    db.session.commit()
    headers = {"Content-Disposition": f'attachment; filename="heures-{year}.csv"'}
    return Response(content, headers=headers, content_type="text/csv; charset=utf-8")
