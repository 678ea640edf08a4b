"""What a watcher asks the site: is the database there, and is it at the shape of this version."""

from __future__ import annotations

from functools import cache

from flask import Blueprint, jsonify
from flask.typing import ResponseReturnValue
from sqlalchemy.exc import SQLAlchemyError

from engage.core import migrate
from engage.core.guard import public

bp = Blueprint("health", __name__)
wanted = cache(migrate.head)


def database() -> dict[str, str | None]:
    """`state` is ok, behind (another revision than this version needs) or down."""
    try:
        present = migrate.present()
    except SQLAlchemyError:
        return {"state": "down", "revision": None, "head": wanted()}
    return {"state": "ok" if present == wanted() else "behind", "revision": present, "head": wanted()}


@bp.route("/healthz")
@public
def healthz() -> ResponseReturnValue:
    found = database()
    is_well = found["state"] == "ok"
    return jsonify(status="ok" if is_well else "error", database=found), 200 if is_well else 503
