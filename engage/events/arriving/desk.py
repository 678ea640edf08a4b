"""The team receives people: telephones at the door, the paper list and back again, the end of the day."""

from __future__ import annotations

from flask import Blueprint, Response, flash, redirect, request, url_for
from flask.typing import ResponseReturnValue

from engage.accounts.session import me, owner
from engage.core import pdf
from engage.core.clock import now
from engage.core.db import db
from engage.core.guard import require
from engage.core.i18n import gettext as _
from engage.core.i18n import language, ngettext
from engage.core.render import render
from engage.events import queries as found
from engage.events.arriving import actions, paper, queries, shown
from engage.events.arriving import permissions as may
from engage.events.arriving.forms import DeviceForm, HeadsForm, ListForm, WalkInForm, answer

bp = Blueprint("arriving_desk", __name__, url_prefix="/equipe/evenements/dates/<code>/accueil")


def _shown(code: str) -> ResponseReturnValue:
    return redirect(url_for("arriving_desk.show", code=code))


@bp.route("")
def show(code: str) -> ResponseReturnValue:
    """Figures and telephones; the names are asked for."""
    require(may.open_door(me()))
    return _page(code)


def _page(
    code: str,
    walk_in: WalkInForm | None = None,
    heads: HeadsForm | None = None,
    device: DeviceForm | None = None,
) -> ResponseReturnValue:
    date = found.any_occurrence(code)
    page = render(
        "arriving/show.html",
        date=date,
        figures=queries.figures(date),
        passes=queries.passes(date),
        device=device or DeviceForm(formdata=None),
        walk_in=walk_in or WalkInForm(formdata=None),
        heads=heads or HeadsForm(formdata=None, heads=date.head_count),
        has_begun=date.starts_at <= now(),
        may_open=date.ends_at + actions.KEPT_OPEN > now() and not date.is_cancelled,
    )
    return page, 422 if walk_in or heads or device else 200


@bp.post("/telephone")
def open_door(code: str) -> ResponseReturnValue:
    """On this telephone, or on another one by a code: its browser alone keeps the secret of the pass."""
    require(may.open_door(me()))
    date, form = found.any_occurrence(code), DeviceForm()
    if not form.validate():
        return _page(code, device=form)
    is_other = "other" in request.form
    name = form.device.data or _("Phone")
    held, token = actions.open_door(date, device=name, by=owner(), is_handed_over=is_other)
    db.session.commit()
    if is_other:
        return render("arriving/hand_over.html", date=date, **shown.to_hand_over(date, token))
    return shown.handed(held, code, token)


@bp.post("/telephones/<door>/retrait")
def revoke(code: str, door: str) -> ResponseReturnValue:
    require(may.revoke(me()))
    date = found.any_occurrence(code)
    actions.revoke(date, queries.get_pass(date, door), by=owner())
    db.session.commit()
    flash(_("This phone is no longer at the door. It wipes the list as soon as it has a network."), "success")
    return _shown(code)


@bp.post("/feuille.pdf")
def sheet(code: str) -> ResponseReturnValue:
    """The paper to sign; each look at the names is noted."""
    require(may.read_list(me()))
    date = found.any_occurrence(code)
    said = paper.sheet(date, actions.read_list(date, by=owner()))
    content = pdf.render("arrival_sheet", said, lang=language())
    db.session.commit()
    headers = {"Content-Disposition": f'inline; filename="emargement-{code}.pdf"'}
    return Response(content, mimetype="application/pdf", headers=headers)


@bp.post("/liste")
def read_list(code: str) -> ResponseReturnValue:
    """Shown on the page that answers: each look is noted."""
    require(may.read_list(me()))
    date = found.any_occurrence(code)
    guests = actions.read_list(date, by=owner())
    page = render("arriving/list.html", date=date, guests=guests, form=ListForm(formdata=None), answer=answer)
    db.session.commit()
    return page


@bp.post("/presences")
def enter_list(code: str) -> ResponseReturnValue:
    require(may.enter_list(me()))
    date, form = found.any_occurrence(code), ListForm()
    if not form.validate():
        return _shown(code)
    said = form.said(queries.roster(date, queries.KNOWN), request.form)
    changed = actions.enter_list(date, said, submission_key=form.submission_key.data or "", by=owner())
    db.session.commit()
    flash(ngettext("%(num)s line is changed.", "%(num)s lines are changed.", changed), "success")
    return _shown(code)


@bp.post("/venue")
def add_walk_in(code: str) -> ResponseReturnValue:
    require(may.add_walk_in(me()))
    date, form = found.any_occurrence(code), WalkInForm()
    if not form.validate():
        return _page(code, walk_in=form)
    actions.add_walk_in(date, **form.values, by=owner())
    db.session.commit()
    flash(_("They are on the list."), "success")
    return _shown(code)


@bp.post("/nombre")
def set_head_count(code: str) -> ResponseReturnValue:
    require(may.set_head_count(me()))
    date, form = found.any_occurrence(code), HeadsForm()
    if not form.validate():
        return _page(code, heads=form)
    actions.set_head_count(date, **form.values, by=owner())
    db.session.commit()
    flash(_("The number is kept."), "success")
    return _shown(code)


@bp.post("/cloture")
def close_day(code: str) -> ResponseReturnValue:
    require(may.close_day(me()))
    actions.close_day(found.any_occurrence(code), by=owner())
    db.session.commit()
    flash(_("The day is closed."), "success")
    return _shown(code)


@bp.post("/reouverture")
def reopen_day(code: str) -> ResponseReturnValue:
    require(may.reopen_day(me()))
    actions.reopen_day(found.any_occurrence(code), by=owner())
    db.session.commit()
    flash(_("The day is open again: you can change the list."), "success")
    return _shown(code)
