"""“I note for somebody”: one screen, then the code to read aloud or to print."""

from __future__ import annotations

from flask import Blueprint, Response, abort, redirect, session, url_for
from flask.typing import ResponseReturnValue

from engage.accounts.session import me, owner
from engage.core import pdf
from engage.core.db import db
from engage.core.guard import require
from engage.core.i18n import language
from engage.core.render import render
from engage.desk.noting import permissions as may
from engage.desk.noting.forms import NoteForm
from engage.desk.noting.queries import aloud
from engage.ideas import actions as ideas
from engage.ideas import queries
from engage.ideas.box.writing.queries import slip as slip_words
from engage.ideas.models import Idea
from engage.intake import actions as intake

bp = Blueprint("noting", __name__, url_prefix="/equipe/noter")


@bp.route("", methods=["GET", "POST"])
def note() -> ResponseReturnValue:
    require(may.note(me()))
    form = NoteForm()
    if form.validate_on_submit():
        ideas.receive(**form.values, entered_by=owner())
        db.session.commit()
        session["noted"] = form.submission_key.data
        return redirect(url_for("noting.noted"))
    return render("desk/noting/note.html", form=form), 422 if form.errors else 200


def _last() -> Idea:
    """What this browser noted last. Aborts with 404."""
    return queries.by_submission(session.get("noted", "")) or abort(404)


@bp.route("/numero")
def noted() -> ResponseReturnValue:
    require(may.note(me()))
    idea = _last()
    code = intake.code_of(idea.submission_key)
    return render("desk/noting/noted.html", idea=idea, code=code, aloud=aloud(code))


@bp.route("/numero.pdf")
def slip() -> ResponseReturnValue:
    require(may.note(me()))
    idea = _last()
    paper = pdf.render("follow_slip", slip_words(idea, intake.code_of(idea.submission_key)), lang=language())
    headers = {"Content-Disposition": 'inline; filename="numero-de-suivi.pdf"', "Cache-Control": "no-store"}
    return Response(paper, mimetype="application/pdf", headers=headers)
