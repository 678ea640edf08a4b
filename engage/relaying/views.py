"""The space of a relay: what to bring back, what they brought, their link, a new idea."""

from __future__ import annotations

from flask import Blueprint, Response, abort, flash, redirect, session, url_for
from flask.typing import ResponseReturnValue

from engage.accounts.session import me, owner
from engage.core import pdf, qr
from engage.core.db import db
from engage.core.guard import require
from engage.core.i18n import gettext as _
from engage.core.i18n import language
from engage.core.limits import limited
from engage.core.render import link as whole_address
from engage.core.render import render
from engage.groups.calling import queries as calls
from engage.ideas import queries as ideas
from engage.ideas.box.writing.queries import slip as slip_words
from engage.ideas.models import Idea
from engage.intake import actions as intake
from engage.involvement.carrying import queries as carrying
from engage.involvement.sources import actions as sources
from engage.involvement.sources import queries as ways
from engage.involvement.sources import sheet
from engage.relaying import actions, queries
from engage.relaying import permissions as may
from engage.relaying.forms import BringForm

bp = Blueprint("relay_space", __name__, url_prefix="/relais")


@bp.route("")
def index() -> ResponseReturnValue:
    require(may.relay(me()))
    carried = carrying.of_relay(owner())
    tellings = queries.tellings(carried)
    return render(
        "relaying/index.html",
        to_tell=[one for one in tellings if one.told_at is None],
        told=[one for one in tellings if one.told_at],
        brought=queries.brought(carried),
        calls=calls.open_calls(),
        source=ways.of_relay(owner()),
        whole_address=whole_address,
        mine=owner(),
    )


@bp.post("/a-redire/<code>")
def tell(code: str) -> ResponseReturnValue:
    require(may.tell(me()))
    actions.tell(queries.telling(code, owner()), by=owner())
    db.session.commit()
    flash(_("Noted: they have heard it. Thank you."), "success")
    return redirect(url_for("relay_space.index"))


@bp.post("/a-redire/<code>/annulation")
def untell(code: str) -> ResponseReturnValue:
    require(may.untell(me()))
    actions.untell(queries.telling(code, owner()), by=owner())
    db.session.commit()
    flash(_("Back on your list."), "success")
    return redirect(url_for("relay_space.index"))


@bp.route("/idee", methods=["GET", "POST"])
@limited("idea")
def bring_idea() -> ResponseReturnValue:
    require(may.bring_idea(me()))
    form = BringForm()
    if not form.validate_on_submit():
        return render("relaying/bring_idea.html", form=form), 422 if form.errors else 200
    idea = actions.bring_idea(**form.values, by=owner())
    db.session.commit()
    session["relayed"] = idea.submission_key
    way_on = url_for("relay_space.received")
    return render("intake/calm.html", way_on=way_on) if idea.is_distress else redirect(way_on)


def _last() -> Idea:
    """What this relay brought last, in this browser. Aborts with 404."""
    require(may.relay(me()))
    idea = ideas.by_submission(session.get("relayed", ""))
    return idea if idea and idea.entered_by_id == owner().id else abort(404)


@bp.route("/idee/recue")
def received() -> ResponseReturnValue:
    """The code, which is the person's: it is shown here once, and printed."""
    idea = _last()
    return render("relaying/received.html", idea=idea, code=intake.code_of(idea.submission_key))


@bp.route("/idee/numero.pdf")
def slip() -> ResponseReturnValue:
    idea = _last()
    paper = pdf.render("follow_slip", slip_words(idea, intake.code_of(idea.submission_key)), lang=language())
    return _pdf(paper, "numero-de-suivi")


def _pdf(content: bytes, name: str) -> Response:
    headers = {"Content-Disposition": f'inline; filename="{name}.pdf"', "Cache-Control": "no-store"}
    return Response(content, mimetype="application/pdf", headers=headers)


@bp.route("/lien")
def link() -> ResponseReturnValue:
    """The relay's own way in; asked for once by a button, unless coordination gave it before."""
    require(may.relay(me()))
    source = ways.of_relay(owner())
    if source is None:
        return render("relaying/link.html", source=None)
    picture = qr.svg(sheet.address(source), label=_("Code to scan, to the page “Take part”"))
    came = ways.came().get(source.id, 0)
    return render(
        "relaying/link.html", source=source, address=sheet.address(source), picture=picture, came=came
    )


@bp.post("/lien/demande")
def ask_for_link() -> ResponseReturnValue:
    require(may.relay(me()))
    sources.give(owner(), by=owner())
    db.session.commit()
    return redirect(url_for("relay_space.link"))


@bp.route("/feuille.pdf")
def print_sheet() -> ResponseReturnValue:
    require(may.relay(me()))
    source = ways.of_relay(owner()) or abort(404)
    return _pdf(sheet.paper(source), "feuille")
