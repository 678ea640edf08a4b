"""What a wave needs on paper: its poster, its slips, how many were handed out."""

from __future__ import annotations

from flask import Blueprint, Response, flash, redirect, url_for
from flask.typing import ResponseReturnValue

from engage.accounts.session import me, owner
from engage.core import pdf
from engage.core.db import db
from engage.core.guard import require
from engage.core.i18n import gettext as _
from engage.core.i18n import language, ngettext
from engage.core.render import render
from engage.surveys.answering import actions as answering
from engage.surveys.answering import permissions as may
from engage.surveys.answering import queries
from engage.surveys.answering.doors import actions, printing
from engage.surveys.answering.doors.forms import CancelForm, PaperForm, SlipsForm
from engage.surveys.answering.models import Wave

bp = Blueprint("wave_doors", __name__, url_prefix="/equipe/enquetes")


def _paper(content: bytes, name: str) -> Response:
    headers = {"Content-Disposition": f'inline; filename="{name}"', "Cache-Control": "no-store"}
    return Response(content, mimetype="application/pdf", headers=headers)


def _shown(wave: Wave) -> ResponseReturnValue:
    return redirect(url_for("waves_desk.show", code=wave.code))


@bp.route("/<code>/affiche.pdf")
def poster(code: str) -> ResponseReturnValue:
    require(may.see_desk(me()))
    wave = queries.wave_by_code(code)
    return _paper(pdf.render("survey_poster", printing.poster(wave), lang=language()), f"affiche-{code}.pdf")


def _slips_page(wave: Wave, form: SlipsForm, cancelling: CancelForm) -> ResponseReturnValue:
    wrong = form if form.errors else cancelling
    page = render(
        "waves_desk/slips.html", wave=wave, form=wrong, slips=form, cancelling=cancelling,
        unused=queries.unspent(wave),
    )  # fmt: skip
    # Whoever comes back for more finds a new form: the old one would print the same slips again.
    return page, 422 if wrong.errors else 200, {"Cache-Control": "no-store"}


@bp.route("/<code>/tickets", methods=["GET", "POST"])
def hand_out(code: str) -> ResponseReturnValue:
    """The codes stand on this paper alone: who loses it prints new ones."""
    require(may.hand_out(me()))
    wave = queries.wave_by_code(code)
    form = SlipsForm()
    if not form.validate_on_submit():
        return _slips_page(wave, form, CancelForm(formdata=None))
    key = form.submission_key.data or ""
    codes = answering.hand_out(wave, form.number.data or 0, by=owner(), seed=key)
    db.session.commit()  # five hundred slips take seconds to draw: nobody waits for them
    sheet = pdf.render("survey_slips", printing.slips(wave, codes), lang=language())
    return _paper(sheet, f"tickets-{code}.pdf")


@bp.post("/<code>/tickets/annulation")
def cancel_unused(code: str) -> ResponseReturnValue:
    require(may.cancel_unused(me()))
    wave = queries.wave_by_code(code)
    form = CancelForm()
    if not form.validate():
        return _slips_page(wave, SlipsForm(formdata=None), form)
    gone = actions.cancel_unused(wave, **form.values, by=owner())
    db.session.commit()
    flash(ngettext("%(num)s slip opens nothing any more.", "%(num)s slips open nothing any more.", gone))
    return _shown(wave)


@bp.route("/<code>/papier", methods=["GET", "POST"])
def count_paper(code: str) -> ResponseReturnValue:
    require(may.count_paper(me()))
    wave = queries.wave_by_code(code)
    form = PaperForm()
    if not form.validate_on_submit():
        return render("waves_desk/paper.html", wave=wave, form=form), 422 if form.errors else 200
    actions.count_paper(wave, **form.values, by=owner())
    db.session.commit()
    flash(_("The number is kept: the share of sheets that came back can be said."), "success")
    return _shown(wave)
