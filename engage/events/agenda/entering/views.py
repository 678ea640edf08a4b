"""Signing up for a date without an account, on one screen; what one takes home."""

from __future__ import annotations

import secrets
from typing import Any

from flask import Blueprint, Response, abort, redirect, request, session, url_for
from flask.typing import ResponseReturnValue

from engage.accounts.models import Account, Role
from engage.accounts.session import me
from engage.core import pdf
from engage.core.clock import now
from engage.core.db import db
from engage.core.forms import Form, PublicForm
from engage.core.guard import public
from engage.core.i18n import gettext as _
from engage.core.i18n import language
from engage.core.limits import limited
from engage.core.render import render, render_kept
from engage.events.agenda import own, paper, queries, words
from engage.events.agenda.entering.forms import EnterForm, QuickForm, known, of_account
from engage.events.agenda.forms import is_sent_alone
from engage.events.agenda.lines import Line
from engage.events.agenda.queries import Shown
from engage.events.programme import actions as programmes
from engage.events.signing import actions as signing
from engage.events.signing import sent
from engage.events.signing.models import SignUp
from engage.events.signing.sent import Received
from engage.intake import actions as intake
from engage.intake import queries as intake_queries
from engage.intake import registry
from engage.intake.models import Door
from engage.involvement import acting
from engage.involvement.carrying import actions as carrying

bp = Blueprint("signing", __name__, url_prefix="/evenements")

# What stands in a page that strangers share for what is somebody's own: the key of their form; their sign-up,
# their follow-up code, the letters to say at the door, who is before them in line.
KIND = "sign-up"
KEY = "key-of-this-form-0000"
SIGN_UP, CODE, LETTERS, AHEAD = "--sign-up--", "--code--", "--letters--", "--ahead--"


def _offer() -> registry.Offer | None:
    if not queries.to_sign_up():
        return None
    return registry.Offer(
        title=_("Workshops and events"),
        words=_("Sign up here. No account, less than a minute."),
        go=_("See the dates"),
        url=url_for("signing.on_kiosk"),
        icon="calendar",
    )


registry.offers_on_a_kiosk(_offer, opens=("signing.on_kiosk", "signing.enter", "signing.done"))


@bp.route("/borne")
@public
def on_kiosk() -> ResponseReturnValue:
    """The next dates to sign up for, on the tablet of the waiting room."""
    return render("events/kiosk.html", lines=queries.to_sign_up(), words=words)


@bp.route("/<code>/inscription", methods=["GET", "POST"])
@public
@limited("sign_up")
def enter(code: str) -> ResponseReturnValue:
    shown, person = queries.find(code) or abort(404), me()
    if request.method == "GET" and person is None and shown.line.takes:
        return _blank(shown)
    form = _form(shown, person, is_alone=is_sent_alone())
    if not shown.line.takes:
        return _closed(shown, form)
    if form.validate_on_submit():
        _sign_up(shown, _who(person), form.chosen, **form.wanted)
        return _calm(code) if intake_queries.is_distress(form.said) else _done(code)
    return _whole(shown, person)


def _form(shown: Shown, person: Account | None, *, is_alone: bool = False) -> EnterForm:
    asked = {"questions": shown.questions, "slots": shown.to_choose, "is_alone": is_alone}
    return EnterForm(data=known(_for_themselves(person)), is_for_another=_is_relay(person), **asked)


def _whole(shown: Shown, person: Account | None) -> ResponseReturnValue:
    """The form with all its lines; once it was sent, with what is to be written otherwise."""
    form = _form(shown, person)
    form.validate_on_submit()
    return render("events/enter.html", **_page(shown, form)), 422 if form.errors else 200


def _blank(shown: Shown) -> str:
    """The empty form is the same for all strangers, but for its key."""

    def context() -> dict[str, Any]:
        form = EnterForm(questions=shown.questions, slots=shown.to_choose)
        form.submission_key.data = KEY
        return _page(shown, form)

    return render_kept("events/enter.html", context, shown.line.code, own={KEY: secrets.token_urlsafe(24)})


def _page(shown: Shown, form: Form) -> dict[str, Any]:
    return {"shown": shown, "line": shown.line, "form": form, "words": words}


@bp.route("/<code>/inscription/directe", methods=["POST"])
@limited("sign_up")
def quick(code: str) -> ResponseReturnValue:
    """One click for somebody who is signed in."""
    shown, person, form = queries.find(code) or abort(404), me(), QuickForm()
    if person is None or shown.questions or shown.to_choose or not form.validate():
        return redirect(url_for("signing.enter", code=code))
    if not shown.line.takes:
        return _closed(shown, form)
    _sign_up(shown, {"account": person}, **of_account(person, form.submission_key.data or ""))
    return _done(code)


def _closed(shown: Shown, form: PublicForm) -> ResponseReturnValue:
    """Why nobody can sign up; who had done so just before, with this form, sees the same page again."""
    is_sent = form.is_submitted() and form.submission_key.validate(form)
    if is_sent and (before := sent.received(form.submission_key.data or "")):
        _remember(before)
        return _done(shown.line.code)
    return render("events/closed.html", **_page(shown, form)), 409 if form.is_submitted() else 200


def _for_themselves(person: Account | None) -> Account | None:
    """Who has this account, unless they bring the wish of somebody else."""
    return None if _is_relay(person) else person


def _is_relay(person: Account | None) -> bool:
    return person is not None and person.role is Role.RELAY


def _who(person: Account | None) -> dict[str, Any]:
    """A relay signs somebody up who has no account here, and it is recorded that they did."""
    if _is_relay(person):
        return {"entered_by": person, "door": Door.RELAY}
    return {"account": person, "door": Door.KIOSK if session.get("kiosk") else Door.WEB}


def _sign_up(shown: Shown, who: dict[str, Any], chosen: list[int] | None = None, **wanted: Any) -> None:
    """An old form that is sent again changes nothing of what was said since."""
    person: Account | None = who.get("account")
    is_partner = person is not None and person.role is Role.PARTNER
    is_sent = chosen is not None and sent.received(wanted["submission_key"]) is not None
    sign_up, _code = signing.sign_up(shown.line, is_partner=is_partner, **who, **wanted)
    if chosen is not None and not is_sent:
        programmes.choose(sign_up, chosen)
    relay = who.get("entered_by")
    acting.acted(person, reply=wanted["reply"], contact=wanted["contact"], name=wanted["name"], by=relay)
    if relay:
        carrying.carry(KIND, sign_up.code, relay=relay, person=wanted["name"], consented_at=now())
    _remember(sign_up)
    db.session.commit()


def _remember(sign_up: SignUp | Received) -> None:
    """Only who sent this form knows its key: a second sending shows the same page.

    A tablet follows nobody, nor does a relay: the person has the code.
    """
    if sign_up.door not in {Door.KIOSK, Door.RELAY}:
        own.follow(sign_up)
    session["sent"] = sign_up.submission_key


def _done(code: str) -> ResponseReturnValue:
    return redirect(url_for("signing.done", code=code))


def _calm(code: str) -> ResponseReturnValue:
    return render("intake/calm.html", way_on=url_for("signing.done", code=code))


def _sent(code: str) -> tuple[Line, Received | None]:
    """What this browser has just sent for the date `code`."""
    line, key = (queries.find(code) or abort(404)).line, session.get("sent", "")
    sign_up = sent.received(key) if key else None
    return line, sign_up if sign_up and sign_up.occurrence_id == line.id else None


@bp.route("/<code>/inscription/recue")
@public
def done(code: str) -> ResponseReturnValue:
    line, sign_up = _sent(code)
    if sign_up is None:
        return redirect(url_for("events.show", code=code))
    like = sign_up._replace(submission_key="", code=SIGN_UP, ahead=0)
    signs = {"code": CODE, "letters": LETTERS, "ahead": AHEAD}
    return render_kept(
        "events/done.html",
        lambda: {"sign_up": like, "line": line, "words": words, **signs},
        like,
        own={
            SIGN_UP: sign_up.code,
            CODE: intake.code_of(sign_up.submission_key),
            LETTERS: words.door_letters(sign_up.code),
            AHEAD: words.ahead(sign_up.ahead),
        },
    )


@bp.route("/<code>/inscription/numero.pdf")
@public
def slip(code: str) -> ResponseReturnValue:
    line, sign_up = _sent(code)
    if sign_up is None:
        abort(404)
    said = paper.slip(sign_up, line, intake.code_of(sign_up.submission_key))
    sheet = pdf.render("follow_slip", said, lang=language())
    headers = {"Content-Disposition": 'inline; filename="inscription.pdf"', "Cache-Control": "no-store"}
    return Response(sheet, mimetype="application/pdf", headers=headers)
