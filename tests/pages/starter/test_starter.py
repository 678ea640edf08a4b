"""The ready pages: they come in whole, twice is once, nothing of the team is overwritten, all pass."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest
from click.testing import CliRunner
from flask import Flask

from engage.core.db import db
from engage.pages import actions as pages
from engage.pages import checking as writing
from engage.pages import markup, queries
from engage.pages.directory import queries as directory
from engage.pages.guide import actions as guides
from engage.pages.guide import queries as guide_queries
from engage.pages.guide.parsing import parse, stored
from engage.pages.markup.icons import icons
from engage.pages.models import Body, Shelf
from engage.pages.starter import actions, checking, commands, sheets
from engage.reading import Rule, Severity
from tests.browser import Visitor

FRENCH = {
    "maison-de-sante", "qui-travaille-ici", "prendre-rendez-vous", "besoin-de-soins-vite",
    "sortir-de-l-hopital", "situation-difficile", "qui-fait-quoi", "mediation", "patient-partenaire",
    "commission-des-usagers", "donner-une-idee", "mes-donnees", "mes-droits", "mon-espace-sante",
}  # fmt: skip


def test_what_comes_in_passes_and_twice_is_once(session: None) -> None:
    first = actions.install()
    db.session.commit()
    assert set(first.pages) >= FRENCH
    assert len(first.pages) == len(FRENCH) + 5
    assert first.guides == ["fr", "en"]
    assert first.entries == len(directory.everything()) > 10
    assert actions.install() == actions.Report()
    assert {(v.page.slug, v.language) for v in queries.everything()} == {
        tuple((name + ":fr").split(":")[:2]) for name in first.pages
    }
    assert guide_queries.last("fr")
    assert guide_queries.last("en")
    found = checking.everything()
    assert [one for one in found if one.short_of] == []
    assert len(found) == 2 * len(first.pages)


def test_no_page_has_a_red_mark_and_every_one_is_drawn(session: None) -> None:
    """Amber stays a matter of taste: a no that is one, three things in one sentence."""
    actions.install()
    for version in queries.everything():
        for body in Body:
            found = writing.report(version, body).findings
            assert [one for one in found if one.severity is not Severity.AMBER] == []
            assert Rule.RARE_WORD not in {one.rule for one in found}  # names of pictograms are no words
            assert markup.problems(getattr(version, body.value)) == []
        titles = [one.icon for one in markup.sections(version.simple) if one.title]
        lines = [one.icon for one in markup.lines(version.short) if not one.is_title]
        assert set(titles + lines) <= icons().keys()


def test_what_the_team_changed_stays(session: None) -> None:
    actions.install()
    db.session.commit()
    page = queries.by_slug("mes-droits")
    draft = pages.begin(page, "fr", by=None)
    pages.write(draft, version=draft.version, by=None, simple="Vous avez des droits.")
    pages.publish(pages.freeze(draft, by=None, author="Chloé"), by=None)
    gone = queries.by_slug("mon-espace-sante")
    gone.withdrawn_at = page.created_at
    tree = stored(guide_queries.drafted("fr").tree)
    guides.bring_in("fr", replace(tree, lead="À nous."), by=None)
    entry = directory.everything()[0]
    entry.does = "Elle vous écoute."
    db.session.commit()
    assert actions.install() == actions.Report()
    shown = queries.published("mes-droits", "fr")
    assert shown
    assert shown.simple == "Vous avez des droits."
    assert queries.published("mon-espace-sante", "fr") is None
    assert stored(guide_queries.drafted("fr").tree).lead == "À nous."
    assert entry.does == "Elle vous écoute."


def test_another_text_gets_no_translation_of_ours(session: None) -> None:
    """A page that the team wrote itself at one of our addresses is not translated by what we say there."""
    draft = pages.create("mes-droits", "Mes droits", Shelf.RIGHTS, "shield", by=None)
    pages.write(draft, version=draft.version, by=None, simple="Vous avez des droits.")
    pages.publish(pages.freeze(draft, by=None, author="Chloé"), by=None)
    assert "mes-droits:en" not in actions.install().pages
    assert queries.published("mes-droits", "en") is None


def test_a_hard_page_falls_short_by_name(app: Flask) -> None:
    hard = "La coordination pluriprofessionnelle territoriale nécessite une formalisation conventionnelle des modalités organisationnelles inter-établissements."  # noqa: E501
    with app.app_context():
        actions.install()
        draft = pages.create("dur", "Dur", Shelf.HERE, "info", by=None)
        pages.write(draft, version=draft.version, by=None, simple=hard)
        pages.publish(pages.freeze(draft, by=None, author="Chloé"), by=None)
        db.session.commit()
        run = CliRunner().invoke(commands.check, [], standalone_mode=False)
        assert run.return_value == 1
        assert "dur" in run.output
        assert "Kandel-Moles" in run.output
        told = CliRunner().invoke(commands.check, ["--json"], standalone_mode=False)
        short = {(one["page"], one["text"]) for one in json.loads(told.output) if one["short_of"]}
    assert short == {("dur", "simple"), ("dur", "short")}


@pytest.mark.parametrize("language", sheets.languages())
def test_the_ready_guide_speaks_of_what_people_look_for(language: str) -> None:
    tree, _places = parse(sheets.guide(language))
    numbers = {contact.phone for end in tree.reached for contact in end.contacts}
    assert {"15", "17", "115", "119", "3114", "3919", "114"} <= numbers
    slugs = {sheet.slug for sheet in sheets.sheets(sheets.FIRST)}
    assert {end.page for end in tree.ends} - {""} <= slugs


def test_readers_find_them(app: Flask, nobody: Visitor) -> None:
    with app.app_context():
        actions.install()
        db.session.commit()
    nobody.get("/qui-appeler")
    nobody.get("/qui-appeler/dormir")
    assert "tel:115" in nobody.page
    nobody.get("/qui-appeler/soins-ouvert")
    assert "/pages/besoin-de-soins-vite" in nobody.page
    nobody.get("/pages/besoin-de-soins-vite")


def test_the_coordination_brings_in_what_is_missing(app: Flask, chloe: Visitor) -> None:
    chloe.get("/equipe/pages")
    assert "/equipe/pages-pretes" in chloe.page
    chloe.get("/equipe/pages-pretes")
    assert chloe.page.count("Manque") == len(FRENCH)
    chloe.follow(chloe.post("/equipe/pages-pretes"))
    assert "sont maintenant sur le site" in chloe.page
    chloe.get("/equipe/pages-pretes")
    assert "Manque" not in chloe.page
    chloe.follow(chloe.post("/equipe/pages-pretes"))
