"""The sheet of those whom the team calls before a date."""

from __future__ import annotations

from flask import Blueprint, Response
from flask.typing import ResponseReturnValue

from engage.accounts.session import me, owner
from engage.core import pdf
from engage.core.db import db
from engage.core.guard import require
from engage.core.i18n import language
from engage.events import queries as found
from engage.events.reminding import actions, sheet
from engage.events.reminding import permissions as may

bp = Blueprint("reminding_desk", __name__, url_prefix="/equipe/evenements")


@bp.post("/dates/<code>/appels.pdf")
def print_calls(code: str) -> ResponseReturnValue:
    """A POST, since each print is noted: it takes numbers out of the site."""
    require(may.print_calls(me()))
    date = found.any_occurrence(code)
    calls = sheet.data(date, actions.print_calls(date, by=owner()))
    db.session.commit()
    paper = pdf.render("call_list", calls, lang=language())
    headers = {"Content-Disposition": 'inline; filename="appels.pdf"', "Cache-Control": "no-store"}
    return Response(paper, mimetype="application/pdf", headers=headers)
