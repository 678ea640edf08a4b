"""My day: at most seven things to do now, each doable in two minutes, the most pressing first."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from itertools import chain, islice

from engage.accounts.models import Account
from engage.centre.queries import centre_today
from engage.core.i18n import gettext as _
from engage.core.i18n import ngettext
from engage.core.render import day, moment
from engage.desk import grouped, waiting
from engage.desk.line import Todo, has, quoted
from engage.desk.nav import waits
from engage.events.planning.queries import first_asking
from engage.ideas.models import Idea
from engage.ideas.moderation.listing import present_owner
from engage.ideas.moderation.queries import ago
from engage.intake import permissions as may_intake
from engage.intake import queries as intake_queries
from engage.pages import permissions as may_edit
from engage.pages.rounds import queries as rounds
from engage.surveys.answering import permissions as may_answer

MOST = 7
Found = Sequence[tuple[Idea, int]]


def todos(person: Account) -> list[Todo]:
    """What needs a query of its own is only looked for while there is room.

    Who applied was promised an answer, and who lives by paper reads nothing before it is posted: these two
    lines keep their place however much waits before them.
    """
    found = waiting.ideas(person)
    kept = [*grouped.applications(person), *grouped.papers(person)]
    before = islice(chain.from_iterable(_said(found, person)), MOST - len(kept))
    lines = [*before, *kept]
    return [*lines, *islice(chain.from_iterable(_others(person)), MOST - len(lines))]


def _said(found: dict[str, list[tuple[Idea, int]]], person: Account) -> Iterator[Iterator[Todo]]:
    """What people said, and the answers they wait for."""
    yield _distress(found["distress"])
    yield _private_messages(person)
    yield _answers(found["answers"], person)
    yield _unread(found["unread"])
    yield _replies(found["replies"])


def _others(person: Account) -> Iterator[Iterator[Todo]]:
    yield from (_calls(), _dates(), grouped.people())
    yield from (kind(person) for kind in (grouped.groups, grouped.reviews, grouped.late_tasks))
    yield grouped.expenses(person)
    yield _commitments()
    yield from (_pages(), _rounds(person))
    yield _waves(person)
    yield from (_mails(), _batches())


def _distress(found: Found) -> Iterator[Todo]:
    for idea, _number in found:
        text = _("Received on %(moment)s. Nobody has read it yet.", moment=moment(idea.received_at))
        title = _("A message speaks of distress")
        yield Todo(title, text, "alert", _("Read it now"), "ideas_desk.show", idea.code, urgent=True)


def _private_messages(person: Account) -> Iterator[Todo]:
    count = waits("complaints")
    if count and may_intake.read_complaints(person) and has("intake_desk.complaints"):
        title = ngettext("%(num)s private message to read", "%(num)s private messages to read", count)
        text = _("About care or a person. It never becomes an idea without consent.")
        yield Todo(title, text, "lock", _("Read"), "intake_desk.complaints")


def _answers(found: Found, person: Account) -> Iterator[Todo]:
    for idea, _number in found:
        text = f"{quoted(idea.shown_title)} · {_whose(idea, person)}"
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
        yield Todo(title, quoted(idea.shown_title), "message", _("Read"), "ideas_desk.show", idea.code)


def _calls() -> Iterator[Todo]:
    count = waits("people")
    if count and has("outreach_desk.index"):
        title = ngettext("%(num)s person to tell", "%(num)s people to tell", count)
        text = _("They asked to be told, and not by e-mail.")
        yield Todo(title, text, "call-back", _("Call list"), "outreach_desk.index")


def _dates() -> Iterator[Todo]:
    """Somebody comes with a need, or waits for a place."""
    found = first_asking() if waits("dates") and has("event_guests.show") else None
    if found:
        date, count = found
        title = ngettext("A date to prepare", "%(num)s dates to prepare", count)
        text = f"{quoted(date.event.title)} · {moment(date.starts_at)}"
        yield Todo(title, text, "event", _("See"), "event_guests.show", date.code)


def _commitments() -> Iterator[Todo]:
    found = waiting.commitment()
    if found and has("commitments_desk.show"):
        commitment, count = found
        title = ngettext("A commitment comes to its date", "%(num)s commitments come to their date", count)
        text = f"{quoted(commitment.title)} · {day(commitment.due_on)}"
        yield Todo(title, text, "commitment", _("See"), "commitments_desk.show", commitment.code)


def _pages() -> Iterator[Todo]:
    count = waits("pages")
    if count and has("pages_desk.index"):
        title = ngettext("%(num)s page to read again", "%(num)s pages to read again", count)
        text = _("Is everything on it still right? Readers see that its day is over.")
        yield Todo(title, text, "book", _("See"), "pages_desk.index")


def _rounds(person: Account) -> Iterator[Todo]:
    """Who read a page for us waits to hear what that changes."""
    may_close = waits("rounds") and may_edit.see_desk(person) and has("rounds_desk.show")
    found = rounds.first_to_close() if may_close else None
    if found:
        count = waits("rounds")
        title = ngettext("%(num)s reading round to close", "%(num)s reading rounds to close", count)
        text = _("Its last day is over. Type in the sheets of paper, then close it.")
        text = f"{quoted(found.version.title)} · {text}"
        yield Todo(title, text, "users", _("See"), "rounds_desk.show", found.code)


def _waves(person: Account) -> Iterator[Todo]:
    """People were promised the results: a wave is not over before they can read them."""
    count = waits("waves") if may_answer.open_wave(person) and has("waves_desk.show") else 0
    found = waiting.wave() if count else None
    if found:
        wave, number = found
        title = ngettext("The results of a survey wait", "The results of %(num)s surveys wait", number)
        text = _("Publish them: people who answered wait for them.")
        yield Todo(title, f"{quoted(wave.title)} · {text}", "survey", _("See"), "waves_desk.show", wave.code)


def _mails() -> Iterator[Todo]:
    count = waits("mails")
    if count and has("outreach_desk.index"):
        title = ngettext("%(num)s message did not arrive", "%(num)s messages did not arrive", count)
        text = _("Tell the person in another way, or send it again.")
        yield Todo(title, text, "mail", _("See"), "outreach_desk.index")


def _batches() -> Iterator[Todo]:
    found = waiting.batch()
    if found and has("paper_desk.index"):
        text = _("Box opened on %(day)s. Type its slips, then close it.", day=day(found.opened_on))
        yield Todo(_("A paper box is being typed in"), text, "box", _("Go on"), "paper_desk.index")
