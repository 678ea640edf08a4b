"""The reading desk of free words: one at a time, or all in a list."""

from __future__ import annotations

from urllib.parse import urlencode
from uuid import UUID

from flask import Blueprint, abort, flash, redirect, request, url_for
from flask.typing import ResponseReturnValue

from engage.accounts.session import me, owner
from engage.core.db import db
from engage.core.forms import options
from engage.core.guard import require
from engage.core.i18n import gettext as _
from engage.core.i18n import language, ngettext
from engage.core.render import render
from engage.surveys.questionnaire.names import THEMES
from engage.surveys.results.verbatims import actions, masking, page, queries
from engage.surveys.results.verbatims import permissions as may
from engage.surveys.results.verbatims.forms import CodeForm, DecideForm, VersionForm
from engage.surveys.results.verbatims.queries import Desk, Heard, Listed

STEP = 8  # what two minutes are enough for
PAGE = 25
WAITING = "a-lire"

bp = Blueprint("verbatims_desk", __name__, url_prefix="/equipe/enquetes")


def _desk(code: str) -> Desk:
    require(may.read(me()))
    return queries.desk(code, owner())


def _opened(code: str) -> Desk:
    """The desk once the look of today is noted: who comes by an old address finds the door first."""
    desk = _desk(code)
    if not (desk.is_open and desk.has_looked):
        abort(redirect(url_for("verbatims_desk.index", code=code)))
    return desk


@bp.route("/<code>/paroles")
def index(code: str) -> ResponseReturnValue:
    desk = _desk(code)
    if not (desk.is_open and desk.has_looked):
        return render("verbatims_desk/door.html", desk=desk)
    wanted = {name: request.args.get(name, "") for name in ("theme", "question", "etat")}
    every, filed = queries.listed(desk.wave, owner()), queries.filed(desk.wave)
    kept = [one.id for one in every if _is_wanted(one, filed.get(one.id, []), **wanted)]
    listing = Listing(kept, request.args.get("page", 1, type=int))
    return render(
        "verbatims_desk/index.html",
        desk=desk,
        progress=queries.progress(every),
        page=listing,
        heard=queries.heard(listing.ids),
        wanted=wanted,
        filed=filed,
        counts=page.theme_counts(filed),
        asked=sorted({one.question for one in every}),
        **_names(desk),
    )


def _is_wanted(one: Listed, codes: list[str], *, theme: str, question: str, etat: str) -> bool:
    return (
        (not theme or theme in codes)
        and question in ("", one.question)
        and etat in ("", one.decision or WAITING)
    )


def _names(desk: Desk) -> dict[str, object]:
    return {
        "few": page.few,
        "book": page.headings(queries.book()),
        "labels": {one.code: one.label(language()) for one in queries.book()},
        "questions": page.questions(desk.wave),
        "decisions": page.DECISIONS,
        "marks": page.MARKS,
        "masked": masking.masked,
        "waiting": WAITING,
        "may_keep_book": may.add_code(me()),
    }


class Listing:
    """A page of the list, and the addresses of the others."""

    def __init__(self, ids: list[UUID], number: int) -> None:
        self.total, self.pages = len(ids), max(1, -(-len(ids) // PAGE))
        self.number = min(max(number, 1), self.pages)
        self.ids = ids[(self.number - 1) * PAGE : self.number * PAGE]

    def url(self, number: int) -> str:
        asked = {name: value for name, value in request.args.items() if name != "page" and value}
        return f"{request.path}?{urlencode({**asked, 'page': number})}"


@bp.post("/<code>/paroles/ouverture")
def open_words(code: str) -> ResponseReturnValue:
    require(may.open_words(me()))
    actions.open_words(_desk(code), by=owner())
    db.session.commit()
    return redirect(url_for("verbatims_desk.index", code=code))


@bp.route("/<code>/paroles/lecture")
def read_next(code: str) -> ResponseReturnValue:
    """The next one that waits, `apres` one that is left for later; every eight, a pause."""
    desk = _opened(code)
    place, every = request.args.get("rang", 1, type=int), queries.listed(desk.wave, owner())
    waiting = [one.id for one in every if one.decision is None]
    done = request.args.get("fait", "")
    if not waiting or place > STEP:
        last = queries.heard(page.last_done(done))
        progress = queries.progress(every)
        return render("verbatims_desk/pause.html", desk=desk, progress=progress, last=last, **_told())
    present = _after(waiting, request.args.get("apres", ""))
    heard, *last = queries.heard([present, *page.last_done(done, present)])
    return _page(desk, heard, place=place, waiting=len(waiting), last=last)


def _after(waiting: list[UUID], later: str) -> UUID:
    """Who is left for later comes back when the others are read."""
    at = [str(one) for one in waiting].index(later) + 1 if later in map(str, waiting) else 0
    return waiting[at % len(waiting)]


def _told() -> dict[str, object]:
    return {"decisions": page.DECISIONS, "marks": page.MARKS}


def _page(desk: Desk, heard: Heard, *, place: int, waiting: int, last: list[Heard]) -> ResponseReturnValue:
    return render(
        "verbatims_desk/read.html",
        desk=desk,
        place=place,
        step=min(STEP, place + waiting - 1),
        waiting=waiting,
        last=last,
        language=language(),
        **page.facts(desk.wave, heard),
        **_told(),
    )


@bp.route("/<code>/paroles/<uuid:verbatim_id>", methods=["GET", "POST"])
def decide(code: str, verbatim_id: UUID) -> ResponseReturnValue:
    desk = _opened(code)
    require(may.decide(me()))
    heard = queries.get(desk.wave, verbatim_id)
    if request.method == "GET":
        return _page(desk, heard, place=0, waiting=1, last=[])
    form = DecideForm()
    if not form.validate():
        abort(400)
    actions.decide(heard, **form.values, by=owner())
    db.session.commit()
    place = request.form.get("rang", 0, type=int)
    if place:
        return redirect(url_for("verbatims_desk.read_next", code=code, rang=place + 1, fait=verbatim_id))
    flash(_("It is noted."), "success")
    return redirect(url_for("verbatims_desk.index", code=code))


@bp.post("/<code>/paroles/<uuid:verbatim_id>/annulation")
def undo(code: str, verbatim_id: UUID) -> ResponseReturnValue:
    desk = _opened(code)
    require(may.undo(me()))
    form = VersionForm()
    if not form.validate():
        abort(400)
    actions.undo(queries.get(desk.wave, verbatim_id), **form.values, by=owner())
    db.session.commit()
    return redirect(url_for("verbatims_desk.decide", code=code, verbatim_id=verbatim_id))


@bp.post("/<code>/paroles/fin")
def finish(code: str) -> ResponseReturnValue:
    desk = _opened(code)
    require(may.finish(me()))
    number = actions.finish(desk.wave, by=owner())
    db.session.commit()
    if number:
        flash(ngettext("%(num)s text is erased for good.", "%(num)s texts are erased for good.", number))
    return redirect(url_for("verbatims_desk.index", code=code))


@bp.route("/paroles/themes", methods=["GET", "POST"])
def codes() -> ResponseReturnValue:
    require(may.read(me()))
    form = CodeForm()
    form.theme.choices = options(THEMES.items())
    if form.is_submitted():
        require(may.add_code(me()))
    if form.validate_on_submit():
        actions.add_code(**form.values, by=owner())
        db.session.commit()
        flash(_("The theme is in the book."), "success")
        return redirect(url_for("verbatims_desk.codes"))
    book, own = page.headings(queries.book()), queries.own_codes()
    shown = render(
        "verbatims_desk/codes.html",
        form=form, book=book, own=own, may_keep_book=may.add_code(me()), language=language(),
    )  # fmt: skip
    return shown, 422 if form.errors else 200


@bp.post("/paroles/themes/<code>/retrait")
def remove_code(code: str) -> ResponseReturnValue:
    require(may.remove_code(me()))
    actions.remove_code(queries.own_code(code), by=owner())
    db.session.commit()
    flash(_("The theme has left the book."), "success")
    return redirect(url_for("verbatims_desk.codes"))
