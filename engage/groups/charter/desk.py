"""The charter at the desk: its next version, who agreed to the one in force."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, abort, flash, redirect, url_for
from flask.typing import ResponseReturnValue

from engage.accounts.session import me, owner
from engage.core.db import db
from engage.core.guard import require
from engage.core.i18n import gettext as _
from engage.core.render import render
from engage.groups import queries as groups
from engage.groups.belonging import queries as belonging
from engage.groups.charter import actions, queries
from engage.groups.charter import permissions as may
from engage.groups.charter.forms import CharterForm, VersionForm
from engage.groups.charter.words import parts
from engage.groups.models import Group

bp = Blueprint("charters_desk", __name__, url_prefix="/equipe/groupes")


@bp.route("/<code>/charte")
def show(code: str) -> ResponseReturnValue:
    """Who agreed to the version in force; the draft of the next one."""
    require(may.see_agreed(me()))
    group = groups.get(me(), code)
    charter, draft = queries.in_force(group), queries.draft(group)
    page: dict[str, Any] = {
        "charter": charter,
        "draft": draft,
        "parts": parts(draft) if draft else [],
        "signed": queries.signed(charter) if charter else [],
        "form": VersionForm(formdata=None, data={"version": draft.version}) if draft else None,
        "may_draft": may.draft(me(), group),
    }
    return render("charter/desk.html", group=group, **page)


def _shown(group: Group) -> ResponseReturnValue:
    return redirect(url_for("charters_desk.show", code=group.code))


@bp.post("/<code>/charte/brouillon")
def draft(code: str) -> ResponseReturnValue:
    group = groups.get(me(), code)
    require(may.draft(me(), group))
    actions.draft(group, by=owner())
    db.session.commit()
    return redirect(url_for("charters_desk.edit", code=code))


@bp.route("/<code>/charte/modification", methods=["GET", "POST"])
def edit(code: str) -> ResponseReturnValue:
    group = groups.get(me(), code)
    require(may.edit(me(), group))
    charter = queries.draft(group)
    if charter is None:
        return _shown(group)
    form = CharterForm(obj=charter)
    if not form.validate_on_submit():
        page = render("charter/edit.html", form=form, group=group)
        return page, 422 if form.errors else 200
    actions.edit(charter, **form.values, by=owner())
    db.session.commit()
    flash(_("The draft of the charter is kept."), "success")
    return _shown(group)


@bp.post("/<code>/charte/publication")
def publish(code: str) -> ResponseReturnValue:
    group, form = groups.get(me(), code), VersionForm()
    require(may.publish(me(), group))
    charter = queries.draft(group)
    if charter is None or not form.validate():
        return _shown(group)
    actions.publish(charter, group, version=form.version.data or 0, by=owner())
    db.session.commit()
    flash(_("The charter is published. Each member is asked to read it."), "success")
    return _shown(group)


@bp.post("/<code>/charte/retrait")
def discard(code: str) -> ResponseReturnValue:
    group = groups.get(me(), code)
    require(may.discard(me(), group))
    if charter := queries.draft(group):
        actions.discard(charter, group, by=owner())
        db.session.commit()
        flash(_("The draft is thrown away."), "success")
    return _shown(group)


@bp.post("/<code>/charte/papier/<member>")
def note_paper(code: str, member: str) -> ResponseReturnValue:
    """Somebody signed by hand."""
    group = groups.get(me(), code)
    require(may.note_paper(me(), group))
    membership = belonging.membership(group, member)
    actions.note_paper(queries.in_force(group) or abort(404), membership, by=owner())
    db.session.commit()
    flash(_("The agreement on paper is noted. Keep the paper."), "success")
    return _shown(group)
