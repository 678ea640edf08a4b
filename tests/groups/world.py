"""One group with everything in it, and everybody who may knock at its doors."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from flask import Flask
from werkzeug.routing import Rule

from engage.accounts.models import Account, Role
from engage.core.clock import now
from engage.core.db import db
from engage.groups.belonging import actions
from engage.groups.calling.applying import sealed
from engage.groups.charter.models import Charter
from engage.groups.meeting.calendar import queries as calendars
from engage.groups.meeting.models import GroupDocument
from engage.groups.minutes.models import MinutesState
from engage.groups.models import Autonomy, Entry, Group, MemberKind, Membership, MembershipPause, Side
from engage.uploads.models import Upload
from tests import make
from tests.browser import Visitor
from tests.groups.calling.sample import applied, call
from tests.groups.deciding import voting
from tests.groups.meeting import sample as meetings
from tests.groups.minutes import meeting as minutes

# Who belongs to the group, and as what.
INSIDE = {
    "member": MemberKind.MEMBER,
    "substitute": MemberKind.SUBSTITUTE,
    "co_chair": MemberKind.CO_CHAIR,
    "facilitator": MemberKind.FACILITATOR,
    "secretary": MemberKind.SECRETARY,
    "paused": MemberKind.CO_CHAIR,
}
ROLES = {"relay": Role.RELAY, "staff": Role.STAFF, "referent": Role.STAFF, "coordinator": Role.COORDINATOR}
OUTSIDE = ("patient", "relay", "former", "other")
PEOPLE = ("nobody", *OUTSIDE, *INSIDE, "staff", "referent", "coordinator")


@dataclass
class World:
    """`rooms`: a value for each argument, by blueprint or endpoint; `typed`: what a POST brings along."""

    app: Flask
    group: str = ""
    visitors: dict[str, Visitor] = field(default_factory=dict)
    rooms: dict[tuple[str, str], Any] = field(default_factory=dict)
    typed: dict[str, dict[str, Any]] = field(default_factory=dict)

    def arguments(self, rule: Rule) -> dict[str, Any]:
        """Raises KeyError with what the world lacks."""
        endpoint = str(rule.endpoint)
        place = endpoint.split(".", maxsplit=1)[0]
        return {name: self.rooms.get((endpoint, name)) or self.rooms[place, name] for name in rule.arguments}

    def address(self, rule: Rule) -> str:
        with self.app.test_request_context():
            return self.app.url_map.bind("localhost").build(str(rule.endpoint), self.arguments(rule))

    def knock(self, who: str, method: str, rule: Rule) -> tuple[int, str]:
        visitor = self.visitors[who]
        data: dict[str, Any] | None = None
        if method == "POST":
            data = {"csrf_token": visitor.token(), **self.typed.get(str(rule.endpoint), {})}
        with visitor.client.session_transaction() as own:
            kept = dict(own)
        response = visitor.client.open(self.address(rule), method=method, data=data)
        response.close()
        with visitor.client.session_transaction() as own:  # what one door opened opens no other one
            own.clear()
            own.update(kept)
        return response.status_code, response.headers.get("Location", "")


def furnish(app: Flask, *, autonomy: Autonomy, is_public: bool) -> World:
    """Needs an application context. Commits."""
    group = make.group(autonomy=autonomy, is_public=is_public, entry=Entry.OPEN)
    people = {who: make.account(who.capitalize(), ROLES.get(who, Role.MEMBER)) for who in PEOPLE[1:]}
    group.referent = people["referent"]
    members = {
        who: make.membership(group, people[who], kind=kind)
        for who, kind in INSIDE.items()
        if who != "substitute"
    }
    members["substitute"] = make.membership(
        group, people["substitute"], kind=MemberKind.SUBSTITUTE, substitute_for_id=members["member"].id
    )
    db.session.add(MembershipPause(membership_id=members["paused"].id, begun_at=now()))
    make.membership(group, people["former"], begun_at=now() - timedelta(days=9), ended_at=now())
    make.membership(make.group("Autre groupe"), people["other"], kind=MemberKind.CO_CHAIR)
    world = World(app, group.code)
    for furnished in (_belonging, _meetings, _decisions, _minutes, _calls):
        furnished(world, group, people, members)
    db.session.commit()
    world.visitors = {who: Visitor(app, account.id) for who, account in people.items()}
    world.visitors["nobody"] = Visitor(app)
    return world


People = dict[str, Account]
Members = dict[str, Membership]
Furnish = Callable[[World, Group, People, Members], None]


def _belonging(world: World, group: Group, people: People, members: Members) -> None:
    invited = make.account("Invitée")
    invitation, code = actions.invite(group, account=invited, side=Side.PATIENT, by=people["coordinator"])
    world.rooms |= {
        (place, "code"): group.code
        for place in ("space", "belonging", "belonging_desk", "group_desk", "charters", "charters_desk")
    }
    world.rooms |= {
        ("belonging.arrive", "code"): code, ("belonging_desk", "member"): members["member"].code,
        ("charters_desk", "member"): members["member"].code, ("group_desk", "kind"): "commission",
        ("charters", "number"): 1,
    }  # fmt: skip
    world.typed |= {
        "belonging_desk.withdraw": {"invitation_id": invitation.id},
        "belonging_desk.slip_pdf": {"code": code},
        "belonging_desk.change": {"kind": "secretary"},
    }
    promises = dict.fromkeys(
        ("we_promise", "you_promise", "confidentiality", "image_rights", "expenses"), "Oui."
    )
    db.session.add(Charter(group_id=group.id, number=1, published_at=now(), **promises))
    db.session.add(Charter(group_id=group.id, number=2, **promises))


def _meetings(world: World, group: Group, people: People, members: Members) -> None:
    coming = meetings.meeting(group, remote_link="https://visio.example.org/tilleuls")
    closed = meetings.meeting(group, agenda_closed_at=now())
    over = meetings.meeting(group, starts_at=now() - timedelta(hours=3))
    paper = _paper(world.app, group)
    world.rooms |= {
        ("meetings", "code"): coming.code, ("meetings.index", "code"): group.code,
        ("meetings.plan", "code"): group.code, ("attending", "code"): coming.code,
        ("attending", "member"): members["member"].code, ("attending.note_who_came", "code"): over.code,
        ("agendas", "code"): coming.code, ("agendas.reopen", "code"): closed.code,
        ("group_calendar", "code"): group.code, ("group_papers", "code"): paper,
        ("group_papers.index", "code"): group.code, ("group_papers.add", "code"): group.code,
        ("group_calendar", "token"): calendars.token(members["member"], 0),
    }  # fmt: skip
    item = meetings.point(coming, kept=False, proposed_by_id=people["member"].id).code
    world.rooms |= {(f"agendas.{deed}", "code"): item for deed in ("keep", "set_aside", "move_up", "drop")}


def _paper(app: Flask, group: Group) -> str:
    """A document that is not public."""
    upload = Upload(media_type="image/jpeg", size=4, width=1, height=1, alt="Plan", created_at=now())
    db.session.add(upload)
    db.session.flush()
    files = app.extensions["engage_settings"].files
    files.mkdir(parents=True, exist_ok=True)
    (files / upload.name).write_bytes(b"\xff\xd8\xff\xd9")
    row = GroupDocument(group_id=group.id, upload_id=upload.id, title="Plan", added_at=now())
    db.session.add(row)
    db.session.flush()
    return row.code


def _decisions(world: World, group: Group, people: People, members: Members) -> None:
    made = voting.closed(group, people["co_chair"], is_public=False)
    asked = voting.ask(group, people["co_chair"])
    moves = voting.closed(group, people["co_chair"], moves_autonomy=Autonomy.CO_LED.value)
    world.rooms |= {("autonomy", "code"): group.code, ("autonomy", "decision"): moves.code}
    world.typed["group_decisions.publish"] = {"is_public": "yes"}
    world.rooms |= {
        ("group_decisions", "code"): asked.code, ("group_decisions.index", "code"): group.code,
        ("group_decisions.ask", "code"): group.code, ("group_decisions.publish", "code"): made.code,
        ("group_decisions.review", "code"): made.code,
    }  # fmt: skip


def _minutes(world: World, group: Group, people: People, members: Members) -> None:
    held = {state: minutes.meeting(group) for state in MinutesState}
    rows = {state: minutes.minutes(meeting, state) for state, meeting in held.items()}
    correction = minutes.correction(rows[MinutesState.SHARED], people["member"])
    task = minutes.task(group)
    code = {state: meeting.code for state, meeting in held.items()}
    world.rooms |= {
        ("group_minutes", "code"): code[MinutesState.SHARED],
        ("group_minutes.index", "code"): group.code,
    }
    world.rooms |= {
        (f"group_minutes.{deed}", "code"): code[MinutesState.DRAFT] for deed in ("write", "share")
    }
    world.rooms |= {
        (f"group_minutes.{deed}", "code"): code[MinutesState.APPROVED] for deed in ("publish", "take_back")
    }
    world.rooms |= {
        ("group_minutes", "correction"): correction.code, ("group_tasks", "code"): task.code,
        ("group_tasks.index", "code"): group.code, ("group_tasks.add", "code"): group.code,
    }  # fmt: skip
    version = {state: {"version": row.version} for state, row in rows.items()}
    world.typed |= {
        "group_tasks.finish": {"done": "yes"},
        "group_minutes.share": version[MinutesState.DRAFT],
        "group_minutes.approve": version[MinutesState.SHARED],
        "group_minutes.take_back": version[MinutesState.APPROVED],
    }


def _calls(world: World, group: Group, people: People, members: Members) -> None:
    asked = call(people["coordinator"], group_id=group.id)
    draft = call(people["coordinator"], published=False)
    made = applied(asked, "Nadia")
    world.rooms |= {
        ("calls", "code"): asked.code, ("calls_desk", "code"): asked.code,
        ("calls_desk.discard", "code"): draft.code, ("calls_desk.publish", "code"): draft.code,
        ("calls_desk.edit", "code"): draft.code, ("applications", "code"): made.code,
        ("applications.apply", "code"): asked.code, ("applications.ask_in", "code"): group.code,
        ("applications", "given"): sealed.seal(made), ("applications_desk", "code"): made.code,
        ("applications_desk.enter", "code"): asked.code,
    }  # fmt: skip
