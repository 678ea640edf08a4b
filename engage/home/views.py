"""Pages of home."""

from __future__ import annotations

from typing import NamedTuple

from flask import Blueprint
from flask.sansio.blueprints import BlueprintSetupState
from flask.typing import ResponseReturnValue

from engage.accounts import session
from engage.centre import queries as centre_queries
from engage.core.guard import public
from engage.core.i18n import gettext as _
from engage.core.render import provide, render

bp = Blueprint("home", __name__)


class Way(NamedTuple):
    """An entry of the navigation."""

    endpoint: str
    label: str
    icon: str
    section: str


def ways() -> list[Way]:
    return [
        Way("home.index", _("Home"), "home", "home"),
        Way("ideas.index", _("Ideas"), "idea", "ideas"),
        Way("results.index", _("What is changing"), "flag", "results"),
        Way("intake.follow", _("Follow my message"), "message", "follow"),
    ]


@bp.record_once
def _every_page(state: BlueprintSetupState) -> None:
    provide(
        state.app,
        centre=centre_queries.centre,
        referent=centre_queries.referent,
        me=session.me,
        nav=ways,
        kiosk=lambda: False,
    )


@bp.route("/")
@public
def index(**_kwargs: object) -> ResponseReturnValue:
    return render("skeleton.html")


@bp.route("/accessibilite")
@public
def accessibility(**_kwargs: object) -> ResponseReturnValue:
    return render("skeleton.html")


@bp.route("/donnees-personnelles")
@public
def privacy(**_kwargs: object) -> ResponseReturnValue:
    return render("skeleton.html")


@bp.route("/mentions-legales")
@public
def legal(**_kwargs: object) -> ResponseReturnValue:
    return render("skeleton.html")


@bp.route("/contact")
@public
def contact(**_kwargs: object) -> ResponseReturnValue:
    return render("skeleton.html")


@bp.route("/langue/<code>")
@public
def language(**_kwargs: object) -> ResponseReturnValue:
    return render("skeleton.html")


@bp.route("/taille/<size>")
@public
def text_size(**_kwargs: object) -> ResponseReturnValue:
    return render("skeleton.html")


@bp.route("/couleurs.css")
@public
def theme_css(**_kwargs: object) -> ResponseReturnValue:
    return render("skeleton.html")
