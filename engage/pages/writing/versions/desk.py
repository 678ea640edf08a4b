"""A version for its authors: its words, what changed since another, publishing it, going back to it."""

from __future__ import annotations

from flask import Blueprint, flash, redirect, request, url_for
from flask.typing import ResponseReturnValue

from engage.accounts.session import me, owner
from engage.core.db import db
from engage.core.guard import require
from engage.core.i18n import gettext as _
from engage.core.render import render
from engage.pages import actions, languages
from engage.pages import permissions as may
from engage.pages.writing import difference, queries
from engage.pages.writing.preview import preview
from engage.pages.writing.questions import questions

bp = Blueprint("page_versions", __name__, url_prefix="/equipe/pages")
VERSION = "/<slug>/<language>/versions/<int:number>"


@bp.get(VERSION)
def show(slug: str, language: str, number: int) -> ResponseReturnValue:
    """`?avec=N` compares with another version than the one before."""
    require(may.see_desk(me()))
    version = queries.version(slug, language, number)
    before = queries.before(version, request.args.get("avec", 0, type=int))
    return render(
        "writing/version.html",
        version=version,
        page=version.page,
        before=before,
        others=[
            one for one in queries.versions(version.page) if one.language == language and one is not version
        ],
        differences=difference.between(before, version),
        preview=preview(version),
        questions=questions(),
        own_name=languages.own_name,
        may_publish=version.published_at is None and may.publish(me(), version),
    )


@bp.post(f"{VERSION}/publication")
def publish(slug: str, language: str, number: int) -> ResponseReturnValue:
    version = queries.version(slug, language, number)
    require(may.publish(me(), version))
    actions.publish(version, by=owner())
    db.session.commit()
    flash(_("The page is published: everyone can read it now."), "success")
    return redirect(url_for("pages_desk.show", slug=slug))


@bp.post(f"{VERSION}/reprise")
def restore(slug: str, language: str, number: int) -> ResponseReturnValue:
    version = queries.version(slug, language, number)
    require(may.restore(me(), version))
    actions.restore(version, by=owner())
    db.session.commit()
    flash(_("The words of this version are a draft again. Readers see nothing of it yet."), "success")
    return redirect(url_for("page_drafts.edit", slug=slug, language=language))
