"""Questionnaires from outside: the list, the first screen of each, the four words that bring one back."""

from __future__ import annotations

from flask import Blueprint, abort, redirect, request, session, url_for
from flask.typing import ResponseReturnValue

from engage.core.db import db
from engage.core.guard import public
from engage.core.i18n import gettext as _
from engage.core.limits import limited
from engage.core.render import render, render_kept
from engage.intake import registry
from engage.surveys.answering import facts as waves
from engage.surveys.answering import queries, starts
from engage.surveys.answering import words as plain_words
from engage.surveys.answering.facts import Facts
from engage.surveys.answering.kinds import ChannelKind
from engage.surveys.answering.steps import screens, sending, writing
from engage.surveys.answering.steps import session as own
from engage.surveys.answering.steps.pages import BEGUN, known, place
from engage.surveys.questionnaire import queries as questionnaires
from engage.uploads import queries as files

bp = Blueprint("surveys", __name__, url_prefix="/questionnaires")

# What an address may say of where it stood: counted, trusted for nothing else.
CAME_BY = {"affiche": ChannelKind.POSTER, "idee": ChannelKind.IDEA, "evenement": ChannelKind.EVENT}


def _offer() -> registry.Offer | None:
    wave = queries.kiosk_wave()
    if wave is None:
        return None
    return registry.Offer(
        title=wave.title,
        words=_("A few questions. No name, no account."),
        go=_("Answer the questions"),
        url=url_for("surveys.show", code=wave.code),
        icon="form",
    )


registry.offers_on_a_kiosk(
    _offer,
    opens=("surveys.show", "surveys.begin", "surveys.wording", "surveys.listen", "survey_steps."),
)
registry.keeps_a_draft(own.WORDS, writing.KIND)


@bp.route("")
@public
def index() -> ResponseReturnValue:
    return render("surveys/index.html", waves=waves.open_now(), finished=waves.with_results())


@bp.route("/<code>")
@public
def show(code: str) -> ResponseReturnValue:
    facts = known(code)
    if facts.takes() and not facts.may_enter(on_kiosk="kiosk" in session):
        return render("surveys/elsewhere.html", facts=facts)
    is_begun = own.may_go_on(facts) and own.found(facts) is not None
    if not facts.takes():
        return render("surveys/closed.html", facts=facts, is_begun=is_begun, is_late=False, typed=[])
    if is_begun:
        page = render("surveys/first.html", **_first(facts, is_begun=True))
    else:
        page = render_kept("surveys/first.html", lambda: _first(facts), code, own.variant())
    return page.replace(BEGUN, starts.seal(code))


def _first(facts: Facts, *, is_begun: bool = False, error: str = "") -> dict[str, object]:
    return {
        "facts": facts,
        "span": waves.span(facts),
        "is_begun": is_begun,
        "asks_ticket": ChannelKind.SLIPS in facts.doors and not session.get("kiosk"),
        "ticket": request.form.get("ticket", ""),
        "came_by": request.values.get("par", ""),
        "error": error,
        "has_short": screens.has_short(facts.document),
        "variant": own.variant(),
        "begun": BEGUN,
    }


@bp.route("/<code>/debut", methods=["POST"])
@public
@limited("survey")
def begin(code: str) -> ResponseReturnValue:
    """The moment of the first screen counts as the beginning: its form brings it, sealed."""
    facts = known(code)
    if not own.may_go_on(facts):
        return render("surveys/closed.html", facts=facts, is_begun=False, is_late=True, typed=[]), 409
    if not facts.may_enter(on_kiosk="kiosk" in session):
        return render("surveys/elsewhere.html", facts=facts), 409
    ticket = request.form.get("ticket", "").strip()
    if error := _ticket_error(facts, ticket):
        page = render("surveys/first.html", **_first(facts, error=error))
        return page.replace(BEGUN, starts.seal(code) if facts.takes() else own.start()), 422
    together = request.form.get("together") == "yes"
    words, values = writing.begin(
        facts, channel=_channel(facts, ticket), ticket=ticket, together=together, former=own.found(facts)
    )
    db.session.commit()
    own.enter(words, own.start() if own.begun_at(facts) else starts.seal(code))
    return redirect(place(facts, values))


def _ticket_error(facts: Facts, ticket: str) -> str:
    if ticket:
        return sending.check_ticket(facts, ticket)
    is_closed_without = facts.needs_ticket and not (session.get("kiosk") and ChannelKind.KIOSK in facts.doors)
    return _("Type the code that stands on your paper.") if is_closed_without else ""


def _channel(facts: Facts, ticket: str) -> ChannelKind:
    """How this person came, as far as the wave counts it apart."""
    if ticket:
        return ChannelKind.SLIPS
    said = CAME_BY.get(request.form.get("par", ""), ChannelKind.LINK)
    wanted = ChannelKind.KIOSK if session.get("kiosk") else said
    others = [one for one in (ChannelKind.LINK, *CAME_BY.values()) if one in facts.doors]
    return wanted if wanted in facts.doors else next(iter(others), ChannelKind.LINK)


@bp.route("/<code>/voix/<key>/<language>/<variant>")
@public
def listen(code: str, key: str, language: str, variant: str) -> ResponseReturnValue:
    """A question read aloud."""
    if (key, language, variant) not in known(code).heard:
        abort(404)
    recordings = questionnaires.recordings(queries.wave_by_code(code).version)
    return files.response(recordings[key][language, variant])


@bp.route("/<code>/mots", methods=["POST"])
@public
def wording(code: str) -> ResponseReturnValue:
    """Short words, or the usual ones again."""
    facts = known(code)
    own.turn_words()
    return redirect(url_for("surveys.show", code=facts.code))


@bp.route("/reprendre", methods=["GET", "POST"])
@public
@limited("resume")
def resume() -> ResponseReturnValue:
    """The four words are posted, never in an address. Where they lead, this browser takes up."""
    typed = request.form.get("words", "")
    if request.method == "GET":
        return render("surveys/resume.html", typed="", error="")
    held = writing.find(plain_words.understood(typed))
    facts = waves.find(held.code) if held else None
    if held is None or facts is None:
        error = _("We find nothing under these words. Please compare each one with your note.")
        return render("surveys/resume.html", typed=typed, error=error), 422
    if held.is_sent:
        return render("surveys/sent_before.html", facts=facts)
    # What these words find was begun before the end: nobody begins after it.
    own.enter(plain_words.understood(typed), starts.seal(facts.code, by=facts.closes_at))
    return redirect(place(facts, held.values))
