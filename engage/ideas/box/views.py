"""Reading ideas: the list, one idea, its picture, its paper, its supports."""

from __future__ import annotations

import re
import secrets

from flask import Blueprint, Response, abort, current_app, redirect, request, session, url_for
from flask.typing import ResponseReturnValue

from engage.accounts.session import me
from engage.centre import queries as centre_queries
from engage.core import pdf
from engage.core.cache import remember
from engage.core.db import db
from engage.core.guard import public, require
from engage.core.i18n import language
from engage.core.limits import limited
from engage.core.render import link, render
from engage.groups.deciding.permissions import spoken_for
from engage.ideas import actions, queries
from engage.ideas import permissions as may
from engage.ideas.box import listing
from engage.ideas.box import queries as box
from engage.ideas.models import Idea, Progress, short_title
from engage.ideas.timeline import queries as timeline
from engage.ideas.timeline.promise import promise
from engage.intake import registry
from engage.themes import queries as themes
from engage.uploads import queries as pictures

bp = Blueprint("ideas", __name__, url_prefix="/idees")
registry.shows("idea", "ideas.followed")

DEVICE_SECONDS = 365 * 86400
DEVICE = re.compile(r"[\w-]{32}", re.ASCII)
FEED_LENGTH = 30


def _follows(code: str) -> bool:
    """Whether the follow-up code of this idea was typed in this browser."""
    granted: dict[str, str] = session.get("follow") or {}
    return granted.get("kind") == "idea" and granted.get("ref") == code


def _get(code: str) -> Idea:
    return queries.get(code, me(), followed=_follows(code))


def _device() -> str:
    return request.cookies.get(_device_cookie(), "")


def _device_cookie() -> str:
    return "__Host-device" if _on_tls() else "device"


def _on_tls() -> bool:
    return bool(current_app.config["SESSION_COOKIE_SECURE"])


def _leaf(wanted: listing.Wanted, number: int) -> listing.Leaf:
    today = centre_queries.centre_today()
    return remember(("ideas", wanted, number, today), lambda: listing.page(wanted, number, today))


@bp.route("")
@public
def index() -> ResponseReturnValue:
    wanted, number = box.wanted(request.args), box.number(request.args)
    leaf = _leaf(wanted, number)
    if not leaf.lines and number > 1:
        number = box.last(_leaf(wanted, 1).total)
        leaf = _leaf(wanted, number)
    return render(
        "ideas/index.html",
        leaf=leaf,
        page=box.Page(request.args, number, leaf.total),
        wanted=wanted,
        themes=themes.everything(),
        theme_name=box.theme_name,
        stages=list(Progress),
        orders=box.ORDERS,
        promise=remember("promise", promise, seconds=60),
        looks=box.looks,
    )


@bp.route("/flux.xml")
@public
def feed() -> ResponseReturnValue:
    entries = remember("feed", lambda: listing.newest(FEED_LENGTH))
    return Response(
        render("ideas/feed.xml", entries=entries, link=link, short_title=short_title),
        mimetype="application/atom+xml",
    )


def _is_mine(idea: Idea) -> bool:
    person = me()
    return _follows(idea.code) or (person is not None and idea.account_id == person.id)


@bp.route("/<code>")
@public
def show(code: str) -> ResponseReturnValue:
    """Strangers all read the same, kept for some seconds; who is known here reads it as it is now."""
    is_stranger = me() is None and not _follows(code)
    if is_stranger:
        shown = remember(("idea", code, language()), lambda: box.shown(_get(code)))
    else:
        idea = _get(code)
        shown = box.shown(idea)
    voices = _voices(shown) if shown.is_public else None
    return render(
        "ideas/show.html",
        shown=shown,
        is_mine=not is_stranger and _is_mine(idea),
        voices=voices,
        address=link("ideas.show", code=code),
        qr_of=box.qr_of,
        speaks=voices is not None and _speaks(voices),
    )


def _speaks(voices: queries.Voices) -> bool:
    """Whether this reader speaks for a group: asked of who belongs to one, and of the team."""
    person = me()
    may_be = person is not None and (voices.belongs or person.is_staff)
    return may_be and bool(spoken_for(person))


def _voices(shown: box.Shown) -> queries.Voices:
    """Asked anew for whoever may have supported; others read the count of some seconds ago."""
    if me() is None and not _device():
        return queries.Voices(shown.support_count, mine=False)
    return queries.voices(shown.code, me(), _device())


@bp.route("/<code>/photo")
@public
def photo(code: str) -> ResponseReturnValue:
    idea, person = _get(code), me()
    sees_all = _is_mine(idea) or (person is not None and person.is_staff)
    if idea.photo is None or not (sees_all or idea.photo_is_public):
        abort(404)
    return pictures.response(idea.photo)


@bp.route("/<code>/partage")
@public
def share(code: str) -> ResponseReturnValue:
    idea = _get(code)
    if not idea.is_public:
        abort(404)
    paper = pdf.render("idea_share", box.sheet(idea, timeline.steps(idea, "public")), lang=language())
    headers = {"Content-Disposition": f'inline; filename="idee-{idea.code}.pdf"'}
    return Response(paper, mimetype="application/pdf", headers=headers)


@bp.route("/<code>/soutien", methods=["POST"])
@public
@limited("support")
def support(code: str) -> ResponseReturnValue:
    """The one deed that leaves a cookie: twelve months, random, its digest alone is kept."""
    idea = _get(code)
    require(may.support(me(), idea) and not session.get("kiosk"))
    device = _device() if DEVICE.fullmatch(_device()) else secrets.token_urlsafe(24)
    actions.support(idea, by=me(), device=device)
    db.session.commit()
    answer = redirect(url_for("ideas.show", code=code, _anchor="soutien"))
    if me() is None:
        answer.set_cookie(
            _device_cookie(), device, max_age=DEVICE_SECONDS, samesite="Lax", secure=_on_tls(), httponly=True
        )
    return answer


@bp.route("/<code>/soutien/retrait", methods=["POST"])
@public
@limited("support")
def stop_supporting(code: str) -> ResponseReturnValue:
    idea = _get(code)
    require(may.stop_supporting(me(), idea))
    actions.stop_supporting(idea, by=me(), device=_device())
    db.session.commit()
    return redirect(url_for("ideas.show", code=code, _anchor="soutien"))


@bp.route("/suivie", defaults={"code": None})
@bp.route("/<code>/suivie")
@public
def followed(code: str | None) -> ResponseReturnValue:
    """The author's own page. What it says is drawn again when the idea has changed, or after some seconds."""
    granted: dict[str, str] = session.get("follow") or {}
    code = code or (granted.get("ref") if granted.get("kind") == "idea" else None)
    if code is None:
        return redirect(url_for("intake.follow"))
    stamp, person = queries.stamp(code), me()
    if stamp is None or not (_follows(code) or (person and stamp.account_id == person.id)):
        abort(404)
    key = ("followed", code, stamp, person is None, language())
    part = _mine(code) if stamp.merged_into_id else remember(key, lambda: _mine(code))
    return render("ideas/followed.html", part=part)


def _mine(code: str) -> str:
    idea = queries.own(code, me(), followed=_follows(code))
    steps = timeline.steps(idea, "author")
    return render(
        "ideas/_mine.html",
        idea=idea,
        received_at=idea.received_at,
        steps=box.told(steps),
        awaited=box.awaited(idea),
        question=box.open_question(steps),
        may_claim=may.claim(me(), idea),
        look=box.looks(idea.progress),
        theme=box.theme_name(idea.theme_id),
    )
