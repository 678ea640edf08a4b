"""A reading round on the screen: one line at a time, at the reader's pace, with an account or a code."""

from __future__ import annotations

from flask import Blueprint, abort, redirect, session, url_for
from flask.typing import ResponseReturnValue

from engage.accounts.session import me
from engage.core.db import db
from engage.core.guard import public
from engage.core.i18n import gettext as _
from engage.core.limits import limited
from engage.core.render import render
from engage.groups import registry
from engage.intake import queries as intake
from engage.pages import markup, pictures
from engage.pages.languages import direction
from engage.pages.rounds import actions, queries, subjects
from engage.pages.rounds.forms import CodeForm, FinishForm, KindForm, MarkForm
from engage.pages.rounds.models import RoundReader
from engage.pages.rounds.words import FACES, MARKS
from engage.uploads.queries import response

registry.brings_subjects(subjects.of_group)
bp = Blueprint("rounds", __name__, url_prefix="/relecture")
HELD = "reading"


@bp.route("", methods=["GET", "POST"])
@public
@limited("invitation")
def index() -> ResponseReturnValue:
    """Where a code is typed; who has an account finds here what they are asked to read."""
    form = CodeForm()
    if form.validate_on_submit():
        reader = queries.by_secret(form.code.data or "")
        if reader is not None:
            session[HELD] = reader.code
            return redirect(url_for("rounds.show", code=reader.code))
        form.code.errors = [_("This code is not right. Please look at it again.")]
    account = me()
    mine = [one for one in queries.of_account(account) if queries.is_open(one.round)] if account else []
    return render("rounds/index.html", form=form, mine=mine), 422 if form.errors else 200


@bp.get("/code/<given>")
@public
def arrive(given: str) -> ResponseReturnValue:
    """Behind the picture on the paper: a button. Nothing is looked up here."""
    return render("rounds/arrive.html", given=given)


def _mine(code: str) -> RoundReader:
    """What this account or this browser may read. Aborts with 404."""
    reader, account = queries.reader(code), me()
    is_mine = account is not None and reader.account_id == account.id
    return reader if is_mine or session.get(HELD) == code else abort(404)


@bp.route("/<code>", methods=["GET", "POST"])
@public
@limited("reading_round")
def show(code: str) -> ResponseReturnValue:
    """Who are you? Then on to the first line that waits."""
    reader = _mine(code)
    if reader.finished_at or not queries.is_open(reader.round):
        return render("rounds/over.html", reader=reader)
    form = KindForm(obj=reader)
    if form.validate_on_submit():
        actions.introduce(reader, kind=form.kind.data)
        db.session.commit()
        return redirect(_onward(reader))
    page = render("rounds/show.html", reader=reader, form=form, count=len(queries.lines(reader.round)))
    return page, 422 if form.errors else 200


def _onward(reader: RoundReader) -> str:
    """Where they stopped: the first line without an answer, else the end."""
    done = queries.marks(reader)
    waiting = (one.number for one in queries.lines(reader.round) if one.number not in done)
    number = next(waiting, None)
    if number is None:
        return url_for("rounds.finish", code=reader.code)
    return url_for("rounds.mark", code=reader.code, number=number)


@bp.route("/<code>/ligne/<int:number>", methods=["GET", "POST"])
@public
@limited("reading_round")
def mark(code: str, number: int) -> ResponseReturnValue:
    reader = _mine(code)
    lines = queries.lines(reader.round)
    place = next((at for at, one in enumerate(lines) if one.number == number), None)
    if place is None:
        abort(404)
    held = queries.marks(reader).get(number)
    form = MarkForm(obj=held)
    if form.validate_on_submit():
        actions.mark(reader, number, mark=form.mark.data, remark=form.remark.data or "")
        db.session.commit()
        after = lines[place + 1].number if held and place + 1 < len(lines) else None
        return redirect(url_for("rounds.mark", code=code, number=after) if after else _onward(reader))
    if reader.kind is None or reader.finished_at or not queries.is_open(reader.round):
        return redirect(url_for("rounds.show", code=code))
    page = render(
        "rounds/mark.html", reader=reader, form=form, held=held, line=lines[place], place=place + 1,
        count=len(lines), before=lines[place - 1].number if place else None, marks=MARKS, faces=FACES,
        inline=markup.inline, drawn=markup.icon, side=direction,
    )  # fmt: skip
    return page, 422 if form.is_submitted() else 200


@bp.route("/<code>/fin", methods=["GET", "POST"])
@public
@limited("reading_round")
def finish(code: str) -> ResponseReturnValue:
    reader, form = _mine(code), FinishForm()
    if form.validate_on_submit():
        actions.finish(reader, overall=form.overall.data or "")
        db.session.commit()
        way_on = url_for("rounds.show", code=code)
        if intake.is_distress(form.overall.data or ""):
            return render("intake/calm.html", way_on=way_on, has_code=False)
        return redirect(way_on)
    if reader.finished_at:
        return redirect(url_for("rounds.show", code=code))
    return render("rounds/finish.html", reader=reader, form=form), 422 if form.errors else 200


@bp.get("/<code>/pause")
@public
def pause(code: str) -> ResponseReturnValue:
    """How to go on another day."""
    return render("rounds/pause.html", reader=_mine(code))


@bp.get("/<code>/images/<name>")
@public
def picture(code: str, name: str) -> ResponseReturnValue:
    """For who reads a version that nobody else may see yet."""
    round_ = _mine(code).round
    found = pictures.get(round_.version.page, name)
    if f"(image:{name})" not in queries.text(round_.version, round_.body):
        abort(404)
    return response(found.upload)
