"""The team explains words: write, change, take out, bring in a table."""

from __future__ import annotations

from flask import Blueprint, flash, redirect, request, url_for
from flask.typing import ResponseReturnValue

from engage.accounts.session import me, owner
from engage.core.db import db
from engage.core.guard import require
from engage.core.i18n import gettext as _
from engage.core.i18n import ngettext
from engage.core.render import render
from engage.pages.forms import SheetForm
from engage.pages.glossary import actions, missing, plan, queries
from engage.pages.glossary import permissions as may
from engage.pages.glossary.forms import EditTermForm, NewTermForm, typed
from engage.pages.words import ALREADY_DONE

bp = Blueprint("glossary_desk", __name__, url_prefix="/equipe/mots")


@bp.route("")
def index() -> ResponseReturnValue:
    require(may.see_desk(me()))
    return render("glossary_desk/index.html", terms=queries.everything(), unexplained=missing.unexplained())


@bp.route("/nouveau", methods=["GET", "POST"])
def define() -> ResponseReturnValue:
    require(may.define(me()))
    form = NewTermForm(data={"term": request.args.get("mot", "")})
    if form.validate_on_submit():
        term = actions.define(**form.values, by=owner())
        db.session.commit()
        flash(_("“%(term)s” is explained from now on, on every page.", term=term.term))
        return redirect(url_for("glossary_desk.index"))
    return render("glossary_desk/define.html", form=form), 422 if form.errors else 200


@bp.route("/<language>/<slug>", methods=["GET", "POST"])
def edit(language: str, slug: str) -> ResponseReturnValue:
    require(may.edit(me()))
    word = queries.get_in(language, slug)
    form = EditTermForm(data=typed(word))
    if form.validate_on_submit():
        actions.edit(word, **form.values, by=owner())
        db.session.commit()
        flash(_("Saved."))
        return redirect(url_for("glossary_desk.index"))
    return render("glossary_desk/edit.html", form=form, word=word), 422 if form.errors else 200


@bp.post("/<language>/<slug>/retrait")
def remove(language: str, slug: str) -> ResponseReturnValue:
    require(may.remove(me()))
    word = queries.held(language, slug)
    if word is None:
        flash(ALREADY_DONE)
        return redirect(url_for("glossary_desk.index"))
    actions.remove(word, by=owner())
    db.session.commit()
    flash(_("“%(term)s” is no longer explained.", term=word.term))
    return redirect(url_for("glossary_desk.index"))


@bp.route("/import", methods=["GET", "POST"])
def bring_in() -> ResponseReturnValue:
    """A table of words; each line is told, and when one is bad nothing is written."""
    require(may.bring_in(me()))
    form = SheetForm(plan.read)
    if not form.validate_on_submit():
        return render("glossary_desk/bring_in.html", form=form), 422 if form.errors else 200
    count = actions.bring_in(form.plan, replace=bool(form.replace.data), by=owner())
    db.session.commit()
    flash(ngettext("%(num)s word written.", "%(num)s words written.", count))
    return redirect(url_for("glossary_desk.index"))
