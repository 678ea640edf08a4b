"""The desk of calls: write one, publish it, print it, close it, see who applied."""

from __future__ import annotations

from flask import Blueprint, flash, redirect, request, url_for
from flask.typing import ResponseReturnValue

from engage.accounts.session import me, owner
from engage.core.db import db
from engage.core.forms import OnceForm
from engage.core.guard import require
from engage.core.i18n import gettext as _
from engage.core.i18n import ngettext
from engage.core.render import render
from engage.groups.calling import actions, queries, words
from engage.groups.calling import permissions as may
from engage.groups.calling.applying import queries as applications
from engage.groups.calling.forms import CloseForm, CreateForm, EditForm
from engage.groups.calling.models import Call
from engage.involvement.sources import queries as sources

bp = Blueprint("calls_desk", __name__, url_prefix="/equipe/appels-a-participation")


def _shown(call: Call) -> ResponseReturnValue:
    return redirect(url_for("calls_desk.show", code=call.code))


@bp.route("")
def index() -> ResponseReturnValue:
    require(may.create(me()))
    return render("calling_desk/index.html", lines=queries.everything(), words=words)


@bp.route("/nouveau", methods=["GET", "POST"])
def create() -> ResponseReturnValue:
    require(may.create(me()))
    groups = queries.groups()
    wanted = next((group.id for group in groups if group.code == request.args.get("groupe")), None)
    form = CreateForm.blank(group_id=wanted)
    form.offer([(group.id, group.name) for group in groups])
    if not form.validate_on_submit():
        return render("calling_desk/create.html", form=form), 422 if form.errors else 200
    if form.is_first():
        actions.create(**form.written, code=form.code_to_give, by=owner())
        db.session.commit()
    flash(_("The call is kept as a draft. Read it once more, then publish it."), "success")
    return redirect(url_for("calls_desk.show", code=form.code_to_give))


@bp.route("/<code>")
def show(code: str) -> ResponseReturnValue:
    require(may.edit(me()))
    call = queries.get(me(), code)
    return render(
        "calling_desk/show.html",
        call=call,
        sheet=words.sheet(call),
        words=words,
        is_open=queries.is_open(call),
        questions=queries.questions(call),
        copying=OnceForm(),
        page=applications.of_call(call, request.args.get("page", 1, type=int)),
        sources=[source for source in sources.every() if source.closed_at is None],
    )


@bp.route("/<code>/modification", methods=["GET", "POST"])
def edit(code: str) -> ResponseReturnValue:
    require(may.edit(me()))
    call = queries.get(me(), code)
    form = EditForm.of(call, queries.questions(call))
    form.offer([(group.id, group.name) for group in queries.groups()])
    if not form.validate_on_submit():
        return render("calling_desk/edit.html", form=form, call=call), 422 if form.errors else 200
    actions.edit(call, **form.written, by=owner())
    db.session.commit()
    flash(_("The call is changed."), "success")
    return _shown(call)


@bp.post("/<code>/publication")
def publish(code: str) -> ResponseReturnValue:
    require(may.publish(me()))
    call = queries.get(me(), code)
    actions.publish(call, by=owner())
    db.session.commit()
    flash(_("The call is published. Print its poster, and tell the relays."), "success")
    return _shown(call)


@bp.route("/<code>/fermeture", methods=["GET", "POST"])
def close(code: str) -> ResponseReturnValue:
    """Says first who still waits for an answer."""
    require(may.close(me()))
    call, form = queries.get(me(), code), CloseForm()
    page = applications.of_call(call)
    if not form.validate_on_submit():
        return render("calling_desk/close.html", form=form, call=call, page=page)
    actions.close(call, by=owner())
    db.session.commit()
    flash(" ".join((_("The call is closed."), _still(page.waiting))), "success")
    return _shown(call)


def _still(waiting: int) -> str:
    if not waiting:
        return _("Everybody has their answer.")
    return ngettext(
        "%(num)s person still waits for your answer.", "%(num)s people still wait for your answer.", waiting
    )


@bp.post("/<code>/copie")
def copy(code: str) -> ResponseReturnValue:
    require(may.copy(me()))
    call, form = queries.get(me(), code), OnceForm()
    require(form.validate_on_submit())
    if form.is_first():
        actions.copy(call, code=form.code_to_give, by=owner())
        db.session.commit()
    flash(_("Here is the copy, as a draft. Give it a closing day."), "success")
    return redirect(url_for("calls_desk.edit", code=form.code_to_give))


@bp.post("/<code>/retrait")
def discard(code: str) -> ResponseReturnValue:
    require(may.discard(me()))
    actions.discard(queries.get(me(), code), by=owner())
    db.session.commit()
    flash(_("The draft is thrown away."), "success")
    return redirect(url_for("calls_desk.index"))
