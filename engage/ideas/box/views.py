"""Pages of ideas."""

from __future__ import annotations

from flask import Blueprint
from flask.typing import ResponseReturnValue

from engage.core.guard import public
from engage.core.render import render

bp = Blueprint("ideas", __name__, url_prefix="/idees")


@bp.route("/")
@public
def index() -> ResponseReturnValue:
    return render("skeleton.html")
