"""What a date gave, for the team: who came, what they said, minutes, pictures, commitments."""

from __future__ import annotations

from uuid import UUID

from flask import Blueprint, abort, current_app, flash, redirect, request, url_for
from flask.typing import ResponseReturnValue

from engage.accounts.session import me, owner
from engage.commitments import queries as commitments
from engage.core.clock import now
from engage.core.db import db
from engage.core.guard import require
from engage.core.i18n import gettext as _
from engage.core.render import render
from engage.events import queries as found
from engage.events import sealed
from engage.events.after import actions, feedback, queries, words
from engage.events.after import permissions as may
from engage.events.after.forms import CommitmentForm, MinutesForm, PhotoForm
from engage.events.after.models import Shown
from engage.events.models import Occurrence

JUDGED = (Shown.SHOWN, Shown.HIDDEN)
bp = Blueprint("after_desk", __name__, url_prefix="/equipe/evenements/dates/<code>/bilan")


def _back(date: Occurrence, sentence: str) -> ResponseReturnValue:
    db.session.commit()
    flash(sentence, "success")
    return redirect(url_for("after_desk.show", code=date.code))


@bp.route("")
def show(code: str) -> ResponseReturnValue:
    """From the start of a date on; before, there is nothing to tell."""
    require(may.see_desk(me()))
    date = found.any_occurrence(code)
    if date.starts_at > now() or date.is_cancelled:
        return redirect(url_for("event_guests.show", code=code))
    given = queries.answers(date.id)
    return render(
        "after_desk/show.html",
        date=date,
        is_over=date.ends_at <= now(),
        attendance=queries.attendance(date),
        given=given,
        faces=queries.faces(given),
        words=words,
        least=feedback.LEAST,
        address=sealed.feedback_address(date) if feedback.is_open(date) else "",
        photos=queries.photos(date.id),
        commitments=queries.commitments(date.id),
        may_tie=may.tie(me()),
        may_take_out=may.take_out(me()),
    )


@bp.post("/avis/<uuid:feedback_id>")
def judge(code: str, feedback_id: UUID) -> ResponseReturnValue:
    require(may.judge(me()))
    date = found.any_occurrence(code)
    one, wanted = queries.feedback(date, feedback_id), request.form.get("state", "")
    state = Shown(wanted) if wanted in JUDGED else abort(400)
    actions.judge(one, date, state=state, by=owner())
    is_shown = one.state is Shown.SHOWN
    return _back(
        date, _("Everybody can read these words now.") if is_shown else _("Only the team reads them.")
    )


@bp.route("/compte-rendu", methods=["GET", "POST"])
def write_minutes(code: str) -> ResponseReturnValue:
    require(may.write_minutes(me()))
    date = found.any_occurrence(code)
    form = MinutesForm(data={"words": date.minutes_words, "seen": actions.mark(date.minutes_words)})
    if not form.validate_on_submit():
        return render("after_desk/minutes.html", form=form, date=date), 422 if form.errors else 200
    actions.write_minutes(date, words=form.words.data or "", seen=form.seen.data or "", by=owner())
    return _back(date, _("The minutes are kept. Everybody can read them."))


@bp.route("/photos", methods=["GET", "POST"])
def add_photo(code: str) -> ResponseReturnValue:
    require(may.add_photo(me()))
    form = PhotoForm()
    is_good = form.validate_on_submit()
    date = found.any_occurrence(code)
    if not is_good or form.photo.data is None:
        held = queries.attendance(date)
        page = render("after_desk/photo.html", form=form, date=date, attendance=held)
        return page, 422 if form.errors else 200
    if form.is_first(form.photo.data.data):
        actions.add_photo(date, photo=form.photo.data, alt=form.alt.data or "", by=owner())
    return _back(date, _("The picture stands on the page of this date."))


@bp.post("/photos/accords")
def read_refusals(code: str) -> ResponseReturnValue:
    """Who did not agree to pictures, on the page that answers: each look is noted."""
    require(may.read_refusals(me()))
    date = found.any_occurrence(code)
    people = actions.read_refusals(date, by=owner())
    page = render("after_desk/refusals.html", date=date, people=people)
    db.session.commit()
    return page


@bp.post("/photos/<name>/retrait")
def remove_photo(code: str, name: str) -> ResponseReturnValue:
    require(may.remove_photo(me()))
    date = found.any_occurrence(code)
    actions.remove_photo(date, queries.photo(code, name) or abort(404), by=owner())
    return _back(date, _("The picture is erased."))


@bp.route("/engagements", methods=["GET", "POST"])
def tie(code: str) -> ResponseReturnValue:
    require(may.tie(me()))
    date, form = found.any_occurrence(code), CommitmentForm()
    form.offer(one for one in commitments.everything() if one.is_open)
    if not form.validate_on_submit():
        may_make = "commitments_desk.make" in current_app.view_functions
        page = render("after_desk/commitment.html", form=form, date=date, may_make=may_make)
        return page, 422 if form.errors else 200
    actions.tie(date, commitments.get(form.commitment.data), by=owner())
    return _back(date, _("The commitment stands on the page of this date."))


@bp.post("/engagements/<commitment>/retrait")
def untie(code: str, commitment: str) -> ResponseReturnValue:
    require(may.untie(me()))
    date = found.any_occurrence(code)
    actions.untie(date, commitments.get(commitment), by=owner())
    return _back(date, _("The commitment is taken off the page of this date."))
