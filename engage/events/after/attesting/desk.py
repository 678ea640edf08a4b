"""Certificates of attendance for the team to hand out: of everybody, or of one person."""

from __future__ import annotations

from flask import Blueprint
from flask.typing import ResponseReturnValue

from engage.accounts.session import me, owner
from engage.core.db import db
from engage.core.guard import require
from engage.events import queries as found
from engage.events.after import permissions as may
from engage.events.after.attesting import actions, paper
from engage.events.signing import queries as signing

bp = Blueprint("attesting_desk", __name__, url_prefix="/equipe/evenements")


@bp.post("/dates/<code>/attestations.pdf")
def attest(code: str) -> ResponseReturnValue:
    require(may.attest(me()))
    date = found.any_occurrence(code)
    sheet = paper.response(actions.attest(date, by=owner()), date)
    db.session.commit()
    return sheet


@bp.post("/inscriptions/<code>/attestation.pdf")
def attest_one(code: str) -> ResponseReturnValue:
    require(may.attest(me()))
    one = signing.by_code(code)
    sheet = paper.response(actions.attest(one.occurrence, one, by=owner()), one.occurrence)
    db.session.commit()
    return sheet
