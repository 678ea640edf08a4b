"""Who came by which door and what became of them: a sentence, a chart, tables and a file."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from flask import Blueprint, Response
from flask.typing import ResponseReturnValue

from engage.accounts.session import me
from engage.core import sheets
from engage.core.guard import require
from engage.core.i18n import gettext as _
from engage.core.render import render
from engage.involvement import permissions as may
from engage.involvement.figures import queries
from engage.involvement.figures.queries import Came
from engage.involvement.models import Stage
from engage.involvement.words import BRIEF, DOORS, STAGES

SHOWN = [stage for stage in Stage if stage is not Stage.CONTACT]  # everybody came to the first one
bp = Blueprint("pathway_figures_desk", __name__, url_prefix="/equipe/parcours/chiffres")


def _by_source(unknown: str) -> Callable[[Came], str]:
    labels = queries.labels()
    return lambda one: labels.get(one.source_id or 0, unknown)


def _by_door(one: Came) -> str:
    return str(DOORS[one.door])


@bp.route("")
def index() -> ResponseReturnValue:
    require(may.see_people(me()))
    people, unknown = queries.came(), _("No way in known")
    doors, sources = queries.lines(people, _by_door), queries.lines(people, _by_source(unknown))
    return render(
        "involvement_desk/figures.html",
        whole=queries.line(_("Everyone"), people),
        doors=doors,
        sources=sources,
        delays=queries.delays(people),
        works=queries.works([one for one in sources if one.label != unknown]) or queries.works(doors),
        stages=STAGES,
        shown=SHOWN,
        brief=BRIEF,
        columns=[_("Brought by"), _("People who came"), *BRIEF.values(), _("Not now")],
    )


@bp.route("/tableau.csv")
def download() -> ResponseReturnValue:
    """One line for each door and way in."""
    require(may.see_people(me()))
    by_source = _by_source(_("No way in known"))
    people = queries.came()
    made = queries.lines(people, lambda one: f"{_by_door(one)}\0{by_source(one)}")
    columns = [_("Door"), _("Brought by"), _("People who came"), *map(str, STAGES.values()), _("Not now")]
    rows: Iterable[sheets.Cells] = (
        [*one.label.split("\0"), one.came, *one.reached.values(), one.declined] for one in made
    )
    text = "".join(sheets.csv_lines(columns, rows))
    headers = {"Content-Disposition": 'attachment; filename="parcours.csv"'}
    return Response(text, mimetype="text/csv", headers=headers)
