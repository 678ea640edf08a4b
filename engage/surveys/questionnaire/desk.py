"""The team’s questionnaires: list, begin, read, rehearse, freeze, compare, take out."""

from __future__ import annotations

from flask import Blueprint, Response, abort, flash, redirect, request, url_for
from flask.typing import ResponseReturnValue

from engage.accounts.session import me, owner
from engage.core.db import db
from engage.core.guard import require
from engage.core.i18n import gettext as _
from engage.core.i18n import language
from engage.core.render import render
from engage.surveys.questionnaire import actions, bank, checking, queries, telling, writing
from engage.surveys.questionnaire import permissions as may
from engage.surveys.questionnaire.comparing import compare as comparison
from engage.surveys.questionnaire.comparing import least
from engage.surveys.questionnaire.document import words
from engage.surveys.questionnaire.forms import OFFERED, BlankForm, ClassifyForm, FileForm, RevisionForm
from engage.surveys.questionnaire.models import Version
from engage.surveys.questionnaire.names import CHANGES, KINDS, MARKS, SORTS, STATES, SUPPORTS, TYPES
from engage.surveys.questionnaire.paths import listed
from engage.surveys.questionnaire.rehearsal import rehearse as rehearsal

bp = Blueprint("questionnaires_desk", __name__, url_prefix="/equipe/questionnaires")

NAMES = {
    "states": STATES,
    "marks": MARKS,
    "types": TYPES,
    "kinds": KINDS,
    "sorts": SORTS,
    "changes_words": CHANGES,
}


def _shown(version: Version) -> ResponseReturnValue:
    code = version.questionnaire.code
    return redirect(url_for("questionnaires_desk.show", code=code, number=version.number))


def _revision() -> int:
    form = RevisionForm()
    return form.revision.data if form.validate() and form.revision.data is not None else abort(400)


@bp.route("")
def index() -> ResponseReturnValue:
    require(may.see_desk(me()))
    return render(
        "questionnaire_desk/index.html", every=queries.everything(), may_create=may.create(me()), **NAMES
    )


def _beginning(form: BlankForm, file_form: FileForm) -> ResponseReturnValue:
    page = render(
        "questionnaire_desk/new.html", form=form, file_form=file_form, ready=bank.ready(), words=words
    )
    return page, 422 if form.errors or file_form.errors else 200


@bp.route("/nouveau", methods=["GET", "POST"])
def create() -> ResponseReturnValue:
    require(may.create(me()))
    form = BlankForm()
    if not form.validate_on_submit():
        return _beginning(form, FileForm(formdata=None))
    version = actions.create(form.document, by=owner())
    db.session.commit()
    return _shown(version)


@bp.post("/nouveau/pret")
def begin_from_ready() -> ResponseReturnValue:
    require(may.create(me()))
    document = bank.ready().get(request.form.get("code", "")) or abort(400)
    version = actions.create(document, by=owner())
    db.session.commit()
    return _shown(version)


@bp.post("/nouveau/fichier")
def bring_in() -> ResponseReturnValue:
    require(may.bring_in(me()))
    form = FileForm()
    if not form.validate():
        return _beginning(BlankForm(formdata=None), form)
    version = actions.bring_in(form.file.content, by=owner())
    db.session.commit()
    flash(_("The questionnaire is here, as a draft."))
    return _shown(version)


@bp.route("/<code>/<int:number>")
def show(code: str, number: int) -> ResponseReturnValue:
    """The builder of a draft; the same page without buttons for what is frozen."""
    require(may.see_desk(me()))
    version = queries.get(code, number)
    document = queries.document(version)
    return render(
        "questionnaire_desk/show.html",
        version=version,
        document=document,
        conditions=telling.conditions(document, language()),
        faults=checking.faults(document) if version.is_draft else [],
        may_edit=may.edit(me()) and version.is_draft,
        may_freeze=may.freeze(me()),
        words=words,
        **NAMES,
    )


@bp.post("/<code>/<int:number>/figer")
def freeze(code: str, number: int) -> ResponseReturnValue:
    require(may.freeze(me()))
    version = queries.get(code, number)
    actions.freeze(version, revision=_revision(), by=owner())
    db.session.commit()
    flash(_("This version is frozen: from now on nobody can change it."))
    return _shown(version)


@bp.post("/<code>/<int:number>/brouillon")
def renew(code: str, number: int) -> ResponseReturnValue:
    require(may.renew(me()))
    version = actions.renew(queries.get(code, number), by=owner())
    db.session.commit()
    return _shown(version)


@bp.post("/<code>/<int:number>/retrait")
def retire(code: str, number: int) -> ResponseReturnValue:
    require(may.retire(me()))
    version = queries.get(code, number)
    actions.retire(version, by=owner())
    db.session.commit()
    flash(_("This version is retired: no new survey can ask it."))
    return _shown(version)


@bp.post("/<code>/<int:number>/effacement")
def discard(code: str, number: int) -> ResponseReturnValue:
    require(may.discard(me()))
    actions.discard(queries.get(code, number), revision=_revision(), by=owner())
    db.session.commit()
    flash(_("The draft is thrown away."))
    return redirect(url_for("questionnaires_desk.index"))


@bp.route("/<code>/<int:number>/comparaison", methods=["GET", "POST"])
def classify(code: str, number: int) -> ResponseReturnValue:
    """Side by side with the version it comes from, and what the changes do to figures."""
    require(may.see_desk(me()))
    version = queries.get(code, number)
    parent = queries.parent(version) or abort(404)
    changes = comparison(queries.document(parent), queries.document(version))
    form = ClassifyForm(obj=version)
    if form.is_submitted():
        require(may.classify(me()))
        if form.validate():
            actions.classify(version, **form.values, by=owner())
            db.session.commit()
            return _shown(version)
    page = render(
        "questionnaire_desk/classify.html", version=version, parent=parent, changes=changes, form=form,
        least=least(changes), may_classify=may.classify(me()) and version.is_draft, words=words, **NAMES,
    )  # fmt: skip
    return page, 422 if form.errors else 200


@bp.route("/<code>/<int:number>/chemins")
def walk(code: str, number: int) -> ResponseReturnValue:
    require(may.see_desk(me()))
    version = queries.get(code, number)
    document = queries.document(version)
    return render(
        "questionnaire_desk/walk.html",
        version=version,
        document=document,
        paths=listed(document),
        words=words,
        duration=telling.duration,
    )


@bp.route("/<code>/<int:number>/repetition")
def rehearse(code: str, number: int) -> ResponseReturnValue:
    """Nothing is stored, so it is a page like another."""
    require(may.see_desk(me()))
    version = queries.get(code, number)
    document = queries.document(version)
    is_whole = not checking.faults(document)
    done = rehearsal(document) if is_whole else None
    return render(
        "questionnaire_desk/rehearse.html",
        version=version,
        document=document,
        done=done,
        words=words,
        duration=telling.duration,
    )


@bp.route("/<code>/<int:number>/apercu")
def preview(code: str, number: int) -> ResponseReturnValue:
    require(may.see_desk(me()))
    version = queries.get(code, number)
    document = queries.document(version)
    support = request.args.get("support", "phone")
    spoken, variant = request.args.get("langue", ""), request.args.get("mots", "standard")
    return render(
        "questionnaire_desk/preview.html",
        version=version,
        document=document,
        conditions=telling.conditions(document, language()),
        support=support if support in SUPPORTS else "phone",
        supports=SUPPORTS,
        spoken=spoken if spoken in document.languages else next(iter(document.languages), "fr"),
        offered=OFFERED,
        variant="short" if variant == "short" else "standard",
        words=words,
    )


@bp.route("/<code>/<int:number>/questionnaire.yaml")
def take_out(code: str, number: int) -> ResponseReturnValue:
    require(may.see_desk(me()))
    text = writing.write(queries.document(queries.get(code, number)))
    headers = {"Content-Disposition": f'attachment; filename="{code}-{number}.yaml"'}
    return Response(text, headers=headers, content_type="application/yaml; charset=utf-8")
