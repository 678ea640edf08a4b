"""Chloé gives the results back on one page, and everybody can read it."""

from __future__ import annotations

import re
from datetime import timedelta
from io import BytesIO
from pathlib import Path

import pytest
from flask import Flask
from pypdf import PdfReader
from sqlalchemy import select, text
from sqlalchemy.exc import DBAPIError

from engage.accounts.models import Role
from engage.centre import queries as centre_queries
from engage.commitments.models import Commitment
from engage.core.clock import now
from engage.core.db import db
from engage.journal.models import Entry
from engage.outbox.models import Channel, Message
from engage.surveys.answering.models import ResultNotice
from engage.surveys.results import actions as release_actions
from engage.surveys.results import queries as results
from engage.surveys.results.disclosure.tables import Mark
from engage.surveys.results.models import Release
from engage.surveys.results.sheet.models import State, SurveySheet, Tie
from engage.surveys.results.verbatims import actions as verbatims
from engage.surveys.results.verbatims import queries as words
from engage.surveys.results.verbatims.models import Decision
from tests import make
from tests.browser import Visitor
from tests.surveys.results import voices
from tests.surveys.results.sheet import story


@pytest.fixture
def wave(app: Flask) -> str:
    return story.released(app)


def paper(visitor: Visitor, code: str) -> PdfReader:
    response = visitor.get(f"/questionnaires/{code}/resultats.pdf")
    assert response.mimetype == "application/pdf"
    return PdfReader(BytesIO(response.get_data()))


def of(app: Flask, state: State) -> SurveySheet | None:
    return db.session.scalars(select(SurveySheet).filter_by(state=state)).one_or_none()


def test_nobody_and_members_do_not_see_the_desk(wave: str, nobody: Visitor, amina: Visitor) -> None:
    nobody.get(f"/equipe/enquetes/{wave}/feuille", status=302)
    for path in ("feuille", "feuille/apercu", "feuille/engagements", "feuille/retrait"):
        amina.get(f"/equipe/enquetes/{wave}/{path}", status=403)


def test_the_team_sees_and_the_coordination_composes(app: Flask, wave: str) -> None:
    with app.app_context():
        remi = Visitor(app, make.account("Rémi", Role.STAFF).id)
        db.session.commit()
    remi.get(f"/equipe/enquetes/{wave}/feuille")
    assert "Garder la feuille" not in remi.page
    remi.post(f"/equipe/enquetes/{wave}/feuille", {"heard": "Non"}, status=403)
    remi.post(f"/equipe/enquetes/{wave}/feuille/publication", {"version": "1"}, status=403)


def test_before_the_results_are_released_nothing_can_be_chosen(app: Flask, chloe: Visitor) -> None:
    with app.app_context():
        code = voices.heard()[0].code
    chloe.get(f"/equipe/enquetes/{code}/feuille")
    assert "Publiez d’abord les chiffres" in chloe.page
    assert 'name="figures"' not in chloe.page
    chloe.get(f"/equipe/enquetes/{code}/feuille/apercu", status=404)


def test_compose_look_publish_and_read(app: Flask, wave: str, chloe: Visitor, nobody: Visitor) -> None:
    nobody.get(f"/questionnaires/{wave}/resultats")
    assert "pas encore là" in nobody.page
    nobody.get(f"/questionnaires/{wave}/resultats.pdf", status=404)
    story.composed(chloe, wave)
    assert "mots par phrase en moyenne" in chloe.page
    chloe.get(f"/equipe/enquetes/{wave}/feuille/apercu")
    assert "Personne ne voit encore" in chloe.page
    assert chloe.get(f"/equipe/enquetes/{wave}/feuille/apercu.pdf").mimetype == "application/pdf"
    story.published(chloe, wave)
    assert "L’édition 1 est publique" in chloe.page
    nobody.get(f"/questionnaires/{wave}/resultats")
    seen = story.text(nobody.page)
    for said in (
        "40 personnes ont répondu. C’était sur internet.",
        "8 personnes sur 10",
        story.HEARD,
        story.PROMISED,
        "souriant",
    ):
        assert said in seen
    assert "Durand" not in seen
    assert "bruyante" not in seen
    with app.app_context():
        assert story.of(wave).finished_at is not None
        assert [one.verb for one in db.session.scalars(select(Entry))][-1] == "sheet published"


def test_each_picture_says_in_words_what_it_shows(wave: str, chloe: Visitor, nobody: Visitor) -> None:
    story.published(chloe, wave)
    nobody.get(f"/questionnaires/{wave}/resultats")
    drawn = re.findall(r"<svg.*?</svg>", nobody.page.split('class="tenths"')[1].split("</div>\n<h2")[0], re.S)
    assert len(drawn) == 3
    for one in drawn:
        full = one.count('class="yes"')
        assert full + one.count('class="no"') == 10
        assert f"{full} personnes sur 10" in one
        assert 'role="img"' in one


def test_the_paper_is_one_tagged_page_in_large_letters(wave: str, chloe: Visitor, nobody: Visitor) -> None:
    story.published(chloe, wave)
    read = paper(nobody, wave)
    assert len(read.pages) == 1
    assert read.root_object["/MarkInfo"].get_object()["/Marked"]  # type: ignore[index]
    sizes: list[float] = []

    def note(said: str, _cm: object, matrix: list[float], _font: object, size: float) -> None:
        if said.strip():
            sizes.append(abs(size * (matrix[3] or matrix[1] or 1)))

    said = read.pages[0].extract_text(visitor_text=note)
    assert min(sizes) >= 14
    for words_ in ("8 personnes sur 10", "Qui appeler", "04 00 00 00 00", "souriant"):
        assert words_ in said.replace("\n", " ")
    assert "Durand" not in said


def _released_numbers(app: Flask, code: str) -> set[int]:
    with app.test_request_context():
        seen = results.shown(story.of(code))
        assert seen
        allowed = {seen.responses}
        for item in seen.items:
            assert not isinstance(item.base, Mark)
            allowed |= {item.base} | {one.value for one in item.figures if not isinstance(one.value, Mark)}
            if item.top and not isinstance(item.top.value, Mark):
                allowed.add(item.top.value)
        return allowed


def test_no_number_stands_there_that_was_not_released(
    app: Flask, wave: str, chloe: Visitor, nobody: Visitor
) -> None:
    """But the day, the tenths of the pictures, the phone and the edition."""
    story.published(chloe, wave)
    nobody.get(f"/questionnaires/{wave}/resultats")
    with app.app_context():
        today = centre_queries.centre_today()
    others = {*range(11), today.day, today.year}
    read = paper(nobody, wave).pages[0].extract_text()
    whole = re.sub(r"[\u200b\u200c]|(?<=[/.-])\n", "", read).replace("\n", " ")
    bare = re.sub(r"http://127.0.0.1:8000/questionnaires/\S*|04 00 00 00 00", "", whole)
    for seen in (story.text(nobody.page), bare):
        numbers = {int(found) for found in re.findall(r"\d+", seen)}
        strange = numbers - _released_numbers(app, wave) - others
        assert not strange, strange


def test_a_hidden_figure_cannot_be_chosen_nor_sent(app: Flask, chloe: Visitor) -> None:
    with app.app_context():
        made = voices.wave()
        voices.answered(made, {"reach": (20, 15, 3, 2, 0), "kind": (2, 3, 0), "wait": (20, 20, 0)}, [])
        release_actions.release(made, by=make.account("Claude", Role.COORDINATOR))
        db.session.commit()
        code = made.code
        hidden = {
            f"{item.key}:{one.code}"
            for item in results.shown(made).items  # type: ignore[union-attr]
            for one in item.figures
            if one.share is None
        }
    chloe.get(f"/equipe/enquetes/{code}/feuille")
    offered = set(re.findall(r'name="figures" value="([^"]+)"', chloe.page))
    assert hidden
    assert not hidden & offered
    assert not any(one.startswith("kind:") for one in offered)
    story.composed(chloe, code, figures=[*hidden, "kind:yes", "wait:short", "nothing:here"])
    chloe.get(f"/equipe/enquetes/{code}/feuille/apercu")
    assert story.text(chloe.page).count("Combien de temps attendez-vous") == 2  # the picture and its table
    assert "Vous a-t-on dit bonjour" not in chloe.page
    chloe.get(f"/equipe/enquetes/{code}/feuille")
    story.sent(chloe, code, "publication", status=409)
    assert "de 3 à 6 chiffres" in chloe.page


@pytest.mark.parametrize(
    ("fields", "why"),
    [
        ({"figures": ["kind:yes"]}, "de 3 à 6 chiffres"),
        ({"heard": ""}, "les deux textes"),
        ({"heard": "Oui.\n" * 80, "promised": "Non.\n" * 70}, "dépasse une page"),
    ],
)
def test_what_is_not_whole_is_not_published(
    app: Flask, wave: str, chloe: Visitor, fields: dict[str, object], why: str
) -> None:
    story.composed(chloe, wave, **fields)
    story.sent(chloe, wave, "publication", status=409)
    assert why in chloe.page
    with app.app_context():
        assert story.of(wave).finished_at is None
        assert of(app, State.PUBLISHED) is None


def test_too_long_for_a_page_is_said_before(wave: str, chloe: Visitor) -> None:
    story.composed(chloe, wave, heard="Oui.\n" * 80, promised="Non.\n" * 70)
    chloe.follow(chloe.get(f"/equipe/enquetes/{wave}/feuille/apercu.pdf", status=302))
    assert "dépasse une page" in chloe.page
    chloe.get(f"/equipe/enquetes/{wave}/feuille")
    chloe.post(f"/equipe/enquetes/{wave}/feuille", {"heard": "a" * 401}, status=422)


def test_a_number_of_ones_own_is_pointed_out(wave: str, chloe: Visitor) -> None:
    story.composed(chloe, wave, heard="8 personnes sur 10 vont bien, et 72 % sourient. 8 sur 10, 7 sur 10.")
    assert "Vérifiez ces nombres" in chloe.page
    said = re.search(r"Ils ne sont pas parmi les chiffres publiés[^<]*", story.text(chloe.page))
    assert said
    assert "72 %" in said[0]
    assert "7 sur 10" in said[0]
    assert "8 sur 10" not in said[0]


def test_who_wanted_to_know_is_told_once_and_forgotten(app: Flask, wave: str, chloe: Visitor) -> None:
    ways = (Channel.MAIL, "amina@exemple.fr"), (Channel.PHONE, "06 00 00 00 00")
    story.waits(app, wave, *ways)
    story.published(chloe, wave)
    with app.app_context():
        told = db.session.scalars(select(Message)).all()
        assert {(one.channel, one.address) for one in told} == set(ways)
        for one in told:
            assert f"/questionnaires/{wave}/resultats" in one.body
            assert "Les résultats sont là" in one.subject
        assert not db.session.scalars(select(ResultNotice)).all()
    again(chloe, wave)
    with app.app_context():
        assert len(db.session.scalars(select(Message)).all()) == 2


def again(visitor: Visitor, wave: str) -> None:
    """A second edition."""
    visitor.follow(visitor.post(f"/equipe/enquetes/{wave}/feuille/edition"))
    story.sent(visitor, wave, "publication")


def test_a_published_sheet_is_frozen_and_a_later_edit_is_a_new_edition(
    app: Flask, wave: str, chloe: Visitor, nobody: Visitor
) -> None:
    story.published(chloe, wave)
    assert "Garder la feuille" not in chloe.page
    refused = {"heard": "Autre chose", "version": "0", "figures": story.FIGURES}
    chloe.post(f"/equipe/enquetes/{wave}/feuille", refused, status=409)
    with app.app_context():
        for change in ("heard = 'Autre'", "figures = '[]'", "state = 'draft', published_at = NULL"):
            with pytest.raises(DBAPIError):
                db.session.execute(text(f"UPDATE survey_result_sheet SET {change}"))
            db.session.rollback()
    chloe.get(f"/equipe/enquetes/{wave}/feuille")
    chloe.follow(chloe.post(f"/equipe/enquetes/{wave}/feuille/edition"))
    chloe.post(f"/equipe/enquetes/{wave}/feuille/edition", status=409)
    story.composed(chloe, wave, heard="Vous voulez des chaises.")
    nobody.get(f"/questionnaires/{wave}/resultats")
    assert story.HEARD in nobody.page
    story.sent(chloe, wave, "publication")
    nobody.get(f"/questionnaires/{wave}/resultats")
    assert "Vous voulez des chaises." in nobody.page
    assert "C’est l’édition 2." in nobody.page
    with app.app_context():
        states = db.session.scalars(select(SurveySheet.state).order_by(SurveySheet.number)).all()
        assert states == [State.REPLACED, State.PUBLISHED]


def test_a_later_release_does_not_change_what_is_published(
    app: Flask, wave: str, chloe: Visitor, nobody: Visitor
) -> None:
    story.published(chloe, wave)
    nobody.get(f"/questionnaires/{wave}/resultats")
    before = story.text(nobody.page)
    with app.app_context():
        last = db.session.scalars(select(Release)).one()
        shown: dict[str, object] = {"items": {key: {} for key in last.shown["items"]}}
        db.session.add(Release(wave_id=last.wave_id, number=2, at=now(), responses=90, shown=shown))
        db.session.commit()
    nobody.get(f"/questionnaires/{wave}/resultats")
    assert story.text(nobody.page) == before


def test_taken_down_with_the_reason(app: Flask, wave: str, chloe: Visitor, nobody: Visitor) -> None:
    story.published(chloe, wave)
    chloe.get(f"/equipe/enquetes/{wave}/feuille/retrait")
    chloe.post(f"/equipe/enquetes/{wave}/feuille/retrait", {"reason": ""}, status=422)
    chloe.follow(chloe.post(f"/equipe/enquetes/{wave}/feuille/retrait", {"reason": "Une parole de trop."}))
    assert "L’édition 1 est retirée" in chloe.page
    nobody.get(f"/questionnaires/{wave}/resultats")
    assert "Une parole de trop." in nobody.page
    assert story.HEARD not in nobody.page
    nobody.get(f"/questionnaires/{wave}/resultats.pdf", status=404)
    with app.app_context():
        assert story.of(wave).finished_at is None
    again(chloe, wave)
    nobody.get(f"/questionnaires/{wave}/resultats")
    assert story.HEARD in nobody.page


def test_two_people_do_not_overwrite_each_other(
    app: Flask, wave: str, chloe: Visitor, admin: Visitor
) -> None:
    story.composed(chloe, wave)
    address = f"/equipe/enquetes/{wave}/feuille"
    for visitor in (chloe, admin):
        visitor.get(address)
    chloe.post(address, {"heard": "Chloé écrit.", "promised": "", "figures": []})
    admin.post(address, {"heard": "Dominique écrit.", "promised": "", "figures": []}, status=409)
    assert "Dominique écrit." in admin.page
    admin.post(f"{address}/publication", {"version": "1"}, status=409)
    admin.post(f"{address}/publication", {"version": "x"}, status=400)
    with app.app_context():
        draft = of(app, State.DRAFT)
        assert draft is not None
        assert draft.heard == "Chloé écrit."


def test_a_word_hidden_or_deleted_later_leaves_the_page(
    app: Flask, wave: str, chloe: Visitor, nobody: Visitor
) -> None:
    story.published(chloe, wave)
    with app.app_context():
        held = {one.body: one for one in words.publishable(story.of(wave))}
        smile, durand = held[voices.WORDS[1]], held[voices.WORDS[2]]
        hidden = (f"{smile.body.index('très')}-{smile.body.index(' souriant')}",)
        decided(smile, Decision.PUBLISHABLE, chloe, hide=hidden)
        decided(durand, Decision.PUBLISHABLE, chloe)
        db.session.commit()
    nobody.get(f"/questionnaires/{wave}/resultats")
    assert "L’accueil est […] souriant, merci." in nobody.page
    assert "Durand" not in nobody.page  # what was hidden at publication stays hidden
    with app.app_context():
        decided(words.get(story.of(wave), smile.id), Decision.DELETED, chloe)
        db.session.commit()
    nobody.get(f"/questionnaires/{wave}/resultats")
    assert "souriant" not in nobody.page
    assert "souriant" not in paper(nobody, wave).pages[0].extract_text()


def decided(one: words.Heard, decision: Decision, by: Visitor, hide: tuple[str, ...] = ()) -> None:
    verbatims.decide(one, decision=decision, themes=[], hide=hide, version=one.version, by=by.account)


def test_an_item_is_tied_to_a_commitment_and_shows_on_what_changes(
    app: Flask, wave: str, chloe: Visitor, nobody: Visitor
) -> None:
    with app.app_context():
        known = make.commitment(
            "Une seconde ligne de téléphone", due_on=now().date() + timedelta(days=90)
        ).code
        db.session.commit()
    chloe.get(f"/equipe/enquetes/{wave}/feuille/engagements")
    chloe.post(f"/equipe/enquetes/{wave}/feuille/engagements", {"about": "question:reach"}, status=422)
    there = {"about": "question:reach", "commitment": known}
    chloe.follow(chloe.post(f"/equipe/enquetes/{wave}/feuille/engagements", there))
    assert "Une seconde ligne de téléphone" in chloe.page
    assert "Comment se passent vos appels" in chloe.page
    chloe.follow(chloe.post(f"/equipe/enquetes/{wave}/feuille/engagements", there | {"about": ""}))
    new = {
        "about": "theme:places", "title": "Des chaises plus hautes", "said": "Les chaises sont basses.",
        "due_on": f"{now().date() + timedelta(days=60)}", "rung": "consultation",
    }  # fmt: skip
    chloe.get(f"/equipe/enquetes/{wave}/feuille/engagements/nouveau")
    chloe.post(f"/equipe/enquetes/{wave}/feuille/engagements/nouveau", new | {"title": ""}, status=422)
    chloe.follow(chloe.post(f"/equipe/enquetes/{wave}/feuille/engagements/nouveau", new))
    assert "Lieux et accès" in chloe.page
    nobody.get(f"/ce-qui-change/{known}")
    assert f"/questionnaires/{wave}/resultats" not in nobody.page
    story.published(chloe, wave)
    nobody.get(f"/questionnaires/{wave}/resultats")
    assert f"/ce-qui-change/{known}" in nobody.page
    assert "Des chaises plus hautes" in paper(nobody, wave).pages[0].extract_text()
    for page in (f"/ce-qui-change/{known}", "/ce-qui-change"):
        nobody.get(page)
        assert f"/questionnaires/{wave}/resultats" in nobody.page
    with app.app_context():
        made = db.session.scalars(select(Commitment).filter_by(title="Des chaises plus hautes")).one()
        assert {one.about for one in db.session.scalars(select(Tie))} == {"", "theme:places"}
        assert made.owner_id == chloe.account_id
    chloe.post(f"/equipe/enquetes/{wave}/feuille/engagements/{known}/retrait", status=404)


def test_a_commitment_is_taken_off_a_draft(app: Flask, wave: str, chloe: Visitor) -> None:
    with app.app_context():
        codes = [make.commitment(f"Promesse {one}").code for one in range(5)]
        db.session.commit()
    for code in codes[:4]:
        chloe.get(f"/equipe/enquetes/{wave}/feuille/engagements")
        chloe.post(f"/equipe/enquetes/{wave}/feuille/engagements", {"about": "", "commitment": code})
    chloe.post(
        f"/equipe/enquetes/{wave}/feuille/engagements", {"about": "", "commitment": codes[4]}, status=409
    )
    chloe.get(f"/equipe/enquetes/{wave}/feuille")
    chloe.follow(chloe.post(f"/equipe/enquetes/{wave}/feuille/engagements/{codes[0]}/retrait"))
    assert "Promesse 0" not in chloe.page
    assert "Promesse 1" in chloe.page


def test_a_page_asks_few_questions(app: Flask, wave: str, chloe: Visitor, nobody: Visitor) -> None:
    with app.app_context():
        code = make.commitment("Une seconde ligne").code
        db.session.commit()
    chloe.get(f"/equipe/enquetes/{wave}/feuille/engagements")
    chloe.post(f"/equipe/enquetes/{wave}/feuille/engagements", {"about": "", "commitment": code})
    story.composed(chloe, wave)
    desk = f"/equipe/enquetes/{wave}/feuille"
    asked = {path: count(app, chloe, desk + path) for path in ("", "/apercu", "/apercu.pdf", "/engagements")}
    story.published(chloe, wave)
    asked |= {path: count(app, chloe, desk + path) for path in ("/retrait",)}
    public = f"/questionnaires/{wave}/resultats"
    asked |= {path: count(app, nobody, path) for path in (public, f"{public}.pdf", "/ce-qui-change")}
    assert max(asked.values()) <= 6, asked


def count(app: Flask, visitor: Visitor, path: str) -> int:
    app.testing = False
    visitor.client.get(path).close()
    with visitor.counting() as seen:
        visitor.client.get(path).close()
    app.testing = True
    return len(seen)


def test_the_page_prints_without_its_buttons() -> None:
    css = (Path(__file__).parents[4] / "engage/static/css/engage.css").read_text("utf-8")
    assert re.search(r"@media print\{[^@]*\.tenth \.yes\{fill:#000", css)
