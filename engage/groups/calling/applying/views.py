"""Applying without an account on one screen, and the page where one follows it."""

from __future__ import annotations

import json
from typing import Any

from flask import Blueprint, Response, abort, flash, redirect, request, session, url_for
from flask.typing import ResponseReturnValue

from engage.accounts.models import Account, Role
from engage.accounts.session import me
from engage.core import pdf
from engage.core.clock import now
from engage.core.db import db
from engage.core.guard import public, require
from engage.core.i18n import gettext as _
from engage.core.i18n import language
from engage.core.limits import limited
from engage.core.render import render
from engage.groups import queries as groups
from engage.groups.calling import queries as calls
from engage.groups.calling.applying import actions, paper, queries, receipts, sealed, telling, unmade
from engage.groups.calling.applying.forms import ApplyForm, CarryForm, known
from engage.groups.calling.models import Application, Call
from engage.groups.models import Group
from engage.intake import actions as intake
from engage.intake import queries as intake_queries
from engage.intake import registry
from engage.intake.models import Door
from engage.involvement.carrying import actions as carrying
from engage.involvement.sources import queries as sources

bp = Blueprint("applications", __name__)
registry.shows(actions.KIND, "applications.show")


@bp.route("/appels/<code>/candidature", methods=["GET", "POST"])
@public
@limited("application")
def apply(code: str) -> ResponseReturnValue:
    call = calls.get(None, code)
    return _apply(call, calls.questions(call))


@bp.route("/groupes/<code>/candidature", methods=["GET", "POST"])
@public
@limited("application")
def ask_in(code: str) -> ResponseReturnValue:
    """Into a group that looks for nobody by a call, but takes who asks."""
    group, person = groups.get(me(), code), me()
    if groups.membership(person, group):
        flash(_("You belong to this group already."))
        return redirect(url_for("space.show", code=code))
    return _apply(group, [])


def _apply(to: Call | Group, questions: list[str]) -> ResponseReturnValue:
    person = me()
    form = _form(person, questions)
    if not queries.takes(to):
        return _closed(to, form)
    if form.validate_on_submit():
        _send(to, person, form) if person else _send_unknown(to, form)
        return _calm() if any(map(intake_queries.is_distress, form.said)) else _done()
    return render("calling/apply.html", form=form, to=to, **_words(to)), 422 if form.errors else 200


def _form(person: Account | None, questions: list[str]) -> ApplyForm:
    """A relay writes for somebody else, whom the site does not know."""
    if person and person.role is Role.RELAY:
        return CarryForm(questions=questions)
    return ApplyForm(data=known(person), questions=questions)


def _words(to: Call | Group) -> dict[str, Any]:
    is_call = isinstance(to, Call)
    return {"title": to.title if isinstance(to, Call) else to.name, "call": to if is_call else None}


def _send(to: Call | Group, person: Account | None, form: ApplyForm) -> None:
    relay = person if isinstance(form, CarryForm) else None
    source = sources.of_relay(relay) if relay else sources.here()
    made, _code = actions.apply(
        to, account=None if relay else person, entered_by=relay, source=source,
        door=_door(relay), **form.typed,
    )  # fmt: skip
    if relay:
        carrying.carry(actions.KIND, made.code, relay=relay, person=made.name or "", consented_at=now())
    _remember(made)
    db.session.commit()


def _send_unknown(to: Call | Group, form: ApplyForm) -> None:
    """A stranger reads the same page whether or not somebody of this name has applied: only they are told."""
    made = actions.apply_unknown(to, source=sources.here(), door=_door(None), **form.typed)
    if made:
        _remember(made)
    else:
        said = form.typed | {"answers": json.dumps(form.typed["answers"], ensure_ascii=False)}
        receipts.keep(unmade.keep(to, door=_door(None), **said))
    db.session.commit()


def _door(relay: Account | None) -> Door:
    if relay:
        return Door.RELAY
    return Door.KIOSK if session.get("kiosk") else Door.WEB


def _remember(made: Application) -> None:
    """Only who sent this form knows its key."""
    receipts.keep(receipts.of(made))


def _done() -> ResponseReturnValue:
    return redirect(url_for("applications.done"))


def _calm() -> ResponseReturnValue:
    return render("intake/calm.html", way_on=url_for("applications.done"))


def _closed(to: Call | Group, form: ApplyForm) -> ResponseReturnValue:
    """Why nobody can apply, and what else there is; a form sent twice shows the same page again."""
    is_sent = form.is_submitted() and form.submission_key.validate(form)
    key = form.submission_key.data or ""
    if is_sent and (before := queries.by_key(key)):
        _remember(before)
        return _done()
    if is_sent and (receipt := unmade.sent(key)):
        receipts.keep(receipt)
        return _done()
    page = render("calling/closed.html", to=to, is_sent=form.is_submitted(), **_words(to))
    return page, 409 if form.is_submitted() else 200


@bp.route("/candidatures/recue")
@public
def done() -> ResponseReturnValue:
    """What this browser has just sent, and its code."""
    receipt = receipts.held()
    if receipt is None:
        return redirect(url_for("calls.index"))
    return render("calling/done.html", receipt=receipt, code=intake.code_of(receipt.key))


@bp.route("/candidatures/numero.pdf")
@public
def slip() -> ResponseReturnValue:
    """The code on a small paper, for who gave a contact too: a paper is found again when a mail is not."""
    receipt = receipts.held() or abort(404)
    sheet = pdf.render("follow_slip", paper.slip(receipt, intake.code_of(receipt.key)), lang=language())
    headers = {"Content-Disposition": 'inline; filename="candidature.pdf"', "Cache-Control": "no-store"}
    return Response(sheet, mimetype="application/pdf", headers=headers)


@bp.route("/candidatures")
def index() -> ResponseReturnValue:
    """All that I applied for with my account."""
    person = me()
    require(person is not None)
    found = queries.of_account(person) if person else ()
    return render("calling/mine.html", applications=found, title_of=telling.title)


def _own(code: str) -> Application:
    followed = session.get("follow") == {"kind": actions.KIND, "ref": code}
    return (unmade.held(code) if followed else None) or queries.own(code, me(), followed=followed)


@bp.route("/candidatures/<code>")
@public
def show(code: str) -> ResponseReturnValue:
    application = _own(code)
    questions = calls.questions(application.call) if application.call else []
    return render(
        "calling/own.html",
        application=application,
        title=telling.title(application),
        said=[pair for pair in zip(questions, application.said, strict=False) if pair[1]],
        is_paused=telling.is_paused(application),
        is_late=queries.is_late(application),
    )


@bp.route("/candidatures/<code>/retrait", methods=["POST"])
@public
@limited("follow")
def withdraw(code: str) -> ResponseReturnValue:
    mine = _own(code)
    if not unmade.take_back(mine):
        actions.withdraw(mine)
    db.session.commit()
    flash(_("Your application is taken back. What you wrote is erased."), "success")
    return redirect(url_for("applications.show", code=code))


@bp.route("/candidatures/<code>/ouvrir/<given>", methods=["GET", "POST"])
@public
@limited("follow")
def arrive(code: str, given: str) -> ResponseReturnValue:
    """The address of a mail. Scanners open it too: only its button lets somebody in."""
    application = queries.get(code)
    if not sealed.is_ours(application, given):
        abort(404)
    if request.method == "GET":
        return render("calling/arrive.html", application=application, title=telling.title(application))
    session["follow"] = {"kind": actions.KIND, "ref": code}
    return redirect(url_for("applications.show", code=code))
