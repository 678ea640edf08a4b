"""Coordination answers what people laid out, and notes what was paid back."""

from __future__ import annotations

from flask import Blueprint, Response, abort, flash, redirect, url_for
from flask.typing import ResponseReturnValue

from engage.accounts import queries as accounts
from engage.accounts.models import Account
from engage.accounts.session import me, owner
from engage.core.db import db
from engage.core.guard import require
from engage.core.i18n import gettext as _
from engage.core.render import render
from engage.groups.partnering import queries as files
from engage.groups.partnering import words
from engage.groups.partnering.models import Expense
from engage.groups.partnering.spending import actions, queries
from engage.groups.partnering.spending import permissions as may
from engage.groups.partnering.spending.forms import AnswerForm, PaidForm
from engage.uploads import queries as uploads

bp = Blueprint("spending_desk", __name__, url_prefix="/equipe/partenaires/frais")


def _page(expense: Expense, form: AnswerForm, paid: PaidForm) -> ResponseReturnValue:
    account = _whose(expense)
    page = render(
        "partnering_desk/expense.html", expense=expense, account=account, form=form, paid=paid, words=words,
        held=files.held(account, expense.day.year), may_answer=may.accept(me(), expense),
    )  # fmt: skip
    return page, 422 if form.errors or paid.errors else 200


def _whose(expense: Expense) -> Account:
    return accounts.by_id(expense.account_id) or abort(404)


@bp.route("/<code>")
def show(code: str) -> ResponseReturnValue:
    require(may.see(me()))
    return _page(queries.get(code), AnswerForm(), PaidForm())


@bp.post("/<code>/reponse")
def answer(code: str) -> ResponseReturnValue:
    require(may.see(me()))
    expense, form = queries.get(code), AnswerForm()
    if not form.validate_on_submit():
        return _page(expense, form, PaidForm(formdata=None))
    allowed, deed = {
        "accept": (may.accept, actions.accept),
        "refuse": (may.refuse, actions.refuse),
    }[form.answer.data]
    require(allowed(me(), expense))
    deed(expense, words=form.words.data or "", by=owner())
    db.session.commit()
    flash(_("Your answer is sent to the person."), "success")
    return redirect(url_for("partnering_desk.index"))


@bp.post("/<code>/remboursement")
def pay(code: str) -> ResponseReturnValue:
    require(may.see(me()))
    expense, form = queries.get(code), PaidForm()
    require(may.pay(me(), expense))
    if not form.validate_on_submit():
        return _page(expense, AnswerForm(formdata=None), form)
    actions.pay(expense, paid_on=form.paid_on.data, by=owner())
    db.session.commit()
    flash(_("It is noted."), "success")
    return redirect(url_for("partnering_desk.index"))


@bp.route("/<code>/justificatif")
def receipt(code: str) -> Response:
    require(may.see(me()))
    expense = queries.get(code)
    return uploads.response(expense.receipt) if expense.receipt else abort(404)
