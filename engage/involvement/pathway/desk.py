"""The people on the way: who waits for us, where each one is, and noting somebody we met."""

from __future__ import annotations

from flask import Blueprint, abort, current_app, flash, redirect, request, url_for
from flask.typing import ResponseReturnValue

from engage.accounts.session import me, owner
from engage.centre.queries import centre_today
from engage.core.db import db
from engage.core.guard import require
from engage.core.i18n import gettext as _
from engage.core.i18n import language
from engage.core.render import render
from engage.involvement import actions as people
from engage.involvement import permissions as may_people
from engage.involvement import queries as found
from engage.involvement.cards import ACTS, ICONS
from engage.involvement.models import Person, Stage
from engage.involvement.pathway import actions, queries
from engage.involvement.pathway import permissions as may
from engage.involvement.pathway.forms import EnterForm, FilterForm, SearchForm
from engage.involvement.telling import reach
from engage.involvement.words import DOORS, HOW_LONG, REACHED, STAGES, WHENS
from engage.themes import queries as themes

bp = Blueprint("pathway_desk", __name__, url_prefix="/equipe/parcours")
EVERYBODY = "list"
GROUPS = "group_desk.index"  # groups stand above: the page of the group invites


@bp.route("")
def index() -> ResponseReturnValue:
    """Figures first; the names once the look of today is noted."""
    require(may.look(me()))
    if not queries.has_looked(owner(), queries.LIST_LOOKED, EVERYBODY):
        return render("involvement_desk/door.html", counts=queries.counts(), stages=STAGES)
    filters = FilterForm(request.args, queries.open_sources())
    page = queries.listing(filters.wanted(request.args.get("page", 1, type=int)), owner())
    return _list(page, filters)


def _list(
    page: queries.Listing, filters: FilterForm, search: SearchForm | None = None
) -> ResponseReturnValue:
    return render(
        "involvement_desk/index.html",
        page=page,
        filters=filters,
        search=search or SearchForm(formdata=None),
        stages={stage: str(words) for stage, words in STAGES.items()},  # said once, not once a line
        doors={door: str(words) for door, words in DOORS.items()},
        today=centre_today(),
    )


@bp.post("/ouverture")
def open_list() -> ResponseReturnValue:
    require(may.look(me()))
    actions.look(queries.LIST_LOOKED, EVERYBODY, by=owner())
    db.session.commit()
    return redirect(url_for("pathway_desk.index", show=queries.Show.TO_DO))


@bp.route("/recherche", methods=["GET", "POST"])
def search() -> ResponseReturnValue:
    """A name is posted, never part of an address; the look is noted with it."""
    require(may.look(me()))
    form = SearchForm()
    if not form.validate_on_submit():
        return redirect(url_for("pathway_desk.index"))
    actions.look(queries.LIST_LOOKED, EVERYBODY, by=owner())
    page = queries.named(form.words.data or "")
    shown = _list(page, FilterForm(request.args, queries.open_sources()), form)
    db.session.commit()
    return shown


@bp.route("/nouvelle-personne", methods=["GET", "POST"])
def enter() -> ResponseReturnValue:
    require(may_people.meet(me()))
    sources = queries.open_sources()
    form = EnterForm(sources)
    if not form.validate_on_submit():
        page = render("involvement_desk/enter.html", form=form, act_icons=ICONS)
        return page, 422 if form.errors else 200
    person = people.meet(
        submission_key=form.submission_key.data or "",
        language=language(),
        door=form.door.data,
        source=next((one for one in sources if one.id == form.source.data), None),
        stage=Stage(form.stage.data),
        by=owner(),
        **form.reached,
        **form.wishes,
    )
    actions.look(queries.LOOKED, person.code, by=owner())
    db.session.commit()
    flash(_("This person is noted. What do you do next with them?"), "success")
    return redirect(url_for("pathway_desk.show", code=person.code))


def opened(code: str) -> Person:
    """The person once the look of today is noted: who comes by an old address finds the door first.

    Whoever sends words that they began yesterday keeps them: the look of today is noted with them.
    """
    require(may.look(me()))
    person = found.get(code)
    if request.method == "POST":
        actions.look(queries.LOOKED, code, by=owner())
    elif not queries.has_looked(owner(), queries.LOOKED, code):
        abort(redirect(url_for("pathway_desk.show", code=code)))
    return person


@bp.route("/<code>")
def show(code: str) -> ResponseReturnValue:
    require(may.look(me()))
    person = found.get(code)
    if not queries.has_looked(owner(), queries.LOOKED, code):
        return render("involvement_desk/person_door.html", person=person, stages=STAGES)
    named = {theme.id: themes.name(theme) for theme in themes.everything()}
    return render(
        "involvement_desk/show.html",
        person=person,
        acts=[ACTS[act] for act in person.acts if act in ACTS],
        themes=[named[number] for number in person.themes if number in named],
        whens=[WHENS[when] for when in person.whens if when in WHENS],
        how_long=HOW_LONG.get(person.how_long),
        reached=REACHED[person.reply],
        address=(reach(person) or ("", None))[1],
        stages=STAGES,
        doors=DOORS,
        history=found.history(person),
        notes=found.notes(person),
        step=found.open_step(person),
        is_paused=found.is_paused(person),
        groups=url_for(GROUPS) if GROUPS in current_app.view_functions else "",
    )


@bp.post("/<code>/ouverture")
def open_person(code: str) -> ResponseReturnValue:
    """Each look at what somebody left is noted, once a day."""
    require(may.look(me()))
    person = found.get(code)
    actions.look(queries.LOOKED, person.code, by=owner())
    db.session.commit()
    return redirect(url_for("pathway_desk.show", code=code))
