"""Rounds of reading at the desk: people are invited, sheets typed in; then what may be said of the text."""

from __future__ import annotations

from datetime import timedelta

from flask import Blueprint, Response, abort, flash, redirect, request, url_for
from flask.typing import ResponseReturnValue

from engage.accounts.session import me, owner
from engage.centre.queries import centre_today
from engage.core.db import db
from engage.core.guard import require
from engage.core.i18n import gettext as _
from engage.core.i18n import language
from engage.core.render import render
from engage.groups import queries as groups
from engage.pages import languages
from engage.pages import queries as pages
from engage.pages.models import Body
from engage.pages.rounds import actions, paper, queries, results
from engage.pages.rounds import permissions as may
from engage.pages.rounds.forms import BeginForm, ChangedForm, InviteForm, SheetForm, typed
from engage.pages.rounds.models import ReadingRound, RoundReader
from engage.pages.rounds.words import KINDS, MARKS
from engage.pages.words import ALREADY_DONE

bp = Blueprint("rounds_desk", __name__, url_prefix="/equipe")
DAYS_TO_READ = 21


@bp.get("/pages/<slug>/relectures")
def index(slug: str) -> ResponseReturnValue:
    """The rounds of a page, and its versions to be read."""
    require(may.see_desk(me()))
    page = pages.by_slug(slug)
    return render(
        "rounds_desk/index.html", page=page, rounds=queries.of_page(page), versions=queries.versions(page),
        is_open=queries.is_open, own_name=languages.own_name,
    )  # fmt: skip


@bp.route("/pages/<slug>/relectures/<language>/<int:number>", methods=["GET", "POST"])
def begin(slug: str, language: str, number: int) -> ResponseReturnValue:
    version = queries.version(slug, language, number)
    require(may.begin(me(), version))
    body = Body.SHORT if version.short.strip() else Body.SIMPLE
    form = BeginForm(data={"body": body, "closes_on": centre_today() + timedelta(days=DAYS_TO_READ)})
    running = groups.everything()
    form.offer(version, running)
    if not form.validate_on_submit():
        return render("rounds_desk/begin.html", form=form, version=version), 422 if form.errors else 200
    group = next((one for one in running if one.id == form.group.data), None)
    made = actions.begin(
        version, body=form.body.data, group=group, closes_on=form.closes_on.data or centre_today(), by=owner()
    )
    return _kept(made, _("The round is open. Now invite people."))


def _kept(round_: ReadingRound, said: str, kind: str = "success") -> ResponseReturnValue:
    db.session.commit()
    flash(said, kind)
    return redirect(url_for("rounds_desk.show", code=round_.code))


@bp.get("/relectures/<code>")
def show(code: str) -> ResponseReturnValue:
    """Who reads and how far, what each line was to them, and what comes next."""
    require(may.see_desk(me()))
    round_ = queries.get(code)
    readers, marks = queries.readers(round_), queries.all_marks(round_)
    return render(
        "rounds_desk/show.html", round=round_, version=round_.version, page=round_.version.page,
        readers=readers, read=results.read(marks), heard=results.heard(round_, marks),
        is_open=queries.is_open(round_), can_print=paper.can_print(round_), kinds=KINDS, marks=MARKS,
        concerned=results.concerned(readers), least=actions.LEAST_CONCERNED, invite_form=InviteForm(),
        changed_form=ChangedForm(obj=round_), may_allow=may.allow(me(), round_), own_name=languages.own_name,
    )  # fmt: skip


@bp.post("/relectures/<code>/invitations")
def invite(code: str) -> ResponseReturnValue:
    round_, form = queries.get(code), InviteForm()
    require(may.invite(me(), round_))
    if not form.validate():
        abort(400)
    if form.is_first():
        actions.invite(round_, name=form.name.data or "", by=owner())
    return _kept(round_, _("The invitation is ready: print it, and hand it over."))


def _reader(code: str, who: str) -> RoundReader:
    return queries.invited(queries.get(code), who) or abort(404)


@bp.post("/relectures/<code>/lecteurs/<who>/retrait")
def dismiss(code: str, who: str) -> ResponseReturnValue:
    require(may.see_desk(me()))
    round_ = queries.get(code)
    reader = queries.invited(round_, who)
    if reader is None:
        return _kept(round_, ALREADY_DONE, "info")
    require(may.dismiss(me(), reader))
    actions.dismiss(reader, by=owner())
    return _kept(round_, _("The invitation is taken back."))


@bp.get("/relectures/<code>/lecteurs/<who>/invitation.pdf")
def slip(code: str, who: str) -> ResponseReturnValue:
    """The code on paper, for one person."""
    reader = _reader(code, who)
    require(may.invite(me(), reader.round) and reader.secret_digest is not None)
    return _printed(paper.slip(reader, lang=language()), f"invitation-{who}")


@bp.get("/relectures/<code>/feuille.pdf")
def form(code: str) -> ResponseReturnValue:
    """The text with three boxes a line, for who reads on paper."""
    round_ = queries.get(code)
    require(may.see_desk(me()))
    if not paper.can_print(round_):
        abort(404)
    return _printed(paper.form(round_), f"relecture-{code}")


def _printed(made: bytes, name: str) -> Response:
    headers = {"Content-Disposition": f'inline; filename="{name}.pdf"'}
    return Response(made, mimetype="application/pdf", headers=headers)


@bp.route("/relectures/<code>/lecteurs/<who>/feuille", methods=["GET", "POST"])
def enter(code: str, who: str) -> ResponseReturnValue:
    """What somebody ticked on paper."""
    reader = _reader(code, who)
    require(may.enter(me(), reader))
    form, lines = SheetForm(obj=reader), queries.lines(reader.round)
    if form.validate_on_submit():
        said = typed(request.form, lines)
        actions.enter(reader, kind=form.kind.data, overall=form.overall.data or "", marks=said, by=owner())
        return _kept(reader.round, _("The sheet is kept. Thank this person for us!"))
    held = {number: (one.mark, one.remark) for number, one in queries.marks(reader).items()}
    page = render("rounds_desk/enter.html", reader=reader, form=form, lines=lines, held=held, marks=MARKS)
    return page, 422 if form.errors else 200


@bp.post("/relectures/<code>/fin")
def close(code: str) -> ResponseReturnValue:
    round_ = queries.get(code)
    require(may.close(me(), round_))
    actions.close(round_, by=owner())
    return _kept(round_, _("The round is closed. Thank your readers!"))


@bp.post("/relectures/<code>/changements")
def say_changed(code: str) -> ResponseReturnValue:
    round_, form = queries.get(code), ChangedForm()
    require(may.say_changed(me(), round_))
    if not form.validate():
        abort(400)
    actions.say_changed(round_, changed=form.changed.data or "", by=owner())
    return _kept(round_, _("It is noted."))


@bp.post("/relectures/<code>/mention")
def allow(code: str) -> ResponseReturnValue:
    round_ = queries.get(code)
    require(may.allow(me(), round_))
    actions.allow(round_, by=owner())
    return _kept(round_, _("This version may now say that it is easy to read."))


@bp.post("/relectures/<code>/mention/retrait")
def take_back(code: str) -> ResponseReturnValue:
    round_ = queries.get(code)
    require(may.take_back(me(), round_))
    actions.take_back(round_, by=owner())
    return _kept(round_, _("The mention is taken back."))
