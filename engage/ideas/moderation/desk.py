"""The team's pages about ideas: the list, and one idea with everything to do about it."""

from __future__ import annotations

from flask import Blueprint, flash, redirect, request, url_for
from flask.typing import ResponseReturnValue

from engage.accounts.session import me, owner
from engage.centre.queries import centre_today
from engage.core.db import db
from engage.core.guard import require
from engage.core.i18n import gettext as _
from engage.core.pager import turned
from engage.core.render import render
from engage.ideas.moderation import actions, queries, words
from engage.ideas.moderation import permissions as may
from engage.ideas.moderation.actions import Overtaken
from engage.ideas.moderation.forms import FilterForm, SentencesForm
from engage.ideas.moderation.listing import Listing, listing
from engage.ideas.moderation.page import page
from engage.ideas.moderation.selection.forms import SelectionForm
from engage.uploads import queries as uploads

TYPED = ("-title", "-text", "-more", "-question", "-words")

bp = Blueprint("ideas_desk", __name__, url_prefix="/equipe/idees")


@bp.route("")
def index() -> ResponseReturnValue:
    require(may.moderate(me()))
    form = FilterForm(request.args)
    wanted = form.wanted(request.args.get("page", 1, type=int))
    return render(
        "ideas_desk/index.html",
        filters=form,
        narrowed=form.narrowed,
        shown=wanted.show,
        selection=SelectionForm(),
        page=Pages(listing(wanted)),
        today=centre_today(),
        words=words,
    )


class Pages:
    """A page of the list, and the addresses of the others."""

    def __init__(self, page: Listing) -> None:
        self.ideas, self.total, self.number, self.pages = page.ideas, page.total, page.number, page.pages
        self.url = turned


@bp.route("/<code>")
def show(code: str) -> ResponseReturnValue:
    require(may.moderate(me()))
    return page(queries.get(code))


@bp.app_errorhandler(Overtaken)
def overtaken(error: Overtaken) -> ResponseReturnValue:
    """The page as it is now, what the other person did on top, and the words of this one in their form."""
    db.session.rollback()
    typed = [value for name, value in request.form.items() if name.endswith(TYPED) and value.strip()]
    idea = queries.get((request.view_args or {})["code"])
    return page(idea, overtaken=error.message, typed=typed), 409


@bp.route("/<code>/photo")
def photo(code: str) -> ResponseReturnValue:
    require(may.moderate(me()))
    return uploads.response(queries.photo(code))


@bp.route("/<code>/devoile", methods=["POST"])
def reveal(code: str) -> ResponseReturnValue:
    """Shown once, on the page that answers: never kept, never in a list."""
    require(may.reveal(me()))
    idea = queries.get(code)
    what = "contact" if request.form.get("what") == "contact" else "original"
    shown = actions.reveal(idea, what, by=owner())
    db.session.commit()
    return page(idea, revealed={what: shown})


@bp.route("/phrases", methods=["GET", "POST"])
def write_sentences() -> ResponseReturnValue:
    require(may.write_sentences(me()))
    held = "\n".join(sentence.text for sentence in queries.refusal_sentences())
    form = SentencesForm(data={"sentences": held})
    if form.validate_on_submit():
        actions.write_sentences(form.texts, by=owner())
        db.session.commit()
        flash(_("The sentences are kept."), "success")
        return redirect(url_for("ideas_desk.write_sentences"))
    return render("ideas_desk/sentences.html", form=form)
