"""Answering: one question a screen or all on one page, each step kept, the last one sent once."""

from __future__ import annotations

from flask import Blueprint, Response, flash, redirect, request, url_for
from flask.typing import ResponseReturnValue
from werkzeug import Response as Redirect

from engage.core.db import db
from engage.core.guard import public
from engage.core.i18n import gettext as _
from engage.core.limits import limited
from engage.core.render import render
from engage.intake import drafts
from engage.outbox.models import Channel as Way
from engage.surveys.answering import actions, queries
from engage.surveys.answering import words as plain_words
from engage.surveys.answering.facts import Facts
from engage.surveys.answering.filling import Filled, filled
from engage.surveys.answering.steps import care, pages, sending, writing
from engage.surveys.answering.steps import session as own
from engage.surveys.answering.steps.forms import NoticeForm
from engage.surveys.answering.steps.pages import known
from engage.surveys.answering.steps.writing import Writing

bp = Blueprint("survey_steps", __name__, url_prefix="/questionnaires/<code>")


@bp.after_request
def _leave_nothing(response: Response) -> Response:
    """The next person at this screen finds nothing by going back."""
    response.headers["Cache-Control"] = "no-store"
    return response


def _held(facts: Facts) -> Writing | None:
    """What this browser writes; nothing once it was sent, or may be sent no more. A POST holds it alone."""
    if not own.may_go_on(facts):
        return None
    held = own.found(facts, alone=request.method == "POST")
    return None if held is None or held.is_sent else held


def _away(facts: Facts) -> ResponseReturnValue:
    """Sent before, closed, or gone: said once, with every word that came along."""
    held = own.found(facts)
    if held is not None and held.is_sent:
        own.finish(facts.code)
    if own.is_done(facts.code):
        return redirect(url_for("survey_steps.thanks", code=facts.code))
    if request.method == "GET":
        return redirect(url_for("surveys.show", code=facts.code))
    typed = pages.typed(facts, {**(held.answers if held else {}), **pages.carried()})
    is_gone = own.may_go_on(facts)
    page = "surveys/gone.html" if is_gone else "surveys/closed.html"
    return render(page, facts=facts, is_begun=False, is_late=True, typed=typed), 409


@bp.route("/suite")
@public
def go_on(code: str) -> ResponseReturnValue:
    """Where this person is: the question they left, or the first that has no answer."""
    facts = known(code)
    held = _held(facts)
    return _away(facts) if held is None else redirect(pages.place(facts, held.values))


@bp.route("/question/<key>", methods=["GET", "POST"])
@public
def question(code: str, key: str) -> ResponseReturnValue:
    facts = known(code)
    held = _held(facts)
    if held is None:
        return _away(facts)
    if request.method == "POST":
        return _answer(facts, held, key)
    found = filled(facts.document, held.answers)
    if key not in found.taken:
        return redirect(pages.place(facts, held.values))
    if own.takes_calm():
        return pages.calm(facts)
    return pages.one(facts, held, found, key, is_checked="revoir" in request.args)


def _answer(facts: Facts, held: Writing, key: str) -> ResponseReturnValue:
    """Keep what came, then go where the button says; forward only with an answer that can stand."""
    go, given = request.form.get("go", ""), {key: [], **pages.carried()}
    if go == "skip":
        given = {name: [] for name in given}
    found = filled(facts.document, {**held.answers, **given})
    writing.take(held, facts, given, at=key)
    is_wrong = go in pages.FORWARD and key in found.wrong
    if go == "send" and not is_wrong:
        return _send(facts, held, found)
    _heed(found, go)
    writing.keep(held, facts)
    db.session.commit()
    if is_wrong:
        return pages.one(facts, held, found, key, is_checked=True), 422
    return redirect(pages.after(facts, found, key, go))


def _heed(found: Filled, go: str) -> None:
    """What this step changes in this browser alone."""
    if go == "words":
        own.turn_words()
    if go in pages.FORWARD and own.calm_is_due(care.is_distress(care.texts(found))):
        own.show_calm_next()


def _send(facts: Facts, held: Writing, found: Filled, *, is_read_again: bool = False) -> ResponseReturnValue:
    """Send, unless something is wrong, or the words deserve a second look first."""
    said = care.texts(found)
    is_calm_due = own.calm_is_due(care.is_distress(said))
    if is_calm_due:
        own.show_calm_next()
    if found.wrong or is_calm_due or (not is_read_again and care.names_somebody(said)):
        writing.keep(held, facts)
        db.session.commit()
        return redirect(pages.again(facts, held, found))
    sending.send(held, facts, found, begun_at=own.begun_at(facts))
    db.session.commit()
    own.finish(facts.code)
    return redirect(url_for("survey_steps.thanks", code=facts.code))


@bp.route("/tout", methods=["GET", "POST"])
@public
def together(code: str) -> ResponseReturnValue:
    """Every question on one page; what is answered where nothing was asked counts for nothing."""
    facts = known(code)
    held = _held(facts)
    if held is None:
        return _away(facts)
    if request.method == "GET":
        if own.takes_calm():
            return pages.calm(facts)
        return pages.all_of_them(facts, held, is_checked="revoir" in request.args)
    go, given = request.form.get("go", ""), pages.whole(facts)
    found = filled(facts.document, given)
    writing.take(held, facts, given)
    if go == "send" and not found.wrong:
        return _send(facts, held, found)
    _heed(found, go)
    writing.keep(held, facts)
    db.session.commit()
    if go == "send":
        return pages.all_of_them(facts, held, is_checked=True), 422
    return redirect(pages.after(facts, found, "", go))


@bp.route("/relecture", methods=["GET", "POST"])
@public
def review(code: str) -> ResponseReturnValue:
    """Never on the way of who does not ask for it, unless words would tell who is meant."""
    facts = known(code)
    held = _held(facts)
    if held is None:
        return _away(facts)
    found = filled(facts.document, held.answers)
    if request.method == "GET":
        return pages.calm(facts) if own.takes_calm() else pages.read_again(facts, held, found)
    if request.form.get("go") == "mask":
        writing.take(held, facts, care.without_names(found))
        found = filled(facts.document, held.answers)
    return _send(facts, held, found, is_read_again=True)


@bp.route("/plus-tard")
@public
def later(code: str) -> ResponseReturnValue:
    """The four words that bring this person back, from any device."""
    facts = known(code)
    held = _held(facts)
    if held is None:
        return _away(facts)
    words = plain_words.shown(own.words())
    own.set_aside()
    return render("surveys/later.html", facts=facts, words=words, until=held.draft.expires_at)


@bp.route("/effacer", methods=["POST"])
@public
def wipe(code: str) -> Redirect:
    facts = known(code)
    if held := _held(facts):
        drafts.erase(held.draft)
        db.session.commit()
        flash(_("Your answers are erased. Nothing was sent."))
    own.leave()
    return redirect(url_for("surveys.show", code=facts.code))


@bp.route("/merci")
@public
def thanks(code: str) -> ResponseReturnValue:
    facts = known(code)
    if not own.is_done(code):
        return redirect(url_for("surveys.show", code=code))
    return render("surveys/thanks.html", facts=facts, form=NoticeForm())


@bp.route("/prevenir", methods=["POST"])
@public
@limited("notice")
def notice(code: str) -> ResponseReturnValue:
    """Where to tell that the results are here: kept apart from the answers, in a unit of its own."""
    facts, form = known(code), NoticeForm()
    if not own.is_done(code):
        return redirect(url_for("surveys.show", code=code))
    if not form.validate_on_submit():
        return render("surveys/thanks.html", facts=facts, form=form), 422
    contact = form.contact.data or ""
    if own.is_new_notice(contact):
        channel = Way.MAIL if form.is_mail else Way.PHONE
        actions.ask_notice(queries.wave_by_code(code), channel=channel, contact=contact)
        db.session.commit()
    flash(_("It is noted. We will tell you when the results are here."), "success")
    return redirect(url_for("survey_steps.thanks", code=code))
