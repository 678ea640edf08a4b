"""The columns of an export, and the dictionary that says what each of them holds."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import aliased

from engage.accounts.models import Account
from engage.core.i18n import gettext as _
from engage.core.i18n import lazy_gettext as _l
from engage.ideas.exchange.words import DOORS, PROGRESS, PUBLICATION, REPLIES
from engage.ideas.models import Idea, Step, StepKind, Visibility
from engage.themes.models import Theme

Target = aliased(Idea)
ANSWER = (
    select(Step.words)
    .where(
        Step.idea_id == Idea.id,
        Step.kind == StepKind.ANSWER,
        Step.visibility != Visibility.TEAM,
    )
    .order_by(Step.id.desc())
    .limit(1)
    .correlate(Idea)
    .scalar_subquery()
)
TEXT, MOMENT, DAY, NUMBER, YES_NO = (
    _l("text"), _l("day and time, on the clock of the centre"), _l("day"), _l("number"), _l("yes or no"),
)  # fmt: skip


@dataclass(frozen=True)
class Column:
    """One column: its name in the file, what it means, what kind of value it holds, where that comes from."""

    name: str
    meaning: Any
    kind: Any
    value: Any
    codes: Mapping[Any, Any] | None = None


COLUMNS = (
    Column("code", _l("Public code of the idea, as in its address"), TEXT, Idea.code),
    Column("title", _l("Title given by the team; often empty"), TEXT, Idea.title),
    Column("text", _l("The idea as people may read it, masked words taken out"), TEXT, Idea.text),
    Column("theme", _l("Theme: its code"), TEXT, Theme.code),
    Column("theme_label", _l("Theme: its name"), TEXT, Theme.label),
    Column("door", _l("How the idea came in"), TEXT, Idea.door, DOORS),
    Column("workshop", _l("Workshop it comes from"), TEXT, Idea.workshop),
    Column("table", _l("Table of that workshop"), TEXT, Idea.workshop_table),
    Column("imported", _l("Whether it was brought in from a file"), YES_NO, Idea.import_digest.is_not(None)),
    Column("publication", _l("Who may read it"), TEXT, Idea.publication, PUBLICATION),
    Column("progress", _l("How far it is"), TEXT, Idea.progress, PROGRESS),
    Column("merged_into", _l("Code of the idea it joined"), TEXT, Target.code),
    Column("wants_public", _l("Whether its author lets everyone read it"), YES_NO, Idea.wants_public),
    Column("supports", _l("How many people support it"), NUMBER, Idea.support_count),
    Column("photo", _l("Whether a photo came with it"), YES_NO, Idea.photo_id.is_not(None)),
    Column("language", _l("Language of the form it was written in"), TEXT, Idea.language),
    Column("received_at", _l("When it was received"), MOMENT, Idea.received_at),
    Column("published_at", _l("When it was published"), MOMENT, Idea.published_at),
    Column("due_on", _l("Day by which an answer is promised; empty if it was imported"), DAY, Idea.due_on),
    Column("answered_at", _l("When its author could first see an answer"), MOMENT, Idea.answered_at),
    Column("closed_at", _l("When it came to its end"), MOMENT, Idea.closed_at),
    Column("answer", _l("The last answer that was given"), TEXT, ANSWER),
    Column(
        "owner",
        _l("Who on the team answers it"),
        TEXT,
        func.trim(Account.first_name + " " + Account.last_name),
    ),
)
CONTACTS = (
    Column("first_name", _l("First name that was given"), TEXT, Idea.first_name),
    Column("reply", _l("How its author wants to hear the answer"), TEXT, Idea.reply, REPLIES),
    Column("contact", _l("E-mail, phone or address for the answer"), TEXT, Idea.contact),
    Column("helper", _l("Who wrote it for somebody"), TEXT, Idea.helper_relation),
    Column("helper_words", _l("What that person added, for the team only"), TEXT, Idea.helper_summary),
)


def columns(*, with_contacts: bool) -> tuple[Column, ...]:
    return COLUMNS + CONTACTS if with_contacts else COLUMNS


def dictionary_columns() -> list[str]:
    return [_("column"), _("meaning"), _("kind of value"), _("codes")]


def dictionary(*, with_contacts: bool) -> Iterator[list[str]]:
    """One row a column of the export, in its order."""
    for column in columns(with_contacts=with_contacts):
        codes = "; ".join(f"{code} = {words}" for code, words in (column.codes or {}).items())
        yield [column.name, str(column.meaning), str(column.kind), codes]
