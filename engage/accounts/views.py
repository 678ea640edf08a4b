"""Pages of accounts."""

from __future__ import annotations

from flask import Blueprint
from flask.typing import ResponseReturnValue

from engage.core.guard import public
from engage.core.render import render

bp = Blueprint("accounts", __name__)


@bp.route("/connexion")
@public
def sign_in(**_kwargs: object) -> ResponseReturnValue:
    return render("skeleton.html")


@bp.route("/connexion/fin")
@public
def sign_out(**_kwargs: object) -> ResponseReturnValue:
    return render("skeleton.html")
