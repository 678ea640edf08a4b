"""The desk of applications: who waits for an answer, and answering each in words."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, flash, redirect, request, url_for
from flask.typing import ResponseReturnValue

from engage.accounts.session import me, owner
from engage.core.db import db
from engage.core.errors import Refused
from engage.core.guard import require
from engage.core.i18n import gettext as _
from engage.core.render import link, render
from engage.groups.calling import queries as calls
from engage.groups.calling.applying import actions, queries, telling
from engage.groups.calling.applying import permissions as may
from engage.groups.calling.applying.forms import AcceptForm, AnswersForm, EnterForm, RefuseForm
from engage.groups.calling.models import Application
from engage.groups.calling.ready import ready
from engage.groups.models import Side
from engage.involvement.words import DOORS, REACHED

bp = Blueprint("applications_desk", __name__, url_prefix="/equipe/candidatures")


@bp.route("")
def index() -> ResponseReturnValue:
    require(may.read(me()))
    page = queries.to_answer(request.args.get("page", 1, type=int))
    over = queries.answered()
    return render("calling_desk/applications.html", page=page, over=over, title_of=telling.title)


@bp.route("/appel/<code>/nouvelle", methods=["GET", "POST"])
def enter(code: str) -> ResponseReturnValue:
    """Somebody told us on the phone, on paper or at reception."""
    require(may.enter(me()))
    call = calls.get(me(), code)
    form = EnterForm(questions=calls.questions(call))
    if not form.validate_on_submit():
        page = render("calling_desk/enter.html", form=form, call=call)
        return page, 422 if form.errors else 200
    made, follow_up = actions.apply(call, entered_by=owner(), door=form.door.data, **form.typed)
    actions.look(made, by=owner())
    db.session.commit()
    flash(_("It is noted. Give this person their follow-up code: %(code)s", code=follow_up), "success")
    return _shown(made)


def _shown(application: Application) -> ResponseReturnValue:
    return redirect(url_for("applications_desk.show", code=application.code))


def _page(application: Application, **more: Any) -> str:
    questions = calls.questions(application.call) if application.call else []
    side = application.call.side if application.call else Side.PATIENT
    drafts = {"version": application.version}
    ends_on = queries.usual_end(application.group) if application.group else None
    yes = {"answer": ready().accept, "side": side, "mandate_ends_on": ends_on}
    shown = {
        "questions": questions,
        "said": list(zip(questions, [*application.said, "", "", ""], strict=False)),
        "title": telling.title(application),
        "accepting": AcceptForm(formdata=None, data=yes | drafts),
        "refusing": RefuseForm(formdata=None, data={"refusal": ready().refuse, **drafts}),
        "is_paused": telling.is_paused(application),
        "doors": DOORS,
        "ways": REACHED,
        "contact": None,
    }
    return render("calling_desk/application.html", application=application, **shown | more)


@bp.route("/<code>")
def show(code: str) -> ResponseReturnValue:
    """What was said, once the look of today is noted."""
    require(may.read(me()))
    application = queries.get(code)
    if queries.is_shut(application, owner()):
        title = telling.title(application)
        return render("calling_desk/application_door.html", application=application, title=title)
    return _page(application)


@bp.post("/<code>/ouverture")
def look(code: str) -> ResponseReturnValue:
    """Each look at what somebody said is noted, once a day."""
    require(may.look(me()))
    application = _looked(code)
    db.session.commit()
    return _shown(application)


@bp.post("/<code>/contact")
def view_contact(code: str) -> ResponseReturnValue:
    require(may.view_contact(me()))
    application = _looked(code)
    actions.view_contact(application, by=owner())
    db.session.commit()
    return _page(application, contact=application.contact or "")


def _looked(code: str) -> Application:
    """Whoever sends something about it is shown what it says: the look is noted here too."""
    application = queries.get(code)
    actions.look(application, by=owner())
    return application


def _again(application: Application, **forms: Any) -> ResponseReturnValue:
    db.session.commit()
    return _page(application, **forms), 422


@bp.route("/<code>/reponses", methods=["GET", "POST"])
def note_answers(code: str) -> ResponseReturnValue:
    """What somebody said aloud when we called; what was typed before midnight is not lost after it."""
    require(may.note_answers(me()))
    application = _looked(code) if request.method == "POST" else queries.get(code)
    if queries.is_shut(application, owner()):
        return _shown(application)
    questions = calls.questions(application.call) if application.call else []
    held = {f"answer_{place}": words for place, words in enumerate(application.said, 1)}
    form = AnswersForm(data=held)
    form.ask(questions)
    if not form.validate_on_submit():
        page = render("calling_desk/answers.html", form=form, application=application)
        db.session.commit()  # the look
        return page, 422 if form.errors else 200
    actions.note_answers(application, answers=form.said, by=owner())
    db.session.commit()
    flash(_("What they said is noted."), "success")
    return _shown(application)


def _same(application: Application, version: int | None) -> None:
    if application.version != version:
        raise Refused(_("Someone else has just changed this application. Please look again before you send."))


@bp.post("/<code>/accord")
def accept(code: str) -> ResponseReturnValue:
    require(may.accept(me()))
    application, form = _looked(code), AcceptForm()
    if not form.validate():
        return _again(application, accepting=form)
    _same(application, form.version.data)
    said = {"answer": form.answer.data or "", "side": form.side.data}
    code = actions.accept(application, **said, mandate_ends_on=form.mandate_ends_on.data, by=owner())
    if code:
        where = link("belonging.arrive", code=code)
        flash(
            _("This invitation is for this person alone. Write it down for them: %(address)s", address=where)
        )
    return _told(application)


@bp.post("/<code>/refus")
def refuse(code: str) -> ResponseReturnValue:
    require(may.refuse(me()))
    application, form = _looked(code), RefuseForm()
    if not form.validate():
        return _again(application, refusing=form)
    _same(application, form.version.data)
    actions.refuse(application, answer=form.refusal.data or "", other_way=form.proposed, by=owner())
    return _told(application)


def _told(application: Application) -> ResponseReturnValue:
    db.session.commit()
    flash(_("Your answer is on its way, by the channel this person chose."), "success")
    return _shown(application)
