"""Pages at the desk: what waits, a page with its drafts and versions, its facts, its next review."""

from __future__ import annotations

from datetime import timedelta

from flask import Blueprint, flash, redirect, url_for
from flask.typing import ResponseReturnValue

from engage.accounts import queries as accounts
from engage.accounts.session import me, owner
from engage.centre.queries import centre_today
from engage.core.db import db
from engage.core.guard import require
from engage.core.i18n import gettext as _
from engage.core.render import render
from engage.pages import actions, languages, registry
from engage.pages import permissions as may
from engage.pages.glossary import queries as glossary
from engage.pages.models import Page
from engage.pages.words import SHELVES
from engage.pages.writing import queries, relecture
from engage.pages.writing.forms import BeginForm, CreateForm, ReviewForm, SettleForm
from engage.pages.writing.questions import answered
from engage.pages.writing.words import BODIES
from engage.reading import Term

bp = Blueprint("pages_desk", __name__, url_prefix="/equipe/pages")


@registry.explains
def explained(language: str) -> list[Term]:
    """The words of the glossary in each of their writings: readers find them one tap away."""
    return [
        Term(form, one.expansion, one.definition) for form, one in glossary.writings(language)
    ]  # fmt: skip


@bp.get("")
def index() -> ResponseReturnValue:
    require(may.see_desk(me()))
    return render("writing/index.html", lines=queries.lines(), shelves=SHELVES, may_create=may.create(me()))


@bp.route("/nouvelle", methods=["GET", "POST"])
def create() -> ResponseReturnValue:
    require(may.create(me()))
    form = CreateForm()
    if not form.validate_on_submit():
        return render("writing/create.html", form=form), 422 if form.errors else 200
    draft = actions.create(**form.values, by=owner())
    db.session.commit()
    flash(_("The page is begun. Nobody sees it before you publish it."), "success")
    return redirect(url_for("page_drafts.edit", slug=draft.page.slug, language=draft.language))


@bp.get("/<slug>")
def show(slug: str) -> ResponseReturnValue:
    """Where each language stands, and what can be done with it."""
    require(may.see_desk(me()))
    return _page(queries.page(slug))


def _page(page: Page, form: ReviewForm | None = None) -> str:
    drafts, versions = queries.drafts(page), queries.versions(page)
    words = queries.plain_words() if drafts else []
    readings = {draft.language: relecture.reread(draft, words) for draft in drafts}
    return render(
        "writing/show.html",
        page=page,
        title=queries.titled(drafts, versions) or page.slug,
        drafts=drafts,
        readings=readings,
        versions=versions,
        shown=queries.shown(versions),
        page_source=next((one for one in queries.shown(versions).values() if not one.source_id), None),
        bodies=BODIES,
        answered=answered,
        form=form or ReviewForm(formdata=None, data={"review_on": centre_today() + timedelta(days=365)}),
        begin_form=_begin_form(
            {*(one.language for one in drafts), *(one.language for one in versions)}, bool(versions)
        ),
        today=centre_today(),
        may=may,
        shelves=SHELVES,
        own_name=languages.own_name,
    )


def _begin_form(there: set[str], may_translate: bool) -> BeginForm | None:
    """The languages that a page may be translated into."""
    if not may_translate:
        return None
    form = BeginForm(formdata=None)
    form.offer([(code, languages.own_name(code)) for code in languages.CODES if code not in there])
    return form


@bp.route("/<slug>/reglages", methods=["GET", "POST"])
def settle(slug: str) -> ResponseReturnValue:
    page = queries.page(slug)
    require(may.settle(me(), page))
    form = SettleForm(obj=page)
    form.offer(accounts.staff())
    if not form.validate_on_submit():
        return render("writing/settle.html", form=form, page=page), 422 if form.errors else 200
    actions.settle(page, **form.values, by=owner())
    return _shown(page, _("The settings of the page are kept."))


def _shown(page: Page, said: str) -> ResponseReturnValue:
    db.session.commit()
    flash(said, "success")
    return redirect(url_for("pages_desk.show", slug=page.slug))


@bp.post("/<slug>/relecture")
def review(slug: str) -> ResponseReturnValue:
    page, form = queries.page(slug), ReviewForm()
    require(may.review(me(), page))
    if not form.validate():
        return _page(page, form), 422
    actions.review(page, **form.values, by=owner())
    return _shown(page, _("Thank you. We will remind you when it is time to read it again."))


@bp.post("/<slug>/retrait")
def withdraw(slug: str) -> ResponseReturnValue:
    page = queries.page(slug)
    require(may.withdraw(me(), page))
    actions.withdraw(page, by=owner())
    return _shown(page, _("The page is off the site. Its words are kept here."))


@bp.post("/<slug>/retour")
def put_back(slug: str) -> ResponseReturnValue:
    page = queries.page(slug)
    require(may.put_back(me(), page))
    actions.put_back(page, by=owner())
    return _shown(page, _("The page is on the site again."))
