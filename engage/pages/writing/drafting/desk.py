"""Writing a draft: keep it, look at it, take what the assistant proposes, freeze it, publish it."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, flash, redirect, request, url_for
from flask.typing import ResponseReturnValue

from engage.accounts.session import me, owner
from engage.core.db import db
from engage.core.guard import lengthy, require
from engage.core.i18n import gettext as _
from engage.core.i18n import lazy_gettext as _l
from engage.core.render import render
from engage.pages import actions, checking, languages, versions
from engage.pages import permissions as may
from engage.pages.models import Page, PageDraft
from engage.pages.writing import actions as helping
from engage.pages.writing import difference, queries, relecture
from engage.pages.writing.drafting.typed import Typed, change, typed
from engage.pages.writing.forms import BeginForm, QuestionsForm, VersionForm, WriteForm, questions_form
from engage.pages.writing.preview import preview
from engage.pages.writing.questions import questions
from engage.pages.writing.words import BODIES, MODES, SEVERITIES

bp = Blueprint("page_drafts", __name__, url_prefix="/equipe/pages")
GONE = _l("This draft is gone: it was published or thrown away.")
DRAFT = "/<slug>/<language>/brouillon"


class Gone(Exception):
    """The draft was published or thrown away: a second click, the back button, or somebody else."""

    def __init__(self, page: Page) -> None:
        super().__init__(page.slug)
        self.page = page


def _draft(slug: str, language: str) -> PageDraft:
    """Raises Gone; aborts with 404 where the page is not there either."""
    require(may.see_desk(me()))
    draft = queries.found_draft(slug, language)
    if draft is None:
        raise Gone(queries.page(slug))
    require(may.write(me(), draft))
    return draft


@bp.errorhandler(Gone)
def gone(error: Gone) -> ResponseReturnValue:
    flash(GONE, "info")
    return redirect(url_for("pages_desk.show", slug=error.page.slug))


def _to_write(slug: str, language: str) -> PageDraft:
    """The draft. Where it is gone but words come, another one begins, and they are shown beside it."""
    require(may.see_desk(me()))
    if request.method == "GET" or queries.found_draft(slug, language):
        return _draft(slug, language)
    page = queries.page(slug)
    if versions.latest(page, language) is None:
        raise Gone(page)
    actions.begin(page, language, by=None)
    db.session.commit()
    raise actions.Overtaken(_("This page was published, or its draft thrown away, while you were writing."))


@bp.post("/<slug>/brouillons")
def begin(slug: str) -> ResponseReturnValue:
    """Write on, or translate."""
    page, form = queries.page(slug), BeginForm()
    require(may.begin(me(), page))
    form.offer([(code, code) for code in languages.CODES])
    if not form.validate():
        return redirect(url_for("pages_desk.show", slug=slug))
    draft = actions.begin(page, form.language.data, by=owner())
    db.session.commit()
    return redirect(url_for(".edit", slug=slug, language=draft.language))


@bp.route(DRAFT, methods=["GET", "POST"])
@lengthy
def edit(slug: str, language: str) -> ResponseReturnValue:
    """Keeps the words, unless the button asks only to look at them."""
    draft = _to_write(slug, language)
    form = _form(draft)
    if not form.validate_on_submit() or request.form.get("deed") == "look":
        return _page(draft, form), 422 if form.errors else 200
    words = typed(draft, form)
    asked = change(draft, words, request.form)
    if asked.learned:
        helping.learn(*asked.learned)
    kept = {**form.words, **_followed(draft, form), **asked.fields}
    actions.write(draft, version=form.version.data or 0, by=owner(), **kept)
    db.session.commit()
    flash(asked.said, "success")
    return redirect(url_for(".edit", slug=slug, language=language, _anchor=asked.place))


def _followed(draft: PageDraft, form: WriteForm) -> dict[str, int]:
    """The version of the first language that a translation now says."""
    source = versions.first_published(draft.page) if form.is_up_to_date and form.is_up_to_date.data else None
    return {"source_id": source.id} if source else {}


def _form(draft: PageDraft) -> WriteForm:
    form = WriteForm(data=WriteForm.typed(draft), without=_left_out(draft))
    form.reads_as(draft.language, languages.direction(draft.language))
    return form


def _left_out(draft: PageDraft) -> set[str]:
    return set() if draft.source_id else {"is_up_to_date"}


def _page(draft: PageDraft, form: WriteForm, **more: Any) -> str:
    source = queries.by_id(draft.source_id)
    said = {
        "draft": draft,
        "page": draft.page,
        "form": form,
        "source": source,
        "newer": versions.first_published(draft.page) if source else None,
        "overtaken": "",
        "differences": [],
        "own_name": languages.own_name,
        **_look(typed(draft, form)),
    }
    return render("writing/edit.html", **{**said, **more})


def _look(words: Typed) -> dict[str, Any]:
    """What stands beside the words: what to simplify, and how readers will see them."""
    return {
        "words": words,
        "readings": relecture.reread(words, queries.plain_words()),
        "faults": checking.faults(words),
        "preview": preview(words),
        "bodies": BODIES,
        "severities": SEVERITIES,
        "modes": MODES,
    }


@bp.post("/<slug>/<language>/apercu")
@lengthy
def look(slug: str, language: str) -> ResponseReturnValue:
    """The part of the page that changes while somebody writes; nothing is kept."""
    queries.only_read()
    draft = _draft(slug, language)
    form = _form(draft)
    return render("writing/_look.html", draft=draft, page=draft.page, **_look(typed(draft, form)))


@bp.errorhandler(actions.Overtaken)
def overtaken(error: actions.Overtaken) -> ResponseReturnValue:
    """The text of the other beside one's own, which stays in the form."""
    db.session.rollback()
    draft = queries.draft(**(request.view_args or {}))
    if request.endpoint == "page_drafts.check":
        return _asked_again(draft), 409
    form = _form(draft)
    differences = difference.between(typed(draft, form), draft)
    form.version.raw_data, form.version.data = None, draft.version
    return _page(draft, form, overtaken=error.message, differences=differences), 409


@bp.route("/<slug>/<language>/questions", methods=["GET", "POST"])
def check(slug: str, language: str) -> ResponseReturnValue:
    """Twenty questions, five minutes; the answers are kept with the version."""
    draft = _draft(slug, language)
    form = questions_form(draft)
    if not form.validate_on_submit():
        return _questions(draft, form), 422 if form.errors else 200
    actions.write(draft, version=form.version.data or 0, checklist=form.answers, by=owner())
    db.session.commit()
    flash(_("Your answers are kept with the draft."), "success")
    return redirect(url_for("pages_desk.show", slug=slug))


def _questions(draft: PageDraft, form: QuestionsForm, *, is_late: bool = False) -> str:
    shown = {"form": form, "draft": draft, "page": draft.page, "questions": questions(), "is_late": is_late}
    return render("writing/check.html", **shown)


def _asked_again(draft: PageDraft) -> str:
    """The answers stay; they are sent again for the words that stand there now."""
    form = questions_form(draft)
    form.version.raw_data, form.version.data = None, draft.version
    return _questions(draft, form, is_late=True)


def _read(form: VersionForm) -> int:
    """The writing that this person has read; 0, which is none, when the page did not say."""
    return form.version.data or 0


@bp.post("/<slug>/<language>/version")
def freeze(slug: str, language: str) -> ResponseReturnValue:
    """A version for people concerned to read, before everybody does."""
    draft, form = _draft(slug, language), VersionForm()
    require(may.freeze(me(), draft))
    made = actions.freeze(draft, version=_read(form), by=owner())
    db.session.commit()
    flash(
        _("Version %(number)d is frozen. Readers can read it before you publish it.", number=made.number),
        "success",
    )
    return redirect(url_for("page_versions.show", slug=slug, language=language, number=made.number))


@bp.post("/<slug>/<language>/publication")
def publish(slug: str, language: str) -> ResponseReturnValue:
    draft, form = _draft(slug, language), VersionForm()
    require(may.answers_for(me(), draft.page))
    made = actions.freeze(draft, version=_read(form), by=owner())
    actions.publish(made, by=owner())
    db.session.commit()
    flash(_("The page is published: everyone can read it now."), "success")
    return redirect(url_for("pages_desk.show", slug=slug))


@bp.post("/<slug>/<language>/abandon")
def discard(slug: str, language: str) -> ResponseReturnValue:
    """A page that was never frozen goes with its draft: a second click finds neither."""
    require(may.see_desk(me()))
    draft = queries.found_draft(slug, language)
    if draft is None:
        flash(GONE, "info")
        return redirect(url_for("pages_desk.index"))
    require(may.discard(me(), draft))
    actions.discard(draft, by=owner())
    db.session.commit()
    flash(_("The draft is thrown away."), "success")
    return redirect(url_for("pages_desk.index"))
