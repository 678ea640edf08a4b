"""Groups at the desk: made from ready words, put right, given places, closed."""

from __future__ import annotations

from flask import Blueprint, abort, flash, redirect, url_for
from flask.typing import ResponseReturnValue

from engage.accounts import queries as accounts
from engage.accounts.session import me, owner
from engage.centre.queries import centre_today
from engage.core.db import db
from engage.core.guard import require
from engage.core.i18n import gettext as _
from engage.core.render import render
from engage.groups import actions, queries
from engage.groups import permissions as may
from engage.groups.belonging import places
from engage.groups.belonging import queries as belonging
from engage.groups.forms import CreateForm, EditForm, GroupForm, Places
from engage.groups.models import Group, GroupKind
from engage.groups.ready import first_end, ready
from engage.groups.words import AS_ONE, ENTRIES, KIND_ICONS, KINDS, MEMBER_KINDS, SIDES, STEPS

bp = Blueprint("group_desk", __name__, url_prefix="/equipe/groupes")
WORDS = {
    "kinds": KINDS, "icons": KIND_ICONS, "entries": ENTRIES, "sides": SIDES, "as_one": AS_ONE,
    "member_kinds": MEMBER_KINDS, "steps": STEPS,
}  # fmt: skip


@bp.get("")
def index() -> ResponseReturnValue:
    require(may.see_desk(me()))
    unled = belonging.unled_ids()
    may_create = may.create(me())
    return render(
        "groups_desk/index.html", standings=queries.standings(), unled=unled, may_create=may_create, **WORDS
    )


@bp.get("/nouveau")
def choose() -> ResponseReturnValue:
    """Which kind? Each comes with ready words."""
    require(may.create(me()))
    return render("groups_desk/choose.html", ready=ready(), **WORDS)


def _offer(form: GroupForm) -> None:
    form.offer([(one.id, one.full_name) for one in accounts.staff()])


@bp.route("/nouveau/<kind>", methods=["GET", "POST"])
def create(kind: str) -> ResponseReturnValue:
    require(may.create(me()))
    if kind not in list(GroupKind):
        abort(404)
    chosen = GroupKind(kind)
    held, today = ready()[chosen], centre_today()
    dates = {"starts_on": today, "ends_on": first_end(held, today)}
    form = CreateForm(data={**held.values, **dates, "is_public": True, "referent_id": owner().id})
    _offer(form)
    if not form.validate_on_submit():
        page = render("groups_desk/create.html", form=form, kind=chosen, **WORDS)
        return page, 422 if form.errors else 200
    if form.is_first():
        actions.create(chosen, places=form.places, by=owner(), code=form.code_to_give, **form.facts)
        db.session.commit()
    flash(_("The group is there. Now invite its first members."), "success")
    return redirect(url_for("group_desk.show", code=form.code_to_give))


@bp.get("/<code>")
def show(code: str) -> ResponseReturnValue:
    require(may.see_desk(me()))
    return _page(queries.get(me(), code))


def _page(group: Group) -> ResponseReturnValue:
    return render(
        "groups_desk/show.html", group=group, balance=places.balance(group), members=queries.lines(group),
        invitations=belonging.open_invitations(group),
        may_edit=may.edit(me(), group), sees_private=may.see_private(me(), group), today=centre_today(),
        is_unled=group.id in belonging.unled_ids(), **WORDS,
    )  # fmt: skip


@bp.route("/<code>/modifier", methods=["GET", "POST"])
def edit(code: str) -> ResponseReturnValue:
    group = queries.get(me(), code)
    require(may.edit(me(), group))
    form = EditForm(obj=group)
    _offer(form)
    if not form.validate_on_submit():
        page = render("groups_desk/edit.html", form=form, group=group)
        return page, 422 if form.errors else 200
    actions.edit(group, version=form.version.data or 0, by=owner(), **form.facts)
    db.session.commit()
    flash(_("It is saved."), "success")
    return redirect(url_for("group_desk.show", code=code))


@bp.route("/<code>/places", methods=["GET", "POST"])
def set_places(code: str) -> ResponseReturnValue:
    group = queries.get(me(), code)
    require(may.set_places(me(), group))
    balance = places.balance(group)
    form = Places(data={one.side.value: one.places for one in balance.sides})
    if not form.validate_on_submit():
        page = render("groups_desk/places.html", form=form, group=group, balance=balance, **WORDS)
        return page, 422 if form.errors else 200
    actions.set_places(group, form.places, by=owner())
    db.session.commit()
    flash(_("It is saved."), "success")
    return redirect(url_for("group_desk.show", code=code))
