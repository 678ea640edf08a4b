"""What to look for in the journal."""

from __future__ import annotations

from datetime import date
from typing import Any

from wtforms import DateField, SelectField
from wtforms.validators import Optional

from engage.accounts import queries as accounts_queries
from engage.core.forms import Form, LineField, options
from engage.core.i18n import gettext as _
from engage.core.i18n import lazy_gettext as _l
from engage.desk.history.queries import Wanted
from engage.desk.history.words import verbs


class SearchForm(Form):
    verb = SelectField(_l("What was done"), validate_choice=False)
    person_id = SelectField(_l("By whom"), validate_choice=False)
    ref = LineField(_l("Code of the thing"))
    since = DateField(_l("From"), validators=[Optional()])
    until = DateField(_l("To"), validators=[Optional()])

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        everything = ("", _("All"))
        said = sorted(verbs().items(), key=lambda pair: pair[1])
        self.verb.choices = options([everything, *said])
        self.person_id.choices = options(
            [
                everything,
                *((str(one.id), one.full_name) for one in accounts_queries.staff()),
            ]
        )

    @property
    def wanted(self) -> Wanted:
        """What was asked for; a day that is none asks for nothing."""
        self.validate()
        person = self.person_id.data or ""
        return Wanted(
            verb=self.verb.data or "",
            ref=self.ref.data or "",
            person_id=int(person) if person.isdigit() else None,
            since=_day(self.since),
            until=_day(self.until),
        )


def _day(field: DateField) -> date | None:
    return None if field.errors else field.data
