"""The paper box at the desk: print slips, open a box, type slip after slip, close."""

from __future__ import annotations

from flask import Blueprint, Response, flash, redirect, request, session, url_for
from flask.typing import ResponseReturnValue

from engage.accounts.session import me, owner
from engage.centre.queries import centre_today
from engage.core import pdf
from engage.core.db import db
from engage.core.guard import require
from engage.core.i18n import gettext as _
from engage.core.i18n import language
from engage.core.pager import Pages
from engage.core.render import render
from engage.ideas import queries as ideas_queries
from engage.ideas.models import Idea
from engage.ideas.paper import actions, queries, sheet
from engage.ideas.paper import permissions as may
from engage.ideas.paper.forms import BatchForm, DiscardForm, PrintForm, RecountForm, SlipForm
from engage.ideas.paper.queries import Box
from engage.ideas.paper.words import reason
from engage.intake import actions as intake
from engage.intake.models import Reply

bp = Blueprint("paper_desk", __name__, url_prefix="/equipe/papier")

WRITTEN_ON_THE_SLIP = {Reply.LETTER, Reply.RECEPTION}


def _shelf_page(form: PrintForm) -> ResponseReturnValue:
    shelf = queries.closed_batches(request.args.get("page", 1, type=int))
    page = render(
        "paper_desk/index.html",
        open_boxes=queries.open_batches(),
        shelf=shelf,
        pages=Pages(shelf.number, shelf.pages, "paper_desk.index"),
        form=form,
    )
    return page, 422 if form.errors else 200


@bp.route("")
def index() -> ResponseReturnValue:
    require(may.see(me()))
    return _shelf_page(PrintForm(formdata=None))


@bp.route("/bulletins.pdf")
def print_slips() -> ResponseReturnValue:
    require(may.print_slips(me()))
    form = PrintForm(request.args)
    if not form.validate():
        return _shelf_page(form)
    paper = pdf.render("idea_slip", sheet.data(form.copies.data or 1), lang=language())
    headers = {"Content-Disposition": 'inline; filename="bulletins.pdf"'}
    return Response(paper, mimetype="application/pdf", headers=headers)


@bp.route("/ouverture", methods=["GET", "POST"])
def open_batch() -> ResponseReturnValue:
    require(may.open_batch(me()))
    form = BatchForm(data={"opened_by": owner().full_name, "opened_on": centre_today()})
    if form.validate_on_submit():
        batch = actions.open_batch(**form.values, by=owner())
        db.session.commit()
        return redirect(url_for("paper_desk.enter", code=batch.code))
    return render("paper_desk/open.html", form=form), 422 if form.errors else 200


def _last(box: Box) -> tuple[Idea | None, str]:
    """The slip this browser typed last into this box, and the code to note on it, if there is one."""
    idea = ideas_queries.by_submission(session.get("slip", ""))
    if idea is None or idea.batch_id != box.batch.id:
        return None, ""
    return idea, intake.code_of(idea.submission_key) if idea.reply in WRITTEN_ON_THE_SLIP else ""


def _box_page(
    box: Box, form: SlipForm | None = None, discard_form: DiscardForm | None = None
) -> ResponseReturnValue:
    """One slip to type; or, when none is left, what the box gave."""
    last, code = _last(box)
    facts = {"box": box, "last": last, "code": code}
    if not (form or discard_form or (box.is_open and box.left)):
        ideas, aside = queries.ideas(box.batch), queries.discards(box.batch)
        return render("paper_desk/full.html", **facts, ideas=ideas, discards=aside, reason=reason)
    form, other = form or SlipForm(formdata=None), discard_form or DiscardForm(formdata=None)
    wrong = form if form.errors else other
    page = render("paper_desk/enter.html", **facts, form=wrong, slip=form, discard_form=other)
    return page, 422 if wrong.errors else 200


@bp.route("/<code>", methods=["GET", "POST"])
def enter(code: str) -> ResponseReturnValue:
    require(may.enter(me()))
    if request.method == "GET":
        return _box_page(queries.get(code))
    form = SlipForm()
    batch = queries.to_change(code)
    if form.validate():
        actions.enter(batch, **form.values, by=owner())
        db.session.commit()
        session["slip"] = form.submission_key.data
        return redirect(url_for("paper_desk.enter", code=code))
    return _box_page(queries.get(code), form)


@bp.post("/<code>/ecart")
def discard(code: str) -> ResponseReturnValue:
    require(may.discard(me()))
    batch = queries.to_change(code)
    form = DiscardForm()
    if form.validate():
        actions.discard(batch, **form.values, by=owner())
        db.session.commit()
        session.pop("slip", None)
        flash(_("The slip is put aside."), "success")
        return redirect(url_for("paper_desk.enter", code=code))
    return _box_page(queries.get(code), None, form)


@bp.post("/<code>/ecart/<int:discard_id>/retour")
def put_back(code: str, discard_id: int) -> ResponseReturnValue:
    require(may.put_back(me()))
    batch = queries.to_change(code)
    actions.put_back(batch, queries.discard(batch, discard_id), by=owner())
    db.session.commit()
    flash(_("The slip is to be typed again."), "success")
    return redirect(url_for("paper_desk.enter", code=code))


@bp.route("/<code>/compte", methods=["GET", "POST"])
def recount(code: str) -> ResponseReturnValue:
    require(may.recount(me()))
    box = queries.get(code)
    form = RecountForm(obj=box.batch)
    if form.validate_on_submit():
        actions.recount(queries.to_change(code), **form.values, by=owner())
        db.session.commit()
        flash(_("The number of slips is corrected."), "success")
        return redirect(url_for("paper_desk.enter", code=code))
    aside = queries.discards(box.batch)
    page = render("paper_desk/recount.html", box=box, form=form, discards=aside, reason=reason)
    return page, 422 if form.errors else 200


@bp.post("/<code>/cloture")
def close_batch(code: str) -> ResponseReturnValue:
    require(may.close_batch(me()))
    actions.close_batch(queries.to_change(code), by=owner())
    db.session.commit()
    flash(_("The box is closed: every slip is accounted for."), "success")
    return redirect(url_for("paper_desk.index"))
