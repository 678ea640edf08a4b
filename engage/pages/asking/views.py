"""Below each part of a page: did you understand, and what is missing?"""

from __future__ import annotations

from typing import Any, NamedTuple

from flask import Blueprint, abort, flash, redirect, request, session, url_for
from flask.typing import ResponseReturnValue

from engage.core.db import db
from engage.core.guard import public
from engage.core.i18n import gettext as _
from engage.core.i18n import language
from engage.core.limits import limited
from engage.core.render import render
from engage.intake import queries as intake
from engage.pages.asking import actions, queries
from engage.pages.asking.forms import MissingForm, UnderstoodForm
from engage.pages.models import Body, PageVersion

bp = Blueprint("asking", __name__, url_prefix="/pages")
SHORT = "court"
WHOLE = "page"  # no section is called so: their anchors begin with "partie-"


class Place(NamedTuple):
    """Where a reader stands: a part of a text."""

    version: PageVersion
    body: Body
    section: str

    def address(self, **values: Any) -> str:
        """The page as the reader had it."""
        code = self.version.language
        return url_for(
            "pages.show",
            slug=self.version.page.slug,
            langue=code if code != language() else None,
            texte=SHORT if self.body is Body.SHORT else None,
            **values,
        )


@bp.post("/<slug>/compris")
@public
@limited("page_answer")
def say(slug: str) -> ResponseReturnValue:
    form = UnderstoodForm()
    if not form.validate():
        abort(400)
    place = Place(queries.shown(slug, form.version.data or 0), form.body.data, form.section.data or "")
    answer = form.answer.data
    actions.count(place.version, body=place.body, section=place.section, answer=answer, browser=_own())
    db.session.commit()
    said = place.section or WHOLE
    return redirect(place.address(dit=said, reponse=answer, _anchor=f"compris-{said}"))


def _own() -> str:
    """What only this browser holds, for as long as it is open."""
    return str(session["csrf_token"])


@bp.route("/<slug>/manque", methods=["GET", "POST"])
@public
@limited("page_answer")
def tell(slug: str) -> ResponseReturnValue:
    place, form = _place(slug), MissingForm()
    if not form.validate_on_submit():
        titled = queries.titles(place.version, place.body).get(place.section, "")
        page = render("asking/tell.html", place=place, form=form, part=titled)
        return page, 422 if form.errors else 200
    actions.tell(place.version, body=place.body, section=place.section, **form.values)
    db.session.commit()
    if intake.is_distress(form.words.data or ""):
        return render("intake/calm.html", way_on=place.address(), has_code=False)
    flash(_("Thank you! Those who write this page read what you say."), "success")
    return redirect(place.address())


def _place(slug: str) -> Place:
    version = queries.read(slug, request.args.get("langue") or language())
    body = Body.SHORT if request.args.get("texte") == SHORT and version.short else Body.SIMPLE
    return Place(version, body, request.args.get("partie", ""))
