"""The front door, and the pages every site owes its readers."""

from __future__ import annotations

from datetime import timedelta
from typing import NamedTuple
from urllib.parse import urlsplit

from flask import Blueprint, Response, abort, current_app, request, url_for
from flask.sansio.blueprints import BlueprintSetupState
from flask.typing import ResponseReturnValue

from engage.accounts import session
from engage.centre import queries as centre_queries
from engage.centre.models import Referent
from engage.commitments.models import State
from engage.core.cache import remember
from engage.core.guard import public
from engage.core.i18n import LANGUAGES
from engage.core.i18n import gettext as _
from engage.core.i18n import language as language_now
from engage.core.render import provide, render
from engage.events.agenda import queries as agenda
from engage.events.agenda import words
from engage.ideas.outcomes import queries as outcomes
from engage.ideas.outcomes.queries import Outcome
from engage.ideas.timeline.promise import promise
from engage.surveys.answering import facts as surveys
from engage.uploads import queries as uploads

bp = Blueprint("home", __name__)

YEAR_SECONDS = 365 * 86400
ON_THE_FRONT = 3


class Way(NamedTuple):
    """An entry of the navigation."""

    endpoint: str
    label: str
    icon: str
    section: str


def ways() -> list[Way]:
    """The navigation: six entries at most."""
    return [
        Way("home.index", _("Home"), "home", "home"),
        Way("ideas.index", _("Ideas"), "idea", "ideas"),
        Way("events.index", _("Events"), "calendar", "events"),
        Way("results.index", _("What is changing"), "flag", "results"),
        Way("involvement.index", _("Take part"), "people", "participate"),
        Way("pages.index", _("Understand"), "book", "pages"),
    ]


def _shown_referent() -> Referent | None:
    """The referent stands on every page but the team's own."""
    return None if request.path.startswith("/equipe") else centre_queries.referent()


@bp.record_once
def _every_page(state: BlueprintSetupState) -> None:
    provide(
        state.app,
        centre=centre_queries.centre,
        referent=_shown_referent,
        me=session.me,
        survey_beside=lambda: surveys.beside,
        nav=lambda: remember(("nav", language_now()), ways),
    )


def _latest() -> tuple[Outcome, ...]:
    """One thing done, one under way, one not retained: refusals are part of the conversation."""
    wanted = [
        outcomes.commitments([State.DONE], theme_id=None, year=None, limit=2),
        outcomes.commitments([State.UNDER_WAY, State.PLANNED], theme_id=None, year=None, limit=2),
        outcomes.declined(theme_id=None, year=None, limit=1),
    ]
    first = [cards[0] for cards in wanted if cards]
    rest = [card for cards in wanted for card in cards[1:]]
    return tuple((first + rest)[:ON_THE_FRONT])


@bp.route("/")
@public
def index() -> ResponseReturnValue:
    promised = centre_queries.centre_today() + timedelta(days=centre_queries.centre().answer_days)
    cards = remember(("front", language_now()), _latest)
    kept = remember("promise", promise, seconds=60)
    return render(
        "home/index.html",
        promised=promised,
        cards=cards,
        kept_promise=kept,
        surveys=surveys.open_now(),
        next_date=agenda.next_up(),
        when=words.when,
    )


def _back() -> str:
    """The page of our own that the person comes from."""
    came = urlsplit(request.referrer or "")
    wanted = request.args.get("next") or (f"{came.path}?{came.query}" if came.netloc == request.host else "")
    ours = wanted.startswith("/") and not wanted.startswith(("//", "/\\")) and "\\" not in wanted
    return wanted if ours and not urlsplit(wanted).netloc else url_for("home.index")


@bp.route("/langue/<code>")
@public
def language(code: str) -> ResponseReturnValue:
    if code not in LANGUAGES:
        abort(404)
    return _preference("language", code)


@bp.route("/taille/<size>")
@public
def text_size(size: str) -> ResponseReturnValue:
    if size not in ("normal", "large"):
        abort(404)
    return _preference("text_size", size)


def _preference(name: str, value: str) -> Response:
    answer = Response("", 302, {"Location": _back()})
    secure = current_app.config["SESSION_COOKIE_SECURE"]
    answer.set_cookie(name, value, max_age=YEAR_SECONDS, samesite="Lax", secure=secure, httponly=True)
    return answer


def _mixed(colour: str, other: int, share: float) -> str:
    """`#rrggbb` moved by `share` towards the grey `other` (0 black, 255 white)."""
    channels = [int(colour[at : at + 2], 16) for at in (1, 3, 5)]
    return "#" + "".join(f"{round(channel + (other - channel) * share):02x}" for channel in channels)


def _shades(name: str, colour: str) -> dict[str, str]:
    """The chosen colour, darker for text on tints, and two tints."""
    tints = {"900": (0, 0.25), "100": (255, 0.85), "50": (255, 0.93)}
    made = {shade: _mixed(colour, other, share) for shade, (other, share) in tints.items()}
    return {f"--{name}-{shade}": value for shade, value in {"700": colour, **made}.items()}


@bp.route("/couleurs.css")
@public
def theme_css() -> ResponseReturnValue:
    """The centre's own colours, over those of the style sheet."""
    centre = centre_queries.centre()
    chosen = [("teal", centre.colour), ("clay", centre.deed_colour)]
    shades = {key: value for name, colour in chosen if colour for key, value in _shades(name, colour).items()}
    rules = "".join(f"{name}:{value};" for name, value in shades.items())
    return Response(f":root{{{rules}}}", mimetype="text/css")


@bp.route("/images/<name>")
@public
def picture(name: str) -> ResponseReturnValue:
    """The logo and the portraits of the referents."""
    return uploads.response(centre_queries.shown_picture(name))


@bp.route("/accessibilite")
@public
def accessibility() -> ResponseReturnValue:
    return render("home/accessibility.html")


@bp.route("/donnees-personnelles")
@public
def privacy() -> ResponseReturnValue:
    return render("home/privacy.html")


@bp.route("/mentions-legales")
@public
def legal() -> ResponseReturnValue:
    return render("home/legal.html")


@bp.route("/contact")
@public
def contact() -> ResponseReturnValue:
    days = centre_queries.closing_days(centre_queries.centre_today())
    return render("home/contact.html", closing_days=days, referents=centre_queries.referents())
