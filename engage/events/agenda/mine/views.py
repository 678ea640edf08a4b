"""What I signed up for: how it stands, taking or leaving a place, changing who comes; a GET only shows."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, Response, abort, flash, redirect, request, url_for
from flask.typing import ResponseReturnValue

from engage.accounts.models import Account, Role
from engage.accounts.session import me, owner
from engage.centre.queries import centre_today
from engage.core.db import db
from engage.core.guard import public
from engage.core.i18n import gettext as _
from engage.core.limits import limited
from engage.core.render import render
from engage.events import sealed
from engage.events.after import actions as after
from engage.events.after import feedback
from engage.events.after.attesting import paper as attestation
from engage.events.after.attesting import queries as attesting
from engage.events.after.hours import queries as hours
from engage.events.after.words import duration
from engage.events.agenda import ical, mailed, own, queries, words
from engage.events.agenda.forms import PartyForm, typed_before
from engage.events.joining import changing
from engage.events.joining import queries as joining
from engage.events.kinds import ACTIVE, CAME, Reminded, SignUpState
from engage.events.programme import actions as programme
from engage.events.programme import queries as programmes
from engage.events.programme import words as slot_words
from engage.events.reminding import actions as reminding
from engage.events.reminding import ways
from engage.events.reminding.forms import WAYS, WishForm
from engage.events.signing import actions
from engage.events.signing import queries as signed
from engage.events.signing.models import SignUp
from engage.intake import queries as intake_queries
from engage.intake import registry
from engage.outbox import attached

LAST_DATES = 12
bp = Blueprint("sign_ups", __name__, url_prefix="/evenements/inscription")
registry.shows(own.KIND, "sign_ups.show")
attached.with_mails_about(own.KIND, mailed.calendar)


@bp.route("")
@public
def follow() -> ResponseReturnValue:
    """The way in: what the account has, what this browser follows, else the page that asks for the code."""
    person, code = me(), own.followed()
    if person is not None:
        signs = signed.of_account(person)
        groups = joining.of_account(person)
        return render("events/mine/index.html", sign_ups=signs, groups=groups, words=words, **_gave(person))
    return redirect(url_for("sign_ups.show", code=code) if code else url_for("intake.follow"))


def _gave(person: Account) -> dict[str, Any]:
    """Where somebody came lately; what a partner patient gave this year."""
    year = centre_today().year
    given = hours.of(person, year) if person.role is Role.PARTNER else None
    attended = hours.attended(person, LAST_DATES)
    return {
        "attended": attended,
        "given": given and given.dates and given,
        "year": year,
        "duration": duration,
    }


@bp.route("/<code>/ouvrir/<given>", methods=["GET", "POST"])
@public
@limited("follow")
def arrive(code: str, given: str) -> ResponseReturnValue:
    """The address of a mail. Scanners open it too: only its button lets somebody in."""
    if not sealed.is_ours(code, given):
        abort(404)
    sign_up = signed.by_code(code)
    if request.method == "GET":
        return render("events/mine/arrive.html", sign_up=sign_up)
    own.follow(sign_up)
    return redirect(url_for("sign_ups.show", code=code))


def _page(sign_up: SignUp) -> dict[str, Any]:
    shown = queries.find(sign_up.occurrence.code) or abort(404)
    is_over = shown.line.is_over or shown.line.is_cancelled
    can_act = sign_up.state in ACTIVE and not is_over
    way = ways.now_by(sign_up) if can_act and ways.open_to(sign_up) else None
    is_stopped = way is Reminded.MAIL and ways.is_stopped(sign_up)
    reminded = _("None: you stopped these mails.") if is_stopped else WAYS[way] if way else None
    page = {"shown": shown, "line": shown.line, "words": words, "can_act": can_act, "is_stopped": is_stopped}
    return {"sign_up": sign_up, "reminded": reminded, **page}


@bp.route("/<code>")
@public
def show(code: str) -> ResponseReturnValue:
    sign_up = own.get(code, me())
    page = _page(sign_up)
    chosen = programmes.plainly_chosen(sign_up) if page["shown"].to_choose else ()
    has_come = attesting.is_attested(sign_up)
    asks = feedback.is_open(sign_up.occurrence) and sign_up.state in (SignUpState.CONFIRMED, *CAME)
    return render(
        "events/mine/show.html",
        opinion=sealed.feedback_seal(page["line"].code) if asks else "",
        **page,
        ahead=words.ahead(signed.ahead(sign_up)),
        chosen=chosen,
        slot_words=slot_words,
        has_come=has_come,
    )


@bp.route("/<code>/attestation.pdf")
@public
def attest(code: str) -> ResponseReturnValue:
    """In writing, that they came: for who came, under a name."""
    sign_up = own.get(code, me())
    if not attesting.is_attested(sign_up):
        abort(404)
    return attestation.response([sign_up], sign_up.occurrence)


@bp.route("/attestation/<date>.pdf")
def attest_kept(date: str) -> ResponseReturnValue:
    """The same for a partner patient, whose presence outlives the list."""
    person = owner()
    kept = hours.kept_date(date, person) or abort(404)
    return attestation.response([attesting.Kept(person.full_name)], kept)


def _back(sign_up: SignUp, sentence: str) -> ResponseReturnValue:
    db.session.commit()
    flash(sentence, "success")
    return redirect(url_for("sign_ups.show", code=sign_up.code))


@bp.route("/<code>/rappel", methods=["GET", "POST"])
@public
@limited("sign_up")
def remind(code: str) -> ResponseReturnValue:
    """Another way to be reminded, or none."""
    sign_up = own.get(code, me())
    page = _page(sign_up)
    now_by = Reminded.NOT if page["is_stopped"] else ways.now_by(sign_up)
    form = WishForm(ways.open_to(sign_up), now_by)
    if not page["reminded"]:
        return redirect(url_for("sign_ups.show", code=code))
    if form.validate_on_submit():
        reminding.prefer(sign_up, **form.values)
        changing.prefer(sign_up, **form.values)
        return _back(sign_up, _("Your change is noted."))
    return render("events/mine/remind.html", form=form, **page), 422 if form.errors else 200


@bp.route("/<code>/place", methods=["POST"])
@public
def accept(code: str) -> ResponseReturnValue:
    sign_up = own.get(code, me())
    actions.accept(sign_up)
    return _back(sign_up, _("The place is yours. See you soon!"))


@bp.route("/<code>/refus", methods=["POST"])
@public
def decline(code: str) -> ResponseReturnValue:
    sign_up = own.get(code, me())
    actions.decline(sign_up)
    return _back(sign_up, _("Thank you. The place goes to somebody else."))


@bp.route("/<code>/annulation", methods=["GET", "POST"])
@public
def cancel(code: str) -> ResponseReturnValue:
    sign_up = own.get(code, me())
    if request.method == "GET":
        page = _page(sign_up)
        if not page["can_act"]:
            return redirect(url_for("sign_ups.show", code=code))
        return render("events/mine/cancel.html", **page)
    actions.cancel(sign_up)
    return _back(sign_up, _("Your sign-up is cancelled. Thank you for telling us."))


@bp.route("/<code>/changement", methods=["GET", "POST"])
@public
@limited("sign_up")
def change(code: str) -> ResponseReturnValue:
    sign_up = own.get(code, me())
    page = _page(sign_up)
    shown, held = page["shown"], [slot.id for slot in programmes.chosen(sign_up)]
    typed = typed_before(sign_up) | {"slots": held}
    form = PartyForm(data=typed, questions=shown.questions, slots=shown.to_choose, held=held)
    if form.validate_on_submit():
        actions.change(sign_up, **form.party)
        if form.chosen is not None:
            programme.choose(sign_up, form.chosen)
        after.agree_to_photos(sign_up, form.photos.data)
        answer = _back(sign_up, _("Your change is noted."))
        return _calm(sign_up) if intake_queries.is_distress(form.said) else answer
    if not page["can_act"]:
        return redirect(url_for("sign_ups.show", code=code))
    return render("events/mine/change.html", form=form, **page), 422 if form.errors else 200


@bp.route("/<code>/photos", methods=["POST"])
@public
def agree_to_photos(code: str) -> ResponseReturnValue:
    """Also after the date: somebody sees themselves, and does not want to."""
    sign_up, yes = own.get(code, me()), request.form.get("photos") == "yes"
    after.agree_to_photos(sign_up, yes)
    no = _("It is noted. Do you see yourself on one of our pictures? Tell us: we take it away.")
    return _back(sign_up, _("It is noted: you agree to be on pictures.") if yes else no)


def _calm(sign_up: SignUp) -> ResponseReturnValue:
    way_on = url_for("sign_ups.show", code=sign_up.code)
    return render("intake/calm.html", way_on=way_on, has_code=False)


@bp.route("/<code>.ics")
@public
def file(code: str) -> ResponseReturnValue:
    """The date for one's own calendar, with the link to take part from home for who has a place."""
    sign_up = own.get(code, me())
    line = _page(sign_up)["line"]
    event = sign_up.occurrence.event
    link = event.online_link or "" if sign_up.state is SignUpState.CONFIRMED else ""
    content = ical.written([line], name=line.discreet_title, online_link=link)
    headers = {"Content-Disposition": f'attachment; filename="{line.code}.ics"', "Cache-Control": "no-store"}
    return Response(content, mimetype=ical.MIMETYPE, headers=headers)
