"""The tasks of a group: who does what until when, ticked by its owner or by who leads."""

from __future__ import annotations

from flask import Blueprint, abort, flash, redirect, request, url_for
from flask.typing import ResponseReturnValue

from engage.accounts.session import me, own_path, owner
from engage.centre.queries import centre_today
from engage.core.db import db
from engage.core.guard import require
from engage.core.i18n import gettext as _
from engage.core.render import render
from engage.groups import permissions as may_group
from engage.groups import queries as groups
from engage.groups.meeting import queries as meetings
from engage.groups.minutes import actions, queries
from engage.groups.minutes import permissions as may
from engage.groups.minutes.forms import DoneForm, TaskForm
from engage.groups.minutes.models import Task
from engage.groups.models import Group

bp = Blueprint("group_tasks", __name__, url_prefix="/groupes")


@bp.route("/<code>/taches")
def index(code: str) -> ResponseReturnValue:
    group = groups.get(me(), code)
    require(may_group.see_private(me(), group))
    form = TaskForm()
    form.offer(groups.members(group))
    return _page(group, form)


def _page(group: Group, form: TaskForm) -> str:
    return render(
        "minutes/tasks.html",
        group=group,
        tasks=queries.tasks(group),
        finished=queries.tasks(group, done=True),
        form=form,
        may=may,
        today=centre_today(),
    )


@bp.route("/<code>/taches", methods=["POST"])
def add(code: str) -> ResponseReturnValue:
    """From the list of the group, or from the minutes of one of its meetings."""
    group = groups.get(me(), code)
    require(may.add_task(me(), group))
    form = TaskForm()
    form.offer(groups.members(group))
    if not form.validate_on_submit():
        return _page(group, form), 422
    held = request.args.get("reunion", "")
    meeting = meetings.get(me(), held) if held else None
    if meeting and meeting.group_id != group.id:
        abort(404)
    if form.is_first():
        actions.add_task(group, **form.values, meeting=meeting, by=owner())
    db.session.commit()
    flash(_("The task is on the list."), "success")
    if meeting:
        return redirect(url_for("group_minutes.show", code=meeting.code))
    return redirect(url_for("group_tasks.index", code=code))


def _mine(code: str) -> tuple[Task, Group]:
    """A task of a group whose inside I see; else 404."""
    task, group = queries.task(code)
    return (task, group) if may_group.see_private(me(), group) else abort(404)


def _back(group: Group) -> ResponseReturnValue:
    """To the page where the button was."""
    return redirect(own_path(request.args.get("vers")) or url_for("group_tasks.index", code=group.code))


@bp.route("/taches/<code>/fait", methods=["POST"])
def finish(code: str) -> ResponseReturnValue:
    task, group = _mine(code)
    require(may.finish_task(me(), task, group))
    form = DoneForm()
    require(form.validate_on_submit())
    actions.finish_task(task, **form.values, by=owner())
    db.session.commit()
    flash(_("The task is done. Thank you.") if task.done_at else _("The task is open again."), "success")
    return _back(group)


@bp.route("/taches/<code>/retrait", methods=["POST"])
def remove(code: str) -> ResponseReturnValue:
    task, group = _mine(code)
    require(may.remove_task(me(), task, group))
    actions.remove_task(task, by=owner())
    db.session.commit()
    flash(_("The task is taken off the list."), "success")
    return _back(group)
