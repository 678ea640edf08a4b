"""The programme of a day on paper, for everybody."""

from __future__ import annotations

from flask import Blueprint, Response, abort
from flask.typing import ResponseReturnValue

from engage.core.guard import public
from engage.events import queries as found
from engage.events.programme import paper, queries

bp = Blueprint("programme", __name__, url_prefix="/evenements")


@bp.route("/<code>/programme.pdf")
@public
def sheet(code: str) -> ResponseReturnValue:
    date = found.get_occurrence(code)
    told = queries.told(date.event_id) or abort(404)
    headers = {"Content-Disposition": f'inline; filename="programme-{code}.pdf"'}
    return Response(paper.sheet(date.event, date, told), mimetype="application/pdf", headers=headers)
