"""The ready pages at the desk: what of them is missing, and one button to bring that in."""

from __future__ import annotations

from flask import Blueprint, flash, redirect, url_for
from flask.typing import ResponseReturnValue

from engage.accounts.session import me, owner
from engage.core import cache
from engage.core.db import db
from engage.core.guard import require
from engage.core.i18n import ngettext
from engage.core.render import render
from engage.pages.starter import actions, queries, sheets
from engage.pages.starter import permissions as may

bp = Blueprint("starter_desk", __name__, url_prefix="/equipe/pages-pretes")


@bp.route("")
def index() -> ResponseReturnValue:
    require(may.install(me()))
    return render("starter_desk/index.html", sheets=sheets.sheets(sheets.FIRST), held=queries.pages())


@bp.post("")
def install() -> ResponseReturnValue:
    """Bring in what is missing, and publish it."""
    require(may.install(me()))
    report = actions.install(by=owner())
    db.session.commit()
    cache.forget()
    brought = len(report.pages)
    flash(
        ngettext("%(num)s page is on the site now.", "%(num)s pages are on the site now.", brought), "success"
    )
    return redirect(url_for("pages_desk.index"))
