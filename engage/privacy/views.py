"""Mon espace, and Vos données: what the site knows of you, in your hands."""

from __future__ import annotations

import json
from typing import Any

from flask import Blueprint, Response, flash, redirect, session, url_for
from flask.typing import ResponseReturnValue

from engage.accounts import actions as accounts
from engage.accounts.session import me
from engage.centre.queries import centre_today
from engage.core.db import db
from engage.core.guard import public, require
from engage.core.i18n import gettext as _
from engage.core.render import render
from engage.groups.minutes import mine
from engage.groups.partnering import permissions as may_file
from engage.ideas.models import Idea
from engage.involvement import own as participation
from engage.privacy import actions, queries
from engage.privacy.forms import CorrectForm, EraseForm

bp = Blueprint("privacy", __name__)


def _followed() -> Idea | None:
    granted = session.get("follow") or {}
    return queries.followed(granted["ref"]) if granted.get("kind") == "idea" else None


@bp.route("/mon-espace")
def my_space() -> ResponseReturnValue:
    who = me()
    require(who is not None)
    if who is None:
        return ""
    has_file = may_file.own(who)
    ideas, supports = queries.my_ideas(who), queries.my_supports(who)
    return render(
        "privacy/my_space.html", ideas=ideas, supports=supports, has_file=has_file, in_groups=mine.of(who),
        today=centre_today(),
    )  # fmt: skip


def _my_data(form: CorrectForm | None) -> str:
    return render(
        "privacy/my_data.html", form=form, idea=_followed(), followed_person=participation.followed()
    )


@bp.route("/vos-donnees")
@public
def my_data() -> ResponseReturnValue:
    who = me()
    form = CorrectForm(obj=who) if who else None
    return _my_data(form)


@bp.route("/vos-donnees/correction", methods=["POST"])
def correct() -> ResponseReturnValue:
    who = me()
    form = CorrectForm()
    if form.validate_on_submit() and who:
        accounts.correct(who, **form.values)
        db.session.commit()
        flash(_("It is corrected."), "success")
        return redirect(url_for("privacy.my_data"))
    return _my_data(form), 422


def _file(record: dict[str, Any]) -> Response:
    text = json.dumps(record, ensure_ascii=False, indent=2)
    headers = {"Content-Disposition": 'attachment; filename="mes-donnees.json"'}
    return Response(text, mimetype="application/json", headers=headers)


@bp.route("/vos-donnees/copie")
@public
def download() -> ResponseReturnValue:
    """A copy of all that is kept: of the account, else of the idea that a follow-up code opened."""
    who, idea = me(), _followed()
    if who:
        return _file(queries.account_record(who))
    if idea:
        return _file(queries.idea_record(idea))
    return redirect(url_for("privacy.my_data"))


@bp.route("/vos-donnees/effacement", methods=["GET", "POST"])
def erase() -> ResponseReturnValue:
    who = me()
    form = EraseForm()
    if form.validate_on_submit() and who:
        actions.erase_me(who)
        db.session.commit()
        session.clear()
        flash(_("Your account is erased. Thank you for what you gave."), "success")
        return redirect(url_for("home.index"))
    return render("privacy/erase.html", form=form), 422 if form.errors else 200
