"""The charter of a group: everybody reads it, members agree to it."""

from __future__ import annotations

from flask import Blueprint, Response, abort, flash, redirect, url_for
from flask.typing import ResponseReturnValue

from engage.accounts.session import me, owner
from engage.core import pdf
from engage.core.db import db
from engage.core.guard import public, require
from engage.core.i18n import gettext as _
from engage.core.i18n import language
from engage.core.render import render
from engage.groups import queries as groups
from engage.groups.charter import actions, paper, queries
from engage.groups.charter import permissions as may
from engage.groups.charter.forms import AgreeForm
from engage.groups.charter.models import Charter
from engage.groups.charter.words import parts
from engage.groups.models import Group

bp = Blueprint("charters", __name__, url_prefix="/groupes")


@bp.route("/<code>/charte")
@public
def show(code: str) -> ResponseReturnValue:
    return _page(groups.get(me(), code))


@bp.route("/<code>/charte/<int:number>")
@public
def version(code: str, number: int) -> ResponseReturnValue:
    """A version of before, as it was agreed to."""
    return _page(groups.get(me(), code), number=number)


def _page(group: Group, form: AgreeForm | None = None, number: int = 0) -> str:
    versions = queries.versions(group)
    charter = queries.published(group, number) if number else next(iter(versions), None)
    member = groups.membership(me(), group)
    mine = queries.agreement(charter, member) if charter and member else None
    asks = charter is not None and charter is versions[0] and mine is None and may.agree(me(), group)
    form = form or AgreeForm(formdata=None, data={"number": charter.number if charter else 0})
    return render(
        "charter/show.html",
        group=group,
        charter=charter,
        parts=parts(charter) if charter else [],
        versions=versions,
        mine=mine,
        form=form if asks else None,
        may_draft=may.draft(me(), group),
    )


@bp.post("/<code>/charte/accord")
def agree(code: str) -> ResponseReturnValue:
    group = groups.get(me(), code)
    require(may.agree(me(), group))
    form = AgreeForm()
    if not form.validate():
        return _page(group, form), 422
    member = groups.membership(me(), group) or abort(403)
    actions.agree(queries.published(group, form.number.data or 0), member, by=owner())
    db.session.commit()
    flash(_("Thank you. Your agreement is noted."), "success")
    return redirect(url_for("charters.show", code=code))


@bp.route("/<code>/charte.pdf")
@public
def sheet(code: str) -> ResponseReturnValue:
    """To read at the table, and to sign by hand."""
    group = groups.get(me(), code)
    charter: Charter = queries.in_force(group) or abort(404)
    content = pdf.render("group_charter", paper.sheet(charter, group), lang=language())
    headers = {"Content-Disposition": f'inline; filename="charte-{group.code}.pdf"'}
    return Response(content, mimetype="application/pdf", headers=headers)
