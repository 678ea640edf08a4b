"""Ce qui change: what was said, what was done, what was not retained and why."""

from __future__ import annotations

from collections.abc import Sequence

from flask import Blueprint, Response, abort, request
from flask.typing import ResponseReturnValue

from engage.centre.queries import centre, centre_today
from engage.commitments import queries as commitments
from engage.commitments.models import State
from engage.core import pdf
from engage.core.guard import public
from engage.core.i18n import gettext as _
from engage.core.i18n import language
from engage.core.qr import matrix
from engage.core.render import link, month, render
from engage.ideas.outcomes import queries
from engage.ideas.outcomes.queries import Outcome
from engage.surveys.results.sheet import queries as sheets
from engage.themes import queries as themes

bp = Blueprint("results", __name__, url_prefix="/ce-qui-change")

SHOWN = 200
ON_A_POSTER = 12
SURVEYS = 5


def _wanted() -> tuple[int | None, int | None]:
    """The theme and the year asked for; nonsense asks for nothing."""
    theme = themes.by_code(request.args.get("theme", ""))
    year = request.args.get("annee", "")
    return (theme.id if theme else None), (int(year) if year.isdigit() and len(year) == 4 else None)


@bp.route("")
@public
def index() -> ResponseReturnValue:
    theme_id, year = _wanted()
    cards = queries.commitments(list(State), theme_id=theme_id, year=year, limit=SHOWN)
    return render(
        "results/index.html",
        done=[card for card in cards if card.state == State.DONE],
        under_way=[card for card in cards if card.state in (State.PLANNED, State.UNDER_WAY)],
        given_up=[card for card in cards if card.state == State.ABANDONED],
        declined=queries.declined(theme_id=theme_id, year=year, limit=SHOWN),
        themes=themes.shown(),
        years=queries.years(),
        surveys=sheets.newest(SURVEYS),
        wanted=request.args,
    )


@bp.route("/<code>")
@public
def show(code: str) -> ResponseReturnValue:
    commitment = commitments.get(code)
    return render(
        "results/show.html",
        commitment=commitment,
        steps=commitments.steps(commitment),
        changes=commitments.changes(commitment),
        ideas=queries.sources([commitment.id]).get(commitment.id, []),
        surveys=sheets.behind(commitment),
        today=centre_today(),
    )


def state_words(card: Outcome) -> str:
    """`Fait en octobre 2026`, `En cours, jusqu’à janvier 2027`, `Non retenu, expliqué`"""
    if card.state == State.DONE:
        return _("Done in %(month)s", month=month(card.at))
    if card.state in (State.PLANNED, State.UNDER_WAY) and card.due_on:
        return _("Under way, for %(month)s", month=month(card.due_on))
    if card.state == State.ABANDONED:
        return _("Given up, explained")
    return _("Not retained, explained")


def did_words(card: Outcome) -> str:
    """How "we did" is said for this card."""
    if card.state == State.DONE:
        return _("We did")
    return _("We are doing") if card.state in (State.PLANNED, State.UNDER_WAY) else _("We answered")


@bp.app_context_processor
def _words() -> dict[str, object]:
    return {"state_words": state_words, "did_words": did_words, "theme_name": themes.name}


@bp.route("/affiche-<size>.pdf")
@public
def poster(size: str) -> ResponseReturnValue:
    """The poster of the waiting room, A4 or A3."""
    if size not in ("a4", "a3"):
        abort(404)
    theme_id, year = _wanted()
    cards: Sequence[Outcome] = [
        *queries.commitments([State.DONE], theme_id=theme_id, year=year, limit=ON_A_POSTER // 2),
        *queries.commitments(
            [State.PLANNED, State.UNDER_WAY], theme_id=theme_id, year=year, limit=ON_A_POSTER // 4
        ),
        *queries.declined(theme_id=theme_id, year=year, limit=ON_A_POSTER // 4),
    ]
    paper = pdf.render("results_poster", _poster_data(cards, size), lang=language())
    name = f"ce-qui-change-{size}.pdf"
    return Response(
        paper, mimetype="application/pdf", headers={"Content-Disposition": f'inline; filename="{name}"'}
    )


KINDS = {State.DONE: "done", State.UNDER_WAY: "underway", State.PLANNED: "planned"}


def _poster_card(card: Outcome) -> dict[str, str]:
    kind = KINDS[State(card.state)] if card.kind == "commitment" and card.state in KINDS else "refused"
    return {
        "said_label": _("You said"),
        "said": card.said,
        "did_label": did_words(card),
        "did": card.did,
        "state": state_words(card),
        "kind": kind,
    }


def _poster_data(cards: Sequence[Outcome], size: str) -> dict[str, object]:
    place = centre()
    address = link("results.index")
    return {
        "paper": size,
        "centre": place.name,
        "title": _("What is changing thanks to you"),
        "lead": _("What you said, and what we made of it."),
        "empty": _("Nothing yet. Your idea can be the first."),
        "cards": [_poster_card(card) for card in cards],
        "scan": _("Everything is here:"),
        "address": address,
        "qr": {"rows": matrix(address), "alt": _("Code that opens the page “What is changing”")},
        "contact": _("Or call us:"),
        "phone": place.phone,
    }
