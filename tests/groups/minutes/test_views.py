"""From a draft to minutes that are approved, and words for everyone; tasks are ticked."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from flask import Flask

from engage.centre.queries import centre_today
from engage.core.clock import now
from engage.core.db import db
from engage.groups.meeting.models import Meeting
from engage.groups.minutes.models import Correction, Minutes, MinutesState, Task
from engage.groups.models import Autonomy, Group, MemberKind, Membership
from tests import make
from tests.browser import Visitor
from tests.core import paper
from tests.groups.deciding import voting
from tests.groups.minutes import meeting as held


@pytest.fixture
def group(app: Flask, benoit: Visitor, amina: Visitor) -> str:
    """Benoît is its secretary, Amina a member; it has its own minutes."""
    with app.app_context():
        made = make.group(autonomy=Autonomy.OWN_CHAIR)
        make.membership(made, benoit.account, kind=MemberKind.SECRETARY)
        make.membership(made, amina.account)
        db.session.commit()
        return made.code


@pytest.fixture
def meeting(app: Flask, group: str) -> str:
    with app.app_context():
        made = held.meeting(db.session.query(Group).filter_by(code=group).one())
        db.session.commit()
        return made.code


def page(meeting: str, deed: str = "") -> str:
    return f"/groupes/reunions/{meeting}/compte-rendu{deed}"


def minutes() -> Minutes:
    return db.session.query(Minutes).one()


def test_from_a_draft_to_words_for_everyone(
    app: Flask, meeting: str, group: str, benoit: Visitor, amina: Visitor, nobody: Visitor
) -> None:
    benoit.get(page(meeting))
    benoit.get(page(meeting, "/redaction"))
    text = {"heard": "Froid.", "decided": "Mardi.", "in_full": ""}
    benoit.follow(benoit.post(page(meeting, "/redaction"), text))
    amina.get(page(meeting))
    assert "Froid." not in amina.page  # a draft is for who writes it
    benoit.follow(benoit.post(page(meeting, "/partage")))
    assert "Les membres sont prévenus" in benoit.page
    amina.get(page(meeting))
    assert "Froid." in amina.page
    amina.post(page(meeting, "/corrections"), {"words": ""}, status=422)
    amina.follow(amina.post(page(meeting, "/corrections"), {"words": "C’était mercredi."}))
    with app.app_context():
        code = db.session.query(Correction).one().code
    benoit.get(page(meeting))
    benoit.post(page(meeting, f"/corrections/{code}"), {f"{code}-answer": "Oui"}, status=422)
    benoit.post(page(meeting, f"/corrections/{code}"), {f"{code}-is_taken": "yes", f"{code}-answer": "Merci"})
    benoit.get(page(meeting))
    assert "prise" in benoit.page
    benoit.post(page(meeting, "/approbation"), {"version": "3"}, status=409)
    with app.app_context():
        minutes().correct_until = centre_today() - timedelta(days=1)
        db.session.commit()
    benoit.get(page(meeting))
    benoit.follow(benoit.post(page(meeting, "/approbation")))
    assert "Les mots pour tous" in benoit.page
    nobody.get(page(meeting), status=404)
    benoit.post(page(meeting, "/publication"), {"public_words": " "}, status=422)
    benoit.post(page(meeting, "/publication"), {"public_words": "Nous changeons de jour."})
    nobody.get(page(meeting))
    assert "Nous changeons de jour." in nobody.page
    assert "Froid." not in nobody.page
    nobody.get(f"/groupes/{group}/comptes-rendus")
    assert "Réunion de novembre" in nobody.page
    benoit.get(page(meeting))
    benoit.post(page(meeting, "/retrait"))
    nobody.get(page(meeting), status=404)


def minutes_of(meeting: str, state: MinutesState = MinutesState.DRAFT, **values: Any) -> Minutes:
    return held.minutes(db.session.query(Meeting).filter_by(code=meeting).one(), state, **values)


def test_two_writers_at_once_see_both_texts_and_lose_none(
    app: Flask, meeting: str, benoit: Visitor, admin: Visitor
) -> None:
    """The second sees the first's text beside their own, brings them together, and keeps that."""
    with app.app_context():
        group = db.session.query(Group).one()
        make.membership(group, admin.account, kind=MemberKind.CO_CHAIR)
        minutes_of(meeting)
        db.session.commit()
    for one in (benoit, admin):
        one.get(page(meeting, "/redaction"))
    benoit.post(page(meeting, "/redaction"), {"heard": "Mots de Benoît", "decided": "", "in_full": ""})
    second = {"heard": "Mots de Dominique", "decided": "Le lundi.", "in_full": ""}
    admin.post(page(meeting, "/redaction"), second, status=409)
    for said in ("Mots de Benoît", "Mots de Dominique", "Le lundi."):
        assert said in admin.page
    admin.post(page(meeting, "/redaction"), {"heard": "Les deux", "decided": "Le lundi.", "in_full": ""})
    admin.get(page(meeting))
    assert "Les deux" in admin.page


def test_in_large_print_on_paper(app: Flask, meeting: str, benoit: Visitor, nobody: Visitor) -> None:
    with app.app_context():
        found = db.session.query(Group).one()
        one = minutes_of(meeting, MinutesState.SHARED)
        voting.closed(found, benoit.account, meeting_id=one.meeting_id)
        held.task(found, benoit.account, meeting_id=one.meeting_id, due_on=centre_today())
        db.session.commit()
    sheet = benoit.get(f"/groupes/reunions/{meeting}/compte-rendu.pdf").data
    words = paper.words(sheet)
    for said in ("La salle est froide.", "Se réunir le mardi ?", "Adopté.", "Demander trois devis", "Benoît"):
        assert paper.plain(said) in words
    assert min(paper.sizes(sheet)) >= 14
    nobody.get(f"/groupes/reunions/{meeting}/compte-rendu.pdf", status=302)


def test_who_left_reads_what_is_public_and_what_they_wrote(
    app: Flask, meeting: str, group: str, amina: Visitor
) -> None:
    with app.app_context():
        one = minutes_of(meeting, MinutesState.SHARED)
        held.correction(one, amina.account, words="Mes propres mots.")
        held.correction(one, make.account("Odile"), words="Les mots d’une autre.")
        other = held.meeting(one.meeting.group, title="Réunion secrète")
        held.minutes(other, MinutesState.SHARED)
        leave(amina)
        db.session.commit()
        closed = other.code
    amina.get(page(meeting))
    assert "Mes propres mots." in amina.page
    assert "Les mots d’une autre." not in amina.page
    assert "La salle est froide." not in amina.page
    amina.get(page(closed), status=404)
    amina.get(f"/groupes/{group}/comptes-rendus")
    assert "Réunion de novembre" in amina.page
    assert "Réunion secrète" not in amina.page
    amina.post(page(meeting, "/corrections"), {"words": "Encore."}, status=403)
    amina.get(f"/groupes/reunions/{meeting}/compte-rendu.pdf", status=403)
    with app.app_context():
        one = db.session.query(Minutes).join(Minutes.meeting).filter(Meeting.code == meeting).one()
        one.written_by_id = amina.account_id
        db.session.commit()
    amina.get(page(meeting))
    assert "La salle est froide." in amina.page
    assert "Les mots d’une autre." not in amina.page


def leave(visitor: Visitor) -> None:
    membership = db.session.query(Membership).filter_by(account_id=visitor.account_id).one()
    membership.ended_at = now()


def test_tasks_are_given_ticked_and_taken_off(
    app: Flask, meeting: str, group: str, benoit: Visitor, amina: Visitor, chloe: Visitor
) -> None:
    benoit.get(page(meeting))
    benoit.post(f"/groupes/{group}/taches?reunion={meeting}", {"text": "", "owner_id": ""}, status=422)
    sent = {"text": "Demander trois devis", "owner_id": str(amina.account_id), "due_on": "2020-01-02"}
    benoit.follow(benoit.post(f"/groupes/{group}/taches?reunion={meeting}", sent))
    assert "Demander trois devis" in benoit.page
    with app.app_context():
        code = db.session.query(Task).one().code
    amina.get(f"/groupes/{group}/taches")
    assert "en retard" in amina.page
    assert "Ajouter cette tâche" not in amina.page
    amina.post(f"/groupes/{group}/taches", sent, status=403)
    amina.post(f"/groupes/taches/{code}/retrait", status=403)
    amina.follow(amina.post(f"/groupes/taches/{code}/fait", {"done": "yes"}))
    assert "Merci" in amina.page
    chloe.get(f"/groupes/{group}/taches")
    chloe.post(f"/groupes/taches/{code}/fait", {"done": "no"}, status=403)
    benoit.get(f"/groupes/{group}/taches")
    benoit.post(f"/groupes/taches/{code}/fait", {"done": "no"})
    benoit.post(f"/groupes/taches/{code}/retrait")
    benoit.get(f"/groupes/{group}/taches")
    assert "Rien à faire" in benoit.page


def test_a_task_is_not_put_on_the_meeting_of_another_group(app: Flask, group: str, benoit: Visitor) -> None:
    with app.app_context():
        other = held.meeting(make.group("Autre groupe")).code
        db.session.commit()
    benoit.post(f"/groupes/{group}/taches?reunion={other}", {"text": "Écrire", "owner_id": ""}, status=404)


def test_strangers_find_nothing_inside(app: Flask, meeting: str, group: str, nobody: Visitor) -> None:
    with app.app_context():
        minutes_of(meeting, MinutesState.SHARED)
        code = held.task(db.session.query(Group).one()).code
        stranger = make.account("Inconnue").id
        db.session.commit()
    nobody.get(page(meeting), status=404)
    visitor = Visitor(app, stranger)
    visitor.get(page(meeting), status=404)
    visitor.get(f"/groupes/{group}/taches", status=403)
    visitor.post(f"/groupes/taches/{code}/fait", {"done": "yes"}, status=404)
    visitor.post(page(meeting, "/partage"), {"version": "1"}, status=403)


def test_the_coordination_takes_back_the_words_of_a_group_that_ended(
    app: Flask, meeting: str, benoit: Visitor, chloe: Visitor, nobody: Visitor
) -> None:
    with app.app_context():
        minutes_of(meeting, MinutesState.APPROVED, public_words="Bonjour.", published_at=now())
        db.session.query(Group).one().closed_at = now()
        db.session.commit()
    benoit.get(page(meeting))
    benoit.post(page(meeting, "/retrait"), status=403)
    chloe.get(page(meeting))
    assert "Montrer ces mots" not in chloe.page
    assert page(meeting, "/retrait") in chloe.page
    chloe.post(page(meeting, "/publication"), {"public_words": "Encore."}, status=403)
    chloe.get(page(meeting))
    chloe.post(page(meeting, "/retrait"))
    nobody.get(page(meeting), status=404)


def test_who_wrote_and_left_reads_their_text_and_nothing_beside_it(
    app: Flask, meeting: str, benoit: Visitor
) -> None:
    with app.app_context():
        found = db.session.query(Group).one()
        one = minutes_of(meeting, MinutesState.SHARED, written_by_id=benoit.account_id)
        voting.closed(found, benoit.account, meeting_id=one.meeting_id)
        held.task(found, meeting_id=one.meeting_id)
        left = db.session.query(Membership).filter_by(account_id=benoit.account_id).one()
        left.ended_at = now()
        db.session.commit()
    benoit.get(page(meeting))
    sheet = paper.words(benoit.get(f"/groupes/reunions/{meeting}/compte-rendu.pdf").data)
    assert "La salle est froide." in benoit.page
    assert paper.plain("La salle est froide.") in sheet
    for beside in ("Se réunir le mardi ?", "Demander trois devis"):
        assert beside not in benoit.page
        assert paper.plain(beside) not in sheet
