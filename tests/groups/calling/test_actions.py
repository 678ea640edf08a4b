"""Calls and applications as rules: what is taken, what is refused, who hears what, what is forgotten."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import func, select

from engage.accounts.models import Account, Role
from engage.centre.queries import centre, centre_today
from engage.core.clock import now
from engage.core.db import db
from engage.core.errors import Refused
from engage.groups.belonging.models import GroupInvitation
from engage.groups.calling import actions, queries
from engage.groups.calling.applying import actions as applying
from engage.groups.calling.applying import commands
from engage.groups.calling.applying import queries as applications
from engage.groups.calling.models import Application, ApplicationState, CallState
from engage.groups.models import Entry, Side
from engage.intake import queries as intake
from engage.intake.models import Door, FollowUp, Reply
from engage.involvement.carrying import actions as carrying
from engage.involvement.models import Carried, Person, Stage
from engage.journal.models import Entry as Line
from engage.outbox.models import Channel, Message
from tests import make
from tests.groups.calling.sample import applied, call, said, written

pytestmark = pytest.mark.usefixtures("session")


@pytest.fixture
def by() -> Account:
    return make.account("Chloé", Role.COORDINATOR)


def test_a_draft_is_seen_by_who_steers_alone_and_published_when_it_is_whole(by: Account) -> None:
    draft = call(by, published=False, costs="")
    assert queries.open_calls() == []
    with pytest.raises(Refused, match="complète"):
        actions.publish(draft, by=by)
    actions.edit(draft, version=draft.version, by=by, **written())
    actions.publish(draft, by=by)
    assert queries.open_calls() == [draft]
    assert queries.questions(draft) == written()["questions"]


def test_a_closing_day_in_the_past_is_refused(by: Account) -> None:
    past = centre_today() - timedelta(days=1)
    with pytest.raises(Refused, match="passée"):
        actions.create(**written(closes_on=past), by=by)
    held = call(by)
    with pytest.raises(Refused, match="passée"):
        actions.edit(held, version=held.version, by=by, **written(closes_on=past))


def test_a_fourth_question_is_refused_and_questions_that_were_read_stay(by: Account) -> None:
    with pytest.raises(Refused, match="Trois questions"):
        call(by, questions=["Un ?", "Deux ?", "Trois ?", "Quatre ?"])
    held = call(by)
    with pytest.raises(Refused, match="Les questions restent"):
        actions.edit(held, version=held.version, by=by, **written(questions=["Autre ?"]))


def test_the_second_to_change_it_hears_of_the_first(by: Account) -> None:
    held = call(by)
    version = held.version
    actions.edit(held, version=version, by=by, **written(title="Lire avec nous"))
    db.session.flush()
    with pytest.raises(Refused, match="Quelqu’un vient de changer"):
        actions.edit(held, version=version, by=by, **written(title="Perdu"))
    assert held.title == "Lire avec nous"


def test_a_copy_asks_the_same_and_has_no_day(by: Account) -> None:
    held = call(by)
    twin = actions.copy(held, by=by)
    assert (twin.state, twin.closes_on, twin.what) == (CallState.DRAFT, None, held.what)
    assert queries.questions(twin) == queries.questions(held)
    actions.discard(twin, by=by)
    with pytest.raises(Refused, match="fermez-le"):
        actions.discard(held, by=by)


def test_closing_stops_newcomers_and_keeps_who_waits(by: Account) -> None:
    held = call(by)
    waiting = applied(held)
    actions.close(held, by=by)
    actions.close(held, by=by)
    with pytest.raises(Refused, match="fermé"):
        applied(held, "Benoît")
    assert applications.to_answer().rows == [waiting]
    assert len(list(db.session.scalars(select(Line).where(Line.verb == "call closed")))) == 1


def test_the_day_after_the_last_one_it_takes_nobody(by: Account) -> None:
    held = call(by, closes_on=centre_today())
    assert queries.is_open(held)
    held.closes_on = centre_today() - timedelta(days=1)
    with pytest.raises(Refused, match="d’autres façons"):
        applied(held)
    assert queries.over_calls() == [held]


def test_who_applies_is_on_the_way_with_door_answers_and_a_promised_day(by: Account) -> None:
    held = call(by)
    made, code = applying.apply(held, **said(door=Door.KIOSK))
    assert made.due_on == centre_today() + timedelta(days=centre().answer_days)
    assert made.said == ["Pour aider.", ""]
    assert made.person
    assert (made.person.door, made.person.stage) == (Door.KIOSK, Stage.INTEREST)
    found = intake.find_follow_up(code)
    assert found
    assert (found.kind, found.ref) == ("application", made.code)
    told = db.session.scalars(select(Message).where(Message.about_ref == made.code)).all()
    assert {message.address for message in told} == {"amina@exemple.fr", by.email}
    assert all("Pour aider" not in message.body for message in told)


def test_who_may_answer_hears_of_it_where_who_is_on_duty_may_not(by: Account) -> None:
    staff, asked = make.account("Sam", Role.STAFF), call(by)
    make.referent(staff)
    made = applied(asked, reply=Reply.RECEPTION, contact=None)
    told = db.session.scalars(select(Message).where(Message.about_ref == made.code)).all()
    assert [message.address for message in told] == [by.email]


def test_a_form_sent_twice_is_one_application_with_one_code(by: Account) -> None:
    held, form = call(by), said()
    first, second = applying.apply(held, **form), applying.apply(held, **form)
    assert first == second
    assert db.session.scalar(select(func.count()).select_from(Application)) == 1


def test_one_person_applies_once_whatever_the_writing(by: Account) -> None:
    held = call(by)
    applied(held, "Amina Diallo", contact="amina@exemple.fr")
    db.session.commit()
    for name, contact in (("amina  diallo", "AMINA@exemple.fr"), ("Amina Diallo", "amina@exemple.fr ")):
        with pytest.raises(Refused, match="déjà une candidature"):
            applied(held, name, contact=contact)
        db.session.rollback()
    applied(held, "Omar", contact="amina@exemple.fr")  # a couple shares an address
    assert applications.of_call(held).total == 2


def test_with_and_without_an_account_it_is_the_same_person(by: Account) -> None:
    held, amina = call(by), make.account("Amina", email="amina@exemple.fr")
    applied(held, "Amina", account=amina)
    with pytest.raises(Refused, match="déjà une candidature"):
        applied(held, "Amina")


def test_who_took_it_back_may_apply_again(by: Account) -> None:
    held = call(by)
    first = applied(held)
    applying.withdraw(first)
    applying.withdraw(first)
    assert first.state is ApplicationState.WITHDRAWN
    assert (first.name, first.contact, first.said) == (None, None, [])
    again = applied(held)
    assert again.id != first.id
    told = db.session.scalars(select(Message).where(Message.about_ref == first.code)).all()
    assert any("retirée" in message.body for message in told)


def test_a_yes_invites_into_the_group_and_goes_up_one_step(by: Account) -> None:
    group = make.group()
    made = applied(call(by, group_id=group.id))
    applying.accept(made, answer="Avec plaisir.", side=Side.CARER, by=by)
    invitation = db.session.scalars(select(GroupInvitation)).one()
    assert (invitation.person, invitation.side) == (made.person, Side.CARER)
    assert made.person
    assert made.person.stage is Stage.INVITED
    letter = _answer(made)
    assert "Avec plaisir." in letter.body
    with pytest.raises(Refused, match="déjà répondu"):
        applying.refuse(made, answer="Non.", other_way="Autre chose.", by=by)


def test_a_mandate_ends_after_a_year_and_never_after_its_group(by: Account) -> None:
    today, group = centre_today(), make.group()
    held = call(by, group_id=group.id)
    applying.accept(applied(held), answer="Oui.", side=Side.PATIENT, by=by)
    group.ends_on = today + timedelta(days=90)
    asked = applied(held, "Omar")
    db.session.commit()
    far = today + timedelta(days=91)
    with pytest.raises(Refused, match="se termine avant"):
        applying.accept(asked, answer="Oui.", side=Side.PATIENT, mandate_ends_on=far, by=by)
    db.session.rollback()
    applying.accept(asked, answer="Oui.", side=Side.PATIENT, by=by)
    ends = db.session.scalars(select(GroupInvitation.mandate_ends_on).order_by(GroupInvitation.id)).all()
    assert ends == [today + timedelta(days=365), today + timedelta(days=90)]


def _answer(made: Application) -> Message:
    key = f"application {made.code} answered"
    return db.session.scalars(select(Message).where(Message.key == key)).one()


def test_a_no_proposes_another_way(by: Account) -> None:
    made = applied(call(by), reply=Reply.PHONE, contact="06 12 34 56 78")
    with pytest.raises(Refused, match="autre façon"):
        applying.refuse(made, answer="Pas cette fois.", other_way="", by=by)
    applying.refuse(made, answer="Pas cette fois.", other_way="Venez marcher.", by=by)
    letter = _answer(made)
    assert not letter.kind.can_stop  # nobody is left without an answer
    assert letter.channel is Channel.PHONE
    assert "Pas cette fois." in letter.body
    assert "Venez marcher." in letter.body


def test_nothing_is_written_to_who_takes_a_rest(by: Account) -> None:
    made = applied(call(by))
    assert made.person
    made.person.paused_until = centre_today() + timedelta(days=30)
    applying.refuse(made, answer="Pas cette fois.", other_way="Plus tard.", by=by)
    key = f"application {made.code} answered"
    assert db.session.scalars(select(Message).where(Message.key == key)).one_or_none() is None
    assert made.answer == "Pas cette fois."


def test_a_group_that_takes_applications_is_asked_without_a_call(by: Account) -> None:
    group = make.group(entry=Entry.APPLICATION)
    made = applied(group)
    assert (made.call_id, made.group_id) == (None, group.id)
    with pytest.raises(Refused, match="déjà une candidature"):
        applied(group)
    db.session.rollback()
    closed = make.group("Circle", entry=Entry.INVITATION)
    with pytest.raises(Refused, match="ne cherche personne"):
        applied(closed)


def test_what_was_said_aloud_is_typed_in(by: Account) -> None:
    made = applied(call(by), wants_to_talk=True, answers=["", ""])
    applying.note_answers(made, answers=["Pour mon père.", "Le soir."], by=by)
    assert made.said == ["Pour mon père.", "Le soir."]


def test_six_months_after_the_answer_nobody_knows_whose_it_was(by: Account) -> None:
    held = call(by)
    old, fresh, waiting = applied(held), applied(held, "Benoît"), applied(held, "Zoé")
    for one in (old, fresh):
        applying.refuse(one, answer="Pas cette fois.", other_way="Venez marcher.", by=by)
    old.answered_at = now() - timedelta(days=184)
    waiting.created_at = now() - timedelta(days=400)
    db.session.commit()
    assert commands.forget_applications() == 1
    assert (old.name, old.contact, old.answers, old.answer, old.person_id) == (None,) * 5
    assert old.state is ApplicationState.REFUSED
    assert fresh.name == "Benoît"
    assert waiting.name == "Zoé"
    assert intake.find_follow_up(old.code) is None
    bodies = db.session.scalars(select(Message.body).where(Message.about_ref == old.code))
    assert set(bodies) == {""}
    assert commands.forget_applications() == 0


def test_what_is_taken_back_loses_its_words_at_once_and_its_person_in_time(by: Account) -> None:
    made = applied(call(by), door=Door.RELAY)
    relay = make.account("Rémi", Role.RELAY)
    carrying.carry("application", made.code, relay=relay, person="Amina", consented_at=now())
    applying.withdraw(made)
    db.session.commit()
    assert commands.forget_applications() == 0
    assert db.session.scalars(select(Carried.person)).one() is None
    assert made.person_id
    made.answered_at = now() - timedelta(days=184)
    db.session.commit()
    assert commands.forget_applications() == 1
    assert (int(made.person_id or 0), int(made.account_id or 0)) == (0, 0)
    assert db.session.scalars(select(FollowUp).filter_by(ref=made.code)).all() == []
    assert commands.forget_applications() == 0


def test_what_nobody_answered_is_forgotten_after_its_call_and_its_promised_day(by: Account) -> None:
    held = call(by)
    made, group = applied(held), applied(make.group(entry=Entry.APPLICATION), "Omar")
    long_ago = centre_today() - timedelta(days=184)
    made.due_on = long_ago
    db.session.commit()
    assert commands.forget_applications() == 0  # the call runs
    held.closes_on = group.due_on = long_ago
    db.session.commit()
    assert commands.forget_applications() == 2
    for one in (made, group):
        assert (one.name, one.contact, one.answers, one.person_id) == (None,) * 4
        assert (one.state, one.answered_at) == (ApplicationState.WITHDRAWN, None)
    assert applications.to_answer().rows == []
    assert commands.forget_applications() == 0


def test_an_account_that_goes_takes_its_applications_with_it(by: Account) -> None:
    amina = make.account("Amina")
    made = applied(call(by), account=amina)
    applying.forget_person(amina)
    assert (made.state, made.name, made.account_id) == (ApplicationState.WITHDRAWN, None, None)
    assert db.session.scalar(select(func.count()).select_from(Person)) == 1
