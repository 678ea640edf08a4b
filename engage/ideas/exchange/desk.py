"""Bring in, take out: ideas from a file, shown before they are written; ideas into a table."""

from __future__ import annotations

import base64
import io
from typing import IO

from flask import Blueprint, Response, abort, flash, redirect, session, url_for
from flask.typing import ResponseReturnValue

from engage.accounts.session import me, owner
from engage.centre.queries import centre_today
from engage.core import sheets
from engage.core.db import db
from engage.core.guard import require
from engage.core.i18n import gettext as _
from engage.core.i18n import ngettext
from engage.core.render import render
from engage.ideas.exchange import actions, files, plan
from engage.ideas.exchange import permissions as may
from engage.ideas.exchange.columns import columns
from engage.ideas.exchange.files import Format
from engage.ideas.exchange.forms import BringInForm, FileForm, TakeOutForm
from engage.ideas.exchange.plan import Plan
from engage.ideas.exchange.words import sentence
from engage.intake import drafts
from engage.intake import queries as intake_queries
from engage.intake.models import Draft

bp = Blueprint("exchange_desk", __name__, url_prefix="/equipe/donnees")

DRAFT = "ideas import"


def _page(form: TakeOutForm) -> ResponseReturnValue:
    page = render(
        "exchange_desk/index.html",
        form=form,
        may_bring_in=may.bring_in(me()),
        may_take_contacts=may.take_out_contacts(me()),
    )
    return page, 422 if form.errors else 200


@bp.route("")
def index() -> ResponseReturnValue:
    require(may.take_out(me()))
    return _page(TakeOutForm(formdata=None))


@bp.post("/export")
def take_out() -> ResponseReturnValue:
    require(may.take_out(me()))
    form = TakeOutForm()
    if not form.validate():
        return _page(form)
    kind, wanted, with_contacts = Format(form.kind.data), form.wanted, bool(form.with_contacts.data)
    if with_contacts:
        require(may.take_out_contacts(me()))
        actions.take_out_contacts(kind, wanted, reason=form.reason.data or "", by=owner())
    else:
        actions.take_out(kind, wanted, by=owner())
    db.session.commit()
    name = f"idees-{centre_today().isoformat()}.{kind}"
    return _download(files.ideas(kind, wanted, with_contacts=with_contacts), kind, name)


def _download(file: IO[bytes], kind: Format, name: str) -> Response:
    headers = {
        "Content-Disposition": f'attachment; filename="{name}"',
        "Content-Length": str(files.size(file)),
    }
    response = Response(sheets.blocks(file), headers=headers, content_type=files.MEDIA[kind])
    response.call_on_close(file.close)  # also when nobody reads it to its end
    return response


@bp.route("/dictionnaire")
def explain() -> ResponseReturnValue:
    require(may.take_out(me()))
    return render("exchange_desk/explain.html", columns=columns(with_contacts=True))


@bp.route("/dictionnaire.<any(csv, xlsx, json):kind>")
def explanation(kind: str) -> ResponseReturnValue:
    require(may.take_out(me()))
    return _download(files.explanation(Format(kind)), Format(kind), f"dictionnaire.{kind}")


@bp.route("/import", methods=["GET", "POST"])
def choose() -> ResponseReturnValue:
    require(may.bring_in(me()))
    form = FileForm()
    if form.validate_on_submit():
        values = {"file": base64.b64encode(form.file.content).decode()}
        session["import"], _draft = drafts.begin(DRAFT, values)
        db.session.commit()
        return redirect(url_for("exchange_desk.check"))
    return render("exchange_desk/choose.html", form=form), 422 if form.errors else 200


def _held() -> tuple[Draft, Plan] | None:
    """The file this browser sent, read again as the ideas stand now."""
    draft = intake_queries.draft(session.get("import"), DRAFT)
    if draft is None:
        return None
    return draft, plan.read(io.BytesIO(base64.b64decode(draft.values["file"])))


@bp.route("/import/verification")
def check() -> ResponseReturnValue:
    """What the file would bring, line by line; nothing is written."""
    require(may.bring_in(me()))
    held = _held()
    if held is None:
        return redirect(url_for("exchange_desk.choose"))
    _draft, found = held
    form = BringInForm(formdata=None, data={"skip_bad": "yes" if found.faults else ""})
    return render("exchange_desk/check.html", form=form, plan=found, report=_report(found))


def _report(found: Plan) -> list[tuple[int, str, str]]:
    """Each line, bad ones first: its number, how it stands (new, known, bad), the idea or the fault."""
    bad = [(fault.line, "bad", sentence(fault)) for fault in found.faults]
    good = [(one.number, "known" if one.is_known else "new", one.shown_title) for one in found.lines]
    return sorted(bad) + good


@bp.post("/import/verification")
def bring_in() -> ResponseReturnValue:
    require(may.bring_in(me()))
    held, form = _held(), BringInForm()
    if held is None:
        flash(_("This file was already brought in, or it is gone. Choose it again."))
        return redirect(url_for("exchange_desk.choose"))
    draft, found = held
    if not form.validate():
        abort(400)
    lines = found.to_write(skip_bad=form.values["skip_bad"])
    count = actions.bring_in(lines, hold=form.values["hold"], by=owner())
    drafts.close(draft)
    db.session.commit()
    session.pop("import", None)
    flash(ngettext("%(num)s idea brought in.", "%(num)s ideas brought in.", count), "success")
    return redirect(url_for("exchange_desk.index"))
