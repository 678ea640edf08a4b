"""The team keeps the directory: add, change, check, take out."""

from __future__ import annotations

from flask import Blueprint, flash, redirect, url_for
from flask.typing import ResponseReturnValue

from engage.accounts.session import me, owner
from engage.core.db import db
from engage.core.guard import require
from engage.core.i18n import gettext as _
from engage.core.render import render
from engage.pages.directory import actions, queries, words
from engage.pages.directory import permissions as may
from engage.pages.directory.forms import CheckForm, EditForm, EntryForm, typed

bp = Blueprint("directory_desk", __name__, url_prefix="/equipe/annuaire")


@bp.route("")
def index() -> ResponseReturnValue:
    require(may.see_desk(me()))
    return render(
        "directory_desk/index.html", entries=queries.everything(), words=words, is_stale=queries.is_stale
    )


@bp.route("/nouveau", methods=["GET", "POST"])
def add() -> ResponseReturnValue:
    require(may.add(me()))
    form = EntryForm()
    if form.validate_on_submit():
        entry = actions.add(**form.values, by=owner())
        db.session.commit()
        flash(_("%(name)s is in the directory.", name=entry.name))
        return redirect(url_for("directory_desk.index"))
    return render("directory_desk/add.html", form=form), 422 if form.errors else 200


@bp.route("/<code>", methods=["GET", "POST"])
def edit(code: str) -> ResponseReturnValue:
    require(may.edit(me()))
    entry = queries.for_team(code)
    form = EditForm(data=typed(entry))
    if form.validate_on_submit():
        actions.edit(entry, **form.values, by=owner())
        db.session.commit()
        flash(_("Saved."))
        return redirect(url_for("directory_desk.index"))
    page = render("directory_desk/edit.html", form=form, entry=entry, is_stale=queries.is_stale)
    return page, 422 if form.errors else 200


@bp.post("/<code>/verification")
def check(code: str) -> ResponseReturnValue:
    require(may.check(me()))
    entry, form = queries.for_team(code), CheckForm()
    if form.validate():
        actions.check(entry, **form.values, by=owner())
        db.session.commit()
        flash(_("%(name)s: checked today.", name=entry.name))
    return redirect(url_for("directory_desk.index"))


@bp.post("/<code>/retrait")
def withdraw(code: str) -> ResponseReturnValue:
    require(may.withdraw(me()))
    entry = queries.for_team(code)
    actions.withdraw(entry, by=owner())
    db.session.commit()
    flash(_("%(name)s is no longer in the directory.", name=entry.name))
    return redirect(url_for("directory_desk.index"))


@bp.post("/<code>/retour")
def put_back(code: str) -> ResponseReturnValue:
    require(may.put_back(me()))
    entry = queries.for_team(code)
    actions.put_back(entry, by=owner())
    db.session.commit()
    flash(_("%(name)s is in the directory.", name=entry.name))
    return redirect(url_for("directory_desk.index"))
