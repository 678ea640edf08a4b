"""Coordination's page of relays: who they are, for which house, and what waits to be brought back."""

from __future__ import annotations

from uuid import UUID

from flask import Blueprint, flash, redirect, url_for
from flask.typing import ResponseReturnValue

from engage.accounts import queries as accounts
from engage.accounts.session import me, owner
from engage.core.db import db
from engage.core.guard import require
from engage.core.i18n import gettext as _
from engage.core.render import render
from engage.involvement.carrying import actions as carrying
from engage.involvement.carrying import permissions as may_carry
from engage.involvement.carrying import queries as carried
from engage.involvement.sources import actions as sources
from engage.relaying import listing
from engage.relaying import permissions as may
from engage.relaying.forms import RelayForm
from engage.relaying.words import KINDS

bp = Blueprint("relays_desk", __name__, url_prefix="/equipe/relais")


@bp.route("")
def index() -> ResponseReturnValue:
    require(may.see_relays(me()))
    return render("relaying_desk/index.html", relays=listing.relays(), kinds=KINDS)


@bp.route("/<uuid:actor>", methods=["GET", "POST"])
def describe(actor: UUID) -> ResponseReturnValue:
    """With its own link from then on, so that the relay finds it ready."""
    require(may.see_relays(me()))
    relay = accounts.by_actor(actor)
    require(may_carry.describe(me(), relay))
    form = RelayForm(obj=carried.facts(relay))
    if form.validate_on_submit():
        carrying.describe(relay, **form.values, by=owner())
        sources.give(relay, by=owner())
        db.session.commit()
        flash(_("It is noted."), "success")
        return redirect(url_for("relays_desk.index"))
    return render("relaying_desk/describe.html", relay=relay, form=form), 422 if form.errors else 200
