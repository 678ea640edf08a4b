"""The minutes of a meeting: written, shared, corrected, approved, and the words that everyone may read."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, flash, redirect, request, url_for
from flask.typing import ResponseReturnValue

from engage.accounts.session import me, owner
from engage.centre.queries import centre_today
from engage.core import pager
from engage.core.db import db
from engage.core.guard import public, require
from engage.core.i18n import gettext as _
from engage.core.render import day, render
from engage.groups import permissions as may_group
from engage.groups import queries as groups
from engage.groups.deciding import permissions as may_decide
from engage.groups.deciding import queries as deciding
from engage.groups.deciding import words as deciding_words
from engage.groups.meeting.models import Meeting
from engage.groups.meeting.words import title
from engage.groups.minutes import actions, paper, queries, telling
from engage.groups.minutes import permissions as may
from engage.groups.minutes.forms import (
    AnswerForm,
    CorrectForm,
    PublishForm,
    TaskForm,
    VersionForm,
    WriteForm,
)  # fmt: skip
from engage.groups.minutes.models import Minutes
from engage.groups.minutes.queries import Reading

bp = Blueprint("group_minutes", __name__, url_prefix="/groupes")


@bp.route("/<code>/comptes-rendus")
@public
def index(code: str) -> ResponseReturnValue:
    group = groups.get(me(), code)
    page = pager.asked()
    found = queries.of_group(me(), group, page)
    return render(
        "minutes/index.html",
        group=group,
        found=found[: queries.A_PAGE],
        page=page,
        has_more=len(found) > queries.A_PAGE,
        is_inside=may_group.see_private(me(), group),
        title=title,
    )


@bp.route("/reunions/<code>/compte-rendu")
@public
def show(code: str) -> ResponseReturnValue:
    return _page(queries.get(me(), code))


def _page(reading: Reading, **sent: Any) -> str:
    meeting, minutes = reading.meeting, reading.minutes
    return render(
        "minutes/show.html",
        **reading._asdict(),
        group=meeting.group,
        title=title(meeting),
        is_inside=may_group.see_private(me(), meeting.group),
        form=next(iter(sent.values()), None),
        may=may,
        today=centre_today(),
        deciding_words=deciding_words,
        may_ask=reading.is_whole and may_decide.ask(me(), meeting.group),
        **_forms(minutes, sent),
        answer_forms=_answers(reading, sent.get("answer_form")),
        **_around(meeting, is_inside=may_group.see_private(me(), meeting.group)),
    )


def _forms(minutes: Minutes | None, sent: dict[str, Any]) -> dict[str, Any]:
    held = {"public_words": minutes.public_words} if minutes else {}
    return {
        "correct_form": sent.get("correct_form") or CorrectForm(formdata=None),
        "publish_form": sent.get("publish_form") or PublishForm(formdata=None, data=held),
    }


def _answers(reading: Reading, sent: AnswerForm | None) -> dict[str, AnswerForm]:
    """One form for each correction that waits; the one that was sent comes back with its words."""
    if reading.minutes is None or not may.answer(me(), reading.minutes):
        return {}
    waiting = [one.code for one in reading.corrections if not one.answered_at]
    forms = {code: AnswerForm(formdata=None, prefix=code) for code in waiting}
    return forms | ({sent.code: sent} if sent else {})


def _around(meeting: Meeting, *, is_inside: bool) -> dict[str, Any]:
    """What stands beside the minutes for members and the team: decisions and tasks of that day."""
    if not is_inside:
        return {"decisions": [], "tasks": [], "task_form": None}
    form = TaskForm(formdata=None)
    if may.add_task(me(), meeting.group):
        form.offer(groups.members(meeting.group))
    return {
        "decisions": deciding.of_meeting(meeting),
        "tasks": queries.tasks_of(meeting),
        "task_form": form if may.add_task(me(), meeting.group) else None,
    }


def _shown(code: str, said: str) -> ResponseReturnValue:
    db.session.commit()
    flash(said, "success")
    return redirect(url_for("group_minutes.show", code=code))


@bp.route("/reunions/<code>/compte-rendu/redaction", methods=["GET", "POST"])
def write(code: str) -> ResponseReturnValue:
    meeting, minutes = queries.to_write(me(), code)
    require(may.write(me(), meeting, minutes))
    form = WriteForm(obj=minutes) if minutes else WriteForm(data={"version": 0})
    if form.validate_on_submit():
        actions.write(meeting, **form.values, by=owner())
        return _shown(code, _("The text is kept."))
    return _writing(meeting, form), 422 if form.errors else 200


def _writing(meeting: Meeting, form: WriteForm, **more: Any) -> str:
    said = {"theirs": None, "overtaken": "", "title": title(meeting), **more}
    return render("minutes/write.html", meeting=meeting, form=form, **said)


@bp.app_errorhandler(actions.Overtaken)
def overtaken(error: actions.Overtaken) -> ResponseReturnValue:
    """The text of the first beside the text of the second, who decides what stays."""
    db.session.rollback()
    meeting, minutes = queries.to_write(me(), (request.view_args or {})["code"])
    form = WriteForm()
    form.version.raw_data, form.version.data = None, minutes.version if minutes else 0
    return _writing(meeting, form, theirs=minutes, overtaken=error.message), 409


@bp.route("/reunions/<code>/compte-rendu/partage", methods=["POST"])
def share(code: str) -> ResponseReturnValue:
    minutes = queries.existing(me(), code)
    require(may.share(me(), minutes))
    form = VersionForm()
    require(form.validate_on_submit())
    actions.share(minutes, **form.values, by=owner())
    telling.shared(minutes)
    until = day(minutes.correct_until or centre_today())
    return _shown(code, _("Members are told. They may correct until %(day)s.", day=until))


@bp.route("/reunions/<code>/compte-rendu/corrections", methods=["POST"])
def correct(code: str) -> ResponseReturnValue:
    minutes = queries.existing(me(), code)
    require(may.correct(me(), minutes))
    form = CorrectForm()
    if not form.validate_on_submit():
        return _page(queries.get(me(), code), correct_form=form), 422
    if form.is_first():
        actions.correct(minutes, **form.values, by=owner())
    return _shown(code, _("Your correction is received. Whoever writes the minutes answers it here."))


@bp.route("/reunions/<code>/compte-rendu/corrections/<correction>", methods=["POST"])
def answer(code: str, correction: str) -> ResponseReturnValue:
    minutes = queries.existing(me(), code)
    require(may.answer(me(), minutes))
    held, form = queries.correction(minutes, correction), AnswerForm(prefix=correction)
    if not form.validate_on_submit():
        return _page(queries.get(me(), code), answer_form=form), 422
    actions.answer(minutes, held, **form.values, by=owner())
    return _shown(code, _("The correction is answered."))


@bp.route("/reunions/<code>/compte-rendu/approbation", methods=["POST"])
def approve(code: str) -> ResponseReturnValue:
    minutes = queries.existing(me(), code)
    require(may.approve(me(), minutes))
    form = VersionForm()
    require(form.validate_on_submit())
    actions.approve(minutes, **form.values, by=owner())
    return _shown(code, _("These minutes are approved. They do not change any more."))


@bp.route("/reunions/<code>/compte-rendu/publication", methods=["POST"])
def publish(code: str) -> ResponseReturnValue:
    minutes = queries.existing(me(), code)
    require(may.publish(me(), minutes))
    form = PublishForm()
    if not form.validate_on_submit():
        return _page(queries.get(me(), code), publish_form=form), 422
    actions.publish(minutes, **form.values, by=owner())
    return _shown(code, _("Everyone can read these words now."))


@bp.route("/reunions/<code>/compte-rendu/retrait", methods=["POST"])
def take_back(code: str) -> ResponseReturnValue:
    minutes = queries.existing(me(), code)
    require(may.take_back(me(), minutes))
    actions.take_back(minutes, by=owner())
    return _shown(code, _("The public words are taken back. They are kept here."))


@bp.route("/reunions/<code>/compte-rendu.pdf")
def pdf(code: str) -> ResponseReturnValue:
    """In large print, for the post and for the table; who left has what they wrote, and no list."""
    reading = queries.get(me(), code)
    require(reading.is_whole and reading.minutes is not None)
    held = _around(reading.meeting, is_inside=may_group.see_private(me(), reading.meeting.group))
    return paper.response(reading, held["decisions"], held["tasks"])
