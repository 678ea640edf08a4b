"""The demo is whole on both engines, and every page of a list opens with it."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import func, select

from engage.accounts import queries as accounts
from engage.accounts.models import Account
from engage.app import create_app
from engage.centre import queries as centre_queries
from engage.centre.models import ClosingDay, Complaint, Contact, Referent, WayOut
from engage.commitments.models import Commitment, State
from engage.core import fulltext
from engage.core.clock import local, now
from engage.core.db import db
from engage.demo.fill import PEOPLE, NotEmpty, fill
from engage.events.joining.models import Member
from engage.events.kinds import SEATED, EventKind, EventState, SignUpState
from engage.events.models import Event, Occurrence
from engage.events.signing.models import SignUp, SignUpChange
from engage.groups import queries as groups
from engage.groups.autonomy.models import AutonomyMove
from engage.groups.calling.models import Application, ApplicationState, Call, CallState
from engage.groups.charter.models import CharterAgreement
from engage.groups.meeting.models import Meeting
from engage.groups.minutes.models import Minutes, MinutesState
from engage.groups.models import Autonomy, Group, GroupKind, Membership
from engage.ideas.models import Batch, Discard, Idea, Merge, Progress, Publication, Step, StepKind, Support
from engage.ideas.timeline.promise import promise
from engage.intake.models import Door, Kiosk, Reply
from engage.involvement.models import Person
from engage.journal.models import Entry
from engage.outbox.models import Channel, Message
from engage.outbox.models import State as Sending
from engage.surveys.answering import queries as answering
from engage.surveys.answering.models import Response, Wave
from engage.surveys.questionnaire import queries as questionnaires
from engage.surveys.questionnaire.kinds import Change
from engage.themes.models import Theme
from engage.uploads.models import Upload
from tests.browser import Visitor
from tests.conftest import ENGINES, SECRET_KEYS, _empty, _settings


@pytest.fixture(scope="module", params=ENGINES)
def demo(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Flask]:
    """The site of the demo, filled once for all these tests."""
    folder: Path = tmp_path_factory.mktemp("demo")
    url = None
    if request.param == "postgresql":
        url = request.getfixturevalue("postgres_url")
    else:
        request.getfixturevalue("demo_copy")(folder)
    app = create_app(_settings(folder, url), SECRET_KEYS)
    if url:
        with app.app_context():
            fill(app)
    yield app
    if url:
        _empty(app)
    else:
        with app.app_context():
            db.session.remove()
            db.engine.dispose()


@pytest.fixture
def inside(demo: Flask) -> Iterator[None]:
    with demo.app_context():
        yield


def _count(table: type, *where: object) -> int:
    return db.session.scalars(select(func.count()).select_from(table).where(*where)).one()  # type: ignore[arg-type]


def _each(column: object) -> Counter[object]:
    return Counter(db.session.scalars(select(column)))  # type: ignore[call-overload]


def test_ideas_stand_in_every_state_and_came_by_every_door(inside: None) -> None:
    assert _count(Idea) >= 44
    assert set(_each(Idea.publication)) == set(Publication)
    shown = Counter(db.session.scalars(select(Idea.progress).where(Idea.publication == Publication.PUBLIC)))
    assert set(shown) == set(Progress)
    assert set(_each(Idea.door)) == set(Door)
    assert set(_each(Idea.reply)) == set(Reply)
    assert _count(Idea, Idea.title == "", Idea.publication == Publication.PUBLIC) >= 3
    assert _count(Idea, Idea.theme_id.is_(None)) >= 1
    assert _count(Idea, Idea.helper_relation != "") >= 3
    assert _count(Idea, Idea.language == "en") == 1
    assert _count(Idea, Idea.original.is_not(None)) >= 1
    assert _count(Upload) == 3


def test_one_box_of_paper_is_half_typed(inside: None) -> None:
    boxes = {box.closed_at is None: box for box in db.session.scalars(select(Batch).order_by(Batch.id))}
    assert boxes[True].slips == 5
    assert _count(Idea, Idea.batch_id == boxes[True].id) == 3
    assert _count(Discard, Discard.batch_id == boxes[False].id) == 2


def test_eight_commitments_and_eighteen_people(inside: None) -> None:
    states = _each(Commitment.state)
    assert states == {State.DONE: 3, State.UNDER_WAY: 3, State.PLANNED: 1, State.ABANDONED: 1}
    today = centre_queries.centre_today()
    assert _count(Commitment, Commitment.state == State.UNDER_WAY, Commitment.due_on < today) == 1
    assert _count(Account) == 18
    assert list(accounts.demo_people()) == [field for field, _name, _role in PEOPLE]
    names = [person.first_name for person in accounts.demo_people().values()]
    assert names == [name for _field, name, _role in PEOPLE]


def test_the_centre_is_furnished(inside: None) -> None:
    centre = centre_queries.centre()
    assert all((centre.address, centre.how_to_come, centre.hours, centre.host, centre.director))
    assert centre.conformity == "none"
    assert _count(Referent) == 2
    assert _count(ClosingDay) == 2
    assert {contact.kind for contact in db.session.scalars(select(Contact))} == set(WayOut)
    assert _count(Theme) == 8
    assert _count(Kiosk, Kiosk.closed_at.is_(None)) == 1
    assert _count(Complaint, Complaint.read_at.is_(None)) == 1


def test_the_promise_is_believable(inside: None) -> None:
    """Most were answered in time, a few late, two not yet; the figures come from the rows alone."""
    kept = promise()
    assert kept.median_days is not None
    assert 4 < kept.median_days < 11
    assert 35 <= kept.due <= 50
    assert kept.due * 0.85 < kept.in_time < kept.due
    today = centre_queries.centre_today()
    late = [Idea.due_on < today, Idea.answered_at.is_(None), Idea.publication == Publication.PUBLIC]
    assert _count(Idea, *late) == 2


def test_nothing_lies_in_the_future_nor_before_the_centre(inside: None) -> None:
    moments = [Idea.received_at, Step.at, Support.at, Entry.at, Message.created_at, Message.sent_at]
    moments += [Idea.published_at, Idea.answered_at, Idea.closed_at, Account.created_at, Merge.at]
    for column in moments:
        first, last = db.session.execute(select(func.min(column), func.max(column))).one()
        assert first is not None
        assert last is not None
        assert last <= now(), column
        assert first > now() - timedelta(days=366), column


def test_the_journal_was_written_in_order(inside: None) -> None:
    written = db.session.scalars(select(Entry.at).order_by(Entry.id)).all()
    assert len(written) > 100
    assert list(written) == sorted(written)


def test_counts_and_search_agree_with_the_rows(inside: None) -> None:
    counted = Counter(db.session.scalars(select(Support.idea_id)))
    for idea in db.session.scalars(select(Idea)):
        if idea.publication is not Publication.MERGED:
            assert idea.support_count == counted[idea.id], idea.text
    ramp = db.session.scalars(fulltext.matching("idea", "fauteuils")).all()
    assert len(ramp) >= 2


def test_the_loop_is_closed_for_one_author(inside: None) -> None:
    """Said, read, answered, promised, joined by another, done."""
    bench = db.session.scalars(select(Idea).where(Idea.text.contains("genoux"))).one()
    kinds = [
        step.kind
        for step in db.session.scalars(select(Step).filter_by(idea_id=bench.id).order_by(Step.at, Step.id))
    ]
    assert kinds == [
        StepKind.PUBLICATION,
        StepKind.ANSWER,
        StepKind.COMMITMENT,
        StepKind.MERGED,
        StepKind.COMMITMENT,
        StepKind.COMMITMENT,
    ]
    assert bench.progress is Progress.DONE


def test_only_a_handful_of_messages_waits(inside: None) -> None:
    waiting = Counter(db.session.scalars(select(Message.channel).filter_by(state=Sending.WAITING)))
    assert waiting[Channel.MAIL] <= 8
    assert set(waiting) == set(Channel) - {Channel.SMS}
    assert sum(waiting.values()) <= 20
    assert _count(Message, Message.state == Sending.REFUSED) == 1
    assert _count(Message, Message.state == Sending.TOLD) > 10
    assert _count(Message, Message.state == Sending.SENT) > 50


def test_events_are_to_come_over_full_and_unwritten(inside: None) -> None:
    kinds = set(db.session.scalars(select(Event.kind)))
    assert kinds == set(EventKind) - {EventKind.STAND}
    assert _count(Event, Event.state == EventState.DRAFT) == 1
    assert _count(Occurrence, Occurrence.ends_at > now()) > 20
    assert _count(Occurrence, Occurrence.day_closed_at.is_not(None)) == 5
    assert _count(SignUp, SignUp.state == SignUpState.WAITING) == 2
    assert _count(Member, Member.left_at.is_(None)) == 6
    for taken, date in db.session.execute(
        select(func.sum(SignUp.party), Occurrence).join(Occurrence).where(
            SignUp.state.in_(SEATED)).group_by(Occurrence.id)
    ):  # fmt: skip
        assert taken == date.taken <= (date.capacity or taken)
    assert _count(SignUpChange, SignUpChange.to_tell) == 0


def test_a_second_fill_is_refused(demo: Flask, inside: None) -> None:
    before = _count(Idea)
    with pytest.raises(NotEmpty):
        fill(demo)
    assert _count(Idea) == before


PUBLIC = [
    "/", "/idees", "/idees?page=2", "/idees?page=3", "/idees?ordre=soutenues", "/idees?q=fauteuils",
    "/idees?theme=premises&avancement=done", "/idees/flux.xml", "/ce-qui-change", "/contact",
    "/mentions-legales", "/accessibilite", "/donnees-personnelles", "/suivi", "/connexion", "/idees/nouvelle",
    "/idees/autre-voie",
]  # fmt: skip
TEAM = [
    "/equipe", "/equipe/idees", "/equipe/idees?page=2", "/equipe/idees/phrases", "/equipe/appels",
    "/equipe/engagements", "/equipe/papier", "/equipe/journal", "/equipe/noter", "/equipe/messages-prives",
    "/equipe/bornes", "/equipe/personnes", "/equipe/reglages", "/equipe/reglages/referents",
    "/equipe/reglages/fermetures", "/equipe/reglages/noms", "/equipe/mes-e-mails",
]  # fmt: skip


def _as(demo: Flask, name: str) -> Visitor:
    with demo.app_context():
        return Visitor(demo, accounts.demo_people()[name].id)


def _codes(demo: Flask, column: object, *where: object) -> list[str]:
    with demo.app_context():
        return list(db.session.scalars(select(column).where(*where)))  # type: ignore[call-overload]


def test_every_public_page_opens(demo: Flask) -> None:
    nobody = Visitor(demo)
    ideas = _codes(demo, Idea.code, Idea.publication == Publication.PUBLIC)
    promises = _codes(demo, Commitment.code)
    for path in [*PUBLIC, *(f"/idees/{code}" for code in ideas), *(f"/ce-qui-change/{c}" for c in promises)]:
        nobody.get(path, follow_redirects=True)


def test_every_page_of_the_team_opens(demo: Flask) -> None:
    chloe = _as(demo, "chloe")
    ideas = _codes(demo, Idea.code)
    promises = _codes(demo, Commitment.code)
    for path in [
        *TEAM,
        *(f"/equipe/idees/{code}" for code in ideas),
        *(f"/equipe/engagements/{code}" for code in promises),
    ]:
        chloe.get(path, follow_redirects=True)
    _as(demo, "admin").get("/equipe/mots-de-detresse")


def test_everyone_finds_what_is_theirs(demo: Flask) -> None:
    for name, words in (("amina", "Une caisse de livres"), ("benoit", "Un banc devant la porte")):
        visitor = _as(demo, name)
        visitor.get("/mon-espace")
        assert words in visitor.page
        visitor.get("/vos-donnees")
    mine = _codes(demo, Idea.code, Idea.text.contains("liste de volontaires"))[0]
    amina = _as(demo, "amina")
    amina.get(f"/idees/{mine}/suivie")
    assert "Préférez-vous un SMS" in amina.page


def test_two_surveys_are_over_and_one_is_open(inside: None) -> None:
    waves = db.session.scalars(select(Wave).order_by(Wave.opens_at)).all()
    counted = dict(
        db.session.execute(select(Response.wave_id, func.count()).group_by(Response.wave_id)).all()
    )
    told, closed, running = waves
    assert [counted[told.id], counted[closed.id]] == [180, 220]
    assert told.finished_at is not None
    assert closed.settled_at is not None
    assert closed.finished_at is None
    assert answering.is_open(running)
    assert counted[running.id] == 31
    for wave in waves:
        assert sum(channel.completed for channel in answering.channels(wave)) == counted[wave.id]
    newer, older = (questionnaires.by_id(wave.version_id) for wave in (closed, told))
    assert newer.parent_id == older.id
    assert newer.change is Change.COMPARABLE


def test_what_a_survey_promised_is_seen_by_everyone(demo: Flask) -> None:
    visitor = Visitor(demo)
    visitor.get("/questionnaires")
    path = re.findall(r'href="(/questionnaires/\w+/resultats)"', visitor.page)[0]
    visitor.get(path)
    assert "180 personnes" in visitor.page.replace("\xa0", " ")
    assert "Un accueil possible sans la voix" in visitor.page


def test_a_commission_of_nine_met_for_a_year(inside: None) -> None:
    commission = db.session.scalars(select(Group).where(Group.kind == GroupKind.COMMISSION)).one()
    members = groups.members(commission)
    assert len(members) == 9
    assert _count(Membership, Membership.group_id == commission.id, Membership.ended_at.is_not(None)) == 1
    assert {one.account.email is None for one in members if one.account} == {True, False}
    met = db.session.scalars(select(Meeting.day).where(Meeting.group_id == commission.id)).all()
    assert (max(met) - min(met)).days > 330
    assert _count(Minutes, Minutes.state == MinutesState.APPROVED) >= 9
    moves = db.session.scalars(select(AutonomyMove.step).order_by(AutonomyMove.at)).all()
    assert moves == [Autonomy.CO_LED, Autonomy.OWN_AGENDA]
    assert commission.autonomy is Autonomy.OWN_AGENDA


def test_each_meeting_says_its_own_subject_and_each_charter_was_agreed_to_on_its_day(inside: None) -> None:
    titles = db.session.scalars(select(Meeting.title)).all()
    assert len(set(titles)) == len(titles) == 13
    assert "Commission des usagers\u00a0: la journée des usagers" in titles
    agreed = select(CharterAgreement.agreed_at, Membership.begun_at)
    given = db.session.execute(agreed.join(Membership, Membership.id == CharterAgreement.membership_id)).all()
    assert all(at == begun for at, begun in given)
    assert len({at.date() for at, _begun in given}) > 5


def test_people_came_by_several_doors_and_a_call_is_open(inside: None) -> None:
    assert len(_each(Person.stage)) == 6
    assert len(_each(Person.door)) >= 4
    assert _each(Call.state) == {CallState.PUBLISHED: 1}
    assert _each(Application.state) == {ApplicationState.RECEIVED: 3}


def test_every_page_of_groups_opens(demo: Flask) -> None:
    benoit, chloe, nobody = _as(demo, "benoit"), _as(demo, "chloe"), Visitor(demo)
    for code in _codes(demo, Group.code):
        nobody.get(f"/groupes/{code}")
        chloe.get(f"/groupes/{code}/espace")
    (mine,) = _codes(demo, Group.code, Group.kind == GroupKind.COMMISSION)
    benoit.get(f"/groupes/{mine}/espace")
    assert "Préparer trois questions par table" in benoit.page
    nobody.get("/participer")
    (call,) = _codes(demo, Call.code)
    nobody.get(f"/appels/{call}")
    for code in _codes(demo, Person.code):
        chloe.get(f"/equipe/parcours/{code}")


def test_meetings_to_come_are_at_the_hour_that_they_say(inside: None) -> None:
    coming = db.session.scalars(select(Meeting).where(Meeting.starts_at > now())).all()
    assert len(coming) == 2
    for meeting in coming:
        wall = local(meeting.starts_at, centre_queries.zone())
        assert (wall.date(), wall.time()) == (meeting.day, meeting.starts)
