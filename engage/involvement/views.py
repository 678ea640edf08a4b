"""How one can take part here, and saying what interests one, without an account."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from flask import Blueprint, redirect, request, session, url_for
from flask.typing import ResponseReturnValue

from engage.accounts.models import Account
from engage.accounts.session import me
from engage.centre.queries import centre, centre_today
from engage.core.db import db
from engage.core.guard import public
from engage.core.i18n import gettext as _
from engage.core.i18n import language
from engage.core.limits import limited
from engage.core.render import render
from engage.intake import actions as intake
from engage.intake import registry
from engage.intake.models import Door, Reply
from engage.involvement import actions, own, telling
from engage.involvement.cards import ACTS, CARDS, ICONS
from engage.involvement.forms import InterestForm, NotNowForm
from engage.involvement.models import Person
from engage.involvement.sources import queries as sources

SAID = "interest"
bp = Blueprint("involvement", __name__, url_prefix="/participer")


def _offer() -> registry.Offer:
    words = _("From two minutes to two hours a month: you choose.")
    return registry.Offer(_("Take part"), words, _("See how"), url_for("involvement.index"), "people")


registry.offers_on_a_kiosk(_offer, opens=("involvement.",))


def _door() -> Door:
    return Door.KIOSK if session.get("kiosk") else Door.WEB


@bp.route("")
@public
def index() -> ResponseReturnValue:
    """Who has answered in this browser is not asked again."""
    answered = session.get(SAID) or own.here()
    return render("involvement/index.html", cards=CARDS, answered=answered, form=NotNowForm(formdata=None))


@bp.route("/envies", methods=["GET", "POST"])
@public
@limited("interest")
def interest() -> ResponseReturnValue:
    """All in one screen; nothing is asked again of who is known here."""
    account, known = me(), own.here()
    act = request.args.get("envie", "")
    form = InterestForm(known, is_known=account is not None, acts=[act] if act in ACTS else [])
    if not form.validate_on_submit():
        page = render("involvement/interest.html", form=form, act_icons=ICONS)
        return page, 422 if form.errors else 200
    if known is not None:
        actions.wish(known, **form.wishes)
    else:
        _meet(form, account)
    db.session.commit()
    key, way = form.submission_key.data, form.reached["reply"] if form.asks else ""
    session[SAID] = {"key": key, "way": way}
    return redirect(url_for("involvement.thanks"))


def _meet(form: InterestForm, account: Account | None) -> Person:
    """Somebody new, or known by their contact: which of the two, the page never says."""
    who: dict[str, Any] = form.reached if form.asks else own.reached(account)
    person = actions.meet(
        submission_key=form.submission_key.data or "",
        language=language(),
        door=_door(),
        source=sources.here(),
        account=account,
        **who,
        **form.wishes,
    )
    if account is None and who["contact"]:
        telling.confirm(person)
    elif account is None:
        actions.own_code(person)
    return person


@bp.route("/merci")
@public
def thanks() -> ResponseReturnValue:
    """What was noted, what comes next, and how to take it back."""
    said = session.get(SAID)
    if not said or not said["key"]:
        return redirect(url_for("involvement.index"))
    way = Reply(said["way"]) if said["way"] else None
    promised = centre_today() + timedelta(days=centre().answer_days)
    code = intake.code_of(said["key"]) if way in (Reply.NONE, Reply.RECEPTION) else ""
    return render("involvement/thanks.html", way=way, code=code, promised=promised)


@bp.route("/pas-maintenant", methods=["POST"])
@public
@limited("interest")
def not_now() -> ResponseReturnValue:
    """An answer like any other."""
    form, known = NotNowForm(), own.here()
    if not form.validate_on_submit():
        return redirect(url_for("involvement.index"))
    if known is not None:
        actions.decline(known)
    else:
        key = form.submission_key.data or ""
        actions.decline_unnamed(submission_key=key, language=language(), door=_door(), source=sources.here())
    db.session.commit()
    session[SAID] = {"key": "", "way": ""}
    return redirect(url_for("involvement.declined"))


@bp.route("/une-autre-fois")
@public
def declined() -> ResponseReturnValue:
    return render("involvement/declined.html", cards=CARDS[:2])
