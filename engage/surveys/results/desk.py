"""The team’s results: nothing before the end, then what was released, crossed, compared."""

from __future__ import annotations

from flask import Blueprint, abort, flash, redirect, request, url_for
from flask.typing import ResponseReturnValue

from engage.accounts.session import me, owner
from engage.core.db import db
from engage.core.guard import require
from engage.core.i18n import gettext as _
from engage.core.render import render
from engage.surveys.answering import numbers
from engage.surveys.answering import queries as answering
from engage.surveys.answering.models import Wave
from engage.surveys.answering.stages import CHANNELS
from engage.surveys.questionnaire import queries as questionnaires
from engage.surveys.results import actions, comparing, drawing, queries, saying, sentences
from engage.surveys.results import permissions as may
from engage.surveys.results.forms import CrossForm

bp = Blueprint("survey_results_desk", __name__, url_prefix="/equipe/enquetes/<code>/resultats")

TELLING = {
    "sentence": saying.sentence,
    "caution": sentences.caution,
    "percent": saying.percent,
    "span": saying.span,
    "said": saying.value,
    "signed": saying.signed,
    "told": sentences.told,
    "states": saying.states,
    "bars": drawing.bars,
    "dots": drawing.dots,
}


def _before(wave: Wave) -> ResponseReturnValue:
    """No figure before a release: only how many came by each way."""
    return render(
        "survey_results_desk/before.html",
        wave=wave,
        lines=[numbers.line(channel) for channel in answering.channels(wave)],
        channel_names=CHANNELS,
        may_release=may.release(me()) and wave.settled_at is not None,
    )


@bp.route("")
def show(code: str) -> ResponseReturnValue:
    require(may.see(me()))
    wave = answering.wave_by_code(code)
    results = queries.shown(wave)
    if results is None:
        return _before(wave)
    return render(
        "survey_results_desk/show.html",
        wave=wave,
        results=results,
        families=drawing.families(results.items),
        score=results.score,
        may_release=may.release(me()) and queries.has_news(wave, results),
        may_cross=may.cross(me()),
        **TELLING,
    )


@bp.post("")
def release(code: str) -> ResponseReturnValue:
    require(may.release(me()))
    wave = answering.wave_by_code(code)
    actions.release(wave, by=owner())
    db.session.commit()
    flash(_("The results can be read. What was shown is written down for good."))
    return redirect(url_for("survey_results_desk.show", code=code))


@bp.route("/croisements", methods=["GET", "POST"])
def cross(code: str) -> ResponseReturnValue:
    """Which crossings there are; another one is made by sending the form."""
    require(may.see(me()))
    wave = answering.wave_by_code(code)
    results = queries.shown(wave) or abort(404)
    form = CrossForm(results)
    if form.is_submitted():
        require(may.cross(me()))
        if form.validate():
            row = actions.cross(wave, **form.values, by=owner())
            db.session.commit()
            to = url_for("survey_results_desk.crossed", code=code, question=row.question, segment=row.segment)
            return redirect(to)
    page = render(
        "survey_results_desk/cross.html",
        wave=wave,
        results=results,
        form=form,
        made=queries.made(wave),
        may_cross=may.cross(me()),
    )
    return page, 422 if form.errors else 200


@bp.route("/croisements/<question>/<segment>")
def crossed(code: str, question: str, segment: str) -> ResponseReturnValue:
    require(may.see(me()))
    wave = answering.wave_by_code(code)
    found = queries.crossed(wave, question, segment) or abort(404)
    return render("survey_results_desk/crossed.html", wave=wave, crossed=found, **TELLING)


@bp.route("/comparaison")
def compare(code: str) -> ResponseReturnValue:
    """Beside another wave of the same questionnaire, then all of them in a line."""
    require(may.see(me()))
    wave = answering.wave_by_code(code)
    told = queries.sisters(wave)
    now = next((one for one in told if one.wave.id == wave.id), None) or abort(404)
    others = [one for one in told if one is not now and one.wave.closes_at <= wave.closes_at]
    wanted = request.args.get("avec", "")
    before = next((one for one in others if one.wave.code == wanted), others[-1] if others else None)
    every = questionnaires.versions(wave.version.questionnaire)
    is_same = bool(before and comparing.can_be_compared(wave.version, before.wave.version, every))
    return render(
        "survey_results_desk/compare.html",
        wave=wave,
        now=now,
        others=others,
        before=before,
        is_same=is_same,
        differences=comparing.differences(now.results, before.results) if before and is_same else [],
        lines=comparing.lines([*others, now], every) if others else [],
        **TELLING,
    )
