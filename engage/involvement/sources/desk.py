"""The team's ways in: posters, carers' codes, workshops; each with its link and its sheet."""

from __future__ import annotations

from flask import Blueprint, Response, flash, redirect, url_for
from flask.typing import ResponseReturnValue

from engage.accounts.session import me, owner
from engage.core import qr
from engage.core.db import db
from engage.core.guard import require
from engage.core.i18n import gettext as _
from engage.core.render import render
from engage.involvement.sources import actions, queries, sheet
from engage.involvement.sources import permissions as may
from engage.involvement.sources.forms import SourceForm
from engage.involvement.sources.words import ICONS, KINDS

bp = Blueprint("sources_desk", __name__, url_prefix="/equipe/portes")


@bp.route("")
def index() -> ResponseReturnValue:
    require(may.see(me()))
    return render(
        "sources_desk/index.html", sources=queries.every(), came=queries.came(), kinds=KINDS, icons=ICONS,
        short=sheet.short,
    )  # fmt: skip


@bp.route("/nouvelle", methods=["GET", "POST"])
def make() -> ResponseReturnValue:
    require(may.make(me()))
    form = SourceForm()
    if form.validate_on_submit():
        source = actions.make(**form.values, by=owner())
        db.session.commit()
        flash(_("It is ready: print its sheet, or give its link."), "success")
        return redirect(url_for("sources_desk.show", code=source.code))
    return render("sources_desk/make.html", form=form, icons=ICONS), 422 if form.errors else 200


@bp.route("/<code>")
def show(code: str) -> ResponseReturnValue:
    require(may.see(me()))
    source = queries.get(code)
    picture = qr.svg(sheet.address(source), label=_("Code to scan, to the page “Take part”"))
    return render(
        "sources_desk/show.html", source=source, picture=picture, address=sheet.address(source), kinds=KINDS,
        came=queries.came().get(source.id, 0),
    )  # fmt: skip


@bp.route("/<code>/feuille.pdf")
def print_sheet(code: str) -> ResponseReturnValue:
    require(may.see(me()))
    headers = {"Content-Disposition": f'inline; filename="feuille-{code}.pdf"'}
    return Response(sheet.paper(queries.get(code)), mimetype="application/pdf", headers=headers)


@bp.post("/<code>/fermeture")
def close(code: str) -> ResponseReturnValue:
    require(may.close(me()))
    actions.close(queries.get(code), by=owner())
    db.session.commit()
    flash(_("Closed. Its link still leads to the page, and is counted no more."), "success")
    return redirect(url_for("sources_desk.index"))
