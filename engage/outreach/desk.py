"""The call list: everyone the team has to tell with a human voice or hand."""

from __future__ import annotations

from flask import Blueprint, Response, flash, redirect, request, url_for
from flask.typing import ResponseReturnValue

from engage.accounts.session import me, owner
from engage.centre.models import phone_uri
from engage.core import pdf
from engage.core.db import db
from engage.core.guard import require
from engage.core.i18n import gettext as _
from engage.core.i18n import language, ngettext
from engage.core.pager import Pages
from engage.core.render import render
from engage.outreach import actions, queries, sheet
from engage.outreach import permissions as may

bp = Blueprint("outreach_desk", __name__, url_prefix="/equipe/appels")

MOST_CODES = 200


@bp.route("")
def index() -> ResponseReturnValue:
    require(may.see_list(me()))
    page = queries.page(request.args.get("page", 1, type=int))
    shown = [message for reader in page.told + page.readers for message in reader.messages]
    return render(
        "outreach_desk/index.html",
        page=page,
        pages=Pages(page.number, page.pages, "outreach_desk.index"),
        ideas=queries.ideas(shown),
    )


@bp.post("/<code>/coordonnees")
def reveal(code: str) -> ResponseReturnValue:
    """How to reach one person, shown on the page that answers, never in a list."""
    require(may.reveal(me()))
    reader = queries.get(code)
    actions.reveal(reader, by=owner())
    db.session.commit()
    phone = queries.phones([reader]).get(reader.messages[0].address_digest or "")
    ideas = queries.ideas(reader.messages)
    return render("outreach_desk/reveal.html", reader=reader, phone=phone, ideas=ideas, phone_uri=phone_uri)


@bp.post("/prevenus")
def tell() -> ResponseReturnValue:
    require(may.tell(me()))
    told = len(actions.tell(request.form.getlist("code")[:MOST_CODES], by=owner()))
    db.session.commit()
    if told:
        flash(ngettext("Noted: %(num)s message told.", "Noted: %(num)s messages told.", told), "success")
    else:
        flash(_("This was already noted. Nothing has changed."))
    return redirect(url_for("outreach_desk.index"))


@bp.post("/<code>/annulation")
def untell(code: str) -> ResponseReturnValue:
    require(may.untell(me()))
    actions.untell(queries.by_code(code), by=owner())
    db.session.commit()
    flash(_("Back on the list."), "success")
    return redirect(url_for("outreach_desk.index"))


@bp.post("/<code>/renvoi")
def send_again(code: str) -> ResponseReturnValue:
    require(may.send_again(me()))
    actions.send_again(queries.by_code(code), by=owner())
    db.session.commit()
    flash(_("The message leaves again in a moment."), "success")
    return redirect(url_for("outreach_desk.index"))


@bp.post("/liste.pdf")
def print_list() -> ResponseReturnValue:
    """A POST, since each print is noted: it takes contacts out of the site."""
    require(may.print_list(me()))
    readers = queries.readers()
    data = sheet.data(readers)
    actions.print_list(readers, by=owner())
    db.session.commit()
    paper = pdf.render("call_list", data, lang=language())
    return Response(paper, mimetype="application/pdf", headers={"Content-Disposition": "inline"})
