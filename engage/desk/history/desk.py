"""The journal: what staff did, read only."""

from __future__ import annotations

from flask import Blueprint, request
from flask.typing import ResponseReturnValue

from engage.accounts.session import me
from engage.core.guard import require
from engage.core.pager import turned
from engage.core.render import render
from engage.desk.history import permissions as may
from engage.desk.history import queries, words
from engage.desk.history.forms import SearchForm

bp = Blueprint("history", __name__, url_prefix="/equipe/journal")


class Pages:
    """A page of the journal, and the addresses of the others."""

    def __init__(self, book: queries.Book) -> None:
        self.lines, self.total, self.number, self.pages = book.lines, book.total, book.number, book.pages
        self.url = turned


@bp.route("")
def index() -> ResponseReturnValue:
    require(may.read(me()))
    form = SearchForm(request.args)
    number = max(1, min(request.args.get("page", 1, type=int), 100_000))
    return render(
        "desk/history/index.html",
        search=form,
        page=Pages(queries.book(form.wanted, number)),
        verbs=words.verbs(),
        kinds=words.kinds(),
        said=words.said,
    )
