"""What readers of a page understood and missed, for those who write it."""

from __future__ import annotations

from flask import Blueprint, flash, redirect, url_for
from flask.typing import ResponseReturnValue

from engage.accounts.session import me, owner
from engage.core.db import db
from engage.core.guard import require
from engage.core.i18n import gettext as _
from engage.core.render import render
from engage.intake.screening import Kind, reason
from engage.pages import languages
from engage.pages import queries as pages
from engage.pages.asking import actions, queries
from engage.pages.asking import permissions as may
from engage.pages.asking.forms import HandleForm
from engage.pages.asking.models import Understood

bp = Blueprint("asking_desk", __name__, url_prefix="/equipe/pages")


@bp.get("/<slug>/lecteurs")
def index(slug: str) -> ResponseReturnValue:
    require(may.see(me()))
    page = pages.by_slug(slug)
    return render(
        "asking/index.html",
        page=page,
        parts=queries.parts(page),
        missing=queries.missing(page),
        answers=Understood,
        reasons=lambda marks: [reason(kind) for kind in dict.fromkeys(Kind(one["kind"]) for one in marks)],
        own_name=languages.own_name,
        may_handle=may.handle(me(), page),
    )


@bp.post("/<slug>/lecteurs")
def handle(slug: str) -> ResponseReturnValue:
    page, form = pages.by_slug(slug), HandleForm()
    require(may.handle(me(), page))
    if form.validate():
        actions.handle(page, queries.one_missing(page, form.number.data or 0), by=owner())
        db.session.commit()
        flash(_("It is dealt with."), "success")
    return redirect(url_for("asking_desk.index", slug=slug))
