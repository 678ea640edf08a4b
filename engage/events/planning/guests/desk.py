"""One date at the desk: how full it is, what to prepare, who comes, and a word to all of them."""

from __future__ import annotations

from datetime import timedelta

from flask import Blueprint, flash, redirect, url_for
from flask.typing import ResponseReturnValue

from engage.accounts.session import me, owner
from engage.core.clock import now
from engage.core.db import db
from engage.core.guard import require
from engage.core.i18n import gettext as _
from engage.core.i18n import ngettext
from engage.core.render import render
from engage.events import permissions as may
from engage.events import queries as found
from engage.events.after import actions as after
from engage.events.after.needs import queries as to_prepare
from engage.events.kinds import Cause, EventKind, SignUpState
from engage.events.letters import spoken
from engage.events.planning.guests import actions, queries
from engage.events.planning.guests.forms import (
    CapacityForm,
    EnterForm,
    GuestForm,
    WordsForm,
    typed_before,
)
from engage.events.planning.guests.words import CAME_BY, CHANNELS, NEEDS, STATES, TO_DO
from engage.events.programme import actions as programme
from engage.events.programme import queries as programmes
from engage.events.signing import actions as signing
from engage.events.signing import permissions as may_sign
from engage.events.signing import queries as signed
from engage.events.signing import sent
from engage.events.signing.models import SignUp
from engage.events.signing.taking import beside
from engage.events.signing.telling import reach
from engage.events.words import ROLES

FORECAST = timedelta(days=2)
bp = Blueprint("event_guests", __name__, url_prefix="/equipe/evenements")


def _shown(code: str) -> ResponseReturnValue:
    return redirect(url_for("event_guests.show", code=code))


@bp.route("/dates/<code>")
def show(code: str) -> ResponseReturnValue:
    """Figures and needs without a name: the list itself is asked for."""
    require(may.see_desk(me()))
    date = found.any_occurrence(code)
    return render(
        "events_desk/date.html",
        date=date,
        counts=signed.counts(date),
        needs=queries.needs(date),
        to_do=TO_DO,
        need_names=NEEDS,
        may_plan=may.move(me()),
        has_begun=date.starts_at <= now(),
        may_be_rained_off=date.event.kind is EventKind.WALK and date.starts_at < now() + FORECAST,
        takes=date.closes_at > now() and date.event.is_published,
    )


@bp.post("/dates/<code>/liste")
def read_guests(code: str) -> ResponseReturnValue:
    """Shown on the page that answers: each look is noted."""
    require(may.read_guests(me()))
    date = found.any_occurrence(code)
    guests = actions.read_guests(date, by=owner())
    page = render(
        "events_desk/guests.html",
        date=date,
        guests=guests,
        questions=found.questions(date.event),
        reach=reach,
        channels=CHANNELS,
        came_by=CAME_BY,
        roles=ROLES,
        needs=NEEDS,
        states=STATES,
        wishes=to_prepare.wishes(date, guests),
        chosen=programmes.of_parties([one.id for one in guests]),
        is_over=date.ends_at <= now(),
        to_do=TO_DO,
    )
    db.session.commit()
    return page


@bp.route("/dates/<code>/places", methods=["GET", "POST"])
def set_capacity(code: str) -> ResponseReturnValue:
    require(may.see_desk(me()) and may_sign.set_capacity(me()))
    date = found.any_occurrence(code)
    form = CapacityForm(obj=date)
    if not form.validate_on_submit():
        page = render("events_desk/places.html", form=form, date=date, counts=signed.counts(date))
        return page, 422 if form.errors else 200
    signing.set_capacity(date, form.capacity.data, by=owner())
    db.session.commit()
    flash(_("The number of places is changed."), "success")
    return _shown(code)


@bp.route("/dates/<code>/inscription", methods=["GET", "POST"])
def sign_up(code: str) -> ResponseReturnValue:
    """On somebody's behalf; the code they follow it with is shown on the page that answers, once."""
    require(may.see_desk(me()) and may_sign.sign_up(me()))
    date = found.any_occurrence(code)
    form = EnterForm.asking(found.questions(date.event), programmes.to_choose(date))
    if not form.validate_on_submit():
        return render("events_desk/enter.html", form=form, date=date), 422 if form.errors else 200
    is_sent = sent.received(form.wanted["submission_key"]) is not None
    made, follow_code = signing.sign_up(date, entered_by=owner(), **form.wanted)
    if form.chosen and not is_sent:
        programme.choose(made, form.chosen)
    db.session.commit()
    said = {"ahead": signed.ahead(made), "follow_code": follow_code}
    said["letters"] = spoken(made.code) if made.state is SignUpState.CONFIRMED else ""
    return render("events_desk/entered.html", date=date, sign_up=made, **said)


@bp.route("/dates/<code>/message", methods=["GET", "POST"])
def write_to_all(code: str) -> ResponseReturnValue:
    require(may.write_to_all(me()))
    date, form = found.any_occurrence(code), WordsForm()
    if not form.validate_on_submit():
        page = render("events_desk/write.html", form=form, date=date, counts=signed.counts(date))
        return page, 422 if form.errors else 200
    told = actions.write_to_all(date, **form.values, by=owner())
    db.session.commit()
    flash(ngettext("%(num)s sign-up is being told.", "%(num)s sign-ups are being told.", told), "success")
    return _shown(code)


@bp.post("/inscriptions/<code>/ouvrir")
def read_guest(code: str) -> ResponseReturnValue:
    """What somebody said, to be changed: the look is noted."""
    one = signed.by_code(code)
    require(may_sign.change(me(), one) and may.read_guests(me()))
    actions.read_guests(one.occurrence, by=owner())
    page = render("events_desk/change.html", form=_said(one), sign_up=one)
    db.session.commit()
    return page


def _said(one: SignUp) -> GuestForm:
    date, held = one.occurrence, [slot.id for slot in programmes.chosen(one)]
    typed = typed_before(one, beside(one)) | {"slots": held}
    slots = programmes.to_choose(date, but=one.id)
    return GuestForm.asking(found.questions(date.event), slots, held, typed)


@bp.route("/inscriptions/<code>/changement", methods=["GET", "POST"])
def change(code: str) -> ResponseReturnValue:
    """They call to say with whom they come, or what they need."""
    one = signed.by_code(code)
    require(may_sign.change(me(), one) and may.see_desk(me()))
    form = _said(one)
    if not form.is_submitted():
        return _shown(one.occurrence.code)
    if not form.validate():
        return render("events_desk/change.html", form=form, sign_up=one), 422
    signing.change(one, cause=Cause.TEAM, by=owner(), **form.party)
    if form.chosen is not None:
        programme.choose(one, form.chosen)
    after.agree_to_photos(one, form.photos.data)
    db.session.commit()
    flash(_("The sign-up is changed. The person is being told."), "success")
    return _shown(one.occurrence.code)


@bp.post("/inscriptions/<code>/annulation")
def cancel(code: str) -> ResponseReturnValue:
    one = signed.by_code(code)
    require(may_sign.cancel(me(), one) and may.see_desk(me()))
    signing.cancel(one, cause=Cause.TEAM, by=owner())
    db.session.commit()
    flash(_("The sign-up is cancelled. The person is being told."), "success")
    return _shown(one.occurrence.code)


@bp.post("/inscriptions/<code>/acceptation")
def accept(code: str) -> ResponseReturnValue:
    """The person said yes on the phone."""
    one = signed.by_code(code)
    require(may_sign.accept(me(), one) and may.see_desk(me()))
    signing.accept(one, cause=Cause.TEAM, by=owner())
    db.session.commit()
    flash(_("The place is theirs."), "success")
    return _shown(one.occurrence.code)
