"""Pictures of a page: put in with what they show, seen by the team, taken out."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, flash, redirect, url_for
from flask.typing import ResponseReturnValue

from engage.accounts.session import me, owner
from engage.core.db import db
from engage.core.guard import require
from engage.core.i18n import gettext as _
from engage.core.render import render
from engage.pages import permissions as may_page
from engage.pages import pictures
from engage.pages.words import ALREADY_DONE
from engage.pages.writing import actions, queries
from engage.pages.writing import permissions as may
from engage.pages.writing.forms import PictureForm
from engage.uploads import queries as uploads

bp = Blueprint("page_pictures", __name__, url_prefix="/equipe/pages/<slug>/images")


@bp.route("", methods=["GET", "POST"])
def add(slug: str) -> ResponseReturnValue:
    """The pictures that are there, and one more."""
    require(may.add_picture(me(), queries.page(slug)))
    form = PictureForm()
    sent = form.validate_on_submit()
    page = queries.page(slug)  # checking a picture ends the unit of work
    if not sent:
        shown: dict[str, Any] = {"form": form, "page": page, "pictures": pictures.of(page)}
        return render("writing/pictures.html", **shown), 422 if form.errors else 200
    actions.add_picture(page, **form.values, by=owner())
    db.session.commit()
    flash(_("The picture is here. Copy the line beside it into a text."), "success")
    return redirect(url_for(".add", slug=slug))


@bp.get("/<name>")
def show(slug: str, name: str) -> ResponseReturnValue:
    """The file, for the team: drafts show it before readers see anything."""
    require(may_page.see_desk(me()))
    return uploads.response(pictures.get(queries.page(slug), name).upload)


@bp.post("/<name>/retrait")
def remove(slug: str, name: str) -> ResponseReturnValue:
    page = queries.page(slug)
    require(may_page.see_desk(me()))
    picture = pictures.named(page, name)
    if picture is None:
        flash(ALREADY_DONE, "info")
        return redirect(url_for(".add", slug=slug))
    require(may.remove_picture(me(), picture))
    actions.remove_picture(page, picture, by=owner())
    db.session.commit()
    flash(_("The picture is taken out."), "success")
    return redirect(url_for(".add", slug=slug))
