"""Where a group stands on the way to its autonomy, and taking the step that it decided."""

from __future__ import annotations

from flask import Blueprint, flash, redirect, url_for
from flask.typing import ResponseReturnValue

from engage.accounts.session import me, owner
from engage.core.db import db
from engage.core.guard import public, require
from engage.core.i18n import gettext as _
from engage.core.render import render
from engage.groups import permissions as may_group
from engage.groups import queries as groups
from engage.groups.autonomy import actions, queries
from engage.groups.autonomy import permissions as may
from engage.groups.autonomy.steps import steps
from engage.groups.deciding import permissions as may_decide

bp = Blueprint("autonomy", __name__, url_prefix="/groupes")


@bp.route("/<code>/autonomie")
@public
def show(code: str) -> ResponseReturnValue:
    group = groups.get(me(), code)
    sees = may_group.see_private(me(), group)
    every = steps()
    return render(
        "autonomy/show.html",
        group=group,
        steps=every,
        names={step.step: step.name for step in every},
        moves=queries.moves(group),
        sees_private=sees,
        waiting=queries.to_carry_out(group) if sees else None,
        may_move=may.move(me(), group),
        may_ask=may_decide.ask(me(), group),
    )


@bp.post("/<code>/autonomie/<decision>")
def move(code: str, decision: str) -> ResponseReturnValue:
    """Carry out what the group decided."""
    group = groups.get(me(), code)
    require(may.move(me(), group))
    actions.move(group, queries.decision(group, decision), by=owner())
    db.session.commit()
    flash(_("It is done: the rights of the group have changed, and its members are told."), "success")
    return redirect(url_for("autonomy.show", code=code))
