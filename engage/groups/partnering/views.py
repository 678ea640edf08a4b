"""My file: what I can do, learnt and gave; mine to write, to print and to take away."""

from __future__ import annotations

from flask import Blueprint, Response, abort, flash, redirect, url_for
from flask.typing import ResponseReturnValue

from engage.accounts.session import me, owner
from engage.centre.queries import centre_today
from engage.core import sheets
from engage.core.db import db
from engage.core.guard import require
from engage.core.i18n import gettext as _
from engage.core.render import render
from engage.groups.partnering import actions, paper, queries, takeout, words
from engage.groups.partnering import permissions as may
from engage.groups.partnering.forms import MissionForm, SkillsForm, TrainingForm

bp = Blueprint("partnering", __name__, url_prefix="/mon-dossier")


def _home(sentence: str) -> ResponseReturnValue:
    db.session.commit()
    flash(sentence, "success")
    return redirect(url_for("partnering.show"))


@bp.route("")
def show() -> ResponseReturnValue:
    require(may.own(me()))
    number = centre_today().year
    held, year = queries.held(owner(), number), queries.year(owner(), number)
    return render("partnering/show.html", held=held, year=year, words=words)


@bp.route("/savoir-faire", methods=["GET", "POST"])
def describe_skills() -> ResponseReturnValue:
    require(may.own(me()))
    form = SkillsForm(obj=queries.file(owner()))
    if form.validate_on_submit():
        actions.describe_skills(owner(), form.skills.data or "")
        return _home(_("It is noted."))
    return render("partnering/skills.html", form=form), 422 if form.errors else 200


@bp.route("/formations", methods=["GET", "POST"])
def add_training() -> ResponseReturnValue:
    require(may.own(me()))
    form = TrainingForm()
    if form.validate_on_submit():
        if form.is_first():
            actions.add_training(owner(), **form.values)
        return _home(_("It is noted."))
    page = render("partnering/trainings.html", form=form, trainings=queries.trainings(owner()), words=words)
    return page, 422 if form.errors else 200


@bp.post("/formations/<code>/retrait")
def remove_training(code: str) -> ResponseReturnValue:
    require(may.own(me()))
    actions.remove_training(queries.own_training(code, owner()))
    db.session.commit()
    flash(_("It is taken away."), "success")
    return redirect(url_for("partnering.add_training"))


@bp.route("/missions", methods=["GET", "POST"])
def add_mission() -> ResponseReturnValue:
    require(may.own(me()))
    form = MissionForm()
    form.offer(owner())
    if form.validate_on_submit():
        actions.add_mission(owner(), submission_key=form.submission_key.data or "", **form.done)
        return _home(_("It is noted. The team confirms it."))
    page = render("partnering/missions.html", form=form, missions=queries.missions(owner()), words=words)
    return page, 422 if form.errors else 200


@bp.route("/missions/<code>", methods=["GET", "POST"])
def change_mission(code: str) -> ResponseReturnValue:
    require(may.own(me()))
    mission = queries.own_mission(code, owner())
    form = MissionForm(obj=mission, **_written(mission.minutes), group=str(mission.group_id or ""))
    form.offer(owner())
    if form.validate_on_submit():
        actions.change_mission(mission, **form.done)
        return _home(_("It is noted. The team confirms it."))
    return render("partnering/mission.html", form=form, mission=mission), 422 if form.errors else 200


def _written(minutes: int) -> dict[str, int]:
    hours, rest = divmod(minutes, 60)
    return {"hours": hours, "rest": rest}


@bp.post("/missions/<code>/retrait")
def remove_mission(code: str) -> ResponseReturnValue:
    require(may.own(me()))
    actions.remove_mission(queries.own_mission(code, owner()))
    return _home(_("It is taken away."))


def _year(number: int) -> int:
    return number if queries.FIRST_YEAR <= number <= centre_today().year else abort(404)


@bp.route("/annee/<int:number>")
def print_year(number: int) -> ResponseReturnValue:
    """Everything of a year on one page, the money too."""
    require(may.own(me()))
    year, held = queries.year(owner(), _year(number)), queries.held(owner(), number)
    return render("partnering/year.html", year=year, held=held, words=words, last=centre_today().year)


@bp.route("/attestation/<int:number>.pdf")
def attest(number: int) -> ResponseReturnValue:
    """To show to others: no money in it, and only what the team knows of."""
    require(may.own(me()))
    sheet = paper.attestation(
        owner(), queries.year(owner(), _year(number)), queries.held(owner(), number).file
    )
    headers = {"Content-Disposition": f'inline; filename="attestation-{number}.pdf"'}
    return Response(sheet, mimetype="application/pdf", headers=headers | {"Cache-Control": "no-store"})


@bp.route("/tout.zip")
def take_out() -> ResponseReturnValue:
    require(may.own(me()))
    headers = {"Content-Disposition": 'attachment; filename="mon-dossier.zip"', "Cache-Control": "no-store"}
    file = takeout.archive(owner())
    response = Response(sheets.blocks(file), mimetype="application/zip", headers=headers)
    response.call_on_close(file.close)  # also when nobody reads it to its end
    return response
