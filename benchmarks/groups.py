"""A commission with two hundred meetings, and two thousand people on their way into taking part."""

from __future__ import annotations

import secrets
from datetime import UTC, date, datetime, time, timedelta
from typing import Any, NamedTuple

from sqlalchemy import insert

from engage.accounts import actions as accounts
from engage.accounts.models import Account, Role
from engage.core import keys
from engage.core.clock import now
from engage.core.db import db
from engage.groups.deciding.models import Decision, Way
from engage.groups.meeting.models import AgendaItem, Attendance, Coming, Meeting
from engage.groups.minutes.models import Minutes, MinutesState, Task
from engage.groups.models import (
    Entry,
    Group,
    GroupKind,
    GroupPlaces,
    MemberKind,
    Membership,
    MembershipWish,
    Side,
)
from engage.intake.models import Door, Reply
from engage.involvement.models import Person, Source, SourceKind, Stage, StageChange

MEMBERS, MEETINGS, PEOPLE, SOURCES = 9, 200, 2_000, 12
LENGTH = 90  # minutes


class Filled(NamedTuple):
    """The code of the group, and the first name of its co-chair."""

    code: str
    member: str


def _member(number: int, group: Group) -> tuple[Account, Membership]:
    email = f"membre{number}@engage.example"
    account = accounts.create(role=Role.PARTNER, email=email, first_name=f"Membre {number}")
    side = Side.PATIENT if number < MEMBERS - 3 else Side.TEAM
    kind = MemberKind.CO_CHAIR if number == 0 else MemberKind.MEMBER
    made = Membership(group_id=group.id, account_id=account.id, side=side, kind=kind, begun_at=now())
    db.session.add(made)
    db.session.flush()
    db.session.add(MembershipWish(membership_id=made.id, is_named=number % 2 == 0))
    return account, made


def _group() -> tuple[Group, list[tuple[Account, Membership]]]:
    words = {"name": "Commission des usagers", "aim": "Nous regardons ce qui facilite les soins."}
    dates = {"starts_on": now().date() - timedelta(days=MEETINGS * 7), "created_at": now()}
    group = Group(kind=GroupKind.COMMISSION, entry=Entry.APPLICATION, **words, **dates)
    db.session.add(group)
    db.session.flush()
    db.session.add_all(GroupPlaces(group_id=group.id, side=side, places=6) for side in Side)
    return group, [_member(number, group) for number in range(MEMBERS)]


def _meeting(group: Group, number: int, by: Account) -> Meeting:
    """One a week, the last one in a week from now."""
    day: date = now().date() + timedelta(days=7 - 7 * number)
    starts = datetime.combine(day, time(18), UTC)
    ends = starts + timedelta(minutes=LENGTH)
    hours = {"day": day, "starts": time(18), "minutes": LENGTH, "starts_at": starts, "ends_at": ends}
    return Meeting(group_id=group.id, place="Petite salle", changed_at=now(), made_by_id=by.id, **hours)


def _minutes(meeting: Meeting, by: Account) -> Minutes:
    words = {"heard": "Nous avons lu douze idées.", "decided": "Un tableau est à l’essai."}
    dates = {"shared_at": now(), "approved_at": now(), "written_at": now(), "published_at": now()}
    said = {**words, **dates, "public_words": "Un tableau d’attente est à l’essai."}
    return Minutes(meeting_id=meeting.id, state=MinutesState.APPROVED, written_by_id=by.id, **said)


def _work(group: Group, meetings: list[Meeting], members: list[tuple[Account, Membership]]) -> None:
    """An agenda, minutes, who came, a task and a decision for each meeting that is over."""
    by = members[0][0]
    for number, meeting in enumerate(meetings):
        place = {"meeting_id": meeting.id, "text": "Lire les idées du mois", "proposed_at": now()}
        db.session.add(AgendaItem(position=1, is_kept=True, proposed_by_id=by.id, **place))
        if meeting.starts_at > now():
            continue
        db.session.add(_minutes(meeting, by))
        came = {"meeting_id": meeting.id, "coming": Coming.CAME, "needs": [], "said_at": now()}
        db.session.add_all(Attendance(membership_id=one.id, **came) for _account, one in members)
        done = now() if number > 5 else None
        task = {"text": "Compter les retards", "made_at": now(), "done_at": done, "owner_id": by.id}
        db.session.add(Task(group_id=group.id, meeting_id=meeting.id, **task))
        asked = {"question": f"Question {number} ?", "options": [], "counts": {"objections": 0}}
        ends = {"opened_at": now(), "closed_at": now(), "is_adopted": True, "is_public": True}
        db.session.add(Decision(group_id=group.id, meeting_id=meeting.id, way=Way.CONSENT, **asked, **ends))


def _person(number: int, sources: list[Source]) -> dict[str, Any]:
    contact = f"personne{number}@engage.example"
    return {
        "code": keys.public_code(),
        "version": 1,
        "submission_key": secrets.token_urlsafe(16),
        "name": f"Personne {number}",
        "reply": Reply.MAIL,
        "contact": contact,
        "contact_digest": keys.digest("benchmark", contact),
        "door": list(Door)[number % len(Door)],
        "source_id": sources[number % SOURCES].id if number % 3 else None,
        "stage": list(Stage)[number % len(Stage)],
        "themes": [],
        "acts": [],
        "whens": [],
        "created_at": now() - timedelta(hours=4 * number),
    }


def _pathway(by: Account) -> None:
    ways = [SourceKind.POSTER, SourceKind.CARER, SourceKind.RELAY]
    sources = [
        Source(kind=ways[number % len(ways)], label=f"Affiche {number}", made_by_id=by.id, made_at=now())
        for number in range(SOURCES)
    ]
    db.session.add_all(sources)
    db.session.flush()
    rows = [_person(number, sources) for number in range(PEOPLE)]
    made = insert(Person).returning(Person.id, Person.stage, Person.created_at)
    people = db.session.execute(made, rows).all()
    db.session.execute(insert(StageChange), [move for one in people for move in _moves(*one, by.id)])


def _moves(person_id: int, stage: Stage, since: datetime, by_id: int) -> list[dict[str, Any]]:
    """From one stage to the next in nine days."""
    walked = list(Stage)[: list(Stage).index(stage) + 1]
    who = {"person_id": person_id, "by_id": by_id}
    return [
        {**who, "stage": one, "at": since + timedelta(days=9 * place)} for place, one in enumerate(walked)
    ]


def pages(filled: Filled) -> dict[str, str]:
    """What everybody sees of the group, what members see, and what the team sees of two thousand people."""
    group = f"/groupes/{filled.code}"
    return {"group": group, "space": f"{group}/espace", "pathway": "/equipe/parcours"}


def readers(filled: Filled) -> dict[str, dict[str, Any]]:
    """Whose cookies open the closed ones: the facts of an account."""
    return {"space": {"first_name": filled.member}, "pathway": {"role": Role.COORDINATOR}}


def fill(by: Account) -> Filled:
    """All of it. Flushes."""
    group, members = _group()
    meetings = [_meeting(group, number, by) for number in range(MEETINGS)]
    db.session.add_all(meetings)
    db.session.flush()
    _work(group, meetings, members)
    _pathway(by)
    db.session.flush()
    return Filled(group.code, members[0][0].first_name)
