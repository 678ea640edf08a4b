"""Pages of results."""

from __future__ import annotations

from flask import Blueprint
from flask.typing import ResponseReturnValue

from engage.core.guard import public
from engage.core.render import render

bp = Blueprint("results", __name__)


@bp.route("/ce-qui-change")
@public
def index(**_kwargs: object) -> ResponseReturnValue:
    return render("skeleton.html")
