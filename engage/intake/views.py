"""Following a message by its code, speaking in private, and the tablet of the waiting room."""

from __future__ import annotations

from flask import Blueprint, Response, abort, flash, redirect, request, session, url_for
from flask.sansio.blueprints import BlueprintSetupState
from flask.typing import ResponseReturnValue

from engage.accounts import session as accounts
from engage.core.db import db
from engage.core.guard import public
from engage.core.i18n import gettext as _
from engage.core.limits import limited
from engage.core.render import provide, render
from engage.intake import actions, drafts, queries, registry
from engage.intake.forms import FollowForm, PrivateForm

bp = Blueprint("intake", __name__)

# What a tablet of the waiting room may open besides its own pages: how they look, and what is kept.
ON_A_KIOSK = {
    "home.language", "home.text_size", "home.theme_css", "home.picture", "home.privacy", "static",
}  # fmt: skip
OURS_ON_A_KIOSK = ("writing.", "intake.kiosk", "intake.other_way")
PREFERENCES = ("language", "text_size")


def _kiosk_code() -> str:
    code: str = session.get("kiosk", "")
    return code


@bp.record_once
def _every_page(state: BlueprintSetupState) -> None:
    provide(
        state.app,
        kiosk=lambda: bool(_kiosk_code()),
        wipe_url=lambda: url_for("intake.kiosk_wipe", code=_kiosk_code()) if _kiosk_code() else "",
    )


@bp.before_app_request
def _only_what_a_kiosk_opens() -> ResponseReturnValue | None:
    """No sign-in, no support, no other page: whatever the address, a tablet comes back to its start."""
    code, endpoint = _kiosk_code(), request.endpoint or ""
    if not code or endpoint in ON_A_KIOSK or endpoint.startswith(OURS_ON_A_KIOSK):
        return None
    if registry.opens_on_a_kiosk(endpoint):
        return None
    return redirect(url_for("intake.kiosk", code=code))


@bp.after_app_request
def _no_history(response: Response) -> Response:
    if session.get("kiosk"):
        response.headers["Cache-Control"] = "no-store"
    return response


@bp.route("/suivi", methods=["GET", "POST"])
@public
@limited("follow")
def follow() -> ResponseReturnValue:
    """The code is posted, never in an address; what it opens is then named in the session alone."""
    form = FollowForm()
    if not form.validate_on_submit():
        return render("intake/follow.html", form=form), 422 if form.errors else 200
    found = queries.find_follow_up(form.code.data or "")
    if found is None:
        form.code.errors = [_("No message has this code. Please compare each sign with your paper.")]
        return render("intake/follow.html", form=form), 422
    session["follow"] = {"kind": found.kind, "ref": found.ref}
    return redirect(url_for(registry.endpoint(found.kind), code=found.ref))


@bp.route("/suivi/fin", methods=["POST"])
@public
def stop_following() -> ResponseReturnValue:
    """On a shared computer: this browser forgets the message."""
    for name in ("follow", "sent", "joined"):
        session.pop(name, None)
    flash(_("This device has forgotten your message."))
    return redirect(url_for("intake.follow"))


@bp.route("/idees/autre-voie", methods=["GET", "POST"])
@public
@limited("way_out")
def other_way() -> ResponseReturnValue:
    """A complaint about care or a named person never becomes an idea by itself."""
    draft = queries.draft(session.get("draft"), "idea")
    form = PrivateForm(data={"text": draft.values.get("text", "")} if draft else None)
    if not form.validate_on_submit():
        page = render("intake/other_way.html", form=form, contacts=queries.ways_out())
        return page, 422 if form.errors else 200
    is_distress = queries.is_distress(form.text.data or "")
    if is_distress and not form.calm.data:
        return render("intake/calm.html", action=request.path, fields={**form.values, "calm": "y"})
    values = {name: value for name, value in form.values.items() if name != "calm"}
    actions.send_complaint(**values)
    if draft:
        drafts.erase(draft)
    db.session.commit()
    session.pop("draft", None)
    if is_distress:
        return render("intake/calm.html", way_on=url_for("intake.other_way_sent"), has_code=False)
    return redirect(url_for("intake.other_way_sent"))


@bp.route("/idees/autre-voie/envoyee")
@public
def other_way_sent() -> ResponseReturnValue:
    return render("intake/other_way_sent.html", contacts=queries.ways_out())


def _open_kiosk(code: str) -> None:
    if queries.kiosk(code) is None:
        session.pop("kiosk", None)
        abort(404)


@bp.route("/borne/<code>", methods=["GET", "POST"])
@public
def kiosk(code: str) -> ResponseReturnValue:
    """The start of the tablet; whoever is signed in on it is signed out before the first patient comes."""
    _open_kiosk(code)
    if request.method == "POST":
        accounts.end()
        db.session.commit()
        _wipe(code)
        return redirect(url_for("intake.kiosk", code=code))
    if _kiosk_code() != code:
        return render("intake/kiosk_open.html", code=code)
    return render("intake/kiosk.html", code=code, offers=registry.kiosk_offers())


@bp.route("/borne/<code>/effacer", methods=["POST"])
@public
def kiosk_wipe(code: str) -> ResponseReturnValue:
    """Nothing of the person before is left: neither words nor choices."""
    _open_kiosk(code)
    found = [queries.draft(session.get(place), kind) for place, kind in registry.drafts()]
    for draft in filter(None, found):
        drafts.erase(draft)
    db.session.commit()
    _wipe(code)
    answer = redirect(url_for("intake.kiosk", code=code))
    for name in PREFERENCES:
        answer.delete_cookie(name)
    return answer


def _wipe(code: str) -> None:
    session.clear()
    session["kiosk"] = code
