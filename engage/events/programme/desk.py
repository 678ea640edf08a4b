"""The programme of an event at the desk: its slots in order, on paper, in a file."""

from __future__ import annotations

from flask import Blueprint, Response, abort, flash, redirect, url_for
from flask.typing import ResponseReturnValue

from engage.accounts.session import me, owner
from engage.core.db import db
from engage.core.guard import require
from engage.core.i18n import gettext as _
from engage.core.render import render
from engage.events import queries as found
from engage.events.models import Event
from engage.events.programme import actions, paper, queries, words, writing
from engage.events.programme import permissions as may
from engage.events.programme.forms import AboutForm, SlotForm, VersionForm
from engage.events.programme.models import Slot

bp = Blueprint("programme_desk", __name__, url_prefix="/equipe/evenements")


def _shown(event: Event) -> ResponseReturnValue:
    return redirect(url_for("programme_desk.show", code=event.code))


@bp.route("/<code>/programme")
def show(code: str) -> ResponseReturnValue:
    require(may.see(me()))
    event = found.get_event(code)
    told = queries.told(event.id)
    return render(
        "programme/desk.html",
        event=event,
        told=told,
        people=queries.people_by_slot(event) if told and told.to_choose else {},
        words=words,
        may_edit=may.edit_slot(me()),
    )


@bp.route("/<code>/programme/sujet", methods=["GET", "POST"])
def describe(code: str) -> ResponseReturnValue:
    require(may.describe(me()))
    event = found.get_event(code)
    form = AboutForm.of(event, queries.programme(event))
    if not form.validate_on_submit():
        return render("programme/about.html", form=form, event=event), 422 if form.errors else 200
    actions.describe(event, **form.values, by=owner())
    db.session.commit()
    flash(_("The programme is changed."), "success")
    return _shown(event)


def _form(event: Event, row: Slot | None) -> SlotForm:
    others = [queries.plain(one) for one in queries.slots(event.id) if one is not row]
    typed = SlotForm.typed(queries.plain(row)) if row else {}
    if row is None and others:
        typed["starts"] = others[-1].ends
    return SlotForm(data=typed | {"version": event.version}, others=others, dates=queries.hours(event))


def _page(event: Event, form: SlotForm, row: Slot | None) -> ResponseReturnValue:
    page = render("programme/slot.html", form=form, event=event, slot=row)
    return page, 422 if form.errors else 200


@bp.route("/<code>/programme/nouveau", methods=["GET", "POST"])
def add(code: str) -> ResponseReturnValue:
    require(may.add_slot(me()))
    event = found.get_event(code)
    form = _form(event, None)
    if not form.validate_on_submit():
        return _page(event, form, None)
    actions.add_slot(event, form.slot, version=form.version.data or 0, by=owner())
    db.session.commit()
    flash(_("The slot is in the programme."), "success")
    return _shown(event)


@bp.route("/<code>/programme/<int:slot_id>", methods=["GET", "POST"])
def edit(code: str, slot_id: int) -> ResponseReturnValue:
    require(may.edit_slot(me()))
    event = found.get_event(code)
    row = queries.slot(event, slot_id)
    form = _form(event, row)
    if not form.validate_on_submit():
        return _page(event, form, row)
    actions.edit_slot(event, row, form.slot, version=form.version.data or 0, by=owner())
    db.session.commit()
    flash(_("The slot is changed."), "success")
    return _shown(event)


@bp.post("/<code>/programme/<int:slot_id>/retrait")
def remove(code: str, slot_id: int) -> ResponseReturnValue:
    require(may.remove_slot(me()))
    event, form = found.get_event(code), VersionForm()
    actions.remove_slot(event, queries.slot(event, slot_id), version=form.version.data or 0, by=owner())
    db.session.commit()
    flash(_("The slot is taken off the programme."), "success")
    return _shown(event)


@bp.route("/<code>/programme.yaml")
def take_out(code: str) -> ResponseReturnValue:
    """The file that `engage import event` reads."""
    require(may.take_out(me()))
    text = writing.write(actions.take_out(found.get_event(code)))
    headers = {"Content-Disposition": f'attachment; filename="{code}.yaml"'}
    return Response(text, mimetype="application/yaml", headers=headers)


@bp.route("/<code>/programme.pdf")
def sheet(code: str) -> ResponseReturnValue:
    """On paper, also before it is published."""
    require(may.see(me()))
    event = found.get_event(code)
    date, told = queries.the_date(event), queries.told(event.id)
    if date is None or told is None:
        abort(404)
    headers = {"Content-Disposition": f'inline; filename="programme-{code}.pdf"'}
    return Response(paper.sheet(event, date, told), mimetype="application/pdf", headers=headers)
