"""A relay brings an idea in somebody's words, and the answer back to them."""

from __future__ import annotations

import io
import re
from datetime import timedelta

from flask import Flask
from pypdf import PdfReader
from sqlalchemy import select

from engage.accounts.models import Role
from engage.core.clock import local, now
from engage.core.db import db
from engage.events.joining import actions as groups
from engage.events.signing import actions as signing
from engage.groups.calling.applying import actions as applying
from engage.ideas.models import Idea, StepKind, Support, Visibility
from engage.ideas.timeline import actions as timeline
from engage.intake import queries as intake
from engage.intake.models import Door, Reply
from engage.involvement.carrying import actions as carrying
from engage.involvement.models import Carried, Relay, RelayKind, Source, SourceKind
from engage.journal.models import Entry
from engage.outbox.models import Message, State
from tests import make
from tests.browser import Visitor
from tests.events.signing.people import wanted
from tests.groups.calling.sample import applied, call
from tests.relaying.conftest import Words, brings

CODE = re.compile(r"\b[2-9A-Z]{3}-[2-9A-Z]{3}-[2-9A-Z]{3}\b")


def answered(app: Flask, code: str, words: str = "Un arrêt plus proche est demandé.") -> None:
    """The team tells everybody who asked."""
    with app.app_context():
        idea = db.session.scalars(select(Idea).filter_by(code=code)).one()
        step = timeline.note(idea, StepKind.ANSWER, visibility=Visibility.AUTHOR, words=words)
        timeline.tell(idea, subject="Une réponse", body=words, key=timeline.key(step))
        db.session.commit()


def message(app: Flask) -> Message:
    with app.app_context():
        return db.session.scalars(select(Message).filter_by(about_kind="idea")).one()


def test_the_space_is_for_relays_alone(
    amina: Visitor, benoit: Visitor, chloe: Visitor, nobody: Visitor
) -> None:
    for page in ("/relais", "/relais/idee", "/relais/idee/recue", "/relais/lien", "/relais/feuille.pdf"):
        for other in (amina, benoit, chloe):
            other.get(page, status=403)
        nobody.get(page, status=302)


def test_an_idea_is_brought_in_somebodys_words(app: Flask, nadia: Visitor, chloe: Visitor) -> None:
    nadia.get("/relais")
    assert "Rien à redire" in nadia.page
    code = brings(app, nadia, summary="Elle vient à pied de loin.")
    found = CODE.search(nadia.page)
    assert found
    with app.app_context():
        idea = db.session.scalars(select(Idea).filter_by(code=code)).one()
        facts = (idea.door, idea.entered_by_id, idea.account_id, idea.reply, idea.contact, idea.owner_id)
        assert facts == (Door.RELAY, nadia.account_id, None, Reply.RECEPTION, None, chloe.account_id)
        assert idea.helper_summary == "Elle vient à pied de loin."
        carried = db.session.scalars(select(Carried)).one()
        assert (carried.kind, carried.ref, carried.person) == ("idea", code, "Lucette")
        assert carried.relay_id == nadia.account_id
        assert now() - carried.consented_at < timedelta(minutes=2)
        opened = intake.find_follow_up(found[0])
        assert opened is not None
        assert opened.ref == code
    slip = PdfReader(io.BytesIO(nadia.get("/relais/idee/numero.pdf").get_data()))
    assert found[0].split("-")[0] in slip.pages[0].extract_text()
    nadia.get("/relais")
    assert "pour Lucette" in nadia.page
    chloe.get(f"/equipe/idees/{code}")
    assert "Relais" in chloe.page


def test_a_form_sent_twice_is_one_idea(app: Flask, nadia: Visitor) -> None:
    nadia.get("/relais/idee")
    typed = {**nadia.hidden(), **Words().typed()}
    nadia.post("/relais/idee", typed)
    nadia.follow(nadia.post("/relais/idee", typed))
    with app.app_context():
        assert len(db.session.scalars(select(Idea)).all()) == 1
        assert len(db.session.scalars(select(Carried)).all()) == 1


def test_the_yes_must_be_said_and_its_moment_be_over(nadia: Visitor) -> None:
    tomorrow = (local(now(), "Europe/Paris") + timedelta(days=1)).strftime("%Y-%m-%d")
    for wrong in (
        {"consent": None},
        {"yes_day": tomorrow},
        {"yes_day": "0001-01-01"},
        {"yes_day": "9999-12-31"},
        {"yes_day": "hier"},
        {"yes_hour": ""},
        {"text": "…"},
        {"person": ""},
        {"reply": "none"},
        {"reply": "phone"},
    ):
        nadia.get("/relais/idee")
        nadia.post("/relais/idee", Words("Le bus est loin.").typed(**wrong), status=422)
        assert wrong.get("text") or "Le bus est loin." in nadia.page


def test_words_of_distress_bring_the_numbers(nadia: Visitor) -> None:
    nadia.get("/relais/idee")
    nadia.post("/relais/idee", Words("Elle dit qu’elle veut mourir.").typed(), status=200)
    assert "3114" in nadia.page
    nadia.get("/relais/idee/recue")
    assert CODE.search(nadia.page)


def test_the_answer_waits_to_be_brought_back(app: Flask, nadia: Visitor) -> None:
    code = brings(app, nadia)
    answered(app, code)
    nadia.get("/relais")
    assert "À Lucette" in nadia.page
    assert "Un arrêt plus proche" in nadia.page
    nadia.follow(nadia.post(f"/relais/a-redire/{message(app).code}"))
    assert "dit par vous" in nadia.page
    told = message(app)
    assert (told.state, told.told_by_id, told.told_by_name) == (State.TOLD, nadia.account_id, "Nadia")
    nadia.follow(nadia.post(f"/relais/a-redire/{told.code}/annulation"))
    assert "À Lucette" in nadia.page
    assert message(app).state is State.WAITING
    with app.app_context():
        verbs = db.session.scalars(select(Entry.verb)).all()
        assert verbs == ["message told", "message untold"]


def test_what_the_team_told_is_told(app: Flask, nadia: Visitor, chloe: Visitor) -> None:
    answered(app, brings(app, nadia))
    code = message(app).code
    chloe.get("/equipe/appels")
    chloe.post("/equipe/appels/prevenus", {"code": code})
    nadia.get("/relais")
    assert "Rien à redire" in nadia.page
    assert "dit par l’équipe" in nadia.page
    nadia.post(f"/relais/a-redire/{code}")
    nadia.post(f"/relais/a-redire/{code}/annulation")
    assert message(app).told_by_id == chloe.account_id


def test_who_left_a_number_hears_from_the_team(app: Flask, nadia: Visitor) -> None:
    answered(app, brings(app, nadia, reply="phone", phone="06 12 34 56 78"))
    nadia.get("/relais")
    assert "Rien à redire" in nadia.page
    assert "06 12 34 56 78" not in nadia.page
    nadia.post(f"/relais/a-redire/{message(app).code}", status=404)


def test_what_is_said_to_others_about_the_same_idea_is_not_for_the_relay(app: Flask, nadia: Visitor) -> None:
    """Somebody without mail or phone supports it: they are told at reception too."""
    code = brings(app, nadia, public="yes")
    with app.app_context():
        idea = db.session.scalars(select(Idea).filter_by(code=code)).one()
        other = make.account("Germaine", email=None)
        db.session.add(Support(idea_id=idea.id, account_id=other.id, at=now()))
        db.session.commit()
    answered(app, code)
    nadia.get("/relais")
    assert "À Lucette" in nadia.page
    assert "Germaine" not in nadia.page
    with app.app_context():
        hers = [one.code for one in db.session.scalars(select(Message)) if one.person == "Germaine"]
    assert len(hers) == 1
    nadia.post(f"/relais/a-redire/{hers[0]}", status=404)


def test_a_relay_sees_nothing_of_another(app: Flask, nadia: Visitor, remi: Visitor) -> None:
    answered(app, brings(app, nadia))
    remi.get("/relais")
    assert "Lucette" not in remi.page
    remi.post(f"/relais/a-redire/{message(app).code}", status=404)
    with remi.client.session_transaction() as stolen, app.app_context():
        stolen["relayed"] = db.session.scalars(select(Idea.submission_key)).one()
    remi.get("/relais/idee/recue", status=404)
    remi.get("/relais/idee/numero.pdf", status=404)


def test_a_relay_asks_for_a_link_and_prints_the_sheet(app: Flask, nadia: Visitor, nobody: Visitor) -> None:
    nadia.get("/relais/feuille.pdf", status=404)
    nadia.get("/relais/lien")
    nadia.follow(nadia.post("/relais/lien/demande"))
    nadia.post("/relais/lien/demande")
    with app.app_context():
        source = db.session.scalars(select(Source)).one()
        assert (source.kind, source.relay_id) == (SourceKind.RELAY, nadia.account_id)
    assert f"/p/{source.code}" in nadia.page
    assert "0 personne" in nadia.page
    nadia.get("/relais/feuille.pdf")
    nobody.get(f"/p/{source.code}", status=302)


def test_coordination_says_what_a_relay_is(
    app: Flask, chloe: Visitor, nadia: Visitor, amina: Visitor
) -> None:
    with app.app_context():
        actor, other = nadia.account.actor_id, amina.account.actor_id
    chloe.get("/equipe/relais")
    assert "Dites qui est" in chloe.page
    page = f"/equipe/relais/{actor}"
    chloe.get(page)
    chloe.post(page, {"organisation": "CCAS"}, status=422)
    assert "CCAS" in chloe.page
    chloe.follow(chloe.post(page, {"kind": "social_worker", "organisation": "CCAS"}))
    assert "CCAS" in chloe.page
    with app.app_context():
        row = db.session.get_one(Relay, nadia.account_id)
        assert (row.kind, row.organisation) == (RelayKind.SOCIAL_WORKER, "CCAS")
        assert db.session.scalars(select(Source.relay_id)).all() == [nadia.account_id]
    chloe.get(f"/equipe/relais/{other}", status=403)
    nadia.get("/equipe/relais", status=403)


def test_applications_and_walks_come_back_too(app: Flask, nadia: Visitor, chloe: Visitor) -> None:
    """The team answers, or a walk falls out: whoever has neither mail nor phone hears it from the relay."""
    with app.app_context():
        asked = call(chloe.account, title="Relire nos courriers")
        typed = {"reply": Reply.RECEPTION, "contact": None, "entered_by": nadia.account}
        made = applied(asked, "Lucette", **typed)
        carrying.carry("application", made.code, relay=nadia.account, person="Lucette", consented_at=now())
        walks = make.occurrence(make.event("La marche", is_joined_once=True))
        told = wanted("Huguette", reply=Reply.RECEPTION, contact=None)
        member, _code = groups.join(walks.event, by=nadia.account, **told)
        carrying.carry("member", member.code, relay=nadia.account, person="Huguette", consented_at=now())
        db.session.commit()
        signing.cancel_occurrence(walks, "Il neige.", by=chloe.account)
        applying.refuse(
            made, answer="Merci, la place est prise.", other_way="Le groupe de marche.", by=chloe.account
        )
        db.session.commit()
    nadia.get("/relais")
    assert "Relire nos courriers" in nadia.page
    assert "À Huguette" in nadia.page
    assert "Il neige." in nadia.page
    assert "À Lucette" in nadia.page
    assert "Merci, la place est prise." in nadia.page


def test_open_calls_are_handed_on_with_the_link_and_the_poster_of_the_relay(
    app: Flask, nadia: Visitor
) -> None:
    with app.app_context():
        chloe = make.account("Chloé", Role.COORDINATOR)
        code = call(chloe).code
        call(chloe, published=False, title="Encore un brouillon")
        db.session.commit()
    nadia.get("/relais")
    assert f"/appels/{code}" in nadia.page
    assert "par=" not in nadia.page
    nadia.post("/relais/lien/demande", {})
    nadia.get("/relais")
    with app.app_context():
        given = db.session.scalars(select(Source.code)).one()
    assert f"/appels/{code}?par={given}" in nadia.page
    assert f"/appels/{code}/affiche.pdf?par={given}" in nadia.page
    assert "Encore un brouillon" not in nadia.page
