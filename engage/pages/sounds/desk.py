"""Recordings of a page at the desk: which text has a voice, and whether its words are still the same."""

from __future__ import annotations

from flask import Blueprint, flash, redirect, url_for
from flask.typing import ResponseReturnValue

from engage.accounts.session import me, owner
from engage.core.db import db
from engage.core.guard import require
from engage.core.i18n import gettext as _
from engage.core.render import render
from engage.pages import languages
from engage.pages import queries as pages
from engage.pages.models import Body, PageVersion
from engage.pages.sounds import actions, queries
from engage.pages.sounds import permissions as may
from engage.pages.sounds.forms import RecordForm
from engage.pages.words import ALREADY_DONE

bp = Blueprint("sounds_desk", __name__, url_prefix="/equipe/pages")


@bp.route("/<slug>/voix", methods=["GET", "POST"])
def record(slug: str) -> ResponseReturnValue:
    page = pages.by_slug(slug)
    require(may.see_desk(me(), page))
    texts, form = queries.texts(page), RecordForm()
    names = {key: _name(version, body) for key, (version, body) in texts.items()}
    form.offer(names)
    if form.validate_on_submit() and form.sound.data:
        version, body = texts[form.text.data]
        require(may.record(me(), version))
        said = form.said_by.data or ""
        actions.record(version, body=body, sound=form.sound.data, said_by=said, by=owner())
        return _kept(slug, _("The recording is kept. Readers hear it as long as the words stay the same."))
    same = {key: queries.digest(version, body) for key, (version, body) in texts.items()}
    recordings = [(f"{one.language}:{one.body}", one) for one in queries.of_page(page)]
    page_ = render(
        "sounds/record.html", page=page, form=form, names=names, same=same, recordings=recordings
    )  # fmt: skip
    return page_, 422 if form.errors else 200


def _name(version: PageVersion, body: Body) -> str:
    kind = _("short text") if body is Body.SHORT else _("text for everyone")
    return f"{languages.own_name(version.language)}, {kind}"


def _kept(slug: str, said: str) -> ResponseReturnValue:
    db.session.commit()
    flash(said, "success")
    return redirect(url_for("sounds_desk.record", slug=slug))


@bp.post("/<slug>/voix/<language>/<any(simple,short):body>/retrait")
def remove(slug: str, language: str, body: str) -> ResponseReturnValue:
    page = pages.by_slug(slug)
    require(may.see_desk(me(), page))
    recording = queries.held(page, language, Body(body))
    if recording is None:
        flash(ALREADY_DONE, "info")
        return redirect(url_for("sounds_desk.record", slug=slug))
    require(may.remove(me(), recording))
    actions.remove(recording, by=owner())
    return _kept(slug, _("The recording is taken away."))
