"""The guide at the desk: the draft as a tree, its questions and ends one by one, and its versions."""

from __future__ import annotations

from dataclasses import replace

from flask import Blueprint, Response, abort, flash, redirect, url_for
from flask.typing import ResponseReturnValue

from engage.accounts.session import me, owner
from engage.core import cache
from engage.core.db import db
from engage.core.guard import require
from engage.core.i18n import LANGUAGES, speaking
from engage.core.i18n import gettext as _
from engage.core.render import render
from engage.pages import queries as pages
from engage.pages.guide import actions, queries, shaping
from engage.pages.guide import permissions as may
from engage.pages.guide.checking import problems
from engage.pages.guide.filing import filed
from engage.pages.guide.forms import CONTACTS, FileForm, FrameForm, VersionForm, end_form, question_form
from engage.pages.guide.models import GuideDraft
from engage.pages.guide.parsing import stored, written
from engage.pages.guide.showing import step_page
from engage.pages.guide.tree import End, Question, Tree

bp = Blueprint("guide_desk", __name__, url_prefix="/equipe/qui-appeler")


def _language(code: str) -> str:
    return code if code in LANGUAGES else abort(404)


def _shown(language: str) -> ResponseReturnValue:
    return redirect(url_for("guide_desk.show", language=language))


@bp.route("")
def index() -> ResponseReturnValue:
    require(may.see(me()))
    return _shown(queries.FIRST)


@bp.route("/<language>")
def show(language: str) -> ResponseReturnValue:
    """The draft, what stands between it and its readers, and what was published."""
    require(may.see(me()))
    draft = queries.draft(_language(language))
    tree = stored(draft.tree) if draft else None
    versions = queries.versions(language)
    return render(
        "guide_desk/show.html",
        spoken=language,
        draft=draft,
        tree=tree,
        problems=problems(tree) if tree else [],
        versions=versions,
        is_published=bool(draft and versions and versions[0].tree == draft.tree),
        form=VersionForm(formdata=None, data={"version": draft.version}) if draft else None,
        may_publish=may.publish(me()),
    )


@bp.post("/<language>/brouillon")
def begin(language: str) -> ResponseReturnValue:
    """From the last version, else from a first question."""
    require(may.begin(me()))
    last = queries.last(_language(language))
    with speaking(language):
        empty = shaping.blank(_("Whom to call?"), _("What do you need?"))
    actions.begin(language, stored(last.tree) if last else empty, by=owner())
    db.session.commit()
    return _shown(language)


@bp.route("/<language>/cadre", methods=["GET", "POST"])
def frame(language: str) -> ResponseReturnValue:
    """Title, signs of danger."""
    require(may.edit(me()))
    draft = queries.drafted(_language(language))
    tree = stored(draft.tree)
    now = {"title": tree.title, "lead": tree.lead, "danger": "\n".join(tree.danger)}
    form = FrameForm(data={**now, "version": draft.version})
    if not form.validate_on_submit():
        return render("guide_desk/frame.html", form=form, spoken=language), 422 if form.errors else 200
    new = replace(tree, title=form.title.data or "", lead=form.lead.data or "", danger=form.danger.sentences)
    return _kept(draft, new, form)


@bp.route("/<language>/etape/<key>", methods=["GET", "POST"])
def edit(language: str, key: str) -> ResponseReturnValue:
    """A question with its choices, or an end with its contacts."""
    require(may.edit(me()))
    draft = queries.drafted(_language(language))
    node = stored(draft.tree).node(key) or abort(404)
    return _question(draft, node) if isinstance(node, Question) else _end(draft, node)


def _question(draft: GuideDraft, question: Question) -> ResponseReturnValue:
    tree = stored(draft.tree)
    form = question_form(tree, question, draft.version)
    if not form.validate_on_submit():
        page = render("guide_desk/question.html", form=form, node=question, spoken=draft.language)
        return page, 422 if form.errors else 200
    if not form.is_first():
        return _shown(draft.language)
    return _kept(draft, shaping.ask(tree, form.asked(question)), form)


def _pages(language: str) -> list[tuple[str, str]]:
    return [(one.page.slug, one.title) for one in pages.everything() if one.language == language]


def _end(draft: GuideDraft, end: End) -> ResponseReturnValue:
    form = end_form(end, _pages(draft.language), draft.version)
    if not form.validate_on_submit():
        page = render("guide_desk/end.html", form=form, node=end, spoken=draft.language, contacts=CONTACTS)
        return page, 422 if form.errors else 200
    return _kept(draft, shaping.put(stored(draft.tree), form.ended(end)), form)


def _kept(draft: GuideDraft, tree: Tree, form: VersionForm) -> ResponseReturnValue:
    actions.edit(draft, tree, version=form.version.data or 0, by=owner())
    db.session.commit()
    flash(_("The draft of the guide is kept."), "success")
    return _shown(draft.language)


@bp.post("/<language>/etape/<key>/retrait")
def remove(language: str, key: str) -> ResponseReturnValue:
    """Take a question or an end away, with the choices that lead to it."""
    require(may.edit(me()))
    draft = queries.drafted(_language(language))
    form, tree = VersionForm(), stored(draft.tree)
    if not form.validate() or key == tree.first or tree.node(key) is None:
        return _shown(language)
    return _kept(draft, shaping.remove(tree, key), form)


@bp.route("/<language>/apercu/<key>")
def preview(language: str, key: str) -> ResponseReturnValue:
    """The draft as readers would see it."""
    require(may.see(me()))
    tree = stored(queries.drafted(_language(language)).tree)
    return step_page(tree, language, key, preview=language)


@bp.post("/<language>/publication")
def publish(language: str) -> ResponseReturnValue:
    require(may.publish(me()))
    draft, form = queries.drafted(_language(language)), VersionForm()
    if not form.validate():
        return _shown(language)
    actions.publish(draft, version=form.version.data or 0, by=owner())
    db.session.commit()
    cache.forget()
    flash(_("The guide is published. Readers see it now."), "success")
    return _shown(language)


@bp.post("/<language>/versions/<int:number>/reprise")
def restore(language: str, number: int) -> ResponseReturnValue:
    """The draft becomes again what this version said."""
    require(may.restore(me()))
    draft, form = queries.drafted(_language(language)), VersionForm()
    if not form.validate():
        return _shown(language)
    old = queries.version(language, number)
    actions.restore(draft, old, version=form.version.data or 0, by=owner())
    db.session.commit()
    flash(_("The draft says again what this version said. Look at it, then publish it."), "success")
    return _shown(language)


@bp.route("/<language>/fichier")
def take_out(language: str) -> ResponseReturnValue:
    """The draft as a file, to keep or to give to another centre."""
    require(may.see(me()))
    tree = stored(queries.drafted(_language(language)).tree)
    headers = {"Content-Disposition": f'attachment; filename="qui-appeler-{language}.yaml"'}
    return Response(written(tree), mimetype="application/yaml", headers=headers)


@bp.route("/<language>/import", methods=["GET", "POST"])
def bring_in(language: str) -> ResponseReturnValue:
    """A whole guide from a file; what is wrong is said by its line, and nothing is half taken."""
    require(may.edit(me()))
    draft, form = queries.drafted(_language(language)), FileForm()
    form.version.data = form.version.data or draft.version
    found = filed(form.file.data.read()) if form.validate_on_submit() else None
    if found is None or found.tree is None:
        page = render("guide_desk/bring_in.html", form=form, found=found, spoken=language)
        return page, 422 if form.errors or found else 200
    return _kept(draft, found.tree, form)
