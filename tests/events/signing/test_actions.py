"""Places are taken, left and given on; nobody has two, and nobody hears nothing."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import event as sa_event
from sqlalchemy import select

from engage.accounts.models import Account, Role
from engage.core.clock import now
from engage.core.db import db
from engage.core.errors import Refused
from engage.events.kinds import Cause, CompanionRole, EventState, Need, SigningUp, SignUpState
from engage.events.models import Occurrence
from engage.events.signing import actions, line, queries
from engage.events.signing.models import SignUp, SignUpChange
from engage.intake import queries as intake
from engage.intake.models import Reply
from engage.journal.models import Entry
from engage.outbox.models import Channel, Message
from tests import make
from tests.events.signing.people import signed, states, wanted

CONFIRMED, WAITING, OFFERED = SignUpState.CONFIRMED, SignUpState.WAITING, SignUpState.OFFERED
CANCELLED = SignUpState.CANCELLED
NOTHING: dict[str, Any] = {"needs": [], "needs_words": "", "answers": []}
CARER = (CompanionRole.CARER, "Jeanne")


@pytest.fixture
def date(session: None) -> Occurrence:
    """Two places, in a week."""
    made = make.occurrence(make.event(), capacity=2)
    db.session.commit()
    return made


@pytest.fixture
def by(session: None) -> Account:
    return make.account("Chloé", Role.COORDINATOR)


def said(sign_up: SignUp) -> list[str]:
    """What was written to this person, the last one last."""
    rows = select(Message).filter_by(about_kind="sign-up", about_ref=sign_up.code).order_by(Message.id)
    return [message.body for message in db.session.scalars(rows)]


def test_the_third_one_waits_and_is_offered_the_place_of_who_leaves(date: Occurrence) -> None:
    amina, benoit, chloe = (signed(date, name) for name in ("Amina", "Benoît", "Chloé"))
    assert states(amina, benoit, chloe) == [CONFIRMED, CONFIRMED, WAITING]
    assert (date.taken, queries.ahead(chloe)) == (2, 0)
    actions.cancel(amina)
    assert states(amina, benoit, chloe) == [CANCELLED, CONFIRMED, OFFERED]
    assert "proposée" in said(chloe)[-1]
    actions.accept(chloe)
    actions.accept(chloe)
    assert (chloe.state, chloe.offered_until, date.taken) == (CONFIRMED, None, 2)
    assert len(said(chloe)) == 3


def test_the_first_statement_is_the_update_of_the_date(date: Occurrence) -> None:
    asked: list[str] = []
    first = signed(date)
    deeds = (
        lambda: actions.sign_up(date, **wanted("Benoît")),
        lambda: actions.cancel(first),
        lambda: actions.expire_offers(date),
        lambda: actions.release_reserved(date),
    )
    sa_event.listen(db.engine, "before_cursor_execute", lambda _c, _k, said, *_rest: asked.append(said))
    for deed in deeds:
        for known in (date, first):
            db.session.refresh(known)
        asked.clear()
        deed()
        assert asked[0].startswith("UPDATE event_occurrence SET lock=(event_occurrence.lock +")


def test_a_form_sent_twice_is_one_sign_up(date: Occurrence) -> None:
    form = wanted()
    (first, code), (second, again) = (actions.sign_up(date, **form) for _time in range(2))
    assert first is second
    assert code == again
    assert queries.counts(date).confirmed == 1
    found = intake.find_follow_up(code)
    assert found
    assert (found.kind, found.ref) == ("sign-up", first.code)


def test_a_form_sent_again_after_the_closing_still_shows_what_it_brought(date: Occurrence) -> None:
    form = wanted()
    first, _code = actions.sign_up(date, **form)
    date.closes_at = now()
    db.session.commit()
    assert actions.sign_up(date, **form)[0] is first
    with pytest.raises(Refused, match="closes"):
        actions.sign_up(date, **wanted("Benoît"))


def test_a_form_is_not_sent_for_another_date(date: Occurrence) -> None:
    form = wanted()
    actions.sign_up(date, **form)
    with pytest.raises(Refused, match="déjà été envoyé"):
        actions.sign_up(make.occurrence(date.event), **form)


@pytest.mark.parametrize(
    ("again", "is_same"),
    [
        ({"contact": " AMINA@exemple.fr"}, True),
        ({"name": "AMÏNA "}, True),
        ({"name": "Karim"}, False),
        ({"contact": "autre@exemple.fr"}, False),
    ],
)
def test_couples_share_an_address_and_nobody_has_two_places(
    date: Occurrence, again: dict[str, str], is_same: bool
) -> None:
    signed(date)
    said: dict[str, Any] = {"name": "Amina", "contact": "amina@exemple.fr", **again}
    if is_same:
        with pytest.raises(Refused, match="pour 1"):
            signed(date, **said)
    else:
        assert signed(date, **said).state is CONFIRMED


def test_phone_numbers_are_the_same_however_they_are_written(date: Occurrence) -> None:
    signed(date, reply=Reply.PHONE, contact="06 12 34 56 78")
    with pytest.raises(Refused):
        signed(date, reply=Reply.PHONE, contact="+33612345678")


def test_who_has_neither_mail_nor_phone_is_known_by_the_code_alone(date: Occurrence) -> None:
    """Two people of one name without contact are two people; they hear at reception of what others do."""
    nobody: dict[str, Any] = {"reply": Reply.RECEPTION, "contact": None}
    first, second = signed(date, **nobody), signed(date, **nobody)
    assert first.code != second.code
    third = signed(date, **nobody)
    assert said(third) == []
    actions.cancel(first)
    rows = select(Message).filter_by(about_ref=third.code)
    assert db.session.scalars(rows).one().channel is Channel.RECEPTION


def test_an_account_counts_whatever_its_name(date: Occurrence) -> None:
    amina = make.account()
    signed(date, account=amina)
    with pytest.raises(Refused, match="déjà une inscription"):
        signed(date, "Autre nom", account=amina)


def test_who_left_may_come_again(date: Occurrence) -> None:
    first = signed(date)
    actions.cancel(first)
    actions.cancel(first)
    assert states(signed(date), first) == [CONFIRMED, CANCELLED]


def test_who_is_there_already_signs_up_no_second_time(date: Occurrence) -> None:
    """People are noted at the door before the start, while signing up is still open."""
    line.move(signed(date), SignUpState.ATTENDED, Cause.TEAM)
    with pytest.raises(Refused, match="déjà"):
        actions.sign_up(date, **wanted())


def test_a_party_counts_whole_and_does_not_split(date: Occurrence) -> None:
    assert signed(date, "Amina", 2).state is CONFIRMED
    for number, party in enumerate((0, 7)):
        people = [CARER] * (party - 1) if party else [CARER] * 6
        with pytest.raises(Refused, match="6 personnes"):
            actions.sign_up(date, **wanted(f"P{number}", companions=people))
    with pytest.raises(Refused, match="2 places en tout"):
        signed(date, "Benoît", 3)


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"closes_at": -1}, "closes"),
        ({"cancelled_at": 0}, "annulée"),
        ({"state": EventState.DRAFT}, "pas d’inscription"),
        ({"signing_up": SigningUp.NONE}, "pas d’inscription"),
    ],
)
def test_only_an_open_date_takes_people(date: Occurrence, change: dict[str, Any], sentence: str) -> None:
    for name, value in change.items():
        holder = date if hasattr(date, name) else date.event
        setattr(holder, name, now() + timedelta(hours=value) if isinstance(value, int) else value)
    db.session.commit()
    with pytest.raises(Refused, match=sentence):
        signed(date)


def test_after_the_end_nothing_changes(date: Occurrence) -> None:
    amina = signed(date)
    date.starts_at, date.ends_at = now() - timedelta(hours=3), now() - timedelta(hours=1)
    db.session.commit()
    for deed in (actions.cancel, actions.accept):
        with pytest.raises(Refused, match="passée"):
            deed(amina)


def test_a_relay_signs_somebody_up_and_it_is_written_down(date: Occurrence, by: Account) -> None:
    amina = signed(date, entered_by=by)
    change = db.session.scalars(select(SignUpChange).filter_by(sign_up_id=amina.id)).one()
    assert (amina.entered_by_id, change.by_id, change.cause) == (by.id, by.id, Cause.TEAM)


def test_a_party_grows_only_into_free_places(date: Occurrence) -> None:
    amina = signed(date)
    actions.change(amina, companions=[CARER], **NOTHING | {"needs": [Need.STEP_FREE]})
    assert (amina.party, date.taken, [one.name for one in amina.companions]) == (2, 2, ["Jeanne"])
    assert "2 personnes" in said(amina)[-1]
    assert "plain-pied" not in said(amina)[-1]
    with pytest.raises(Refused, match="2 places en tout"):
        actions.change(amina, companions=[CARER] * 2, **NOTHING)
    benoit = signed(date, "Benoît")
    assert benoit.state is WAITING
    actions.change(amina, companions=[], **NOTHING)
    assert states(amina, benoit) == [CONFIRMED, OFFERED]
    with pytest.raises(Refused, match="plus de place"):
        actions.change(amina, companions=[CARER], **NOTHING)


def test_the_same_words_again_are_no_change(date: Occurrence) -> None:
    amina = signed(date)
    told = len(said(amina))
    actions.change(amina, companions=[], **NOTHING)
    assert len(said(amina)) == told


def test_nobody_changes_what_was_cancelled_in_another_tab(date: Occurrence) -> None:
    amina = signed(date)
    actions.cancel(amina)
    with pytest.raises(Refused, match="entre-temps"):
        actions.change(amina, companions=[CARER], **NOTHING)
    with pytest.raises(Refused, match="entre-temps"):
        actions.accept(amina)


def test_a_smaller_room_than_who_comes_is_refused_with_the_numbers(date: Occurrence, by: Account) -> None:
    amina, benoit, chloe = (signed(date, name) for name in ("Amina", "Benoît", "Chloé"))
    actions.cancel(amina)
    with pytest.raises(Refused, match="1 place est confirmée et 1 est proposée\u00a0: gardez au moins 2"):
        actions.set_capacity(date, 1, by=by)
    with pytest.raises(Refused, match="va de 1 à 5000"):
        actions.set_capacity(date, 0, by=by)
    david = signed(date, "David")
    assert states(benoit, chloe, david) == [CONFIRMED, OFFERED, WAITING]
    actions.set_capacity(date, 3, by=by)
    assert david.state is OFFERED
    rows = select(Entry.note).filter_by(verb="places changed")
    assert db.session.scalars(rows).all() == ["2 → 3"]


def test_a_storm_is_told_to_everybody_once(date: Occurrence, by: Account) -> None:
    date.event.neutral_title = "Rendez-vous du jeudi"
    everybody = [signed(date, name) for name in ("Amina", "Benoît", "Chloé")]
    for _time in range(2):
        actions.cancel_occurrence(date, "Un orage est annoncé.", by=by)
    assert states(*everybody) == [CANCELLED] * 3
    assert (date.taken, date.sequence, date.is_cancelled) == (0, 1, True)
    for one in everybody:
        assert "ne vous déplacez pas" in said(one)[-1]
        assert "Un orage est annoncé." in said(one)[-1]
        assert "Marche" not in said(one)[-1]
    assert len(said(everybody[0])) == 2


def test_erasing_a_person_frees_their_place_and_leaves_no_name(date: Occurrence) -> None:
    account = make.account()
    amina = signed(date, account=account, companions=[CARER], needs_words="Un fauteuil")
    benoit = signed(date, "Benoît")
    actions.forget_person(account)
    db.session.commit()
    assert states(amina, benoit) == [CANCELLED, OFFERED]
    assert (amina.name, amina.contact, amina.needs_words, amina.person_digest) == (None,) * 4
    assert [one.name for one in amina.companions] == [None]
    assert said(amina) == ["", ""]
