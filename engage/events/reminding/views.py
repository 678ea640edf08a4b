"""The short address of an SMS."""

from __future__ import annotations

from flask import Blueprint, abort, redirect, url_for
from flask.typing import ResponseReturnValue

from engage.core.guard import public
from engage.events import sealed

bp = Blueprint("reminding", __name__, url_prefix="/r")


@bp.route("/<code>/<given>")
@public
def arrive(code: str, given: str) -> ResponseReturnValue:
    """Leads to the page with a button: what checks links opens them too, and changes nothing."""
    if not sealed.is_short(code, given):
        abort(404)
    return redirect(url_for("sign_ups.arrive", code=code, given=sealed.seal(code)))
