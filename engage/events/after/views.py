"""How it was: three faces and a few words, from the address that everybody of a date has; its pictures."""

from __future__ import annotations

from flask import Blueprint, abort, redirect, url_for
from flask.typing import ResponseReturnValue

from engage.core.db import db
from engage.core.guard import public
from engage.core.limits import limited
from engage.core.render import render
from engage.events import queries as found
from engage.events import sealed
from engage.events.after import actions, feedback, queries
from engage.events.after.forms import FeedbackForm
from engage.events.after.words import MOODS
from engage.events.models import Occurrence
from engage.intake import queries as intake_queries
from engage.uploads import queries as uploads

bp = Blueprint("after", __name__, url_prefix="/evenements")


def _asked(code: str, given: str) -> Occurrence:
    if not sealed.is_feedback(code, given):
        abort(404)
    return found.get_occurrence(code)


@bp.route("/avis/<code>/<given>", methods=["GET", "POST"])
@public
@limited("event_feedback")
def answer(code: str, given: str) -> ResponseReturnValue:
    date, form = _asked(code, given), FeedbackForm()
    if form.validate_on_submit():
        actions.answer(date, **form.values)
        db.session.commit()
        way_on = url_for("after.thanks", code=code, given=given)
        if intake_queries.is_distress(form.words.data or ""):
            return render("intake/calm.html", way_on=way_on, has_code=False)
        return redirect(way_on)
    if not feedback.is_open(date):
        return render("after/closed.html", date=date, ends_at=feedback.ends_at(date))
    return render("after/answer.html", date=date, form=form, moods=MOODS), 422 if form.errors else 200


@bp.route("/avis/<code>/<given>/merci")
@public
def thanks(code: str, given: str) -> ResponseReturnValue:
    return render("after/thanks.html", date=_asked(code, given), least=feedback.LEAST)


@bp.route("/<code>/photos/<name>")
@public
def photo(code: str, name: str) -> ResponseReturnValue:
    """A picture of a date that everybody may see."""
    held = queries.photo(code, name)
    return uploads.response(held.upload) if held and queries.is_seen(code) else abort(404)
