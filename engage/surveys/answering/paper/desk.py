"""Paper and phone: print the sheet, type it by digits, settle two entries, type a call."""

from __future__ import annotations

from collections.abc import Mapping

from flask import Blueprint, Response, flash, redirect, request, url_for
from flask.typing import ResponseReturnValue

from engage.accounts.session import me, owner
from engage.core import pdf
from engage.core.db import db
from engage.core.guard import require
from engage.core.i18n import gettext as _
from engage.core.i18n import language
from engage.core.render import render
from engage.surveys.answering import facts as facts_of
from engage.surveys.answering import permissions as may
from engage.surveys.answering import queries as waves
from engage.surveys.answering.filling import Filled, fill, filled, given
from engage.surveys.answering.models import Sheet, Wave
from engage.surveys.answering.paper import actions, printing, queries
from engage.surveys.answering.paper.actions import Outcome
from engage.surveys.answering.paper.forms import CallForm, SheetForm, Typed, field_name
from engage.surveys.answering.paper.lines import lines, typed
from engage.surveys.answering.paper.looks import NOTHING, Look, second_look
from engage.surveys.answering.steps import care
from engage.surveys.answering.taking import places
from engage.surveys.questionnaire import queries as questionnaires
from engage.surveys.questionnaire.document import words
from engage.surveys.questionnaire.telling import tell

bp = Blueprint("sheets_desk", __name__, url_prefix="/equipe/enquetes")


@bp.route("/<code>/feuille.pdf")
def sheet(code: str) -> ResponseReturnValue:
    require(may.see_desk(me()))
    wave = waves.wave_by_code(code)
    size, spoken = request.args.get("taille", "standard"), request.args.get("langue", language())
    languages = wave.version.languages
    spoken = spoken if spoken in languages else next(iter(languages), language())
    size = size if size in printing.SIZES else "standard"
    content = pdf.render("survey_form", printing.form(wave, size=size, spoken=spoken), lang=language())
    headers = {"Content-Disposition": f'inline; filename="questionnaire-{code}-{size}.pdf"'}
    return Response(content, mimetype="application/pdf", headers=headers)


def _typing(wave: Wave, form: SheetForm) -> ResponseReturnValue:
    page = render(
        "waves_desk/type_sheet.html", wave=wave, form=form, sheets=waves.sheets(wave),
        is_open=waves.is_open(wave), words=words, field_name=field_name,
    )  # fmt: skip
    return page, 422 if form.errors else 200


@bp.route("/<code>/feuilles", methods=["GET", "POST"])
def type_sheet(code: str) -> ResponseReturnValue:
    """After one sheet comes the next, with the next number."""
    require(may.type_sheet(me()))
    wave = waves.wave_by_code(code)
    form = SheetForm.of(questionnaires.document(wave.version))
    if request.method == "GET":
        form.number.data = queries.next_number(wave)
        return _typing(wave, form)
    if not form.validate() or (said := form.read()) is None:
        return _typing(wave, form)
    number, key = form.number.data or 0, form.submission_key.data or ""
    answers = fill(wave.version, said, on_paper=True)
    outcome = actions.type_sheet(wave, said, answers, number=number, submission_key=key, by=owner())
    if outcome is Outcome.DIFFERS:
        return _differing(wave, number, said)
    db.session.commit()
    flash(_said(outcome, number), "success")
    return redirect(url_for("sheets_desk.type_sheet", code=code))


def _said(outcome: Outcome, number: int) -> str:
    if outcome is Outcome.FIRST:
        return _("Sheet %(number)d: first entry kept. It counts after the second.", number=number)
    return _("Sheet %(number)d is counted.", number=number)


def _differing(wave: Wave, number: int, said: Typed) -> ResponseReturnValue:
    """Both entries of each question that they tell differently; neither is chosen beforehand."""
    held = actions.waiting_sheet(wave, number)
    differing = {key: said[key] for key in actions.differences(held, said)}
    form = SheetForm.of(questionnaires.document(wave.version), set(differing), formdata=None)
    form.number.data = number
    second = {line.key: typed(line, differing[line.key]) for line in form.lines}
    return _to_settle(wave, form, held, second, actions.seal(held, differing))


def _to_settle(wave: Wave, form: SheetForm, held: Sheet, second: Mapping[str, str], seen: str) -> str:
    """The digits of the second entry are carried by the page: only the first one is kept."""
    first = actions.first_entry(held)
    told = {line.key: (typed(line, first.get(line.key, [])), second.get(line.key, "")) for line in form.lines}
    return render(
        "waves_desk/agree.html",
        wave=wave,
        form=form,
        told=told,
        seen=seen,
        words=words,
        field_name=field_name,
    )


@bp.post("/<code>/feuilles/accord")
def agree(code: str) -> ResponseReturnValue:
    require(may.agree(me()))
    wave = waves.wave_by_code(code)
    number, seen = request.form.get("number", 0, type=int), request.form.get("seen", "")
    held = actions.waiting_sheet(wave, number)
    asked = {name.removeprefix("q_") for name in request.form if name.startswith("q_")}
    form = SheetForm.of(questionnaires.document(wave.version), asked)
    if not form.validate() or (said := form.read(actions.first_entry(held))) is None:
        second = {key: request.form.get(f"second_{key}", "") for key in asked}
        return _to_settle(wave, form, held, second, seen), 422
    key = form.submission_key.data or ""
    answers, settled = fill(wave.version, said, on_paper=True), [line.key for line in form.lines]
    actions.agree(wave, settled, answers, number=number, seen=seen, submission_key=key, by=owner())
    db.session.commit()
    flash(_said(Outcome.COUNTED, number), "success")
    return redirect(url_for("sheets_desk.type_sheet", code=code))


def _calling(wave: Wave, form: CallForm, said: Typed, found: Filled, look: Look = NOTHING) -> str:
    document = questionnaires.document(wave.version)
    return render(
        "waves_desk/call.html", wave=wave, form=form, document=document, said=said, wrong=found.wrong,
        is_open=waves.is_open(wave), words=words, places=places, tell=tell, look=look,
        numbers={line.key: line.number for line in lines(document)},
    )  # fmt: skip


@bp.route("/<code>/appel", methods=["GET", "POST"])
def type_call(code: str) -> ResponseReturnValue:
    """The whole questionnaire on one page, to be read aloud."""
    require(may.type_call(me()))
    wave = waves.wave_by_code(code)
    form, go = CallForm(), request.form.get("go", "")
    if request.method == "GET":
        return _calling(wave, form, {}, Filled())
    said, found = form.read(questionnaires.document(wave.version), request.form)
    if not form.validate() or found.wrong:
        return _calling(wave, form, said, found), 422
    look = second_look(found, is_calm_seen="calm" in request.form, is_read_again=go in {"mask", "send"})
    if look.is_due:
        return _calling(wave, form, said, found, look)
    if go == "mask":
        found = filled(questionnaires.document(wave.version), said | care.without_names(found), on_paper=True)
    _count_call(wave, form, found)
    flash(_("The call is counted. Thank the person for us."), "success")
    return redirect(url_for("waves_desk.show", code=code))


def _count_call(wave: Wave, form: CallForm, found: Filled) -> None:
    """As on the site, pain is told to who is on duty where the promise of the wave allows it."""
    answers = given(wave.version_id, questionnaires.document(wave.version), found)
    is_new = actions.type_call(wave, answers, submission_key=form.submission_key.data or "", by=owner())
    facts = facts_of.find(wave.code)
    if is_new and facts and care.is_distress(care.texts(found)):
        care.alert(facts)
    db.session.commit()
