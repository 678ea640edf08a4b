"""What a relay writes down for somebody, and what coordination notes about a relay."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from typing import Any

from wtforms import BooleanField, DateField, RadioField, SelectField, TimeField
from wtforms.validators import InputRequired, Length, Optional

from engage.centre import queries as centre_queries
from engage.core.clock import local, moment_at, now
from engage.core.forms import AreaField, Form, LineField, PublicForm, Written, options
from engage.core.i18n import gettext as _
from engage.core.i18n import language
from engage.core.i18n import lazy_gettext as _l
from engage.ideas.box.writing.forms import ReplyForm
from engage.ideas.box.writing.queries import CONTACT
from engage.intake.models import Reply
from engage.involvement.models import RelayKind
from engage.relaying.words import KINDS
from engage.themes import queries as themes

NAME_LENGTH = 60
OLDEST_YES = timedelta(days=31)
WHEN = _l("Say when the person said yes.")
REPLIES = {
    Reply.RECEPTION.value: _l("I bring the answer back myself"),
    Reply.PHONE.value: _l("The team calls them"),
    Reply.MAIL.value: _l("The team writes them an e-mail"),
    Reply.LETTER.value: _l("The team writes them a letter"),
}


class ConsentFields(Form):
    """That somebody said yes aloud, and when: now, or a moment ago."""

    consent = BooleanField(
        _l("The person said yes aloud: I may send these words for them."),
        [InputRequired(_l("Ask the person first, then tick this box."))],
    )
    yes_day = DateField(_l("On which day?"), [InputRequired(WHEN)])
    yes_hour = TimeField(_l("At what time?"), [InputRequired(WHEN)])

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not self.is_submitted():
            there = local(now(), centre_queries.zone())
            self.yes_day.data, self.yes_hour.data = (
                there.date(),
                there.time().replace(second=0, microsecond=0),
            )

    @property
    def consented_at(self) -> datetime:
        said = _moment(self.yes_day.data, self.yes_hour.data)
        if said is None:
            raise ValueError("asked before the form was found right")
        return said

    def validate(self, extra_validators: Any = None) -> bool:
        if not super().validate(extra_validators):
            return False
        said = _moment(self.yes_day.data, self.yes_hour.data)
        if said is None or not now() - OLDEST_YES <= said <= now():
            self.yes_day.errors = [_("Say a moment of the last 31 days that is over.")]
            return False
        return True


def _moment(day: date | None, hour: time | None) -> datetime | None:
    """On the clock of the centre; nothing for years in which there was no such clock."""
    today = centre_queries.centre_today()
    if day is None or hour is None or abs(day - today) > 2 * OLDEST_YES:
        return None
    return moment_at(day, hour, centre_queries.zone())


class BringForm(ConsentFields, ReplyForm, PublicForm):
    """An idea in the words of somebody who does not write it themselves."""

    text = AreaField(_l("The person’s own words"), [Written(_l("Write what the person says."))])
    theme = SelectField(_l("What is it about?"), [Optional()])
    person = LineField(
        _l("Their first name"),
        [
            Written(_l("Write the first name: you will know to whom to bring the answer.")),
            Length(max=NAME_LENGTH),
        ],
        description=_l("For you and the team. It is never published."),
    )
    summary = AreaField(
        _l("What you would like to add yourself"),
        [Optional()],
        max_length=1000,
        description=_l("Only the team reads this. It stays apart from the person’s own words."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        del self.first_name
        self.reply.label.text, self.reply.choices = (
            _("How will they hear the answer?"),
            options(REPLIES.items()),
        )
        self.reply.default = Reply.RECEPTION.value
        if not self.is_submitted():
            self.reply.data = Reply.RECEPTION.value
        known = ((theme.code, themes.name(theme)) for theme in themes.shown())
        self.theme.choices = options([("", _("No theme")), *known])

    @property
    def values(self) -> dict[str, Any]:
        """What `actions.bring_idea` takes."""
        chosen, reply = themes.by_code(self.theme.data or ""), Reply(self.reply.data)
        contact = CONTACT.get(reply)
        return {
            "person": self.person.data,
            "consented_at": self.consented_at,
            "text": self.text.data,
            "submission_key": self.submission_key.data,
            "theme_id": chosen.id if chosen else None,
            "wants_public": self.public.data == "yes",
            "reply": reply,
            "contact": self[contact].data if contact else None,
            "helper_summary": self.summary.data or "",
            "language": language(),
        }


class RelayForm(Form):
    kind = RadioField(
        _l("What are they?"),
        [InputRequired(_l("Choose what they are."))],
        choices=options((kind.value, KINDS[kind]) for kind in RelayKind),
        coerce=RelayKind,
    )
    organisation = LineField(
        _l("For which house?"),
        [Optional(), Length(max=120)],
        description=_l("For example: CCAS, pharmacy of the market, association of the neighbourhood."),
    )
