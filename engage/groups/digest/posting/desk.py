"""Papers for those who live by paper: who waits for which, all of it in one file, and what is posted."""

from __future__ import annotations

from flask import Blueprint, Response, flash, redirect, request, url_for
from flask.typing import ResponseReturnValue

from engage.accounts.session import me, owner
from engage.core import pdf
from engage.core.db import db
from engage.core.guard import require
from engage.core.i18n import gettext as _
from engage.core.i18n import language, ngettext
from engage.core.render import render
from engage.groups.digest.posting import actions, paper, queries
from engage.groups.digest.posting import permissions as may

bp = Blueprint("posting_desk", __name__, url_prefix="/equipe/courriers")


@bp.route("")
def index() -> ResponseReturnValue:
    """Names and papers: addresses stand in the file alone."""
    require(may.print_letters(me()))
    return render("digest/post.html", letters=queries.letters(), named=paper.named)


@bp.post("/courriers.pdf")
def print_letters() -> ResponseReturnValue:
    """A POST, since each print is noted: it takes addresses out of the site."""
    require(may.print_letters(me()))
    letters = queries.letters()
    if not letters:
        flash(_("Nobody waits for papers any more."))
        return redirect(url_for("posting_desk.index"))
    content = paper.data(letters)
    actions.print_letters(letters, by=owner())
    db.session.commit()
    printed = pdf.render("group_papers", content, lang=language())
    return Response(printed, mimetype="application/pdf", headers={"Content-Disposition": "inline"})


@bp.post("/postes")
def post() -> ResponseReturnValue:
    require(may.post(me()))
    count = actions.post(request.form.getlist("paper"), by=owner())
    db.session.commit()
    if count:
        words = ngettext("Noted: %(num)s paper is posted.", "Noted: %(num)s papers are posted.", count)
        flash(words, "success")
    else:
        flash(_("This was already noted. Nothing has changed."))
    return redirect(url_for("posting_desk.index"))
