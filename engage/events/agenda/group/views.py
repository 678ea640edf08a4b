"""A group: joining it once, and one's own page with each coming date; a GET only shows."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, Response, abort, flash, redirect, request, session, url_for
from flask.typing import ResponseReturnValue

from engage.accounts.models import Account, Role
from engage.accounts.session import me
from engage.core import pdf
from engage.core.clock import now
from engage.core.db import db
from engage.core.guard import public
from engage.core.i18n import gettext as _
from engage.core.i18n import language, ngettext
from engage.core.limits import limited
from engage.core.render import render
from engage.events import queries as found
from engage.events.agenda import paper, words
from engage.events.agenda.entering.forms import EnterForm, known
from engage.events.agenda.group.forms import ChangeForm, wish
from engage.events.agenda.queries import Question
from engage.events.joining import actions, changing, excusing, queries, telling
from engage.events.joining.models import Member
from engage.events.joining.queries import Coming
from engage.events.models import Event, Occurrence
from engage.events.reminding import actions as reminding
from engage.events.reminding.forms import WAYS
from engage.events.signing import actions as signing
from engage.events.signing.models import SignUp
from engage.intake import actions as intake
from engage.intake import queries as intake_queries
from engage.intake import registry
from engage.involvement.carrying import actions as carrying

KIND = "member"
bp = Blueprint("groups", __name__, url_prefix="/evenements")
registry.shows(KIND, "groups.show")


def _group(code: str) -> Occurrence:
    """A date of an event that is joined once. Aborts with 404."""
    date = found.get_occurrence(code)
    return date if date.event.is_joined_once else abort(404)


def _questions(event: Event) -> list[Question]:
    return [Question(one.text, one.is_required) for one in found.questions(event)]


@bp.route("/<code>/groupe", methods=["GET", "POST"])
@public
@limited("sign_up")
def join(code: str) -> ResponseReturnValue:
    """Once, on one screen; from then on the person is signed up for each coming date."""
    date, (person, relay) = _group(code), _who(me())
    form = EnterForm(data=known(person), questions=_questions(date.event), is_for_another=relay is not None)
    if not form.validate_on_submit():
        page = render("joining/join.html", form=form, date=date, event=date.event)
        return page, 422 if form.errors else 200
    member, _code = actions.join(date.event, account=person, by=relay, **form.wanted)
    if relay is not None:
        carrying.carry(KIND, member.code, relay=relay, person=form.wanted["name"], consented_at=now())
    db.session.commit()
    if relay is None:
        _follow(member)
    session["joined"] = member.submission_key
    way_on = url_for("groups.joined")
    return (
        render("intake/calm.html", way_on=way_on)
        if intake_queries.is_distress(form.said)
        else redirect(way_on)
    )


def _who(person: Account | None) -> tuple[Account | None, Account | None]:
    """Whose wish it is, and who brings that of somebody without an account here: it is recorded."""
    is_relay = person is not None and person.role is Role.RELAY
    return (None, person) if is_relay else (person, None)


def _follow(member: Member) -> None:
    session["follow"] = {"kind": KIND, "ref": member.code}


@bp.route("/groupe/bienvenue")
@public
def joined() -> ResponseReturnValue:
    """What this browser has just joined, with the code: it cannot be found again."""
    member = queries.by_submission(session.get("joined", ""))
    if member is None:
        return redirect(url_for("events.index"))
    code = intake.code_of(member.submission_key)
    page = {"member": member, "dates": queries.coming(member), "code": code}
    return render("joining/joined.html", **page, is_followed=_is_followed(member))


@bp.route("/groupe/numero.pdf")
@public
def slip() -> ResponseReturnValue:
    """The same on a small paper."""
    member = queries.by_submission(session.get("joined", "")) or abort(404)
    said = paper.group_slip(member, intake.code_of(member.submission_key))
    sheet = pdf.render("follow_slip", said, lang=language())
    headers = {"Content-Disposition": 'inline; filename="groupe.pdf"', "Cache-Control": "no-store"}
    return Response(sheet, mimetype="application/pdf", headers=headers)


@bp.route("/groupe/<code>/ouvrir/<given>", methods=["GET", "POST"])
@public
@limited("follow")
def arrive(code: str, given: str) -> ResponseReturnValue:
    """The address of a mail. Scanners open it too: only its button lets somebody in."""
    if not telling.is_ours(code, given):
        abort(404)
    member = queries.by_code(code)
    if request.method == "GET":
        return render("joining/arrive.html", member=member)
    _follow(member)
    return redirect(url_for("groups.show", code=code))


def _is_followed(member: Member) -> bool:
    granted: dict[str, Any] = session.get("follow") or {}
    return granted.get("kind") == KIND and granted.get("ref") == member.code


def _mine(code: str) -> Member:
    """Only for who joined, by account or by code. Aborts with 404."""
    member, person = queries.by_code(code), me()
    is_theirs = person is not None and member.account_id == person.id
    return member if is_theirs or _is_followed(member) else abort(404)


@bp.route("/groupe/<code>")
@public
def show(code: str) -> ResponseReturnValue:
    member = _mine(code)
    dates = [] if member.left_at else queries.coming(member)
    way = wish(member)
    page = {"member": member, "dates": dates, "questions": _questions(member.event), "words": words}
    return render("joining/show.html", **page, reminded=WAYS[way] if way else None)


@bp.route("/groupe/<code>/changement", methods=["GET", "POST"])
@public
@limited("sign_up")
def change(code: str) -> ResponseReturnValue:
    """Once for all dates to come; each that has no room for more people keeps those it had."""
    member = _mine(code)
    if member.left_at:
        return redirect(url_for("groups.show", code=code))
    form = ChangeForm.of(member, _questions(member.event))
    if not form.validate_on_submit():
        return render("joining/change.html", form=form, member=member), 422 if form.errors else 200
    behind = _change(member, form)
    db.session.commit()
    flash(_behind(behind) if behind else _("Your change is noted."), "success")
    way_on = url_for("groups.show", code=code)
    is_distress = intake_queries.is_distress(form.said)
    return render("intake/calm.html", way_on=way_on, has_code=False) if is_distress else redirect(way_on)


def _change(member: Member, form: ChangeForm) -> list[SignUp]:
    behind = changing.change(member, **form.party)
    changing.agree_to_photos(member, form.photos.data)
    if form.wish:
        member.reminded_by = form.wish
        reminding.prefer_for(queries.to_come(member), form.wish)
    return behind


def _behind(dates: list[SignUp]) -> str:
    return ngettext(
        "Your change is noted. On %(num)s date there is no room for more people: it stands below.",
        "Your change is noted. On %(num)s dates there is no room for more people: they stand below.",
        len(dates),
    )


def _on(code: str, date: str) -> tuple[Coming, SignUp]:
    """A date of somebody who still belongs to the group, with their sign-up. Aborts with 404."""
    member = _mine(code)
    one = abort(404) if member.left_at else queries.on(member, date)
    return one, one.sign_up or abort(404)


def _back(code: str, sentence: str) -> ResponseReturnValue:
    db.session.commit()
    flash(sentence, "success")
    return redirect(url_for("groups.show", code=code))


@bp.route("/groupe/<code>/<date>/absence", methods=["POST"])
@public
def excuse(code: str, date: str) -> ResponseReturnValue:
    _one, sign_up = _on(code, date)
    excusing.excuse(sign_up)
    return _back(code, _("Thank you for telling us. See you next time!"))


@bp.route("/groupe/<code>/<date>/retour", methods=["POST"])
@public
def come_back(code: str, date: str) -> ResponseReturnValue:
    _one, sign_up = _on(code, date)
    excusing.come_back(sign_up)
    return _back(code, str(words.STATES[sign_up.state][1]))


@bp.route("/groupe/<code>/<date>/place", methods=["POST"])
@public
def accept(code: str, date: str) -> ResponseReturnValue:
    """A place came free for who waited."""
    _one, sign_up = _on(code, date)
    signing.accept(sign_up)
    return _back(code, _("The place is yours. See you soon!"))


@bp.route("/groupe/<code>/depart", methods=["GET", "POST"])
@public
def leave(code: str) -> ResponseReturnValue:
    member = _mine(code)
    if member.left_at:
        return redirect(url_for("groups.show", code=code))
    if request.method == "GET":
        return render("joining/leave.html", member=member)
    actions.leave(member)
    return _back(code, _("You have left the group. You may come back whenever you like."))
