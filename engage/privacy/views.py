"""Pages of privacy."""

from __future__ import annotations

from flask import Blueprint
from flask.typing import ResponseReturnValue

from engage.core.guard import public
from engage.core.render import render

bp = Blueprint("privacy", __name__)


@bp.route("/mon-espace")
@public
def my_space(**_kwargs: object) -> ResponseReturnValue:
    return render("skeleton.html")
