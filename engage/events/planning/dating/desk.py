"""The dates of an event: give it some, change them, call them off."""

from __future__ import annotations

from flask import Blueprint, flash, redirect, url_for
from flask.typing import ResponseReturnValue

from engage.accounts.session import me, owner
from engage.core.db import db
from engage.core.forms import options
from engage.core.guard import require
from engage.core.i18n import gettext as _
from engage.core.i18n import ngettext
from engage.core.render import day as said
from engage.core.render import render
from engage.events import permissions as may
from engage.events import queries as found
from engage.events.models import Event
from engage.events.planning.dating import actions, proposing, series
from engage.events.planning.dating.forms import CancelForm, DatesForm, ExceptionsForm, MoveForm
from engage.events.planning.ready import ready
from engage.events.signing import permissions as may_sign
from engage.events.words import KINDS

bp = Blueprint("event_dates", __name__, url_prefix="/equipe/evenements")


def _shown(event: Event) -> ResponseReturnValue:
    return redirect(url_for("events_desk.show", code=event.code))


@bp.route("/<code>/dates", methods=["GET", "POST"])
def add(code: str) -> ResponseReturnValue:
    """One date or several at once; a series is looked at once more, with the days it may leave out."""
    require(may.add_dates(me()) and may.add_series(me()))
    event = found.get_event(code)
    usual = ready()[event.kind]
    form = DatesForm.blank(usual.starts, usual.minutes)
    if not form.validate_on_submit():
        page = render("events_desk/add.html", form=form, event=event, kind=KINDS[event.kind])
        return page, 422 if form.errors else 200
    if form.is_series:
        return _second_look(event)
    dates = actions.add_dates(event, form.days, form.hours, by=owner())
    db.session.commit()
    flash(ngettext("%(num)s date is added.", "%(num)s dates are added.", len(dates)), "success")
    return _shown(event)


def _second_look(event: Event) -> ResponseReturnValue:
    """Every day of the series, those that may be left out ticked; sent again with them, it is made."""
    form = ExceptionsForm()
    days = series.days(form.rule, form.day.data or form.days[0])
    form.without.choices = options((day.isoformat(), said(day)) for day in days)
    school_zone = form.school_zone.data or ""
    reasons = proposing.proposed(days, school_zone)
    known = proposing.known_until(school_zone) if school_zone else None
    if form.looked.data and form.validate():
        actions.add_series(event, form.rule, form.days[0], form.hours, exceptions=form.exceptions, by=owner())
        db.session.commit()
        flash(_("The series is made: its dates of the next six months are there."), "success")
        return _shown(event)
    form.without.data = [day.isoformat() for day in reasons]
    reasons_by_day = {day.isoformat(): reason for day, reason in reasons.items()}
    return render(
        "events_desk/look.html", form=form, event=event, days=days, reasons=reasons_by_day, known=known
    )


@bp.route("/dates/<code>/modification", methods=["GET", "POST"])
def move(code: str) -> ResponseReturnValue:
    require(may.move(me()))
    date = found.any_occurrence(code)
    form = MoveForm.of(date)
    if not form.validate_on_submit():
        return render("events_desk/move.html", form=form, date=date), 422 if form.errors else 200
    told = actions.move(
        date,
        form.day.data or date.day,
        form.hours,
        form.scope.data,
        sequence=form.sequence.data or 0,
        by=owner(),
    )
    db.session.commit()
    words = (
        ngettext("%(num)s sign-up is being told.", "%(num)s sign-ups are being told.", told) if told else ""
    )
    flash(_("The change is kept.") + f" {words}".rstrip(), "success")
    return redirect(url_for("event_guests.show", code=code))


@bp.route("/dates/<code>/annulation", methods=["GET", "POST"])
def cancel(code: str) -> ResponseReturnValue:
    require(may.cancel_dates(me()) and may_sign.cancel_occurrence(me()))
    date = found.any_occurrence(code)
    form = CancelForm()
    if not form.validate_on_submit():
        return render("events_desk/cancel_date.html", form=form, date=date), 422 if form.errors else 200
    count = actions.cancel_dates(date, form.scope.data, why=form.why.data or "", by=owner())
    db.session.commit()
    flash(ngettext("%(num)s date is cancelled.", "%(num)s dates are cancelled.", count)
          + " " + _("Everyone who had signed up is being told."), "success")  # fmt: skip
    return _shown(date.event)
