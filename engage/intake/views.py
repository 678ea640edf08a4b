"""Pages of intake."""

from __future__ import annotations

from flask import Blueprint
from flask.typing import ResponseReturnValue

from engage.core.guard import public
from engage.core.render import render

bp = Blueprint("intake", __name__)


@bp.route("/suivi")
@public
def follow(**_kwargs: object) -> ResponseReturnValue:
    return render("skeleton.html")
