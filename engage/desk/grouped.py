"""The lines of the day about groups and people on their way to them."""

from __future__ import annotations

from collections.abc import Iterator

from engage.accounts.models import Account
from engage.core.i18n import gettext as _
from engage.core.i18n import ngettext
from engage.desk.line import Todo, has, quoted
from engage.desk.nav import waits
from engage.groups.belonging.queries import first_asking as first_group
from engage.groups.calling.applying import permissions as may_apply
from engage.groups.deciding.queries import first_to_review
from engage.groups.digest.posting import permissions as may_post
from engage.groups.minutes.queries import first_late
from engage.groups.partnering.permissions import see_files as may_see_files
from engage.groups.permissions import manage as may_manage


def applications(person: Account) -> Iterator[Todo]:
    """Who would like to take part waits for an answer in words."""
    count = waits("applications") if may_apply.read(person) and has("applications_desk.index") else 0
    if count:
        title = ngettext("%(num)s application to answer", "%(num)s applications to answer", count)
        text = _("Somebody would like to take part. Each person was promised an answer.")
        yield Todo(title, text, "users", _("Answer"), "applications_desk.index")


def papers(person: Account) -> Iterator[Todo]:
    """Members who live by paper read nothing before somebody prints and posts it."""
    count = waits("papers") if may_post.print_letters(person) and has("posting_desk.index") else 0
    if count:
        title = ngettext("%(num)s person waits for papers", "%(num)s people wait for papers", count)
        text = _("Agendas and minutes of their groups: print them, then post them.")
        yield Todo(title, text, "letter", _("Print and post"), "posting_desk.index")


def people() -> Iterator[Todo]:
    """Somebody waits for a first sign, or a next step is due."""
    count = waits("pathway")
    if count and has("pathway_desk.index"):
        title = ngettext("%(num)s person waits for a sign", "%(num)s people wait for a sign", count)
        text = _("They would like to take part, or a next step is due.")
        yield Todo(title, text, "people", _("See who"), "pathway_desk.index")


def groups(person: Account) -> Iterator[Todo]:
    """Nobody leads a group any more, or a mandate is over."""
    count = waits("groups") if may_manage(person) and has("group_desk.show") else 0
    if found := first_group() if count else None:
        group, is_unled, number = found
        title = ngettext("A group needs you", "%(num)s groups need you", number)
        why = _("Its last facilitator or co-chair has left.") if is_unled else _("A mandate is over.")
        yield Todo(title, f"{quoted(group.name)} · {why}", "people", _("See"), "group_desk.show", group.code)


def reviews(person: Account) -> Iterator[Todo]:
    """A group promised to look at a decision again."""
    count = waits("reviews") if may_manage(person) and has("group_decisions.show") else 0
    found = first_to_review() if count else None
    if found:
        decision, number = found
        title = ngettext("A decision to look at again", "%(num)s decisions to look at again", number)
        text = f"{quoted(decision.question)} · {decision.group.name}"
        yield Todo(title, text, "history", _("See"), "group_decisions.show", decision.code)


def late_tasks(person: Account) -> Iterator[Todo]:
    count = waits("late tasks") if may_manage(person) and has("group_tasks.index") else 0
    found = first_late() if count else None
    if found:
        task, group, number = found
        title = ngettext("A task of a group is late", "%(num)s tasks of groups are late", number)
        yield Todo(
            title, f"{quoted(task.text)} · {group.name}", "wait", _("See"), "group_tasks.index", group.code
        )


def expenses(person: Account) -> Iterator[Todo]:
    """Somebody laid out money to take part."""
    count = waits("expenses") if may_see_files(person) and has("partnering_desk.index") else 0
    if count:
        title = ngettext("%(num)s expense to answer", "%(num)s expenses to answer", count)
        text = _("Somebody laid out money to take part.")
        yield Todo(title, text, "support", _("Answer"), "partnering_desk.index")
