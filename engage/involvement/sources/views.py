"""Where the link of a poster, a carer or a relay leads."""

from __future__ import annotations

from flask import Blueprint, redirect, session, url_for
from flask.typing import ResponseReturnValue

from engage.core.guard import public
from engage.involvement.sources import queries

bp = Blueprint("sources", __name__)
TAKE_PART = "involvement.index"


@bp.route("/p/<code>")
@public
def arrive(code: str) -> ResponseReturnValue:
    """The browser remembers by which way it came, for what its reader does next; nothing is written down."""
    if source := queries.by_code(code):
        session[queries.KEPT] = source.code
    return redirect(url_for(TAKE_PART))
