"""The page where two ideas that say the same are brought together."""

from __future__ import annotations

from flask import Blueprint, flash, redirect, request, url_for
from flask.typing import ResponseReturnValue

from engage.accounts.session import me, owner
from engage.core.db import db
from engage.core.guard import require
from engage.core.i18n import gettext as _
from engage.core.render import render
from engage.ideas.moderation import queries, words
from engage.ideas.moderation.merging import actions
from engage.ideas.moderation.merging import permissions as may
from engage.ideas.moderation.merging import queries as merging_queries
from engage.ideas.moderation.merging.forms import MergeForm

bp = Blueprint("merging_desk", __name__, url_prefix="/equipe/idees/<code>")


@bp.route("/fusion", methods=["GET", "POST"])
def merge(code: str) -> ResponseReturnValue:
    require(may.merge(me()))
    idea = queries.get(code)
    form = MergeForm.of(idea)
    if form.validate_on_submit():
        actions.merge(idea, **form.values, by=owner())
        db.session.commit()
        flash(_("The ideas are brought together. Whoever asked is told."), "success")
        return redirect(url_for("ideas_desk.show", code=form.into.data))
    search = request.args.get("search", "")[:200]
    found = merging_queries.suggestions(idea, search)
    shown = render("ideas_desk/merge.html", idea=idea, form=form, found=found, search=search, words=words)
    return shown, 422 if form.errors else 200
