"""From a first word to an idea that is sent: four steps, each at its own address, without script."""

from __future__ import annotations

from flask import Blueprint, Response, abort, flash, redirect, request, session, url_for
from flask.typing import ResponseReturnValue
from werkzeug import Response as Redirect

from engage.accounts.session import me
from engage.core import pdf
from engage.core.db import db
from engage.core.guard import public
from engage.core.i18n import gettext as _
from engage.core.i18n import language
from engage.core.limits import limited
from engage.core.render import render, render_kept
from engage.ideas import actions, queries
from engage.ideas.box.writing import queries as written
from engage.ideas.box.writing import steps
from engage.ideas.box.writing.forms import ReplyForm, SendForm, TextForm, ThemeForm
from engage.ideas.models import Idea
from engage.intake import actions as intake
from engage.intake import drafts
from engage.intake.models import Door, Draft
from engage.themes import queries as themes
from engage.uploads import actions as uploads
from engage.uploads import queries as pictures

bp = Blueprint("writing", __name__, url_prefix="/idees/nouvelle")

# What the buttons of the first step say of who speaks.
SPEAKS = {"helper": True, "alone": False}


def _gone() -> Redirect:
    session.pop("draft", None)
    flash(_("Your draft is no longer here. You can write again."))
    return redirect(url_for("writing.new"))


@bp.route("", methods=["GET", "POST"])
@public
@limited("draft")
def new() -> ResponseReturnValue:
    draft = steps.draft()
    typed = written.typed(draft)
    helper = typed.get("helper", request.args.get("pour") == "quelqu-un")
    if request.method == "GET" and draft is None and not helper:
        return render_kept(
            "ideas/writing/new.html", lambda: {"form": TextForm(), "draft": None, "photo": None}
        )
    form = TextForm(data=typed, for_somebody=helper)
    if request.method == "GET":
        return render("ideas/writing/new.html", form=form, draft=draft, photo=draft and draft.photo)
    go = request.form.get("go", "")
    is_ready = form.validate()
    draft = steps.keep(draft, **form.typed, helper=SPEAKS.get(go, helper), ready=is_ready)
    _keep_photo(draft, form)
    db.session.commit()
    way = {"": "writing.theme", "way_out": "intake.other_way"}.get(go, "writing.new")
    if way == "writing.theme" and not is_ready:
        return render("ideas/writing/new.html", form=form, draft=draft, photo=draft.photo), 422
    return redirect(url_for(way))


def _keep_photo(draft: Draft, form: TextForm) -> None:
    """A good photo is kept even when the words must be looked at again: a browser would not send it twice."""
    if draft.photo and (form.photo.data or form.drop_photo.data):
        uploads.erase(draft.photo)
        draft.photo = None
    if form.photo.data and not session.get("kiosk"):
        draft.photo = uploads.keep(form.photo.data, alt=form.alt.data or "")
    elif draft.photo:
        draft.photo.alt = form.alt.data or ""


@bp.route("/photo")
@public
def photo() -> ResponseReturnValue:
    draft = steps.draft()
    if draft is None or draft.photo is None:
        abort(404)
    return pictures.response(draft.photo)


@bp.route("/theme", methods=["GET", "POST"])
@public
def theme() -> ResponseReturnValue:
    icons = {theme.code: theme.icon for theme in themes.shown()}
    if steps.is_awaited("theme"):
        return render_kept("ideas/writing/theme.html", lambda: {"form": ThemeForm(), "icons": icons})
    if steps.is_added("theme", ThemeForm()):
        db.session.commit()
        return redirect(url_for("writing.reply"))
    draft = steps.draft()
    if draft is None:
        return _gone()
    form = ThemeForm(data=draft.values)
    if form.validate_on_submit():
        steps.keep(draft, **form.typed)
        db.session.commit()
        return redirect(url_for("writing.reply"))
    return render("ideas/writing/theme.html", form=form, icons=icons), 422 if form.errors else 200


@bp.route("/reponse", methods=["GET", "POST"])
@public
def reply() -> ResponseReturnValue:
    person = me()
    if person is None and steps.is_awaited("reply"):
        return render_kept("ideas/writing/reply.html", lambda: {"form": ReplyForm()})
    if steps.is_added("reply", ReplyForm()):
        db.session.commit()
        return redirect(url_for("writing.review"))
    draft = steps.draft()
    if draft is None:
        return _gone()
    form = ReplyForm(data=written.with_contact_of(person, draft.values))
    if form.validate_on_submit():
        steps.keep(draft, **form.typed)
        db.session.commit()
        return redirect(url_for("writing.review"))
    return render("ideas/writing/reply.html", form=form), 422 if form.errors else 200


@bp.route("/relecture")
@public
def review() -> ResponseReturnValue:
    draft = steps.draft()
    if draft is None:
        return _gone()
    if missing := written.missing_step(draft):
        return redirect(url_for(missing))
    form = SendForm(data={"submission_key": draft.values["key"]})
    return render("ideas/writing/review.html", form=form, photo=draft.photo, **written.review(draft.values))


@bp.route("/pause", methods=["GET", "POST"])
@public
def pause() -> ResponseReturnValue:
    draft = steps.draft()
    if draft is None:
        return _gone()
    if request.method == "POST":
        steps.keep(draft, calm=True)
        db.session.commit()
        return redirect(url_for("writing.review"))
    return render("intake/calm.html", fields={}, action=url_for("writing.pause"))


@bp.route("/envoi", methods=["POST"])
@public
@limited("idea")
def send() -> ResponseReturnValue:
    form = SendForm()
    key = form.submission_key.data or "" if form.validate() else ""
    draft = drafts.take(session.get("draft"), "idea")
    if draft is None or draft.values["key"] != key:
        db.session.rollback()
        return _sent_before(draft, key)
    if missing := written.missing_step(draft):
        db.session.rollback()
        return redirect(url_for(missing))
    door = Door.KIOSK if session.get("kiosk") else Door.WEB
    idea, _code = actions.receive(**written.said(draft, door), account=me())
    db.session.expunge(draft)
    session.pop("draft")
    way_on = _sent(idea, key)
    db.session.commit()
    return way_on


def _sent_before(draft: Draft | None, key: str) -> Redirect:
    """Only the author knows the key of this form: a second sending shows the same page again."""
    if idea := queries.sent(key):
        return _sent(idea, key)
    return redirect(url_for("writing.review")) if draft else _gone()


def _sent(idea: Idea, key: str) -> Redirect:
    session["sent"] = key
    if not session.get("kiosk"):
        session["follow"] = {"kind": "idea", "ref": idea.code}
    return redirect(url_for("writing.calm" if idea.is_distress else "writing.sent"))


@bp.route("/appui")
@public
def calm() -> ResponseReturnValue:
    return render("intake/calm.html", way_on=url_for("writing.sent"))


@bp.route("/envoyee")
@public
def sent() -> ResponseReturnValue:
    idea = queries.sent(session.get("sent", ""))
    if idea is None:
        return redirect(url_for("writing.new"))
    return render("ideas/writing/sent.html", idea=idea, code=intake.code_of(idea.submission_key))


@bp.route("/numero.pdf")
@public
def slip() -> ResponseReturnValue:
    idea = queries.sent(session.get("sent", ""))
    if idea is None:
        abort(404)
    paper = pdf.render(
        "follow_slip", written.slip(idea, intake.code_of(idea.submission_key)), lang=language()
    )
    headers = {"Content-Disposition": 'inline; filename="numero-de-suivi.pdf"', "Cache-Control": "no-store"}
    return Response(paper, mimetype="application/pdf", headers=headers)


@bp.route("/effacer", methods=["POST"])
@public
def wipe() -> ResponseReturnValue:
    if draft := steps.draft():
        drafts.erase(draft)
        db.session.commit()
        flash(_("Your draft is erased."))
    session.pop("draft", None)
    return redirect(url_for("writing.new"))
