"""The decisions of a group: asked, voted, written down, looked at again; public ones are for everyone."""

from __future__ import annotations

from functools import partial
from typing import Any

from flask import Blueprint, Response, abort, flash, redirect, request, url_for
from flask.typing import ResponseReturnValue

from engage.accounts.session import me, owner
from engage.centre.queries import centre_today
from engage.core import pager, pdf
from engage.core.db import db
from engage.core.guard import public, require
from engage.core.i18n import gettext as _
from engage.core.i18n import language
from engage.core.render import moment, render
from engage.groups import permissions as may_group
from engage.groups import queries as groups
from engage.groups.deciding import actions, paper, queries, rules, telling, words
from engage.groups.deciding import permissions as may
from engage.groups.deciding.forms import AskForm, PublishForm, ReviewForm, ballot_form, close_form
from engage.groups.deciding.models import Decision
from engage.groups.meeting.words import title
from engage.groups.models import Group

bp = Blueprint("group_decisions", __name__, url_prefix="/groupes")


@bp.route("/<code>/decisions")
@public
def index(code: str) -> ResponseReturnValue:
    group = groups.get(me(), code)
    page = pager.asked()
    found = queries.of_group(me(), group, page)
    return render(
        "deciding/index.html",
        group=group,
        decisions=found[: queries.A_PAGE],
        page=page,
        has_more=len(found) > queries.A_PAGE,
        words=words,
        may_ask=may.ask(me(), group),
        is_inside=may_group.see_private(me(), group),
        is_told=partial(queries.is_told, me()),
        today=centre_today(),
    )


@bp.route("/<code>/decisions/nouvelle", methods=["GET", "POST"])
def ask(code: str) -> ResponseReturnValue:
    group = groups.get(me(), code)
    require(may.ask(me(), group))
    form = _ask_form(group)
    if not form.validate_on_submit():
        return render("deciding/ask.html", form=form, group=group), 422 if form.errors else 200
    if form.is_first():
        telling.opened(actions.ask(group, **form.values, code=form.code_to_give, by=owner()))
        db.session.commit()
    flash(_("The question is asked. Members see it now."), "success")
    return redirect(url_for("group_decisions.show", code=form.code_to_give))


def _ask_form(group: Group) -> AskForm:
    """What is already known comes filled in: the meeting it belongs to, the step it is about."""
    held = queries.near_meetings(group)
    form = AskForm(data={"moves_autonomy": request.args.get("etape", "")})
    form.offer(group, [(one, f"{title(one)}, {moment(one.starts_at)}") for one in held])
    if not form.is_submitted():
        wanted = request.args.get("reunion", "")
        form.meeting_id.data = next((one.id for one in held if one.code == wanted), None)
    return form


def _shown(decision: Decision) -> ResponseReturnValue:
    return redirect(url_for("group_decisions.show", code=decision.code))


@bp.route("/decisions/<code>")
@public
def show(code: str) -> ResponseReturnValue:
    return _page(queries.get(me(), code))


def _page(decision: Decision, **sent: Any) -> str:
    form = sent.get("close_form") or sent.get("review_form") or sent.get("ballot")
    return render(
        "deciding/show.html",
        decision=decision,
        group=decision.group,
        form=form,
        words=words,
        rules=rules,
        may=may,
        is_inside=may_group.see_private(me(), decision.group),
        is_told=queries.is_told(me(), decision),
        today=centre_today(),
        **_asked(decision, sent),
    )


def _asked(decision: Decision, sent: dict[str, Any]) -> dict[str, Any]:
    """What this person may type here now; what was sent comes back with its words."""
    can_close, can_review = may.close(me(), decision), may.review(me(), decision)
    can_vote = queries.can_vote(me(), decision)
    return {
        "voted": 0 if decision.is_closed else queries.how_many_voted(decision),
        "ballot": sent.get("ballot") or (ballot_form(decision) if can_vote else None),
        "close_form": sent.get("close_form") or (close_form(decision) if can_close else None),
        "review_form": sent.get("review_form")
        or (ReviewForm(formdata=None, data={"version": decision.version}) if can_review else None),
    }


@bp.route("/decisions/<code>/bulletin", methods=["POST"])
def vote(code: str) -> ResponseReturnValue:
    decision = queries.get(me(), code)
    require(may.vote(me(), decision))
    form = ballot_form(decision, sent=True)
    if not form.validate_on_submit():
        return _page(decision, ballot=form), 422
    actions.vote(decision, **form.values, by=owner())
    db.session.commit()
    flash(_("Your ballot is in the box. It has no name: nobody can tell which one is yours."), "success")
    return _shown(decision)


@bp.route("/decisions/<code>/bulletin.pdf")
def blank(code: str) -> ResponseReturnValue:
    """A ballot to fill by hand; what is on it comes in when the result is written down."""
    decision = queries.get(me(), code)
    require(may_group.see_private(me(), decision.group))
    if not rules.is_on_paper(decision):
        abort(404)
    content = pdf.render("group_ballot", paper.sheet(decision), lang=language())
    headers = {"Content-Disposition": f'inline; filename="bulletin-{decision.code}.pdf"'}
    return Response(content, mimetype="application/pdf", headers=headers)


@bp.route("/decisions/<code>/resultat", methods=["POST"])
def close(code: str) -> ResponseReturnValue:
    decision = queries.get(me(), code)
    require(may.close(me(), decision))
    form = close_form(decision, sent=True)
    if not form.validate_on_submit():
        return _page(decision, close_form=form), 422
    actions.close(decision, **form.values, by=owner())
    db.session.commit()
    flash(_("The result is written down."), "success")
    return _shown(decision)


@bp.route("/decisions/<code>/retrait", methods=["POST"])
def withdraw(code: str) -> ResponseReturnValue:
    decision = queries.get(me(), code)
    require(may.withdraw(me(), decision))
    group = decision.group
    actions.withdraw(decision, by=owner())
    db.session.commit()
    flash(_("The question is taken back. Its ballots are gone."), "success")
    return redirect(url_for("group_decisions.index", code=group.code))


@bp.route("/decisions/<code>/publication", methods=["POST"])
def publish(code: str) -> ResponseReturnValue:
    decision = queries.get(me(), code)
    require(may.publish(me(), decision))
    form = PublishForm()
    require(form.validate_on_submit())
    actions.publish(decision, **form.values, by=owner())
    db.session.commit()
    shown, kept = _("Everyone can read this decision now."), _("Only the group reads this decision now.")
    flash(shown if decision.is_public else kept, "success")
    return _shown(decision)


@bp.route("/decisions/<code>/revue", methods=["POST"])
def review(code: str) -> ResponseReturnValue:
    decision = queries.get(me(), code)
    require(may.review(me(), decision))
    form = ReviewForm()
    if not form.validate_on_submit():
        return _page(decision, review_form=form), 422
    actions.review(decision, **form.values, by=owner())
    db.session.commit()
    flash(_("It is noted what became of this decision."), "success")
    return _shown(decision)
