"""Composing the sheet of results: figures, words, promises, a look at it, and publishing."""

from __future__ import annotations

from itertools import groupby
from typing import Any

from flask import Blueprint, abort, flash, redirect, url_for
from flask.typing import ResponseReturnValue

from engage.accounts.session import me, owner
from engage.commitments import queries as commitments
from engage.core.db import db
from engage.core.forms import options
from engage.core.guard import require
from engage.core.i18n import gettext as _
from engage.core.i18n import language
from engage.core.render import render
from engage.reading import measure
from engage.surveys.answering.models import Wave
from engage.surveys.questionnaire import queries as questionnaires
from engage.surveys.questionnaire.document import words
from engage.surveys.questionnaire.names import THEMES
from engage.surveys.results.sheet import actions, paper, pictures, queries, telling
from engage.surveys.results.sheet import permissions as may
from engage.surveys.results.sheet.forms import ComposeForm, PromiseForm, TieForm, VersionForm, WithdrawForm
from engage.surveys.results.sheet.models import SurveySheet
from engage.surveys.results.showing import Results
from engage.surveys.results.verbatims import queries as verbatims

bp = Blueprint("sheet_desk", __name__, url_prefix="/equipe/enquetes/<code>/feuille")


def _edition(wave: Wave) -> tuple[SurveySheet | None, SurveySheet | None]:
    """The edition that is being composed, and the last one that left the desk."""
    every = queries.editions(wave)
    for one in every:
        one.wave = wave
    draft = next((one for one in every if one.is_draft), None)
    return draft, next((one for one in every if not one.is_draft), None)


def _here(wave: Wave) -> ResponseReturnValue:
    return redirect(url_for("sheet_desk.compose", code=wave.code))


def _version() -> dict[str, int]:
    form = VersionForm()
    return form.values if form.validate() else abort(400)


@bp.route("", methods=["GET", "POST"])
def compose(code: str) -> ResponseReturnValue:
    require(may.see(me()))
    wave = queries.wave(code)
    form = ComposeForm()
    if form.is_submitted():
        require(may.compose(me()))
    if form.validate_on_submit():
        actions.compose(wave, **form.values, by=owner())
        db.session.commit()
        flash(_("The sheet is kept. Look at it before you publish it."), "success")
        return _here(wave)
    return _composing(wave, form), 422 if form.errors else 200


def _composing(wave: Wave, form: ComposeForm) -> str:
    draft, last = _edition(wave)
    seen = queries.shown(wave)
    if not form.is_submitted():
        form = ComposeForm(data=_as_typed(draft) if draft else {"version": 0})
    return render(
        "sheet_desk/compose.html",
        wave=wave,
        draft=draft,
        last=last,
        results=seen,
        form=form,
        may_compose=may.compose(me()),
        **(_offered(wave, draft, seen) if seen and (draft or not last) else {}),
    )


def _as_typed(draft: SurveySheet) -> dict[str, Any]:
    quotes = [one["id"] for one in draft.quotes]
    return {
        "figures": draft.figures, "quotes": quotes, "heard": draft.heard, "promised": draft.promised,
        "version": draft.version,
    }  # fmt: skip


def _offered(wave: Wave, draft: SurveySheet | None, seen: Results) -> dict[str, object]:
    """What may be chosen, and how the texts read."""
    offers = pictures.offers(seen)
    texts = {"heard": draft.heard, "promised": draft.promised} if draft else {}
    return {
        "offers": [(question, list(some)) for question, some in groupby(offers, lambda one: one.question)],
        "choosable": queries.choosable(wave),
        "ties": queries.ties(draft) if draft else [],
        "abouts": dict(_abouts(wave)),
        "readings": {name: measure(text) for name, text in texts.items() if text},
        "unreleased": [one for text in texts.values() for one in telling.unreleased(text, offers)],
        "least": actions.LEAST,
        "most": actions.MOST,
        "most_quotes": actions.MOST_QUOTES,
    }


def _abouts(wave: Wave) -> list[tuple[str, str]]:
    """What a commitment may answer: a question, or a theme of the words."""
    asked = [one for one in questionnaires.document(wave.version).questions if one.type.has_choices]
    themes = dict.fromkeys(one.theme for one in verbatims.book())
    return [
        *((f"question:{one.key}", words(one.text, language())) for one in asked),
        *((f"theme:{one}", str(THEMES[one])) for one in themes),
    ]


def _draft(code: str) -> tuple[SurveySheet, Results]:
    """What a preview shows; 404 before anything is composed or released."""
    require(may.see(me()))
    draft = queries.composed(code)
    seen = queries.shown(draft.wave)
    return (draft, seen) if seen else abort(404)


@bp.route("/apercu")
def preview(code: str) -> ResponseReturnValue:
    draft, seen = _draft(code)
    told = queries.sketched(draft, seen)
    return render(
        "survey_sheet/show.html", sheet=draft, told=told, telling=telling, is_preview=True, speaks=False
    )


@bp.route("/apercu.pdf")
def preview_pdf(code: str) -> ResponseReturnValue:
    """When it does not fit, the page that says so: what is missing cannot be seen on paper."""
    told = queries.sketched(*_draft(code))
    if not paper.fits(told):
        flash(_("The sheet is longer than one page. Shorten a text, or take out a figure or a text."))
        return redirect(url_for("sheet_desk.preview", code=code))
    return paper.response(told)


@bp.route("/engagements", methods=["GET", "POST"])
def tie(code: str) -> ResponseReturnValue:
    require(may.tie(me()))
    wave, form = queries.wave(code), TieForm()
    every = {one.code: one for one in commitments.everything() if one.is_open}
    form.offer(_abouts(wave))
    form.commitment.choices = options((one.code, one.title) for one in every.values())
    if form.validate_on_submit():
        actions.tie(wave, every[form.commitment.data], about=form.about.data, by=owner())
        db.session.commit()
        return _here(wave)
    page = render("sheet_desk/tie.html", wave=wave, form=form, may_promise=may.promise(me()))
    return page, 422 if form.errors else 200


@bp.route("/engagements/nouveau", methods=["GET", "POST"])
def promise(code: str) -> ResponseReturnValue:
    require(may.promise(me()))
    wave, form = queries.wave(code), PromiseForm()
    form.offer(_abouts(wave))
    if form.validate_on_submit():
        actions.promise(wave, **form.values, by=owner())
        db.session.commit()
        flash(_("The commitment is public."), "success")
        return _here(wave)
    return render("sheet_desk/promise.html", wave=wave, form=form), 422 if form.errors else 200


@bp.post("/engagements/<commitment>/retrait")
def untie(code: str, commitment: str) -> ResponseReturnValue:
    require(may.untie(me()))
    draft = queries.composed(code)
    actions.untie(draft, queries.tie(draft, commitment), by=owner())
    db.session.commit()
    return _here(draft.wave)


@bp.post("/publication")
def publish(code: str) -> ResponseReturnValue:
    require(may.publish(me()))
    wave = queries.wave(code)
    actions.publish(wave, **_version(), by=owner())
    db.session.commit()
    flash(_("The results are public. The people who asked for them are being told."), "success")
    return _here(wave)


@bp.route("/retrait", methods=["GET", "POST"])
def withdraw(code: str) -> ResponseReturnValue:
    require(may.withdraw(me()))
    wave = queries.wave(code)
    sheet = queries.published(wave)
    form = WithdrawForm(data={"version": sheet.version if sheet else 0})
    if form.validate_on_submit():
        actions.withdraw(wave, **form.values, by=owner())
        db.session.commit()
        flash(_("The page is taken down. It says why."), "success")
        return _here(wave)
    return render("sheet_desk/withdraw.html", wave=wave, form=form), 422 if form.errors else 200


@bp.post("/edition")
def renew(code: str) -> ResponseReturnValue:
    require(may.renew(me()))
    wave = queries.wave(code)
    actions.renew(wave, by=owner())
    db.session.commit()
    return _here(wave)
