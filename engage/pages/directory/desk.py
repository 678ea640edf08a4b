"""The team keeps the directory: add, change, check, take out."""

from __future__ import annotations

from flask import Blueprint, Response, flash, redirect, url_for
from flask.typing import ResponseReturnValue

from engage.accounts.session import me, owner
from engage.centre.queries import centre_today
from engage.core.db import db
from engage.core.guard import require
from engage.core.i18n import gettext as _
from engage.core.i18n import ngettext
from engage.core.render import render
from engage.pages.directory import actions, plan, queries, words
from engage.pages.directory import permissions as may
from engage.pages.directory.forms import CheckForm, EditForm, EntryForm, typed
from engage.pages.forms import SheetForm

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


@bp.route("/import", methods=["GET", "POST"])
def bring_in() -> ResponseReturnValue:
    """A table of people and services; each line is told, and when one is bad nothing is written."""
    require(may.bring_in(me()))
    form = SheetForm(plan.read)
    if not form.validate_on_submit():
        return render("directory_desk/bring_in.html", form=form, words=words), 422 if form.errors else 200
    count = actions.bring_in(form.plan, replace=bool(form.replace.data), by=owner())
    db.session.commit()
    flash(ngettext("%(num)s address written.", "%(num)s addresses written.", count))
    return redirect(url_for("directory_desk.index"))


@bp.post("/export")
def take_out() -> ResponseReturnValue:
    require(may.take_out(me()))
    actions.take_out(by=owner())
    db.session.commit()
    headers = {"Content-Disposition": f'attachment; filename="annuaire-{centre_today().isoformat()}.csv"'}
    return Response("".join(plan.lines()), content_type="text/csv; charset=utf-8", headers=headers)
