"""The button under the list that acts on what is ticked."""

from __future__ import annotations

from flask import Blueprint, flash, redirect, url_for
from flask.typing import ResponseReturnValue

from engage.accounts.session import me, owner
from engage.core.db import db
from engage.core.guard import require
from engage.core.i18n import ngettext
from engage.core.render import render
from engage.ideas.moderation.selection import actions
from engage.ideas.moderation.selection import permissions as may
from engage.ideas.moderation.selection.forms import SelectionForm

bp = Blueprint("selection_desk", __name__, url_prefix="/equipe/idees")


@bp.route("/selection", methods=["POST"])
def act_on() -> ResponseReturnValue:
    require(may.act_on(me()))
    form = SelectionForm()
    if not form.validate_on_submit():
        return render("ideas_desk/selection.html", form=form, left=[]), 422
    outcome = actions.act_on(**form.values, by=owner())
    db.session.commit()
    flash(ngettext("%(num)s idea is done.", "%(num)s ideas are done.", outcome.done), "success")
    if outcome.left:
        return render("ideas_desk/selection.html", form=form, left=outcome.left)
    return redirect(url_for("ideas_desk.index"))
