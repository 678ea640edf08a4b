"""The desk of events: what must be done now, what comes next, and each event as a whole."""

from __future__ import annotations

from flask import Blueprint, abort, flash, redirect, url_for
from flask.typing import ResponseReturnValue

from engage.accounts import queries as accounts
from engage.accounts.session import me, owner
from engage.centre.queries import centre
from engage.core.db import db
from engage.core.guard import require
from engage.core.i18n import gettext as _
from engage.core.render import render
from engage.events import permissions as may
from engage.events import queries as found
from engage.events.kinds import EventKind
from engage.events.models import Event
from engage.events.planning import actions, queries
from engage.events.planning.dating.saying import rhythm
from engage.events.planning.doing import to_do
from engage.events.planning.forms import EditForm, EventForm, ReasonForm
from engage.events.planning.ready import ready
from engage.events.planning.words import RUNGS, SIGNING_UP, STATES
from engage.events.words import KINDS
from engage.groups import queries as groups
from engage.groups import registry
from engage.themes import queries as themes
from engage.uploads import queries as uploads

bp = Blueprint("events_desk", __name__, url_prefix="/equipe/evenements")
registry.brings_subjects(queries.of_group)


def _shown(event: Event) -> ResponseReturnValue:
    return redirect(url_for("events_desk.show", code=event.code))


def _offer(form: EventForm) -> None:
    people = [(account.id, account.full_name) for account in accounts.staff()]
    every = [(group.id, group.name) for group in groups.everything()]
    form.offer(people, [(theme.id, themes.name(theme)) for theme in themes.shown()], every)


@bp.route("")
def index() -> ResponseReturnValue:
    require(may.see_desk(me()))
    dates, events = queries.next_dates(), queries.everything()
    return render(
        "events_desk/index.html",
        todos=to_do(dates, events),
        dates=dates,
        events=events,
        kinds=KINDS,
        states=STATES,
        may_create=may.create(me()),
    )


@bp.route("/nouveau")
def choose() -> ResponseReturnValue:
    """Which kind? Each brings its ready words."""
    require(may.create(me()))
    return render("events_desk/choose.html", ready=ready(), kinds=KINDS)


@bp.route("/nouveau/<kind>", methods=["GET", "POST"])
def create(kind: str) -> ResponseReturnValue:
    require(may.create(me()))
    if kind not in set(EventKind):
        abort(404)
    held = ready()[EventKind(kind)]
    form = EventForm.from_ready(held, centre().name, centre().address)
    _offer(form)
    if not form.validate_on_submit():
        page = render("events_desk/create.html", form=form, kind=KINDS[EventKind(kind)])
        return page, 422 if form.errors else 200
    event = actions.create(EventKind(kind), **form.values, by=owner())
    db.session.commit()
    flash(_("The event is kept as a draft. Now give it its dates."), "success")
    return redirect(url_for("event_dates.add", code=event.code))


@bp.route("/<code>")
def show(code: str) -> ResponseReturnValue:
    require(may.see_desk(me()))
    event = found.get_event(code)
    dates = queries.dates(event)
    series = queries.series(event)
    return render(
        "events_desk/show.html",
        event=event,
        ahead=[line for line in dates if not line.is_over],
        over=[line for line in dates if line.is_over],
        has_dates=any(line.will_be for line in dates),
        series=series,
        rhythms={row.id: rhythm(row) for row in series},
        questions=found.questions(event),
        checklist=ready()[event.kind].checklist,
        kinds=KINDS,
        states=STATES,
        rungs=RUNGS,
        signing_up=SIGNING_UP,
        may_edit=may.edit(me()),
    )


@bp.route("/<code>/photo")
def photo(code: str) -> ResponseReturnValue:
    require(may.see_desk(me()))
    upload = found.get_event(code).photo
    return uploads.response(upload) if upload else abort(404)


@bp.route("/<code>/modification", methods=["GET", "POST"])
def edit(code: str) -> ResponseReturnValue:
    require(may.edit(me()))
    event = found.get_event(code)
    form = EditForm.of(event, found.questions(event))
    _offer(form)
    if not form.validate_on_submit():
        page = render("events_desk/edit.html", form=form, event=event)
        return page, 422 if form.errors else 200
    actions.edit(event, **form.values, by=owner())
    db.session.commit()
    flash(_("The event is changed."), "success")
    return _shown(event)


@bp.post("/<code>/publication")
def publish(code: str) -> ResponseReturnValue:
    require(may.publish(me()))
    event = found.get_event(code)
    actions.publish(event, by=owner())
    db.session.commit()
    flash(_("The event is published: everyone can see it."), "success")
    return _shown(event)


@bp.post("/<code>/copie")
def copy(code: str) -> ResponseReturnValue:
    require(may.copy(me()))
    twin = actions.copy(found.get_event(code), by=owner())
    db.session.commit()
    flash(_("Here is the copy, as a draft. Change its title, then give it its dates."), "success")
    return redirect(url_for("events_desk.edit", code=twin.code))


@bp.route("/<code>/annulation", methods=["GET", "POST"])
def cancel(code: str) -> ResponseReturnValue:
    require(may.cancel(me()))
    event, form = found.get_event(code), ReasonForm()
    if not form.validate_on_submit():
        page = render("events_desk/cancel.html", form=form, event=event, dates=queries.coming(event))
        return page, 422 if form.errors else 200
    actions.cancel(event, **form.values, by=owner())
    db.session.commit()
    flash(_("The event is cancelled. Everyone who had signed up is being told."), "success")
    return _shown(event)


@bp.post("/<code>/retrait")
def discard(code: str) -> ResponseReturnValue:
    require(may.discard(me()))
    actions.discard(found.get_event(code), by=owner())
    db.session.commit()
    flash(_("The draft is thrown away."), "success")
    return redirect(url_for("events_desk.index"))
