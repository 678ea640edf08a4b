"""My day: at most seven things to do now, each doable in two minutes, the most pressing first."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import chain, islice

from flask import current_app

from engage.accounts.models import Account
from engage.centre.queries import centre_today
from engage.core.i18n import gettext as _
from engage.core.i18n import ngettext
from engage.core.render import day, moment
from engage.desk import waiting
from engage.desk.nav import waits
from engage.events.planning.queries import first_asking
from engage.groups.belonging.queries import first_asking as first_group
from engage.groups.calling.applying import permissions as may_apply
from engage.groups.deciding.queries import first_to_review
from engage.groups.minutes.queries import first_late
from engage.groups.partnering.permissions import see_files as may_see_files
from engage.groups.permissions import manage as may_manage
from engage.ideas.models import Idea
from engage.ideas.moderation.listing import present_owner
from engage.ideas.moderation.queries import ago
from engage.intake import permissions as may_intake
from engage.intake import queries as intake_queries
from engage.surveys.answering import permissions as may_answer

MOST = 7
Found = Sequence[tuple[Idea, int]]


@dataclass(frozen=True)
class Todo:
    """One line of the day: what, why now, and the one way to do it."""

    title: str
    text: str
    icon: str
    go: str
    endpoint: str
    code: str | None = None
    urgent: bool = False


def todos(person: Account) -> list[Todo]:
    """What needs a query of its own is only looked for while there is room."""
    found = waiting.ideas(person)
    kinds = (
        _distress(found["distress"]),
        _private_messages(person),
        _answers(found["answers"], person),
        _unread(found["unread"]),
        _replies(found["replies"]),
        _applications(person),
        _calls(),
        _dates(),
        _people(),
        _groups(person),
        _reviews(person),
        _late_tasks(person),
        _expenses(person),
        _commitments(),
        _waves(person),
        _mails(),
        _batches(),
    )
    return list(islice(chain.from_iterable(kinds), MOST))


def _has(endpoint: str) -> bool:
    """A feature may be taken out of the site: nothing leads to it then."""
    return endpoint in current_app.view_functions


def _quoted(title: str) -> str:
    return _("“%(title)s”", title=title)


def _distress(found: Found) -> Iterator[Todo]:
    for idea, _number in found:
        text = _("Received on %(moment)s. Nobody has read it yet.", moment=moment(idea.received_at))
        title = _("A message speaks of distress")
        yield Todo(title, text, "alert", _("Read it now"), "ideas_desk.show", idea.code, urgent=True)


def _private_messages(person: Account) -> Iterator[Todo]:
    count = waits("complaints")
    if count and may_intake.read_complaints(person) and _has("intake_desk.complaints"):
        title = ngettext("%(num)s private message to read", "%(num)s private messages to read", count)
        text = _("About care or a person. It never becomes an idea without consent.")
        yield Todo(title, text, "lock", _("Read"), "intake_desk.complaints")


def _answers(found: Found, person: Account) -> Iterator[Todo]:
    for idea, _number in found:
        text = f"{_quoted(idea.shown_title)} · {_whose(idea, person)}"
        yield Todo(_when(idea.due_on), text, "wait", _("Answer"), "ideas_desk.show", idea.code)


def _whose(idea: Idea, person: Account) -> str:
    if owner := present_owner(idea):
        return (
            _("yours to answer") if owner.id == person.id else _("handed to %(name)s", name=owner.full_name)
        )
    if intake_queries.on_duty_id() == person.id:
        return _("nobody’s: answer it or hand it on")
    return _("handed to nobody yet")


def _when(due_on: date | None) -> str:
    """How near the promised day is, in words."""
    today = centre_today()
    days = ((due_on or today) - today).days
    if days < 0:
        return ngettext("Answer late by %(num)s day", "Answer late by %(num)s days", -days)
    near = {0: _("Answer promised for today"), 1: _("Answer promised for tomorrow")}
    return near.get(days) or _("Answer promised for %(day)s", day=day(due_on or today))


def _unread(found: Found) -> Iterator[Todo]:
    for idea, count in found:
        title = ngettext("%(num)s idea to read", "%(num)s ideas to read", count)
        text = ngettext("It came %(ago)s.", "The oldest came %(ago)s.", count, ago=ago(idea.received_at))
        yield Todo(title, text, "idea", _("Read"), "ideas_desk.show", idea.code)


def _replies(found: Found) -> Iterator[Todo]:
    for idea, count in found:
        title = ngettext("An author has added something", "%(num)s authors have added something", count)
        yield Todo(title, _quoted(idea.shown_title), "message", _("Read"), "ideas_desk.show", idea.code)


def _applications(person: Account) -> Iterator[Todo]:
    """Who would like to take part waits for an answer in words."""
    count = waits("applications") if may_apply.read(person) and _has("applications_desk.index") else 0
    if count:
        title = ngettext("%(num)s application to answer", "%(num)s applications to answer", count)
        text = _("Somebody would like to take part. Each person was promised an answer.")
        yield Todo(title, text, "users", _("Answer"), "applications_desk.index")


def _calls() -> Iterator[Todo]:
    count = waits("people")
    if count and _has("outreach_desk.index"):
        title = ngettext("%(num)s person to tell", "%(num)s people to tell", count)
        text = _("They asked to be told, and not by e-mail.")
        yield Todo(title, text, "call-back", _("Call list"), "outreach_desk.index")


def _dates() -> Iterator[Todo]:
    """Somebody comes with a need, or waits for a place."""
    found = first_asking() if waits("dates") and _has("event_guests.show") else None
    if found:
        date, count = found
        title = ngettext("A date to prepare", "%(num)s dates to prepare", count)
        text = f"{_quoted(date.event.title)} · {moment(date.starts_at)}"
        yield Todo(title, text, "event", _("See"), "event_guests.show", date.code)


def _reviews(person: Account) -> Iterator[Todo]:
    """A group promised to look at a decision again."""
    count = waits("reviews") if may_manage(person) and _has("group_decisions.show") else 0
    found = first_to_review() if count else None
    if found:
        decision, number = found
        title = ngettext("A decision to look at again", "%(num)s decisions to look at again", number)
        text = f"{_quoted(decision.question)} · {decision.group.name}"
        yield Todo(title, text, "history", _("See"), "group_decisions.show", decision.code)


def _late_tasks(person: Account) -> Iterator[Todo]:
    count = waits("late tasks") if may_manage(person) and _has("group_tasks.index") else 0
    found = first_late() if count else None
    if found:
        task, group, number = found
        title = ngettext("A task of a group is late", "%(num)s tasks of groups are late", number)
        yield Todo(
            title, f"{_quoted(task.text)} · {group.name}", "wait", _("See"), "group_tasks.index", group.code
        )


def _groups(person: Account) -> Iterator[Todo]:
    """Nobody leads a group any more, or a mandate is over."""
    count = waits("groups") if may_manage(person) and _has("group_desk.show") else 0
    if found := first_group() if count else None:
        group, is_unled, number = found
        title = ngettext("A group needs you", "%(num)s groups need you", number)
        why = _("Its last facilitator or co-chair has left.") if is_unled else _("A mandate is over.")
        yield Todo(title, f"{_quoted(group.name)} · {why}", "people", _("See"), "group_desk.show", group.code)


def _people() -> Iterator[Todo]:
    """Somebody waits for a first sign, or a next step is due."""
    count = waits("pathway")
    if count and _has("pathway_desk.index"):
        title = ngettext("%(num)s person waits for a sign", "%(num)s people wait for a sign", count)
        text = _("They would like to take part, or a next step is due.")
        yield Todo(title, text, "people", _("See who"), "pathway_desk.index")


def _expenses(person: Account) -> Iterator[Todo]:
    """Somebody laid out money to take part."""
    count = waits("expenses") if may_see_files(person) and _has("partnering_desk.index") else 0
    if count:
        title = ngettext("%(num)s expense to answer", "%(num)s expenses to answer", count)
        text = _("Somebody laid out money to take part.")
        yield Todo(title, text, "support", _("Answer"), "partnering_desk.index")


def _commitments() -> Iterator[Todo]:
    found = waiting.commitment()
    if found and _has("commitments_desk.show"):
        commitment, count = found
        title = ngettext("A commitment comes to its date", "%(num)s commitments come to their date", count)
        text = f"{_quoted(commitment.title)} · {day(commitment.due_on)}"
        yield Todo(title, text, "commitment", _("See"), "commitments_desk.show", commitment.code)


def _waves(person: Account) -> Iterator[Todo]:
    """People were promised the results: a wave is not over before they can read them."""
    count = waits("waves") if may_answer.open_wave(person) and _has("waves_desk.show") else 0
    found = waiting.wave() if count else None
    if found:
        wave, number = found
        title = ngettext("The results of a survey wait", "The results of %(num)s surveys wait", number)
        text = _("Publish them: people who answered wait for them.")
        yield Todo(title, f"{_quoted(wave.title)} · {text}", "survey", _("See"), "waves_desk.show", wave.code)


def _mails() -> Iterator[Todo]:
    count = waits("mails")
    if count and _has("outreach_desk.index"):
        title = ngettext("%(num)s message did not arrive", "%(num)s messages did not arrive", count)
        text = _("Tell the person in another way, or send it again.")
        yield Todo(title, text, "mail", _("See"), "outreach_desk.index")


def _batches() -> Iterator[Todo]:
    found = waiting.batch()
    if found and _has("paper_desk.index"):
        text = _("Box opened on %(day)s. Type its slips, then close it.", day=day(found.opened_on))
        yield Todo(_("A paper box is being typed in"), text, "box", _("Go on"), "paper_desk.index")
