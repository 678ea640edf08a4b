"""What an author may still do with an idea that was sent, without an account."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, flash, redirect, request, session, url_for
from flask.typing import ResponseReturnValue

from engage.accounts.session import me
from engage.core.db import db
from engage.core.guard import public, require
from engage.core.i18n import gettext as _
from engage.core.limits import limited
from engage.core.render import render
from engage.ideas import permissions as may
from engage.ideas import queries
from engage.ideas.box import queries as box
from engage.ideas.box.following import actions
from engage.ideas.box.following.forms import ContactForm, WithdrawForm, WordsForm
from engage.ideas.box.writing.queries import CONTACT
from engage.ideas.models import Idea
from engage.ideas.timeline import queries as timeline
from engage.intake import queries as intake_queries
from engage.intake.models import Reply

bp = Blueprint("following", __name__, url_prefix="/idees")


def _own(code: str) -> Idea:
    granted: dict[str, str] = session.get("follow") or {}
    return queries.own(code, me(), followed=granted == {"kind": "idea", "ref": code})


def _back(idea: Idea) -> ResponseReturnValue:
    return redirect(url_for("ideas.followed", code=idea.code))


def _calm(form: WordsForm, action: str) -> ResponseReturnValue | None:
    """The emergency numbers first, once, when the words may speak of distress; nothing typed is lost."""
    if form.calm.data or not intake_queries.is_distress(form.text.data or ""):
        return None
    fields = {"text": form.text.data, "submission_key": form.submission_key.data, "calm": "y"}
    return render("intake/calm.html", action=action, fields=fields)


def _said(idea: Idea, form: WordsForm, words: str) -> ResponseReturnValue:
    flash(words, "success")
    if intake_queries.is_distress(form.text.data or ""):
        return render("intake/calm.html", way_on=url_for("ideas.followed", code=idea.code), has_code=False)
    return _back(idea)


@bp.route("/<code>/precision", methods=["GET", "POST"])
@public
@limited("draft")
def add(code: str) -> ResponseReturnValue:
    idea = _own(code)
    form = WordsForm()
    if form.validate_on_submit():
        if page := _calm(form, request.path):
            return page
        actions.add(idea, text=form.text.data or "", submission_key=form.submission_key.data or "")
        db.session.commit()
        return _said(idea, form, _("Thank you. The team reads what you added."))
    return render("ideas/following/add.html", form=form, idea=idea), 422 if form.errors else 200


@bp.route("/<code>/question", methods=["GET", "POST"])
@public
@limited("draft")
def answer(code: str) -> ResponseReturnValue:
    idea = _own(code)
    form = WordsForm()
    if form.validate_on_submit():
        if page := _calm(form, request.path):
            return page
        actions.answer(idea, text=form.text.data or "", submission_key=form.submission_key.data or "")
        db.session.commit()
        return _said(idea, form, _("Thank you. The team reads your answer."))
    question = box.open_question(timeline.steps(idea, "author"))
    if question is None and not form.errors:
        return _back(idea)
    page = render("ideas/following/answer.html", form=form, idea=idea, question=question)
    return page, 422 if form.errors else 200


def _held(idea: Idea) -> dict[str, Any]:
    """The contact as the form shows it: in the line of its way."""
    contact = {CONTACT[idea.reply]: idea.contact} if idea.reply in CONTACT else {}
    return {"reply": idea.reply.value, "first_name": idea.first_name, **contact}


@bp.route("/<code>/contact", methods=["GET", "POST"])
@public
def contact(code: str) -> ResponseReturnValue:
    idea = _own(code)
    form = ContactForm(data=_held(idea))
    if form.validate_on_submit():
        reply = Reply(form.reply.data)
        address = form.typed.get(CONTACT.get(reply, "")) or None
        actions.correct_contact(idea, reply=reply, contact=address, first_name=form.first_name.data or "")
        db.session.commit()
        flash(_("It is noted. From now on you hear back this way."), "success")
        return _back(idea)
    return render("ideas/following/contact.html", form=form, idea=idea), 422 if form.errors else 200


@bp.route("/<code>/compte", methods=["POST"])
def claim(code: str) -> ResponseReturnValue:
    idea, person = _own(code), me()
    require(may.claim(person, idea))
    if person is not None:
        actions.claim(idea, by=person)
        db.session.commit()
        flash(_("Your idea is now kept with your account."), "success")
    return _back(idea)


@bp.route("/<code>/retrait", methods=["GET", "POST"])
@public
def withdraw(code: str) -> ResponseReturnValue:
    idea = _own(code)
    form = WithdrawForm()
    if form.validate_on_submit():
        actions.withdraw(idea)
        db.session.commit()
        flash(_("Your idea is withdrawn."), "success")
        return _back(idea)
    return render("ideas/following/withdraw.html", form=form, idea=idea), 422 if form.errors else 200
