"""Who may knock at which door of a group, and is let in: role, membership, and step of autonomy."""

from __future__ import annotations

from collections.abc import Callable

from engage.groups.models import Autonomy
from tests.groups.world import INSIDE, PEOPLE

Who = frozenset[str]
EVERYBODY = frozenset(PEOPLE)
SIGNED_IN = EVERYBODY - {"nobody"}
NOBODY: Who = frozenset()
TEAM = frozenset({"staff", "referent", "coordinator"})
NEAR = TEAM - {"staff"}  # who goes with the group; a colleague of theirs reads what is public
STEERING = frozenset({"coordinator"})
MEMBERS = frozenset(INSIDE)
ACTIVE = MEMBERS - {"paused"}
PRIVATE = MEMBERS | NEAR
OWN = frozenset({"member"})  # whose place, wish for the agenda or coming it is

# Who may, by the step that the group has reached: the table of `engage.groups.permissions`, said again.
STEPS = list(Autonomy)
LEAD = frozenset({"co_chair", "facilitator"})
AGENDA = [NEAR, NEAR | {"co_chair"}, LEAD, LEAD, LEAD]
MINUTES = [
    NEAR,
    NEAR | {"secretary"},
    NEAR | {"secretary"},
    {"secretary", "co_chair"},
    {"secretary", "co_chair"},
]
DECISIONS = [NEAR, NEAR, NEAR | {"co_chair"}, {"co_chair"}, {"co_chair"}]


def sets_agenda(step: Autonomy) -> Who:
    return frozenset(AGENDA[STEPS.index(step)])


def writes_minutes(step: Autonomy) -> Who:
    return frozenset(MINUTES[STEPS.index(step)])


def closes_decisions(step: Autonomy) -> Who:
    return frozenset(DECISIONS[STEPS.index(step)])


def asks(step: Autonomy) -> Who:
    return sets_agenda(step) | closes_decisions(step)


def gives_tasks(step: Autonomy) -> Who:
    return sets_agenda(step) | writes_minutes(step)


def feeds(step: Autonomy) -> Who:
    """Members who take no break, and whoever sets the agenda."""
    return ACTIVE | sets_agenda(step)


KEEPS_THE_LIST = TEAM | {"co_chair", "secretary"}
Rule = Who | Callable[[Autonomy], Who]

# By address and method: whoever stands here is let in, everybody else is not.
DOORS: dict[str, Rule] = {
    "GET space.index": EVERYBODY,
    "GET space.show": EVERYBODY,
    "GET space.inside": PRIVATE,
    "GET space.written": MEMBERS | {"former"},  # their own words stay theirs
    "GET belonging.arrive": EVERYBODY,
    "GET belonging.enter": EVERYBODY,
    "POST belonging.enter": EVERYBODY,
    "GET belonging.accept": EVERYBODY,  # without a code they are led to where one is typed
    "POST belonging.accept": EVERYBODY,
    "POST belonging.make_account": EVERYBODY,
    "POST belonging.join": SIGNED_IN,
    "GET belonging.mine": MEMBERS,
    "POST belonging.choose": MEMBERS,
    "POST belonging.pause": MEMBERS,
    "POST belonging.come_back": MEMBERS,
    "POST belonging.leave": MEMBERS | {"former"},  # a second press finds it done
    "GET belonging.renew": MEMBERS,
    "POST belonging.renew": MEMBERS,
    **dict.fromkeys(("GET group_desk.index", "GET group_desk.show"), TEAM),
    **dict.fromkeys(("GET group_desk.choose", "GET group_desk.create", "POST group_desk.create"), STEERING),
    **dict.fromkeys(("GET group_desk.edit", "POST group_desk.edit"), STEERING),
    **dict.fromkeys(("GET group_desk.set_places", "POST group_desk.set_places"), STEERING),
    **dict.fromkeys(("GET belonging_desk.history", "GET belonging_desk.show"), TEAM),
    **dict.fromkeys(("GET belonging_desk.invite", "POST belonging_desk.invite"), STEERING),
    **dict.fromkeys(("GET belonging_desk.enter", "POST belonging_desk.enter"), STEERING),
    **dict.fromkeys(("GET belonging_desk.close", "POST belonging_desk.close"), STEERING),
    **dict.fromkeys(("POST belonging_desk.slip_pdf", "POST belonging_desk.withdraw"), STEERING),
    **dict.fromkeys(("POST belonging_desk.change", "POST belonging_desk.choose"), STEERING),
    **dict.fromkeys(("POST belonging_desk.pause", "POST belonging_desk.come_back"), STEERING),
    **dict.fromkeys(("POST belonging_desk.renew", "POST belonging_desk.end"), STEERING),
    **dict.fromkeys(("GET charters.show", "GET charters.version", "GET charters.sheet"), EVERYBODY),
    "POST charters.agree": MEMBERS,
    "GET charters_desk.show": TEAM,
    **dict.fromkeys(("GET charters_desk.edit", "POST charters_desk.edit"), STEERING),
    **dict.fromkeys(("POST charters_desk.draft", "POST charters_desk.publish"), STEERING),
    **dict.fromkeys(("POST charters_desk.discard", "POST charters_desk.note_paper"), STEERING),
    **dict.fromkeys(("GET calls.index", "GET calls.show", "GET calls.poster"), EVERYBODY),
    **dict.fromkeys(("GET applications.apply", "POST applications.apply"), EVERYBODY),
    **dict.fromkeys(("GET applications.ask_in", "POST applications.ask_in"), EVERYBODY),
    **dict.fromkeys(("GET applications.arrive", "POST applications.arrive"), EVERYBODY),  # with a sealed link
    "GET applications.done": EVERYBODY,
    "GET applications.slip": NOBODY,  # none of them sent one
    **dict.fromkeys(("GET applications.show", "POST applications.withdraw"), NOBODY),  # none of them wrote it
    "GET applications.index": SIGNED_IN,  # one's own
    **dict.fromkeys(("GET calls_desk.index", "GET calls_desk.show", "POST calls_desk.copy"), STEERING),
    **dict.fromkeys(("GET calls_desk.create", "POST calls_desk.create"), STEERING),
    **dict.fromkeys(("GET calls_desk.edit", "POST calls_desk.edit"), STEERING),
    **dict.fromkeys(("GET calls_desk.close", "POST calls_desk.close"), STEERING),
    **dict.fromkeys(("POST calls_desk.publish", "POST calls_desk.discard"), STEERING),
    **dict.fromkeys(("GET applications_desk.index", "GET applications_desk.show"), STEERING),
    **dict.fromkeys(("GET applications_desk.enter", "POST applications_desk.enter"), STEERING),
    **dict.fromkeys(("GET applications_desk.note_answers", "POST applications_desk.note_answers"), STEERING),
    **dict.fromkeys(("POST applications_desk.accept", "POST applications_desk.refuse"), STEERING),
    **dict.fromkeys(("POST applications_desk.view_contact", "POST applications_desk.look"), STEERING),
    **dict.fromkeys(("GET meetings.index", "GET meetings.show", "GET meetings.file"), EVERYBODY),
    "GET meetings.join": PRIVATE,
    **dict.fromkeys(("GET meetings.plan", "POST meetings.plan"), sets_agenda),
    **dict.fromkeys(("GET meetings.change", "POST meetings.change"), sets_agenda),
    **dict.fromkeys(("GET meetings.cancel", "POST meetings.cancel"), sets_agenda),
    **dict.fromkeys(("GET agendas.propose", "GET agendas.sheet"), PRIVATE),
    "POST agendas.propose": feeds,
    "POST agendas.drop": lambda step: OWN | sets_agenda(step),
    **dict.fromkeys(("POST agendas.keep", "POST agendas.set_aside", "POST agendas.move_up"), sets_agenda),
    **dict.fromkeys(("POST agendas.close", "POST agendas.reopen"), sets_agenda),
    "POST attending.say": OWN | KEEPS_THE_LIST,
    **dict.fromkeys(("GET attending.say_needs", "POST attending.say_needs"), OWN | TEAM),
    **dict.fromkeys(("GET attending.note_who_came", "POST attending.note_who_came"), KEEPS_THE_LIST),
    "GET group_calendar.feed": EVERYBODY,  # a secret address, read by a program
    **dict.fromkeys(("GET group_calendar.show", "POST group_calendar.renew"), MEMBERS),
    "GET group_papers.index": EVERYBODY,
    "GET group_papers.file": PRIVATE,
    **dict.fromkeys(("GET group_papers.add", "POST group_papers.add"), feeds),
    **dict.fromkeys(("POST group_papers.publish", "POST group_papers.take_away"), sets_agenda),
    "GET group_decisions.index": EVERYBODY,
    "GET group_decisions.show": PRIVATE,
    **dict.fromkeys(("GET group_decisions.ask", "POST group_decisions.ask"), asks),
    "POST group_decisions.withdraw": asks,
    "POST group_decisions.vote": ACTIVE,
    "GET group_decisions.blank": PRIVATE,
    **dict.fromkeys(("POST group_decisions.close", "POST group_decisions.publish"), closes_decisions),
    "POST group_decisions.review": closes_decisions,
    "GET group_minutes.index": EVERYBODY,
    **dict.fromkeys(("GET group_minutes.show", "GET group_minutes.pdf"), PRIVATE),
    **dict.fromkeys(("GET group_minutes.write", "POST group_minutes.write"), writes_minutes),
    **dict.fromkeys(("POST group_minutes.share", "POST group_minutes.approve"), writes_minutes),
    **dict.fromkeys(("POST group_minutes.publish", "POST group_minutes.take_back"), writes_minutes),
    "POST group_minutes.answer": writes_minutes,
    "POST group_minutes.correct": ACTIVE,
    "GET autonomy.show": EVERYBODY,
    "POST autonomy.move": STEERING | {"co_chair"},
    "GET group_tasks.index": PRIVATE,
    **dict.fromkeys(
        ("POST group_tasks.add", "POST group_tasks.remove", "POST group_tasks.finish"), gives_tasks
    ),
}


def let_in(door: str, step: Autonomy) -> Who:
    rule = DOORS[door]
    return rule(step) if callable(rule) else rule
